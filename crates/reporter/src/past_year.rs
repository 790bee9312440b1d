//! What history alone says about the last 365 days: repair, where it fell, what was taken back, and areas that rest on
//! one person.

use std::collections::BTreeSet;

use debtscan_model::{AuthorIdx, Commit, CommitIdx, FileIdx, Mark, SECONDS_PER_DAY, Scan, Timestamp};

use crate::analysis::Analysis;
use crate::attribution::IdIndex;
use crate::knowledge::known_by_one;
use crate::work::{repair_share, repairs};
use debtscan_findings::{PastYear, RepairHalf, TakenBack};

/// Repairs below which no place is named: half of nine is four or five changes.
const FEWEST_REPAIRS: usize = 10;

/// Days that the figures look back.
const DAYS: i64 = 365;

/// The last year; `None` without any change in it.
pub(crate) fn past_year(analysis: &Analysis<'_>) -> Option<PastYear> {
    let scan = analysis.scan;
    let from = start(scan);
    let is_counted = |commit: &&Commit| {
        from < commit.time
            && commit.time <= scan.as_of
            && (scan.repository.first_parent || !commit.is_merge())
    };
    let commits: Vec<&Commit> = scan.commits.iter().filter(is_counted).collect();
    let writers = commits.iter().flat_map(|commit| std::iter::once(&commit.author).chain(&commit.co_authors));
    let people: BTreeSet<AuthorIdx> =
        writers.copied().filter(|person| scan.bots.binary_search(person).is_err()).collect();
    (!commits.is_empty()).then(|| PastYear {
        days: (scan.as_of.0 - from.0) / SECONDS_PER_DAY,
        changes: commits.len(),
        people: people.len(),
        repair: repair_share(analysis, from),
        repair_half: repair_half(analysis, &repairs(analysis, from)),
        taken_back: taken_back(scan, from),
        known_by_one: known_by_one(analysis),
    })
}

fn start(scan: &Scan) -> Timestamp {
    let year_ago = scan.as_of.plus_days(-DAYS);
    scan.window.since.map_or(year_ago, |since| since.max(year_ago))
}

/// The files that most repairs touched, until they have half of them. A repair of several files counts in equal parts.
fn repair_half(analysis: &Analysis<'_>, repairs: &[CommitIdx]) -> Option<RepairHalf> {
    let (scan, ranked) = (analysis.scan, &analysis.ranked);
    let mut weights = vec![0.0_f64; ranked.files.len()];
    let mut counted = 0_u64;
    for commit in repairs {
        let changes = &scan.changes[scan.changes_of(*commit)];
        let position = |file: FileIdx| ranked.position_of[file.get()];
        let mut touched: Vec<usize> = changes.iter().filter_map(|change| position(change.file)).collect();
        touched.sort_unstable();
        touched.dedup();
        counted += u64::from(!touched.is_empty());
        for file in &touched {
            weights[*file] += 1.0 / touched.len() as f64;
        }
    }
    if counted < FEWEST_REPAIRS as u64 {
        return None;
    }
    let mut order: Vec<usize> = (0..weights.len()).collect();
    // Ranked files are sorted by path, so equal weights are too.
    order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
    let half = counted as f64 / 2.0;
    let (mut files, mut sum, mut lines) = (0, 0.0, 0_u64);
    for file in order {
        // A half that is a hair short after adding is a half.
        if sum >= half - 1e-9 {
            break;
        }
        files += 1;
        sum += weights[file];
        lines += u64::from(ranked.files[file].sloc);
    }
    let all = ranked.source_lines();
    let code_share = if all == 0 { 0.0 } else { lines as f64 / all as f64 };
    Some(RepairHalf { repairs: counted, files, of_files: ranked.files.len(), code_share })
}

fn taken_back(scan: &Scan, from: Timestamp) -> TakenBack {
    let ids = IdIndex::new(scan);
    let reverts: Vec<(CommitIdx, Option<CommitIdx>)> = scan
        .marks
        .iter()
        .filter_map(|(id, mark)| {
            let Mark::Reverts(text) = mark else { return None };
            Some((ids.commit(id)?, ids.commit_by_text(text)))
        })
        .collect();
    let is_revert = |commit: CommitIdx| reverts.iter().any(|(revert, _)| *revert == commit);
    let mut seen: Vec<CommitIdx> = Vec::new();
    let mut ages: Vec<i64> = Vec::new();
    for (revert, original) in &reverts {
        let time = scan.commit(*revert).time;
        let is_recent = from < time && time <= scan.as_of;
        // Taking back a revert brings the change back.
        if !is_recent || original.is_some_and(is_revert) || seen.contains(revert) {
            continue;
        }
        seen.push(*revert);
        ages.extend(original.map(|original| (time.0 - scan.commit(original).time.0).max(0)));
    }
    ages.sort_unstable();
    let middle = |ages: &[i64]| {
        let (low, high) = (ages[(ages.len() - 1) / 2], ages[ages.len() / 2]);
        (low + high) as f64 / 2.0 / SECONDS_PER_DAY as f64
    };
    TakenBack {
        reverts: seen.len(),
        dated: ages.len(),
        median_days: (!ages.is_empty()).then(|| middle(&ages)),
    }
}

#[cfg(test)]
mod tests {
    use super::{PastYear, past_year, repair_half, taken_back};
    use crate::analysis::Analysis;
    use crate::sample::{self, SampleScan, days_ago, incidents};
    use debtscan_findings::KnownByOne;
    use debtscan_model::{CommitIdx, Scan};

    fn with<T>(scan: &Scan, look: impl FnOnce(&Analysis<'_>) -> T) -> T {
        let (incidents, options) = (incidents(Vec::new()), sample::options());
        look(&Analysis::of(scan, &incidents, &options).expect("analysed"))
    }

    /// Three files of 100, 100 and 800 lines.
    fn files() -> SampleScan {
        SampleScan::new().source("a.c", 100, 1).source("b.c", 100, 1).source("c.c", 800, 1)
    }

    #[test]
    fn half_of_the_repair_falls_in_the_fewest_files() {
        let mut scan = files();
        // a.c has 6 repairs, b.c 3, and one is of b.c and c.c: 6, 3.5 and 0.5.
        for number in 0..10 {
            let touched: &[(&str, u32, u32)] = match number {
                0..6 => &[("a.c", 1, 1)],
                6..9 => &[("b.c", 1, 1)],
                _ => &[("b.c", 1, 1), ("c.c", 1, 1)],
            };
            scan = scan.commit(100 - number, touched);
        }
        let scan = scan.build();
        let all: Vec<CommitIdx> = (0..10).map(CommitIdx::new).collect();
        let half = with(&scan, |analysis| repair_half(analysis, &all)).expect("ten are enough");
        assert_eq!((half.repairs, half.files, half.of_files), (10, 1, 3));
        assert!((half.code_share - 0.1).abs() < 1e-12);
        assert_eq!(with(&scan, |analysis| repair_half(analysis, &all[..9])), None, "nine are too few");
    }

    #[test]
    fn what_is_taken_back_is_counted_once_and_a_second_try_is_not() {
        let scan = files()
            .commit(50, &[("a.c", 1, 0)])
            .commit(46, &[("a.c", 0, 1)])
            .reverts(1)
            .commit(40, &[("a.c", 1, 0)])
            .reverts(2)
            .commit(30, &[("b.c", 1, 0)])
            .commit(20, &[("b.c", 0, 1)])
            .reverts(4)
            .build();
        let back = taken_back(&scan, days_ago(365));
        // The first after 4 days, the last after 10; the one between brings the first back.
        assert_eq!((back.reverts, back.dated, back.median_days), (2, 2, Some(7.0)));
        assert_eq!(taken_back(&scan, days_ago(25)).reverts, 1);
    }

    #[test]
    fn an_area_rests_on_one_person_only_while_that_person_is_there() {
        let scan = SampleScan::new().source("here/a.c", 100, 0).source("gone/b.c", 200, 0);
        // Each file has one author: 3.293 + 0.164 x 6 - 0.321 ln 2 = 4.05; one commit is below 3.293.
        let each = |scan: SampleScan, path: &'static str, by: &'static str, last: i64| {
            (0..6).fold(scan, |scan, number| scan.commit(last + number, &[(path, 10, 0)]).by(by))
        };
        let scan = each(each(scan, "here/a.c", "Ada", 10), "gone/b.c", "Bo", 300);
        let scan = scan.commit(5, &[("gone/b.c", 1, 0)]).by("Cy").commit(5, &[("here/a.c", 1, 0)]).by("Cy");
        let PastYear { known_by_one, .. } = with(&scan.build(), past_year).expect("there are changes");
        let KnownByOne::Areas { names, left, inactive_days: 180, of: 2 } = known_by_one else {
            panic!("{known_by_one:?}")
        };
        assert_eq!((names, left), (vec!["here".to_owned()], vec!["gone".to_owned()]));
    }

    #[test]
    fn without_changes_there_is_nothing_to_say_and_one_author_is_no_finding() {
        assert_eq!(with(&files().commit(400, &[("a.c", 1, 0)]).build(), past_year), None);
        let scan = files().commit(10, &[("a.c", 1, 0)]).build();
        let PastYear { changes, days, people, known_by_one, .. } =
            with(&scan, past_year).expect("there is a change");
        assert_eq!((changes, days, people), (1, 365, 1));
        assert_eq!(known_by_one, KnownByOne::SmallTeam { people: 1 });
    }
}
