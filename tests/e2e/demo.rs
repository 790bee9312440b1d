//! `debtscan demo`: one command shows everything, on data that say that they are invented.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::assert_stored;
use crate::program::{debtscan, debtscan_in, run};

/// Standard output with the name that the documentation uses in place of the path of the binary.
fn shown(text: &str) -> String {
    text.replace(env!("CARGO_BIN_EXE_debtscan"), "debtscan")
}

#[test]
fn one_command_shows_ranking_case_and_pages_and_is_the_same_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let demo = || run(debtscan(folder.path(), &["demo", "--no-cache"]).env("COLUMNS", "100")).done();
    let first = demo();
    assert_eq!(demo(), first, "the second run finds the demo");
    assert!(first.starts_with("DEMO: All of this is invented"), "{first}");
    assert_stored!("demo", shown(&first));
    for page in ["report.html", "brief.html"] {
        let page = fs::read_to_string(folder.path().join("debtscan-demo").join(page)).expect("written");
        assert!(page.contains("DEMO: All of this is invented"));
    }
}

#[test]
fn the_suggested_commands_work_when_pasted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let json = debtscan_in(folder.path(), &["demo", "my demo", "--format", "json", "--no-cache"]).done();
    let demo: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(demo["invented"], true);
    let schema = debtscan_in(folder.path(), &["schema", "demo"]).done();
    let schema = serde_json::from_str(&schema).expect("JSON");
    assert!(jsonschema::validator_for(&schema).expect("a schema").is_valid(&demo), "{json}");
    let commands = demo["commands"].as_array().expect("a list");
    let commands: Vec<&str> = commands.iter().map(|row| row["command"].as_str().expect("text")).collect();
    assert!(commands.len() >= 4);
    for command in commands.iter().filter(|command| !command.contains("YOUR.csv")) {
        let output = Command::new("sh").args(["-c", command]).current_dir(folder.path()).env_clear().output();
        let output = output.expect("a shell");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && text.starts_with("DEMO"), "{command}: {text}");
    }
    for file in demo["files"].as_array().expect("a list") {
        assert!(folder.path().join(file["path"].as_str().expect("text")).is_file(), "{file}");
    }
}

#[test]
fn every_kind_of_output_about_it_says_that_it_is_invented() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let quiet = ["--quiet", "--no-cache"];
    let run = |args: &[&str]| debtscan_in(folder.path(), &[args, &quiet[..]].concat()).done();
    assert!(run(&["demo", "d", "--format", "markdown"]).starts_with("> DEMO: "));
    for command in ["scan", "brief", "hotspots", "knowledge", "backtest"] {
        assert!(run(&[command, "d"]).starts_with("DEMO: "), "{command}");
        assert!(run(&[command, "d", "--format", "json"]).contains("\"invented-data\""), "{command}");
        assert!(run(&[command, "d", "--format", "html"]).contains(">DEMO: "), "{command}");
    }
}

#[test]
fn the_report_says_what_was_agreed_and_which_rule_fires() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    debtscan_in(folder.path(), &["demo", "d", "--quiet", "--no-cache"]).done();
    let report = debtscan_in(folder.path(), &["d", "--format", "json", "--quiet", "--no-cache"]).done();
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let agreed = report["agreed"].as_array().expect("a list");
    assert_eq!(agreed.len(), 3);
    // Counted in business/incidents.csv: opened after 27 March 2026, fixed in payments/.
    assert_eq!(agreed[0]["rule"]["fired"], true);
    assert_eq!(
        agreed[0]["rule"]["incidents"],
        serde_json::json!(["INC-131", "INC-133", "INC-134", "INC-136"])
    );
    assert_eq!(agreed[0]["incidents_since"], serde_json::json!(["INC-136"]));
    let over = |row: &Value| row["over"] == true;
    let names: Vec<&Value> = agreed.iter().filter(|row| over(row)).map(|row| &row["name"]).collect();
    assert_eq!(names, ["Sign-in"], "accepted until 31 May, scanned on 26 June");
    let text = debtscan_in(folder.path(), &["d", "--quiet", "--no-cache"]).done();
    assert!(text.contains("Sign-in: accepted until 2026-05-31, which has passed"), "{text}");
}

#[test]
fn a_folder_with_anything_else_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("debtscan-demo")).expect("made");
    fs::write(folder.path().join("debtscan-demo/report.html"), "mine").expect("written");
    let message = debtscan_in(folder.path(), &["demo"]).failed();
    assert_eq!(
        message,
        "error: `debtscan-demo` exists and is not this demo; nothing is overwritten\n\
         hint: name a folder that does not exist: `debtscan demo FOLDER`\n"
    );
    let kept = fs::read_to_string(folder.path().join("debtscan-demo/report.html")).expect("it is there");
    assert_eq!(kept, "mine");
}
