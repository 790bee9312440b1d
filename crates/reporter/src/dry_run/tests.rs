//! The dry run of small files, in every format.

use serde_json::Value;

use debtscan_incidents::{IncidentFile, Incidents, ReadOptions, examine};
use debtscan_render::{Detail, Format, Group, Invocation, Names, RenderOptions, dry_run_schema};

fn options(format: Format, width: usize) -> RenderOptions {
    RenderOptions {
        format,
        group: Group::Area,
        sort: debtscan_render::Sort::Cost,
        top: None,
        width,
        names: Names::Fitted,
        detail: Detail::Full,
        color: false,
        formulas: debtscan_render::Formulas::Escape,
        invocation: Invocation::default(),
    }
}

/// A sound file, one with defects, and one that is no use at all.
fn incidents() -> Incidents {
    let file = |name: &str, content: &[u8]| IncidentFile { name: name.to_owned(), content: content.to_vec() };
    let fixtures = [
        file("servicenow.csv", include_bytes!("../../../../fixtures/incidents/servicenow.csv")),
        file("defects.csv", include_bytes!("../../../../fixtures/incidents/defects.csv")),
        file("book.xlsx", b"PK\x03\x04"),
    ];
    examine(&fixtures, &ReadOptions::default()).expect("no column is chosen by hand")
}

fn rendered(incidents: &Incidents, options: &RenderOptions) -> String {
    let mut out = Vec::new();
    debtscan_render::dry_run(&super::dry_run(incidents, None, "0.0.0"), options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn people_see_what_was_read_and_what_was_not() {
    let incidents = incidents();
    for limit in [80, 200] {
        let text = rendered(&incidents, &options(Format::Table, limit));
        insta::assert_snapshot!(format!("dry_run_{limit}"), text);
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let incidents = incidents();
    for limit in [60, 79, 80, 100, 123, 200] {
        for line in rendered(&incidents, &options(Format::Table, limit)).lines() {
            // No character of the fixtures is wider than one column.
            let width = line.chars().count();
            assert!(width <= limit, "{width} columns: {line}");
            assert!(!line.ends_with(' '), "{line:?}");
        }
    }
}

#[test]
fn the_json_document_matches_its_schema_and_every_line_says_what_it_is() {
    let incidents = incidents();
    let document: Value = serde_json::from_str(&rendered(&incidents, &options(Format::Json, 80))).unwrap();
    let schema: Value = serde_json::from_str(&dry_run_schema()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(document["rows"], 17);
    assert_eq!(document["files"][2]["problem"].as_str().map(|text| text.contains("workbook")), Some(true));
    let lines = rendered(&incidents, &options(Format::Ndjson, 80));
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(line["kind"].is_string(), "{line}");
    }
}

#[test]
fn the_csv_has_a_row_per_file_column_rejection_and_incident() {
    let incidents = incidents();
    let text = rendered(&incidents, &options(Format::Csv, 80));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let kinds: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
    let count = |kind: &str| kinds.iter().filter(|found| *found == kind).count();
    assert_eq!(count("file"), 3);
    assert_eq!(count("column"), incidents.columns.len());
    let rejected = count("rejected-row") + count("rejected-value") + count("excluded-row");
    assert_eq!(rejected, incidents.rejected.len());
    assert_eq!(count("incident"), incidents.list.len());
}

#[test]
fn markdown_shows_the_same_sections() {
    let text = rendered(&incidents(), &options(Format::Markdown, 80));
    for title in ["### Files", "### Columns of servicenow.csv", "### Rejected", "### Evidence"] {
        assert!(text.contains(title), "{title} in {text}");
    }
}
