//! A backtest whose figures can be counted by hand.

use debtscan_model::{ChangeKind, FileClass, PathIdx, Scan};

use super::{Backtest, BacktestOptions, Hindsight};
use crate::options::ReportOptions;
use crate::sample::{SampleScan, days_ago, fixed_incident, incidents};
use debtscan_findings::{AreaSource, BacktestReport, Metric, Rules, Score, Uncounted};
use debtscan_incidents::{Incident, Incidents};

fn options() -> BacktestOptions {
    let report = ReportOptions { area_source: AreaSource::Folders, ..crate::sample::options() };
    let rules = Rules { least_known: 1, least_came: 1, least_cuts: 1, resamples: 50, ..Rules::default() };
    BacktestOptions { report, rules, cuts: Some(vec![days_ago(365)]) }
}

/// The repository as it was 365 days ago: three files, one commit on each, fixes in `b/small.c`.
fn then() -> SampleScan {
    SampleScan::new()
        .source("a/big.c", 80, 100)
        .source("b/small.c", 10, 10)
        .source("b/other.c", 10, 10)
        .commit(900, &[("a/big.c", 80, 0), ("b/small.c", 10, 0), ("b/other.c", 10, 0)])
        .commit(600, &[("b/small.c", 2, 0)])
}

/// The same today: one more file, and three fixes of the year.
fn now() -> SampleScan {
    then()
        .source("c/new.c", 50, 0)
        .commit(300, &[("b/small.c", 3, 1)])
        .commit(200, &[("b/small.c", 1, 0), ("a/big.c", 1, 0), ("c/new.c", 2, 0)])
        .commit(100, &[("c/new.c", 9, 9)])
}

fn cut(sample: SampleScan) -> Scan {
    Scan { as_of: days_ago(365), ..sample.build() }
}

fn known_and_later() -> Vec<Incident> {
    vec![
        fixed_incident("known", 0, &[2]),
        fixed_incident("one", 0, &[3]),
        fixed_incident("two", 0, &[4]),
        fixed_incident("three", 0, &[5]),
    ]
}

fn run(now: &Scan, then: &Scan, list: Vec<Incident>, options: &BacktestOptions) -> BacktestReport {
    let incidents: Incidents = incidents(list);
    let hindsight = Hindsight::of(now, &incidents, options).expect("areas can be made");
    let mut backtest = Backtest::new(&hindsight, options);
    for date in backtest.dates() {
        backtest.add(date, Some(then)).expect("areas can be made");
    }
    backtest.finish()
}

fn figure(report: &BacktestReport, score: Score, metric: Metric) -> f64 {
    let position = Score::ALL.iter().position(|known| *known == score).expect("listed");
    report.cuts[0].figures[position][metric.position()]
}

#[track_caller]
fn assert_close(actual: f64, expected: f64) {
    assert!((actual - expected).abs() < 1e-12, "{actual} instead of {expected}");
}

#[test]
fn the_figures_are_those_counted_by_hand() {
    let report = run(&now().build(), &cut(then()), known_and_later(), &options());
    let cut = &report.cuts[0];
    assert_eq!((cut.known, cut.came, cut.rankable), (1, 3, 2));
    // Of three incidents: all of the first, half of the second, nothing of the third.
    assert_close(cut.rankable_share, 1.5 / 3.0);
    // Rankable cost: small.c 1 + 1/4, big.c 1/4. Per line, small.c comes first for both.
    for score in [Score::Oracle, Score::Debtscan, Score::PastIncidents] {
        assert_close(figure(&report, score, Metric::C10), 1.25 / 1.5);
    }
    // The second tenth of the lines is an eighth of big.c for the oracle, but other.c for debtscan.
    assert_close(figure(&report, Score::Oracle, Metric::C20), (1.25 + 0.25 / 8.0) / 1.5);
    // Size and chance meet a tenth of everything in a tenth of the lines.
    for score in [Score::Lines, Score::Random] {
        assert_close(figure(&report, score, Metric::C10), 0.1);
        assert_close(figure(&report, score, Metric::Popt), 0.5);
    }
    // By score, the first fifth of the lines is in big.c for size.
    assert_close(figure(&report, Score::Lines, Metric::Sc20), 0.25 * (20.0 / 80.0) / 1.5);
    assert_close(figure(&report, Score::Oracle, Metric::Popt), 1.0);
    assert_close(figure(&report, Score::Random, Metric::Top10), 1.0);
}

#[test]
fn a_fix_falls_on_the_file_that_a_later_rename_came_from() {
    let mut now = SampleScan::new()
        .source("a/big.c", 80, 100)
        .source("b/renamed.c", 10, 10)
        .alias("b/small.c")
        .source("b/other.c", 10, 10)
        .commit(900, &[("a/big.c", 80, 0), ("b/small.c", 10, 0), ("b/other.c", 10, 0)])
        .commit(600, &[("b/small.c", 2, 0)])
        .commit(350, &[("b/renamed.c", 0, 0)])
        .commit(300, &[("b/renamed.c", 3, 1)])
        .commit(200, &[("b/small.c", 5, 0)])
        .build();
    let path = |scan: &Scan, name: &str| {
        PathIdx::new(scan.paths.iter().position(|path| path.to_string() == name).expect("listed"))
    };
    let from = path(&now, "b/small.c");
    let rename = now.changes.iter_mut().find(|change| change.commit.get() == 2).expect("the rename");
    rename.kind = ChangeKind::Renamed { from };
    // The last fix is of a branch that still used the old name.
    let list = vec![
        fixed_incident("known", 0, &[2]),
        fixed_incident("one", 0, &[4]),
        fixed_incident("two", 0, &[5]),
    ];
    let report = run(&now, &cut(then()), list, &options());
    assert_eq!((report.cuts[0].came, report.cuts[0].rankable), (2, 2));
    assert_close(figure(&report, Score::Oracle, Metric::C10), 1.0);
}

#[test]
fn a_file_that_was_made_again_after_the_cut_under_another_name_is_not_the_old_one() {
    let mut now = now().build();
    let added =
        now.changes.iter_mut().find(|change| change.commit.get() == 3 && change.kind == ChangeKind::Modified);
    added.expect("a change of the fourth commit").kind = ChangeKind::Added;
    let report = run(&now, &cut(then()), known_and_later(), &options());
    // a/big.c was created again after the cut, and the cut has a file of that name: deleted in between.
    assert_close(report.cuts[0].rankable_share, 1.5 / 3.0);
}

#[test]
fn what_opened_before_and_was_mended_after_is_in_neither() {
    let mut list = known_and_later();
    list.push(Incident { opened: Some(days_ago(400)), ..fixed_incident("between", 0, &[3]) });
    let report = run(&now().build(), &cut(then()), list, &options());
    assert_eq!((report.cuts[0].known, report.cuts[0].came), (1, 3));
}

#[test]
fn a_fix_of_more_than_forty_source_files_is_dropped_and_counted() {
    let names: Vec<String> = (0..41).map(|number| format!("w/f{number:02}.c")).collect();
    let add = |sample: SampleScan| names.iter().fold(sample, |sample, name| sample.source(name, 1, 0));
    let wide: Vec<(&str, u32, u32)> = names.iter().map(|name| (name.as_str(), 1, 0)).collect();
    let now = add(now()).commit(50, &wide).build();
    let mut list = known_and_later();
    list.push(fixed_incident("wide", 0, &[6]));
    let report = run(&now, &cut(add(then())), list, &options());
    assert_eq!((report.cuts[0].came, report.cuts[0].wide, report.cuts[0].unplaced), (3, 1, 0));
}

#[test]
fn tests_and_docs_carry_no_cost() {
    let add = |sample: SampleScan| {
        sample.present("t/t.c", FileClass::Test, 90, 0).present("d.md", FileClass::Docs, 90, 0)
    };
    let now =
        add(now()).commit(50, &[("t/t.c", 90, 0)]).commit(40, &[("d.md", 9, 0), ("b/small.c", 1, 0)]).build();
    let mut list = known_and_later();
    list.extend([fixed_incident("test", 0, &[6]), fixed_incident("both", 0, &[7])]);
    let report = run(&now, &cut(add(then())), list, &options());
    assert_eq!((report.cuts[0].came, report.cuts[0].unplaced), (4, 1));
    assert_close(report.cuts[0].rankable_share, 2.5 / 4.0);
}

#[test]
fn a_cut_counts_from_so_many_incidents_before_and_after_and_when_its_days_are_over() {
    let check = |rules: Rules, cut_days: i64, reason: Uncounted| {
        let options = BacktestOptions { rules, cuts: Some(vec![days_ago(cut_days)]), ..options() };
        let report = run(&now().build(), &cut(then()), known_and_later(), &options);
        assert_eq!((report.cuts.len(), report.uncounted[0].reason), (0, reason));
        assert!(report.scores.is_empty() && !report.claims());
    };
    let rules = options().rules;
    check(Rules { least_known: 2, ..rules }, 365, Uncounted::TooFew);
    check(Rules { least_came: 4, ..rules }, 365, Uncounted::TooFew);
    // Three came, but one of them fell on a new file alone.
    check(Rules { least_came: 3, ..rules }, 365, Uncounted::TooFew);
    check(rules, 364, Uncounted::NotOver);
}

#[test]
fn a_quiet_cut_is_still_held_against_its_expectation_where_the_list_goes_on() {
    let run = |rules: Rules| {
        let options = BacktestOptions { rules, ..options() };
        run(&now().build(), &cut(then()), known_and_later(), &options)
    };
    // The first two fixes come within 200 days, the third later.
    let rules = Rules { horizon_days: 200, ..options().rules };
    let counted = run(rules);
    assert_eq!((counted.cuts.len(), counted.calibrated_cuts), (1, 1));
    let quiet = run(Rules { least_came: 3, ..rules });
    assert_eq!((quiet.cuts.len(), quiet.calibrated_cuts), (0, 1));
    assert_eq!((&quiet.file_bands, &quiet.area_bands), (&counted.file_bands, &counted.area_bands));
    assert_eq!(quiet.file_bands.stated.iter().map(|band| band.subjects).sum::<usize>(), 3);
    // Without any incident after the days nobody knows whether the list was still kept.
    assert_eq!(run(Rules { least_came: 4, ..options().rules }).calibrated_cuts, 0);
    // With too little known there is no expectation to hold.
    assert_eq!(run(Rules { least_known: 2, ..rules }).calibrated_cuts, 0);
}

#[test]
fn the_same_draws_give_the_same_ranges_and_they_hold_the_mean() {
    let report = run(&now().build(), &cut(then()), known_and_later(), &options());
    assert_eq!(report, run(&now().build(), &cut(then()), known_and_later(), &options()));
    let debtscan = &report.scores[0];
    for estimate in &debtscan.figures {
        assert!(estimate.low <= estimate.high && estimate.mean.is_finite());
    }
    assert!(debtscan.debtscan_has_more.iter().all(|it| it.mean.abs() + it.high.abs() < 1e-12));
}
