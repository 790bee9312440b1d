//! `--output`: a file is whole or untouched, and a reader that leaves is no failure.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::fixture::Workshop;
use crate::program::{debtscan, debtscan_in};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_file_gets_what_standard_output_would_have_got() {
    let workshop = Workshop::new();
    let args = ["shop", "--incidents", "incidents.csv", "--format", "json"];
    let printed = debtscan_in(workshop.path(), &[&args[..], &["--output", "-", "--quiet"]].concat()).done();
    let args = [&args[..], &["--output", "report.json", "--quiet"]].concat();
    assert_eq!(debtscan_in(workshop.path(), &args).done(), "");
    assert_eq!(fs::read_to_string(workshop.path().join("report.json")).expect("written"), printed);
    assert_eq!(names(workshop.path()), ["incidents.csv", "report.json", "shop"], "nothing else is left");
}

#[test]
fn a_failed_run_leaves_the_file_as_it_was() {
    let workshop = Workshop::new();
    workshop.write("report.json", "old");
    let check = |args: &[&str]| {
        debtscan_in(workshop.path(), &[&["--output", "report.json"], args].concat()).failed();
        assert_eq!(fs::read_to_string(workshop.path().join("report.json")).expect("there"), "old");
        assert_eq!(names(workshop.path()), ["incidents.csv", "report.json", "shop"]);
    };
    check(&["shop", "--incidents", "none.csv"]);
    check(&["shop", "--rev", "nowhere"]);
}

#[test]
fn a_file_that_cannot_be_written_is_refused_before_the_scan() {
    let workshop = Workshop::new();
    let refused = |output: &str| debtscan_in(workshop.path(), &["shop", "--output", output]).failed();
    insta::assert_snapshot!(refused("shop"), @"error: cannot write `shop`: it is a folder");
    insta::assert_snapshot!(refused("none/report.json"), @"error: cannot write `none/report.json`: its folder does not exist");
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let workshop = Workshop::new();
    for command in ["scan", "changes"] {
        for format in ["table", "json", "ndjson", "csv", "markdown", "html"] {
            let mut child = debtscan(workshop.path(), &[command, "shop", "--format", format])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("started");
            drop(child.stdout.take());
            let output = child.wait_with_output().expect("it ends");
            assert_eq!(output.status.code(), Some(0), "{command} {format}");
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command} {format}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let workshop = Workshop::new();
    let args = ["shop", "--format", "json", "--output", "/dev/full"];
    let message = debtscan_in(workshop.path(), &args).failed();
    assert!(message.starts_with("error: cannot write `/dev/full`: "), "{message}");
}
