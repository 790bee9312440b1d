//! `sanitize`: the parsers, built with `AddressSanitizer` and `UndefinedBehaviorSanitizer`, on damaged source files.
//!
//! Stable Rust has no sanitizers, but only the C code needs them: the C compiler instruments it, and its runtime is
//! loaded before everything else.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use xtask::process::{self, cargo, workspace_root};

const CFLAGS: &str =
    "-fsanitize=address,undefined -fsanitize-recover=undefined -fno-omit-frame-pointer -O1 -g1";
/// rustc links with `-nodefaultlibs`, where `-fsanitize` adds nothing.
const RUSTFLAGS: &str = "-Clink-arg=-Wl,--no-as-needed -Clink-arg=-lasan -Clink-arg=-lubsan";
/// A limit on memory instead of one on allocations: a large one is no fault of the C code.
const ASAN_OPTIONS: &str = "detect_leaks=0:allocator_may_return_null=1:hard_rss_limit_mb=3000";

/// Reports that are known: language, part of the line. Ruby's scanner copies nothing from NULL.
const KNOWN: [(&str, &str); 1] = [("Ruby", "null pointer passed as argument")];

/// Seconds per language, unless they are given.
const SECONDS: &str = "10";

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let seconds = match args {
        [] => SECONDS,
        [flag, seconds] if flag == "--seconds" => seconds.as_str(),
        _ => bail!("`sanitize` takes no argument but `--seconds N`"),
    };
    let Some(runtime) = runtime() else {
        bail!("`cc` has no libasan.so: install gcc with its sanitizers, on Linux");
    };
    let program = build()?;
    let languages = output(&program, &[], &runtime)?;
    let last = workspace_root().join("target/sanitize/last");
    let seeds = workspace_root().join("fixtures/complexity");
    let (mut total, mut faults) = (0_u64, 0);
    for language in languages.stdout.lines() {
        let args = [language, seconds, &seeds.display().to_string(), &last.display().to_string()];
        let run = output(&program, &args, &runtime)?;
        let is_known = |line: &&str| KNOWN.iter().any(|(of, part)| *of == language && line.contains(part));
        let is_fault =
            |line: &&str| line.contains("runtime error") || line.contains("ERROR: AddressSanitizer");
        let reported: Vec<&str> =
            run.stderr.lines().filter(is_fault).filter(|line| !is_known(line)).collect();
        let executions: u64 = run.stdout.trim().parse().unwrap_or(0);
        total += executions;
        println!("    {language}: {executions} executions");
        if !run.success || !reported.is_empty() {
            faults += 1;
            let kept = workspace_root().join(format!("target/sanitize/fault-{faults}"));
            std::fs::copy(&last, &kept).with_context(|| format!("cannot keep {}", kept.display()))?;
            let tail: Vec<&str> = run.stderr.lines().rev().take(5).collect();
            println!(
                "    {language}: {} on {}",
                reported.first().unwrap_or(&"the process ended"),
                kept.display()
            );
            tail.iter().rev().for_each(|line| println!("      {line}"));
        }
    }
    println!("sanitize: {total} executions, {faults} faults");
    Ok(if faults == 0 && total > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The runtime of the sanitizer, which the C compiler knows.
fn runtime() -> Option<PathBuf> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let output = Command::new("cc").arg("-print-file-name=libasan.so").output().ok()?;
    let path = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    // Without such a file, the compiler repeats the name.
    path.is_absolute().then_some(path)
}

/// Builds the example of the crate that holds the parsers.
fn build() -> Result<PathBuf> {
    let version = Command::new("rustc").arg("-vV").output()?;
    let version = String::from_utf8(version.stdout)?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    let folder = workspace_root().join("target/sanitize");
    let mut build = cargo(&["build", "--locked", "--package", "debtscan-complexity", "--example", "fuzz"]);
    // With a target of its own, build scripts are not instrumented.
    build.args(["--target", host]).arg("--target-dir").arg(&folder);
    build.env("CFLAGS", CFLAGS).env("RUSTFLAGS", RUSTFLAGS);
    if !build.status()?.success() {
        bail!("`{}` failed", process::name(&build));
    }
    Ok(folder.join(host).join("debug/examples/fuzz"))
}

struct FuzzOutput {
    success: bool,
    stdout: String,
    stderr: String,
}

fn output(program: &Path, args: &[&str], runtime: &Path) -> Result<FuzzOutput> {
    let mut command = Command::new(program);
    command.args(args).env("LD_PRELOAD", runtime).env("ASAN_OPTIONS", ASAN_OPTIONS);
    let output = command.output().with_context(|| format!("cannot start {}", program.display()))?;
    Ok(FuzzOutput {
        success: output.status.success(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}
