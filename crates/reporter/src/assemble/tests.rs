//! The whole line on small repositories, against numbers worked out by hand.

use std::f64::consts::LN_2;

use debtscan_model::{FileClass, Scan, SkipReason};

use super::build;
use crate::options::ReportOptions;
use crate::sample::{AS_OF, SampleScan, days_ago, fixed_incident, incident, incidents, usd};
use debtscan_findings::{
    CommitGroup, DateBasis, Method, PlacementReport, RankingExclusion, Remark, RemarkLevel, Remedy, Report,
    SkippedGroup, UnplacedReason,
};
use debtscan_incidents::{Currency, Incident, Incidents, RejectedRow, RowFate, RowPosition};
use debtscan_render::{RemarkText, remark_text};

pub(super) fn options() -> ReportOptions {
    ReportOptions { project: Some("demo".to_owned()), ..crate::sample::options() }
}

/// Three source files in two folders; commit 2, of today, is a fix with lines 3 : 1.
fn sample() -> SampleScan {
    SampleScan::new()
        .source("a/x.c", 100, 400)
        .source("a/y.c", 100, 100)
        .source("b/z.c", 400, 0)
        .commit(180, &[("b/z.c", 9, 0)])
        .commit(0, &[("a/x.c", 2, 1), ("a/y.c", 1, 0)])
}

fn report(scan: &Scan, list: Vec<Incident>) -> Report {
    build(scan, &incidents(list), &options()).expect("valid options")
}

fn names(report: &Report) -> Vec<String> {
    report.files.iter().map(|file| file.path.to_string()).collect()
}

#[track_caller]
fn assert_close(actual: f64, expected: f64) {
    assert!((actual - expected).abs() < 1e-9 * expected.abs().max(1e-3), "{actual} instead of {expected}");
}

/// The words of a remark, by its code.
fn text(report: &Report, code: &str) -> Option<RemarkText> {
    report.quality.remarks.iter().find(|remark| remark.code() == code).map(remark_text)
}

#[test]
fn files_and_areas_are_ranked_by_their_shares() {
    let report = report(&sample().build(), vec![fixed_incident("I-1", 30_000, &[2])]);
    // Work: a commit of 180 days for z, half of today's for x and y each; relative to the mean line.
    let old = (-180.0_f64 / 365.0).exp2();
    let mean = (1.0 + old) / 600.0;
    let work = [0.005 / mean, 0.005 / mean, old / 400.0 / mean];
    // Growth: 100 lines after +1 each, 400 after +9. Folders: 3 % of 600 lines are 18.
    let growth: [f64; 3] = [110.0 / 109.0, 110.0 / 109.0, 410.0 / 401.0];
    let folders = [(1.0 + 18.0 * mean) / 218.0 / mean, (old + 18.0 * mean) / 418.0 / mean];
    // x and y share today's commit: the other's w / 150 against a mean of 1 / 750, drawn by 0.5.
    let coupled: [f64; 3] = [(0.25 * 5.0 + 0.5) / 1.5, (0.75 * 5.0 + 0.5) / 1.5, 1.0];
    // Y = 1
    let trust = 1.0 / 21.0;
    let products = [0, 1, 2].map(|file| {
        [1.0, 1.0, 4.0][file]
            * (work[file] + 0.05).powf(0.3)
            * growth[file].sqrt()
            * (folders[file / 2] + 0.05).sqrt()
            * (coupled[file] + 0.05).powf(0.3 * trust)
    });
    let omega = 0.18 * trust;
    let share =
        |file: usize, own: f64| (1.0 - omega) * products[file] / products.iter().sum::<f64>() + omega * own;
    let (x, y, z) = (share(0, 0.75), share(1, 0.25), share(2, 0.0));
    assert_eq!(names(&report), ["b/z.c", "a/x.c", "a/y.c"]);
    for (file, share) in report.files.iter().zip([z, x, y]) {
        assert_close(file.forecast.shares.total(), share);
    }
    // No function is too complex: the order of the ranking.
    let start: Vec<_> = report.files.iter().map(|file| (file.rank, file.start_rank)).collect();
    assert_eq!(start, [(Some(1), Some(1)), (Some(2), Some(2)), (Some(3), Some(3))]);
    // n = 1/2 + 365/90 ln 2 / 2, drawn towards one incident in half a year; the mean cost is the one cost
    let n = 0.5 + 0.5 * LN_2 * 365.0 / 90.0;
    let n = (n * n + 3.0 * 2.0) / (n + 3.0);
    assert_close(report.model.incidents_per_year.expect("a dated incident"), n);
    let mean = report.model.mean_costs[0];
    assert_eq!((mean.currency, mean.incidents), (Currency::USD, 1));
    assert_close(mean.minor, 30_000.0);
    assert_close(report.files[1].forecast.costs[0].minor.mean, n * x * 30_000.0);
    let areas: Vec<_> =
        report.areas.iter().map(|area| (area.name.as_str(), area.rank, area.start_rank)).collect();
    assert_eq!(areas, [("a", Some(1), Some(1)), ("b", Some(2), Some(2))]);
    assert_close(report.areas[0].forecast.costs[0].minor.mean, n * (x + y) * 30_000.0);
    assert_eq!(report.areas[0].file_positions, [1, 2]);
    assert_eq!(report.files.iter().map(|file| file.area).collect::<Vec<_>>(), [1, 0, 0]);
}

#[test]
fn the_file_to_start_with_holds_most_of_what_is_expected_in_functions_to_split() {
    let scan = SampleScan::new()
        .source("large.c", 400, 0)
        .functions(&[("a", 1, 10), ("b", 9, 15)])
        .source("mixed.c", 200, 0)
        .functions(&[("c", 1, 16), ("d", 9, 14)])
        .source("small.c", 100, 0)
        .functions(&[("e", 1, 40)])
        .build();
    let report = build(&scan, &Incidents::default(), &options()).expect("a report");
    let of = |name: &str| {
        let file = report.files.iter().find(|file| file.path.to_string() == name).expect("a file");
        (file.forecast.shares.total(), file.start_rank, file.complex_functions)
    };
    let [(_, large, n_large), (mixed_share, mixed, n_mixed), (small_share, small, n_small)] =
        ["large.c", "mixed.c", "small.c"].map(of);
    // 16 of 30 points of mixed.c are in a function above 15, all of those of small.c, none of those of large.c.
    let is_mixed_first = mixed_share * 16.0 / 30.0 > small_share;
    let expected = if is_mixed_first { (Some(1), Some(2)) } else { (Some(2), Some(1)) };
    assert_eq!((large, mixed, small), (None, expected.0, expected.1));
    assert_eq!((n_large, n_mixed, n_small), (0, 1, 1));
}

#[test]
fn an_area_without_source_files_has_no_rank_and_stands_last() {
    let scan = SampleScan::new()
        .source("z/z.c", 100, 0)
        .present("a/readme.md", FileClass::Docs, 9, 0)
        .deleted("b/gone.c", FileClass::Source)
        .commit(9, &[("b/gone.c", 0, 9)])
        .build();
    let report = report(&scan, vec![fixed_incident("I-1", 30_000, &[1])]);
    let areas: Vec<_> = report.areas.iter().map(|area| (area.name.as_str(), area.rank)).collect();
    // The cost of the deleted file puts the rest before the area that cost nothing.
    assert_eq!(areas, [("z", Some(1)), ("(unassigned)", None), ("a", None)]);
    let places: Vec<_> = report.files.iter().map(|file| (file.path.to_string(), file.area)).collect();
    assert_eq!(places, [("z/z.c".to_owned(), 0), ("b/gone.c".to_owned(), 1)]);
}

#[test]
fn a_report_tells_which_date_stands_for_the_beginning_of_an_incident() {
    let opened = Incident { opened: Some(days_ago(30)), ..fixed_incident("A", 0, &[2]) };
    let fixed = Incident { opened: None, resolved: Some(days_ago(5)), ..fixed_incident("B", 0, &[2]) };
    let resolved = Incident { opened: None, resolved: Some(days_ago(5)), ..incident("C") };
    let undated = Incident { opened: None, ..incident("D") };
    let report = report(&sample().build(), vec![opened, fixed, resolved, undated]);
    let mut dates: Vec<_> =
        report.incidents.iter().map(|it| (it.id.as_str(), it.opened, it.dated_by)).collect();
    dates.sort_by_key(|(id, _, _)| *id);
    let expected = [
        ("A", Some(days_ago(30)), Some(DateBasis::Opened)),
        ("B", Some(AS_OF), Some(DateBasis::FirstFix)),
        ("C", Some(days_ago(5)), Some(DateBasis::Resolved)),
        ("D", None, None),
    ];
    assert_eq!(dates, expected);
}

#[test]
fn without_any_cost_nothing_is_said_to_be_counted_in_it() {
    let scan = SampleScan::new()
        .source("a/x.c", 100, 0)
        .deleted("a/gone.c", FileClass::Source)
        .commit(9, &[("a/gone.c", 0, 9)])
        .build();
    let said = |cents| {
        let report = report(&scan, vec![fixed_incident("I-1", cents, &[1])]);
        text(&report, "no-present-source").expect("the file is gone").message
    };
    assert!(said(0).ends_with("; counted in incidents to date, not in the ranking."), "{}", said(0));
    assert!(said(100).ends_with("; counted in cost to date, not in the ranking."), "{}", said(100));
}

#[test]
fn an_area_counts_the_incidents_of_the_last_two_years() {
    let began = |id, days| Incident { opened: Some(days_ago(days)), ..fixed_incident(id, 0, &[2]) };
    let list =
        vec![began("I-1", 0), began("I-2", 364), began("I-3", 365), began("I-4", 729), began("I-5", 730)];
    let report = report(&sample().build(), list);
    let years = |name: &str| {
        let area = report.areas.iter().find(|area| area.name == name).expect("an area");
        (area.incidents_last_12_months, area.incidents_previous_12_months)
    };
    // 0 and 364 days ago are in the last 365 days, 365 and 729 in those before, 730 in neither.
    assert_eq!((years("a"), years("b")), ((2, 2), (0, 0)));
}

#[test]
fn an_area_knows_its_newest_incident() {
    let began = |id, days| Incident { opened: Some(days_ago(days)), ..fixed_incident(id, 0, &[2]) };
    let list = vec![began("I-1", 800), began("I-2", 30), began("I-3", 90), began("I-4", -5), incident("I-5")];
    let report = report(&sample().build(), list);
    let newest = |name: &str| {
        let area = report.areas.iter().find(|area| area.name == name).expect("an area");
        area.last_incident
    };
    assert_eq!((newest("a"), newest("b")), (Some(days_ago(30)), None));
}

#[test]
fn recorded_cost_is_split_to_the_cent_and_shares_add_up_to_the_incidents() {
    let list = vec![
        Incident { customers: Some(5), ..fixed_incident("I-1", 1_001, &[2]) },
        Incident { cost: Some(usd(77)), ..incident("I-2") },
        Incident { customers: Some(2), ..fixed_incident("I-3", -50, &[1]) },
    ];
    let report = report(&sample().build(), list);
    let cents = |path: &str| {
        let file = report.files.iter().find(|file| file.path.to_string() == path).expect("listed");
        file.recorded.costs.minor(Currency::USD)
    };
    // 1,001 x 3/4 = 750.75 and 250.25: the odd cent to the larger remainder
    assert_eq!(["a/x.c", "a/y.c", "b/z.c"].map(cents), [751, 250, -50]);
    let totals = &report.totals;
    // 1,001 + 77 - 50 recorded; the 77 cannot be placed.
    let sums = [&totals.recorded, &totals.attributed, &totals.unattributed];
    assert_eq!(sums.map(|costs| costs.minor(Currency::USD)), [1_028, 951, 77]);
    assert_eq!((totals.incidents, totals.incidents_attributed), (3, 2));
    let a = report.areas.iter().find(|area| area.name == "a").expect("an area");
    assert_eq!((a.recorded.incidents, a.recorded.customers), (1, Some(5)));
    assert_close(report.areas.iter().map(|area| area.recorded.incident_shares).sum(), 2.0);
    assert_eq!(
        totals.by_method.iter().map(|row| (row.method, row.incidents)).collect::<Vec<_>>(),
        [(Method::FixCommit, 2)]
    );
    // costliest first; the unplaced one says what would place it
    let ids: Vec<&str> = report.incidents.iter().map(|incident| incident.id.as_str()).collect();
    assert_eq!(ids, ["I-1", "I-2", "I-3"]);
    let PlacementReport::Unplaced { reason, remedy } = &report.incidents[1].placement else {
        panic!("nothing places it");
    };
    assert_eq!((*reason, *remedy), (UnplacedReason::NoEvidence, Remedy::NameFix));
    assert_eq!(report.incidents[1].excluded, Some(RankingExclusion::Unplaced));
}

#[test]
fn cost_on_deleted_and_unranked_files_is_listed_after_the_ranking() {
    let scan = sample()
        .deleted("a/gone.c", FileClass::Source)
        .present("Makefile", FileClass::Other, 5, 0)
        .commit(0, &[("a/gone.c", 0, 4)])
        .commit(0, &[("Makefile", 1, 0)])
        .build();
    let named = Incident { paths: vec!["Makefile".to_owned()], ..fixed_incident("I-2", 40, &[4]) };
    let list = vec![fixed_incident("I-1", 10, &[3]), named];
    let report = report(&scan, list);
    // The Makefile cost 40, the deleted file 10.
    assert_eq!(names(&report)[3..], ["Makefile", "a/gone.c"]);
    assert!(report.files[3..].iter().all(|file| file.rank.is_none() && file.start_rank.is_none()));
    assert_eq!(report.totals.deleted_code.minor(Currency::USD), 10);
    assert!(report.incidents.iter().all(|row| row.excluded == Some(RankingExclusion::NoPresentSource)));
    // Nothing takes part in the ranking, so nothing is forecast.
    assert_eq!(report.model.incidents_per_year, None);
    assert!(report.files[0].forecast.incidents.is_none() && report.files[0].forecast.costs.is_empty());
}

#[test]
fn an_area_counts_each_commit_once_and_a_year_back() {
    let scan = SampleScan::new()
        .source("a/x.c", 10, 0)
        .source("a/y.c", 10, 0)
        .present("a/t.md", FileClass::Docs, 10, 0)
        .commit(365, &[("a/x.c", 1, 0), ("a/y.c", 2, 1)])
        .commit(364, &[("a/x.c", 1, 0), ("a/y.c", 2, 1)])
        .by("Bob")
        .commit(1, &[("a/t.md", 7, 0)])
        .commit(-1, &[("a/x.c", 1, 0)])
        .build();
    let report = report(&scan, Vec::new());
    let area = &report.areas[0];
    let churn = area.churn;
    assert_eq!(
        (churn.revisions, churn.lines_added, churn.lines_deleted, churn.authors),
        (3, 7, 2, 2),
        "the commit to docs is not its source files'"
    );
    assert_eq!((churn.first_change, churn.last_change), (Some(days_ago(365)), Some(days_ago(-1))));
    assert_eq!(area.revisions_last_year, 1, "neither 365 days ago nor after the scanned commit");
    assert_eq!((area.files, area.source_files, area.source_lines), (3, 2, 20));
}

#[test]
fn hotspots_are_revisions_by_indentation_and_flat_files_have_no_rank() {
    let report = report(&sample().functions(&[("f", 10, 3), ("g", 20, 9), ("h", 30, 9)]).build(), Vec::new());
    let file = |path: &str| report.files.iter().find(|file| file.path.to_string() == path).expect("listed");
    // sqrt(1 x 400), sqrt(1 x 100), sqrt(.5 x 0)
    let hotspots = ["a/x.c", "a/y.c", "b/z.c"].map(|path| file(path).hotspot_rank);
    assert_eq!(hotspots, [Some(1), Some(2), None]);
    assert_close(file("a/x.c").hotspot, 20.0);
    assert_close(report.areas.iter().find(|area| area.name == "a").expect("an area").hotspot, 30.0);
    let parsed = file("b/z.c");
    assert_eq!(parsed.worst_function, Some(("g".to_owned(), 20, 9)));
    assert_eq!((parsed.cognitive, parsed.cyclomatic, parsed.functions), (Some(21), Some(24), Some(3)));
    assert_eq!(file("a/x.c").cognitive, None);
}

#[test]
fn without_incidents_the_ranking_stands_and_says_what_it_rests_on() {
    let report = report(&sample().build(), Vec::new());
    assert_eq!(names(&report), ["b/z.c", "a/x.c", "a/y.c"]);
    let codes: Vec<_> =
        report.quality.remarks.iter().map(|it| (it.code(), report.quality.level(it))).collect();
    assert_eq!(codes, [("no-incidents", RemarkLevel::Note)]);
    assert!(report.quality.is_whole());
    assert_eq!((report.as_of, report.project.as_deref()), (AS_OF, Some("demo")));
}

#[test]
fn losses_come_first_and_each_has_its_code() {
    let mut scan = sample().shallow().skipped(SkipReason::UnreadableObject, "a/x.c").build();
    scan.skipped.push(debtscan_model::Skipped {
        reason: SkipReason::Submodule,
        subject: debtscan_model::SkipSubject::Path(crate::sample::path("vendor/lib")),
    });
    scan.repository.excluded_files = 3;
    let position = RowPosition { file: "i.csv".to_owned(), line: 9 };
    let rejected = RejectedRow {
        position,
        column: "cost".to_owned(),
        value: "lots".to_owned(),
        reason: "not an amount".to_owned(),
        fate: RowFate::ValueIgnored,
    };
    let list = vec![
        fixed_incident("I-1", 0, &[2]),
        incident("I-2"),
        Incident { opened: Some(days_ago(-9)), ..fixed_incident("I-3", 0, &[1]) },
    ];
    let incidents = Incidents { rejected: vec![rejected], ..incidents(list) };
    let report = build(&scan, &incidents, &options()).expect("valid options");
    let quality = &report.quality;
    let codes = |level: RemarkLevel| -> Vec<&str> {
        quality.remarks.iter().filter(|remark| quality.level(remark) == level).map(Remark::code).collect()
    };
    let losses = ["rejected-values", "shallow-clone", "skipped-unreadable-object", "unattributed-incidents"];
    assert_eq!(codes(RemarkLevel::Loss), losses);
    let notes = [
        "excluded-files",
        "later-incidents",
        "linked-share",
        "no-prices",
        "skipped-submodule",
        "small-sample",
    ];
    assert_eq!(codes(RemarkLevel::Note), notes);
    assert!(quality.remarks.is_sorted_by_key(|remark| (quality.level(remark), remark.code())));
    assert!(!quality.is_whole());
    let skipped =
        SkippedGroup { reason: SkipReason::UnreadableObject, items: 1, examples: vec!["a/x.c".to_owned()] };
    assert_eq!(quality.skipped[0], skipped);
    assert_eq!(
        text(&report, "unattributed-incidents").expect("listed").message,
        "1 of 2 incidents could not be placed: 1 naming no commit, path, ticket or area."
    );
}

#[test]
fn an_empty_repository_gives_an_empty_report() {
    let report = report(&SampleScan::new().build(), vec![incident("I-1")]);
    assert!(report.files.is_empty() && report.areas.is_empty());
    assert!(text(&report, "no-source-files").is_some());
}

#[test]
fn the_order_of_rows_in_the_export_changes_nothing() {
    let list = || {
        vec![
            fixed_incident("I-1", 1_001, &[2]),
            fixed_incident("I-2", 7, &[1]),
            Incident { opened: Some(days_ago(30)), ..fixed_incident("I-3", 13, &[1, 2]) },
        ]
    };
    let scan = sample().build();
    let straight = report(&scan, list());
    let mut reversed = Incidents { list: list(), rows: 3, ..Incidents::default() };
    reversed.list.reverse();
    let reversed = build(&scan, &reversed, &options()).expect("valid options");
    assert_eq!(straight, reversed);
}

#[test]
fn noise_is_counted_and_shown_with_its_share() {
    let scan = sample()
        .present("docs/a.md", FileClass::Docs, 10, 0)
        .commit(1, &[("a/x.c", 5, 5), ("docs/a.md", 10, 0)])
        .commit(-2, &[("a/x.c", 3, 0), ("a/y.c", 3, 0), ("b/z.c", 1, 0)])
        .commit(3, &[("a/y.c", 60, 0)])
        .in_ignore_revs()
        .build();
    let options = ReportOptions { max_files_per_commit: 2, ..options() };
    let report = build(&scan, &incidents(Vec::new()), &options).expect("valid options");
    let totals = &report.totals;
    // 9 + 4 of the sample, 20, 7 and 60 of the three above
    assert_eq!(totals.changed_lines, 100);
    assert_eq!(totals.changed_lines_by_class[0], (FileClass::Source, 90));
    assert_eq!(totals.changed_lines_by_class[3], (FileClass::Docs, 10));
    assert_eq!(totals.wide_commits, CommitGroup { commits: 1, changed_lines: 7 });
    assert_eq!(totals.ignored_commits, CommitGroup { commits: 1, changed_lines: 60 });
    let message = |code: &str| {
        let remark = report.quality.remarks.iter().find(|remark| remark.code() == code).expect("it is there");
        assert_eq!(report.quality.level(remark), RemarkLevel::Note);
        remark_text(remark).message
    };
    assert_eq!(
        message("changed-lines"),
        "100 lines changed: 90% source, 10% docs. Excluded from recent activity: 1 commit of more than 2 source files \
         (7% of changed lines) and 1 commit listed in .git-blame-ignore-revs (60% of changed lines)."
    );
    assert!(message("future-dates").starts_with("1 commit dated after the scanned commit"));
    let y = report.files.iter().find(|file| file.path.to_string() == "a/y.c").expect("it is listed");
    // The wide and the ignored commit do not count, and that of today counts whole.
    assert_close(y.recent_revisions, 1.0);
    assert_eq!((y.churn.revisions, y.churn.lines_added), (3, 64));
}

#[test]
fn bots_are_no_authors_and_are_listed() {
    let scan = sample()
        .commit(1, &[("a/x.c", 1, 0)])
        .by("Bo")
        .with("Cy")
        .commit(1, &[("a/x.c", 1, 0)])
        .by("robot")
        .bot("robot")
        .build();
    let report = report(&scan, Vec::new());
    assert_eq!(report.totals.authors, 3, "Ada, Bo and Cy");
    assert_eq!(report.totals.bots.len(), 1);
    assert_eq!((report.totals.bots[0].name.as_str(), report.totals.bots[0].commits), ("robot", 1));
    let x = report.files.iter().find(|file| file.path.to_string() == "a/x.c").expect("it is listed");
    assert_eq!((x.churn.authors, x.churn.revisions), (3, 3));
    let area = report.areas.iter().find(|area| area.name == "a").expect("it is listed");
    assert_eq!(area.churn.authors, 3);
    let message = text(&report, "bots").expect("it is there").message;
    assert!(message.ends_with("robot (1 commit)."), "{message}");
}

#[test]
fn a_partial_clone_is_a_loss_only_where_something_is_missing() {
    let level = |scan: SampleScan| {
        let mut scan = scan.build();
        scan.repository.is_partial = true;
        let report = report(&scan, Vec::new());
        let remark = report.quality.remarks.iter().find(|remark| remark.code() == "partial-clone");
        remark.map(|remark| report.quality.level(remark)).expect("it is said")
    };
    assert_eq!(level(sample()), RemarkLevel::Note);
    let missing = sample().skipped(SkipReason::UnreadableObject, "a/x.c");
    assert_eq!(level(missing), RemarkLevel::Loss);
}

#[test]
fn files_that_are_later_than_the_window_are_a_loss_that_is_told() {
    let mut scan = sample().build();
    let codes = |scan: &Scan| {
        let report = build(scan, &incidents(Vec::new()), &options()).expect("valid options");
        let losses =
            report.quality.remarks.iter().filter(|remark| report.quality.level(remark) == RemarkLevel::Loss);
        losses.map(Remark::code).collect::<Vec<_>>()
    };
    assert!(!codes(&scan).contains(&"tree-after-window"));
    scan.repository.is_beyond_window = true;
    assert!(codes(&scan).contains(&"tree-after-window"));
}

#[test]
fn a_folder_counts_its_own_commits_and_people() {
    let mut scan = SampleScan::new()
        .source("a/x.c", 100, 0)
        .commit(9, &[("a/x.c", 3, 0)])
        .by("Ada")
        .commit(8, &[])
        .by("Bo")
        .build();
    let totals = |scan: &Scan| report(scan, Vec::new()).totals;
    assert_eq!((totals(&scan).commits, totals(&scan).authors), (2, 2));
    // The changes of a scan are those of its folder.
    scan.repository.scope = Some(crate::sample::path("a"));
    assert_eq!((totals(&scan).commits, totals(&scan).authors), (1, 1));
}

#[test]
fn credits_and_idle_patterns_are_told_and_no_forecast_has_no_interval() {
    let mut scan = sample().build();
    scan.repository.unmatched_excludes = vec!["nothing/".to_owned()];
    let message = |report: &Report, code: &str| text(report, code).map(|text| text.message);
    let with_credit =
        report(&scan, vec![fixed_incident("I-1", 30_000, &[2]), fixed_incident("I-2", -10_000, &[2])]);
    assert_eq!(
        message(&with_credit, "credits").as_deref(),
        Some("1 incident with a negative cost (-$100), counted as credit.")
    );
    assert_eq!(
        message(&with_credit, "unmatched-excludes").as_deref(),
        Some("1 pattern of --exclude or exclude without a matching path: nothing/.")
    );
    let undated = report(&scan, vec![incident("I-3")]);
    assert!(message(&undated, "small-sample").is_none() && message(&undated, "no-forecast").is_some());
}

#[test]
fn assumed_costs_are_large_above_a_fifth_of_the_known_ones() {
    // Ten incidents at $10; those without a cost are assumed to have cost their mean.
    let with = |unpriced: usize| {
        let priced = (0..10).map(|number| fixed_incident(&format!("P-{number}"), 1_000, &[2]));
        let unpriced = (0..unpriced).map(|number| {
            let mut incident = fixed_incident(&format!("U-{number}"), 0, &[2]);
            incident.cost = None;
            incident
        });
        let totals = report(&sample().build(), priced.chain(unpriced).collect()).totals;
        (totals.incidents_assumed, totals.assumed.minor(Currency::USD), totals.is_assumed_large)
    };
    assert_eq!(with(0), (0, 0, false));
    assert_eq!(with(2), (2, 2_000, false), "exactly a fifth");
    assert_eq!(with(3), (3, 3_000, true));
}
