//! Programs from the registry that tasks run: the installed release, or one built into `target/tools`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use xtask::process::{self, cargo, workspace_root};

/// A program of the registry, in the release that a task is written for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CargoTool {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// Arguments after which it prints its version.
    pub(crate) ask: &'static [&'static str],
}

impl CargoTool {
    /// The installed program, or one in `target/tools`, which is built if it is missing.
    pub(crate) fn program(self) -> Result<PathBuf> {
        let folder = workspace_root().join("target/tools");
        // Only the exact release counts: another one may read the settings differently and disagree.
        let candidates = [PathBuf::from(self.name), folder.join("bin").join(self.name)];
        if let Some(program) = candidates.iter().find(|program| self.has_version(program)) {
            return Ok(program.clone());
        }
        println!("    installing {} {} into {}", self.name, self.version, folder.display());
        // Without optimisation they build in a few minutes and are fast enough.
        let mut install =
            cargo(&["install", "--quiet", "--locked", "--debug", "--version", self.version, self.name]);
        // Outside the workspace, whose settings are not meant for other programs.
        install.arg("--root").arg(&folder).arg("--target-dir").arg(folder.join("build"));
        if !install.current_dir(std::env::temp_dir()).status()?.success() {
            bail!("`{}` failed", process::name(&install));
        }
        let [_, installed] = candidates;
        Ok(installed)
    }

    fn has_version(self, program: &Path) -> bool {
        let output = Command::new(program).args(self.ask).output();
        output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim().ends_with(self.version))
    }
}
