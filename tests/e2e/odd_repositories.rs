//! Every command over every odd repository: an answer or a message, and never a panic.

use debtscan_testkit::RepoBuilder;

use crate::program::debtscan_in;

/// The first second of the year 9999.
const YEAR_9999: i64 = 253_370_764_800;

const EXPORT: &str = "id,opened_at,cost_usd,path,customers\nI1,2024-01-01,1000,a.c,3\nI2,,,nowhere.c,\n";

/// Every command with the arguments that make it take another way.
const COMMANDS: [&[&str]; 34] = [
    &["scan"],
    &["scan", "--group", "file"],
    &["scan", "--incidents", "../incidents.csv"],
    &["scan", "--incidents", "../incidents.csv", "--introduced"],
    &["scan", "--since", "1y"],
    &["scan", "--first-parent", "--anonymize"],
    &["explain", "a.c"],
    &["explain", "I1", "--incidents", "../incidents.csv"],
    &["incidents", "../incidents.csv"],
    &["hotspots"],
    &["hotspots", "--group", "area"],
    &["hotspots", "--group", "function"],
    &["coupling"],
    &["coupling", "--group", "area"],
    &["areas"],
    &["areas", "--group", "dir"],
    &["areas", "--group", "file"],
    &["areas", "--write-config"],
    &["areas", "--write-config", "--group", "dir"],
    &["knowledge"],
    &["knowledge", "--group", "file"],
    &["trend"],
    &["trend", "--group", "area"],
    &["todos"],
    &["todos", "--group", "file"],
    &["allocation"],
    &["allocation", "--group", "month"],
    &["allocation", "--sample", "3"],
    &["delivery"],
    &["changes"],
    &["backtest"],
    &["backtest", "--incidents", "../incidents.csv"],
    &["cache", "status", "--cache-dir", "../kept"],
    &["init", "--output", "-"],
];

type Build = fn(&mut RepoBuilder);

/// What makes a repository odd, and the settings that do.
const REPOSITORIES: [(&str, Build, &[&str]); 18] = [
    ("unborn", |_| (), &[]),
    ("no file ever", |repo| drop(repo.commit("nothing").create()), &[]),
    ("one commit", |repo| drop(repo.commit("one").write("a.c", "int a;\n").create()), &[]),
    ("bare", deleted_or_not, &[]),
    ("every file deleted", deleted, &[]),
    ("everything excluded", deleted_or_not, &["--exclude", "*"]),
    ("everything ignored", ignored, &[]),
    ("only binaries", |repo| drop(repo.commit("one").write("a.png", b"\x89PNG\0\0\xff").create()), &[]),
    ("only empty files", |repo| drop(repo.commit("one").write("a.c", "").write("b/c.py", "").create()), &[]),
    ("links and submodules alone", links, &[]),
    ("paths that are not UTF-8", strange_paths, &[]),
    (
        "a file that is also a folder",
        |repo| {
            repo.commit("one").write("a", "x\n").create();
            repo.commit("two").remove("a").write("a/b.c", "int b;\n").create();
        },
        &[],
    ),
    ("shallow", shallow, &[]),
    ("HEAD in the year 9999", future, &[]),
    (
        "all in the year 9999",
        |repo| drop(repo.commit("one").write("a.c", "int a;\n").at(YEAR_9999).create()),
        &[],
    ),
    ("before 1970", |repo| drop(repo.commit("one").write("a.c", "int a;\n").at(-1).create()), &[]),
    (
        "people without names",
        |repo| {
            drop(repo.commit("").write("a.c", "int a;\n").author("", "").committer("", "").create());
        },
        &[],
    ),
    ("a merge of unrelated histories", unrelated, &[]),
];

fn deleted(repo: &mut RepoBuilder) {
    repo.commit("one").write("a.c", "int a;\n").write("b/c.py", "x = 1\n").create();
    repo.commit("two").remove("a.c").remove("b/c.py").create();
}

fn deleted_or_not(repo: &mut RepoBuilder) {
    deleted(repo);
    repo.commit("three").write("d.c", "int d;\n").create();
}

fn ignored(repo: &mut RepoBuilder) {
    repo.commit("one").write(".debtscanignore", "*\n").write("a.c", "int a;\n").create();
}

fn links(repo: &mut RepoBuilder) {
    let commit = "0123456789012345678901234567890123456789";
    repo.commit("one").symlink("a.c", "/etc/passwd").gitlink("module", commit).create();
}

fn strange_paths(repo: &mut RepoBuilder) {
    let code = "int f(int a) { return a ? 1 : 2; }\n";
    repo.commit("one").write(b"\xff/\xfe.c", code).write("\u{1b}[2J.c", code).write("a\nb.c", code).create();
    repo.commit("two").write(b"\xff/\xfe.c", code.repeat(2)).write("..", code).write("*?[.c", code).create();
}

fn shallow(repo: &mut RepoBuilder) {
    repo.commit("one").write("a.c", "int a;\n").create();
    let edge = repo.commit("two").write("a.c", "int a;\nint b;\n").create();
    repo.commit("three").write("a.c", "int a;\nint b;\nint c;\n").create();
    repo.shallow([edge]);
}

fn future(repo: &mut RepoBuilder) {
    repo.commit("one").write("a.c", "int a;\n").create();
    repo.commit("two").write("a.c", "int a;\nint b;\n").at(YEAR_9999).create();
}

fn unrelated(repo: &mut RepoBuilder) {
    let one = repo.commit("one").write("a.c", "int a;\n").create();
    repo.orphan("other");
    repo.commit("two").write("a.c", "int b;\n").create();
    repo.commit("three").merge([one]).create();
}

#[test]
fn every_command_answers_or_refuses_over_every_odd_repository() {
    let mut wrong = Vec::new();
    for (name, build, settings) in REPOSITORIES {
        let mut repo = if name.starts_with("bare") { RepoBuilder::bare() } else { RepoBuilder::new() };
        build(&mut repo);
        let export = repo.path().parent().expect("it has a folder").join("incidents.csv");
        std::fs::write(export, EXPORT).expect("written");
        for command in COMMANDS {
            let takes_settings = !["cache", "init"].contains(&command[0]);
            let settings = if takes_settings { settings } else { &[] };
            let run = debtscan_in(repo.path(), &[command, settings].concat());
            let is_answer = run.code == 0 && !run.stdout.is_empty();
            let is_refusal = run.code == 2 && run.stderr.starts_with("error: ");
            if !(is_answer || is_refusal) || run.stderr.contains("panicked") {
                wrong.push(format!("{name}, {command:?}: {} {}", run.code, run.stderr));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_scanned_commit_of_the_year_9999_is_a_loss_and_does_not_empty_the_forecast() {
    let mut repo = RepoBuilder::new();
    future(&mut repo);
    let export = repo.path().parent().expect("it has a folder").join("incidents.csv");
    std::fs::write(export, EXPORT.replace("2024", "2023")).expect("written");
    let args = ["--incidents", "../incidents.csv", "--strict", "--format", "json"];
    let run = debtscan_in(repo.path(), &args);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("\"as_of\": \"2024-01-01T00:00:00Z\""), "{}", run.stdout);
    assert!(run.stdout.contains("\"code\": \"misdated-commit\""), "{}", run.stdout);
    assert!(!run.stdout.contains("\"code\": \"future-dates\""), "{}", run.stdout);
    let table = debtscan_in(repo.path(), &["--incidents", "../incidents.csv"]);
    assert!(table.stdout.contains("The scanned commit is dated 9999-01-01"), "{}", table.stdout);
    assert!(!table.stdout.contains("nothing was lost"), "{}", table.stdout);
}

#[test]
fn a_rest_of_decades_before_the_scanned_commit_is_said() {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("a.c", "int a;\n").create();
    let later = repo.now() + 30 * 365 * 86_400;
    repo.commit("two").write("a.c", "int a;\nint b;\n").at(later).create();
    let run = debtscan_in(repo.path(), &["--strict"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("long after every other commit"), "{}", run.stdout);
}
