//! The repositories are valid: git accepts them and reads the written content.

use bstr::{BString, ByteSlice};

use crate::{ObjectFormat, RepoBuilder, START, TICK, TestResult};

fn output(repo: &RepoBuilder, args: &[&str]) -> String {
    repo.git(args).to_str_lossy().trim_end().to_owned()
}

/// A history with one of everything.
fn describe_everything(repo: &mut RepoBuilder) -> Vec<String> {
    // git does not look for the commit of a submodule, so any id of the right length is valid.
    let foreign = "1".repeat(if repo.gix().object_hash() == gix::hash::Kind::Sha1 { 40 } else { 64 });
    let first = repo
        .commit("start")
        .write("src/deep/er/a.rs", "fn a() {}\n\nfn b() {}\n")
        .write_executable("run.sh", "#!/bin/sh\n")
        .symlink("link", "run.sh")
        .gitlink("vendor/lib", foreign)
        .write(b"caf\xe9.txt", b"\xff\xfe\0binary")
        .write(".mailmap", "Ada <ada@example.com> <ada@old.example.com>\n")
        .create();
    let side = {
        repo.branch("side");
        repo.commit("side").write("side.txt", "1\n2\n").author(b"Jos\xe9", "jose@example.com").create()
    };
    repo.branch_at("other", &first);
    let other = repo.commit("other").remove("link").write("src.c", "int x;\n").at(START - 5).create();
    repo.checkout("main");
    let moved = repo.commit("move").rename("src/deep", "lib").copy("run.sh", "bin/run.sh").create();
    let octopus = repo
        .commit("octopus")
        .merge([&side, &other])
        .write("side.txt", "1\n2\n")
        .write("src.c", "int x;\n")
        .remove("link")
        .offset(-5 * 3600)
        .create();
    repo.orphan("second-root");
    let root = repo.commit("second root").write("pages/index.html", "<p>\n").create();
    repo.checkout("main");
    let joined = repo.commit("join").merge([&root]).committer("Ci", "ci@example.com").create();
    repo.tag("v1", &moved);
    let tag = repo.annotated_tag("v2", &octopus, "second");
    vec![first, side, other, moved, octopus, root, joined, tag]
}

fn check_sound(repo: &RepoBuilder) {
    // git is the judge here: a repository that only gitoxide accepts would make every other test
    // worthless.
    repo.git(&["fsck", "--strict", "--full", "--no-dangling"]);
}

#[test]
fn git_finds_nothing_wrong_with_any_kind_of_repository() {
    for mut repo in [RepoBuilder::new(), RepoBuilder::sha256(), RepoBuilder::bare()] {
        describe_everything(&mut repo);
        check_sound(&repo);
        assert_eq!(output(&repo, &["rev-list", "--count", "--all"]), "7");
        assert_eq!(output(&repo, &["rev-parse", "HEAD"]), repo.head().expect("born"));
    }
}

#[test]
fn the_same_description_has_the_same_ids_in_any_folder() -> TestResult {
    let folder = tempfile::tempdir()?;
    let mut here = RepoBuilder::in_folder(&folder.path().join("a b/c"), ObjectFormat::Sha1);
    let mut there = RepoBuilder::new();
    let ids = describe_everything(&mut here);
    assert_eq!(ids, describe_everything(&mut there));
    // Two builds in one process could agree and still depend on the machine. A fixed id would show
    // that.
    assert_eq!(ids[0], "2831b70b5b03c15d70358850a90f45e929f83c78");
    Ok(())
}

#[test]
fn git_reads_the_lines_and_renames_that_were_written() {
    let mut repo = RepoBuilder::new();
    repo.commit("add").write("a.rs", "1\n2\n3\n4\n5\n").create();
    repo.commit("move and edit").rename("a.rs", "src/b.rs").write("src/b.rs", "1\n2\n3\n4\nfive\n").create();
    repo.commit("delete").remove("src").create();
    let log = output(&repo, &["log", "--reverse", "--numstat", "-M", "--format=%s"]);
    let expected = "add\n\n5\t0\ta.rs\nmove and edit\n\n1\t1\ta.rs => src/b.rs\ndelete\n\n0\t5\tsrc/b.rs";
    assert_eq!(log, expected);
}

#[test]
fn modes_paths_and_names_are_written_as_given() {
    let mut repo = RepoBuilder::new();
    describe_everything(&mut repo);
    let listing = BString::from(repo.git(&["ls-tree", "-r", "-z", "side"]));
    let entries: Vec<_> = listing.split_str(b"\0").filter(|entry| !entry.is_empty()).collect();
    let modes: Vec<_> = entries.iter().map(|entry| entry[..6].as_bstr()).collect();
    assert_eq!(modes, ["100644", "100644", "120000", "100755", "100644", "100644", "160000"]);
    assert!(entries[1].ends_with(b"caf\xe9.txt"));
    let names = BString::from(repo.git(&["log", "--no-mailmap", "--format=%an", "-1", "side"]));
    assert_eq!(names, b"Jos\xe9\n".as_bstr());
}

#[test]
fn an_old_raw_mode_survives() {
    let mut repo = RepoBuilder::new();
    repo.commit("old").write_with_mode("a", 0o100_664, "a\n").create();
    check_sound(&repo);
    assert!(repo.git(&["cat-file", "tree", "HEAD^{tree}"]).starts_with(b"100664 a\0"));
}

#[test]
fn the_clock_ticks_an_hour_per_commit_and_can_be_overridden() {
    let mut repo = RepoBuilder::new();
    repo.commit("one").create();
    repo.commit("skewed").at(START - 100).create();
    repo.commit("authored").authored_at(7).create();
    repo.wait(23).commit("later").offset(3600).create();
    let times = output(&repo, &["log", "--reverse", "--format=%at %ct"]);
    let at = |ticks| START + ticks * TICK;
    let expected = [(at(0), at(0)), (START - 100, START - 100), (7, at(2)), (at(26), at(26))];
    let expected: Vec<_> = expected.iter().map(|(author, commit)| format!("{author} {commit}")).collect();
    assert_eq!(times, expected.join("\n"));
}

#[test]
fn parents_are_those_given_and_a_file_may_take_the_place_of_a_folder() {
    let mut repo = RepoBuilder::new();
    let base = repo.commit("base").write("a/b/c", "c\n").create();
    let swap = repo.commit("folder becomes file").write("a", "file\n").create();
    let back = repo.commit("file becomes folder").write("a/x", "x\n").create();
    repo.commit("odd").parents([&swap, &base, &back]).create();
    check_sound(&repo);
    assert_eq!(output(&repo, &["log", "-1", "--format=%P"]), format!("{swap} {base} {back}"));
    assert_eq!(output(&repo, &["ls-tree", "-r", "--name-only", &back]), "a/x");
    repo.commit("root").parents(<[String; 0]>::default()).write("only", "").create();
    assert_eq!(output(&repo, &["ls-tree", "-r", "--name-only", "HEAD"]), "only");
    assert_eq!(output(&repo, &["log", "-1", "--format=%P"]), "");
}

#[test]
fn head_can_be_unborn_or_detached() {
    let mut repo = RepoBuilder::new();
    assert_eq!(repo.head(), None);
    assert_eq!(output(&repo, &["symbolic-ref", "HEAD"]), "refs/heads/main");
    check_sound(&repo);
    let first = repo.commit("one").create();
    let second = repo.commit("two").create();
    repo.detach(&first);
    let third = repo.commit("three").create();
    assert_eq!(output(&repo, &["rev-parse", "HEAD", "HEAD^", "main"]), [third, first, second].join("\n"));
    check_sound(&repo);
}

#[test]
fn a_shallow_repository_lacks_what_lies_behind_its_edge() {
    let mut repo = RepoBuilder::new();
    repo.commit("old").write("gone", "gone\n").write("kept", "kept\n").create();
    let edge = repo.commit("edge").remove("gone").create();
    repo.commit("new").write("new", "new\n").create();
    let old_blob = output(&repo, &["rev-parse", "HEAD~2:gone"]);
    repo.shallow([&edge]);
    check_sound(&repo);
    assert_eq!(output(&repo, &["rev-parse", "--is-shallow-repository"]), "true");
    assert_eq!(output(&repo, &["log", "--format=%s"]), "new\nedge");
    let all = output(&repo, &["cat-file", "--batch-all-objects", "--batch-check=%(objectname)"]);
    assert!(!all.contains(&old_blob));
}

#[test]
fn a_deleted_object_is_missed_by_git() {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a", "a\n").create();
    let blob = output(&repo, &["rev-parse", "HEAD:a"]);
    repo.delete_object(&blob);
    let all = output(&repo, &["cat-file", "--batch-all-objects", "--batch-check=%(objectname)"]);
    assert!(!all.contains(&blob));
}
