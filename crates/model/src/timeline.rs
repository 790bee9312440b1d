//! The state of files at past dates.

use crate::{CommitId, FileClass, PresentFile, RepoPath, Skipped, Timestamp};

/// A file as it was in one or more snapshots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastFile {
    /// Its path at the time.
    pub path: RepoPath,
    /// The kind of its content, by the rules of the scanned revision.
    pub class: FileClass,
    /// Its state.
    pub present: PresentFile,
}

/// The state of the code at a past date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The point: a calendar boundary, or the commit's own time.
    pub at: Timestamp,
    /// The last commit before that point along first parents.
    pub commit: CommitId,
    /// Its committer time.
    pub time: Timestamp,
    /// Positions in [`Timeline::files`] of the chosen files that existed: sorted by path, unique.
    pub files: Vec<usize>,
}

/// Snapshots along first parents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The snapshots, oldest first; the last is the scanned revision.
    pub snapshots: Vec<Snapshot>,
    // Snapshots hold positions instead of files, because most files are the same at many dates.
    /// Every file of any snapshot, each content once.
    pub files: Vec<PastFile>,
    /// Number of older points that the limit dropped.
    pub left_out: usize,
    /// Files that could not be measured: sorted, unique.
    pub skipped: Vec<Skipped>,
}
