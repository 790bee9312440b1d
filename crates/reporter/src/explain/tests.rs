//! Explanations agree with the report, and can be worked out by hand.

use debtscan_model::{FileClass, Scan};

use super::{ExplainError, explain};
use crate::analysis::Analysis;
use crate::assemble::build;
use crate::sample::{SampleScan, commit_id, fixed_incident, incidents, options, path};
use debtscan_findings::{ExplainedSubject, Explanation, Factor, Quantity, Unranked, Whose};
use debtscan_incidents::{Currency, Incidents};

/// a/x.c was once old/x.c; commit 3 is a fix with lines 3 : 1.
fn sample() -> (Scan, Incidents) {
    let scan = SampleScan::new()
        .source("a/x.c", 100, 0)
        .alias("old/x.c")
        .source("a/y.c", 100, 0)
        .source("b/z.c", 400, 0)
        .deleted("b/gone.c", FileClass::Source)
        .commit(360, &[("old/x.c", 50, 0)])
        .commit(180, &[("b/z.c", 9, 0)])
        .commit(0, &[("a/x.c", 2, 1), ("a/y.c", 1, 0)])
        .build();
    let list = vec![fixed_incident("I-1", 30_000, &[3]), fixed_incident("I-2", 100, &[2])];
    (scan, incidents(list))
}

fn explain_in(scan: &Scan, incidents: &Incidents, target: &str) -> Result<Explanation, ExplainError> {
    let options = options();
    explain(&Analysis::of(scan, incidents, &options).expect("areas by folder"), target)
}

fn explained(target: &str) -> Explanation {
    let (scan, incidents) = sample();
    explain_in(&scan, &incidents, target).expect("a known target")
}

/// Results are made of numbers with seven significant digits.
#[track_caller]
fn check_step(explanation: &Explanation, expected: &Quantity, value: f64) {
    let found = value_of(explanation, |quantity| quantity == expected);
    assert!((found - value).abs() < 1e-6 * value.abs(), "{expected:?}: {found} instead of {value}");
}

/// The value of the first step of a kind.
#[track_caller]
fn value_of(explanation: &Explanation, is_it: impl Fn(&Quantity) -> bool) -> f64 {
    let found = explanation.steps.iter().find(|explained| is_it(&explained.quantity));
    found.unwrap_or_else(|| panic!("no such step in {:#?}", explanation.steps)).value
}

#[test]
fn every_step_of_a_file_can_be_recomputed() {
    let file = explained("a/x.c");
    check_step(&file, &Quantity::SizeShare, 1.0 / 6.0);
    // The first commit alone, a year less five days old; half of today's.
    let old = (-360.0_f64 / 365.0).exp2();
    let work = Quantity::Work { counted: 2, commits: 2, half_life: 365.0, max_files: 50 };
    check_step(&file, &work, old + 0.5);
    // All work: 1 of today, 2^(-180/365) of b/z.c, and the old one.
    let all = old + 1.0 + (-180.0_f64 / 365.0).exp2();
    check_step(&file, &Quantity::WorkPerLine, all / 600.0);
    let folder = Quantity::FolderWorkPerLine { folder: path("a") };
    check_step(&file, &folder, (old + 1.0 + 18.0 * all / 600.0) / 218.0);
    // 100 lines today; 48 + 1 less a year ago, and the older name's 50 lines: nothing is left.
    check_step(&file, &Quantity::Growth, 110.0 / 59.0);
    check_step(&file, &Quantity::IncidentWeight { incidents: 1, half_life: 1_460.0 }, 0.75);
    let decayed = (-180.0_f64 / 1460.0).exp2();
    let total = 1.0 + decayed;
    check_step(&file, &Quantity::IncidentWeightOfAll { incidents: 2 }, total);
    // w x LOC^1/4: .75, .25 of 100 lines, the older one of 400
    let own = 0.75 * 100.0_f64.powf(0.25);
    let all = 100.0_f64.powf(0.25) + decayed * 400.0_f64.powf(0.25);
    check_step(&file, &Quantity::PastIncidentShare(Whose::File), own / all);
    let omega = 0.18 * total / (total + 20.0);
    check_step(&file, &Quantity::Omega, omega);
    let multipliers = file.steps.iter().filter(|it| {
        matches!(
            it.quantity,
            Quantity::WorkMultiplier
                | Quantity::ComplexityMultiplier { .. }
                | Quantity::GrowthMultiplier { .. }
                | Quantity::TestsMultiplier
                | Quantity::FolderMultiplier
                | Quantity::CoupledFilesMultiplier
        )
    });
    let code = multipliers.fold(1.0 / 6.0, |product, it| product * it.value);
    check_step(&file, &Quantity::CodeShare(Whose::File), code);
    let share = (1.0 - omega) * code + omega * own / all;
    check_step(&file, &Quantity::Share { has_incidents: true }, share);
    check_step(&file, &Quantity::ShareAsProduct, share);
    // USD 301.00 over two incidents
    let mean = Quantity::MeanCost { currency: Currency::USD, is_winsorised: false, assumed: 0 };
    check_step(&file, &mean, 150.5);
    let cost = file.forecast.costs[0].minor.mean / 100.0;
    check_step(&file, &Quantity::ExpectedCost { currency: Currency::USD }, cost);
    check_step(&file, &Quantity::CostPerLine { currency: Currency::USD }, cost / 100.0);
}

#[test]
fn the_factors_are_those_of_the_summary() {
    for target in ["a/x.c", "a", "b"] {
        let explanation = explained(target);
        let factors = explanation.forecast.factors.expect("a share");
        let expected = [
            (Factor::ChangeRate, factors.change),
            (Factor::Complexity, factors.complexity),
            (Factor::Neighbours, factors.surroundings),
            (Factor::PastIncidents, factors.own),
        ];
        for (factor, value) in expected {
            let is_it = |quantity: &Quantity| matches!(quantity, Quantity::Factor(it, _) if *it == factor);
            let found = value_of(&explanation, is_it);
            assert!((found - value).abs() < 1e-6 * value, "{target}, {factor:?}: {found} instead of {value}");
        }
    }
}

#[test]
fn an_explanation_repeats_the_figures_of_the_report() {
    let (scan, incidents) = sample();
    let report = build(&scan, &incidents, &options()).expect("valid options");
    for file in &report.files {
        let explanation = explained(&file.path.to_string());
        assert_eq!((&explanation.recorded, &explanation.forecast), (&file.recorded, &file.forecast));
        assert_eq!(explanation.rank.map(|(rank, _)| rank), file.rank);
    }
    for area in &report.areas {
        let explanation = explained(&area.id);
        assert_eq!((&explanation.recorded, &explanation.forecast), (&area.recorded, &area.forecast));
        assert_eq!(explanation.rank, area.rank.map(|rank| (rank, 2)));
        let paths: Vec<_> = explanation.files.iter().map(|file| file.path.clone()).collect();
        let listed = area.file_positions.iter().map(|position| report.files[*position].path.clone());
        assert_eq!(paths, listed.collect::<Vec<_>>());
    }
}

#[test]
fn the_trail_ends_at_incident_ids_and_commits() {
    let area = explained("a");
    assert_eq!(area.incidents.len(), 1);
    let incident = &area.incidents[0];
    assert_eq!((incident.id.as_str(), incident.fix_lines), ("I-1", 4));
    assert_eq!(incident.cost.map(|cost| (cost.minor, cost.currency)), Some((30_000, Currency::USD)));
    assert_eq!(incident.fix_commits, [commit_id(3)]);
    assert!((incident.share - 1.0).abs() < 1e-12 && (incident.weight - 1.0).abs() < 1e-12);
    let commits: Vec<_> =
        area.commits.iter().map(|commit| (commit.id, commit.lines_added, commit.lines_deleted)).collect();
    assert_eq!(commits, [(commit_id(3), 3, 1), (commit_id(1), 50, 0)]);
    // The commit of today counts whole, that of 360 days ago (two half-lives) a quarter.
    let total: f64 = area.commits.iter().map(|commit| commit.weight).sum();
    assert!((total - 1.25).abs() < 1e-12);
}

#[test]
fn an_area_sums_its_files() {
    let area = explained("a");
    check_step(&area, &Quantity::SizeShare, 1.0 / 3.0);
    let is_code = |quantity: &Quantity| matches!(quantity, Quantity::CodeShare(_));
    let code = ["a/x.c", "a/y.c"].map(|file| value_of(&explained(file), is_code));
    check_step(&area, &Quantity::CodeShare(Whose::Area { files: 2 }), code[0] + code[1]);
    check_step(&area, &Quantity::IncidentWeight { incidents: 1, half_life: 1_460.0 }, 1.0);
    check_step(&area, &Quantity::ShareAsProduct, area.forecast.shares.total());
}

#[test]
fn a_target_is_found_by_name_path_old_path_and_any_spelling_of_it() {
    for target in ["a/x.c", "./a/x.c", "/a/x.c", "old/x.c"] {
        let ExplainedSubject::File { path, aliases, area } = explained(target).subject else {
            panic!("{target} is a file");
        };
        assert_eq!((path.to_string().as_str(), area.as_str(), aliases.len()), ("a/x.c", "a", 1));
    }
    assert!(matches!(explained("A").subject, ExplainedSubject::Area { .. }));
}

#[test]
fn a_deleted_file_has_a_trail_but_no_forecast() {
    let gone = explained("b/gone.c");
    assert_eq!(gone.rank, None);
    assert!(gone.steps.is_empty() && gone.forecast.incidents.is_none());
}

#[test]
fn an_unknown_target_brings_the_nearest_names() {
    let (scan, incidents) = sample();
    let suggestions = |target: &str| match explain_in(&scan, &incidents, target) {
        Err(ExplainError::UnknownTarget { suggestions, .. }) => suggestions,
        other => panic!("{other:?}"),
    };
    assert_eq!(suggestions("z.c"), ["b/z.c"]);
    assert_eq!(suggestions("a/q.c"), ["a/x.c", "a/y.c", "b/z.c"]);
    assert_eq!(suggestions("something/else/entirely.rs"), Vec::<String>::new());
}

#[test]
fn a_folder_that_is_no_area_is_called_one_and_its_areas_are_named() {
    let scan = SampleScan::new().source("a/deep/x.c", 100, 0).source("b/z.c", 400, 0).build();
    match explain_in(&scan, &Incidents::default(), "./a/deep/") {
        Err(ExplainError::Folder { areas, .. }) => assert_eq!(areas, ["a"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_not_ranked_says_why() {
    let scan = SampleScan::new()
        .source("a/x.c", 100, 0)
        .present("a/x_test.c", FileClass::Test, 50, 0)
        .deleted("a/gone.c", FileClass::Source)
        .build();
    let reason = |target| explain_in(&scan, &Incidents::default(), target).expect("known").unranked;
    assert_eq!(reason("a/x_test.c"), Some(Unranked::Class(FileClass::Test)));
    assert_eq!(reason("a/gone.c"), Some(Unranked::Deleted));
    assert_eq!((reason("a/x.c"), reason("a")), (None, None));
}
