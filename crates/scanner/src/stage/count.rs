//! Counting the lines of all changes, and numbering the commits that carry changes.

use debtscan_model::{CommitIdx, TimeWindow};

use crate::cache::store::Store;
use crate::options::Walk;
use crate::ordered;
use crate::progress::Phase;
use crate::stage::rows;
use crate::stage::session::Session;
use crate::table::commit_graph::{CommitGraph, RawCommit};
use crate::table::diffs::Diffs;
use crate::table::paths::PathTable;
use debtscan_git::attributes::PathAttributes;
use debtscan_git::change::{CountResult, RawChange};
use debtscan_git::lines::{ContentPair, Counter};

/// Counts the lines of every change, path by path. The result has one list per entry of [`Diffs::commits`]
/// and one count per change; cached entries have none.
pub(crate) fn count(
    session: &Session<'_>,
    paths: &PathTable,
    diffs: &Diffs,
    attributes: &[PathAttributes],
) -> Vec<Vec<CountResult>> {
    let Session { pool, opened, progress, .. } = *session;
    /// A change, by its positions in `Diffs::commits`.
    type ChangePlace = (usize, usize);
    let mut by_path: Vec<Vec<ChangePlace>> = vec![Vec::new(); paths.sorted.len()];
    // Newest first, because packs store older versions as deltas of newer ones.
    for (entry, (_, changes)) in diffs.commits.iter().enumerate().rev() {
        for (nth, change) in changes.iter().enumerate() {
            // A path that cannot be represented stays uncounted, and `assemble` reports it.
            if let Some(path) = paths.find(change.path.as_ref()) {
                by_path[path].push((entry, nth));
            }
        }
    }
    // One task per path: consecutive versions share their lines and a delta chain.
    let mut tasks: Vec<(usize, Vec<ChangePlace>)> =
        by_path.into_iter().enumerate().filter(|(_, places)| !places.is_empty()).collect();
    // The longest come first, so that no thread finishes long after the others.
    tasks.sort_by_key(|(path, places)| (std::cmp::Reverse(places.len()), *path));
    let total: usize = tasks.iter().map(|(_, places)| places.len()).sum();
    progress.begin(Phase::Count, Some(total as u64));
    let counted = ordered::map(
        pool,
        &tasks,
        || Counter::new(opened.objects.handle_of_worker()),
        |counter, (path, places)| {
            let pair = |(entry, nth): &ChangePlace| {
                let change: &RawChange = &diffs.commits[*entry].1[*nth];
                ContentPair { old: change.old, new: change.new, others: change.others.as_deref() }
            };
            let pairs: Vec<ContentPair<'_>> = places.iter().map(pair).collect();
            // The attributes of the scanned tree, for all of history: git would use those of the
            // work tree.
            let counts = counter.count_path(&pairs, attributes[*path].text);
            progress.advance(places.len() as u64);
            counts
        },
    );
    let mut counts: Vec<Vec<CountResult>> =
        diffs.commits.iter().map(|(_, changes)| vec![CountResult::Unreadable; changes.len()]).collect();
    for ((_, places), results) in tasks.iter().zip(counted) {
        for ((entry, nth), result) in places.iter().zip(results) {
            counts[*entry][*nth] = result;
        }
    }
    counts
}

/// For each commit of the history, true if it carries changes, or would carry any it had.
pub(crate) fn carriers(history: &CommitGraph, diffs: &Diffs, store: &Store, walk: Walk) -> Vec<bool> {
    let mut carries: Vec<bool> = history.commits.iter().map(|commit| commit.is_counted(walk)).collect();
    for (entry, (position, _)) in diffs.commits.iter().enumerate() {
        carries[*position] |= !rows::is_empty(diffs, entry, store);
    }
    carries
}

/// For each commit of the history, its index among the carriers inside the window.
pub(crate) fn commit_indices(
    history: &CommitGraph,
    carries: &[bool],
    window: TimeWindow,
) -> Vec<Option<CommitIdx>> {
    let mut next = 0;
    let mut index = |(commit, carries): (&RawCommit, &bool)| {
        let is_inside = *carries && window.contains(commit.time);
        is_inside.then(|| {
            next += 1;
            CommitIdx::new(next - 1)
        })
    };
    history.commits.iter().zip(carries).map(&mut index).collect()
}
