//! Building the commit graph for questions about lines.

use debtscan_model::{ChangeKind, CommitIdx, to_u32};

use crate::cache::store::Store;
use crate::classify::ignore_revs::IgnoreRevs;
use crate::lines::graph::{Graph, PathRow};
use crate::stage::rows;
use crate::table::commit_graph::CommitGraph;
use crate::table::diffs::Diffs;
use crate::table::paths::PathTable;
use debtscan_git::change::CountResult;
use debtscan_git::id::commit_id;
use debtscan_git::renames::Renames;
use debtscan_git::tree::EntryKind;

/// Builds the graph. A scan keeps nothing else for questions about lines.
pub(crate) fn build(
    history: &CommitGraph,
    diffs: &Diffs,
    counts: &[Vec<CountResult>],
    paths: &PathTable,
    store: &Store,
    indices: Vec<Option<CommitIdx>>,
    rules: (Renames, &IgnoreRevs),
) -> Graph {
    let (renames, ignore_revs) = rules;
    let commits = &history.commits;
    let mut is_compared = vec![false; commits.len()];
    let mut path_rows: Vec<Vec<PathRow>> = vec![Vec::new(); paths.sorted.len()];
    for (entry, (position, changes)) in diffs.commits.iter().enumerate() {
        // If a blob was missing during rename detection, the other rows are still valid.
        is_compared[*position] = diffs.is_whole[entry] || !changes.is_empty();
        let position = to_u32(*position);
        let mut nth = 0;
        rows::for_each_row(diffs, entry, &counts[entry], paths, store, |row| {
            let new = changes.get(nth).and_then(|change| change.new);
            nth += 1;
            let Some(path) = row.path else { return };
            let from = match row.kind {
                ChangeKind::Renamed { from } => Some(from.0),
                _ => None,
            };
            if let Some(from) = from {
                // The row names the new path only, but the old one ends here.
                path_rows[from as usize].push(PathRow { position, from: None, is_gone: true, blob: None });
            }
            // A submodule has no lines, so a file that becomes one is gone.
            let is_submodule = new.is_some_and(|side| side.kind == EntryKind::Submodule);
            let is_gone = row.kind == ChangeKind::Deleted || is_submodule;
            let blob = new.map(|side| side.id);
            path_rows[path].push(PathRow { position, from, is_gone, blob });
        });
    }
    for rows in &mut path_rows {
        // A path that is renamed and created again in one commit has two rows. The row of its new content
        // counts.
        rows.sort_by_key(|row| (row.position, row.is_gone));
        rows.dedup_by_key(|row| row.position);
    }
    Graph {
        ids: commits.iter().map(|commit| commit.id).collect(),
        trees: commits.iter().map(|commit| commit.tree).collect(),
        parents: history.parents.clone(),
        is_all_compared: is_compared.iter().all(|is_compared| *is_compared),
        is_compared,
        is_ignored: commits.iter().map(|commit| ignore_revs.contains(&commit_id(&commit.id))).collect(),
        renames,
        indices,
        rows: path_rows,
    }
}
