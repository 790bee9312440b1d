//! What a project itself calls noise.

use debtscan_scanner::Renames;
use debtscan_testkit::RepoBuilder;

use crate::rows::scan_all;

#[test]
fn commits_of_the_ignore_list_in_the_scanned_tree_are_marked() {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a", "1\n").create();
    let reformat = repo.commit("reformat").write("a", "2\n").create();
    let list = format!("# style\n{reformat}\n{}\n", "0".repeat(40));
    repo.commit("list").write(".git-blame-ignore-revs", list).create();
    let scan = scan_all(repo.path(), Renames::Follow);
    let marked: Vec<String> = scan
        .commits
        .iter()
        .filter(|commit| commit.in_ignore_revs)
        .map(|commit| commit.id.to_string())
        .collect();
    assert_eq!(marked, [reformat]);
    assert_eq!(scan.repository.unknown_ignore_revs, 1);
    assert_eq!(scan.churn(debtscan_model::FileIdx(1)).lines_added, 2, "its lines count all the same");
}
