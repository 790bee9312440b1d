//! Who wrote how much of a file: the two measures of authorship.

use debtscan_model::{AuthorIdx, Commit, FileIdx, FileLines, LineRun, Scan};
use rustc_hash::FxHashMap;

/// Parts of a line that can be shared out: divisible by every number of people up to 16, so that
/// credit is split without rounding.
pub(super) const PARTS_PER_LINE: u64 = 720_720;

/// What each person has of one thing: sorted by person, unique, none of them 0.
pub type CreditShares = Vec<(AuthorIdx, u64)>;

/// The people whom a commit credits, without bots: the author first.
pub(super) fn people_of<'a>(
    scan: &'a Scan,
    commit: &'a Commit,
) -> impl Iterator<Item = AuthorIdx> + Clone + 'a {
    let all = std::iter::once(commit.author).chain(commit.co_authors.iter().copied());
    all.filter(|person| scan.bots.binary_search(person).is_err())
}

/// Whether a commit says who wrote something: a change of form by the project's own word does not, and
/// neither does a merge, whose lines were written on its branches.
pub(super) fn is_authorship(scan: &Scan, commit: &Commit) -> bool {
    !commit.in_ignore_revs && (scan.repository.first_parent || !commit.is_merge())
}

/// Lines that each person added to a file under any of its names, in [`PARTS_PER_LINE`]; people of one
/// commit share its lines equally. No decay: a line added long ago counts like one of today.
pub(super) fn lines_added(scan: &Scan, file: FileIdx) -> CreditShares {
    let mut sums: FxHashMap<AuthorIdx, u64> = FxHashMap::default();
    for change in &scan.file(file).history {
        let change = scan.change(*change);
        let commit = scan.commit(change.commit);
        let added = change.lines.map_or(0, |lines| u64::from(lines.added));
        if added == 0 || !is_authorship(scan, commit) {
            continue;
        }
        let people = people_of(scan, commit);
        let count = people.clone().count() as u64;
        for person in people {
            *sums.entry(person).or_insert(0) += added * PARTS_PER_LINE / count;
        }
    }
    sorted(sums)
}

/// Lines of a file that each person was the last to write, in [`PARTS_PER_LINE`]. Lines of bots are
/// nobody's, and so are lines of unknown authors.
pub(super) fn lines_held(scan: &Scan, lines: &FileLines) -> CreditShares {
    let mut sums: FxHashMap<AuthorIdx, u64> = FxHashMap::default();
    for run in &lines.owners {
        let Some(commit) = run.writer else { continue };
        let people = people_of(scan, scan.commit(commit));
        let count = people.clone().count() as u64;
        for person in people {
            *sums.entry(person).or_insert(0) += u64::from(run.lines) * PARTS_PER_LINE / count;
        }
    }
    sorted(sums)
}

/// Lines of a file with an unknown author, and all lines.
pub(super) fn lines_unknown(lines: &FileLines) -> (u64, u64) {
    let of = |is_counted: fn(&LineRun) -> bool| {
        lines.owners.iter().filter(|run| is_counted(run)).map(|run| u64::from(run.lines)).sum()
    };
    (of(|run| run.writer.is_none()), of(|_| true))
}

fn sorted(sums: FxHashMap<AuthorIdx, u64>) -> CreditShares {
    let mut shares: CreditShares = sums.into_iter().filter(|(_, parts)| *parts > 0).collect();
    // Out of a hash map, so sorted before the order can matter.
    shares.sort_unstable();
    shares
}

/// The sum of several shares.
pub(super) fn sum<'a>(shares: impl Iterator<Item = &'a CreditShares>) -> CreditShares {
    let mut sums: FxHashMap<AuthorIdx, u64> = FxHashMap::default();
    for (person, parts) in shares.flatten() {
        *sums.entry(*person).or_insert(0) += parts;
    }
    sorted(sums)
}

/// Everything that was shared out.
pub(super) fn total(shares: &CreditShares) -> u64 {
    shares.iter().map(|(_, parts)| parts).sum()
}

/// A part of a whole, `0..=1`; 0 of nothing.
pub(super) fn fraction(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Fractal value: 1 minus the sum of the squared shares; 0 for one person or nobody, near 1 for many
/// of equal part.
pub(super) fn fragmentation(shares: &CreditShares) -> f64 {
    let whole = total(shares);
    let squares: f64 = shares.iter().map(|(_, parts)| fraction(*parts, whole).powi(2)).sum();
    if whole == 0 { 0.0 } else { (1.0 - squares).max(0.0) }
}

/// How many people have less than `percent` of the whole.
pub(super) fn below(shares: &CreditShares, percent: u64) -> usize {
    // Parts of lines times 100 may exceed 64 bits.
    let whole = u128::from(total(shares));
    let is_below = |(_, parts): &&(AuthorIdx, u64)| u128::from(*parts) * 100 < whole * u128::from(percent);
    shares.iter().filter(is_below).count()
}

/// Whether one person has at least `percent` of the whole.
pub(super) fn is_held_by_one(shares: &CreditShares, percent: u64) -> bool {
    let whole = u128::from(total(shares));
    shares.iter().any(|(_, parts)| u128::from(*parts) * 100 >= whole * u128::from(percent))
}
