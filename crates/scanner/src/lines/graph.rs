//! The commit graph, and which commits changed which path.

use crate::Renames;
use crate::cache::Store;
use crate::git::ObjectId;
use crate::git::lines::Counted;
use crate::git::tree::EntryKind;
use crate::git::walk::{Edges, History};
use crate::scan::{Diffs, PathTable};
use debtscan_model::{ChangeKind, CommitIdx};

/// What a commit did to a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct PathRow {
    /// Position of the commit in the graph.
    pub(super) position: u32,
    /// The path that it was renamed from.
    pub(super) from: Option<u32>,
    /// Whether the path is gone afterwards.
    pub(super) is_gone: bool,
    /// The content afterwards, where it is known without looking it up.
    pub(super) blob: Option<ObjectId>,
}

/// All commits of a scan's history, and their rows by path.
pub(crate) struct Graph {
    pub(super) ids: Vec<ObjectId>,
    pub(super) trees: Vec<ObjectId>,
    parents: Edges,
    /// Whether the commit's rows are known; else its content came from nobody knows where.
    pub(super) is_compared: Vec<bool>,
    pub(super) is_all_compared: bool,
    pub(super) renames: Renames,
    /// The index of a commit in the scan, if it is among those inside the window.
    pub(super) indices: Vec<Option<CommitIdx>>,
    /// Per path of the scan: ascending by position.
    pub(super) rows: Vec<Vec<PathRow>>,
}

impl Graph {
    pub(crate) fn new(
        history: &History,
        diffs: &Diffs,
        counts: &[Vec<Counted>],
        paths: &PathTable,
        store: &Store,
        (indices, renames): (Vec<Option<CommitIdx>>, Renames),
    ) -> Self {
        let commits = &history.commits;
        let mut is_compared = vec![false; commits.len()];
        let mut rows: Vec<Vec<PathRow>> = vec![Vec::new(); paths.sorted.len()];
        for (entry, (position, changes)) in diffs.commits.iter().enumerate() {
            // A blob that is missing for a rename leaves the other rows true.
            is_compared[*position] = diffs.is_whole[entry] || !changes.is_empty();
            let position = u32::try_from(*position).expect("fewer than 2^32 commits");
            let mut nth = 0;
            diffs.for_each_row(entry, &counts[entry], paths, store, |row| {
                let new = changes.get(nth).and_then(|change| change.new);
                nth += 1;
                let Some(path) = row.path else { return };
                let from = match row.kind {
                    ChangeKind::Renamed { from } => Some(from.0),
                    _ => None,
                };
                if let Some(from) = from {
                    rows[from as usize].push(PathRow { position, from: None, is_gone: true, blob: None });
                }
                let is_submodule = new.is_some_and(|side| side.kind == EntryKind::Submodule);
                let is_gone = row.kind == ChangeKind::Deleted || is_submodule;
                let blob = new.map(|side| side.id);
                rows[path].push(PathRow { position, from, is_gone, blob });
            });
        }
        for rows in &mut rows {
            // A path that is renamed away and filled again in one commit has two rows: what is there
            // afterwards counts.
            rows.sort_by_key(|row| (row.position, row.is_gone));
            rows.dedup_by_key(|row| row.position);
        }
        Self {
            ids: commits.iter().map(|commit| commit.id).collect(),
            trees: commits.iter().map(|commit| commit.tree).collect(),
            parents: history.parents.clone(),
            is_all_compared: is_compared.iter().all(|is_compared| *is_compared),
            is_compared,
            renames,
            indices,
            rows,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Positions of the followed parents of a commit.
    pub(super) fn parents(&self, position: usize) -> &[u32] {
        self.parents.of(position)
    }
}
