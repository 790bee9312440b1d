//! Formats for pipelines and dashboards, from the outside.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::fixture::Workshop;
use crate::program::{debtscan_in, run};

fn report(args: &[&str]) -> String {
    let workshop = Workshop::new();
    let all = [&["shop", "--incidents", "incidents.csv", "--quiet"], args].concat();
    debtscan_in(workshop.path(), &all).done()
}

/// The shop has one file that is complex and changes: `payment/src/charge.rs` with 10 branches.
#[test]
fn sarif_shows_the_costly_hotspot_at_its_file() {
    let log: Value = serde_json::from_str(&report(&["--format", "sarif"])).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let uri = |result: &Value| {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().map(str::to_owned)
    };
    let hotspots: Vec<_> =
        results.iter().filter(|it| it["ruleId"] == "costly-hotspot").filter_map(uri).collect();
    assert_eq!(hotspots, ["payment/src/charge.rs"]);
    // INC-5 names nothing, and INC-6 names the area payment.
    let notifications = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    let text = notifications[0]["message"]["text"].as_str().expect("text");
    assert!(text.starts_with("1 of 6 incidents have no place in the code"), "{text}");
}

#[test]
fn every_format_is_the_same_for_any_number_of_threads() {
    for format in ["sarif", "github", "github-summary", "gitlab", "junit", "openmetrics", "facts", "csv-long"]
    {
        let args = |jobs| report(&["--format", format, "--jobs", jobs]);
        let once = args("1");
        assert!(!once.is_empty(), "{format}");
        assert_eq!(once, args("8"), "{format}");
    }
}

#[test]
fn metrics_agree_with_the_json_report() {
    let json: Value = serde_json::from_str(&report(&["--format", "json"])).expect("JSON");
    let text = report(&["--format", "openmetrics"]);
    let value = |series: &str| {
        let line =
            text.lines().find(|line| line.starts_with(series)).unwrap_or_else(|| panic!("no {series}"));
        line.rsplit(' ').next().expect("a value").to_owned()
    };
    // 12,500.00 + 800 + 1,500.50 + 4,000 + 9,000
    assert_eq!(value("debtscan_cost_to_date{"), "27800.50");
    assert_eq!(value("debtscan_unplaced_cost{"), "9000.00");
    assert_eq!(value("debtscan_incidents{"), "6");
    let root = json["repository"]["root_commit"].as_str().expect("the oldest commit");
    assert!(value(&format!("debtscan_report_info{{repository=\"{root}\"")) == "1", "{text}");
    assert!(text.ends_with("# EOF\n"));
}

#[test]
fn a_trend_fills_the_past_of_a_store_of_metrics() {
    let workshop = Workshop::new();
    let args =
        ["trend", "payment/src/charge.rs", "shop", "--every", "1", "--quiet", "--format", "openmetrics"];
    let text = debtscan_in(workshop.path(), &args).done();
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    let samples = text.lines().filter(|line| !line.starts_with('#'));
    for sample in samples {
        let mut parts = sample.rsplitn(3, ' ');
        let at: i64 = parts.next().and_then(|at| at.parse().ok()).expect("a time");
        assert!(parts.next().is_some_and(|value| value.parse::<f64>().is_ok()), "{sample}");
        let series = parts.next().expect("a series").to_owned();
        let before = last.insert(series, at);
        assert!(before.is_none_or(|before| before < at), "{sample}");
    }
    assert!(last.keys().any(|series| series.starts_with("debtscan_trend_source_lines{")), "{text}");
}

#[test]
fn the_long_table_has_the_cost_of_the_report() {
    let text = report(&["--format", "csv-long"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    let costs: f64 = rows
        .filter(|row| &row[3] == "area" && &row[7] == "cost_to_date" && &row[9] == "USD")
        .map(|row| row[10].parse::<f64>().expect("an amount"))
        .sum();
    // All but the 9,000 of INC-5, which no area has.
    assert!((costs - 18_800.50).abs() < 0.005, "{costs}");
}

#[test]
fn a_command_refuses_formats_of_others_and_names_their_writer() {
    let workshop = Workshop::new();
    let refused = |args: &[&str]| run(&mut crate::program::debtscan(workshop.path(), args)).failed();
    assert_eq!(
        refused(&["hotspots", "shop", "--format", "sarif"]),
        "error: `debtscan hotspots` does not write `sarif`\n\
         hint: `debtscan scan` does; this command writes table, json, ndjson, csv, markdown, html\n"
    );
    let hint = refused(&["todos", "shop", "--format", "openmetrics"]);
    assert!(hint.contains("`debtscan scan` and `debtscan trend` do"), "{hint}");
    // A typing error is left to the parser, which lists the formats.
    assert!(refused(&["hotspots", "shop", "--format", "jsno"]).contains("[possible values: table, json"));
}

/// The table of `docs/formats.md` against the help of each command.
#[test]
fn the_documentation_lists_the_commands_of_each_format() {
    let page = include_str!("../../docs/formats.md");
    let workshop = Workshop::new();
    let rows = page.lines().filter_map(|line| {
        let mut cells =
            line.strip_prefix("| `")?.split('|').map(|cell| cell.trim().trim_matches('`').to_owned());
        Some((cells.next()?, cells.next()?))
    });
    let documented: Vec<(String, String)> =
        rows.filter(|(format, _)| page.contains(&format!("| `{format}` | `scan`"))).collect();
    assert_eq!(documented.len(), 8);
    for (format, commands) in documented {
        for command in ["scan", "trend", "hotspots", "explain"] {
            let help = debtscan_in(workshop.path(), &[command, "--help"]).done();
            let is_written = help.contains(&format!("- {format}:"));
            assert_eq!(is_written, commands.contains(command), "{command} and {format}");
        }
    }
}
