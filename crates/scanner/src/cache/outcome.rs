//! What the cache did for a scan, and what went wrong with it.

use std::path::PathBuf;

use crate::error::{Cause, ScanError};

/// What the cache did for a scan.
#[derive(Debug, Default)]
pub struct CacheOutcome {
    /// Commits whose rows need not be computed again.
    pub reused_commits: usize,
    /// Files that need not be measured again.
    pub reused_files: usize,
    /// What went wrong; the scan is right all the same.
    pub troubles: Vec<CacheError>,
}

/// Why the cache could not be used to the full.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// A file or folder cannot be read.
    #[error("cannot read the cache `{}`", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: Cause,
    },
    /// A file is not what was written.
    #[error("ignored the damaged cache file `{}`", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// New results cannot be kept, or old ones cannot be removed.
    #[error("cannot write the cache `{}`", path.display())]
    Write {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: Cause,
    },
    /// There is no readable repository to look up.
    #[error("cannot find the repository's cache")]
    Repository(#[source] ScanError),
}
