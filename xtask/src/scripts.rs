//! `packaging` and `dashboards`: scripts that run the binary together with other programs.
//!
//! They install nothing into the system, and a program that is missing is an error: what nobody ran is not tested.

use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use xtask::process::workspace_root;

use crate::browser;

/// Builds every package, and runs what it installs.
pub(crate) fn packaging(args: &[String]) -> Result<ExitCode> {
    run("packaging", args, "bash", "packaging/test.sh")
}

/// Runs every query of the page on dashboards.
pub(crate) fn dashboards(args: &[String]) -> Result<ExitCode> {
    run("dashboards", args, "python3", "tests/dashboards/test.py")
}

fn run(task: &str, args: &[String], program: &str, script: &str) -> Result<ExitCode> {
    if !args.is_empty() {
        bail!("`{task}` takes no arguments");
    }
    let binary = browser::program()?;
    let status = Command::new(program)
        .arg(workspace_root().join(script))
        .arg(binary)
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("running {program}"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
