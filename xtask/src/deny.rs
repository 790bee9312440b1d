//! `deny`: licences, duplicates and sources of all dependencies, by cargo-deny and `deny.toml`.
//!
//! Advisories are not part of it: their database is a download, and this check must give the same answer
//! without a network. `cargo deny check advisories` asks for them.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};
use xtask::process::{self, cargo, workspace_root};

/// The release that `deny.toml` is written for. Without optimisation it builds in a few minutes and still
/// checks in seconds.
const VERSION: &str = "0.20.2";

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    if let Some(surplus) = args.first() {
        bail!("`deny` takes no argument, not `{surplus}`");
    }
    let mut command = Command::new(program()?);
    // `--locked`, or cargo would update the lock file while it is being checked.
    command.args(["--locked", "check", "--hide-inclusion-graph"]);
    command.args(["bans", "licenses", "sources"]).current_dir(workspace_root());
    Ok(if command.status()?.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The installed program, or one in `target/tools`, which is built if it is missing.
fn program() -> Result<PathBuf> {
    let folder = workspace_root().join("target/tools");
    // Only the exact release counts: another one may read the settings differently and disagree.
    let candidates = [PathBuf::from("cargo-deny"), folder.join("bin/cargo-deny")];
    if let Some(program) = candidates.iter().find(|program| has_version(program)) {
        return Ok(program.clone());
    }
    println!("    installing cargo-deny {VERSION} into {}", folder.display());
    let mut install =
        cargo(&["install", "--quiet", "--locked", "--debug", "--version", VERSION, "cargo-deny"]);
    // Outside the workspace, whose settings are not meant for other programs.
    install.arg("--root").arg(&folder).arg("--target-dir").arg(folder.join("build"));
    if !install.current_dir(std::env::temp_dir()).status()?.success() {
        bail!("`{}` failed", process::name(&install));
    }
    let [_, installed] = candidates;
    Ok(installed)
}

fn has_version(program: &PathBuf) -> bool {
    let output = Command::new(program).arg("--version").output();
    output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim().ends_with(VERSION))
}
