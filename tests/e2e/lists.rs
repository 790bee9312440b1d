//! The commands that print lists: their JSON is what its schema says, every format works, and the
//! number of threads changes nothing.

use serde_json::Value;

use crate::assert_stored;
use crate::fixture::Workshop;
use crate::program::debtscan_in;

/// Runs a list on the shop with its incidents.
fn list(workshop: &Workshop, command: &str, args: &[&str]) -> String {
    let all = [&[command, "shop", "--incidents", "incidents.csv", "--quiet"], args].concat();
    debtscan_in(workshop.path(), &all).done()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the list is JSON")
}

/// Holds JSON against the schema of its command.
pub(crate) fn check_schema(workshop: &Workshop, command: &str, args: &[&str]) {
    let schema = json(&debtscan_in(workshop.path(), &["schema", command]).done());
    let validator = jsonschema::validator_for(&schema).expect("the schema is a JSON Schema");
    let document = json(&list(workshop, command, &[args, &["--format", "json"]].concat()));
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{command} {args:?}: {errors:#?}");
    let mut broken = document;
    broken.as_object_mut().expect("an object").remove("trust");
    assert!(!validator.is_valid(&broken), "a list without `trust` passes the schema");
}

/// Every group in every format, with one thread and with eight.
pub(crate) fn check_formats(workshop: &Workshop, command: &str, groups: &[&str]) {
    for group in groups {
        check_schema(workshop, command, &["--group", group]);
        check_schema(workshop, command, &["--group", group, "--top", "1"]);
        for format in ["table", "json", "ndjson", "csv", "markdown", "html"] {
            let of =
                |jobs: &str| list(workshop, command, &["--group", group, "--format", format, "--jobs", jobs]);
            let text = of("1");
            assert!(!text.is_empty(), "{command} {group} {format}");
            assert_eq!(text, of("8"), "{command} {group} {format}");
        }
    }
}

#[test]
fn hotspots_come_in_every_group_and_format() {
    let workshop = Workshop::new();
    check_formats(&workshop, "hotspots", &["file", "dir", "area"]);
    assert_stored!("hotspots", list(&workshop, "hotspots", &[]));
    assert_stored!("hotspots_csv", list(&workshop, "hotspots", &["--format", "csv"]));
}

#[test]
fn coupling_comes_in_every_group_and_format() {
    let workshop = Workshop::new();
    check_formats(&workshop, "coupling", &["file", "dir", "area"]);
    let open = ["--min-revisions", "1", "--min-shared", "1", "--min-degree", "1"];
    check_schema(&workshop, "coupling", &open);
    assert_stored!("coupling", list(&workshop, "coupling", &open));
    assert_stored!("coupling_csv", list(&workshop, "coupling", &[&open[..], &["--format", "csv"]].concat()));
    let sums = list(&workshop, "coupling", &["--sums", "--format", "csv"]);
    assert!(sums.starts_with("sum,name,path,"), "{sums}");
    let args = ["coupling", "shop", "--min-degree", "50", "--max-degree", "40"];
    let failed = debtscan_in(workshop.path(), &args).failed();
    assert!(failed.contains("`--min-degree 50` is above `--max-degree 40`"), "{failed}");
}

#[test]
fn areas_come_in_every_group_and_format() {
    let workshop = Workshop::new();
    check_formats(&workshop, "areas", &["file", "dir", "area"]);
    assert_stored!("areas", list(&workshop, "areas", &[]));
    assert_stored!("areas_csv", list(&workshop, "areas", &["--format", "csv"]));
}

#[test]
fn a_written_area_map_gives_the_same_areas() {
    let workshop = Workshop::new();
    let areas = |args: &[&str]| -> Value {
        let document =
            json(&list(&workshop, "areas", &[args, &["--group", "file", "--format", "json"]].concat()));
        let of = |row: &Value| (row["path"].clone(), row["area_ids"].clone());
        document["members"]
            .as_array()
            .expect("rows")
            .iter()
            .map(of)
            .map(|(a, b)| Value::from(vec![a, b]))
            .collect()
    };
    for source in ["packages", "folders", "dir:2"] {
        let before = areas(&["--areas", source]);
        let written = list(&workshop, "areas", &["--areas", source, "--write-config"]);
        workshop.write("map.toml", &written);
        assert_eq!(before, areas(&["--config", "map.toml", "--areas", "config"]), "{source}: {written}");
    }
    assert_stored!("areas_config", list(&workshop, "areas", &["--write-config"]));
}

#[test]
fn functions_come_in_every_format_and_know_the_incidents_that_were_fixed_in_them() {
    let workshop = Workshop::new();
    let function = ["--group", "function"];
    let schema = json(&debtscan_in(workshop.path(), &["schema", "functions"]).done());
    let validator = jsonschema::validator_for(&schema).expect("the schema is a JSON Schema");
    for files in ["1", "20", "all"] {
        let args = [&function[..], &["--files", files]].concat();
        let document = json(&list(&workshop, "hotspots", &[&args[..], &["--format", "json"]].concat()));
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        for format in ["table", "json", "ndjson", "csv", "markdown", "html"] {
            let of = |more: &[&str]| {
                list(&workshop, "hotspots", &[&args[..], &["--format", format], more].concat())
            };
            assert_eq!(of(&["--jobs", "1", "--no-cache"]), of(&["--jobs", "8"]), "{format}");
        }
    }
    assert_stored!("hotspots_functions", list(&workshop, "hotspots", &function));
    let message = debtscan_in(workshop.path(), &["hotspots", "shop", "--files", "3"]).failed();
    assert!(message.contains("--group function"), "{message}");
}

#[test]
fn a_hotspot_has_the_same_score_whatever_folder_is_scanned() {
    let workshop = Workshop::new();
    let scores = |path: &str| {
        let text = debtscan_in(workshop.path(), &["hotspots", path, "--format", "json"]).done();
        let mut rows: Vec<(String, String)> = json(&text)["hotspots"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| (row["path"].to_string(), row["score"].to_string()))
            .collect();
        rows.retain(|(path, _)| path.contains("payment"));
        rows
    };
    std::fs::create_dir_all(workshop.shop().join("payment")).expect("made");
    assert_eq!(scores("shop").len(), 2);
    assert_eq!(scores("shop"), scores("shop/payment"));
}
