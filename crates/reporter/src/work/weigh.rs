//! Work by month and area, weighed by changes, author-days and source lines.

use std::collections::BTreeMap;

use debtscan_findings::{Interval, WorkKind, WorkRow, WorkRule, WorkShare, WorkShares};
use debtscan_model::{AuthorIdx, CommitIdx, FileClass, LineDelta, SECONDS_PER_DAY, Scan, Timestamp};

use super::correct::{Confusion, SeenWork};
use super::labels::KINDS;
use crate::analysis::Analysis;

/// Parts of an author-day, so that parts of one add up to it exactly.
const DAY: u64 = 1_000_000;

/// From when to when; the end is included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WorkPeriod {
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
}

impl WorkPeriod {
    /// The days before `as_of`, or the window if it begins later or is given at all.
    pub(super) fn start(scan: &Scan, days: i64) -> Timestamp {
        scan.window.since.unwrap_or_else(|| scan.as_of.plus_days(-days))
    }

    pub(super) fn contains(self, time: Timestamp) -> bool {
        self.from <= time && time <= self.until
    }
}

/// One change of the period, in one area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct WorkPart {
    /// Position in `areas.areas`.
    area: usize,
    /// In parts of an author-day.
    days: u64,
    lines: u64,
}

/// One change of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WeighedChange {
    pub(super) commit: CommitIdx,
    pub(super) kind: WorkKind,
    pub(super) rule: WorkRule,
    is_unread: bool,
    days: u64,
    /// 0 of a wide commit.
    lines: u64,
    parts: Vec<WorkPart>,
}

/// All changes of a period.
pub(super) struct Weighed {
    pub(super) changes: Vec<WeighedChange>,
    /// Commits whose lines do not count, and those lines.
    pub(super) wide: (u64, u64),
}

/// Some work.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Work {
    pub(super) changes: u64,
    /// By measure: weight by kind, and of unread changes.
    sums: [Sum; 3],
}

#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Sum {
    kinds: [u64; 5],
    unread: u64,
    /// Repairs of incidents, which are known as such.
    certain: u64,
    /// Sum of the squares of the weights of changes by people that can be read.
    squares: f64,
}

impl Work {
    /// Adds a change with its weight by measure.
    fn add(&mut self, change: &WeighedChange, weights: [u64; 3]) {
        self.changes += 1;
        for (sum, weight) in self.sums.iter_mut().zip(weights) {
            sum.kinds[change.kind.position()] += weight;
            if change.kind == WorkKind::Robots {
                continue;
            }
            if change.is_unread {
                sum.unread += weight;
            } else if change.rule == WorkRule::Incident {
                sum.certain += weight;
            } else {
                sum.squares += (weight as f64) * (weight as f64);
            }
        }
    }
}

impl Weighed {
    /// Weighs the changes of a period; `kinds` is by [`CommitIdx`].
    pub(super) fn of(analysis: &Analysis<'_>, kinds: &[(WorkKind, WorkRule)], period: WorkPeriod) -> Self {
        let scan = analysis.scan;
        let is_inside = |index: &usize| period.contains(scan.commits[*index].time);
        let commits: Vec<usize> = (0..scan.commits.len()).filter(is_inside).collect();
        let days = author_days(scan, &commits);
        let mut wide = (0, 0);
        let mut changes = Vec::with_capacity(commits.len());
        for (index, days) in commits.into_iter().zip(days) {
            let commit = CommitIdx::new(index);
            let (kind, rule) = kinds[index];
            let mut parts = parts(analysis, commit, days);
            // Outside the scanned folder, it is no work of this part.
            if parts.is_empty() {
                continue;
            }
            let mut lines = parts.iter().map(|part| part.lines).sum();
            let it = &scan.commits[index];
            if it.in_ignore_revs || it.source_files as usize > analysis.parameters.max_commit_source_files {
                wide = (wide.0 + 1, wide.1 + lines);
                lines = 0;
                for part in &mut parts {
                    part.lines = 0;
                }
            }
            let is_unread = it.wording.is_unread && rule == WorkRule::Nothing;
            changes.push(WeighedChange { commit, kind, rule, is_unread, days, lines, parts });
        }
        Self { changes, wide }
    }

    /// All changes.
    pub(super) fn all(&self) -> Work {
        self.sums_by(|_| 0).remove(&0).unwrap_or_default()
    }

    /// The changes by a key, each whole.
    pub(super) fn sums_by(&self, key: impl Fn(&WeighedChange) -> i64) -> BTreeMap<i64, Work> {
        let mut works: BTreeMap<i64, Work> = BTreeMap::new();
        for change in &self.changes {
            works.entry(key(change)).or_default().add(change, [1, change.days, change.lines]);
        }
        works
    }

    /// By area, with the part of each change in it; a change counts once in each of its areas.
    pub(super) fn by_area(&self, areas: usize) -> Vec<Work> {
        let mut works = vec![Work::default(); areas];
        for change in &self.changes {
            for part in &change.parts {
                works[part.area].add(change, [1, part.days, part.lines]);
            }
        }
        works
    }

    pub(super) fn unread(&self) -> u64 {
        self.changes.iter().filter(|change| change.is_unread).count() as u64
    }
}

/// The part of an author-day of each commit: a day on which a person wrote commits is divided among them.
fn author_days(scan: &Scan, commits: &[usize]) -> Vec<u64> {
    let day = |index: usize| {
        let commit = &scan.commits[index];
        // The clock of an author may be wrong; nobody writes a commit after it is applied.
        let time = commit.authored.min(commit.time);
        (commit.author, time.0.div_euclid(SECONDS_PER_DAY))
    };
    let mut counts: BTreeMap<(AuthorIdx, i64), (u64, u64)> = BTreeMap::new();
    for index in commits {
        counts.entry(day(*index)).or_default().0 += 1;
    }
    commits
        .iter()
        .map(|index| {
            let (commits, given) = counts.get_mut(&day(*index)).expect("counted above");
            let share = portion(DAY, *given, *commits, 1);
            *given += 1;
            share
        })
        .collect()
}

/// What the pieces from `given` on take of a whole divided into `pieces`: all of them together take all of it.
fn portion(whole: u64, given: u64, pieces: u64, taken: u64) -> u64 {
    let up_to = |n: u64| u128::from(whole) * u128::from(n) / u128::from(pieces.max(1));
    u64::try_from(up_to(given + taken) - up_to(given)).expect("a part of a u64")
}

/// The parts of a commit by area: lines as they are, days in proportion to its files.
fn parts(analysis: &Analysis<'_>, commit: CommitIdx, days: u64) -> Vec<WorkPart> {
    let scan = analysis.scan;
    let mut by_area: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    let mut last = None;
    for change in &scan.changes[scan.changes_of(commit)] {
        let (files, lines) = by_area.entry(analysis.areas.area_of[change.file.get()]).or_default();
        // One commit may touch two names of a file.
        *files += u64::from(last.replace(change.file) != Some(change.file));
        if scan.file(change.file).class == FileClass::Source {
            *lines += change.lines.map_or(0, LineDelta::total);
        }
    }
    let all: u64 = by_area.values().map(|(files, _)| files).sum();
    let mut given = 0;
    by_area
        .into_iter()
        .map(|(area, (files, lines))| {
            let part = WorkPart { area, days: portion(days, given, all, files), lines };
            given += files;
            part
        })
        .collect()
}

/// The row of some work.
pub(super) fn row(name: String, area: Option<String>, work: &Work, confusion: &Confusion) -> WorkRow {
    let units = [1.0, DAY as f64, 1.0];
    let mut measures = work.sums.iter().zip(units).map(|(sum, unit)| shares(work, sum, unit, confusion));
    let mut next = || measures.next().expect("three measures");
    WorkRow { name, area, is_partial: false, changes: work.changes, measures: [next(), next(), next()] }
}

fn shares(work: &Work, sum: &Sum, unit: f64, confusion: &Confusion) -> WorkShares {
    let total: u64 = sum.kinds.iter().sum();
    let share = |part: f64| if total == 0 { 0.0 } else { part / total as f64 };
    let seen = sum.kinds.map(|kind| share(kind as f64));
    let at = WorkKind::position;
    let (robots, unread) = (seen[at(WorkKind::Robots)], share(sum.unread as f64));
    let certain = share(sum.certain as f64);
    let weight = |kind: WorkKind| sum.kinds[at(kind)] as f64;
    let weights = [
        weight(WorkKind::New),
        weight(WorkKind::Repair) - sum.certain as f64,
        weight(WorkKind::Better),
        weight(WorkKind::Unclassified) - sum.unread as f64,
    ];
    let people: f64 = weights.iter().sum();
    let effective = if sum.squares > 0.0 { people * people / sum.squares } else { 0.0 };
    let corrected = confusion.correct(&SeenWork { weights, effective }).filter(|_| work.changes > 0);
    let exactly = |share: f64| Interval { low: share, mean: share, high: share };
    let by_people = 1.0 - robots - unread - certain;
    let scaled = |of: usize, plus: f64| {
        corrected.map(|kinds: [Interval; KINDS]| {
            let Interval { low, mean, high } = kinds[of];
            let scale = |share: f64| (share * by_people + plus).clamp(0.0, 1.0);
            Interval { low: scale(low), mean: scale(mean), high: scale(high) }
        })
    };
    let kinds = [
        scaled(0, 0.0),
        scaled(1, certain),
        scaled(2, 0.0),
        (total > 0).then(|| exactly(robots)),
        scaled(3, unread),
    ];
    let mut kinds = seen.into_iter().zip(kinds).map(|(seen, corrected)| WorkShare { seen, corrected });
    let mut next = || kinds.next().expect("five kinds");
    WorkShares { total: total as f64 / unit, kinds: [next(), next(), next(), next(), next()] }
}

#[cfg(test)]
mod tests {
    use super::portion;

    #[test]
    fn pieces_of_a_whole_add_up_to_it() {
        for pieces in 1..20 {
            let sum: u64 = (0..pieces).map(|given| portion(1_000_000, given, pieces, 1)).sum();
            assert_eq!(sum, 1_000_000);
        }
        assert_eq!(portion(10, 0, 3, 3), 10);
    }
}
