//! What history alone says about the last 365 days: what was taken back, and areas that rest on one person.

use std::collections::BTreeSet;

use debtscan_model::{AuthorIdx, Commit, CommitIdx, Mark, SECONDS_PER_DAY, Scan, Timestamp};

use crate::analysis::Analysis;
use crate::attribution::IdIndex;
use crate::knowledge::known_by_one;
use debtscan_findings::{PastYear, TakenBack};

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
        taken_back: taken_back(scan, from),
        known_by_one: known_by_one(analysis),
    })
}

fn start(scan: &Scan) -> Timestamp {
    let year_ago = scan.as_of.plus_days(-DAYS);
    scan.window.since.map_or(year_ago, |since| since.max(year_ago))
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
    use super::{PastYear, past_year, taken_back};
    use crate::analysis::Analysis;
    use crate::sample::{self, SampleScan, days_ago, incidents};
    use debtscan_findings::KnownByOne;
    use debtscan_model::Scan;

    fn with<T>(scan: &Scan, look: impl FnOnce(&Analysis<'_>) -> T) -> T {
        let (incidents, options) = (incidents(Vec::new()), sample::options());
        look(&Analysis::of(scan, &incidents, &options).expect("analysed"))
    }

    /// Three files of 100, 100 and 800 lines.
    fn files() -> SampleScan {
        SampleScan::new().source("a.c", 100, 1).source("b.c", 100, 1).source("c.c", 800, 1)
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
    fn without_changes_there_is_nothing_to_say_and_one_author_is_no_finding() {
        assert_eq!(with(&files().commit(400, &[("a.c", 1, 0)]).build(), past_year), None);
        let scan = files().commit(10, &[("a.c", 1, 0)]).build();
        let PastYear { changes, days, people, known_by_one, .. } =
            with(&scan, past_year).expect("there is a change");
        assert_eq!((changes, days, people), (1, 365, 1));
        assert_eq!(known_by_one, KnownByOne::SmallTeam { people: 1 });
    }
}
