//! The documents are what their schema says, whatever the report.

use serde_json::Value;

use crate::options::{Detail, Format, Names, RenderOptions};
use crate::{explanation_schema, report, report_schema, sample};
use debtscan_findings::Grouping;

fn rendered(value: &debtscan_findings::Report, options: &RenderOptions) -> String {
    let mut out = Vec::new();
    report(value, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn options(format: Format) -> RenderOptions {
    RenderOptions {
        format,
        group: Grouping::Area,
        sort: crate::options::Sort::Cost,
        top: None,
        width: 80,
        names: Names::Fitted,
        detail: Detail::Full,
        color: false,
        formulas: crate::options::Formulas::Escape,
        invocation: crate::options::Invocation::default(),
    }
}

fn check(schema: &str, document: &str, what: &str) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let document: Value = serde_json::from_str(document).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|error| format!("{what}: {error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn every_report_matches_the_schema() {
    let schema = report_schema();
    let meta: Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(meta["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert!(jsonschema::meta::is_valid(&meta));
    for (name, sample) in sample::all() {
        check(&schema, &rendered(&sample, &options(Format::Json)), name);
    }
}

#[test]
fn every_explanation_matches_the_schema() {
    let schema = explanation_schema();
    for (name, sample) in sample::explanations() {
        let mut out = Vec::new();
        crate::explanation(&sample, &options(Format::Json), &mut out).unwrap();
        check(&schema, &String::from_utf8(out).unwrap(), name);
    }
}

/// Objects of a schema, with their place.
fn objects(schema: &Value, place: &str, found: &mut Vec<(String, Value)>) {
    match schema {
        Value::Object(members) => {
            if members.contains_key("properties") {
                found.push((place.to_owned(), schema.clone()));
            }
            for (name, member) in members {
                objects(member, &format!("{place}/{name}"), found);
            }
        }
        Value::Array(members) => members.iter().for_each(|member| objects(member, place, found)),
        _ => {}
    }
}

#[test]
fn the_schema_knows_every_field_and_forbids_any_other() {
    for schema in [report_schema(), explanation_schema()] {
        let mut found = Vec::new();
        objects(&serde_json::from_str(&schema).unwrap(), "", &mut found);
        assert!(found.len() > 10);
        for (place, object) in found {
            assert_eq!(object["additionalProperties"], Value::Bool(false), "{place}");
            let required = object["required"].as_array().unwrap();
            for name in object["properties"].as_object().unwrap().keys() {
                assert!(required.contains(&Value::String(name.clone())), "{place}: {name}");
            }
        }
    }
}

#[test]
fn a_field_that_the_schema_does_not_know_is_refused() {
    let schema: Value = serde_json::from_str(&report_schema()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let mut document: Value =
        serde_json::from_str(&rendered(&sample::priced(), &options(Format::Json))).unwrap();
    assert!(validator.is_valid(&document));
    document["areas"][0]["forgotten"] = Value::Bool(true);
    assert!(!validator.is_valid(&document));
}

#[test]
fn the_document_is_stable_to_the_byte() {
    insta::with_settings!({ snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!("report_json", rendered(&sample::single(), &options(Format::Json)));
    });
    assert!(rendered(&sample::single(), &options(Format::Json)).ends_with("}\n"));
}

#[test]
fn money_is_whole_minor_units_and_figures_have_six_digits() {
    let document: Value = serde_json::from_str(&rendered(&sample::priced(), &options(Format::Json))).unwrap();
    let area = &document["areas"][1];
    assert_eq!(area["recorded"]["cost"][0]["amount_minor"], 1_824_050);
    // 10 incidents x (0.022 + 0.081 + 0.042 + 0.031) x 120,262 cents = 211,661.12
    assert_eq!(area["expected"]["cost_per_year"][0]["mean_minor"], 211_661);
    // omega = 0.18 x 44.25 / 64.25 = 0.123968871...
    assert_eq!(document["model"]["history_weight"].to_string(), "0.123969");
}

#[test]
fn a_path_that_is_not_utf_8_carries_its_bytes() {
    let document: Value =
        serde_json::from_str(&rendered(&sample::hostile(), &options(Format::Json))).unwrap();
    assert_eq!(document["files"][0]["path"], "caf\u{fffd}/m\u{fffd}ll.c");
    // c a f e9 / m fc l l . c
    assert_eq!(document["files"][0]["path_bytes_hex"], "636166e92f6dfc6c6c2e63");
    assert!(document["files"][1]["path_bytes_hex"].is_null());
}

#[test]
fn top_cuts_the_lists_and_says_so() {
    let cut = RenderOptions { top: Some(2), ..options(Format::Json) };
    let document: Value = serde_json::from_str(&rendered(&sample::many(), &cut)).unwrap();
    assert_eq!(document["areas"].as_array().unwrap().len(), 2);
    assert_eq!(document["omitted"], serde_json::json!({"areas": 38, "files": 10, "incidents": 9}));
}

#[test]
fn every_line_of_ndjson_says_what_it_is() {
    for (group, kind, n) in [(Grouping::Area, "area", 6), (Grouping::File, "file", 12)] {
        let text = rendered(&sample::priced(), &RenderOptions { group, ..options(Format::Ndjson) });
        let kinds: Vec<String> = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["kind"].as_str().unwrap().to_owned())
            .collect();
        let mut expected = vec!["report"];
        expected.extend(vec![kind; n]);
        expected.extend(vec!["incident"; 11]);
        assert_eq!(kinds, expected);
    }
}
