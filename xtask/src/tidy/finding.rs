//! A broken rule, with its location.

use std::fmt;

/// A broken rule, with its location.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TidyFinding {
    /// Path from the workspace's root.
    pub(super) file: String,
    /// Counted from 1.
    pub(super) line: usize,
    pub(super) message: String,
}

impl fmt::Display for TidyFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}
