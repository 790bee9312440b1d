//! Every output format, whole.

use serde_json::Value;

use crate::assert_stored;
use crate::fixture::Workshop;
use crate::program::debtscan_in;

fn report(args: &[&str]) -> String {
    let workshop = Workshop::new();
    let all = [&["shop", "--incidents", "incidents.csv", "--quiet"], args].concat();
    debtscan_in(workshop.path(), &all).done()
}

#[test]
fn the_table_ranks_areas() {
    assert_stored!("table", report(&[]));
}

#[test]
fn the_table_ranks_files() {
    assert_stored!("table_by_file", report(&["--group", "file", "--top", "3"]));
}

#[test]
fn the_table_without_incidents_ranks_by_size_and_change() {
    let workshop = Workshop::new();
    assert_stored!("table_without_incidents", debtscan_in(workshop.path(), &["shop"]).done());
}

#[test]
fn json_holds_every_figure() {
    assert_stored!("json", report(&["--format", "json"]));
}

#[test]
fn ndjson_is_one_object_per_line() {
    let text = report(&["--format", "ndjson", "--group", "file"]);
    for line in text.lines() {
        let value: Value = serde_json::from_str(line).expect("a line is a JSON document");
        assert!(value.is_object(), "{line}");
    }
    assert_stored!("ndjson_by_file", text);
}

#[test]
fn csv_has_a_header_and_rows_of_the_same_length() {
    assert_stored!("csv", report(&["--format", "csv"]));
}

#[test]
fn markdown_is_for_pasting() {
    assert_stored!("markdown", report(&["--format", "markdown"]));
}

#[test]
fn a_page_is_one_file_that_loads_nothing() {
    let page = report(&["--format", "html"]);
    assert!(page.starts_with(
        "<!doctype html>\n<html lang=\"en\"><head><meta http-equiv=\"Content-Security-Policy\""
    ));
    for forbidden in [" src=", "@import", " style=\""] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    for picture in ["areas", "time", "corners", "map"] {
        assert!(page.contains(&format!("<section class=\"fs\" id=\"{picture}\">")), "{picture}");
    }
    assert_eq!(page, report(&["--format", "html", "--jobs", "8"]));
}

#[test]
fn the_json_report_and_its_schema_agree() {
    let workshop = Workshop::new();
    let schema = debtscan_in(workshop.path(), &["schema"]).done();
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a JSON Schema");
    let check = |args: &[&str]| {
        let report = debtscan_in(workshop.path(), &[args, &["--format", "json", "--quiet"]].concat()).done();
        let report: Value = serde_json::from_str(&report).expect("the report is JSON");
        let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{args:?}: {errors:#?}");
        let mut broken = report;
        broken.as_object_mut().expect("an object").remove("schema_version");
        assert!(!validator.is_valid(&broken), "a report without `schema_version` passes the schema");
    };
    check(&["shop"]);
    check(&["shop", "--incidents", "incidents.csv"]);
    check(&["shop", "--incidents", "incidents.csv", "--since", "30d", "--top", "1"]);
}

#[test]
fn history_can_be_listed_row_by_row() {
    let workshop = Workshop::new();
    let changes = |args: &[&str]| {
        debtscan_in(workshop.path(), &[&["changes", "shop", "--format", "csv"], args].concat()).done()
    };
    assert_stored!("changes_csv", changes(&[]));
    assert_ne!(changes(&[]), changes(&["--renames", "off"]));
}

#[test]
fn costs_are_conserved_to_the_cent() {
    let report: Value = serde_json::from_str(&report(&["--format", "json"])).expect("the report is JSON");
    let total = |name: &str| -> i64 {
        let costs = report["totals"][name].as_array().unwrap_or_else(|| panic!("no totals.{name}"));
        costs.iter().map(|cost| cost["amount_minor"].as_i64().expect("minor units")).sum()
    };
    // 12,500.00 + 800 + 1,500.50 + 4,000 + 9,000; one cost is no number, one row has no id
    assert_eq!(total("recorded_cost"), 2_780_050);
    assert_eq!(total("unattributed_cost"), 900_000);
    assert_eq!(total("attributed_cost") + total("unattributed_cost"), total("recorded_cost"));
}
