//! Source files made to end or to enlarge whatever parses them: each costs itself, and nothing else.

use std::fs;
use std::process::{Command, Stdio};

use debtscan_testkit::RepoBuilder;
use serde_json::Value;

use crate::program::debtscan_in;

const ORDINARY: &str = "int f(int a) {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\n";

/// Files that took gigabytes, minutes or the process itself when they were parsed there.
fn bombs() -> Vec<(&'static str, String)> {
    let deep = |levels: usize| {
        let lines: Vec<String> = (0..levels).map(|level| format!("{}if x:\n", " ".repeat(level))).collect();
        format!("{}{}y = \"a\"\n", lines.concat(), " ".repeat(levels))
    };
    vec![
        // Chains of reductions: 6 GB for 12 kB.
        ("chain.c", "a=>".repeat(4_000)),
        ("Chain.java", "a=>".repeat(3_000)),
        ("chain.ts", "yield*=^".repeat(3_000)),
        ("chain.sh", "a|&".repeat(10_000)),
        ("padded.c", format!("/* {} */\n{}", "x".repeat(100_000), "a=>".repeat(4_000))),
        // A stack of the parser that is released by recursion.
        ("stack.c", "a=>".repeat(50_000)),
        // Minutes for 8 kB.
        ("slow.php", format!("<?php {}", "{-".repeat(4_000))),
        // A byte beyond a buffer, and assertions.
        ("deep.py", deep(511)),
        ("word.rb", format!("x = <<{0}\nq\n{0}\n", "A".repeat(1_019))),
        ("short_word.rb", format!("x = <<{0}\nq\n{0}\n", "A".repeat(256))),
    ]
}

#[test]
fn a_file_that_ends_its_parser_costs_itself_alone() {
    let mut repo = RepoBuilder::new();
    let mut commit = repo.commit("one").write("ordinary.c", ORDINARY);
    for (name, content) in bombs() {
        commit = commit.write(name, content);
    }
    commit.create();
    let hotspots = |jobs: &str| {
        let args = ["hotspots", "--no-cache", "--format", "json", "--jobs", jobs];
        debtscan_in(repo.path(), &args)
    };
    let run = hotspots("2");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let skipped = document["trust"]["skipped"].as_array().expect("a list");
    let of_reason = |reason: &str| skipped.iter().find(|group| group["reason"] == reason);
    let stopped = of_reason("parser-stopped").expect("some were stopped");
    let count = |group: Option<&Value>| group.and_then(|group| group["count"].as_u64()).unwrap_or(0);
    // Those that make the parser itself fail; the budgets that are counted end the others.
    assert!(count(Some(stopped)) >= 2, "{stopped}");
    assert!(count(Some(stopped)) + count(of_reason("parse-timeout")) >= 6, "{skipped:?}");
    assert_eq!(stopped["is_loss"], false);
    let rows = document["hotspots"].as_array().expect("a list");
    let of = |name: &str| rows.iter().find(|row| row["path"] == name).expect("every file has a row");
    assert_eq!(of("ordinary.c")["cognitive"], 1);
    for name in ["chain.c", "Chain.java", "padded.c", "deep.py", "word.rb", "slow.php"] {
        assert_eq!(of(name)["complexity_measure"], "indentation", "{name}");
    }
    for (name, _) in bombs() {
        assert!(of(name)["source_lines"].as_u64().is_some_and(|lines| lines > 0), "{name} is measured");
    }
    assert_eq!(hotspots("1").stdout, run.stdout, "which worker parses what changes nothing");
}

#[test]
fn comments_of_such_files_are_found_by_their_signs() {
    let mut repo = RepoBuilder::new();
    repo.commit("one").write("chain.c", format!("// TODO: mend\n{}", "a=>".repeat(4_000))).create();
    let run = debtscan_in(repo.path(), &["todos", "--no-cache", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("mend"), "{}", run.stdout);
}

/// Without a terminal or a pipe that ends, a worker waits for its first file; by then it is locked in.
#[cfg(target_os = "linux")]
#[test]
fn a_worker_cannot_ask_the_system_for_anything() {
    let mut worker = Command::new(env!("CARGO_BIN_EXE_debtscan"))
        .arg("--parse-for-debtscan")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary can be started");
    let status = format!("/proc/{}/status", worker.id());
    let is_locked =
        || fs::read_to_string(&status).expect("it runs").lines().any(|line| line == "Seccomp:\t2");
    let mut tries = 0;
    while !is_locked() && tries < 1_000 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        tries += 1;
    }
    assert!(is_locked());
    drop(worker.stdin.take());
    assert!(worker.wait().expect("it ends").success(), "the end of its input ends it");
}
