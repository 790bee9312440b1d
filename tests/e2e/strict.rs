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

/// The exit code of the shop with its incidents under `--strict`.
fn strict(workshop: &Workshop, more: &[&str]) -> i32 {
    let args = ["shop", "--incidents", "incidents.csv", "--strict", "--quiet"];
    debtscan_in(workshop.path(), &[&args[..], more].concat()).code
}

#[test]
fn limits_decide_what_is_incomplete() {
    let workshop = Workshop::new();
    // One incident of six has no known place, 16.67%; two rows of seven have a problem, 28.57%.
    let check = |unplaced: &str, rejected: &str, expected| {
        let args = ["--max-unplaced", unplaced, "--max-rejected", rejected];
        assert_eq!(strict(&workshop, &args), expected, "{args:?}");
    };
    check("16.67%", "28.58%", 0);
    check("16.66%", "28.58%", 1);
    check("16.67%", "28.57%", 1);
    assert_eq!(strict(&workshop, &[]), 1);
    let config = "[strict]\nmax_unplaced = \"17%\"\nmax_rejected = \"29%\"\n";
    workshop.write("limits.toml", config);
    assert_eq!(strict(&workshop, &["--config", "limits.toml"]), 0);
    assert_eq!(strict(&workshop, &["--config", "limits.toml", "--max-unplaced", "0%"]), 1);
    let json =
        ["shop", "--incidents", "incidents.csv", "--format", "json", "--quiet", "--config", "limits.toml"];
    let report: serde_json::Value =
        serde_json::from_str(&debtscan_in(workshop.path(), &json).done()).expect("the report is JSON");
    assert_eq!(report["trust"]["whole"], true);
    let remarks = report["trust"]["remarks"].as_array().expect("remarks");
    let remark = |code: &str| remarks.iter().find(|remark| remark["code"] == code).expect("it is there");
    let unplaced = remark("unattributed-incidents");
    assert_eq!(unplaced["severity"], "within-limit");
    assert_eq!((unplaced["share"].as_f64(), unplaced["limit"].as_f64()), (Some(0.166_667), Some(0.17)));
    // The dry run knows the same two limits.
    let dry = ["incidents", "incidents.csv", "--repo", "shop", "--strict", "--quiet"];
    for (more, code) in [(&[][..], 1), (&["--max-unplaced", "17%", "--max-rejected", "29%"], 0)] {
        assert_eq!(debtscan_in(workshop.path(), &[&dry[..], more].concat()).code, code, "{more:?}");
    }
    let wrong = debtscan_in(workshop.path(), &["shop", "--max-unplaced", "10"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("such as 10% or 0.5%"), "{wrong:?}");
}

#[test]
fn an_accepted_loss_stands_in_every_output_with_its_reason() {
    let mut repo = RepoBuilder::new();
    let fixes = write_history(&mut repo);
    repo.shallow([&fixes[0]]);
    let accept = |until: &str| {
        format!(
            "[[accept]]\ncode = \"shallow-clone\"\nreason = \"CI has no more\"\n{until}\
                 [[accept]]\ncode = \"no-commits\"\nreason = \"never seen\"\n"
        )
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let config = folder.path().join("accept.toml");
    let config_text = config.to_str().expect("UTF-8");
    // The scanned commit is of March 2024.
    std::fs::write(&config, accept("until = \"2100-01-01\"\n")).expect("written");
    let commands: [&[&str]; 9] = [
        &["--format", "table"],
        &["--full"],
        &["--format", "markdown"],
        &["--format", "json"],
        &["--format", "ndjson"],
        &["--format", "csv"],
        &["--format", "html"],
        &["explain", "payment"],
        &["changes"],
    ];
    for args in commands {
        let run = debtscan_in(repo.path(), &[args, &["--strict", "--config", config_text]].concat());
        assert_eq!(run.code, 0, "{args:?}: {run:?}");
        let said = unwrapped(&format!("{}{}", run.stdout, run.stderr));
        assert!(said.contains("CI has no more"), "{args:?}: {said}");
    }
    let table = debtscan_in(repo.path(), &["--full", "--config", config_text]).done();
    let table = unwrapped(&table);
    assert!(table.contains("incomplete, as accepted in the configuration"), "{table}");
    assert!(table.contains("Accepted until 2100-01-01: CI has no more."), "{table}");
    assert!(table.contains("accepted, but not met here: no-commits"), "{table}");
    std::fs::write(&config, accept("until = \"2024-01-01\"\n")).expect("written");
    for args in commands {
        let run = debtscan_in(repo.path(), &[args, &["--strict", "--config", config_text]].concat());
        assert_eq!(run.code, 1, "{args:?}: {run:?}");
        assert!(run.stderr.contains("it was accepted until 2024-01-01"), "{args:?}: {run:?}");
    }
    let expired = unwrapped(&debtscan_in(repo.path(), &["--config", config_text]).done());
    assert!(expired.contains("Accepted only until 2024-01-01: CI has no more."), "{expired}");
}
