//! `debtscan.toml`.

use std::fs;

use serde_json::Value;

use crate::fixture::Workshop;
use crate::program::debtscan_in;

#[test]
fn an_unknown_key_is_shown_with_a_caret_and_a_suggestion() {
    let workshop = Workshop::new();
    workshop.write("shop/debtscan.toml", "[project]\nname = \"Shop\"\n\n[scan]\nexlude = [\"search/\"]\n");
    let message = debtscan_in(&workshop.shop(), &[]).failed();
    insta::assert_snapshot!(message, @r#"
        error: cannot use `debtscan.toml`: unknown key `exlude`
           ╭─[debtscan.toml:5:1]
         4 │ [scan]
         5 │ exlude = ["search/"]
           · ───┬──
           ·    ╰── did you mean `exclude`?
           ╰────
        hint: `debtscan init --output -` prints every known key
    "#);
}

#[test]
fn what_init_writes_changes_nothing_and_is_never_overwritten() {
    let workshop = Workshop::new();
    let before = debtscan_in(workshop.path(), &["shop", "--format", "json"]).done();
    let run = debtscan_in(&workshop.shop(), &["init"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_eq!(run.stderr, "wrote debtscan.toml: uncomment what you need\n");
    let written = fs::read_to_string(workshop.shop().join("debtscan.toml")).expect("written");
    assert_eq!(debtscan_in(workshop.path(), &["shop", "--format", "json"]).done(), before);

    // What is found takes the place of the examples, as comments.
    for line in ["#name = \"shop\"", "#[[area]]", "#name = \"payment\"", "#paths = [\"search/\"]"] {
        assert!(written.lines().any(|other| other == line), "{line}: {written}");
    }
    let areas = written.find("#[[area]]").expect("an area");
    let used = written[areas..].replace("\n#", "\n").replacen('#', "", 1);
    workshop.write("areas.toml", &used);
    let args = ["shop", "--config", "areas.toml", "--areas", "config", "--format", "json"];
    let report: Value = serde_json::from_str(&debtscan_in(workshop.path(), &args).done()).expect("JSON");
    let names: Vec<_> = report["areas"].as_array().expect("areas").iter().map(|area| &area["name"]).collect();
    assert!(names.contains(&&"payment".into()) && names.contains(&&"search".into()), "{names:?}");

    let template = debtscan_in(workshop.path(), &["init", "--output", "-"]).done();
    assert!(template.contains("#name = \"Web shop\""), "outside a repository nothing is found");
    assert_eq!(debtscan_in(&workshop.shop(), &["init", "--output", "-"]).done(), written);
    let message = debtscan_in(&workshop.shop(), &["init"]).failed();
    insta::assert_snapshot!(message, @r"
        error: cannot write `debtscan.toml`: it exists, and is not overwritten
        hint: edit it, or move it away first; `--output -` prints the template
    ");
    assert_eq!(fs::read_to_string(workshop.shop().join("debtscan.toml")).expect("still there"), written);
}

#[test]
fn init_writes_into_the_root_of_the_repository() {
    let workshop = Workshop::new();
    workshop.write("shop/payment/src/new.rs", "");
    assert_eq!(debtscan_in(workshop.path(), &["init", "shop/payment/src", "--quiet"]).done(), "");
    assert!(workshop.shop().join("debtscan.toml").is_file());
    let outside = tempfile::tempdir().expect("a temporary folder");
    let message = debtscan_in(outside.path(), &["init"]).failed();
    assert!(message.starts_with("error: no git work tree at or above `.`"), "{message}");
}

#[test]
fn areas_and_incidents_come_from_the_configuration_and_flags_win() {
    let workshop = Workshop::new();
    workshop.write(
        "shop/debtscan.toml",
        "[project]\nname = \"The Shop\"\n\
         [incidents]\nfiles = [\"incidents.csv\"]\n\
         [[area]]\nname = \"Money\"\npaths = [\"payment/\"]\naliases = [\"payment\"]\nowner = \"till\"\n",
    );
    fs::copy(workshop.path().join("incidents.csv"), workshop.shop().join("incidents.csv")).expect("copied");
    let report = |args: &[&str]| -> Value {
        let args = [&["shop", "--format", "json", "--quiet"], args].concat();
        serde_json::from_str(&debtscan_in(workshop.path(), &args).done()).expect("the report is JSON")
    };
    let names = |report: &Value| -> Vec<String> {
        let areas = report["areas"].as_array().expect("areas");
        areas.iter().map(|area| area["name"].as_str().expect("a name").to_owned()).collect()
    };
    let configured = report(&[]);
    assert!(names(&configured).contains(&"Money".to_owned()), "{:?}", names(&configured));
    assert_eq!(configured["incidents"].as_array().expect("incidents").len(), 6);
    let by_folder = report(&["--areas", "dir:1"]);
    assert!(!names(&by_folder).contains(&"Money".to_owned()), "{:?}", names(&by_folder));

    workshop.write("one.csv", "id,opened_at,path\nX-1,2024-03-01,payment/src/charge.rs\n");
    let other = report(&["--incidents", "one.csv"]);
    assert_eq!(other["incidents"].as_array().expect("incidents").len(), 1);
}

#[test]
fn areas_of_the_configuration_need_a_configuration() {
    let workshop = Workshop::new();
    insta::assert_snapshot!(debtscan_in(workshop.path(), &["shop", "--areas", "config"]).failed(), @r"
        error: `--areas config` needs areas, but the configuration has no [[area]]
        hint: add areas to debtscan.toml (`debtscan init`), or omit --areas
    ");
}

#[test]
fn excluded_paths_are_out_whether_configured_or_typed() {
    let workshop = Workshop::new();
    let changes = |args: &[&str]| {
        debtscan_in(workshop.path(), &[&["changes", "shop", "--format", "csv"], args].concat()).done()
    };
    assert!(changes(&[]).contains("search/src/index.rs"));
    assert!(!changes(&["--exclude", "search/"]).contains("search/src/index.rs"));
    workshop.write("other.toml", "[scan]\nexclude = [\"search/\"]\n");
    let both = changes(&["--config", "other.toml", "--exclude", "*.md"]);
    assert!(!both.contains("search/src/index.rs") && !both.contains("README.md"), "{both}");
    assert!(both.contains("payment/src/charge.rs"));
}

#[test]
fn a_configuration_that_is_named_must_be_there() {
    let workshop = Workshop::new();
    insta::assert_snapshot!(debtscan_in(workshop.path(), &["shop", "--config", "no.toml"]).failed(), @"error: cannot read the configuration `no.toml`: No such file or directory (os error 2)");
}

#[test]
fn a_constant_of_the_ranking_that_is_set_changes_the_ranking_and_every_output_says_so() {
    let workshop = Workshop::new();
    let ranked = |arguments: &[&str]| {
        let all = [&["shop", "--incidents", "incidents.csv", "--format", "json", "--quiet"], arguments];
        let report = debtscan_in(workshop.path(), &all.concat()).done();
        let report: Value = serde_json::from_str(&report).expect("the report is JSON");
        (report["model"]["changed_constants"].clone(), report["areas"].clone())
    };
    let shipped = ranked(&[]);
    assert_eq!(shipped.0, Value::Array(Vec::new()));
    workshop.write("own.toml", "[ranking]\nmax_own_weight = 0.9\n");
    let set = ranked(&["--config", "own.toml"]);
    assert_eq!(set.0, serde_json::json!([{ "name": "max_own_weight", "value": 0.9, "shipped": 0.18 }]));
    assert_ne!(set.1, shipped.1);
    let words = "max_own_weight 0.9 (default: 0.18)";
    for command in [&["shop"][..], &["explain", "payment", "shop"], &["hotspots", "shop"]] {
        let options = ["--incidents", "incidents.csv", "--config", "own.toml", "--quiet"];
        let text = debtscan_in(workshop.path(), &[command, &options].concat()).done();
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(words), "{command:?}: {text}");
    }
}
