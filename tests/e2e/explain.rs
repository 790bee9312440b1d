//! `debtscan explain`: from a figure down to commits and incidents.

use crate::arithmetic::result_of;
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
        incident["introduced"] = serde_json::Value::Null;
    }
    assert_eq!(plain, with_hints);
    let message = debtscan_in(workshop.path(), &["shop", "--introduced"]).failed();
    assert!(message.contains("--format json"), "{message}");
}

/// Every target of the shop: its areas and source files.
const TARGETS: [&str; 6] = [
    "payment",
    "search",
    "payment/src/charge.rs",
    "payment/src/retry.rs",
    "search/src/index.rs",
    "search/src/query.rs",
];

/// The result as outputs print it: six significant digits.
fn printed(value: f64) -> f64 {
    format!("{value:.5e}").parse().expect("a number")
}

#[test]
fn every_step_follows_from_its_printed_numbers() {
    let workshop = Workshop::new();
    let incidents = ["--incidents", "incidents.csv"];
    for (target, options) in TARGETS.iter().flat_map(|target| [(target, &incidents[..]), (target, &[])]) {
        let base = ["explain", target, "shop", "--quiet", "--format", "json"];
        let text = debtscan_in(workshop.path(), &[&base[..], options].concat()).done();
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let steps = json["steps"].as_array().expect("a list");
        let value = |name: &str| {
            let step = steps.iter().find(|step| step["quantity"] == name);
            step.unwrap_or_else(|| panic!("no {name} in {text}"))["value"].as_f64().expect("a number")
        };
        for step in steps {
            let inputs = step["inputs"].as_str().expect("a text");
            let (computed, stated) = (printed(result_of(inputs)), step["value"].as_f64().expect("a number"));
            assert!((computed - stated).abs() <= 1e-12 * stated.abs(), "{target}: {step}: {computed}");
        }
        // The printed parts give the printed total, and the total is the one of the report.
        let is_near = |a: f64, b: f64| (a - b).abs() <= 2e-5 * b.abs();
        let names = ["factor change rate", "factor complexity", "factor neighbours"];
        let mut product = value("size share") * names.iter().map(|name| value(name)).product::<f64>();
        if !options.is_empty() {
            product *= value("factor past incidents");
        }
        assert!(is_near(product, value("share")), "{target}: {product}");
        assert!(is_near(value("share as a product"), value("share")), "{target}");
        assert!(is_near(json["expected"]["share"].as_f64().expect("a number"), value("share")), "{target}");
        if !options.is_empty() {
            let mean = json["expected"]["cost_per_year"][0]["mean_minor"].as_f64().expect("a number");
            assert!(is_near(value("expected cost per year, $"), mean / 100.0), "{target}");
        }
    }
}

#[test]
fn markdown_shows_numbers_that_give_the_result() {
    let markdown = explain("payment/src/retry.rs", &["--format", "markdown"]);
    let rows = markdown.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [_, _, inputs, result] = cells[..] else { return None };
        Some((inputs.replace(['\\', '`', '*'], ""), result.replace(['*', ','], "").parse::<f64>().ok()?))
    });
    let mut checked = 0;
    for (inputs, result) in rows {
        assert!((printed(result_of(&inputs)) - result).abs() <= 1e-12 * result.abs(), "{inputs}: {result}");
        checked += 1;
    }
    assert!(checked > 20, "{checked} steps in {markdown}");
}
