//! Repositories that are cut, empty, damaged or looked at from the side.

use debtscan_model::{RepoPath, SkipReason};
use debtscan_scanner::{GitError, Renames, ScanError, ScanOptions, Silent, TimeSpec};
use debtscan_testkit::{RepoBuilder, TestResult};

use crate::rows::{of_scan, options, scan, scan_all};

#[test]
fn an_unborn_branch_is_named_in_the_error() {
    let repo = RepoBuilder::new();
    let error = scan(&options(repo.path(), Renames::Follow), &Silent).expect_err("nothing to scan");
    assert!(
        matches!(&error, ScanError::Git(GitError::Unborn { reference }) if reference == "main"),
        "{error}"
    );
}

#[test]
fn a_folder_without_repository_and_an_unknown_revision_are_refused() -> TestResult {
    let folder = tempfile::tempdir()?;
    let error = scan(&options(folder.path(), Renames::Follow), &Silent).expect_err("no repository");
    assert!(matches!(error, ScanError::Git(GitError::NotARepository { .. })), "{error}");
    let mut repo = RepoBuilder::new();
    repo.commit("x").write("a", "1\n").create();
    let mut options = options(repo.path(), Renames::Follow);
    options.revision = "no-such-branch".to_owned();
    let error = scan(&options, &Silent).expect_err("no such revision");
    assert!(
        matches!(error, ScanError::Git(GitError::UnknownRevision { source: None, .. })),
        "in plain words: {error:?}"
    );
    Ok(())
}

#[test]
fn a_name_of_nothing_has_no_further_cause_and_an_ambiguous_id_has() {
    let mut repo = RepoBuilder::new();
    for n in 0..200 {
        repo.commit("step").write("a", format!("{n}\n")).create();
    }
    let cause = |revision: &str| {
        let options = ScanOptions { revision: revision.to_owned(), ..options(repo.path(), Renames::Follow) };
        match scan(&options, &Silent) {
            Err(ScanError::Git(GitError::UnknownRevision { source, .. })) => source.map(|it| it.to_string()),
            other => panic!("{revision}: {:?}", other.map(|scan| scan.commits.len())),
        }
    };
    for absent in ["no-such-branch", &"deadbeef".repeat(5), "deadbeef", "two words"] {
        assert_eq!(cause(absent), None, "{absent}");
    }
    // Of 600 objects, several have the same first four digits.
    let objects = debtscan_testkit::git(repo.path(), &["cat-file", "--batch-all-objects", "--batch-check"]);
    let objects = String::from_utf8(objects).expect("ASCII");
    let mut ids: Vec<&str> = objects.lines().map(|line| &line[..4]).collect();
    ids.sort_unstable();
    let twice = ids.windows(2).find(|pair| pair[0] == pair[1]).expect("600 ids of 4 digits");
    assert!(cause(twice[0]).is_some_and(|cause| cause.starts_with("several objects")), "{}", twice[0]);
}

#[test]
fn the_window_ends_at_tags_branches_and_commits() -> TestResult {
    let mut repo = RepoBuilder::new();
    let ids: Vec<String> =
        (0..6).map(|n| repo.commit("step").write("a", format!("{n}\n")).create()).collect();
    repo.tag("v1", &ids[1]);
    repo.annotated_tag("v2.0", &ids[4], "release");
    let found = |since: Option<&str>, until: Option<&str>| {
        let mut options = options(repo.path(), Renames::Follow);
        let revision = |name: &str| TimeSpec::Revision(name.to_owned());
        options.since = since.map(revision);
        options.until = until.map(revision);
        let scan = scan(&options, &Silent)?;
        Ok::<_, ScanError>(scan.commits.iter().map(|commit| commit.id.to_string()).collect::<Vec<_>>())
    };
    assert_eq!(found(Some("v1"), Some("v2.0"))?, ids[1..4]);
    assert_eq!(found(Some(&ids[3][..10]), None)?, ids[3..]);
    assert_eq!(found(None, Some("main~2"))?, ids[..3]);
    let error = found(Some("v9"), None).expect_err("there is no such tag");
    assert!(matches!(&error, ScanError::UnknownTime { text, .. } if text == "v9"), "{error}");
    Ok(())
}

#[test]
fn references_in_a_table_are_refused_rather_than_taken_for_an_empty_repository() -> TestResult {
    let folder = tempfile::tempdir()?;
    debtscan_testkit::git(folder.path(), &["init", "--quiet", "--ref-format=reftable", "."]);
    let error = scan(&options(folder.path(), Renames::Follow), &Silent).expect_err("not readable");
    assert!(
        matches!(&error, ScanError::Git(GitError::UnsupportedRefStorage { format, .. }) if format == "reftable"),
        "{error}"
    );
    Ok(())
}

#[test]
fn a_shallow_boundary_is_reported_and_not_counted_as_new_lines() {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a", "1\n".repeat(100)).create();
    let second = repo.commit("two").write("b", "2\n").create();
    let third = repo.commit("three").write("c", "3\n").create();
    repo.shallow([second.as_str()]);
    let scan = scan_all(repo.path(), Renames::Follow);
    assert!(scan.repository.is_shallow);
    let rows = of_scan(&scan);
    assert_eq!(rows.keys().map(|(commit, _)| commit.as_str()).collect::<Vec<_>>(), [third.as_str()]);
    assert_eq!(
        scan.skipped.iter().map(|skipped| skipped.reason).collect::<Vec<_>>(),
        [SkipReason::ShallowBoundary]
    );
}

#[test]
fn a_missing_blob_costs_its_own_rows_and_no_more() {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a", "1\n").write("b", "x\n").create();
    repo.commit("two").write("a", "2\n").write("b", "y\n").create();
    let blob = String::from_utf8(repo.git(&["rev-parse", "HEAD~1:a"])).expect("ASCII");
    repo.delete_object(blob.trim());
    let scan = scan_all(repo.path(), Renames::Follow);
    let unreadable: Vec<_> =
        scan.skipped.iter().filter(|skipped| skipped.reason == SkipReason::UnreadableObject).collect();
    assert_eq!(unreadable.len(), 2, "the change that wrote it and the one that replaced it: {unreadable:?}");
    assert_eq!(
        scan.changes.iter().filter(|change| change.lines.is_some()).count(),
        2,
        "both changes of b are whole"
    );
}

#[test]
fn a_missing_commit_is_reported_and_the_rest_goes_on() {
    let mut repo = RepoBuilder::new();
    let first = repo.commit("one").write("a", "1\n").create();
    let second = repo.commit("two").write("b", "2\n").create();
    repo.commit("three").write("c", "3\n").create();
    repo.delete_object(&first);
    let scan = scan_all(repo.path(), Renames::Follow);
    assert!(scan.skipped.iter().any(|skipped| skipped.reason == SkipReason::UnreadableObject));
    assert_eq!(scan.commits.len(), 2);
    assert_eq!(of_scan(&scan).len(), 1, "the child of the missing commit {second} cannot be compared");
}

#[test]
fn a_folder_limits_the_scan_and_keeps_paths_from_the_root() -> TestResult {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("lib/a.c", "int a;\n".repeat(20)).write("src/b.c", "int b;\n").create();
    repo.commit("move in").rename("src/b.c", "lib/b.c").create();
    std::fs::create_dir_all(repo.path().join("lib"))?;
    let scan = scan_all(&repo.path().join("lib"), Renames::Follow);
    assert_eq!(scan.repository.scope, Some(RepoPath::new("lib")?));
    assert_eq!(
        scan.files.iter().map(|file| file.path.to_string()).collect::<Vec<_>>(),
        ["lib/a.c", "lib/b.c"]
    );
    assert_eq!(scan.files[1].history.len(), 2, "the history from before the move belongs to the file");
    Ok(())
}

#[test]
fn bare_and_detached_repositories_need_no_work_tree() {
    let mut repo = RepoBuilder::bare();
    let first = repo.commit("one").write("a.rs", "fn a() {}\n").create();
    repo.commit("two").write("a.rs", "fn b() {}\n").create();
    repo.detach(&first);
    let scan = scan_all(repo.path(), Renames::Follow);
    assert_eq!(scan.repository.revision.to_string(), first);
    assert_eq!(scan.commits.len(), 1);
}

#[test]
fn the_users_own_git_configuration_does_not_reach_the_result() -> TestResult {
    let mut repo = RepoBuilder::new();
    repo.commit("attributes").write(".gitattributes", "A -diff\n*.bin binary\n").create();
    repo.commit("one").write("a", "x\ny\nz\n".repeat(9)).create();
    repo.commit("two").rename("a", "b").create();
    let before = scan_all(repo.path(), Renames::Follow);
    for (key, value) in [
        ("diff.renames", "false"),
        ("diff.algorithm", "histogram"),
        ("diff.renameLimit", "1"),
        ("mailmap.file", "nowhere"),
    ] {
        repo.git(&["config", key, value]);
    }
    // Nor do the attributes of one clone, or a file system that does not know letter case.
    let info = repo.git_dir().join("info");
    std::fs::create_dir_all(&info)?;
    std::fs::write(info.join("attributes"), "* -diff\n")?;
    std::fs::write(repo.path().join("attributes"), "* -diff\n")?;
    repo.git(&["config", "core.attributesFile", "attributes"]);
    repo.git(&["config", "core.ignoreCase", "true"]);
    assert_eq!(scan_all(repo.path(), Renames::Follow), before);
    Ok(())
}

#[test]
fn the_configuration_of_the_repository_changes_no_figure() -> TestResult {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("src/a.c", "int a;\n").write("b.c", "int b;\n").create();
    let second = repo.commit("two").write("src/a.c", "int a;\nint c;\n").create();
    std::fs::create_dir(repo.path().join("src"))?;
    // A list of shallow commits elsewhere in the git folder, and another HEAD in a namespace.
    std::fs::write(repo.git_dir().join("other"), format!("{second}\n"))?;
    let namespace = repo.git_dir().join("refs/namespaces/n");
    std::fs::create_dir_all(&namespace)?;
    std::fs::write(namespace.join("HEAD"), "ref: refs/heads/none\n")?;
    let whole = scan_all(repo.path(), Renames::Follow);
    let folder = scan_all(&repo.path().join("src"), Renames::Follow);
    assert_eq!((whole.files.len(), folder.files.len()), (2, 1));
    let config = std::fs::read_to_string(repo.git_dir().join("config"))?;
    for section in [
        "[core]\n\tworktree = /\n",
        "[core]\n\tworktree = /nowhere\n",
        "[core]\n\tbare = true\n",
        "[core]\n\tmultiPackIndex = false\n\tuseReplaceRefs = false\n\tabbrev = 4\n",
        "[core]\n\tdeltaBaseCacheLimit = 100g\n\tsshCommand = false\n\tfsmonitor = false\n",
        "[gitoxide \"core\"]\n\tshallowFile = other\n",
        "[gitoxide \"core\"]\n\tshallowFile = /dev/zero\n",
        "[gitoxide \"core\"]\n\trefsNamespace = n\n\tdeltaBaseCacheLimit = 100g\n",
        "[gitoxide \"objects\"]\n\tcacheLimit = 100g\n\tallocLimit = 1\n\treplaceRefBase = refs/heads/\n",
        "[gitoxide \"objects\"]\n\tallocLimitIfReducedTrust = 1\n",
        "[gitoxide]\n\tparsePrecious = true\n[include]\n\tpath = /dev/zero\n",
    ] {
        std::fs::write(repo.git_dir().join("config"), format!("{config}{section}"))?;
        assert_eq!(scan_all(repo.path(), Renames::Follow), whole, "{section}");
        assert_eq!(scan_all(&repo.path().join("src"), Renames::Follow), folder, "{section}");
    }
    Ok(())
}

#[test]
fn a_path_that_no_work_tree_can_hold_stops_nothing() {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write(".gitattributes", "*.c diff\n").write("..", "x\n").write("a.c", "1\n").create();
    let scan = scan_all(repo.path(), Renames::Follow);
    assert_eq!(of_scan(&scan).len(), 3);
    assert_eq!(scan.files.len(), 3);
}
