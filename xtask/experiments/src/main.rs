//! Experiments: `cargo run -p experiments -- NAME`.
//!
//! Measurements that the documentation quotes. They need clones and incident files from outside this
//! repository and take minutes to hours, so `cargo xtask ci` lints them but never runs them.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an experiment prints its results")]

mod attribution;
mod backtest_suite;
mod introduced;
mod oracle;
mod verify;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
Usage: cargo run -p experiments -- NAME

  attribution REPOSITORY INCIDENTS... [--binary FILE]
                            Hide the fix commits of an incident file; measure what other evidence finds
  backtest-suite LIST [--hide PERCENT,...] [--seeds N] [--json FILE] [--resamples N]
                 [--debtscan BINARY] [--cache-dir DIR]
                            Backtest many repositories; LIST is TOML or CSV with the columns name,
                            repository, incidents and optionally rev
  introduced REPOSITORY INCIDENTS
                            Count how often debtscan names the commit that the incident file blames
  verify REPOSITORY INCIDENTS [--dates N] [--years N] [--config FILE] [--binary FILE]
                            Verify areas that nobody fixed, as of random dates; count the verdicts
  oracle [--tools DIR] [--max-files N] REPOSITORY...
                            Compare complexity with lizard, complexipy, eslint-plugin-sonarjs and
                            big-code-analysis; print how to install the missing ones
  oracle --lists [--show N] [--tools DIR] [--max-files N] REPOSITORY...
                            Compare which functions are found with Python's ast, TypeScript's compiler,
                            javac, universal-ctags and lizard; show N functions of each list alone";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    run(&args).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}

fn run(args: &[String]) -> Result<ExitCode> {
    let Some((name, rest)) = args.split_first() else { bail!("no experiment given\n\n{USAGE}") };
    match name.as_str() {
        "attribution" => attribution::run(rest),
        "backtest-suite" => backtest_suite::run(rest),
        "introduced" => introduced::run(rest),
        "oracle" => oracle::run(rest),
        "verify" => verify::run(rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!("no experiment named `{name}`\n\n{USAGE}"),
    }
}
