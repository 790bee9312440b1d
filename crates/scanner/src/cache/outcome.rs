//! What the cache did for a scan, and what went wrong with it.

use std::path::PathBuf;

use debtscan_git::error::Cause;
use crate::error::ScanError;

/// What the cache did for all questions to a repository.
#[derive(Debug, Default)]
pub struct CacheOutcome {
    /// Commits whose rows need not be computed again.
    pub reused_commits: usize,
    /// Files that need not be measured again.
    pub reused_files: usize,
    /// Files whose lines were followed without comparing any two versions again.
    pub reused_line_files: usize,
    /// What went wrong. No answer depends on it.
    pub errors: Vec<CacheError>,
}

impl CacheOutcome {
    pub(crate) fn add(&mut self, other: Self) {
        let Self { reused_commits, reused_files, reused_line_files, errors } = other;
        self.reused_commits += reused_commits;
        self.reused_files += reused_files;
        self.reused_line_files += reused_line_files;
        self.errors.extend(errors);
    }
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
