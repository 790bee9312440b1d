//! What packages ship beside the binary: completions of shells, and manual pages.

use std::io::Write;

use clap_complete::Shell;

use crate::args::summary::program;
use crate::exit::RunOutcome;
use crate::failure::Failure;
use crate::output::Destination;

/// Prints the completions of a shell.
pub(crate) fn completions(shell: Shell) -> Result<RunOutcome, Failure> {
    let mut text = Vec::new();
    // Into memory first: the generator panics if it cannot write, as to a closed pipe.
    clap_complete::generate(shell, &mut program(), "debtscan", &mut text);
    print(&text)
}

/// Prints the manual page of debtscan, or of one of its commands.
pub(crate) fn man(name: Option<&str>) -> Result<RunOutcome, Failure> {
    let mut program = program();
    // Names such as `debtscan-trend`, which pages refer to each other by.
    program.build();
    let command = match name {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name).cloned();
            found.ok_or_else(|| {
                Failure::new(format!("no command `{name}`")).with_hint("`debtscan --help` lists the commands")
            })?
        }
    };
    let mut text = Vec::new();
    let source = concat!("debtscan ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(command).source(source).render(&mut text)?;
    print(&text)
}

fn print(text: &[u8]) -> Result<RunOutcome, Failure> {
    let mut out = Destination::Stdout.open()?;
    out.write_all(text)?;
    out.finish()?;
    Ok(RunOutcome::Done)
}
