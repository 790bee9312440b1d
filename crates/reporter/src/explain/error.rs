//! Why a target could not be explained.

/// A target could not be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// No area, file or older file name is called so.
    #[error("find an area or file called {target:?}")]
    UnknownTarget {
        /// The target as given.
        target: String,
        /// Up to three area names or paths close to it, closest first; may be empty.
        suggestions: Vec<String>,
    },
    /// A folder is called so, and it is no area.
    #[error("explain {folder:?}: it is a folder, and neither an area nor a file")]
    Folder {
        /// The target as given.
        folder: String,
        /// Names of the areas that its files belong to: in the order of the areas.
        areas: Vec<String>,
    },
}
