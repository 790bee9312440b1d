//! Commits with too many paths for a full search for renames.

use std::fmt::Write as _;

use debtscan_model::{ChangeKind, SkipReason};
use debtscan_scanner::{Measure, Renames, Silent};
use debtscan_testkit::RepoBuilder;

use crate::rows::{of_git, of_scan, options, scan, scan_all};

/// Twelve lines; all but one are the same for every number.
fn alike(number: u32, version: &str) -> String {
    let mut text = format!("{number} {version}\n");
    for line in 0..11 {
        writeln!(text, "{} the same in every file, and long enough to count", line + number)
            .expect("a string");
    }
    text
}

#[test]
fn beyond_the_rename_limit_similar_files_are_not_paired_and_that_is_said() {
    const FILES: u32 = 1_100;
    let mut repo = RepoBuilder::new();
    let mut commit = repo.commit("many");
    for number in 0..FILES {
        commit = commit.write(format!("old/o{number}.c"), alike(number * 20, "one"));
    }
    commit.write("old/exact.c", "exactly this\n").write("old/name.c", alike(7, "one")).create();
    let mut commit = repo.commit("move and edit");
    for number in 0..FILES {
        commit = commit.remove(format!("old/o{number}.c"));
        commit = commit.write(format!("new/n{number}.c"), alike(number * 20, "two"));
    }
    let id = commit
        .rename("old/exact.c", "new/moved.c")
        .remove("old/name.c")
        .write("new/name.c", alike(7, "two"))
        .create();
    let scan = scan_all(repo.path(), Renames::Follow);
    let limited: Vec<String> = scan
        .skipped
        .iter()
        .filter(|skipped| skipped.reason == SkipReason::RenameLimit)
        .map(|skipped| skipped.subject.to_string())
        .collect();
    assert_eq!(limited, [id]);
    let renamed = scan.changes.iter().filter(|change| matches!(change.kind, ChangeKind::Renamed { .. }));
    assert_eq!(renamed.count(), 2, "equal content and a file name that is unique are found all the same");
    assert_eq!(of_scan(&scan), of_git(repo.path(), Renames::Follow, &[]));
}

#[test]
fn thirty_thousand_exact_renames_in_one_commit_are_all_found() {
    const FILES: usize = 30_000;
    let mut repo = RepoBuilder::new();
    let mut commit = repo.commit("import");
    for number in 0..FILES {
        // Half of them equal one other thousandfold: those are paired by name.
        let content = if number % 2 == 0 { number % 30 } else { number };
        commit = commit.write(format!("old/{:02}/f{number}.txt", number % 97), format!("{content}\n"));
    }
    commit.create();
    repo.commit("move").rename("old", "new/place").create();
    let mut options = options(repo.path(), Renames::Follow);
    options.measure = Measure::Nothing;
    let scan = scan(&options, &Silent).expect("it can be scanned");
    assert!(scan.skipped.is_empty());
    let renamed = scan.changes.iter().filter(|change| matches!(change.kind, ChangeKind::Renamed { .. }));
    assert_eq!(renamed.count(), FILES);
    let is_same_name = |file: &debtscan_model::File| {
        file.aliases.len() == 1 && scan.path(file.aliases[0]).file_name() == file.path.file_name()
    };
    assert!(scan.files.iter().all(is_same_name));
    assert_eq!(scan.files.len(), FILES);
}
