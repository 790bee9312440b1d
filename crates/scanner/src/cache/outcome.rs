//! What the cache contributed, and its errors.

use std::path::PathBuf;

use debtscan_git::error::{Cause, GitError};

/// What the cache contributed to the answers about a repository.
#[derive(Debug, Default)]
pub struct CacheOutcome {
    /// Commits whose rows were not computed again.
    pub reused_commits: usize,
    /// Files that were not measured again.
    pub reused_files: usize,
    /// Files whose lines were followed without comparing any versions again.
    pub reused_line_files: usize,
    /// What went wrong beside the answers, which are not affected.
    pub errors: Vec<RunError>,
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

/// What can go wrong beside an answer, which it does not affect.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A file or folder cannot be read.
    #[error("cannot read the cache `{}`", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The system's error message.
        #[source]
        source: Cause,
    },
    /// A file was changed or truncated.
    #[error("ignored the damaged cache file `{}`", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// New results cannot be written, or old ones cannot be removed.
    #[error("cannot write the cache `{}`", path.display())]
    Write {
        /// The folder.
        path: PathBuf,
        /// The system's error message.
        #[source]
        source: Cause,
    },
    /// No worker could be started, so that files were parsed in this process.
    #[error("no worker could be started, so that source files were parsed in the process of debtscan itself")]
    NoWorkers,
    /// There is no readable repository to look up.
    #[error("cannot find the repository's cache")]
    Repository(#[source] GitError),
}
