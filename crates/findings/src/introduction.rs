//! Commits that probably introduced an incident: a hint that no figure depends on.

use debtscan_model::{CommitId, Timestamp};

/// The probable origin of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Introduction {
    /// Telling lines that the fixes deleted; 0 when they only added.
    pub deleted: u64,
    /// Those whose origin is not known.
    pub untraced: u64,
    /// The commits that wrote the others: most lines first, then the oldest; the fixes themselves are not
    /// among them.
    pub commits: Vec<Introducer>,
}

/// A commit that wrote lines which a fix deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introducer {
    /// Its id.
    pub id: CommitId,
    /// Committer time.
    pub time: Timestamp,
    /// First line of the message, lossy.
    pub summary: String,
    /// How many of the deleted lines it wrote; at least 1.
    pub lines: u64,
}
