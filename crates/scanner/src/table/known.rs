//! What an earlier scan knows of a commit, as positions in the store.

use debtscan_git::id::ObjectId;

/// A commit of the store: its number there, which stays the same while commits are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CachedCommit(pub(crate) u32);

impl CachedCommit {
    /// Its number, less than the number of commits there.
    pub(crate) fn get(self) -> usize {
        self.0 as usize
    }
}

/// A parent of a commit of the store.
#[derive(Debug, Clone, Copy)]
pub(crate) enum CachedParent {
    Known(CachedCommit, ObjectId),
    /// The store may know this one too.
    Id(ObjectId),
}

impl CachedParent {
    pub(crate) fn id(&self) -> ObjectId {
        match self {
            Self::Known(_, id) | Self::Id(id) => *id,
        }
    }
}

/// Where the rows of a commit are found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowsLocation {
    /// Position among the segments.
    pub(crate) segment: usize,
    pub(crate) position: usize,
}
