//! `--strict`: exit code 1 when data is not whole, with the same output as without.

use debtscan_testkit::RepoBuilder;

use crate::fixture::{Workshop, write_history};
use crate::program::debtscan_in;

#[test]
fn whole_data_passes() {
    let workshop = Workshop::new();
    let lenient = debtscan_in(workshop.path(), &["shop"]).done();
    assert_eq!(debtscan_in(workshop.path(), &["shop", "--strict"]).done(), lenient);
}

#[test]
fn a_shallow_clone_is_reported_and_fails_only_when_strict() {
    let mut repo = RepoBuilder::new();
    let fixes = write_history(&mut repo);
    repo.shallow([&fixes[0]]);
    let check = |args: &[&str]| {
        let lenient = debtscan_in(repo.path(), args);
        assert_eq!(lenient.code, 0, "{lenient:?}");
        let strict = debtscan_in(repo.path(), &[args, &["--strict"]].concat());
        assert_eq!((strict.code, &strict.stdout), (1, &lenient.stdout));
        assert!(strict.stderr.starts_with("error: "), "{strict:?}");
        assert!(strict.stderr.contains("shallow"), "{strict:?}");
        let quiet = debtscan_in(repo.path(), &[args, &["--quiet"]].concat()).done();
        assert_eq!(quiet, lenient.stdout);
        lenient.stderr
    };
    assert_eq!(check(&[]), "", "the table says it itself");
    assert!(check(&["--format", "csv"]).starts_with("warning: "));
    assert!(check(&["changes", "--format", "csv"]).starts_with("warning: "));
    assert!(check(&["explain", "payment"]).starts_with("warning: "));
}

/// The text with every run of white space as one space: tables break lines.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_command_that_mends_a_shallow_clone_stands_in_every_output() {
    let mut repo = RepoBuilder::new();
    let fixes = write_history(&mut repo);
    repo.shallow([&fixes[0]]);
    let commands: [&[&str]; 9] = [
        &["--format", "table"],
        &["--format", "markdown"],
        &["--format", "json"],
        &["--format", "ndjson"],
        &["--format", "csv"],
        &["explain", "payment"],
        &["explain", "payment", "--format", "json"],
        &["changes"],
        &["changes", "--format", "csv"],
    ];
    for args in commands {
        let run = debtscan_in(repo.path(), args);
        assert_eq!(run.code, 0, "{run:?}");
        let said = unwrapped(&format!("{}{}", run.stdout, run.stderr));
        assert!(said.contains("git fetch --unshallow"), "{args:?}: {said}");
        let strict = debtscan_in(repo.path(), &[args, &["--strict"]].concat());
        assert_eq!(strict.code, 1, "{args:?}");
        assert!(strict.stderr.contains("git fetch --unshallow"), "{args:?}: {}", strict.stderr);
    }
    for args in [&commands[0], &commands[1], &commands[2], &commands[3]] {
        let quiet = debtscan_in(repo.path(), &[args, &["--quiet"][..]].concat());
        assert!(unwrapped(&quiet.stdout).contains("git fetch --unshallow"), "{args:?} carries it by itself");
    }
}

#[test]
fn bad_rows_are_reported_and_never_fatal() {
    let workshop = Workshop::new();
    let run = debtscan_in(workshop.path(), &["shop", "--incidents", "incidents.csv"]);
    assert_eq!(run.code, 0, "{run:?}");
    let json = ["shop", "--incidents", "incidents.csv", "--format", "json", "--quiet"];
    let report = debtscan_in(workshop.path(), &json).done();
    let report: serde_json::Value = serde_json::from_str(&report).expect("the report is JSON");
    let rejected = report["trust"]["rejected"].as_array().expect("rejected rows");
    let row = |line: u64| rejected.iter().find(|row| row["line"] == line).expect("the row is listed");
    assert_eq!((row(7)["column"].as_str(), row(7)["value"].as_str()), (Some("cost_usd"), Some("plenty")));
    assert_eq!(row(8)["file"].as_str(), Some("incidents.csv"));
}

#[test]
fn an_incident_file_without_incidents_and_a_window_without_commits_are_losses() {
    let workshop = Workshop::new();
    workshop.write("header.csv", "id,title,cost_usd\n");
    let check = |args: &[&str], expected: &str| {
        let run = debtscan_in(workshop.path(), &[&["shop", "--strict"], args].concat());
        assert_eq!(run.code, 1, "{run:?}");
        assert!(unwrapped(&run.stdout).contains(expected), "{run:?}");
    };
    check(&["--incidents", "header.csv"], "a header but no rows");
    check(&["--since", "2030-01-01"], "No commits between --since and --until");
    let inverted = debtscan_in(workshop.path(), &["shop", "--since", "2025-01-01", "--until", "2024-01-01"]);
    assert_eq!(inverted.code, 2, "{inverted:?}");
}
