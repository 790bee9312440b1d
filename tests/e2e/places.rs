//! Where a repository may be, and how incidents may come.

use debtscan_testkit::RepoBuilder;
use serde_json::Value;

use crate::fixture::{Workshop, write_history};
use crate::program::{debtscan, debtscan_in, run_with_input};

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the report is JSON")
}

#[test]
fn the_current_folder_is_the_default() {
    let workshop = Workshop::new();
    let named = debtscan_in(workshop.path(), &["shop", "--format", "json"]).done();
    assert_eq!(debtscan_in(&workshop.shop(), &["--format", "json"]).done(), named);
    assert_eq!(debtscan_in(workshop.path(), &["scan", "shop", "--format", "json"]).done(), named);
    assert_eq!(debtscan_in(&workshop.shop(), &["scan", "--format", "json"]).done(), named);
}

#[test]
fn a_suggested_command_works_from_where_the_first_one_was_typed() {
    let workshop = Workshop::new();
    let shown = debtscan_in(workshop.path(), &["shop", "--incidents", "incidents.csv"]).done();
    let command = shown.lines().find_map(|line| line.strip_prefix("  debtscan ")).expect("a next command");
    let words = command.split("  ").next().expect("a command").split(' ');
    let arguments: Vec<&str> = words.chain(["--quiet"]).collect();
    let trail = debtscan_in(workshop.path(), &arguments).done();
    assert!(trail.contains("INCIDENTS"), "{trail}");
}

#[test]
fn a_bare_repository_gives_the_same_report() {
    let workshop = Workshop::new();
    let mut bare = RepoBuilder::bare();
    write_history(&mut bare);
    let args = ["--format", "json"];
    assert_eq!(debtscan_in(bare.path(), &args).done(), debtscan_in(&workshop.shop(), &args).done());
}

#[test]
fn a_folder_of_a_repository_limits_the_scan() {
    let workshop = Workshop::new();
    workshop.write("shop/payment/here", "").write("shop/debtscan.toml", "[project]\nname = \"The Shop\"\n");
    let report = json(&debtscan_in(&workshop.shop().join("payment"), &["--format", "json"]).done());
    let files = report["files"].as_array().expect("files");
    assert!(!files.is_empty());
    for file in files {
        let path = file["path"].as_str().expect("a path");
        assert!(path.starts_with("payment/"), "paths stay relative to the root: {path}");
    }
    assert_eq!(report["repository"]["scope"]["path"], "payment");
    assert_eq!(report["repository"]["project"], "The Shop", "the configuration above it is in force");
}

/// Cost to date and expected incidents of a report.
fn figures(report: &Value) -> (i64, f64) {
    let sum = |key: &str| -> i64 {
        let list = report["totals"][key].as_array().expect("a list of sums");
        list.iter().map(|sum| sum["amount_minor"].as_i64().expect("minor units")).sum()
    };
    let expected = report["model"]["incidents_per_year"].as_f64().unwrap_or(0.0);
    (sum("recorded_cost") + sum("modelled_cost"), expected)
}

#[test]
fn a_folder_a_window_and_an_exclusion_hide_and_move_nothing() {
    let workshop = Workshop::new();
    workshop.write("shop/payment/here", "").write("shop/search/here", "");
    let report = |folder: &str, more: &[&str]| {
        let args = [&[folder, "--incidents", "incidents.csv", "--format", "json", "--quiet"], more].concat();
        json(&debtscan_in(workshop.path(), &args).done())
    };
    let whole = report("shop", &[]);
    let (cost, expected) = figures(&whole);
    let folders = ["shop/payment", "shop/search"].map(|folder| figures(&report(folder, &[])));
    assert!(folders.iter().map(|(cost, _)| cost).sum::<i64>() <= cost, "{folders:?} of {cost}");
    assert!(folders.iter().map(|(_, expected)| expected).sum::<f64>() <= expected + 1e-6);
    // The fix of INC-1 is before the window.
    let since = report("shop", &["--since", "2024-03-01"]);
    assert_eq!(figures(&since).0, cost);
    assert_eq!(since["model"]["history_weight"], whole["model"]["history_weight"]);
    let without = figures(&report("shop", &["--exclude", "payment/src/retry.rs"]));
    assert!(without.0 <= cost && without.1 <= expected + 1e-6, "{without:?} of {cost}, {expected}");
}

#[test]
fn a_folder_called_like_a_command_is_written_with_a_slash() {
    let workshop = Workshop::new();
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::rename(workshop.shop(), folder.path().join("schema")).expect("moved");
    let report = debtscan_in(folder.path(), &["./schema", "--format", "json"]).done();
    assert!(json(&report)["areas"].is_array());
}

#[test]
fn incidents_may_come_from_standard_input() {
    let workshop = Workshop::new();
    let args = ["shop", "--incidents", "-", "--format", "json", "--quiet"];
    let input = "id,opened_at,cost_usd,path\nX-1,2024-03-01,12.34,payment/src/charge.rs\n";
    let report = json(&run_with_input(&mut debtscan(workshop.path(), &args), input).done());
    assert_eq!(report["incidents"][0]["id"], "X-1");
}

#[test]
fn several_incident_files_are_joined() {
    let workshop = Workshop::new();
    workshop.write("more.csv", "id,opened_at,cost_usd,path\nX-1,2024-03-01,12.34,payment/src/charge.rs\n");
    let args =
        ["shop", "--incidents", "incidents.csv", "--incidents", "more.csv", "--format", "json", "--quiet"];
    let report = json(&debtscan_in(workshop.path(), &args).done());
    assert_eq!(report["incidents"].as_array().expect("incidents").len(), 7);
}

#[test]
fn a_window_and_a_revision_limit_history() {
    let workshop = Workshop::new();
    let commits = |args: &[&str]| -> u64 {
        let args = [&["shop", "--format", "json", "--quiet"], args].concat();
        json(&debtscan_in(workshop.path(), &args).done())["totals"]["commits"].as_u64().expect("a number")
    };
    let all = commits(&[]);
    assert_eq!(all, 9);
    assert_eq!(commits(&["--since", "1d"]), 1);
    assert_eq!(commits(&["--since", "2024-02-01"]) + commits(&["--until", "2024-02-01"]), all);
    assert_eq!(commits(&["--since", "2024-02-01T00:00:00Z"]), commits(&["--since", "2024-02-01"]));
    assert_eq!(commits(&["--since", "200y"]), all);
    assert_eq!(commits(&["--rev", &workshop.fixes[0]]), 7);
    let before = ["shop", "--format", "json", "--quiet", "--until", "2024-02-01"];
    assert_eq!(
        json(&debtscan_in(workshop.path(), &before).done())["repository"]["as_of"],
        "2024-02-01T00:00:00Z"
    );
}
