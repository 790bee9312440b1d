//! Every path of the history and the tree.

use bstr::{BStr, BString};
use debtscan_model::RepoPath;
use rustc_hash::FxHashMap;

/// Every path of the history and the tree.
pub(crate) struct PathTable {
    /// Sorted, unique.
    pub(crate) sorted: Vec<RepoPath>,
    pub(crate) position: FxHashMap<BString, u32>,
    /// By segment of the store and path of it: the position in this table, or [`PathTable::ABSENT`].
    pub(crate) of_segments: Vec<Vec<u32>>,
}

impl PathTable {
    pub(crate) const ABSENT: u32 = u32::MAX;

    /// Creates a table of these paths only.
    pub(crate) fn of<'a>(paths: impl Iterator<Item = &'a RepoPath>) -> Self {
        let mut sorted: Vec<RepoPath> = paths.cloned().collect();
        sorted.sort_unstable();
        sorted.dedup();
        let position = (0..).zip(&sorted).map(|(index, path)| (path.as_bstr().to_owned(), index)).collect();
        Self { sorted, position, of_segments: Vec::new() }
    }

    /// The position of a path of a segment; `None` if it cannot be represented.
    pub(crate) fn find_cached(&self, segment: usize, path: u32) -> Option<usize> {
        let position = self.of_segments[segment][path as usize];
        (position != Self::ABSENT).then_some(position as usize)
    }

    /// The position of a path; `None` if it cannot be represented.
    pub(crate) fn find(&self, path: &BStr) -> Option<usize> {
        self.position.get(path).map(|position| *position as usize)
    }
}
