//! Knowledge risk of areas, trends, debt comments, and anonymous output.

use std::fs;
use std::path::Path;

use debtscan_testkit::RepoBuilder;
use serde_json::Value;

use crate::fixture::Workshop;
use crate::lists::{check_formats, check_schema};
use crate::program::{Run, debtscan_in};

/// Names and addresses of the team that no anonymous run may say.
const NAMES: [&str; 8] = ["zelda", "quill", "yorick", "ursula", "xenia", "@team.example", "wanda", "robbie"];

/// Zelda wrote the core and left a year ago; Yorick with Ursula the rest; more people are named in
/// messages, comments, CODEOWNERS and the configuration.
fn team() -> RepoBuilder {
    let mut repo = RepoBuilder::new();
    repo.commit("Start, as Wanda wished (#7)")
        .write("core/a.rs", "// TODO(xenia): split\nfn a() {\n    if true {}\n}\n")
        .write("core/b.rs", "fn b() {}\n")
        .write("CODEOWNERS", "# Xenia knows\ncore/ @xenia-q xenia@team.example\ncli/ @org/shell\n")
        .author("Zelda Quill", "zelda@team.example")
        .create();
    repo.wait(24 * 400);
    repo.commit("Shell\n\nCo-authored-by: Ursula <ursula@team.example>\n")
        .write("cli/c.rs", "fn c() {}\nfn d() {}\n")
        .author("Yorick", "yorick@team.example")
        .create();
    repo.commit("bump")
        .write("cli/c.rs", "fn c() {}\nfn d() {}\n// x\n")
        .author("robbie[bot]", "r@team.example")
        .create();
    fs::write(
        repo.path().join("debtscan.toml"),
        "[[area]]\nname = \"Core\"\npaths = [\"core/\"]\nowner = \"Wanda W\"\n\
         [[area]]\nname = \"Shell\"\npaths = [\"cli/\"]\nowner = \"@org/shell\"\n",
    )
    .expect("written");
    repo
}

fn run(repo: &RepoBuilder, args: &[&str]) -> Run {
    debtscan_in(repo.path(), args)
}

fn json(repo: &RepoBuilder, args: &[&str]) -> Value {
    let text = run(repo, &[args, &["--format", "json", "--quiet"]].concat()).done();
    serde_json::from_str(&text).expect("JSON")
}

fn row<'a>(list: &'a Value, key: &str, name: &str) -> &'a Value {
    let rows = list[key].as_array().expect("rows");
    rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no {name} in {list:#}"))
}

#[test]
fn the_lists_come_in_every_group_and_format() {
    let workshop = Workshop::new();
    check_formats(&workshop, "knowledge", &["file", "dir", "area"]);
    check_formats(&workshop, "todos", &["file", "dir", "area"]);
    check_schema(&workshop, "knowledge", &["--loss-by", "lines-added", "--leaves", "bo example"]);
}

#[test]
fn knowledge_goes_with_the_people_who_are_gone_or_leave() {
    let repo = team();
    let list = json(&repo, &["knowledge"]);
    let core = row(&list, "knowledge", "Core");
    assert_eq!((&core["lost"], &core["main_author"]), (&Value::from(1.0), &Value::from("Zelda Quill")));
    assert_eq!(core["loss_by"], "last-written");
    assert_eq!(list["summary"]["lost_areas"][0], "Core");
    // The bot's line is nobody's: two lines by Yorick and Ursula.
    let shell = row(&list, "knowledge", "Shell");
    assert_eq!((&shell["lost"], &shell["fragmentation"]), (&Value::from(0.0), &Value::from(0.5)));
    let leaving = json(&repo, &["knowledge", "--leaves", "URSULA@team.example"]);
    assert_eq!(row(&leaving, "knowledge", "Shell")["lost_after"], 0.5);
    assert_eq!(leaving["summary"]["endangered_areas"][0], "Shell");
    fs::write(repo.path().join("left.txt"), "# gone\nYorick # last week\nnobody@nowhere\n").expect("written");
    let left = json(&repo, &["knowledge", "--left", "left.txt", "--inactive", "3y"]);
    assert_eq!(row(&left, "knowledge", "Shell")["lost"], 0.5);
    assert_eq!(row(&left, "knowledge", "Core")["lost"], 0.0);
    assert_eq!(left["summary"]["unknown_people"], serde_json::json!(["nobody@nowhere"]));
    let strict = run(&repo, &["knowledge", "--left", "left.txt", "--strict"]);
    assert_eq!(strict.code, 1, "{strict:?}");
    assert!(strict.stdout.contains("1 of 2 names in the list of leavers"), "{strict:?}");
    let message = run(&repo, &["knowledge", "--leaves", "Ursola"]).failed();
    assert!(message.ends_with("hint: did you mean `Ursula`?\n"), "{message}");
    let message = run(&repo, &["knowledge", "--leaves", "Nemo"]).failed();
    assert!(message.starts_with("error: no author matches `Nemo`\nhint: "), "{message}");
}

#[test]
fn a_trend_follows_a_file_a_function_a_folder_and_an_area() {
    let repo = team();
    for target in ["core/a.rs", "core/a.rs:a", "core", "Core"] {
        let list = json(&repo, &["trend", target, "--every", "quarter"]);
        let points = list["points"].as_array().expect("points");
        assert_eq!(points.len(), 5, "four quarters ended since, and today: {list:#}");
        assert_eq!(
            points[0]["cyclomatic"],
            if target == "core/a.rs:a" || target == "core/a.rs" { 2 } else { 3 }
        );
    }
    let some = json(&repo, &["trend", "cli", "--every", "1", "--points", "1"]);
    assert_eq!(
        (some["points"].as_array().map(Vec::len), &some["summary"]["left_out"]),
        (Some(1), &Value::from(1))
    );
    let table = run(&repo, &["trend", "Shell"]).done();
    assert!(table.contains("areas use today's rules"), "{table}");
    let message = run(&repo, &["trend", "core/a.rs:b"]).failed();
    assert!(message.starts_with("error: `core/a.rs` has no single function named `b`"), "{message}");
    let message = run(&repo, &["trend", "cor/a.rs"]).failed();
    assert!(message.contains("did you mean core/a.rs"), "{message}");
    assert!(run(&repo, &["trend", "core", "--until", "2024-01-01"]).failed().contains("--rev"));
}

#[test]
fn a_comment_that_admits_debt_has_the_age_of_its_line() {
    let repo = team();
    let list = json(&repo, &["todos"]);
    let todo = &list["todos"][0];
    assert_eq!((&todo["path"], &todo["line"]), (&Value::from("core/a.rs"), &Value::from(1)));
    assert_eq!((&todo["text"], &todo["age_days"]), (&Value::from("TODO(xenia): split"), &Value::from(400)));
    assert_eq!(row(&list, "sums", "Core")["comments"], 1);
}

/// Everything that a run says or keeps, lower case.
fn said(repo: &RepoBuilder, cache: &Path, args: &[&str]) -> String {
    let place = cache.to_str().expect("UTF-8");
    let run = run(repo, &[args, &["--anonymize", "--cache-dir", place]].concat());
    format!("{}{}", run.stdout, run.stderr).to_lowercase()
}

#[test]
fn an_anonymous_run_names_nobody() {
    let repo = team();
    let cache = tempfile::tempdir().expect("a folder");
    let commands: [&[&str]; 15] = [
        &["scan"],
        &["scan", "--areas", "codeowners"],
        &["explain", "Core"],
        &["explain", "cli/c.rs"],
        &["changes"],
        &["hotspots", "--group", "area"],
        &["knowledge"],
        &["knowledge", "--group", "file", "--areas", "codeowners"],
        &["todos"],
        &["trend", "Core"],
        &["areas"],
        &["areas", "--areas", "codeowners", "--group", "file"],
        &["coupling"],
        &["explain", "Sell"],
        &["trend", "Sell"],
    ];
    for command in commands {
        for format in ["table", "json", "ndjson", "csv", "markdown", "html"] {
            let text = said(&repo, cache.path(), &[command, &["--format", format]].concat());
            assert!(!text.is_empty());
            for name in NAMES {
                assert!(!text.contains(name), "{command:?} --format {format} says {name}:\n{text}");
            }
        }
    }
    let knowledge = said(&repo, cache.path(), &["knowledge", "--format", "csv"]);
    assert!(knowledge.contains("person-") && knowledge.contains("@org/shell"), "{knowledge}");
    fs::write(repo.path().join("left.txt"), "\nUrsula\nYoric\n").expect("written");
    let left = said(&repo, cache.path(), &["knowledge", "--left", "left.txt"]);
    assert!(left.contains("match no author: line 3.") && !left.to_lowercase().contains("yoric"), "{left}");
    let leaving = said(&repo, cache.path(), &["knowledge", "--leaves", "Ursula"]);
    assert!(leaving.contains("if person-") && !leaving.contains("ursula"), "{leaving}");
    let number = leaving.split("if person-").nth(1).and_then(|rest| rest.split(' ').next()).expect("a name");
    let again = said(&repo, cache.path(), &["knowledge", "--leaves", &format!("person-{number}")]);
    assert_eq!(again, leaving, "a pseudonym can be typed");
}

#[test]
fn a_key_changes_the_pseudonyms_and_may_stand_in_the_configuration() {
    let repo = team();
    let main = |args: &[&str]| {
        let list = json(&repo, &[&["knowledge"], args].concat());
        row(&list, "knowledge", "Core")["main_author"].as_str().expect("a name").to_owned()
    };
    fs::write(repo.path().join("people.key"), "a long secret\n").expect("written");
    fs::write(repo.path().join("empty.key"), "\n").expect("written");
    let (public, keyed) = (main(&["--anonymize"]), main(&["--anonymize-key", "people.key"]));
    assert!(public.starts_with("person-") && keyed.starts_with("person-") && public != keyed);
    let config = fs::read_to_string(repo.path().join("debtscan.toml")).expect("there");
    let config = format!("[people]\nanonymize_key = \"people.key\"\n{config}");
    fs::write(repo.path().join("debtscan.toml"), config).expect("written");
    assert_eq!(main(&[]), keyed);
    assert!(run(&repo, &["knowledge", "--anonymize-key", "empty.key"]).failed().contains("is empty"));
    assert!(run(&repo, &["knowledge", "--anonymize-key", "no.key"]).failed().contains("cannot read the key"));
}
