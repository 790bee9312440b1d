//! `debtscan incidents`: the dry run.

use std::fs;

use serde_json::Value;

use crate::fixture::Workshop;
use crate::program::{debtscan, debtscan_in, run_with_input};

#[test]
fn it_shows_how_files_are_read_and_where_incidents_would_be_placed() {
    let workshop = Workshop::new();
    let shown = debtscan_in(&workshop.shop(), &["incidents", "../incidents.csv"]).done();
    for part in [
        "debtscan's columns",
        "7 rows: 6 incidents, 1 row rejected.",
        "COLUMNS OF ../incidents.csv",
        "no id",
        "not an amount",
        "\nPLACED  ",
        "payment/src/retry.rs",
        "UNPLACED INCIDENTS",
        "INC-5",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    let named = debtscan_in(workshop.path(), &["incidents", "incidents.csv", "--repo", "shop"]).done();
    assert!(named.contains("\nPLACED  "), "{named}");
}

#[test]
fn without_a_repository_the_files_are_shown_alone() {
    let workshop = Workshop::new();
    let outside = debtscan_in(workshop.path(), &["incidents", "incidents.csv"]).done();
    assert!(outside.contains("\nEVIDENCE  ") && !outside.contains("PLACED"), "{outside}");
    let asked = debtscan_in(&workshop.shop(), &["incidents", "../incidents.csv", "--no-repo"]).done();
    assert!(!asked.contains("PLACED"), "{asked}");
    let message = debtscan_in(workshop.path(), &["incidents", "incidents.csv", "--repo", "."]).failed();
    assert!(message.contains("is not in a git repository"), "{message}");
}

#[test]
fn a_bad_row_fails_only_when_strict_and_a_useless_file_always() {
    let workshop = Workshop::new();
    let lenient = debtscan_in(workshop.path(), &["incidents", "incidents.csv"]).done();
    let strict = debtscan_in(workshop.path(), &["incidents", "incidents.csv", "--strict"]);
    assert_eq!((strict.code, strict.stdout), (1, lenient));
    assert!(strict.stderr.starts_with("error: 1 row and 1 value of"), "{}", strict.stderr);

    workshop.write("empty-ids.csv", "id,title\n,a\n,b\n").write("book.xlsx", "PK\u{3}\u{4}");
    for file in ["empty-ids.csv", "book.xlsx"] {
        let run = debtscan_in(workshop.path(), &["incidents", "incidents.csv", file]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stdout.contains("INC-") && run.stdout.contains(file), "the other file is shown: {run:?}");
        assert!(run.stderr.starts_with(&format!("error: cannot read incidents from {file}")), "{run:?}");
    }
    let message = debtscan_in(workshop.path(), &["incidents"]).failed();
    assert!(message.contains("no incident file given"), "{message}");
}

#[test]
fn columns_and_date_order_can_be_said_by_flag_and_by_configuration() {
    let workshop = Workshop::new();
    workshop.write("odd.csv", "Vorgang,Beginn,Ausfall\nV-1,4/5/2026,90\n");
    let refused = debtscan_in(workshop.path(), &["incidents", "odd.csv"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("--map id=COLUMN"), "{}", refused.stderr);
    let read = |run: crate::program::Run| -> Value { serde_json::from_str(&run.done()).expect("JSON") };
    let flags = ["--map", "id=Vorgang", "--map", "opened_at=Beginn", "--map", "minutes=Ausfall"];
    let args = [&["incidents", "odd.csv", "--format", "json", "--date-order", "dmy"][..], &flags].concat();
    let by_flag = read(debtscan_in(workshop.path(), &args));
    let first = &by_flag["incidents"][0];
    assert_eq!(
        (first["id"].as_str(), first["opened_at"].as_str()),
        (Some("V-1"), Some("2026-05-04T00:00:00Z"))
    );
    assert_eq!(first["elapsed_seconds"], 5_400);
    workshop.write(
        "debtscan.toml",
        "[incidents]\ndate_order = \"dmy\"\n[incidents.columns]\nid = \"vorgang\"\nopened_at = [\"Beginn\"]\n\
         minutes = \"Ausfall\"\n",
    );
    let args = ["incidents", "odd.csv", "--format", "json"];
    assert_eq!(read(debtscan_in(workshop.path(), &args))["incidents"], by_flag["incidents"]);
    let message = debtscan_in(workshop.path(), &["incidents", "odd.csv", "--map", "cost=Preis"]).failed();
    assert!(message.contains("no incident file has a column `Preis`"), "{message}");
}

#[test]
fn json_is_read_from_standard_input_and_by_the_ranking_too() {
    let workshop = Workshop::new();
    let issues = format!(
        r#"[{{"number": 7, "title": "Cards charged twice", "createdAt": "2024-02-20T00:00:00Z", "fix_commits": ["{}"]}}]"#,
        workshop.fixes[0]
    );
    fs::write(workshop.path().join("issues.json"), &issues).expect("written");
    let shown =
        run_with_input(&mut debtscan(&workshop.shop(), &["incidents", "-", "--format", "csv"]), &issues)
            .done();
    assert!(shown.contains("incident,standard input,1,7,,fix-commit,,payment/src/charge.rs,high"), "{shown}");
    let report =
        debtscan_in(workshop.path(), &["shop", "--incidents", "issues.json", "--format", "json"]).done();
    let report: Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["incidents"][0]["placement"]["method"], "fix-commit");
}
