//! Hand-made timelines.

use debtscan_model::{
    ComplexityMeasure, FileClass, FileComplexity, FunctionComplexity, PastFile, PresentFile, Scan, Snapshot,
    Timeline,
};

use super::{TrendError, TrendSubject, trend};
use crate::listing::ListInput;
use crate::options::ReportOptions;
use crate::sample::{SampleScan, commit_id, days_ago, file_idx, path};
use debtscan_findings::{AreaRule, AreaSource, TrendKind, TrendList};
use debtscan_incidents::Incidents;

fn options(rules: &[(&str, &str)]) -> ReportOptions {
    let rule = |(name, glob): &(&str, &str)| AreaRule {
        name: (*name).to_owned(),
        paths: vec![(*glob).to_owned()],
        ..AreaRule::default()
    };
    ReportOptions {
        area_source: if rules.is_empty() { AreaSource::Directories(1) } else { AreaSource::Config },
        area_rules: rules.iter().map(rule).collect(),
        ..crate::sample::options()
    }
}

/// A file with a function `f` of this cognitive complexity, and as much indentation.
fn past(text: &str, sloc: u32, cognitive: u32) -> PastFile {
    let function = FunctionComplexity {
        name: "f".to_owned(),
        first_line: 1,
        last_line: sloc,
        sloc,
        cyclomatic: cognitive + 1,
        cognitive,
        max_nesting: cognitive.min(3),
        parameters: 0,
    };
    let complexity = FileComplexity {
        measure: ComplexityMeasure::SyntaxTree,
        lines: sloc,
        sloc,
        indentation: u64::from(cognitive),
        max_indentation: 1,
        functions: vec![function],
        top_level_cyclomatic: 0,
        top_level_cognitive: 0,
        had_syntax_errors: false,
        unparsed_lines: 0,
    };
    let present = PresentFile { language: None, bytes: 1, complexity: Some(complexity) };
    PastFile { path: path(text), class: FileClass::Source, present }
}

/// Points by age in days, oldest first, each with its files: path, lines of code, complexity.
type Points<'a> = [(i64, &'a [(&'a str, u32, u32)])];

/// A timeline of such points.
fn timeline(points: &Points<'_>) -> Timeline {
    let mut files = Vec::new();
    let snapshots = points.iter().enumerate().map(|(number, (age, there))| {
        let first = files.len();
        files.extend(there.iter().map(|(text, sloc, cognitive)| past(text, *sloc, *cognitive)));
        Snapshot {
            at: days_ago(*age),
            commit: commit_id(number + 1),
            time: days_ago(*age),
            files: (first..files.len()).collect(),
        }
    });
    let snapshots = snapshots.collect();
    Timeline { snapshots, files, left_out: 0, skipped: Vec::new() }
}

fn of(scan: &Scan, target: &str, points: &Points<'_>) -> TrendList {
    let options = options(&[]);
    let subject = TrendSubject::find(scan, target, None, &options).expect("found");
    made(scan, &subject, &timeline(points), &options)
}

fn made(scan: &Scan, subject: &TrendSubject, timeline: &Timeline, options: &ReportOptions) -> TrendList {
    let input = ListInput { scan, incidents: &Incidents::default(), options };
    trend(input, subject, timeline, "month".to_owned()).expect("areas by folder")
}

fn sloc(trend: &TrendList) -> Vec<Option<u64>> {
    trend.points.iter().map(|point| point.figures.as_ref().map(|figures| figures.sloc)).collect()
}

#[test]
fn a_file_is_followed_under_its_older_name() {
    let scan = SampleScan::new()
        .source("lib/new.c", 30, 9)
        .alias("lib/old.c")
        .commit(300, &[("lib/old.c", 10, 0)])
        .commit(100, &[("lib/new.c", 20, 0)])
        .renamed_from("lib/old.c")
        .build();
    let points: &Points<'_> = &[
        (400, &[]),
        (200, &[("lib/old.c", 10, 2)]),
        // Renamed on a branch by now, and not yet merged.
        (90, &[("lib/old.c", 11, 2)]),
        (0, &[("lib/new.c", 30, 9)]),
    ];
    let trend = of(&scan, "lib/new.c", points);
    assert_eq!(sloc(&trend), [None, Some(10), Some(11), Some(30)]);
    let (first, last) = trend.ends().expect("two points");
    assert_eq!((first.at, last.at), (days_ago(200), days_ago(0)));
    let names: Vec<String> =
        trend.points[1..].iter().flat_map(|it| &it.path).map(ToString::to_string).collect();
    assert_eq!(names, ["lib/old.c", "lib/old.c", "lib/new.c"]);
    let figures = trend.points[3].figures.as_ref().expect("there");
    assert_eq!(
        (figures.cyclomatic, figures.cognitive, figures.max_nesting, figures.functions),
        (10, 9, 3, 1)
    );
}

#[test]
fn the_hotspot_of_the_past_knows_only_what_had_happened() {
    let scan = SampleScan::new()
        .source("a.c", 30, 16)
        .commit(360, &[("a.c", 10, 0)])
        .commit(180, &[("a.c", 10, 0)])
        .commit(0, &[("a.c", 10, 0)])
        .build();
    let trend =
        of(&scan, "a.c", &[(360, &[("a.c", 10, 4)]), (180, &[("a.c", 20, 6)]), (0, &[("a.c", 30, 16)])]);
    let hotspots: Vec<f64> = trend.points.iter().filter_map(|it| it.figures.as_ref()?.hotspot).collect();
    // sqrt(1 x 4), sqrt((1/2 + 1) x 6), sqrt((1/4 + 1/2 + 1) x 16)
    for (hotspot, expected) in hotspots.iter().zip([2.0, 3.0, 28_f64.sqrt()]) {
        assert!((hotspot - expected).abs() < 1e-12, "{hotspots:?}");
    }
}

#[test]
fn an_area_of_the_past_has_the_paths_that_its_rules_of_today_give_it() {
    let scan = SampleScan::new()
        .source("core/a.c", 10, 1)
        .source("cli/b.c", 10, 1)
        .commit(0, &[("core/a.c", 1, 0), ("cli/b.c", 1, 0)])
        .build();
    let options = options(&[("Core", "core/"), ("Shell", "cli/")]);
    let subject = TrendSubject::find(&scan, "Core", None, &options).expect("an area");
    let [a, gone, b] = ["core/a.c", "core/gone.c", "cli/b.c"].map(path);
    let selected = subject.select(&scan, &[&b, &a, &gone], &options).expect("selected");
    assert!(selected.contains(&a) && selected.contains(&gone) && !selected.contains(&b));
    let points: &Points<'_> =
        &[(100, &[("core/a.c", 4, 1), ("core/gone.c", 5, 5)]), (0, &[("core/a.c", 10, 1)])];
    let trend = made(&scan, &subject, &timeline(points), &options);
    assert_eq!((trend.kind, trend.name.as_str()), (TrendKind::Area, "Core"));
    assert_eq!(sloc(&trend), [Some(9), Some(10)]);
    assert_eq!(trend.points[0].figures.as_ref().expect("there").files, 2);
}

#[test]
fn a_function_is_found_by_its_whole_or_unmistakable_name() {
    let scan = SampleScan::new()
        .source("a.rs", 30, 1)
        .functions(&[("A::new", 1, 0), ("B::new", 11, 0), ("B::run", 21, 4)])
        .build();
    let find = |target: &str, function| TrendSubject::find(&scan, target, function, &options(&[]));
    let run = TrendSubject::Function { file: file_idx(&scan, "a.rs"), name: "B::run".to_owned() };
    assert_eq!(find("a.rs:run", None).expect("found"), run);
    assert_eq!(find("a.rs:B::run", None).expect("found"), run);
    assert_eq!(find("a.rs", Some("B::run")).expect("found"), run);
    match find("a.rs:new", None) {
        Err(TrendError::UnknownFunction { candidates, .. }) => assert_eq!(candidates, ["A::new", "B::new"]),
        other => panic!("{other:?}"),
    }
    assert!(
        matches!(find("b.rs", None), Err(TrendError::UnknownTarget { suggestions, .. }) if suggestions == ["a.rs"])
    );
}

#[test]
fn a_function_that_was_not_there_has_no_figures() {
    let scan = SampleScan::new().source("a.rs", 9, 1).functions(&[("f", 1, 4)]).build();
    let options = options(&[]);
    let subject = TrendSubject::find(&scan, "a.rs:f", None, &options).expect("found");
    let mut line = timeline(&[(9, &[("a.rs", 5, 1)]), (0, &[("a.rs", 9, 4)])]);
    line.files[0].present.complexity.as_mut().expect("measured").functions[0].name = "g".to_owned();
    let trend = made(&scan, &subject, &line, &options);
    assert_eq!(sloc(&trend), [None, Some(9)]);
    assert_eq!(trend.ends(), None);
    let figures = trend.points[1].figures.as_ref().expect("there");
    assert_eq!((figures.lines, figures.cognitive, figures.hotspot), (9, 4, None));
}

#[test]
fn a_folder_of_tests_alone_says_that_it_has_no_source_file() {
    let scan = SampleScan::new().present("tests/a.c", FileClass::Test, 10, 0).source("b.c", 1, 0).build();
    let timeline = Timeline { snapshots: Vec::new(), files: Vec::new(), left_out: 0, skipped: Vec::new() };
    let other = |subject: TrendSubject| {
        let options = options(&[]);
        let input = ListInput { scan: &scan, incidents: &Incidents::default(), options: &options };
        trend(input, &subject, &timeline, "month".to_owned()).expect("areas by folder").other_files
    };
    assert_eq!(other(TrendSubject::Folder(path("tests"))), 1);
    assert_eq!(other(TrendSubject::File(file_idx(&scan, "b.c"))), 0);
}
