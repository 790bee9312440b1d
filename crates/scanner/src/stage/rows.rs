//! The rows of compared commits, both new and cached.

use debtscan_model::{ChangeKind, PathIdx};

use crate::cache::rows::{self, CachedKind};
use crate::cache::store::Store;
use crate::table::diffs::Diffs;
use crate::table::paths::PathTable;
use debtscan_git::change::{CountResult, RawChange};

/// A change with its path resolved and its lines counted.
pub(crate) struct ChangeRow {
    /// Position in the path table; `None` if the path cannot be represented.
    pub(crate) path: Option<usize>,
    pub(crate) kind: ChangeKind,
    pub(crate) counted: CountResult,
}

/// Total number of rows of all entries.
pub(crate) fn n_rows(diffs: &Diffs, store: &Store) -> usize {
    let known = diffs.known.iter().flatten().map(|place| store.rows(*place).len()).sum::<usize>();
    known + diffs.commits.iter().map(|(_, changes)| changes.len()).sum::<usize>()
}

/// Passes each row of an entry of `commits` to `then`. `counts` belong to the same entry.
pub(crate) fn for_each_row(
    diffs: &Diffs,
    entry: usize,
    counts: &[CountResult],
    paths: &PathTable,
    store: &Store,
    then: impl FnMut(ChangeRow),
) {
    let renamed = |from: Option<usize>| from.map(|from| ChangeKind::Renamed { from: PathIdx::new(from) });
    if let Some(place) = diffs.known[entry] {
        let row = |row: &rows::CachedRow| {
            let path = |path| paths.find_cached(place.segment, path);
            let kind = match row.kind {
                CachedKind::Added => ChangeKind::Added,
                CachedKind::Modified => ChangeKind::Modified,
                CachedKind::Deleted => ChangeKind::Deleted,
                // As for a new row: without a source that can be represented, it is no rename.
                CachedKind::Renamed(from) => renamed(path(from)).unwrap_or(ChangeKind::Modified),
            };
            ChangeRow { path: path(row.path), kind, counted: row.counted }
        };
        return store.rows(place).iter().map(row).for_each(then);
    }
    let changes = diffs.commits[entry].1.iter().zip(counts);
    let row = |(change, counted): (&RawChange, &CountResult)| {
        let from = renamed(change.from.as_ref().and_then(|from| paths.find(from.as_ref())));
        let kind = match (from, change.old.is_some(), change.new.is_some()) {
            (Some(renamed), ..) => renamed,
            (None, false, _) => ChangeKind::Added,
            (None, true, false) => ChangeKind::Deleted,
            (None, true, true) => ChangeKind::Modified,
        };
        ChangeRow { path: paths.find(change.path.as_ref()), kind, counted: *counted }
    };
    changes.map(row).for_each(then);
}

/// True if `commits[entry]` has no rows.
pub(crate) fn is_empty(diffs: &Diffs, entry: usize, store: &Store) -> bool {
    diffs.known[entry].map_or_else(|| diffs.commits[entry].1.is_empty(), |it| store.rows(it).is_empty())
}
