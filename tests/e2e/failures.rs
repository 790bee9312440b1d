//! Exit code 2: what is said, and that nothing else is.

use debtscan_testkit::RepoBuilder;

use crate::fixture::Workshop;
use crate::program::debtscan_in;

#[test]
fn a_folder_without_repository() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let message = debtscan_in(folder.path(), &[]).failed();
    assert!(message.starts_with("error: `.` is not in a git repository"), "{message}");
    assert!(message.contains("\nhint: "), "{message}");
}

#[test]
fn a_repository_without_commits() {
    let repo = RepoBuilder::new();
    insta::assert_snapshot!(debtscan_in(repo.path(), &[]).failed(), @r"
        error: `main` has no commits yet
        hint: commit something, or name another branch with --rev
    ");
}

#[test]
fn a_path_that_is_not_there() {
    let workshop = Workshop::new();
    insta::assert_snapshot!(debtscan_in(workshop.path(), &["nowhere"]).failed(), @r"
        error: cannot open `nowhere`: no such file or folder
        hint: give the path of a git checkout or bare repository
    ");
}

#[test]
fn a_mistyped_command() {
    let workshop = Workshop::new();
    insta::assert_snapshot!(debtscan_in(workshop.path(), &["chnages"]).failed(), @r"
        error: cannot open `chnages`: no such file or folder
        hint: did you mean the command `debtscan changes`?
    ");
}

#[test]
fn a_path_to_a_file() {
    let workshop = Workshop::new();
    insta::assert_snapshot!(debtscan_in(workshop.path(), &["incidents.csv"]).failed(), @r"
        error: `incidents.csv` is not a folder
        hint: `debtscan --incidents incidents.csv` reads incidents from it
    ");
    workshop.write("main.rs", "");
    insta::assert_snapshot!(debtscan_in(workshop.path(), &["main.rs"]).failed(), @r"
        error: `main.rs` is not a folder
        hint: `debtscan explain main.rs` explains one file of the repository
    ");
}

#[test]
fn an_unknown_revision() {
    let workshop = Workshop::new();
    let message = debtscan_in(workshop.path(), &["shop", "--rev", "nowhere"]).failed();
    assert!(message.starts_with("error: revision `nowhere` not found"), "{message}");
    assert!(message.contains("\nhint: "), "{message}");
}

#[test]
fn a_missing_incident_file_is_found_before_the_scan() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let message = debtscan_in(folder.path(), &["--incidents", "none.csv"]).failed();
    insta::assert_snapshot!(message, @"error: cannot read incidents from `none.csv`: No such file or directory (os error 2)");
}

#[test]
fn a_file_that_is_no_incident_export() {
    let workshop = Workshop::new();
    workshop.write("other.csv", "colour,weight\nred,3\n");
    let message = debtscan_in(workshop.path(), &["shop", "--incidents", "other.csv"]).failed();
    assert!(message.contains("other.csv") && message.contains("colour, weight"), "{message}");
    assert!(message.contains("\nhint: "), "{message}");
}

#[test]
fn standard_input_twice() {
    let workshop = Workshop::new();
    let args = ["shop", "--incidents", "-", "--incidents", "-"];
    insta::assert_snapshot!(debtscan_in(workshop.path(), &args).failed(), @"error: `--incidents -` is given twice, but standard input can be read only once");
}

#[test]
fn an_unknown_flag_and_a_malformed_value() {
    let workshop = Workshop::new();
    let unknown = debtscan_in(workshop.path(), &["shop", "--sicne", "90d"]).failed();
    assert!(unknown.contains("--since"), "a similar flag is named: {unknown}");
    for (flag, value) in [("--since", "last week"), ("--areas", "teams"), ("--top", "0"), ("--jobs", "-1")] {
        let message = debtscan_in(workshop.path(), &["shop", &format!("{flag}={value}")]).failed();
        assert!(message.contains(flag) && message.contains(value), "{message}");
    }
}

#[test]
fn options_of_other_commands_are_refused() {
    let workshop = Workshop::new();
    let check = |args: &[&str]| {
        let message = debtscan_in(workshop.path(), args).failed();
        assert!(message.contains("has no option `--"), "{args:?}: {message}");
    };
    check(&["changes", "shop", "--incidents", "incidents.csv"]);
    check(&["changes", "shop", "--group", "file"]);
    check(&["explain", "payment", "shop", "--group", "file"]);
    check(&["schema", "--rev", "HEAD"]);
    check(&["init", "--top", "3"]);
}
