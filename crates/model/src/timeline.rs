//! What chosen files were at chosen points of the past.

use crate::{CommitId, FileClass, PresentFile, RepoPath, Skipped, Timestamp};

/// A file as it was in one or more snapshots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastFile {
    /// Its path at the time.
    pub path: RepoPath,
    /// What kind of content it held, by the rules of the scanned revision.
    pub class: FileClass,
    /// What it was.
    pub present: PresentFile,
}

/// The state of the code at one point of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The point: a boundary of the calendar, or the commit's own time.
    pub at: Timestamp,
    /// The last commit on the line of first parents before that point.
    pub commit: CommitId,
    /// Its committer time.
    pub time: Timestamp,
    /// Positions in [`Timeline::files`] of the chosen files that were there: sorted by path, unique.
    pub files: Vec<usize>,
}

/// Snapshots along the line of first parents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The snapshots, oldest first; the last is the scanned revision.
    pub snapshots: Vec<Snapshot>,
    /// Every file of any snapshot, each content once.
    pub files: Vec<PastFile>,
    /// Older points that the limit left out.
    pub left_out: usize,
    /// What could not be measured: sorted, unique.
    pub skipped: Vec<Skipped>,
}
