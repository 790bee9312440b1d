//! Comparing commits with their parents, in an order that reuses trees.

use crate::cache::store::Store;
use crate::options::Merges;
use crate::ordered;
use crate::progress::Phase;
use crate::stage::session::Session;
use crate::table::commit_graph::{CommitGraph, RawCommit};
use crate::table::diffs::Diffs;
use crate::table::known::RowsLocation;
use debtscan_git::change::CommitDiff;
use debtscan_git::id::ObjectId;
use debtscan_git::tree_diff::{CommitComparison, TreeReader, compare_commit};

/// Commits per task. Neighbouring commits have nearly all trees in common, so tasks must be long. Measured:
/// any size from 200 to 5000 is within 15%.
const COMMITS_PER_CHUNK: usize = 1000;

/// Compares every commit that is not older than the window with its followed parents.
///
/// Commits after the window are compared as well, because their renames determine the latest name of a
/// file.
pub(crate) fn compare(session: &Session<'_>, store: &Store, history: &CommitGraph) -> Diffs {
    let Session { options, pool, opened, window, progress, .. } = *session;
    let is_wanted = |commit: &RawCommit| {
        let is_compared = options.merges == Merges::Compared || commit.is_counted(options.walk);
        // Before the window, neither rows nor renames matter: a rename there only led to the name
        // that the window starts with.
        is_compared && window.since.is_none_or(|since| since <= commit.time)
    };
    let wanted: Vec<usize> =
        (0..history.commits.len()).filter(|position| is_wanted(&history.commits[*position])).collect();
    let known: Vec<Option<RowsLocation>> = wanted
        .iter()
        .map(|position| &history.commits[*position])
        .map(|commit| match commit.known {
            // The cache may know the rows from a deeper clone, but the answer must not depend on the cache.
            Some(known) if !opened.shallow.contains(&commit.id) => store.find_rows(known),
            _ => None,
        })
        .collect();
    let comparisons = if known.iter().any(Option::is_none) {
        let new = wanted.iter().zip(&known).filter(|(_, known)| known.is_none());
        in_order_of_branches(history, new.map(|(position, _)| *position))
    } else {
        Vec::new()
    };
    progress.begin(Phase::Compare, Some(comparisons.len() as u64));
    let chunks: Vec<&[(usize, CommitComparison)]> = comparisons.chunks(COMMITS_PER_CHUNK).collect();
    let make_worker = || TreeReader::new(opened.objects.handle_of_worker());
    let diffs = ordered::map(pool, &chunks, make_worker, |reader, chunk| {
        let compare = |(_, comparison): &(usize, CommitComparison)| {
            progress.advance(1);
            compare_commit(opened, reader, comparison, options.renames)
        };
        chunk.iter().map(compare).collect::<Vec<CommitDiff>>()
    });
    let mut compared: Vec<(usize, CommitDiff)> =
        comparisons.iter().map(|(position, _)| *position).zip(diffs.into_iter().flatten()).collect();
    // Back from the order of branches to the order of the graph.
    compared.sort_unstable_by_key(|(position, _)| *position);
    let mut compared = compared.into_iter();
    let mut next = compared.next();
    let mut all = Diffs::with_capacity(wanted.len());
    for (position, known) in wanted.iter().zip(known) {
        if let Some(rows) = known {
            let hit_rename_limit = store.hit_rename_limit(rows);
            all.push_known(*position, &history.commits[*position], rows, hit_rename_limit);
        } else if let Some((_, diff)) = next.take_if(|(compared, _)| compared == position) {
            all.push_compared(*position, diff);
            next = compared.next();
        }
    }
    all
}

/// Returns the comparison of each commit with its position, branch by branch, newest first.
///
/// As in `git log --topo-order`, a merge is followed by the commits of one merged branch and then by those
/// of the other. The trees of both parents are then still cached; in order of time, a branch may be far
/// back when it is merged.
fn in_order_of_branches(
    history: &CommitGraph,
    commits: impl Iterator<Item = usize>,
) -> Vec<(usize, CommitComparison)> {
    let parents = |commit: usize| history.parents.of(commit).iter().map(|parent| *parent as usize);
    // A commit gets its turn after all of its children, as `--topo-order` demands.
    let mut n_children = vec![0_u32; history.commits.len()];
    for parent in (0..history.commits.len()).flat_map(parents) {
        n_children[parent] += 1;
    }
    // A stack, so that one branch is followed to its fork before the next one begins.
    let mut pending: Vec<usize> =
        (0..history.commits.len()).filter(|commit| n_children[*commit] == 0).collect();
    let mut turn = vec![0_usize; history.commits.len()];
    let mut n_turns = 0;
    while let Some(commit) = pending.pop() {
        turn[commit] = n_turns;
        n_turns += 1;
        for parent in parents(commit) {
            n_children[parent] -= 1;
            if n_children[parent] == 0 {
                pending.push(parent);
            }
        }
    }
    // A commit whose parent could not be read has nothing to be compared with. The walk has reported it.
    let comparison = |place: usize| {
        let commit = &history.commits[place];
        let parent_trees: Vec<ObjectId> = parents(place).map(|parent| history.commits[parent].tree).collect();
        let comparison = CommitComparison { commit: commit.id, tree: commit.tree, parent_trees };
        (comparison.parent_trees.len() == commit.n_followed).then_some((place, comparison))
    };
    let mut comparisons: Vec<(usize, CommitComparison)> = commits.filter_map(comparison).collect();
    comparisons.sort_unstable_by_key(|(place, _)| turn[*place]);
    comparisons
}
