//! Developer tasks: `cargo xtask TASK`.
//!
//! One file or folder per task; this one only picks. A task prints what it does and answers with
//! an exit code: 0 when all is well, 1 when it found something, 2 when it could not run.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a developer task talks to its developer")]

mod attribution;
mod backtest_suite;
mod bench;
mod ci;
mod demo;
mod generate;
mod introduced;
mod oracle;
mod process;
mod tidy;
mod verify_git;
mod verify_lines;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
Usage: cargo xtask TASK

  ci                        Run every check, cheap first; stop at the first that fails
  tidy                      Check crate edges, licences, sizes and names
  gen [--check]             Regenerate checked-in generated files, or fail when they differ
      [--real NAME=CLONE --incidents FILE]
                            Also capture the samples of a real repository
  demo DIR                  Build the demo repository DIR/shop and DIR/incidents.csv
  verify-git PATH [--renames] [--first-parent] [--since DATE] [--rev REV]
                            Compare every line count with `git log --numstat`
  verify-lines PATH [--files N] [--functions N] [--rev REV]
                            Compare the writers of lines with `git blame`, functions with `git log -L`
  introduced PATH FEED      Count how often the probable cause is the one that the feed names
  bench PATH... [--runs N] [--incidents FILE] [--no-peers] [--synthetic N,...] [--giants]
                            Time debtscan against `git log --numstat`
  oracle [--tools DIR] [--max-files N] REPOSITORY...
                            Compare complexity with lizard, complexipy, eslint-plugin-sonarjs and
                            big-code-analysis; says how to install what is missing
  attribution REPOSITORY FEED... [--binary FILE]
                            Hide the fix commits of a feed; measure what other evidence finds
  backtest-suite LIST [--hide PERCENT,...] [--seeds N] [--json FILE] [--resamples N]
                 [--debtscan BINARY] [--cache-dir DIR]
                            Backtest many repositories; LIST is TOML or CSV with name, repository,
                            incidents and perhaps rev";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    run(&args).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}

fn run(args: &[String]) -> Result<ExitCode> {
    let Some((task, rest)) = args.split_first() else { bail!("no task given\n\n{USAGE}") };
    match task.as_str() {
        "ci" => ci::run(rest),
        "tidy" => tidy::run(rest),
        "gen" => generate::run(rest),
        "demo" => demo::run(rest),
        "verify-git" => verify_git::run(rest),
        "verify-lines" => verify_lines::run(rest),
        "introduced" => introduced::run(rest),
        "bench" => bench::run(rest),
        "oracle" => oracle::run(rest),
        "attribution" => attribution::run(rest),
        "backtest-suite" => backtest_suite::run(rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!("there is no task `{task}`\n\n{USAGE}"),
    }
}
