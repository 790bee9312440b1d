//! The `debtscan` command: arguments in, bytes and an exit code out.
//!
//! The straight line is [`run`]; what feeds it is decided in [`settings`], what leaves it goes
//! through [`output`] and [`exit`]. Nothing about history, cost or ranking is computed here.

mod args;
mod boundary;
mod cache;
mod config;
mod exit;
mod failure;
mod locate;
mod output;
mod price;
mod progress;
mod ranking;
mod run;
mod settings;
mod suggest;
mod value;

use std::process::ExitCode;

use clap::Parser;

/// A fifth of a scan of git/git was spent in the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let line = args::CommandLine::parse();
    let color = settings::error_color(&line);
    exit::end(run::run(line), color)
}
