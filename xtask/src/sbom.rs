//! `sbom`: the software bill of materials of the binary, in `CycloneDX`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use xtask::process::{self, cargo, workspace_root};

use crate::tool::CargoTool;

const CYCLONEDX: CargoTool =
    CargoTool { name: "cargo-cyclonedx", version: "0.5.9", ask: &["cyclonedx", "--version"] };

/// Name of the file that the program writes beside a manifest, without its ending.
const NAME: &str = "debtscan.cdx";

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let [file] = args else { bail!("`sbom` takes one argument, the file to write") };
    let mut command = Command::new(CYCLONEDX.program()?);
    command.args([
        "cyclonedx",
        "--quiet",
        "--format",
        "json",
        "--spec-version",
        "1.5",
        "--override-filename",
        NAME,
    ]);
    // Neither tests nor tasks are in the binary.
    command.args(["--manifest-path", "crates/cli/Cargo.toml", "--no-build-deps"]);
    // Otherwise it has the time and a random number, and no two runs agree.
    command.env("SOURCE_DATE_EPOCH", commit_time()?).current_dir(workspace_root());
    if !command.status()?.success() {
        bail!("`{}` failed", process::name(&command));
    }
    let text = collected(workspace_root())?;
    let bill: Value = serde_json::from_str(&text).context("the bill of materials is not JSON")?;
    let missing = missing(&bill)?;
    if !missing.is_empty() {
        println!("sbom: dependencies that it does not name: {}", missing.join(", "));
        return Ok(ExitCode::FAILURE);
    }
    fs::write(file, &text).with_context(|| format!("cannot write {file}"))?;
    println!("sbom: {} components in {file}", components(&bill).len());
    Ok(ExitCode::SUCCESS)
}

/// Reads the bill of the binary, and removes those that the program wrote for the other crates.
fn collected(root: &Path) -> Result<String> {
    let mut found = None;
    for entry in fs::read_dir(root.join("crates"))? {
        let folder = entry?.path();
        let file = folder.join(format!("{NAME}.json"));
        if let Ok(text) = fs::read_to_string(&file) {
            fs::remove_file(&file)?;
            if folder.ends_with("cli") {
                found = Some(text);
            }
        }
    }
    found.context("cargo-cyclonedx wrote no bill of materials")
}

/// Time of the commit that is built, seconds since the epoch.
fn commit_time() -> Result<String> {
    let output = process::git(workspace_root(), &std::env::temp_dir().join("no-home"))
        .args(["log", "-1", "--format=%ct"])
        .output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Name and version of each component.
fn components(bill: &Value) -> BTreeSet<(String, String)> {
    let text = |it: &Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let list = bill["components"].as_array().into_iter().flatten();
    list.map(|it| (text(it, "name"), text(it, "version"))).collect()
}

/// What cargo links into the binary and the bill does not name: `NAME VERSION`.
fn missing(bill: &Value) -> Result<Vec<String>> {
    let args = ["tree", "--locked", "--package", "debtscan", "--edges", "normal", "--prefix", "none"];
    let mut command = cargo(&args);
    let output = command.args(["--format", "{p}", "--target", "all"]).output()?;
    if !output.status.success() {
        bail!("`{}` failed", process::name(&command));
    }
    let known = components(bill);
    let mut missing = BTreeSet::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        // `name v1.2.3 (proc-macro) (*)`
        let mut words = line.split(' ');
        let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
        let version = version.trim_start_matches('v');
        if name != "debtscan" && !known.contains(&(name.to_owned(), version.to_owned())) {
            missing.insert(format!("{name} {version}"));
        }
    }
    Ok(missing.into_iter().collect())
}
