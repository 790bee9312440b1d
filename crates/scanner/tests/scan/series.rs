//! Scans at earlier times: each is what a scan would have been then.

use std::path::Path;

use debtscan_model::{File, PresentFile, Scan, Timestamp};
use debtscan_scanner::{Measure, Renames, Repository, ScanOptions, Silent, Walk};
use debtscan_testkit::{RepoBuilder, START, TICK, git};
use proptest::prelude::{ProptestConfig, any, prop, proptest};

use crate::merges::{merged, random};
use crate::rows::{options, scan, scan_with_cache};

fn at(series: &mut Repository, time: i64) -> Option<Scan> {
    series.scan_at(Timestamp(time), &Silent).expect("scanned")
}

/// The commit that git finds for a time.
fn of_git(path: &Path, time: i64) -> String {
    // git would read the number alone as a year.
    let before = format!("--before=@{time}");
    let args = ["rev-list", "-1", "--first-parent", &before, "HEAD"];
    String::from_utf8(git(path, &args)).expect("ids are ASCII").trim().to_owned()
}

/// Every scan of a series must be that of the revision alone, but for the date.
fn check(options: &ScanOptions, times: impl IntoIterator<Item = i64>) {
    let mut series = Repository::open(options, None).expect("a repository");
    for time in times {
        let revision = of_git(&options.path, time);
        let expected = (!revision.is_empty()).then(|| {
            let alone = scan(&ScanOptions { revision, ..options.clone() }, &Silent).expect("scanned");
            Scan { as_of: Timestamp(time), ..alone }
        });
        let found = at(&mut series, time);
        assert!(found == expected, "at {time}: {found:#?}\nalone: {expected:#?}");
    }
}

#[test]
fn a_scan_at_a_time_is_the_scan_of_the_commit_that_git_finds_for_it() {
    let repo = merged();
    let ends = START - TICK..=repo.now() + TICK;
    for walk in [Walk::AllParents, Walk::FirstParent] {
        for renames in [Renames::Follow, Renames::Off] {
            let options = ScanOptions { walk, ..options(repo.path(), renames) };
            let later_first = ends.clone().rev().step_by(usize::try_from(TICK / 2).expect("small"));
            check(&options, later_first);
            check(&options, ends.clone().step_by(usize::try_from(TICK).expect("small")));
        }
    }
}

#[test]
fn nothing_that_came_later_shows() {
    let code = "int f(int x) {\n    if (x) return 1;\n    return 0;\n}\n";
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("src/a.c", code).write("lib/b.c", code).write("data.bin", "1\n2\n").create();
    repo.commit("two (BUG-1)").write("src/a.c", code.repeat(3)).write("data.bin", "1\n2\n3\n").create();
    let then = repo.now() - TICK;
    let options = ScanOptions { measure: Measure::Source, ..options(repo.path(), Renames::Follow) };
    let before =
        at(&mut Repository::open(&options, None).expect("a repository"), then).expect("there were commits");

    let first = of_git(repo.path(), then);
    repo.commit("rename and grow").rename("src/a.c", "src/z.c").write("lib/b.c", code.repeat(50)).create();
    repo.commit("rules")
        .write(
            ".gitattributes",
            "lib/** linguist-vendored\nsrc/** linguist-generated\ndata.bin binary\n*.c -diff\n",
        )
        .write("CODEOWNERS", "* @later\n")
        .write(".debtscanignore", "lib/\n")
        .write(".mailmap", "Somebody Else <ada@example.com>\n")
        .write(".git-blame-ignore-revs", format!("{first}\n"))
        .create();
    repo.commit("gone (BUG-1)").remove("lib/b.c").write("src/z.c", "int z;\n").create();

    let mut series = Repository::open(&options, None).expect("a repository");
    let now = series.scan_unfiltered(&Silent).expect("scanned");
    assert!(now.code_owners.is_some() && now.files.iter().all(|file| file.path.as_bytes() != b"src/a.c"));
    let is_ignored = |file: &File| file.path.as_bytes() == b"lib/b.c";
    assert!(now.files.iter().any(is_ignored), "hindsight ignores what was ignored later");
    assert!(now.changes.iter().all(|change| change.lines.is_some()), "and counts what was hidden later");
    assert!(at(&mut series, then).expect("there were commits") == before);
    assert!(at(&mut series, START - 1).is_none(), "there was no commit yet");
}

#[test]
fn the_cache_changes_no_scan_of_a_series_and_a_second_one_has_nothing_left_to_do() {
    let repo = merged();
    let cache = tempfile::tempdir().expect("a temporary folder");
    let options = options(repo.path(), Renames::Follow);
    let times: Vec<i64> = (0..1000).map(|n| START + n * TICK).take_while(|time| *time < repo.now()).collect();
    let run = |cache: Option<&Path>| {
        let mut series = Repository::open(&options, cache).expect("a repository");
        let scans: Vec<Option<Scan>> = times.iter().map(|time| at(&mut series, *time)).collect();
        (scans, series.finish())
    };
    let (plain, _) = run(None);
    let (cold, outcome) = run(Some(cache.path()));
    assert!(cold == plain && outcome.errors.is_empty());
    let segments = || {
        let folders = std::fs::read_dir(cache.path()).expect("readable");
        let files = folders.flat_map(|it| std::fs::read_dir(it.expect("readable").path()).expect("readable"));
        files.map(|file| file.expect("readable").file_name()).collect::<std::collections::BTreeSet<_>>()
    };
    let written = segments();
    let (warm, outcome) = run(Some(cache.path()));
    assert!(warm == plain && outcome.errors.is_empty());
    assert_eq!(segments(), written, "a run without news writes nothing");
    // What a series kept serves a plain scan too.
    let (whole, outcome) = scan_with_cache(&options, Some(cache.path()), &Silent).expect("scanned");
    assert!(whole == scan(&options, &Silent).expect("scanned"));
    assert_eq!(outcome.reused_commits, whole.commits.len() + whole.merges.len());
}

#[test]
fn what_is_not_source_is_not_parsed_and_is_the_same_but_for_that() {
    let code = "int f(int x) {\n    if (x) return 1;\n    return 0;\n}\n";
    let mut repo = RepoBuilder::new();
    repo.commit("all kinds")
        .write("src/a.c", code)
        .write("src/made.c", format!("/* DO NOT EDIT */\n{code}"))
        .write("tests/t.c", code)
        .write("tests/made.c", format!("/* DO NOT EDIT */\n{code}"))
        .write("vendor/v.c", code)
        .write("run", "#!/bin/sh\ntrue\n")
        .create();
    let all = options(repo.path(), Renames::Follow);
    let whole = scan(&all, &Silent).expect("scanned");
    let source = scan(&ScanOptions { measure: Measure::Source, ..all }, &Silent).expect("scanned");
    for (a, b) in whole.files.iter().zip(&source.files) {
        let unparsed = a.present.clone().map(|file| PresentFile { complexity: None, ..file });
        assert!(a == b || (File { present: unparsed, ..a.clone() }) == *b, "{}", a.path);
    }
    let measured =
        source.files.iter().filter(|file| file.present.as_ref().is_some_and(|it| it.complexity.is_some()));
    assert_eq!(measured.count(), 3, "a.c, made.c and run");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn random_histories_hold_it_too(
        steps in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 1..14)
    ) {
        let repo = random(&steps);
        let options = options(repo.path(), Renames::Follow);
        check(&options, (0..1000).map(|n| START + n * TICK).take_while(|time| *time <= repo.now()));
    }
}
