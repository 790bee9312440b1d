//! Collecting all paths, and classifying each by its name.

use bstr::BString;
use debtscan_model::{FileClass, RepoPath, to_u32};
use rayon::ThreadPool;
use rustc_hash::FxHashMap;

use crate::cache::rows::CachedKind;
use crate::cache::store::Store;
use crate::classify::class;
use crate::ordered;
use crate::table::diffs::Diffs;
use crate::table::paths::PathTable;
use debtscan_git::attributes::PathAttributes;
use debtscan_git::tree::TreeFile;

/// Paths classified per task.
const PATHS_PER_CHUNK: usize = 256;

/// Collects every path of the history and the tree.
pub(crate) fn collect(diffs: &Diffs, store: &Store, tree: &[TreeFile]) -> PathTable {
    let mut position: FxHashMap<BString, u32> = FxHashMap::default();
    let mut of_segments: Vec<Vec<u32>> =
        store.paths().map(|paths| paths.map(|_| PathTable::ABSENT).collect()).collect();
    for place in diffs.known.iter().flatten() {
        for row in store.rows(*place) {
            // Only a mark at first. The position is known once all paths are sorted.
            of_segments[place.segment][row.path as usize] = 0;
            if let CachedKind::Renamed(from) = row.kind {
                of_segments[place.segment][from as usize] = 0;
            }
        }
    }
    // Segments also hold paths of unreachable commits, which must not enter the table.
    for (paths, positions) in store.paths().zip(&of_segments) {
        for (path, _) in paths.zip(positions).filter(|(_, position)| **position != PathTable::ABSENT) {
            if !position.contains_key(path) {
                position.insert(path.to_owned(), 0);
            }
        }
    }
    let changes = diffs.commits.iter().flat_map(|(_, changes)| changes);
    let named = changes.flat_map(|change| std::iter::once(&change.path).chain(&change.from));
    for path in named {
        if !position.contains_key(path) {
            position.insert(path.clone(), 0);
        }
    }
    for file in tree {
        if !position.contains_key(file.path.as_bstr()) {
            position.insert(file.path.as_bstr().to_owned(), 0);
        }
    }
    // A path that a tree cannot contain is dropped here, and reported where it is looked up.
    let mut sorted: Vec<RepoPath> =
        position.keys().filter_map(|path| RepoPath::new(path.to_vec()).ok()).collect();
    sorted.sort_unstable();
    for (index, path) in sorted.iter().enumerate() {
        let slot = position.get_mut(path.as_bstr()).expect("every sorted path came from the map");
        *slot = to_u32(index);
    }
    // Paths that were dropped still have their first position, which is another path's.
    position.retain(|path, index| sorted.get(*index as usize).is_some_and(|known| known.as_bstr() == path));
    for (paths, positions) in store.paths().zip(&mut of_segments) {
        for (path, slot) in paths.zip(positions) {
            *slot = position.get(path).copied().unwrap_or(PathTable::ABSENT);
        }
    }
    PathTable { sorted, position, of_segments }
}

/// Returns the class of each path, as decided by the path and its attributes.
pub(crate) fn classes(
    paths: &PathTable,
    pool: &ThreadPool,
    attributes: &[PathAttributes],
    store: &Store,
) -> Vec<FileClass> {
    let mut classes = vec![None; paths.sorted.len()];
    for (segment, positions) in paths.of_segments.iter().enumerate() {
        for (path, position) in
            positions.iter().enumerate().filter(|(_, position)| **position != PathTable::ABSENT)
        {
            let position = *position as usize;
            if attributes[position].are_common() {
                classes[position] = classes[position].or_else(|| store.class_by_path(segment, path));
            }
        }
    }
    let new: Vec<usize> = (0..classes.len()).filter(|path| classes[*path].is_none()).collect();
    let chunks: Vec<&[usize]> = new.chunks(PATHS_PER_CHUNK).collect();
    let found = ordered::map(
        pool,
        &chunks,
        || (),
        |(), chunk| -> Vec<FileClass> {
            chunk.iter().map(|path| class::by_path(&paths.sorted[*path], &attributes[*path])).collect()
        },
    );
    for (path, class) in new.iter().zip(found.into_iter().flatten()) {
        classes[*path] = Some(class);
    }
    classes.into_iter().map(|class| class.expect("what was not known was found")).collect()
}
