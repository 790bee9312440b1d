//! Parts of a whole: a folder, an exclusion or a window hides, and moves nothing.

use debtscan_model::{ChangeIdx, Commit, CommitIdx, File, FileIdx, Node, RepoPath, Scan, Timestamp};
use proptest::prelude::*;

use crate::assemble::build;
use crate::options::{Later, ReportOptions};
use crate::sample::{
    AS_OF, SampleScan, commit_id, days_ago, fixed_incident, incident, incidents, options, path, usd,
};
use debtscan_findings::{PlacementReport, Remark, Report};
use debtscan_incidents::{Currency, Incident};

/// Commit 1 (900 days ago) changes lib/a.c and src/c.c, commit 2 (400 days ago) lib/a.c and lib/b.c, commit 3
/// (10 days ago) only src/c.c and src/d.c.
fn whole() -> Scan {
    SampleScan::new()
        .source("lib/a.c", 100, 10)
        .source("lib/b.c", 300, 5)
        .source("src/c.c", 100, 40)
        .source("src/d.c", 50, 0)
        .commit(900, &[("lib/a.c", 20, 10), ("src/c.c", 5, 5)])
        .commit(400, &[("lib/a.c", 5, 5), ("lib/b.c", 30, 0)])
        .commit(10, &[("src/c.c", 1, 1), ("src/d.c", 0, 2)])
        .build()
}

/// The part of a scan with some of its files and the commits since a time, as the scanner makes it.
fn part(whole: &Scan, is_seen: impl Fn(&RepoPath) -> bool, since: Timestamp) -> Scan {
    let mut commit_of: Vec<Option<CommitIdx>> = Vec::new();
    let mut commits: Vec<Commit> = Vec::new();
    for commit in &whole.commits {
        let is_inside = since <= commit.time;
        commit_of.push(is_inside.then(|| CommitIdx::new(commits.len())));
        commits.extend(is_inside.then(|| commit.clone()));
    }
    let mut file_of: Vec<Option<FileIdx>> = Vec::new();
    let mut files: Vec<File> = Vec::new();
    for file in &whole.files {
        file_of.push(is_seen(&file.path).then(|| FileIdx::new(files.len())));
        files.extend(is_seen(&file.path).then(|| File { history: Vec::new(), ..file.clone() }));
    }
    let mut changes = Vec::new();
    for change in &whole.changes {
        if let (Some(commit), Some(file)) = (commit_of[change.commit.get()], file_of[change.file.get()]) {
            files[file.get()].history.push(ChangeIdx::new(changes.len()));
            changes.push(debtscan_model::Change { commit, file, ..*change });
        }
    }
    let mut ancestry = debtscan_model::Ancestry::default();
    for commit in &commit_of {
        ancestry.push(commit.map_or(Node::Outside, Node::Commit), []);
    }
    Scan { ancestry, commits, files, changes, whole: Some(Box::new(whole.clone())), ..whole.clone() }
}

fn folder(whole: &Scan, name: &str) -> Scan {
    let scope = path(name);
    let mut part = part(whole, |path| path.is_within(&scope), Timestamp(0));
    part.repository.scope = Some(scope);
    part
}

fn report(scan: &Scan, list: Vec<Incident>) -> Report {
    build(scan, &incidents(list), &options()).expect("valid options")
}

/// Cost to date in cents, and incidents and cost to expect.
fn totals(report: &Report) -> (i64, f64, f64) {
    let forecasts = || report.areas.iter().map(|area| &area.forecast);
    let incidents = forecasts().filter_map(|forecast| Some(forecast.incidents.as_ref()?.mean)).sum();
    let cost = forecasts().flat_map(|forecast| &forecast.costs).map(|cost| cost.minor.mean).sum();
    (report.totals.cost().minor(Currency::USD), incidents, cost)
}

/// By path, the share of an incident.
fn shares(report: &Report, id: &str) -> Vec<(String, f64)> {
    let found = report.incidents.iter().find(|incident| incident.id == id).expect("it is reported");
    let PlacementReport::Attributed { links, .. } = &found.placement else { panic!("{:?}", found.placement) };
    links.iter().map(|link| (report.files[link.file].path.to_string(), link.share)).collect()
}

#[test]
fn a_folder_shows_its_part_of_an_incident_and_of_its_cost() {
    let whole = whole();
    let list = || vec![fixed_incident("i", 4_000, &[1]), fixed_incident("j", 500, &[3])];
    assert_eq!(
        shares(&report(&whole, list()), "i"),
        [("lib/a.c".to_owned(), 0.75), ("src/c.c".to_owned(), 0.25)]
    );
    let lib = report(&folder(&whole, "lib"), list());
    assert_eq!(shares(&lib, "i"), [("lib/a.c".to_owned(), 0.75)]);
    assert_eq!((lib.totals.incidents, lib.totals.incidents_outside), (1, 1));
    // Three quarters of 4,000. Outside are the other quarter and the 500 of the second incident.
    assert_eq!(lib.totals.cost().minor(Currency::USD), 3_000);
    assert_eq!(lib.totals.attributed.minor(Currency::USD), 3_000);
    assert_eq!(lib.totals.outside.minor(Currency::USD), 1_500);
    let is_told = |remark: &&Remark| {
        matches!(remark, Remark::OutsideIncidents { incidents: 1, unplaced: 0, partly: 1, .. })
    };
    assert!(lib.quality.remarks.iter().any(|remark| is_told(&remark)));
    let src = report(&folder(&whole, "src"), list());
    assert_eq!(src.totals.cost().minor(Currency::USD), 1_500);
}

#[test]
fn a_window_changes_no_place_and_not_the_weight_of_incident_history() {
    let whole = whole();
    let list = || {
        let areas = vec!["lib".to_owned()];
        vec![
            Incident { areas: areas.clone(), ..fixed_incident("i", 4_000, &[1]) },
            Incident { areas, opened: Some(days_ago(50)), cost: Some(usd(100)), ..incident("k") },
        ]
    };
    let all = report(&whole, list());
    let recent = report(&part(&whole, |_| true, days_ago(100)), list());
    for id in ["i", "k"] {
        let sorted = |report: &Report| {
            let mut shares = shares(report, id);
            shares.sort_by(|(a, _), (b, _)| a.cmp(b));
            shares
        };
        assert_eq!(sorted(&recent), sorted(&all));
    }
    assert_eq!((recent.model.omega, recent.model.linked_share), (all.model.omega, all.model.linked_share));
    assert_eq!(totals(&recent).0, totals(&all).0);
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} instead of {b}");
    close(totals(&recent).1, totals(&all).1);
    close(totals(&recent).2, totals(&all).2);
}

#[test]
fn incidents_after_the_as_of_date_count_nowhere() {
    let scan = whole();
    let later = Incident { opened: Some(AS_OF.plus_days(1)), ..fixed_incident("l", 70_000, &[1]) };
    let list = || vec![fixed_incident("i", 4_000, &[1]), later.clone()];
    let found = report(&scan, list());
    assert_eq!((found.totals.incidents, found.totals.incidents_later), (1, 1));
    assert_eq!(found.totals.cost().minor(Currency::USD), 4_000);
    assert_eq!(found.incidents.len(), 1);
    let told = Remark::LaterIncidents { incidents: 1, as_of: AS_OF };
    assert!(found.quality.remarks.contains(&told));
    assert_eq!(found.areas, report(&scan, vec![fixed_incident("i", 4_000, &[1])]).areas);
    // A dry run shows where they fall.
    let kept = ReportOptions { later: Later::Kept, ..options() };
    assert_eq!(build(&scan, &incidents(list()), &kept).expect("valid options").incidents.len(), 2);
    // Of nothing but later ones, there are none, but some were given.
    let codes: Vec<&str> =
        report(&scan, vec![later.clone()]).quality.remarks.iter().map(Remark::code).collect();
    assert!(codes.contains(&"later-incidents") && !codes.contains(&"no-incidents"), "{codes:?}");
}

#[test]
fn a_fix_after_the_window_still_places_the_incident_and_is_not_known_yet() {
    let mut scan = whole();
    let until = days_ago(100);
    let mut whole = scan.clone();
    (whole.as_of, whole.window.until) = (until, Some(until));
    scan = part(&whole, |_| true, Timestamp(0));
    let is_before = |commit: &Commit| commit.time < until;
    let kept = scan.commits.iter().filter(|commit| is_before(commit)).count();
    scan.commits.truncate(kept);
    scan.changes.retain(|change| change.commit.get() < kept);
    for file in &mut scan.files {
        file.history.clear();
    }
    for (position, change) in scan.changes.iter().enumerate() {
        scan.files[change.file.get()].history.push(ChangeIdx::new(position));
    }
    // Opened before, fixed in commit 1 and again after the window in commit 3: 30, 10 and then 2, 2 of 44 lines.
    let opened = Some(days_ago(950));
    let found = report(&scan, vec![Incident { opened, ..fixed_incident("i", 4_400, &[1, 3]) }]);
    let expected = [("lib/a.c", 30.0), ("src/c.c", 12.0), ("src/d.c", 2.0)];
    let expected = expected.map(|(path, lines)| (path.to_owned(), lines / 44.0));
    assert_eq!(shares(&found, "i"), expected);
    assert_eq!(found.incidents[0].excluded, Some(debtscan_findings::RankingExclusion::AfterAsOf));
    let PlacementReport::Attributed { commits, .. } = &found.incidents[0].placement else { panic!("placed") };
    assert_eq!(commits, &[commit_id(1), commit_id(3)]);
}

fn any_incident() -> impl Strategy<Value = Incident> {
    let evidence = (
        proptest::collection::vec(1_usize..5, 0..3),
        proptest::sample::subsequence(vec!["lib", "lib/a.c", "src", "nowhere"], 0..2),
        proptest::sample::subsequence(vec!["lib", "src"], 0..3),
    );
    let dated = (0_i64..100_000, -30_i64..1_500);
    (dated, evidence).prop_map(|((cents, age), (fixes, paths, areas))| Incident {
        opened: Some(days_ago(age)),
        paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
        ..fixed_incident("", cents, &fixes)
    })
}

proptest! {
    #[test]
    fn disjoint_folders_never_add_up_to_more_than_the_whole(
        mut list in proptest::collection::vec(any_incident(), 0..12),
        since in 0_i64..1_000,
    ) {
        for (number, incident) in list.iter_mut().enumerate() {
            incident.id = format!("#{number}");
        }
        let whole = whole();
        let all = totals(&report(&whole, list.clone()));
        let lib = report(&folder(&whole, "lib"), list.clone());
        let src = report(&folder(&whole, "src"), list.clone());
        let (a, b) = (totals(&lib), totals(&src));
        prop_assert!(a.0 + b.0 <= all.0);
        prop_assert!(a.1 + b.1 <= all.1 + 1e-9 && a.2 + b.2 <= all.2 + 1e-6);
        // What a folder shows and what it hides is all that the file has of its date.
        for report in [&lib, &src] {
            let shown = report.totals.cost().minor(Currency::USD);
            prop_assert_eq!(shown + report.totals.outside.minor(Currency::USD), all.0);
        }
        let recent = totals(&report(&part(&whole, |_| true, days_ago(since)), list.clone()));
        prop_assert_eq!(recent.0, all.0);
        let without = part(&whole, |path| *path != crate::sample::path("lib/a.c"), Timestamp(0));
        prop_assert!(totals(&report(&without, list)).0 <= all.0);
    }
}
