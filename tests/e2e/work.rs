//! Where work went, and how long changes take.

use debtscan_testkit::RepoBuilder;
use serde_json::Value;

use crate::fixture::Workshop;
use crate::lists::{check_formats, check_schema};
use crate::program::debtscan_in;

/// 40 squashed pull requests, an hour apart, merged in the order 2, 1, 4, 3, ...: even ones repair, odd ones add.
fn project() -> RepoBuilder {
    let mut repo = RepoBuilder::new();
    for number in (1..=40_u32).map(|nth| if nth % 2 == 1 { nth + 1 } else { nth - 1 }) {
        let what = if number % 2 == 0 { "Fix crash" } else { "Add page" };
        let file = format!("lib/{}.c", number % 5);
        repo.commit(format!("{what} {number} (#{number})")).write(file, format!("int a{number};\n")).create();
    }
    repo
}

fn json(repo: &RepoBuilder, args: &[&str]) -> Value {
    let args = [args, &["--format", "json", "--quiet"]].concat();
    serde_json::from_str(&debtscan_in(repo.path(), &args).done()).expect("JSON")
}

fn row<'a>(list: &'a Value, sheet: &str, key: &str, value: &str) -> &'a Value {
    let rows = list[sheet].as_array().expect("rows");
    rows.iter().find(|row| row[key] == value).unwrap_or_else(|| panic!("no {value} in {list:#}"))
}

#[test]
fn the_lists_come_in_every_format() {
    let workshop = Workshop::new();
    check_formats(&workshop, "allocation", &["kind", "month", "area"]);
    check_schema(&workshop, "delivery", &[]);
    check_schema(&workshop, "delivery", &["--source", "ticket", "--top", "1"]);
}

#[test]
fn work_is_what_messages_say_and_shares_have_ranges() {
    let list = json(&project(), &["allocation"]);
    assert_eq!(list["summary"]["changes"], 40);
    assert_eq!(row(&list, "kinds", "kind", "repair")["seen_changes"], 20);
    assert_eq!(row(&list, "kinds", "kind", "new")["seen_changes"], 20);
    let share = &row(&list, "kinds", "kind", "repair")["share_of_changes"];
    let end = |end: &str| share[end].as_f64().expect("a number");
    assert!(0.0 < end("low") && end("low") < end("mean") && end("mean") < end("high"), "{share}");
    assert_eq!(row(&list, "rules", "rule", "words")["share"], 1.0);
}

#[test]
fn a_sample_has_the_lowest_commit_ids_and_can_be_read_back() {
    let repo = project();
    let sample = debtscan_in(repo.path(), &["allocation", "--sample", "3"]).done();
    let mut ids: Vec<String> = String::from_utf8(repo.git(&["log", "--format=%H"]))
        .expect("ids")
        .lines()
        .map(str::to_owned)
        .collect();
    ids.sort();
    let found: Vec<&str> = sample.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(found, ids[..3]);
    assert!(sample.starts_with("commit,kind,subject,time,files,paths\n"), "{sample}");
    let labelled = sample.replace(",,Fix", ",repair,Fix").replace(",,Add", ",new,Add");
    std::fs::write(repo.path().join("labels.csv"), labelled).expect("written");
    let list = json(&repo, &["allocation", "--labels", "labels.csv"]);
    assert_eq!(list["summary"]["labels_own"], 3);
    let agreed: u64 =
        list["accuracy"].as_array().expect("rows").iter().filter_map(|row| row["agreed"].as_u64()).sum();
    assert_eq!(agreed, 3);
    let anonymous = debtscan_in(repo.path(), &["allocation", "--sample", "3", "--anonymize"]).done();
    assert!(!anonymous.contains("crash") && !anonymous.contains("page"), "{anonymous}");
    let hidden = json(&repo, &["allocation", "--anonymize"]);
    assert_eq!(row(&hidden, "kinds", "kind", "repair")["seen_changes"], 20);
}

#[test]
fn pull_requests_are_timed_by_the_numbers_of_others() {
    let list = json(&project(), &["delivery"]);
    assert_eq!(list["summary"]["source"], "request");
    let row = row(&list, "sources", "source", "request");
    // Odd numbers are merged an hour after the next one, even ones at once.
    assert_eq!(
        (&row["commits"], &row["zero"], &row["median_days"]),
        (&Value::from(40), &Value::from(0.5), &Value::Null)
    );
    let days = row["p75_days"].as_f64().expect("a number");
    assert!((days - 1.0 / 24.0).abs() < 1e-6, "{days}");
    assert_eq!(list["summary"]["check_changes"], Value::Null);
}

#[test]
fn a_patch_applied_by_another_person_is_timed_from_writing() {
    let mut repo = RepoBuilder::new();
    for nth in 0..40 {
        let written = repo.now();
        repo.wait(47);
        repo.commit(format!("patch {nth}"))
            .write("lib/a.c", format!("int a{nth};\n"))
            .committer("Maintainer", "m@example.org")
            .authored_at(written)
            .create();
    }
    let list = json(&repo, &["delivery"]);
    assert_eq!(list["summary"]["source"], "applied");
    let row = row(&list, "sources", "source", "applied");
    assert_eq!(row["coverage"], 1.0);
    let days = row["median_days"].as_f64().expect("a number");
    assert!((1.9..=2.1).contains(&days), "{days}");
}
