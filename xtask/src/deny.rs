//! `deny`: licences, duplicates and sources of all dependencies, by cargo-deny and `deny.toml`.
//!
//! Advisories are not part of it: their database is a download, and this check must give the same answer
//! without a network. `cargo deny check advisories` asks for them.

use std::process::{Command, ExitCode};

use anyhow::{Result, bail};
use xtask::process::workspace_root;

use crate::tool::CargoTool;

/// The release that `deny.toml` is written for.
const CARGO_DENY: CargoTool = CargoTool { name: "cargo-deny", version: "0.20.2", ask: &["--version"] };

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    if let Some(surplus) = args.first() {
        bail!("`deny` takes no argument, not `{surplus}`");
    }
    let mut command = Command::new(CARGO_DENY.program()?);
    // `--locked`, or cargo would update the lock file while it is being checked.
    command.args(["--locked", "check", "--hide-inclusion-graph"]);
    command.args(["bans", "licenses", "sources"]).current_dir(workspace_root());
    Ok(if command.status()?.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
