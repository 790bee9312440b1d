//! `reproduce`: builds the binary twice from nothing, and compares the bytes.

use std::fs;
use std::process::ExitCode;

use anyhow::{Result, bail};
use xtask::process::{self, cargo, workspace_root};

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let profile = match args {
        [] => "release",
        [flag, profile] if flag == "--profile" => profile.as_str(),
        _ => bail!("`reproduce` takes no argument but `--profile NAME`"),
    };
    // One after the other in the same folder: paths of build folders are part of debug information, and a
    // release is built in one place too.
    let target = workspace_root().join("target/reproduce");
    let mut binaries = Vec::new();
    for _ in 0..2 {
        if target.exists() {
            fs::remove_dir_all(&target)?;
        }
        let mut build = cargo(&["build", "--locked", "--package", "debtscan", "--profile", profile]);
        build.arg("--target-dir").arg(&target);
        if !build.status()?.success() {
            bail!("`{}` failed", process::name(&build));
        }
        let folder = if profile == "dev" { "debug" } else { profile };
        binaries.push(fs::read(target.join(folder).join("debtscan"))?);
    }
    fs::remove_dir_all(&target)?;
    let [first, second] = &binaries[..] else { bail!("two were built") };
    if let Some(at) = (0..first.len().max(second.len())).find(|at| first.get(*at) != second.get(*at)) {
        println!(
            "reproduce: the binaries of {} and {} bytes differ from byte {at}",
            first.len(),
            second.len()
        );
        return Ok(ExitCode::FAILURE);
    }
    println!("reproduce: both binaries have the same {} bytes", first.len());
    Ok(ExitCode::SUCCESS)
}
