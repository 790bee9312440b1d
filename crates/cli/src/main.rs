//! The `debtscan` command: arguments in, bytes and an exit code out.
//!
//! [`settings`] turns arguments and `debtscan.toml` into a request, [`run`] hands it to a workflow of
//! `debtscan-app`, and the answer leaves through [`output`] and [`exit`]. Nothing is computed here.

mod answer;
mod args;
mod business;
mod cache;
mod config;
mod demo;
mod exit;
mod failure;
mod filter;
mod locate;
mod misuse;
mod output;
mod price;
mod progress;
mod ranking;
mod run;
mod settings;
mod shipping;
mod starter;
mod strictness;
mod value;

use std::env;
use std::io;
use std::process::ExitCode;

use anstream::AutoStream;
use clap::FromArgMatches;

use crate::args::CommandLine;

/// mimalloc: the system's allocator took 20% of a scan of git/git.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if debtscan_app::is_worker(env::args_os().skip(1)) {
        return if debtscan_app::serve().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let program = args::summary::program();
    let words = args::order::options_after_command(env::args_os().collect(), &program);
    let parsed = program.clone().try_get_matches_from(&words);
    match parsed.and_then(|matches| CommandLine::from_arg_matches(&matches)) {
        Ok(line) => {
            let color = settings::error_color(&line);
            exit::exit_status(run::run(line), color)
        }
        // clap's error also covers `--help` and `--version`, which end with success.
        Err(error) => match misuse::explained(&error, &words, &program) {
            Some(failure) => exit::exit_status(Err(failure), AutoStream::choice(&io::stderr())),
            None => error.exit(),
        },
    }
}
