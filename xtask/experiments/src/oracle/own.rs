//! debtscan's own figures.

use anyhow::{Context, Result, bail};
use xtask::process::cargo;

/// Files per call of a program: command lines are limited.
pub(super) const FILES_AT_ONCE: usize = 1_000;

/// A function as debtscan measures it.
pub(super) struct OwnFunction {
    pub(super) file: String,
    pub(super) name: String,
    pub(super) lines: (u32, u32),
    pub(super) cyclomatic: u32,
    pub(super) cognitive: u32,
}

/// debtscan's figures, from the example of the complexity crate.
pub(super) fn measure(language: &str, files: &[String]) -> Result<Vec<OwnFunction>> {
    let mut found = Vec::new();
    for some in files.chunks(FILES_AT_ONCE) {
        let mut command = cargo(&[
            "run",
            "--quiet",
            "--locked",
            "--package",
            "debtscan-complexity",
            "--example",
            "complexity",
        ]);
        let output = command.arg("--").arg(language).args(some).output().context("starting cargo")?;
        if !output.status.success() {
            bail!("measuring failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        found.extend(text.lines().skip(1).filter_map(row));
    }
    Ok(found)
}

/// A row of the example's output; `None` for top-level code.
fn row(line: &str) -> Option<OwnFunction> {
    let cells: Vec<&str> = line.split('\t').collect();
    let number = |at: usize| cells.get(at).and_then(|cell| cell.parse::<u32>().ok());
    let name = (*cells.get(3)?).to_owned();
    (name != "<top-level>").then_some(OwnFunction {
        file: (*cells.first()?).to_owned(),
        name,
        lines: (number(1)?, number(2)?),
        cyclomatic: number(4)?,
        cognitive: number(5)?,
    })
}
