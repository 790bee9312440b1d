//! What a scan says about people, files and the tree.

use debtscan_model::{ComplexityMeasure, FileClass, RepoPath, SkipReason};
use debtscan_scanner::{Renames, Silent};
use debtscan_testkit::{RepoBuilder, TestResult};

use crate::rows::{options, scan, scan_all};

#[test]
fn the_mailmap_of_the_scanned_tree_merges_people() {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a", "1\n").author("Joe", "joe@old.example").create();
    repo.commit("two").write("a", "2\n").author("Joe R.", "JOE@new.example").create();
    repo.commit("map")
        .write(".mailmap", "Joe Real <joe@new.example> <joe@old.example>\nJoe Real <joe@new.example>\n")
        .create();
    let scan = scan_all(repo.path(), Renames::Follow);
    let shown: Vec<String> =
        scan.authors.iter().map(|author| format!("{} <{}>", author.name, author.email)).collect();
    let expected = String::from_utf8(repo.git(&[
        "--attr-source=HEAD",
        "-c",
        "mailmap.blob=HEAD:.mailmap",
        "log",
        "--format=%aN <%aE>",
    ]))
    .expect("UTF-8");
    let mut expected: Vec<String> = expected.lines().map(str::to_lowercase).collect();
    expected.sort();
    expected.dedup();
    assert_eq!(shown.iter().map(|author| author.to_lowercase()).collect::<Vec<_>>(), expected);
    assert_eq!(shown.iter().filter(|author| author.contains("Joe")).count(), 1);
}

#[test]
fn a_file_carries_its_whole_history_under_its_present_name() -> TestResult {
    let mut repo = RepoBuilder::new();
    let text = "fn main() {}\n".repeat(30);
    repo.commit("one").write("old.rs", &text).create();
    repo.commit("two").write("old.rs", format!("{text}// two\n")).create();
    repo.commit("three").rename("old.rs", "mid.rs").create();
    repo.commit("four").rename("mid.rs", "new.rs").create();
    let scan = scan_all(repo.path(), Renames::Follow);
    let index = scan.find_file(&RepoPath::new("new.rs")?).expect("it is there");
    let file = scan.file(index);
    assert_eq!(file.history.len(), 4);
    assert_eq!(
        file.aliases.iter().map(|alias| scan.path(*alias).to_string()).collect::<Vec<_>>(),
        ["mid.rs", "old.rs"]
    );
    assert_eq!(scan.churn(index).lines_added, 31);
    assert_eq!(scan.files.len(), 1, "older names are not files of their own");
    let apart = scan_all(repo.path(), Renames::Off);
    assert_eq!(apart.files.iter().filter(|file| file.present.is_some()).count(), 1);
    assert_eq!(apart.files.len(), 3);
    Ok(())
}

#[test]
fn the_tree_is_measured_at_the_scanned_revision_whatever_the_work_tree_holds() -> TestResult {
    let mut repo = RepoBuilder::new();
    repo.commit("one")
        .write("a.rs", "fn f(x: u8) -> u8 {\n    if x > 1 { 2 } else { 3 }\n}\n")
        .write("notes.cfg", "a = 1\n\nb = 2\n")
        .create();
    std::fs::write(repo.path().join("a.rs"), "dirty")?;
    let scan = scan_all(repo.path(), Renames::Follow);
    let present = |path: &str| {
        let file = scan.file(scan.find_file(&RepoPath::new(path).expect("valid")).expect("present"));
        (file.class, file.present.clone().expect("present"))
    };
    let (class, code) = present("a.rs");
    let complexity = code.complexity.expect("measured");
    assert_eq!((class, complexity.measure), (FileClass::Source, ComplexityMeasure::SyntaxTree));
    // One function with one decision: McCabe 2; lines 1 to 3.
    assert_eq!((complexity.cyclomatic(), complexity.sloc), (2, 3));
    let (class, data) = present("notes.cfg");
    let complexity = data.complexity.expect("measured");
    assert_eq!(
        (class, complexity.measure, complexity.sloc),
        (FileClass::Other, ComplexityMeasure::Indentation, 2)
    );
    Ok(())
}

#[test]
fn excluded_paths_are_left_out_and_counted() -> TestResult {
    let mut repo = RepoBuilder::new();
    repo.commit("one")
        .write("gen/a.c", "1\n")
        .write("b.min.js", "2\n")
        .write("c.c", "3\n")
        .write(".debtscanignore", "/gen/\n")
        .create();
    let mut options = options(repo.path(), Renames::Follow);
    options.exclude = vec!["*.min.js".to_owned()];
    let scan = scan(&options, &Silent)?;
    assert_eq!(
        scan.files.iter().map(|file| file.path.to_string()).collect::<Vec<_>>(),
        [".debtscanignore", "c.c"]
    );
    assert_eq!(scan.repository.excluded_files, 2);
    assert_eq!(scan.changes.len(), 2);
    Ok(())
}

#[test]
fn submodules_are_counted_and_not_entered() {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a", "1\n").gitlink("vendor/sub", "1".repeat(40)).create();
    let scan = scan_all(repo.path(), Renames::Follow);
    assert_eq!(
        scan.skipped.iter().map(|skipped| (skipped.reason, skipped.subject.to_string())).collect::<Vec<_>>(),
        [(SkipReason::Submodule, "vendor/sub".to_owned())]
    );
}

#[test]
fn code_owners_and_ticket_ids_are_carried_along() {
    let mut repo = RepoBuilder::new();
    repo.commit("Fix crash (SHOP-12)\n\nCloses #34\n").write(".github/CODEOWNERS", "* @team\n").create();
    let scan = scan_all(repo.path(), Renames::Follow);
    assert_eq!(scan.commits[0].summary, "Fix crash (SHOP-12)");
    assert_eq!(scan.commits[0].ticket_ids, ["#34", "SHOP-12"]);
    assert_eq!(scan.code_owners.map(|file| file.content), Some(b"* @team\n".to_vec()));
}

#[test]
fn a_commit_that_touches_two_names_of_one_file_is_one_revision() -> TestResult {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a.c", "int first;\n".repeat(20)).create();
    repo.commit("two").remove("a.c").write("b.c", "long second(void);\n".repeat(20)).create();
    repo.commit("three").rename("b.c", "a.c").create();
    let scan = scan_all(repo.path(), Renames::Follow);
    let index = scan.find_file(&RepoPath::new("a.c")?).expect("present");
    assert_eq!(scan.file(index).history.len(), 4, "the deletion and the addition of commit two are two rows");
    assert_eq!(scan.churn(index).revisions, 3);
    Ok(())
}
