//! Repositories that stand for far more than they hold.

use std::fs;

use debtscan_model::{Scan, SkipReason};
use debtscan_scanner::{Renames, Silent};
use debtscan_testkit::{RepoBuilder, TestResult};

use crate::rows::{of_scan, options, scan, scan_all};

/// Writes an object of any content, and returns its id.
fn object(repo: &RepoBuilder, kind: &str, content: &[u8]) -> String {
    let file = repo.git_dir().join("content");
    fs::write(&file, content).expect("the git folder can be written");
    let id = repo.git(&["hash-object", "-t", kind, "-w", "--literally", &file.display().to_string()]);
    String::from_utf8(id).expect("ASCII").trim().to_owned()
}

/// The raw tree of these entries; they must be in git's order.
fn tree(repo: &RepoBuilder, entries: &[(&str, String, &str)]) -> String {
    let mut content = Vec::new();
    for (mode, name, id) in entries {
        content.extend_from_slice(format!("{mode} {name}\0").as_bytes());
        let bytes = id.as_bytes().chunks_exact(2);
        let byte = |two: &[u8]| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok();
        content.extend(bytes.map(|two| byte(two).expect("an id is hexadecimal")));
    }
    object(repo, "tree", &content)
}

/// Ten files ten times in a folder, and so on: 10^10 paths in ten objects.
fn bomb(repo: &RepoBuilder, blob: &str) -> String {
    let files: Vec<_> = (0..10).map(|number| ("100644", format!("f{number}.c"), blob)).collect();
    let mut bomb = tree(repo, &files);
    for _ in 0..9 {
        let folders: Vec<_> = (0..10).map(|number| ("40000", format!("d{number}"), bomb.as_str())).collect();
        bomb = tree(repo, &folders);
    }
    bomb
}

/// A commit of a tree, an hour after its newest parent, and the head of `main` from now on.
fn commit(repo: &RepoBuilder, hour: i64, tree: &str, parents: &[&str]) -> String {
    let parents: Vec<String> = parents.iter().map(|parent| format!("parent {parent}\n")).collect();
    let parents = parents.concat();
    let who = format!("Ada <ada@example.com> {} +0000", 1_700_000_000 + hour * 3_600);
    let id = object(
        repo,
        "commit",
        format!("tree {tree}\n{parents}author {who}\ncommitter {who}\n\nc\n").as_bytes(),
    );
    repo.git(&["update-ref", "refs/heads/main", &id]);
    id
}

fn too_many(scan: &Scan) -> Vec<String> {
    let skipped = scan.skipped.iter().filter(|skipped| skipped.reason == SkipReason::TooManyPaths);
    skipped.map(|skipped| skipped.subject.to_string()).collect()
}

fn sorted<const N: usize>(mut ids: [&str; N]) -> Vec<String> {
    ids.sort_unstable();
    ids.map(str::to_owned).to_vec()
}

#[test]
fn a_tree_bomb_in_history_is_a_skipped_commit() {
    let repo = RepoBuilder::new();
    let blob = object(&repo, "blob", b"int x;\n");
    let small = tree(&repo, &[("100644", "a.c".to_owned(), &blob)]);
    let other = tree(&repo, &[("100644", "b.c".to_owned(), &blob)]);
    let bomb = bomb(&repo, &blob);
    let root = commit(&repo, 0, &small, &[]);
    let placed = commit(&repo, 1, &bomb, &[&root]);
    let removed = commit(&repo, 2, &small, &[&placed]);
    let side = commit(&repo, 3, &other, &[&root]);
    let merge = commit(&repo, 4, &bomb, &[&removed, &side]);
    let last = commit(&repo, 5, &other, &[&merge]);
    for renames in [Renames::Follow, Renames::Off] {
        let scan = scan_all(repo.path(), renames);
        assert_eq!(too_many(&scan), sorted([&placed, &removed, &merge, &last]));
        let commits: Vec<String> = of_scan(&scan).into_keys().map(|(commit, _)| commit).collect();
        assert!(commits.iter().all(|commit| [&root, &side].contains(&commit)), "{commits:?}");
        assert_eq!(scan.files.iter().filter(|file| file.present.is_some()).count(), 1);
    }
}

#[test]
fn a_tree_bomb_at_the_scanned_commit_is_listed_in_part_and_said() {
    let repo = RepoBuilder::new();
    let blob = object(&repo, "blob", b"int x;\n");
    let bomb = bomb(&repo, &blob);
    let only = commit(&repo, 0, &bomb, &[]);
    let scan = scan_all(repo.path(), Renames::Follow);
    assert_eq!(too_many(&scan), sorted([&bomb, &only]));
    // 2 MiB of paths and their entries, and 32 bytes for each of about 3 kB of trees.
    assert!((10_000..30_000).contains(&scan.files.len()), "{}", scan.files.len());
}

#[test]
fn a_real_folder_of_many_files_is_no_bomb() {
    let mut repo = RepoBuilder::new();
    let mut first = repo.commit("import");
    for number in 0..30_000 {
        let path = format!("a/rather/deep/folder/{:02}/file{number}.txt", number % 60);
        first = first.write(path, format!("{number}\n"));
    }
    first.create();
    let scan = scan_all(repo.path(), Renames::Follow);
    assert_eq!((scan.files.len(), scan.skipped.len()), (30_000, 0));
}

#[test]
fn a_pack_entry_that_claims_more_than_it_holds_is_unreadable() -> TestResult {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a.txt", "a\n".repeat(300_000)).write("b.txt", "b\n").create();
    repo.git(&["repack", "-a", "-d", "-q"]);
    let blob = String::from_utf8(repo.git(&["rev-parse", "HEAD:a.txt"]))?;
    let folder = repo.git_dir().join("objects/pack");
    let pack = fs::read_dir(&folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "pack"))
        .expect("there is one pack");
    let listed = String::from_utf8(repo.git(&["verify-pack", "-v", &pack.display().to_string()]))?;
    let line = listed.lines().find(|line| line.starts_with(blob.trim())).expect("it is packed");
    let offset: usize = line.split_ascii_whitespace().nth(4).expect("offset of the entry").parse()?;
    let mut bytes = fs::read(&pack)?;
    // A blob (3) of 600,000 bytes: four bits, then seven at a time, lowest first.
    let size = |size: u32| {
        let low = |shift: u32| u8::try_from(size >> shift & 0x7f).expect("seven bits");
        [0x80 | 3 << 4 | u8::try_from(size & 0xf).expect("four bits"), 0x80 | low(4), 0x80 | low(11), low(18)]
    };
    assert_eq!(bytes[offset..offset + 4], size(600_000));
    bytes[offset..offset + 4].copy_from_slice(&size(33_000_000));
    fs::remove_file(&pack)?;
    fs::write(&pack, bytes)?;
    let scan = scan_all(repo.path(), Renames::Follow);
    let skipped: Vec<String> = scan.skipped.iter().map(|skipped| skipped.subject.to_string()).collect();
    assert!(scan.skipped.iter().all(|skipped| skipped.reason == SkipReason::UnreadableObject), "{skipped:?}");
    assert!(skipped.contains(&"a.txt".to_owned()), "{skipped:?}");
    assert_eq!(scan.files.len(), 2);
    Ok(())
}

#[test]
fn large_files_wait_for_each_other_and_are_all_read() {
    let mut repo = RepoBuilder::new();
    for version in 0..3 {
        let mut commit = repo.commit("grow");
        for file in 0..6 {
            let line = |number| format!("line {number} of file {file}, {}\n", number * version % 7);
            let text: String = (0..60_000).map(line).collect();
            commit = commit.write(format!("large{file}.txt"), text);
        }
        commit.write("small.c", format!("int x = {version};\n")).create();
    }
    let with = |threads, max_memory| {
        let mut options = options(repo.path(), Renames::Follow);
        (options.threads, options.max_memory) = (threads, max_memory);
        scan(&options, &Silent).expect("it can be scanned")
    };
    let expected = with(1, None);
    assert_eq!((expected.changes.len(), expected.skipped.len()), (21, 0));
    for threads in [2, 8] {
        for max_memory in [None, Some(1 << 20), Some(100 << 20)] {
            assert_eq!(with(threads, max_memory), expected, "{threads} threads, {max_memory:?}");
        }
    }
}
