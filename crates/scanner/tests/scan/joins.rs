//! Histories that a merge joined below a folder, as `git subtree add` and `git read-tree --prefix` do.

use debtscan_model::{RepoPath, Scan};
use debtscan_scanner::Renames;
use debtscan_testkit::RepoBuilder;

use crate::rows::{check_against_git, scan_all};

/// The subjects of the commits of a file, oldest first.
fn subjects(scan: &Scan, path: &str) -> Vec<String> {
    let file = scan.find_file(&RepoPath::new(path).expect("a path")).expect("it is there");
    let commits = scan.file(file).history.iter().map(|change| scan.change(*change).commit);
    commits.map(|commit| scan.commit(commit).summary.to_string()).collect()
}

/// An application, and a library that has two file names in common with it; returns the library's last commit.
fn two_histories() -> (RepoBuilder, String) {
    let mut repo = RepoBuilder::new();
    repo.commit("app").write("README", "the app\n").write("util.c", "int app_util;\n").create();
    repo.orphan("lib");
    repo.commit("lib").write("README", "the lib\n").write("util.c", "int lib_util(void);\n").create();
    repo.commit("parse").write("parse.c", "int parse;\n").author("Bea", "bea@example.com").create();
    let tip = repo.commit("help").rename("util.c", "help.c").create();
    repo.checkout("main");
    repo.commit("app again").write("util.c", "int app_util;\nint more;\n").create();
    (repo, tip)
}

const LIBRARY: [(&str, &str); 3] =
    [("README", "the lib\n"), ("parse.c", "int parse;\n"), ("help.c", "int lib_util(void);\n")];

/// Joins a commit, with the files of the library below a folder.
fn join(repo: &mut RepoBuilder, message: &str, tip: &str, folder: &str, files: &[(&str, &str)]) -> String {
    let mut commit = repo.commit(message).merge([tip]);
    for (path, content) in files {
        commit = commit.write(format!("{folder}/{path}"), content);
    }
    commit.create()
}

#[test]
fn a_library_below_a_folder_brings_its_history() {
    let (mut repo, tip) = two_histories();
    join(&mut repo, "join", &tip, "third/lib", &LIBRARY);
    repo.commit("touch").write("third/lib/parse.c", "int parse;\nint z;\n").create();
    let scan = scan_all(repo.path(), Renames::Follow);
    assert_eq!(subjects(&scan, "third/lib/parse.c"), ["parse", "join", "touch"]);
    // `git blame` starts this file at the join, because the merge has a file of the old name, too.
    assert_eq!(subjects(&scan, "third/lib/README"), ["lib", "join"]);
    assert_eq!(subjects(&scan, "third/lib/help.c"), ["lib", "help", "join"]);
    assert_eq!(subjects(&scan, "README"), ["app"]);
    assert_eq!(subjects(&scan, "util.c"), ["app", "app again"], "the library renamed its own");
    check_against_git(repo.path());
    let apart = scan_all(repo.path(), Renames::Off);
    assert_eq!(subjects(&apart, "third/lib/parse.c"), ["join", "touch"]);
}

#[test]
fn a_library_that_is_pulled_again_or_edited_while_it_is_joined_keeps_its_folder() {
    let (mut repo, tip) = two_histories();
    let edited = [LIBRARY[0], ("parse.c", "int parse;\nint edited;\n"), LIBRARY[2]];
    join(&mut repo, "join", &tip, "lib", &edited);
    repo.checkout("lib");
    let tip = repo.commit("faster").write("parse.c", "int parse;\nint fast;\n").create();
    repo.checkout("main");
    join(&mut repo, "pull", &tip, "lib", &[("parse.c", "int parse;\nint edited;\nint fast;\n")]);
    repo.commit("move").rename("lib/parse.c", "parser/parse.c").create();
    let scan = scan_all(repo.path(), Renames::Follow);
    // The pull changes the path against the only parent that has it, as a conflict does.
    assert_eq!(subjects(&scan, "parser/parse.c"), ["parse", "join", "faster", "pull", "move"]);
    assert_eq!(subjects(&scan, "lib/help.c"), ["lib", "help", "join"]);
    check_against_git(repo.path());
}

#[test]
fn a_library_of_a_library_goes_through_both_joins() {
    let (mut repo, tip) = two_histories();
    repo.orphan("inner");
    let inner = repo.commit("inner").write("deep.c", "int deep(void) { return 1; }\n").create();
    repo.checkout("lib");
    let tip = {
        assert_eq!(repo.head(), Some(tip));
        join(&mut repo, "inner join", &inner, "in", &[("deep.c", "int deep(void) { return 1; }\n")])
    };
    repo.checkout("main");
    let files = [LIBRARY[0], LIBRARY[1], LIBRARY[2], ("in/deep.c", "int deep(void) { return 1; }\n")];
    join(&mut repo, "join", &tip, "lib", &files);
    let scan = scan_all(repo.path(), Renames::Follow);
    assert_eq!(subjects(&scan, "lib/in/deep.c"), ["inner", "inner join", "join"]);
    check_against_git(repo.path());
}

#[test]
fn a_cut_history_has_no_joins() {
    let (mut repo, tip) = two_histories();
    let merge = join(&mut repo, "join", &tip, "lib", &LIBRARY);
    repo.commit("touch").write("lib/parse.c", "int parse;\nint z;\n").create();
    repo.shallow([&merge]);
    let scan = scan_all(repo.path(), Renames::Follow);
    assert_eq!(subjects(&scan, "lib/parse.c"), ["touch"]);
}
