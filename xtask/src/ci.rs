//! `ci`: every check, cheapest first; stops at the first failure.

use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Result, bail};

use xtask::process::{self, cargo};

/// Test counts over all runners.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tests {
    passed: u64,
    failed: u64,
    skipped: u64,
    /// The last closing line of a runner, unchanged.
    closing_line: Option<String>,
}

type CiStep = fn(&mut Tests) -> Result<()>;

/// Cheapest first. The experiments are linted with the workspace, which checks that they still compile, but
/// they are neither tested nor documented here.
const STEPS: [(&str, CiStep); 9] = [
    ("fmt", |_| succeed(&mut cargo(&["fmt", "--all", "--check"]))),
    ("tidy", |_| expect_success(crate::tidy::run(&[])?)),
    ("gen --check", |_| expect_success(crate::generate::run(&["--check".to_owned()])?)),
    ("clippy", |_| {
        succeed(&mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))
    }),
    ("test", test),
    ("doc test", doc_test),
    ("browser", |_| expect_success(crate::browser::run(&[])?)),
    ("doc", |_| {
        let args = ["doc", "--no-deps", "--locked", "--document-private-items"];
        succeed(cargo(&args).args(PACKAGES).env("RUSTDOCFLAGS", "-D warnings"))
    }),
    // Last, because a fresh machine builds cargo-deny for it.
    ("deny", |_| expect_success(crate::deny::run(&[])?)),
];

const PACKAGES: [&str; 3] = ["--workspace", "--exclude", "experiments"];

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    if let Some(surplus) = args.first() {
        bail!("`ci` takes no argument, not `{surplus}`");
    }
    let mut tests = Tests::default();
    for (name, step) in STEPS {
        println!("==> {name}");
        let started = Instant::now();
        let outcome = step(&mut tests);
        let seconds = started.elapsed().as_secs_f64();
        if let Err(error) = outcome {
            println!("==> {name}: FAILED after {seconds:.1} s: {error:#}");
            let counts = summary(&tests).unwrap_or_else(|| "no test was run".to_owned());
            println!("{counts}; step `{name}` failed");
            return Ok(ExitCode::FAILURE);
        }
        println!("==> {name}: ok, {seconds:.1} s");
    }
    // The runner's own words first, for tools that read them; then the sum of all runners.
    println!("{}", tests.closing_line.as_deref().unwrap_or_default().trim());
    println!("{}", summary(&tests).unwrap_or_else(|| "no test was run".to_owned()));
    Ok(ExitCode::SUCCESS)
}

fn summary(tests: &Tests) -> Option<String> {
    tests.closing_line.as_ref()?;
    let skipped = if tests.skipped == 0 { String::new() } else { format!(", {} skipped", tests.skipped) };
    Some(format!("{} passed, {} failed{skipped}", tests.passed, tests.failed))
}

fn expect_success(code: ExitCode) -> Result<()> {
    if code == ExitCode::SUCCESS { Ok(()) } else { bail!("see above") }
}

fn succeed(command: &mut Command) -> Result<()> {
    let status = command.stdin(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { bail!("`{}` ended with {status}", process::name(command)) }
}

fn test(tests: &mut Tests) -> Result<()> {
    let has_nextest = cargo(&["nextest", "--version"]).output().is_ok_and(|output| output.status.success());
    let mut command = if has_nextest {
        println!("    runner: cargo nextest");
        cargo(&["nextest", "run", "--locked", "--no-fail-fast"])
    } else {
        println!("    runner: cargo test (cargo-nextest is not installed)");
        cargo(&["test", "--locked", "--no-fail-fast", "--tests"])
    };
    count_tests(command.args(PACKAGES), tests)
}

fn doc_test(tests: &mut Tests) -> Result<()> {
    // The closing line of the main run is the one to repeat at the end. It is kept aside here, so
    // that a documentation run without any line is still noticed.
    let closing_line = tests.closing_line.take();
    let outcome = count_tests(cargo(&["test", "--doc", "--locked"]).args(PACKAGES), tests);
    tests.closing_line = closing_line.or(tests.closing_line.take());
    outcome
}

fn count_tests(command: &mut Command, tests: &mut Tests) -> Result<()> {
    let streamed = process::stream(command)?;
    for line in &streamed.lines {
        tests.read(line);
    }
    if !streamed.success {
        bail!("`{}` failed", process::name(command));
    }
    // A runner that ended well without a count has probably run nothing.
    if tests.closing_line.is_none() {
        bail!("`{}` printed no closing line", process::name(command));
    }
    Ok(())
}

impl Tests {
    /// Adds the counts of a closing line; ignores other lines.
    ///
    /// Reads nextest's `Summary [..] 12 tests run: 10 passed (1 slow), 2 failed, 0 skipped`
    /// and libtest's `test result: ok. 10 passed; 2 failed; 0 ignored; ..`.
    fn read(&mut self, line: &str) {
        let counts = if let Some((_, counts)) = line.split_once("test result: ") {
            counts.split_once(". ").map(|(_, counts)| counts)
        } else if line.trim_start().starts_with("Summary [") {
            line.split_once(" run: ").map(|(_, counts)| counts)
        } else {
            None
        };
        let Some(counts) = counts else { return };
        self.closing_line = Some(line.trim().to_owned());
        for item in counts.split([',', ';']) {
            let mut words = item.split_whitespace();
            let Some(Ok(count)) = words.next().map(str::parse::<u64>) else { continue };
            match words.next() {
                Some("passed") => self.passed += count,
                // nextest counts tests that timed out or could not start apart from failures.
                // Neither has passed.
                Some("failed" | "timed" | "exec") => self.failed += count,
                Some("skipped" | "ignored") => self.skipped += count,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Tests, summary};

    fn check(lines: &[&str], expected: Option<&str>) {
        let mut tests = Tests::default();
        for line in lines {
            tests.read(line);
        }
        assert_eq!(summary(&tests).as_deref(), expected, "{lines:?}");
    }

    #[test]
    fn closing_lines_of_both_runners_are_added_up() {
        check(&["     Summary [   0.5s] 12 tests run: 12 passed, 0 skipped"], Some("12 passed, 0 failed"));
        check(
            &["     Summary [   9.0s] 12/20 tests run: 8 passed (1 slow), 2 failed, 2 timed out, 3 skipped"],
            Some("8 passed, 4 failed, 3 skipped"),
        );
        check(
            &[
                "     Summary [   0.5s] 12 tests run: 12 passed, 0 skipped",
                "test result: ok. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s",
            ],
            Some("15 passed, 1 failed"),
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        check(&["test a ... ok", "        PASS [   0.1s] a b"], None);
    }
}
