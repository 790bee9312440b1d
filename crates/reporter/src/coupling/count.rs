//! Counting: revisions, shared revisions and sums, in two passes over the commits.

use debtscan_model::{Change, CommitIdx, Timestamp};
use rustc_hash::FxHashMap;

use super::units::Units;
use crate::analysis::Analysis;
use debtscan_findings::{CouplingGates, Grouping};

/// Revisions and pairs, counted over the commits.
pub(super) struct Counted {
    pub(super) commits: usize,
    pub(super) wide_commits: usize,
    pub(super) ignored_commits: usize,
    /// Per unit.
    pub(super) revisions: Vec<u32>,
    /// Per unit.
    pub(super) sums: Vec<u64>,
    /// The pairs that pass every gate: unsorted order of no meaning, sorted by (a, b).
    pub(super) pairs: Vec<Shared>,
}

/// Two units, `a < b`, and what they share.
pub(super) struct Shared {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) commits: u32,
    pub(super) commits_last_year: u32,
    pub(super) last: Option<Timestamp>,
}

/// The units that one commit touches: sorted, unique.
struct ChangeSet {
    commit: CommitIdx,
    units: Vec<u32>,
    /// What others are to each of them: files of any class, or groups.
    others: u64,
}

/// Counts revisions per unit and shared revisions per pair.
pub(super) fn count(analysis: &Analysis<'_>, units: &Units<'_>, gates: &CouplingGates) -> Counted {
    let mut counted = Counted {
        commits: 0,
        wide_commits: 0,
        ignored_commits: 0,
        revisions: vec![0; units.len()],
        sums: vec![0; units.len()],
        pairs: Vec::new(),
    };
    let sets = change_sets(analysis, units, gates, &mut counted);
    for set in &sets {
        for unit in &set.units {
            counted.revisions[*unit as usize] += 1;
            counted.sums[*unit as usize] += set.others;
        }
    }
    let shared = shared(&sets, &counted.revisions, gates);
    counted.pairs = passing(&shared, &counted.revisions, gates);
    date_pairs(analysis, &sets, &mut counted.pairs);
    counted
}

fn change_sets(
    analysis: &Analysis<'_>,
    units: &Units<'_>,
    gates: &CouplingGates,
    counted: &mut Counted,
) -> Vec<ChangeSet> {
    let scan = analysis.scan;
    let mut sets = Vec::new();
    for changes in scan.changes.chunk_by(|a: &Change, b: &Change| a.commit == b.commit) {
        let commit = scan.commit(changes[0].commit);
        // As in code-maat's log: a merge has no files of its own.
        if commit.is_merge() && !scan.repository.first_parent {
            continue;
        }
        if commit.in_ignore_revs {
            counted.ignored_commits += 1;
            continue;
        }
        // Of the whole repository, so that the limit does not depend on the scanned folder.
        let n_files = commit.files as usize;
        if n_files > gates.max_changeset {
            counted.wide_commits += 1;
            continue;
        }
        counted.commits += 1;
        let mut touched: Vec<u32> = changes.iter().filter_map(|change| units.of_file(change.file)).collect();
        touched.sort_unstable();
        touched.dedup();
        // The sum of coupling counts every file of the commit, of any class, as in code-maat.
        let all = if units.grouping == Grouping::File { n_files } else { touched.len() };
        let others = all.saturating_sub(1) as u64;
        sets.push(ChangeSet { commit: changes[0].commit, units: touched, others });
    }
    sets
}

/// Shared revisions of every pair that may pass; no pair can share more than either has.
fn shared(sets: &[ChangeSet], revisions: &[u32], gates: &CouplingGates) -> Vec<((u32, u32), u32)> {
    let may_pass = |unit: &&u32| revisions[**unit as usize] >= gates.min_shared;
    let mut shared: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let mut order = Vec::new();
    for set in sets {
        let units: Vec<u32> = set.units.iter().filter(may_pass).copied().collect();
        for (position, a) in units.iter().enumerate() {
            for b in &units[position + 1..] {
                let commits = shared.entry((*a, *b)).or_insert(0);
                *commits += 1;
                // Reached once per pair: the map itself is never iterated.
                if *commits == gates.min_shared.max(1) {
                    order.push((*a, *b));
                }
            }
        }
    }
    order.sort_unstable();
    order.into_iter().map(|pair| (pair, shared[&pair])).collect()
}

fn passing(shared: &[((u32, u32), u32)], revisions: &[u32], gates: &CouplingGates) -> Vec<Shared> {
    let passes = |((a, b), commits): &&((u32, u32), u32)| {
        let both = u64::from(revisions[*a as usize]) + u64::from(revisions[*b as usize]);
        // The degree, 100 x shared / mean revisions, in whole numbers: both sides are doubled.
        let twice = 200 * u64::from(*commits);
        both >= 2 * u64::from(gates.min_revisions)
            && twice >= u64::from(gates.min_degree) * both
            // Fractions are dropped, so that 50.9% is within a limit of 50.
            && twice / both <= u64::from(gates.max_degree)
    };
    shared
        .iter()
        .filter(passes)
        .map(|((a, b), commits)| Shared { a: *a, b: *b, commits: *commits, commits_last_year: 0, last: None })
        .collect()
}

/// Looks up when each listed pair changed.
fn date_pairs(analysis: &Analysis<'_>, sets: &[ChangeSet], pairs: &mut [Shared]) {
    let scan = analysis.scan;
    let year_ago = analysis.parameters.year_before(scan.as_of);
    // A second pass, because most pairs are not listed and need no dates.
    let position: FxHashMap<(u32, u32), usize> =
        pairs.iter().enumerate().map(|(position, pair)| ((pair.a, pair.b), position)).collect();
    for set in sets {
        let time = scan.commit(set.commit).time;
        for (first, a) in set.units.iter().enumerate() {
            for b in &set.units[first + 1..] {
                let Some(pair) = position.get(&(*a, *b)).map(|position| &mut pairs[*position]) else {
                    continue;
                };
                pair.last = pair.last.max(Some(time));
                pair.commits_last_year += u32::from(year_ago < time && time <= scan.as_of);
            }
        }
    }
}
