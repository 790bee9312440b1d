//! Pictures, counted by hand on small histories.

use super::pictures as make;
use crate::analysis::Analysis;
use crate::assemble::report;
use crate::options::{Later, Privacy, ReportOptions};
use crate::price::PriceModel;
use crate::sample::{SampleScan, days_ago, fixed_incident, incidents};
use debtscan_findings::{AreaSource, Pictures};
use debtscan_incidents::Incident;

/// Two areas; commit 1 is 400 days old, commit 2 and 3 are of the last year (of 1 January 2026).
fn pictures(list: Vec<Incident>) -> Pictures {
    let scan = SampleScan::new()
        .source("a/x.c", 30, 60)
        .functions(&[("f", 1, 250)])
        .source("b/y.c", 10, 20)
        .functions(&[("g", 1, 3)])
        .source("b/z.c", 0, 0)
        .commit(400, &[("a/x.c", 5, 0), ("b/y.c", 2, 1)])
        .commit(100, &[("a/x.c", 3, 1), ("b/y.c", 4, 0)])
        .commit(10, &[("b/y.c", 1, 1)])
        .build();
    let options = ReportOptions {
        area_source: AreaSource::Directories(1),
        area_rules: Vec::new(),
        max_files_per_commit: 50,
        ranking: crate::parameters::RankingParameters::default(),
        price: PriceModel::default(),
        accounts: None,
        later: Later::default(),
        privacy: Privacy::Open,
        goals: Vec::new(),
        project: None,
        losses: debtscan_findings::LossRules::default(),
        is_invented: false,
        tool_version: "0.0.0",
    };
    let incidents = incidents(list);
    let analysis = Analysis::of(&scan, &incidents, &options).expect("valid options");
    make(&analysis, &report(&analysis))
}

fn fixed_by(id: &str, opened: i64, commit: usize) -> Incident {
    Incident { opened: Some(days_ago(opened)), ..fixed_incident(id, 100, &[commit]) }
}

#[test]
fn years_hold_commits_lines_and_incidents_of_their_365_days() {
    let found = pictures(vec![fixed_by("A", 390, 1), fixed_by("B", 90, 2), fixed_by("C", 5, 3)]);
    let commits = found.years.each_ref().map(|year| (year.commits, year.lines, year.incidents));
    // 4 + 4 + 2 lines in the last year, 5 + 3 in the one before
    assert_eq!(commits, [(2, 10, 2), (1, 8, 1)]);
    let shares: f64 = found.area_years.iter().map(|years| years[0].incident_shares).sum();
    assert!((shares - 2.0).abs() < 1e-9, "every incident is spread over the areas once: {shares}");
}

#[test]
fn quarters_follow_the_calendar_and_lose_no_incident() {
    let found = pictures(vec![fixed_by("A", 390, 1), fixed_by("B", 90, 2), fixed_by("C", 5, 3)]);
    // 1 January 2026 less 390 days is 7 December 2024; as of 1 January 2026 the first quarter has begun.
    let names: Vec<(i16, i8)> = found.quarters.iter().map(|it| (it.year, it.number)).collect();
    assert_eq!(names, [(2024, 4), (2025, 1), (2025, 2), (2025, 3), (2025, 4), (2026, 1)]);
    // 400 days ago: 27 November 2024; 100: 23 September 2025; 10: 22 December 2025
    let commits: Vec<u32> = found.quarters.iter().map(|it| it.commits).collect();
    assert_eq!(commits, [1, 0, 0, 1, 1, 0]);
    let incidents: usize = found.quarters.iter().map(|it| it.incidents.len()).sum();
    assert_eq!((incidents, found.earlier_incidents, found.undated_incidents), (3, 0, 0));
}

#[test]
fn the_corner_holds_complex_and_busy_files_only() {
    let corners = pictures(Vec::new()).corners.expect("two files are measured");
    assert_eq!((corners.files, corners.unmeasured, corners.in_corner), (2, 1, 0), "nothing is busy");
}

#[test]
fn density_is_relative_to_the_average_line() {
    let found = pictures(Vec::new());
    // The densities, weighted by the 30 and 10 of 40 lines, sum to the share of both files: nearly 1.
    let densities: Vec<f64> = found.files.iter().filter_map(|file| file.density).collect();
    assert_eq!(densities.len(), 2, "a file without lines has none");
    let sums = [[30.0, 10.0], [10.0, 30.0]].map(|[a, b]| (densities[0] * a + densities[1] * b) / 40.0);
    assert!(sums.iter().any(|sum| (sum - 1.0).abs() < 0.01), "{sums:?}");
}
