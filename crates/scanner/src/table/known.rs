//! References to cached commits and rows.

use debtscan_git::id::ObjectId;

/// The number of a cached commit in the store. It does not change when commits are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CachedCommit(pub(crate) u32);

impl CachedCommit {
    /// The number, less than that of all cached commits.
    pub(crate) fn get(self) -> usize {
        self.0 as usize
    }
}

/// A parent of a cached commit.
#[derive(Debug, Clone, Copy)]
pub(crate) enum CachedParent {
    Known(CachedCommit, ObjectId),
    /// Any commit, cached or not.
    Id(ObjectId),
}

impl CachedParent {
    pub(crate) fn id(&self) -> ObjectId {
        match self {
            Self::Known(_, id) | Self::Id(id) => *id,
        }
    }
}

/// The location of a commit's rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowsLocation {
    /// Position among the segments.
    pub(crate) segment: usize,
    pub(crate) position: usize,
}
