//! `--sort changed`: what changed this year, beside the order by cost.

use serde_json::Value;

use crate::fixture::Workshop;
use crate::program::debtscan_in;

const SCAN: [&str; 6] = ["scan", "shop", "--incidents", "incidents.csv", "--quiet", "--sort"];

fn shop(args: &[&str]) -> String {
    let workshop = Workshop::new();
    debtscan_in(workshop.path(), &[&SCAN[..], args].concat()).done()
}

#[test]
fn areas_come_in_the_order_of_what_changed_in_every_format() {
    let json: Value = serde_json::from_str(&shop(&["changed", "--format", "json"])).expect("JSON");
    let areas = json["areas"].as_array().expect("a list");
    let ranks: Vec<Option<u64>> = areas.iter().map(|area| area["change"]["rank"].as_u64()).collect();
    // Three incidents of payment, two of search, all of this year; none of what is unassigned.
    assert_eq!(ranks, [Some(1), Some(2), None], "{areas:#?}");
    let counts = |key: &str| areas[..2].iter().map(|area| area["change"][key].as_u64()).collect::<Vec<_>>();
    assert_eq!(counts("incidents_last_12_months"), [Some(3), Some(2)]);
    assert_eq!(counts("incidents_previous_12_months"), [Some(0), Some(0)]);
    for format in ["table", "markdown", "html", "csv", "ndjson"] {
        // Data quality names that folder.
        let text = shop(&["changed", "--format", format]).replace("search/tests", "");
        let place = |name: &str| text.find(name).unwrap_or_else(|| panic!("no {name} in {text}"));
        assert!(place("payment") < place("search"), "{format}: {text}");
    }
    assert!(shop(&["changed"]).contains("WHAT CHANGED THIS YEAR"));
    assert!(!shop(&["cost"]).contains("WHAT CHANGED THIS YEAR"));
    assert!(shop(&["cost", "--full"]).contains("WHAT CHANGED THIS YEAR"));
}

#[test]
fn the_order_needs_areas_and_incidents() {
    let workshop = Workshop::new();
    let failed = |args: &[&str]| debtscan_in(workshop.path(), args).failed();
    let message = failed(&[&SCAN[..], &["changed", "--group", "file"]].concat());
    assert!(message.starts_with("error: `--sort changed` orders areas, not files"), "{message}");
    let message = failed(&["scan", "shop", "--sort", "changed"]);
    assert!(message.starts_with("error: `--sort changed` needs incidents"), "{message}");
}

#[test]
fn the_report_and_the_business_case_have_one_order() {
    let workshop = Workshop::new();
    let json = |args: &[&str]| -> Value {
        let text = debtscan_in(workshop.path(), &[args, &["--format", "json"]].concat()).done();
        serde_json::from_str(&text).expect("JSON")
    };
    let report = json(&[&SCAN[..], &["changed"]].concat());
    let brief = json(&["brief", "shop", "--incidents", "incidents.csv", "--quiet"]);
    let areas = report["areas"].as_array().expect("a list").iter();
    let changed: Vec<&Value> = areas.filter(|area| !area["change"]["rank"].is_null()).collect();
    let ids: Vec<&Value> = changed.iter().map(|area| &area["id"]).collect();
    assert_eq!(ids, brief["by_change"].as_array().expect("a list").iter().collect::<Vec<_>>());
    for area in changed {
        let row = brief["portfolio"].as_array().expect("a list").iter().find(|row| row["id"] == area["id"]);
        let row = row.expect("the same areas");
        assert_eq!(row["incidents_last_year"], area["change"]["incidents_last_12_months"]);
        assert_eq!(row["rise_by_chance"], area["change"]["rise_by_chance"]);
    }
}
