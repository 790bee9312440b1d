//! Why a trend could not be made.

use debtscan_model::{RepoPath, Scan};

use crate::area::AreaMap;
use crate::error::BuildError;
use crate::explain::suggestions;

/// A trend could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TrendError {
    /// The areas could not be made.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// No area, file or folder has this name.
    #[error("no area, file or folder named `{target}`")]
    UnknownTarget {
        /// The target as given.
        target: String,
        /// Up to three names close to it; may be empty.
        suggestions: Vec<String>,
    },
    /// The file has no such function, or several.
    #[error("`{path}` has no single function named `{name}`")]
    UnknownFunction {
        /// The file.
        path: RepoPath,
        /// The name as given.
        name: String,
        /// Up to five qualified names that it may mean; may be empty.
        candidates: Vec<String>,
    },
}

impl TrendError {
    pub(super) fn unknown(scan: &Scan, areas: &AreaMap, target: &str) -> Self {
        Self::UnknownTarget {
            target: target.to_owned(),
            suggestions: suggestions(&areas.areas, scan, target),
        }
    }
}
