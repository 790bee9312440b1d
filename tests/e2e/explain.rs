//! `debtscan explain`: from a figure down to commits and incidents.

use crate::assert_stored;
use crate::fixture::Workshop;
use crate::program::debtscan_in;

fn explain(target: &str, args: &[&str]) -> String {
    let workshop = Workshop::new();
    let base = ["explain", target, "shop", "--incidents", "incidents.csv", "--quiet"];
    debtscan_in(workshop.path(), &[&base[..], args].concat()).done()
}

#[test]
fn a_file_is_explained_down_to_incidents_and_commits() {
    let workshop = Workshop::new();
    let text = explain("payment/src/charge.rs", &[]);
    assert!(text.contains("INC-1") && text.contains(&workshop.fixes[0][..7]), "{text}");
    assert_stored!("explain_file", text);
}

#[test]
fn an_area_is_explained_down_to_its_files() {
    let text = explain("payment", &[]);
    assert!(text.contains("payment/src/charge.rs") && text.contains("INC-4"), "{text}");
    assert_stored!("explain_area", text);
}

#[test]
fn a_target_may_be_written_as_a_shell_completes_it() {
    assert_eq!(explain("payment/", &[]), explain("payment", &[]));
    assert_eq!(explain("./payment/src/charge.rs", &[]), explain("payment/src/charge.rs", &[]));
}

#[test]
fn an_older_name_leads_to_the_present_file() {
    let text = explain("payment/src/again.rs", &[]);
    assert!(text.contains("payment/src/retry.rs"), "{text}");
}

#[test]
fn explanations_are_there_for_programs_and_for_pasting() {
    assert_stored!("explain_json", explain("payment/src/retry.rs", &["--format", "json"]));
    assert_stored!("explain_markdown", explain("payment/src/retry.rs", &["--format", "markdown"]));
}

#[test]
fn an_unknown_target_is_met_with_suggestions() {
    let workshop = Workshop::new();
    let message = debtscan_in(workshop.path(), &["explain", "paymnet", "shop"]).failed();
    assert!(message.starts_with("error: no area or file named `paymnet`"), "{message}");
    assert!(message.contains("\nhint: did you mean payment"), "{message}");
}

#[test]
fn what_probably_introduced_an_incident_is_a_hint_that_changes_no_figure() {
    let text = explain("payment/src/charge.rs", &["--introduced"]);
    assert!(text.contains("PROBABLY INTRODUCED BY"), "{text}");
    assert_stored!("explain_introduced", text);
    let workshop = Workshop::new();
    let report = |args: &[&str]| {
        let base = ["shop", "--incidents", "incidents.csv", "--quiet", "--format", "json"];
        let text = debtscan_in(workshop.path(), &[&base[..], args].concat()).done();
        serde_json::from_str::<serde_json::Value>(&text).expect("JSON")
    };
    let plain = report(&[]);
    let mut with_hints = report(&["--introduced"]);
    assert_ne!(plain, with_hints);
    for incident in with_hints["incidents"].as_array_mut().expect("a list") {
        incident.as_object_mut().expect("an object").remove("introduced");
    }
    assert_eq!(plain, with_hints);
    let message = debtscan_in(workshop.path(), &["shop", "--introduced"]).failed();
    assert!(message.contains("--format json"), "{message}");
}
