//! Developer tasks: `cargo xtask TASK`.
//!
//! One file or folder per task. Exit codes: 0 success, 1 the task found a problem, 2 it could not run.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a developer task prints its results")]

mod bench;
mod browser;
mod ci;
mod demo;
mod deny;
mod generate;
mod reproduce;
mod sanitize;
mod sbom;
mod scripts;
mod tidy;
mod tool;
mod verify_git;
mod verify_lines;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
Usage: cargo xtask TASK

  ci                        Run every check, cheapest first; stop at the first failure
  tidy [--all]              Check the rules that neither the compiler nor clippy checks;
                            --all includes the parts that are exempt for now
  deny                      Check licences, duplicates and sources of all dependencies
  sbom FILE                 Write the software bill of materials of the binary (CycloneDX), and check
                            that it names every dependency
  reproduce [--profile NAME]
                            Build the binary twice from nothing, and compare the bytes
  sanitize [--seconds N]    Build the parsers with AddressSanitizer and UBSan, and run them on damaged
                            files for N seconds per language (10)
  gen [--check]             Regenerate checked-in generated files, or fail if they differ
      [--real NAME=CLONE --incidents FILE]
                            Also capture the samples of a real repository
  browser [--keep DIR]      Open pages of invented repositories in Chromium, and check them;
                            --keep leaves the pages in DIR
  packaging                 Build archive, wheel and npm package, and run what they install
  dashboards                Run the queries of docs/dashboards.md with DuckDB, pandas and jq
  demo DIR                  Build the demo repository DIR/shop and DIR/incidents.csv
  verify-git PATH [--renames] [--first-parent] [--since DATE] [--rev REV]
                            Compare every line count with `git log --numstat`
  verify-lines PATH [--files N] [--functions N] [--rev REV]
                            Compare line authors with `git blame`, functions with `git log -L`
  bench PATH... [--runs N] [--incidents FILE] [--no-peers] [--synthetic N,...] [--giants]
                            Time debtscan against `git log --numstat`

Measurements for the documentation: cargo run -p experiments -- help";

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
        "deny" => deny::run(rest),
        "sanitize" => sanitize::run(rest),
        "sbom" => sbom::run(rest),
        "reproduce" => reproduce::run(rest),
        "browser" => browser::run(rest),
        "packaging" => scripts::packaging(rest),
        "dashboards" => scripts::dashboards(rest),
        "demo" => demo::run(rest),
        "verify-git" => verify_git::run(rest),
        "verify-lines" => verify_lines::run(rest),
        "bench" => bench::run(rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!("no task named `{task}`\n\n{USAGE}"),
    }
}
