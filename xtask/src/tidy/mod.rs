//! `tidy`: the rules of the house that neither the compiler nor clippy holds.
//!
//! Each rule is a pure function from what it looks at to findings; this module feeds them.

mod edges;
mod lexer;
mod licence;
mod manifest;
mod sources;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use xtask::process::{self, cargo, workspace_root};

/// Something that breaks a rule, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    /// Path from the workspace's root.
    file: String,
    /// Line, counted from 1.
    line: usize,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// Folders that hold Rust code of ours; `fixtures` holds other people's.
const CODE_FOLDERS: [&str; 3] = ["crates", "tests", "xtask"];

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    if let Some(surplus) = args.first() {
        bail!("`tidy` takes no argument, not `{surplus}`");
    }
    let mut findings = check_metadata()?;
    findings.extend(manifest::check("Cargo.toml", &read("Cargo.toml")?));
    let mut files = Vec::new();
    for folder in CODE_FOLDERS {
        collect_rust_files(&workspace_root().join(folder), &mut files)?;
    }
    files.sort();
    for file in &files {
        let name = relative(file);
        findings.extend(sources::check(&name, &read(&name)?));
    }
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    println!("tidy: {} files, {} findings", files.len(), findings.len());
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Checks what cargo knows: the edges between our crates and the licences of all.
fn check_metadata() -> Result<Vec<Finding>> {
    let metadata = process::output(&mut cargo(&["metadata", "--format-version", "1", "--locked"]))?;
    let metadata: Value =
        serde_json::from_slice(&metadata).context("reading the output of cargo metadata")?;
    let all = metadata["packages"].as_array().context("cargo metadata lists packages")?;

    let mut ours = Vec::new();
    for package in all.iter().filter(|package| package["source"].is_null()) {
        let manifest = Path::new(text(package, "manifest_path")?);
        ours.push(edges::Package {
            name: text(package, "name")?.to_owned(),
            manifest: relative(manifest),
            manifest_text: fs::read_to_string(manifest)?,
            edges: edges::of_package(package)?,
        });
    }
    let mut findings = edges::check(&ours);

    let lock = read("Cargo.lock")?;
    for package in all {
        findings.extend(licence::check(text(package, "name")?, package["license"].as_str(), &lock));
    }
    Ok(findings)
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    value[key].as_str().with_context(|| format!("cargo metadata gives a `{key}`"))
}

fn read(name: &str) -> Result<String> {
    fs::read_to_string(workspace_root().join(name)).with_context(|| format!("reading {name}"))
}

fn relative(path: &Path) -> String {
    path.strip_prefix(workspace_root()).unwrap_or(path).to_string_lossy().into_owned()
}

fn collect_rust_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            collect_rust_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}
