//! Cached rows that are invalid under the current attributes.

use crate::cache::store::Store;
use crate::table::commit_graph::CommitGraph;
use crate::table::diffs::Diffs;
use crate::table::known::RowsLocation;
use crate::table::paths::PathTable;
use debtscan_git::attributes::PathAttributes;
use debtscan_git::id::ObjectId;

/// Forgets the rows of commits that were counted under other attributes than the current ones. Returns true
/// if there were any.
pub(crate) fn forget(
    store: &mut Store,
    history: &CommitGraph,
    diffs: &Diffs,
    paths: &PathTable,
    attributes: &[PathAttributes],
) -> bool {
    let is_stale = |place: RowsLocation| {
        // `-diff` and `diff` decide whether lines are counted, so they are stored with each row.
        store.rows(place).iter().any(|row| {
            let path = paths.find_cached(place.segment, row.path);
            path.is_none_or(|path| attributes[path].text != row.rule)
        })
    };
    let entries = diffs.commits.iter().zip(&diffs.known);
    let stale: Vec<ObjectId> = entries
        .filter(|(_, known)| known.is_some_and(is_stale))
        .map(|((position, _), _)| history.commits[*position].id)
        .collect();
    for id in &stale {
        store.forget_rows(id);
    }
    !stale.is_empty()
}
