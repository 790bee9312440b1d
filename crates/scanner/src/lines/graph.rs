//! The commit graph, and which commits changed which path.

use debtscan_model::CommitIdx;

use debtscan_git::id::ObjectId;
use debtscan_git::renames::Renames;
use crate::table::commit_graph::Edges;

/// What a commit did to a path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PathRow {
    /// Position of the commit in the graph.
    pub(crate) position: u32,
    /// The path that it was renamed from.
    pub(crate) from: Option<u32>,
    /// Whether the path is gone afterwards.
    pub(crate) is_gone: bool,
    /// The content afterwards, where it is known without looking it up.
    pub(crate) blob: Option<ObjectId>,
}

/// All commits of a scan's history, and their rows by path.
pub(crate) struct Graph {
    pub(crate) ids: Vec<ObjectId>,
    pub(crate) trees: Vec<ObjectId>,
    pub(crate) parents: Edges,
    /// Whether the commit's rows are known; else its content came from nobody knows where.
    pub(crate) is_compared: Vec<bool>,
    pub(crate) is_all_compared: bool,
    pub(crate) renames: Renames,
    /// The index of a commit in the scan, if it is among those inside the window.
    pub(crate) indices: Vec<Option<CommitIdx>>,
    /// Per path of the scan: ascending by position.
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
