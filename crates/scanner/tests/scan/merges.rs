//! Merges: what they bring of their own, and the line of first parents.

use std::collections::BTreeMap;
use std::path::Path;

use debtscan_model::{ChangeKind, LineDelta, Scan};
use debtscan_scanner::{Merges, Renames, ScanOptions, Silent, Walk};
use debtscan_testkit::RepoBuilder;
use proptest::prelude::*;

use crate::rows::{check_against_git, of_git_log, of_scan, options, scan, scan_all};

fn first_parents(path: &Path, renames: Renames) -> Scan {
    let mut options = options(path, renames);
    options.walk = Walk::FirstParent;
    scan(&options, &Silent).expect("the repository can be scanned")
}

/// A history of branches that are merged with and without edits of the merge's own.
pub(crate) fn merged() -> RepoBuilder {
    let text = |n: usize| "a line\n".repeat(n);
    let mut repo = RepoBuilder::new();
    let base = repo.commit("base").write("both", "1\n").write("left", "1\n").write("d/right", "1\n").create();
    repo.commit("ours").write("both", "ours\n").write("left", "2\n").create();
    repo.branch_at("side", &base);
    let side = repo.commit("theirs").write("both", "theirs\n").write("d/right", text(9)).create();
    repo.checkout("main");
    // `both` is solved by hand, `d/right` taken from the side, `d/new` made while merging.
    repo.commit("evil merge")
        .merge([side])
        .write("both", "ours\ntheirs\n")
        .write("d/right", text(9))
        .write("d/new", "new\n")
        .create();
    let now = repo.head().expect("there are commits");
    repo.branch_at("one", &now);
    let one = repo.commit("one").write("d/one", "1\n").create();
    repo.branch_at("two", &now);
    let two = repo.commit("two").write("two", "2\n").create();
    repo.checkout("main");
    repo.commit("octopus").merge([one, two]).write("d/one", "1\n").write("two", "2\n").create();
    repo.branch_at("late", &now);
    let late = repo.commit("late").write("e", "1\n").create();
    repo.checkout("main");
    repo.commit("evil deletion and rename")
        .merge([late])
        .write("e", "1\n")
        .remove("left")
        .rename("d/right", "d/moved")
        .create();
    repo
}

/// What merges brought of their own, by (commit, path): lines that are new against every parent and lines that
/// every parent has lost; those of deletions are left open.
type Own = BTreeMap<(String, Vec<u8>), Option<(u32, u32)>>;

/// As `git diff-tree --cc` shows it: marks in the columns of all parents.
fn own_of_git(path: &Path) -> Own {
    let merges = debtscan_testkit::git(path, &["rev-list", "--merges", "--parents", "HEAD"]);
    let merges = String::from_utf8(merges).expect("ids are ASCII");
    let mut own = Own::new();
    for line in merges.lines() {
        let ids: Vec<&str> = line.split(' ').collect();
        let args = ["diff-tree", "--cc", "-p", "-U0", "--no-renames", "--no-commit-id", ids[0]];
        let patch = String::from_utf8(debtscan_testkit::git(path, &args)).expect("the contents are ASCII");
        let (new, lost) = ("+".repeat(ids.len() - 1), "-".repeat(ids.len() - 1));
        let mut key = None;
        let mut is_content = false;
        for line in patch.lines() {
            if let Some(path) = line.strip_prefix("diff --cc ") {
                key = Some((ids[0].to_owned(), path.as_bytes().to_vec()));
                is_content = false;
            } else if line.starts_with("@@") {
                is_content = true;
            } else if line.starts_with("deleted file") {
                own.insert(key.clone().expect("a header comes first"), None);
            } else if is_content {
                let key = key.clone().expect("a header comes first");
                let added = u32::from(line.starts_with(&new));
                let deleted = u32::from(line.starts_with(&lost));
                if added + deleted > 0
                    && let Some(lines) = own.entry(key).or_insert(Some((0, 0)))
                {
                    *lines = (lines.0 + added, lines.1 + deleted);
                }
            }
        }
    }
    own
}

fn own_of_scan(scan: &Scan) -> Own {
    let of_merges = scan.changes.iter().filter(|change| scan.commit(change.commit).is_merge());
    let row = |change: &debtscan_model::Change| {
        let key = (scan.commit(change.commit).id.to_string(), scan.path(change.path).as_bytes().to_vec());
        let lines = change.lines.expect("the contents are text");
        let is_gone = change.kind == ChangeKind::Deleted;
        (key, (!is_gone).then_some((lines.added, lines.deleted)))
    };
    of_merges.map(row).collect()
}

#[test]
fn a_merge_brings_what_differs_from_all_its_parents_and_no_more() {
    let repo = merged();
    let scan = scan_all(repo.path(), Renames::Off);
    let own = own_of_scan(&scan);
    assert_eq!(own, own_of_git(repo.path()));
    let paths: Vec<String> = own.keys().map(|(_, path)| String::from_utf8_lossy(path).into_owned()).collect();
    assert_eq!(paths.len(), 4, "d/new of the first, left and both names of the move: {paths:?}");
    assert_eq!(scan.merges.len(), 1, "the octopus brings nothing of its own");
    assert_eq!(scan.commits.iter().filter(|commit| commit.is_merge()).count(), 2);
}

#[test]
fn lines_that_parents_lost_are_compared_by_text_however_different_the_parents_are() {
    // The table of lines is emptied when most of them are long gone, as here after the small parent.
    let lines = |changed: &str| {
        let line = |n: usize| if n % 5_000 == 7 { format!("{changed} {n}\n") } else { format!("line {n}\n") };
        (0..20_000).map(line).collect::<String>()
    };
    let small = "small\n".repeat(10);
    let mut repo = RepoBuilder::new();
    let base = repo.commit("base").write("f", lines("base")).create();
    repo.commit("small").write("f", small).create();
    repo.branch_at("side", &base);
    let side = repo.commit("side").write("f", lines("side")).create();
    repo.checkout("main").commit("merge").merge([side]).write("f", lines("merged")).create();
    let scan = scan_all(repo.path(), Renames::Off);
    assert_eq!(own_of_scan(&scan), own_of_git(repo.path()));
}

#[test]
fn a_merge_of_changes_in_different_places_of_a_file_brings_nothing() {
    let lines = |changed: &[(usize, &str)]| {
        let line = |n: usize| changed.iter().find(|(place, _)| *place == n).map_or("line", |(_, text)| *text);
        (0..40).map(|n| line(n).to_owned() + &format!(" {n}\n")).collect::<String>()
    };
    let mut repo = RepoBuilder::new();
    let base = repo.commit("base").write("f", lines(&[])).create();
    repo.commit("ours").write("f", lines(&[(2, "ours"), (37, "ours")])).create();
    repo.branch_at("side", &base);
    let side = repo.commit("theirs").write("f", lines(&[(20, "theirs")])).create();
    let both = [(2, "ours"), (20, "theirs"), (37, "ours")];
    repo.checkout("main").commit("clean").merge([side]).write("f", lines(&both)).create();
    let scan = scan_all(repo.path(), Renames::Off);
    assert_eq!(own_of_scan(&scan), Own::new());
    let revisions = scan.files[0].history.iter().map(|change| scan.change(*change).lines);
    let expected = [(40, 0), (2, 2), (1, 1)].map(|(added, deleted)| Some(LineDelta { added, deleted }));
    assert_eq!(revisions.collect::<Vec<_>>(), expected, "each commit once");
}

#[test]
fn merges_bring_nothing_where_they_are_left_out() {
    let repo = merged();
    let options = ScanOptions { merges: Merges::LeftOut, ..options(repo.path(), Renames::Follow) };
    let scan = scan(&options, &Silent).expect("the repository can be scanned");
    assert_eq!(own_of_scan(&scan), Own::new());
    assert_eq!(of_scan(&scan), of_scan(&scan_all(repo.path(), Renames::Follow)));
}

#[test]
fn a_merge_that_renames_hands_the_history_on() {
    let repo = merged();
    let scan = scan_all(repo.path(), Renames::Follow);
    let moved = scan.files.iter().find(|file| file.path.as_bytes() == b"d/moved").expect("it is present");
    assert_eq!(moved.history.len(), 3, "made, changed on the side, moved by the merge");
    let last = scan.change(*moved.history.last().expect("three changes"));
    assert!(matches!(last.kind, ChangeKind::Renamed { .. }));
}

#[test]
fn rows_of_merges_do_not_mix_with_those_of_git_log_without_merges() {
    check_against_git(merged().path());
}

#[test]
fn first_parents_have_gits_rows() {
    let repo = merged();
    check_first_parents(repo.path());
    let scan = first_parents(repo.path(), Renames::Follow);
    assert_eq!(scan.commits.len(), 5, "every commit of the line, merges with all they brought");
    assert!(scan.merges.is_empty());
    assert!(scan.repository.first_parent);
}

fn check_first_parents(path: &Path) {
    for renames in [Renames::Off, Renames::Follow] {
        let expected = of_git_log(path, renames, &["--first-parent", "--diff-merges=first-parent"]);
        assert_eq!(of_scan(&first_parents(path, renames)), expected, "{renames:?}");
    }
}

/// Commits on two branches that merge now and then, with contents of either or of neither side.
pub(crate) fn random(steps: &[(u8, u8, u8)]) -> RepoBuilder {
    let path = |file: u8| format!("{}f{}", ["", "a/", "a/b/"][usize::from(file % 3)], file % 7);
    let mut repo = RepoBuilder::new();
    let base = repo.commit("base").write("f0", "0\n").create();
    repo.branch_at("side", &base).checkout("main");
    for (kind, file, content) in steps {
        let branch = if kind % 2 == 0 { "main" } else { "side" };
        let other = if kind % 2 == 0 { "side" } else { "main" };
        let theirs = repo.checkout(other).head().expect("there are commits");
        repo.checkout(branch);
        let commit = repo.commit("step");
        let commit = if kind % 5 == 4 { commit.merge([theirs]) } else { commit };
        // Lines that either side may have changed.
        let line = |place: u8| format!("line {place}\nversion {}\n", content >> place & 1);
        commit.write(path(*file), (0..3).map(line).collect::<String>()).create();
    }
    let side = repo.checkout("side").head().expect("there are commits");
    repo.checkout("main").commit("end").merge([side]).create();
    repo
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_merges_bring_what_git_says(
        steps in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 1..40)
    ) {
        let repo = random(&steps);
        let scan = scan_all(repo.path(), Renames::Off);
        prop_assert_eq!(own_of_scan(&scan), own_of_git(repo.path()));
        check_against_git(repo.path());
        check_first_parents(repo.path());
    }
}
