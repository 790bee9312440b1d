//! Every row equals git's: on named hard cases, and on generated histories.

use debtscan_scanner::Renames;
use debtscan_testkit::{RepoBuilder, TestResult};
use proptest::prelude::*;

use crate::rows::{check_against_git, of_git, of_scan, options, scan, scan_all};

fn numbered(lines: std::ops::Range<u32>) -> String {
    lines
        .map(|line| format!("line {line} of a file long enough to be alike\n"))
        .fold(String::new(), |text, line| text + &line)
}

#[test]
fn additions_edits_and_deletions_have_gits_line_counts() {
    let mut repo = RepoBuilder::new();
    repo.commit("start").write("a.txt", numbered(0..50)).write("b/c.txt", "x\n").create();
    repo.commit("edit").write("a.txt", numbered(5..60)).write("b/c.txt", "x\ny").create();
    repo.commit("end of line").write("b/c.txt", "x\ny\n").write("crlf.txt", "a\r\nb\r\n").create();
    repo.commit("empty file").write("empty", "").write("crlf.txt", "a\nb\n").create();
    repo.commit("gone").remove("a.txt").remove("empty").create();
    check_against_git(repo.path());
}

#[test]
fn binary_content_modes_links_and_submodules_are_counted_as_git_does() {
    let mut repo = RepoBuilder::new();
    let first = repo
        .commit("start")
        .write("image", b"\x89PNG\0\0")
        .write("late", [b"x".repeat(8000), b"\0".to_vec()].concat())
        .write("run.sh", "echo\n")
        .symlink("link", "target/one")
        .create();
    repo.commit("modes").write_executable("run.sh", "echo\n").gitlink("sub", first.clone()).create();
    repo.commit("more")
        .write("image", b"\x89PNG\0\x01")
        .symlink("link", "target/two")
        .gitlink("sub", "1".repeat(40))
        .create();
    repo.commit("types").write("link", "a file now\n").remove("sub").write("sub", "text\n").create();
    repo.commit("odd mode").write_with_mode("odd", 0o100_664, "x\n").create();
    repo.commit("folder for file").remove("link").write("link/inside", "y\n").create();
    check_against_git(repo.path());
}

#[test]
fn attributes_of_the_scanned_tree_decide_what_is_text() {
    let mut repo = RepoBuilder::new();
    let attributes = "*.lock -diff\n*.dat binary\nforced diff\nsub/* -diff\n";
    repo.commit("start")
        .write(".gitattributes", attributes)
        .write("x.lock", "a\n")
        .write("y.dat", "b\n")
        .write("forced", b"a\0\n")
        .write("sub/z", "c\n")
        .create();
    repo.commit("edit").write("x.lock", "a\nb\n").write("forced", b"a\0\nb\n").write("sub/z", "d\n").create();
    check_against_git(repo.path());
}

#[test]
fn renames_are_paired_as_git_pairs_them() {
    let mut repo = RepoBuilder::new();
    repo.commit("start")
        .write("lib/one.c", numbered(0..40))
        .write("lib/two.c", numbered(100..140))
        .write("lib/same1", "equal\n")
        .write("lib/same2", "equal\n")
        .write("lib/none", "")
        .write("other/name.h", numbered(200..230))
        .create();
    repo.commit("exact and edited")
        .rename("lib/one.c", "src/one.c")
        .remove("lib/two.c")
        .write("src/2.c", numbered(105..145))
        .create();
    repo.commit("a folder").rename("src", "core").create();
    repo.commit("equal blobs")
        .remove("lib/same1")
        .remove("lib/same2")
        .write("z/same2", "equal\n")
        .write("a/x", "equal\n")
        .write("b/y", "equal\n")
        .create();
    repo.commit("below half").remove("other/name.h").write("name.h", numbered(216..260)).create();
    repo.commit("basename at 75 %").remove("core/one.c").write("deep/one.c", numbered(8..44)).create();
    repo.commit("empty").remove("lib/none").write("lib/nothing", "").create();
    check_against_git(repo.path());
}

#[test]
fn merges_roots_and_clock_skew_do_not_hide_commits() {
    let mut repo = RepoBuilder::new();
    let base = repo.commit("base").write("a", numbered(0..20)).create();
    let left = repo.commit("left").write("a", numbered(1..20)).at(1_000).create();
    repo.branch_at("side", &base).checkout("side");
    let right = repo.commit("right").rename("a", "b").at(4_000_000_000).create();
    repo.orphan("island");
    let root = repo.commit("root").write("c", "1\n").create();
    repo.checkout("main");
    repo.commit("octopus").merge([right, root]).create();
    repo.commit("end").write("d", "x\n").parents([left]).create();
    check_against_git(repo.path());
}

#[test]
fn paths_and_names_need_not_be_utf8() {
    let mut repo = RepoBuilder::new();
    repo.commit("start")
        .write(b"caf\xe9/\xff.c", "x\n")
        .write("tab\there", "y\n")
        .author(b"Jos\xe9", "jose@example.com")
        .create();
    repo.commit("rename").rename(b"caf\xe9/\xff.c", b"caf\xe9/\xfe.c").create();
    check_against_git(repo.path());
}

#[test]
fn a_sha256_repository_is_read_like_any_other() {
    let mut repo = RepoBuilder::sha256();
    repo.commit("start").write("a.rs", numbered(0..10)).create();
    repo.commit("edit").rename("a.rs", "b.rs").create();
    assert_eq!(repo.head().map(|id| id.len()), Some(64));
    check_against_git(repo.path());
}

#[test]
fn packed_and_loose_objects_give_the_same_rows() {
    let mut repo = RepoBuilder::new();
    for n in 0..30 {
        repo.commit("step").write("a.txt", numbered(n..n + 200)).write(format!("f{n}"), "x\n").create();
    }
    let loose = scan_all(repo.path(), Renames::Follow);
    repo.git(&["gc", "--quiet", "--aggressive"]);
    assert_eq!(scan_all(repo.path(), Renames::Follow), loose);
    repo.git(&["commit-graph", "write", "--reachable"]);
    assert_eq!(scan_all(repo.path(), Renames::Follow), loose);
    check_against_git(repo.path());
}

#[test]
fn a_window_has_gits_rows_for_that_window() {
    let mut repo = RepoBuilder::new();
    let mut ids = Vec::new();
    for n in 0..10 {
        ids.push(repo.commit("step").write("a.txt", numbered(n..n + 20)).create());
    }
    repo.commit("rename after the window").rename("a.txt", "z.txt").create();
    let time = |id: &str| {
        let text = repo.git(&["log", "-1", "--format=%ct", id]);
        String::from_utf8(text).expect("ASCII").trim().parse::<i64>().expect("a number")
    };
    let (since, until) = (time(&ids[3]), time(&ids[7]));
    let mut window = options(repo.path(), Renames::Follow);
    window.since = Some(debtscan_scanner::TimeSpec::At(debtscan_model::Timestamp(since)));
    window.until = Some(debtscan_scanner::TimeSpec::At(debtscan_model::Timestamp(until)));
    let scan = scan(&window, &debtscan_scanner::Silent).expect("it can be scanned");
    // git's --until includes its second, ours does not.
    let expected = of_git(
        repo.path(),
        Renames::Follow,
        &[&format!("--since={since}"), &format!("--until={}", until - 1)],
    );
    assert_eq!(of_scan(&scan), expected);
    assert_eq!(scan.commits.len(), 4);
    // Ages are counted from the end of the window, not from a commit that it does not hold.
    assert_eq!(scan.as_of, debtscan_model::Timestamp(until));
    assert!(scan.repository.is_beyond_window);
    // A rename after the window still says what the file is called now.
    let file = scan.file(scan.changes[0].file);
    assert_eq!(file.path.to_string(), "z.txt");
}

/// One step of a generated history.
#[derive(Debug, Clone)]
enum WorkTreeStep {
    Write { file: u8, content: u8 },
    Remove { file: u8 },
    Rename { from: u8, to: u8 },
    Branch,
    Merge,
}

fn step() -> impl Strategy<Value = WorkTreeStep> {
    prop_oneof![
        6 => (0..12_u8, any::<u8>()).prop_map(|(file, content)| WorkTreeStep::Write { file, content }),
        1 => (0..12_u8).prop_map(|file| WorkTreeStep::Remove { file }),
        3 => (0..12_u8, 0..12_u8).prop_map(|(from, to)| WorkTreeStep::Rename { from, to }),
        1 => Just(WorkTreeStep::Branch),
        1 => Just(WorkTreeStep::Merge),
    ]
}

fn path_of(file: u8) -> String {
    format!("{}/f{}.txt", ["", "a", "b/c", "d"][usize::from(file % 4)], file)
        .trim_start_matches('/')
        .to_owned()
}

/// Contents that are often alike, sometimes binary, empty or without a last newline.
fn content_of(seed: u8) -> Vec<u8> {
    match seed % 16 {
        0 => Vec::new(),
        1 => vec![0, seed],
        2 => b"no newline".to_vec(),
        _ => {
            let start = u32::from(seed) % 40;
            let repeated = if seed.is_multiple_of(3) { "}\n\n" } else { "" };
            let mut text =
                numbered(start..start + 12 + u32::from(seed) % 7).replace("7 of", &format!("7{repeated} of"));
            if seed.is_multiple_of(5) {
                text.pop();
            }
            text.into_bytes()
        }
    }
}

fn build(steps: &[WorkTreeStep]) -> RepoBuilder {
    use std::collections::BTreeSet;
    let mut repo = RepoBuilder::new();
    let mut files: BTreeSet<u8> = BTreeSet::from([0]);
    let mut parked: Option<(String, BTreeSet<u8>)> = None;
    let mut head = repo.commit("start").write(path_of(0), content_of(99)).create();
    for chunk in steps.chunks(3) {
        let mut commit_steps = Vec::new();
        for step in chunk {
            match step {
                WorkTreeStep::Branch => parked = Some((head.clone(), files.clone())),
                WorkTreeStep::Merge => {
                    if let Some((other, _)) = parked.take().filter(|(other, _)| *other != head) {
                        head = repo.commit("merge").merge([other]).create();
                    }
                }
                other => commit_steps.push(other),
            }
        }
        let mut commit = repo.commit("step");
        for step in commit_steps {
            commit = match step {
                WorkTreeStep::Write { file, content } => {
                    files.insert(*file);
                    commit.write(path_of(*file), content_of(*content))
                }
                WorkTreeStep::Remove { file } if files.remove(file) => commit.remove(path_of(*file)),
                WorkTreeStep::Rename { from, to }
                    if from != to && files.contains(from) && !files.contains(to) =>
                {
                    files.remove(from);
                    files.insert(*to);
                    commit.rename(path_of(*from), path_of(*to))
                }
                _ => commit,
            };
        }
        head = commit.create();
    }
    repo
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_histories_have_gits_rows(steps in prop::collection::vec(step(), 10..90)) {
        let repo = build(&steps);
        check_against_git(repo.path());
    }
}

#[test]
fn the_number_of_threads_changes_nothing() -> TestResult {
    let mut repo = RepoBuilder::new();
    for n in 0..40_u32 {
        let path = format!("src/f{}.rs", n % 7);
        repo.commit("step").write(path, numbered(n..n + 30)).write("x.py", numbered(0..n)).create();
    }
    let with = |threads: usize| {
        let mut options = options(repo.path(), Renames::Follow);
        options.threads = threads;
        scan(&options, &debtscan_scanner::Silent)
    };
    let one = with(1)?;
    assert_eq!(with(2)?, one);
    assert_eq!(with(8)?, one);
    Ok(())
}

#[test]
fn a_limit_of_memory_changes_nothing() -> TestResult {
    let mut repo = RepoBuilder::new();
    for n in 0..40_u32 {
        let path = format!("src/f{}.rs", n % 7);
        repo.commit("step").write(path, numbered(n..n + 30)).write("x.py", numbered(0..n)).create();
    }
    let with = |max_memory: Option<u64>| {
        let mut options = options(repo.path(), Renames::Follow);
        options.max_memory = max_memory;
        scan(&options, &debtscan_scanner::Silent)
    };
    let free = with(None)?;
    assert_eq!(with(Some(1))?, free);
    assert_eq!(with(Some(100 << 20))?, free);
    Ok(())
}
