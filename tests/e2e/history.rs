//! Which part of history counts, by flag and by configuration.

use std::fs;

use debtscan_testkit::RepoBuilder;
use serde_json::Value;

use crate::program::debtscan_in;

/// A branch by a bot and a person, merged with an edit of the merge's own.
fn repository() -> RepoBuilder {
    let mut repo = RepoBuilder::new();
    let base = repo.commit("start").write("a.rs", "fn a() {}\n").write("b.rs", "fn b() {}\n").create();
    repo.tag("v1", &base);
    repo.branch_at("side", &base);
    repo.commit("bump").write("b.rs", "fn b() {}\n// 1\n").author("release-robot", "x@example.com").create();
    let side = repo
        .commit("work\n\nCo-authored-by: Cy <cy@example.com>\n")
        .write("b.rs", "fn b() {}\n// 2\n")
        .author("Bo", "bo@example.com")
        .create();
    repo.checkout("main");
    repo.commit("main").write("a.rs", "fn a() {}\n// 1\n").create();
    repo.commit("merge")
        .merge([side])
        .write("b.rs", "fn b() {}\n// 2\n")
        .write("a.rs", "fn a() {}\n// merged\n")
        .write("c.rs", "fn c() {}\n")
        .create();
    repo
}

fn totals(repo: &RepoBuilder, args: &[&str]) -> Value {
    let args = [&["--format", "json", "--quiet"], args].concat();
    let report = debtscan_in(repo.path(), &args).done();
    serde_json::from_str::<Value>(&report).expect("the report is JSON")["totals"].take()
}

fn configure(repo: &RepoBuilder, content: &str) {
    fs::write(repo.path().join("debtscan.toml"), content).expect("written");
}

#[test]
fn first_parents_are_followed_by_flag_or_configuration() {
    let repo = repository();
    let check = |args: &[&str], commits: u64, authors: u64| {
        let totals = totals(&repo, args);
        assert_eq!(totals["commits"], commits, "{totals:#}");
        assert_eq!((&totals["merges"], &totals["merges_with_changes"]), (&Value::from(1), &Value::from(1)));
        assert_eq!(totals["authors"], authors, "{totals:#}");
    };
    check(&[], 4, 4);
    check(&["--first-parent"], 3, 1);
    let rows = |args: &[&str]| debtscan_in(repo.path(), args).done().lines().count();
    assert_eq!(rows(&["changes", "--format", "csv"]), 6, "without what the merge brought");
    assert_eq!(rows(&["changes", "--format", "csv", "--first-parent"]), 7, "with all that it brought");
    configure(&repo, "[scan]\nfirst_parent = true\n");
    check(&[], 3, 1);
}

#[test]
fn bots_of_the_configuration_are_no_authors() {
    let repo = repository();
    configure(&repo, "[people]\nbots = [\"release-*\"]\n");
    let totals = totals(&repo, &[]);
    assert_eq!(totals["authors"], 3, "Ada, Bo and Cy");
    assert_eq!(totals["bots"][0]["name"], "release-robot");
    assert_eq!(totals["commits"], 4);
    let table = debtscan_in(repo.path(), &["--full"]).done();
    assert!(table.contains("1 bot excluded from author counts"), "{table}");
}

#[test]
fn commits_of_many_files_are_counted_apart_by_flag_or_configuration() {
    let repo = repository();
    assert_eq!(totals(&repo, &[])["wide_commits"]["commits"], 0);
    configure(&repo, "[scan]\nmax_files_per_commit = 1\n");
    // The first commit and the merge touch two files each.
    assert_eq!(totals(&repo, &[])["wide_commits"]["commits"], 2);
    assert_eq!(totals(&repo, &["--max-files-per-commit", "2"])["wide_commits"]["commits"], 0);
}

#[test]
fn a_window_may_end_at_a_tag_and_an_unknown_one_is_refused() {
    let repo = repository();
    assert_eq!(totals(&repo, &["--since", "v1"])["commits"], 4, "the tagged commit is inside");
    assert_eq!(totals(&repo, &["--until", "v1"])["commits"], 0);
    configure(&repo, "[scan]\nsince = \"main~1\"\n");
    assert_eq!(totals(&repo, &[])["commits"], 1);
    let message = debtscan_in(repo.path(), &["--since", "v9"]).failed();
    assert!(
        message.starts_with("error: invalid value `v9` for --since: not a date, age or revision"),
        "{message}"
    );
    assert!(message.contains("hint: "), "{message}");
}
