//! A scan is the same with an empty cache, a full one, a broken one and none.

use std::fs;
use std::path::{Path, PathBuf};

use debtscan_model::{Scan, Timestamp};
use debtscan_scanner::{
    CacheOutcome, Measure, Renames, RunError, ScanOptions, Silent, TimeSpec, Walk, cache_entries, clear_cache,
};
use debtscan_testkit::{RepoBuilder, START, TestResult};
use proptest::prelude::{ProptestConfig, any, prop, proptest};
use tempfile::TempDir;

use crate::merges::{merged, random};
use crate::rows::{options, scan, scan_with_cache};

/// A cache folder of its own.
struct Cache(TempDir);

impl Cache {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("cache")
    }

    /// The finished files, oldest first.
    fn files(&self) -> Vec<PathBuf> {
        let Ok(folders) = fs::read_dir(self.path()) else { return Vec::new() };
        let folders = folders.map(|folder| folder.expect("readable").path());
        let files = folders.flat_map(|folder| fs::read_dir(folder).expect("readable"));
        let mut files: Vec<PathBuf> = files.map(|file| file.expect("readable").path()).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "segment"));
        files.sort();
        files
    }

    /// Scans with the cache; the result must be that of a scan without.
    fn check(&self, options: &ScanOptions) -> (Scan, CacheOutcome) {
        let (cached, outcome) = scan_with_cache(options, Some(&self.path()), &Silent).expect("scanned");
        let plain = scan(options, &Silent).expect("scanned");
        assert!(cached == plain, "with cache: {cached:#?}\nwithout: {plain:#?}");
        (cached, outcome)
    }

    /// The same twice, the second time without anything left to do.
    fn check_twice(&self, options: &ScanOptions) {
        self.check(options);
        let files = self.files();
        let (scan, outcome) = self.check(options);
        assert!(outcome.errors.is_empty(), "{:?}", outcome.errors);
        assert_eq!(outcome.reused_commits, compared(&scan));
        assert_eq!(self.files(), files, "a run without news writes nothing");
    }
}

/// Commits and merges that were compared, when all lie inside the window.
fn compared(scan: &Scan) -> usize {
    scan.commits.len() + scan.merges.len()
}

/// Both walks, each with and without renames.
fn all_ways(repo: &RepoBuilder) -> Vec<ScanOptions> {
    let walks = [Walk::FirstParent, Walk::AllParents];
    let with = |walk, renames| ScanOptions { walk, ..options(repo.path(), renames) };
    walks.into_iter().flat_map(|walk| [Renames::Follow, Renames::Off].map(|it| with(walk, it))).collect()
}

fn follow(repo: &RepoBuilder) -> ScanOptions {
    options(repo.path(), Renames::Follow)
}

#[test]
fn files_that_were_read_and_those_that_were_parsed_do_not_mix() {
    let mut repo = history();
    let code = "int f(int x) {\n    if (x) return 1;\n    return 0;\n}\n";
    repo.commit("tests")
        .write("tests/t.c", code)
        .write("tests/made.c", format!("// DO NOT EDIT\n{code}"))
        .create();
    let all = follow(&repo);
    let source = ScanOptions { measure: Measure::Source, ..all.clone() };
    for options in [[&all, &source, &all], [&source, &all, &source]] {
        let cache = Cache::new();
        for options in options {
            cache.check_twice(options);
        }
    }
}

/// A history with a rename, a merge, binary content, a symbolic link and two authors.
fn history() -> RepoBuilder {
    let mut repo = RepoBuilder::new();
    let code = "fn a(x: u8) -> u8 {\n    if x > 1 { 2 } else { 3 }\n}\n";
    repo.commit("one (ABC-1)").write("src/a.rs", code.repeat(4)).write("b.dat", "1\n2\n").create();
    repo.commit("two").write("c.bin", b"\0\x01").symlink("link", "b.dat").create();
    repo.branch("side");
    repo.commit("three\n\nFixes #7").rename("src/a.rs", "src/b.rs").create();
    let main = repo.head().expect("on main");
    repo.checkout("side");
    let side = repo.commit("four").write("b.dat", "1\n3\n").author("Bo", "bo@example.com").create();
    repo.checkout("main");
    repo.commit("five").merge([side]).create();
    assert_ne!(main, repo.head().expect("on main"));
    repo.commit("six").write("src/b.rs", code.repeat(3)).create();
    repo
}

#[test]
fn a_run_without_news_computes_nothing_and_says_the_same() {
    let (repo, cache) = (history(), Cache::new());
    let (_, cold) = cache.check(&follow(&repo));
    assert_eq!((cold.reused_commits, cold.reused_files), (0, 0));
    let (scan, warm) = cache.check(&follow(&repo));
    // A link has no content of its own.
    let measured = scan.files.iter().filter_map(|file| file.present.as_ref()).filter(|file| file.bytes > 0);
    assert_eq!((warm.reused_commits, warm.reused_files), (compared(&scan), measured.count()));
    assert_eq!(cache.files().len(), 1);
}

#[test]
fn new_commits_are_added_until_files_are_merged() {
    let (mut repo, cache) = (history(), Cache::new());
    cache.check_twice(&follow(&repo));
    for round in 0..12 {
        repo.commit(format!("round {round}")).write("b.dat", format!("{round}\n")).create();
        let (scan, outcome) = cache.check(&follow(&repo));
        assert_eq!(outcome.reused_commits, compared(&scan) - 1, "round {round}");
        assert!(outcome.errors.is_empty());
        assert!(cache.files().len() <= 8, "{} files", cache.files().len());
    }
    cache.check_twice(&follow(&repo));
}

#[test]
fn rewritten_history_and_other_branches_reuse_what_is_still_true() {
    let (mut repo, cache) = (history(), Cache::new());
    cache.check_twice(&follow(&repo));
    let mut on_side = follow(&repo);
    on_side.revision = "side".to_owned();
    let (scan, outcome) = cache.check(&on_side);
    assert_eq!(outcome.reused_commits, compared(&scan));
    let parent = String::from_utf8(repo.git(&["rev-parse", "HEAD~1"])).expect("ASCII");
    repo.commit("six, amended").parents([parent.trim()]).write("src/b.rs", "fn b() {}\n").create();
    let (scan, outcome) = cache.check(&follow(&repo));
    assert_eq!(outcome.reused_commits, compared(&scan) - 1);
    cache.check_twice(&on_side);
    cache.check_twice(&follow(&repo));
}

#[test]
fn windows_share_their_commits() {
    let (repo, cache) = (history(), Cache::new());
    let window = |since: Option<i64>, until: Option<i64>| {
        let at = |time: i64| TimeSpec::At(Timestamp(START + time));
        ScanOptions { since: since.map(at), until: until.map(at), ..follow(&repo) }
    };
    for (since, until) in [(Some(9000), None), (None, None), (Some(5000), Some(15_000)), (None, Some(9000))] {
        cache.check(&window(since, until));
        cache.check(&window(since, until));
    }
}

#[test]
fn renames_measuring_and_folders_do_not_disturb_each_other() -> TestResult {
    let (repo, cache) = (history(), Cache::new());
    fs::create_dir_all(repo.path().join("src"))?;
    for _ in 0..2 {
        for renames in [Renames::Follow, Renames::Off] {
            for measure in [Measure::Nothing, Measure::Tree] {
                cache.check(&ScanOptions { renames, measure, ..options(repo.path(), renames) });
            }
            cache.check(&options(&repo.path().join("src"), renames));
        }
    }
    cache.check_twice(&options(repo.path(), Renames::Off));
    Ok(())
}

#[test]
fn versioned_settings_count_as_of_today() {
    let (mut repo, cache) = (history(), Cache::new());
    cache.check_twice(&follow(&repo));
    for (file, content) in [
        (".mailmap", "Bo Example <bo@example.com>\n"),
        (".gitattributes", "*.dat -diff\n"),
        (".gitattributes", "*.bin diff\n*.dat linguist-language=C\n"),
        (".gitattributes", "src/** linguist-vendored\n"),
        (".gitattributes", "# nothing\n"),
        (".debtscanignore", "src/\n"),
    ] {
        repo.commit("settings").write(file, content).create();
        cache.check_twice(&follow(&repo));
    }
    assert_eq!(cache_entries(&cache.path(), Some(repo.path())).expect("listed").len(), 1);
}

#[test]
fn merges_and_first_parents_are_kept_like_any_other() {
    let (mut repo, cache) = (merged(), Cache::new());
    for round in 0..2 {
        for options in all_ways(&repo) {
            cache.check_twice(&options);
            let (scan, _) = cache.check(&options);
            let merges = scan.commits.iter().filter(|commit| commit.is_merge()).count();
            let expected = if options.walk == Walk::FirstParent { (3, 0) } else { (2, 1) };
            assert_eq!((merges, scan.merges.len()), expected);
        }
        // The rows of merges depend on the attributes of today as well.
        repo.commit("settings").write(".gitattributes", format!("both -diff\n# {round}\n")).create();
    }
    // Enough of them that the files are made into one, with the rows of all ways.
    for round in 0..10 {
        repo.commit("more").write("both", format!("{round}\n")).create();
        cache.check(&follow(&repo));
    }
    assert!(cache.files().len() <= 8);
    for options in all_ways(&repo) {
        let (scan, outcome) = cache.check(&options);
        assert!(outcome.reused_commits + 11 >= compared(&scan), "{options:?}");
        cache.check_twice(&options);
    }
}

#[test]
fn a_walk_along_first_parents_does_not_hide_the_others() {
    for (first, second) in [(Walk::FirstParent, Walk::AllParents), (Walk::AllParents, Walk::FirstParent)] {
        let (repo, cache) = (merged(), Cache::new());
        for walk in [first, second, first, second] {
            cache.check(&ScanOptions { walk, ..follow(&repo) });
        }
        cache.check_twice(&ScanOptions { walk: first, ..follow(&repo) });
        cache.check_twice(&ScanOptions { walk: second, ..follow(&repo) });
    }
}

#[test]
fn co_authors_are_kept() {
    let (mut repo, cache) = (history(), Cache::new());
    let credits =
        "Squashed (#7)\n\nCo-authored-by: Bo <bo@example.com>\nCo-authored-by: Cy <CY@example.com>\n";
    repo.commit(credits).write("b.dat", "7\n").create();
    repo.commit("bot").author("dependabot[bot]", "x@y").write("b.dat", "8\n").create();
    for options in all_ways(&repo) {
        cache.check_twice(&options);
        let (scan, _) = cache.check(&options);
        let credited: Vec<usize> = scan.commits.iter().map(|commit| commit.co_authors.len()).collect();
        assert_eq!((credited.iter().sum::<usize>(), scan.bots.len()), (2, 1));
    }
    // Identities are merged again: the current mailmap applies to co-authors too.
    repo.commit("map").write(".mailmap", "Cyrus <cy@example.com>\n").create();
    let (scan, _) = cache.check(&follow(&repo));
    assert!(scan.authors.iter().any(|author| author.name == "Cyrus"));
    cache.check_twice(&follow(&repo));
}

#[test]
fn a_deepened_clone_is_repaired() -> TestResult {
    for mut repo in [history(), merged()] {
        repo.commit("last").write("last", "1\n").create();
        // A merge, and another commit or merge.
        for boundary in ["HEAD~2", "HEAD~1"] {
            let boundary = String::from_utf8(repo.git(&["rev-parse", boundary]))?;
            for first in [0, 2] {
                let cache = Cache::new();
                let mut ways = all_ways(&repo);
                ways.rotate_left(first);
                for options in &ways {
                    fs::write(repo.git_dir().join("shallow"), &boundary)?;
                    assert!(cache.check(options).0.repository.is_shallow);
                    cache.check(options);
                    fs::remove_file(repo.git_dir().join("shallow"))?;
                    cache.check_twice(options);
                    fs::write(repo.git_dir().join("shallow"), &boundary)?;
                    cache.check(options);
                    fs::remove_file(repo.git_dir().join("shallow"))?;
                }
            }
        }
    }
    Ok(())
}

#[test]
fn an_object_that_comes_back_is_read_again() -> TestResult {
    for (walk, name) in [
        (Walk::AllParents, "HEAD~1^2:b.dat"),
        (Walk::AllParents, "HEAD~2^"),
        (Walk::AllParents, "HEAD~2^{tree}"),
        (Walk::AllParents, "HEAD~1^2"),
        (Walk::FirstParent, "HEAD~1:b.dat"),
        (Walk::FirstParent, "HEAD~2^"),
        (Walk::FirstParent, "HEAD~1^{tree}"),
    ] {
        let (mut repo, cache) = (history(), Cache::new());
        let options = ScanOptions { walk, ..follow(&repo) };
        let id = String::from_utf8(repo.git(&["rev-parse", name]))?;
        let (folder, rest) = id.trim().split_at(2);
        let file = repo.git_dir().join("objects").join(folder).join(rest);
        let content = fs::read(&file)?;
        repo.delete_object(id.trim());
        let (damaged, _) = cache.check(&options);
        assert!(!damaged.skipped.is_empty(), "{name} is missed");
        cache.check(&options);
        fs::write(&file, content)?;
        cache.check_twice(&options);
    }
    Ok(())
}

#[test]
fn replaced_objects_are_not_confused_with_their_originals() {
    let (repo, cache) = (history(), Cache::new());
    cache.check_twice(&follow(&repo));
    repo.git(&["replace", "HEAD~1", "HEAD~2"]);
    cache.check(&follow(&repo));
    repo.git(&["replace", "--delete", "HEAD~1"]);
    cache.check_twice(&follow(&repo));
}

#[test]
fn long_ids_are_kept_too() {
    let cache = Cache::new();
    let mut repo = RepoBuilder::sha256();
    repo.commit("one").write("a.c", "int a;\n").create();
    repo.commit("two").write("a.c", "int b;\n").create();
    cache.check_twice(&follow(&repo));
}

/// Spoils the only file of a filled cache; the scan notices, repairs it and goes on.
fn check_spoiled(spoil: impl FnOnce(&Path, Vec<u8>), is_told: bool) {
    let (repo, cache) = (history(), Cache::new());
    cache.check(&follow(&repo));
    let file = cache.files().pop().expect("one file");
    let content = fs::read(&file).expect("readable");
    spoil(&file, content);
    let (_, outcome) = cache.check(&follow(&repo));
    assert_eq!(outcome.reused_commits, 0);
    assert_eq!(!outcome.errors.is_empty(), is_told, "{:?}", outcome.errors);
    cache.check_twice(&follow(&repo));
    assert_eq!(cache.files().len(), 1, "the spoiled file is gone");
}

#[test]
fn a_spoiled_file_is_replaced() {
    let write = |file: &Path, content: &[u8]| fs::write(file, content).expect("written");
    check_spoiled(|file, content| write(file, &content[..content.len() / 2]), true);
    check_spoiled(|file, _| write(file, b""), true);
    check_spoiled(
        |file, mut content| {
            let middle = content.len() / 2;
            content[middle] ^= 1;
            write(file, &content);
        },
        true,
    );
    check_spoiled(|file, _| write(file, &[b'x'; 300]), true);
    // The format's number follows the eight bytes of the name.
    check_spoiled(
        |file, mut content| {
            content[8] = 0;
            write(file, &content);
        },
        false,
    );
}

#[test]
fn a_place_that_cannot_be_written_is_told_and_nothing_more() -> TestResult {
    let repo = history();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("file");
    fs::write(&file, "not a folder")?;
    let (found, outcome) = scan_with_cache(&follow(&repo), Some(&file), &Silent)?;
    assert_eq!(found, scan(&follow(&repo), &Silent)?);
    assert!(
        outcome.errors.iter().any(|trouble| matches!(trouble, RunError::Write { .. })),
        "{:?}",
        outcome.errors
    );
    assert_eq!(fs::read_to_string(&file)?, "not a folder");
    Ok(())
}

#[test]
fn runs_at_once_do_not_disturb_each_other() {
    let (mut repo, cache) = (history(), Cache::new());
    for round in 0..4 {
        repo.commit("more").write("b.dat", format!("{round}\n")).create();
        let options = follow(&repo);
        let plain = scan(&options, &Silent).expect("scanned");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let (found, _) =
                        scan_with_cache(&options, Some(&cache.path()), &Silent).expect("scanned");
                    assert!(found == plain);
                });
            }
        });
    }
    cache.check_twice(&follow(&repo));
}

#[test]
fn what_is_kept_is_listed_and_cleared_by_repository() -> TestResult {
    let (one, two, cache) = (history(), history(), Cache::new());
    cache.check(&follow(&one));
    cache.check(&follow(&two));
    assert_eq!(cache_entries(&cache.path(), None)?.len(), 2);
    let of_one = cache_entries(&cache.path(), Some(one.path()))?;
    assert_eq!(of_one.len(), 1);
    assert_eq!(of_one[0].repository, Some(one.git_dir().canonicalize()?));
    assert!(of_one[0].bytes > 0 && of_one[0].files == 1);
    clear_cache(&of_one)?;
    clear_cache(&of_one)?;
    assert_eq!(cache_entries(&cache.path(), None)?.len(), 1);
    cache.check_twice(&follow(&one));
    assert!(cache_entries(&cache.path().join("nowhere"), None)?.is_empty());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_histories_are_the_same_from_the_cache(
        steps in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 1..30)
    ) {
        let (repo, cache) = (random(&steps), Cache::new());
        for options in all_ways(&repo) {
            cache.check(&ScanOptions { revision: "HEAD~1".to_owned(), ..options });
        }
        for options in all_ways(&repo) {
            cache.check_twice(&options);
        }
    }
}
