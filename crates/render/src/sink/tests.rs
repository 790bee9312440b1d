//! Every format with few and many findings, and with text that a stranger wrote to steer its reader.

use std::collections::BTreeSet;

use debtscan_findings::{
    Finding, FindingArea, FindingExpectation, FindingLevel, FindingLines, FindingRule, FindingSubject,
    FindingValues, ReportFindings,
};
use debtscan_incidents::{Costs, Currency};
use serde_json::Value as Json;

use super::{ToolFormat, fingerprint, report};
use crate::options::{Detail, Format, Formulas, Invocation, Names, RenderOptions, Sort};
use crate::sample;
use debtscan_findings::Grouping;

const SINKS: [ToolFormat; 8] = [
    ToolFormat::Sarif,
    ToolFormat::Github,
    ToolFormat::GithubSummary,
    ToolFormat::Gitlab,
    ToolFormat::Junit,
    ToolFormat::Openmetrics,
    ToolFormat::Facts,
    ToolFormat::CsvLong,
];

fn options(top: Option<usize>) -> RenderOptions {
    RenderOptions {
        format: Format::Json,
        group: Grouping::Area,
        sort: Sort::Cost,
        top,
        width: 100,
        names: Names::Whole,
        detail: Detail::Full,
        formulas: Formulas::Escape,
        color: false,
        invocation: Invocation::default(),
    }
}

fn written(found: &ReportFindings, sink: ToolFormat, top: Option<usize>) -> String {
    let mut out = Vec::new();
    report(found, sink, &options(top), &mut out).expect("a vector takes any text");
    String::from_utf8(out).expect("text")
}

fn function(path: &str, name: &str, first: u32, level: FindingLevel) -> Finding {
    Finding {
        level,
        subject: FindingSubject::Function { name: name.to_owned(), ordinal: 0 },
        area: Some(FindingArea {
            id: "pay".to_owned(),
            name: "Payment".to_owned(),
            owner: Some("@org/pay".to_owned()),
        }),
        path: Some(sample::path(path)),
        origin: Some(sample::path(path)),
        lines: Some(FindingLines { first, last: first + 9 }),
        expected: Some(FindingExpectation {
            share: 0.125,
            incidents: Some(1.25),
            costs: vec![(Currency::USD, 340_000.0)],
        }),
        values: FindingValues::ComplexFunction {
            cognitive: 60,
            limit: 15,
            cyclomatic: 40,
            source_lines: 120,
        },
    }
}

fn unplaced() -> Finding {
    let values = FindingValues::UnplacedCost { incidents: 3, of: 10, costs: Costs::default() };
    Finding {
        level: FindingLevel::Note,
        subject: FindingSubject::Repository,
        area: None,
        path: None,
        origin: None,
        lines: None,
        expected: None,
        values,
    }
}

fn few() -> ReportFindings {
    let findings = vec![
        function("src/a b.c", "pay", 10, FindingLevel::Warning),
        function("b.c", "x", 1, FindingLevel::Note),
        unplaced(),
    ];
    ReportFindings { report: sample::priced(), findings }
}

fn many(count: u32) -> ReportFindings {
    let level = |n: u32| if n < count / 2 { FindingLevel::Warning } else { FindingLevel::Note };
    let findings = (0..count).map(|n| function("src/a.c", &format!("f{n}"), n + 1, level(n))).collect();
    ReportFindings { report: sample::priced(), findings }
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).expect("JSON")
}

fn sarif_schema() -> Json {
    let mut schema = json(include_str!("../../../../fixtures/sarif/sarif-schema-2.1.0.json"));
    // Its pattern has a lone bracket, which only old regular expressions allow; we never write a language.
    for place in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{place}/properties/language"));
        let language = language.and_then(Json::as_object_mut).expect("an object");
        language.remove("pattern").expect("a pattern");
    }
    schema
}

#[test]
fn sarif_follows_the_official_schema() {
    let validator = jsonschema::validator_for(&sarif_schema()).expect("a schema");
    for found in [few(), many(3), many(0)] {
        let log = json(&written(&found, ToolFormat::Sarif, None));
        let errors: Vec<String> =
            validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
    let mut broken = json(&written(&few(), ToolFormat::Sarif, None));
    broken["runs"][0]["results"][0]["message"] = Json::Null;
    assert!(!validator.is_valid(&broken), "the schema refuses a result without a message");
}

#[test]
fn sarif_has_one_run_with_places_and_our_own_fingerprints() {
    let log = json(&written(&few(), ToolFormat::Sarif, None));
    let runs = log["runs"].as_array().expect("runs");
    let [run] = &runs[..] else { panic!("{} runs", runs.len()) };
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 2, "what has no file is a notification");
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/a%20b.c");
    assert_eq!((&place["region"]["startLine"], &place["region"]["endLine"]), (&10.into(), &19.into()));
    let fingerprints = results[0]["partialFingerprints"].as_object().expect("an object");
    assert_eq!(fingerprints.keys().collect::<Vec<_>>(), ["debtscan/v1"]);
    let notifications =
        run["invocations"][0]["toolExecutionNotifications"].as_array().expect("notifications");
    assert_eq!(notifications.len(), 1);
    assert_eq!(notifications[0]["message"]["text"], "3 of 10 incidents have no place in the code.");
}

#[test]
fn a_fingerprint_survives_lines_and_renames_but_tells_functions_apart() {
    let first = function("a.c", "f", 10, FindingLevel::Note);
    let mut moved = function("b.c", "f", 99, FindingLevel::Warning);
    moved.origin.clone_from(&first.origin);
    assert_eq!(fingerprint::of(&first), fingerprint::of(&moved));
    let mut second = first.clone();
    second.subject = FindingSubject::Function { name: "f".to_owned(), ordinal: 1 };
    let other = function("a.c", "g", 10, FindingLevel::Note);
    let all: BTreeSet<String> = [&first, &second, &other].map(fingerprint::of).into();
    assert_eq!(all.len(), 3);
}

/// 30,000 findings, and the limit of each reader.
#[test]
fn no_output_exceeds_the_limit_of_its_reader() {
    let found = many(30_000);
    let log = json(&written(&found, ToolFormat::Sarif, None));
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(1_000));
    assert_eq!(log["runs"][0]["properties"]["omittedResults"], 29_000);
    let text = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(text, "The 1,000 dearest findings are shown; 29,000 more are omitted.");

    let commands = written(&found, ToolFormat::Github, None);
    let of_kind = |kind: &str| commands.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!((of_kind("::error"), of_kind("::warning"), of_kind("::notice")), (0, 10, 10));
    assert!(commands.trim_end().ends_with("29,981 more findings are in the job summary and the report."));

    let summary = written(&found, ToolFormat::GithubSummary, None);
    assert!(summary.len() < 1024 * 1024, "{} bytes", summary.len());
    assert!(summary.contains("29,000 more are omitted"));

    let quality = json(&written(&found, ToolFormat::Gitlab, None));
    let entries = quality.as_array().expect("an array");
    assert_eq!(entries.len(), 1_001, "the last one says what was cut");
    let fingerprints: BTreeSet<&str> = entries.iter().filter_map(|it| it["fingerprint"].as_str()).collect();
    assert_eq!(fingerprints.len(), entries.len(), "GitLab shows one entry per fingerprint");

    let suites = written(&found, ToolFormat::Junit, None);
    assert_eq!(suites.matches("<testcase ").count(), 1_006, "six rules without findings pass");
    assert_eq!(written(&found, ToolFormat::GithubSummary, Some(2)).matches("| Complex function").count(), 2);
}

#[test]
fn a_summary_of_wide_rows_stays_below_a_mebibyte() {
    let mut found = many(1_000);
    let long = "x".repeat(3_000);
    for finding in &mut found.findings {
        finding.path = Some(sample::path(&long));
    }
    let summary = written(&found, ToolFormat::GithubSummary, None);
    assert!(summary.len() < 1024 * 1024, "{} bytes", summary.len());
    let rows = summary.matches("| Complex function").count();
    assert!(
        summary
            .contains(&format!("The {rows} dearest findings are shown; {} more are omitted.", 1_000 - rows))
    );
}

#[test]
fn metrics_have_types_units_and_an_end() {
    let text = written(&few(), ToolFormat::Openmetrics, None);
    assert!(text.ends_with("# EOF\n"));
    assert!(text.contains("# UNIT debtscan_as_of_timestamp_seconds seconds\n"));
    let mut families = BTreeSet::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| *line != "# EOF") {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            current = rest.split(' ').next().expect("a name").to_owned();
            assert!(families.insert(current.clone()), "{current} is in one piece");
        } else if !line.starts_with('#') {
            assert!(line.starts_with(&current), "{line} belongs to {current}");
            let value = line.rsplit(' ').next().expect("a value");
            assert!(value.parse::<f64>().is_ok(), "{line}");
        }
    }
    // The budget of docs/formats.md: 11 of the repository, one per rule and level, 7 per area.
    let samples = text.lines().filter(|line| !line.starts_with('#')).count();
    assert_eq!(samples, 11 + 3 * FindingRule::ALL.len() + 7 * few().report.areas.len().min(12));
    let areas =
        |top| written(&few(), ToolFormat::Openmetrics, top).matches("debtscan_area_source_lines{").count();
    assert_eq!(areas(Some(2)), 2);
}

#[test]
fn facts_are_flat_and_every_area_has_the_same_keys() {
    let facts = json(&written(&few(), ToolFormat::Facts, None));
    let areas = facts.as_array().expect("an array");
    assert_eq!(areas.len(), sample::priced().areas.len());
    let keys = |area: &Json| area.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    for area in areas {
        assert_eq!(keys(area), keys(&areas[0]));
        assert!(
            area.as_object()
                .expect("an object")
                .values()
                .all(|value| !value.is_object() && !value.is_array())
        );
    }
    assert!(areas[0]["expected_cost_per_year_usd"].is_number());
}

#[test]
fn long_csv_has_one_figure_per_row_and_the_same_columns_for_any_currency() {
    let header = |text: &str| text.lines().next().expect("a header").to_owned();
    let text = written(&few(), ToolFormat::CsvLong, None);
    let bare = ReportFindings { report: sample::bare(), findings: Vec::new() };
    assert_eq!(header(&text), header(&written(&bare, ToolFormat::CsvLong, None)));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for row in reader.records() {
        let row = row.expect("a row of the same length");
        assert!(row[10].parse::<f64>().is_ok(), "{row:?}");
        assert_eq!(&row[8] == "currency", !row[9].is_empty(), "{row:?}");
    }
}

#[test]
fn no_format_passes_commands_markup_or_invisible_characters_on() {
    for text in crate::sink_tests::HOSTILE {
        let mut found = few();
        for area in &mut found.report.areas {
            (area.name, area.owner) = (text.to_owned(), Some(text.to_owned()));
        }
        found.report.project = Some(text.to_owned());
        for finding in &mut found.findings {
            if finding.path.is_some() {
                // A path has no empty part.
                finding.path = Some(sample::path(text.replace("//", "/")));
                finding.subject = FindingSubject::Function { name: text.to_owned(), ordinal: 0 };
            }
        }
        for sink in SINKS {
            let out = written(&found, sink, None);
            let what = format!("{text:?} as {sink:?}");
            for mark in ["##vso[", "##[", "\u{1b}", "\u{7}", "\u{9b}", "\u{202e}", "\u{200b}"] {
                assert!(!out.contains(mark), "{what} passes {mark:?} on");
            }
            let commands = out.lines().filter(|line| line.trim_start().starts_with("::")).count();
            assert_eq!(commands, if sink == ToolFormat::Github { 3 } else { 0 }, "{what}: {out}");
            match sink {
                ToolFormat::Sarif | ToolFormat::Gitlab | ToolFormat::Facts => drop(json(&out)),
                ToolFormat::Junit => assert!(!out.contains("<img") && !out.contains("<!-- -->"), "{what}"),
                ToolFormat::GithubSummary => {
                    let outside: String = out.split('`').step_by(2).collect();
                    assert!(!outside.contains("<img") && !outside.contains("](java"), "{what}");
                }
                _ => {}
            }
        }
        let log = json(&written(&found, ToolFormat::Sarif, None));
        let message = log["runs"][0]["results"][0]["message"]["text"].as_str().expect("text");
        assert!(!message.contains("](") || message.contains("\\]("), "{message}");
    }
}
