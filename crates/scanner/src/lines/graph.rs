//! The commit graph with the changes of each path.

use debtscan_model::CommitIdx;

use crate::table::commit_graph::Edges;
use debtscan_git::id::ObjectId;
use debtscan_git::renames::Renames;

/// The change of a path in a commit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PathRow {
    /// Position of the commit in the graph.
    pub(crate) position: u32,
    /// The path that it was renamed from.
    pub(crate) from: Option<u32>,
    /// True if the path no longer exists afterwards.
    pub(crate) is_gone: bool,
    /// The content afterwards, if it is known without a lookup.
    pub(crate) blob: Option<ObjectId>,
}

/// All commits of a scan, and their changes by path.
pub(crate) struct Graph {
    pub(crate) ids: Vec<ObjectId>,
    pub(crate) trees: Vec<ObjectId>,
    pub(crate) parents: Edges,
    /// True if the changes of the commit are known; otherwise the origin of its content is unknown.
    pub(crate) is_compared: Vec<bool>,
    pub(crate) is_all_compared: bool,
    /// True if `.git-blame-ignore-revs` names the commit: its lines are those that it replaced.
    pub(crate) is_ignored: Vec<bool>,
    pub(crate) renames: Renames,
    /// The index of a commit in the scan, if it is inside the window.
    pub(crate) indices: Vec<Option<CommitIdx>>,
    /// By path of the scan, ascending by position.
    pub(crate) rows: Vec<Vec<PathRow>>,
}

impl Graph {
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Positions of the followed parents of a commit.
    pub(crate) fn parents(&self, position: usize) -> &[u32] {
        self.parents.of(position)
    }
}
