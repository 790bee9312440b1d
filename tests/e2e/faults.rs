//! Runs that are killed, starved or disturbed: the next report is the same, and files are whole or untouched.
#![cfg(unix)]

use std::fs::{self, File, FileTimes};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use debtscan_testkit::{ObjectFormat, RepoBuilder};
use tempfile::TempDir;

use crate::program::{Run, debtscan, run};

const REPORT: [&str; 6] = ["repo", "--format", "json", "--quiet", "--cache-dir", "kept"];

/// A folder with the repository `repo`, large enough that a run takes a while.
struct FaultPlace {
    folder: TempDir,
    ids: Vec<String>,
}

impl FaultPlace {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut repo = RepoBuilder::in_folder(&folder.path().join("repo"), ObjectFormat::Sha1);
        let mut ids = Vec::new();
        for version in 0..60 {
            let mut commit = repo.commit(format!("Change {version}"));
            for file in 0..20 {
                let line =
                    |line| format!("int f{line}(int x) {{ return x > {} ? x : {file}; }}\n", version * line);
                let text: String = (0..40).map(line).collect();
                commit = commit.write(format!("src/part{}/file{file}.c", file % 4), text);
            }
            ids.push(commit.create());
        }
        Self { folder, ids }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, more: &[&str]) -> Command {
        debtscan(self.path(), &[&REPORT[..], more].concat())
    }

    fn report(&self, more: &[&str]) -> String {
        run(&mut self.command(more)).done()
    }

    /// The report without the cache.
    fn expected(&self, more: &[&str]) -> String {
        let args = [&["repo", "--format", "json", "--quiet", "--no-cache"], more].concat();
        run(&mut debtscan(self.path(), &args)).done()
    }

    fn clear(&self) {
        drop(fs::remove_dir_all(self.path().join("kept")));
    }

    /// Runs through a shell that limits the process first.
    fn limited(&self, limits: &str, more: &[&str]) -> Run {
        let debtscan = self.command(more);
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{limits}; exec \"$0\" \"$@\"")]).arg(debtscan.get_program());
        command.args(debtscan.get_args()).current_dir(self.path()).stdin(Stdio::null());
        run(&mut command)
    }

    fn cache_files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut pending = vec![self.path().join("kept")];
        while let Some(folder) = pending.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.expect("readable").path();
                if path.is_dir() { pending.push(path) } else { found.push(path) }
            }
        }
        found
    }
}

/// Numbers that look random and are the same in each run (Knuth's generator).
fn fractions() -> impl Iterator<Item = f64> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    std::iter::from_fn(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(f64::from(u32::try_from(state >> 32).expect("32 bits")) / f64::from(u32::MAX))
    })
}

fn start(command: &mut Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started")
}

/// Kills a process; true if it was still running.
fn kill(mut child: Child) -> bool {
    child.kill().expect("a child can be killed until it is waited for");
    child.wait().expect("it ends").signal() == Some(9)
}

#[test]
fn a_run_killed_at_any_moment_leaves_the_next_one_right() {
    let place = FaultPlace::new();
    let expected = place.expected(&[]);
    let begun = Instant::now();
    place.report(&["--output", "report.json"]);
    let mut whole = begun.elapsed();
    let output = place.path().join("report.json");
    let mut inside = 0;
    for fraction in fractions().take(40) {
        if inside == 12 {
            break;
        }
        // Cold and warm in turn.
        if inside % 2 == 0 {
            place.clear();
        }
        fs::write(&output, "before").expect("written");
        let child = start(&mut place.command(&["--output", "report.json"]));
        thread::sleep(whole.mul_f64(fraction));
        if kill(child) {
            inside += 1;
        } else {
            // Warm runs and idle machines are faster.
            whole = whole.mul_f64(0.7);
        }
        let left = fs::read_to_string(&output).expect("there is a file at any time");
        assert!(left == "before" || left == expected, "half a report: {} bytes", left.len());
        assert_eq!(place.report(&[]), expected, "after a kill at {fraction:.2}");
    }
    assert!(inside >= 12, "only {inside} of 40 kills came before the end");
}

#[test]
fn a_run_killed_while_it_writes_the_cache_leaves_the_next_one_right() {
    let place = FaultPlace::new();
    let expected = place.expected(&[]);
    let mut inside = 0;
    for _ in 0..12 {
        place.clear();
        let mut child = start(&mut place.command(&[]));
        let deadline = Instant::now() + Duration::from_secs(30);
        // The first file of the cache is there, and the process has not ended.
        while place.cache_files().is_empty() && child.try_wait().expect("ours").is_none() {
            assert!(Instant::now() < deadline, "no cache appears");
        }
        inside += usize::from(kill(child));
        assert_eq!(place.report(&[]), expected);
    }
    assert!(inside > 0, "the process always ended before it was killed");
}

#[test]
fn ten_runs_share_one_cache() {
    let place = FaultPlace::new();
    let expected = place.expected(&[]);
    let runs: Vec<Child> = (0..10)
        .map(|_| {
            place
                .command(&["-j", "1"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("started")
        })
        .collect();
    for child in runs {
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert!(output.stdout == expected.as_bytes(), "each of the ten has the whole report");
    }
    assert_eq!(place.report(&[]), expected);
}

#[test]
fn a_full_disk_costs_the_cache_or_the_output_and_never_half_of_it() {
    let place = FaultPlace::new();
    let expected = place.expected(&[]);
    // Writing beyond the limit fails as on a full disk if the signal is ignored, and kills if it is not.
    for blocks in [0, 1, 4] {
        place.clear();
        let limits = format!("trap '' XFSZ; ulimit -f {blocks}");
        let cached = place.limited(&limits, &[]);
        assert_eq!((cached.code, &cached.stdout), (0, &expected), "{blocks}: {}", cached.stderr);
        assert_eq!(place.report(&[]), expected, "after {blocks}");
        fs::write(place.path().join("report.json"), "before").expect("written");
        let output = ["--output", "report.json", "--no-cache"];
        let args = [&["repo", "--format", "json", "--quiet"][..], &output].concat();
        for trap in ["trap '' XFSZ", "true"] {
            let inner = debtscan(place.path(), &args);
            let mut command = Command::new("sh");
            command.args(["-c", &format!("{trap}; ulimit -f {blocks}; exec \"$0\" \"$@\"")]);
            command.arg(inner.get_program()).args(inner.get_args()).current_dir(place.path());
            let failed = run(&mut command);
            assert!(failed.code != 0, "{blocks} {trap}: {}", failed.stderr);
            let left = fs::read_to_string(place.path().join("report.json")).expect("there");
            assert_eq!(left, "before", "{blocks} {trap}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_system_that_takes_no_files_costs_the_cache_alone() {
    let place = FaultPlace::new();
    let args = ["repo", "--format", "json", "--cache-dir", "/proc/debtscan"];
    let cached = run(&mut debtscan(place.path(), &args));
    assert_eq!((cached.code, cached.stdout), (0, place.expected(&[])));
    assert!(cached.stderr.contains("warning: cannot write the cache `/proc/debtscan"), "{}", cached.stderr);
    let output = run(&mut place.command(&["--output", "/proc/debtscan.json"])).failed();
    assert!(output.starts_with("error: cannot write `/proc/debtscan.json`"), "{output}");
}

#[cfg(target_os = "linux")]
#[test]
fn with_too_little_of_anything_a_run_fails_or_is_right() {
    let place = FaultPlace::new();
    let expected = place.expected(&[]);
    let mut failed = 0;
    for limit in ["-n 4", "-n 8", "-n 12", "-n 24", "-n 64", "-v 20000", "-v 100000", "-v 400000", "-t 1"] {
        place.clear();
        let starved = place.limited(&format!("ulimit {limit}"), &["-j", "2"]);
        if starved.code == 0 {
            // What could not be opened is counted in the report.
            let is_said = starved.stdout.contains("unreadable-object");
            assert!(starved.stdout == expected || is_said, "ulimit {limit}: {}", starved.stderr);
        } else {
            failed += 1;
            // Standard output is written at the end, and whatever came is the beginning of the report.
            assert!(expected.starts_with(&starved.stdout), "ulimit {limit}");
        }
        assert_eq!(place.report(&[]), expected, "after ulimit {limit}");
    }
    assert!(failed > 0, "no limit was low enough to matter");
}

#[test]
fn a_branch_that_moves_during_a_run_gives_one_of_both_reports() {
    let place = FaultPlace::new();
    let (old, new) = (&place.ids[40], &place.ids[59]);
    let at_head: Vec<String> = [old, new]
        .into_iter()
        .map(|id| {
            debtscan_testkit::git(&place.path().join("repo"), &["update-ref", "refs/heads/main", id]);
            place.expected(&[])
        })
        .collect();
    assert_ne!(at_head[0], at_head[1]);
    let git = |args: &[&str]| debtscan_testkit::git(&place.path().join("repo"), args);
    for round in 0..6 {
        let child =
            place.command(&[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
        for id in [old, new] {
            git(&["update-ref", "refs/heads/main", id]);
            git(&["pack-refs", "--all"]);
        }
        if round % 2 == 0 {
            // New packs beside the old objects.
            git(&["repack", "-q", "-a"]);
        }
        let output = child.wait_with_output().expect("it ends");
        let report = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(at_head.contains(&report), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_clock_that_was_set_back_or_forward_changes_nothing() {
    let place = FaultPlace::new();
    let expected = place.report(&[]);
    let now = SystemTime::now();
    let century = Duration::from_hours(100 * 365 * 24);
    for time in [SystemTime::UNIX_EPOCH, now + century, now + Duration::from_hours(1)] {
        let files = place.cache_files();
        assert!(!files.is_empty());
        for path in files {
            let file = File::options().write(true).open(&path).expect("ours");
            file.set_times(FileTimes::new().set_modified(time).set_accessed(time)).expect("set");
        }
        assert_eq!(place.report(&[]), expected);
        // This one writes to the cache.
        assert_eq!(place.report(&["--rev", "HEAD~1"]), place.expected(&["--rev", "HEAD~1"]));
        assert_eq!(place.report(&[]), expected);
    }
}
