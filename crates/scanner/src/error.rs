//! Why a scan cannot continue.

use debtscan_git::error::{Cause, GitError};

/// Why a scan cannot continue. Whatever concerns a single commit, path or object is a
/// [`Skipped`](debtscan_model::Skipped) instead.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The repository or the revision cannot be read.
    #[error(transparent)]
    Git(#[from] GitError),
    /// One end of the window is neither a time nor a revision.
    #[error("invalid value `{text}` for {option}: not a date, age or revision")]
    UnknownTime {
        /// The option that sets this end.
        option: &'static str,
        /// The text as given.
        text: String,
        /// The library's error message, unless it only says "not found".
        #[source]
        source: Option<Cause>,
    },
    /// A pattern of `--exclude` or `.debtscanignore` is malformed.
    #[error("invalid exclude pattern `{pattern}`{}", in_line(*line))]
    InvalidPattern {
        /// The pattern, or the beginning of a long one.
        pattern: String,
        /// Its line in `.debtscanignore`, counted from 1; `None` for a pattern of an option.
        line: Option<usize>,
        /// The error message of the pattern parser.
        #[source]
        source: Cause,
    },
    /// The window ends before it begins.
    #[error("empty time window: --since is not earlier than --until")]
    EmptyWindow,
    /// The worker threads could not be started.
    #[error("cannot start {threads} worker threads")]
    Threads {
        /// Number of threads.
        threads: usize,
        /// The system's error message.
        #[source]
        source: Cause,
    },
}

/// Where a pattern is written: ` in line 3 of .debtscanignore`.
fn in_line(line: Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!(" in line {line} of .debtscanignore"))
}

impl ScanError {
    /// What the user can do about it, if anything.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Git(error) => Some(error.hint()),
            Self::UnknownTime { .. } => {
                Some("write a date (2025-01-31), an RFC 3339 time, an age (90d, 18mo) or a tag")
            }
            Self::EmptyWindow => Some("swap the two options, or omit one"),
            Self::InvalidPattern { .. } | Self::Threads { .. } => None,
        }
    }
}
