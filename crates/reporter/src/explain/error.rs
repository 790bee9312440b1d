//! Why a target could not be explained.

/// A target could not be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// No area, file or older file name has this name.
    #[error("no area or file named `{target}`")]
    UnknownTarget {
        /// The target as given.
        target: String,
        /// Up to three area names or paths close to it, closest first; may be empty.
        suggestions: Vec<String>,
    },
    /// A folder has this name, and it is not an area.
    #[error("`{folder}` is a folder, not an area or file")]
    Folder {
        /// The target as given.
        folder: String,
        /// Names of the areas that its files belong to: in the order of the areas.
        areas: Vec<String>,
    },
}
