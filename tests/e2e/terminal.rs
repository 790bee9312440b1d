//! Colour and width: what a terminal gets, and what nobody else must.

use crate::fixture::Workshop;
use crate::program::{debtscan, debtscan_in, run};

const ESCAPE: char = '\u{1b}';

#[test]
fn nothing_is_coloured_that_is_not_a_terminal() {
    let workshop = Workshop::new();
    let args = ["shop", "--incidents", "incidents.csv", "--quiet"];
    let plain = run(debtscan(workshop.path(), &args).env("TERM", "xterm-256color")).done();
    assert!(!plain.contains(ESCAPE), "{plain}");
    let failed = run(debtscan(workshop.path(), &["nowhere"]).env("TERM", "xterm-256color")).failed();
    assert!(!failed.contains(ESCAPE), "{failed}");
}

#[test]
fn colour_can_be_forced_and_forbidden() {
    let workshop = Workshop::new();
    let colored = |args: &[&str], (name, value): (&str, &str)| {
        let all = [&["shop", "--incidents", "incidents.csv", "--quiet"], args].concat();
        run(debtscan(workshop.path(), &all).env(name, value)).done().contains(ESCAPE)
    };
    assert!(colored(&["--color", "always"], ("X", "")));
    assert!(colored(&[], ("CLICOLOR_FORCE", "1")));
    assert!(!colored(&["--color", "never"], ("CLICOLOR_FORCE", "1")));
    assert!(colored(&["--color", "always"], ("NO_COLOR", "1")), "a flag is stronger than the environment");
    assert!(!colored(&["--format", "json", "--color", "always"], ("X", "")), "JSON is never coloured");
}

#[test]
fn a_file_is_not_coloured_for_the_terminal_that_is_not_its_reader() {
    let workshop = Workshop::new();
    let args = ["shop", "--output", "report.txt", "--quiet"];
    assert_eq!(run(debtscan(workshop.path(), &args).env("CLICOLOR_FORCE", "1")).done(), "");
    let report = std::fs::read_to_string(workshop.path().join("report.txt")).expect("written");
    assert!(!report.contains(ESCAPE), "{report}");
}

#[test]
fn the_table_keeps_to_the_width() {
    let workshop = Workshop::new();
    let args = ["shop", "--incidents", "incidents.csv", "--quiet"];
    let widest = |columns: &str| {
        let table = run(debtscan(workshop.path(), &args).env("COLUMNS", columns)).done();
        table.lines().map(|line| line.chars().count()).max().unwrap_or(0)
    };
    assert!(widest("80") <= 80, "{}", widest("80"));
    assert!(widest("200") <= 200, "{}", widest("200"));
    assert_eq!(widest("nonsense"), widest("100"), "without a width, 100 columns");
}

#[test]
fn standard_error_is_silent_without_a_terminal() {
    let workshop = Workshop::new();
    assert_eq!(debtscan_in(workshop.path(), &["shop"]).stderr, "");
}
