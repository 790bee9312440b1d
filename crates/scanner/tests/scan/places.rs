//! Any repository: where and how its objects, references and work tree are kept.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use debtscan_model::{RepoPath, Scan, SkipReason, Timestamp};
use debtscan_scanner::{Renames, Silent, TimeSpec};
use debtscan_testkit::{RepoBuilder, TestResult, git};

use crate::rows::{check_against_git, of_git, of_scan, options, scan, scan_all};

/// A few commits with a rename, in a folder of their own.
fn small() -> RepoBuilder {
    let mut repo = RepoBuilder::new();
    for n in 1..6 {
        repo.commit("step").write("src/a.c", "a line\n".repeat(20 + n)).write("src/b.c", "x\n").create();
    }
    repo.commit("move").rename("src/a.c", "lib/a.c").create();
    repo
}

/// A place beside the repository, which goes with it.
fn beside(repo: &RepoBuilder, name: &str) -> PathBuf {
    repo.path().parent().expect("it is in a temporary folder").join(name)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a temporary folder has a plain name")
}

fn follow(path: &Path) -> Scan {
    scan_all(path, Renames::Follow)
}

#[test]
fn a_linked_worktree_is_scanned_at_its_own_head() -> TestResult {
    let repo = small();
    let linked = beside(&repo, "linked");
    repo.git(&["worktree", "add", "--quiet", "--detach", text(&linked), "HEAD~1"]);
    let scan = follow(&linked);
    assert_eq!(scan.commits.len(), 5);
    assert_eq!(of_scan(&scan), of_git(&linked, Renames::Follow, &[]));
    let below = follow(&linked.join("src"));
    assert_eq!(below.repository.scope, Some(RepoPath::new("src")?));
    assert_eq!(below.files.len(), 2);
    Ok(())
}

#[test]
fn replaced_objects_are_read_as_git_reads_them() {
    let mut repo = small();
    let head = repo.head().expect("there are commits");
    let parent = String::from_utf8(repo.git(&["rev-parse", "HEAD~2"])).expect("ASCII");
    let better = repo.commit("better").parents([parent.trim()]).write("src/c.c", "new\n").create();
    repo.branch_at("main", &head);
    repo.git(&["replace", &format!("{head}~1"), &better]);
    check_against_git(repo.path());
    let loose = follow(repo.path());
    assert!(loose.commits.iter().any(|commit| commit.summary == "better"));
    repo.git(&["repack", "-a", "-d", "--quiet"]);
    assert_eq!(follow(repo.path()), loose);
}

#[test]
fn objects_may_lie_in_another_repository() {
    let repo = small();
    repo.git(&["gc", "--quiet"]);
    let borrower = beside(&repo, "borrower");
    repo.git(&["clone", "--quiet", "--shared", text(repo.path()), text(&borrower)]);
    assert!(borrower.join(".git/objects/info/alternates").is_file());
    assert_eq!(of_scan(&follow(&borrower)), of_scan(&follow(repo.path())));
}

#[test]
fn several_packs_loose_objects_and_a_multi_pack_index_go_together() {
    let mut repo = small();
    repo.git(&["repack", "-d", "--quiet"]);
    for n in 0..9 {
        repo.commit("more").write("src/b.c", "y\n".repeat(30 + n)).create();
    }
    repo.git(&["repack", "-d", "--quiet"]);
    repo.commit("loose").write("src/b.c", "z\n").create();
    let packs = || {
        let files = fs::read_dir(repo.git_dir().join("objects/pack")).expect("there are packs");
        let paths = files.map(|file| file.expect("readable").path());
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "pack")).count()
    };
    assert_eq!(packs(), 2);
    let before = follow(repo.path());
    assert_eq!(before.commits.len(), 16);
    check_against_git(repo.path());
    repo.git(&["multi-pack-index", "write"]);
    assert!(repo.git_dir().join("objects/pack/multi-pack-index").is_file());
    assert_eq!(follow(repo.path()), before);
}

#[cfg(unix)]
#[test]
fn a_repository_of_another_owner_is_read_all_the_same() {
    use std::os::unix::fs::chown;
    let repo = small();
    let before = follow(repo.path());
    for place in [repo.path().to_owned(), repo.git_dir().to_owned(), repo.git_dir().join("config")] {
        if chown(&place, Some(1), Some(1)).is_err() {
            // Only root can give files away; elsewhere there is nothing to test.
            return;
        }
    }
    assert_eq!(follow(repo.path()), before);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_repository_or_into_it_is_followed() -> TestResult {
    use std::os::unix::fs::symlink;
    let repo = small();
    let link = beside(&repo, "link");
    symlink(repo.path(), &link)?;
    assert_eq!(follow(&link), follow(repo.path()));
    fs::create_dir_all(repo.path().join("lib"))?;
    let inside = beside(&repo, "inside");
    symlink(repo.path().join("lib"), &inside)?;
    let scan = follow(&inside);
    assert_eq!(scan.repository.scope, Some(RepoPath::new("lib")?));
    assert_eq!(scan.files.len(), 1);
    Ok(())
}

#[test]
fn times_that_run_backwards_or_ahead_hide_no_commit() {
    let mut repo = RepoBuilder::new();
    repo.commit("future").write("a", "1\n").at(4_102_444_800).create();
    repo.commit("past").write("a", "2\n").at(1_000).create();
    repo.commit("first second").write("a", "3\n").at(0).create();
    repo.commit("now").write("a", "4\n").at(1_700_000_000).create();
    let scan = follow(repo.path());
    assert_eq!(scan.as_of, Timestamp(1_700_000_000));
    assert_eq!(scan.commits.len(), 4);
    check_against_git(repo.path());
    let mut window = options(repo.path(), Renames::Follow);
    window.since = Some(TimeSpec::At(Timestamp(2_000)));
    let scan = crate::rows::scan(&window, &Silent).expect("it can be scanned");
    let expected = of_git(repo.path(), Renames::Follow, &["--since-as-filter=@2000 +0000"]);
    assert_eq!(of_scan(&scan), expected, "a walk that stops at the first old commit would lose one");
    assert_eq!(scan.commits.len(), 2);
}

#[test]
fn several_roots_are_all_history() {
    let mut repo = small();
    repo.orphan("imported");
    let root = repo.commit("import").write("other/c.c", "c\n").create();
    repo.checkout("main").commit("join").merge([root]).write("other/c.c", "c\n").create();
    let scan = follow(repo.path());
    assert_eq!(scan.commits.iter().filter(|commit| commit.n_parents == 0).count(), 2);
    let joined = scan.files.iter().find(|file| file.path.as_bytes() == b"other/c.c").expect("it is present");
    assert_eq!(joined.history.len(), 1);
    check_against_git(repo.path());
}

#[test]
fn a_hundred_thousand_references_are_no_obstacle() -> TestResult {
    let repo = small();
    let head = repo.head().expect("there are commits");
    let mut packed = "# pack-refs with: peeled fully-peeled sorted \n".to_owned();
    for n in 0..100_000 {
        writeln!(packed, "{head} refs/tags/t{n:06}")?;
    }
    fs::write(repo.git_dir().join("packed-refs"), packed)?;
    let mut options = options(repo.path(), Renames::Follow);
    options.revision = "t099999".to_owned();
    options.until = Some(TimeSpec::Revision("t000000".to_owned()));
    let scan = scan(&options, &Silent)?;
    assert_eq!((scan.commits.len(), scan.outside_window.len()), (5, 1));
    assert!(!scan.repository.is_beyond_window, "the window ends with the scanned commit itself");
    Ok(())
}

#[test]
fn a_partial_clone_loses_lines_and_no_more_and_asks_nobody() -> TestResult {
    let mut repo = small();
    // Attributes and the mailmap are contents too.
    repo.commit("settings").write(".gitattributes", "*.c diff\n").write("lib/.gitattributes", "*\n").create();
    repo.commit("more settings").write(".mailmap", "A <a@b.c>\n").write(".debtscanignore", "x\n").create();
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = beside(&repo, "partial");
    let origin = format!("file://{}", text(repo.path()));
    repo.git(&["clone", "--quiet", "--no-checkout", "--filter=blob:none", &origin, text(&clone)]);
    let whole = scan_all(repo.path(), Renames::Off);
    fs::rename(repo.path(), beside(&repo, "gone"))?;
    let scan = scan_all(&clone, Renames::Off);
    assert!(scan.repository.is_partial);
    let rows =
        |scan: &Scan| scan.changes.iter().map(|change| (change.commit, change.path)).collect::<Vec<_>>();
    assert_eq!(rows(&scan), rows(&whole), "commits and trees are there");
    assert!(scan.changes.iter().all(|change| change.lines.is_none()), "no content is");
    let unreadable = scan.skipped.iter().filter(|skipped| skipped.reason == SkipReason::UnreadableObject);
    assert!(unreadable.count() >= scan.changes.len(), "each is counted");
    // git itself would now fail, or fetch.
    let promised = git(&clone, &["rev-list", "--objects", "--missing=print", "HEAD"]);
    assert!(promised.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"?")));
    Ok(())
}
