//! `tidy`: the rules that neither the compiler nor clippy checks.
//!
//! Each rule is a pure function from its input to findings; this module reads the input.
//!
//! - [`edges`]: what each crate may depend on
//! - [`c_code`]: the threat model names every package that compiles C code
//! - [`circles`]: no circle between the modules of a crate
//! - [`sources`]: file length, `//!`, file names
//! - [`terms`]: retired terms in documents, messages and comments
//! - [`manifest`]: a reason for every dependency
//! - [`paths`]: the files that CONTRIBUTING.md names exist
//! - [`types`]: one definition per type name

mod c_code;
mod circles;
mod edges;
mod finding;
mod manifest;
mod paths;
mod sources;
mod terms;
mod types;
mod workspace;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use self::finding::TidyFinding;
use self::terms::Terms;
use self::types::TypeNames;
use self::workspace::{Package, is_rust, relative};
use xtask::process::workspace_root;

/// Folders and files that hold our own code and prose; `fixtures` holds other people's.
const OURS: [&str; 7] = ["CHANGELOG.md", "CONTRIBUTING.md", "README.md", "crates", "docs", "tests", "xtask"];

/// The guide that names files to edit.
const GUIDE: &str = "CONTRIBUTING.md";

/// The document that names all C code.
const THREATS: &str = "docs/security.md";

/// Whether retired terms in exempt files count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exemptions {
    Apply,
    Ignore,
}

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let exemptions = match args {
        [] => Exemptions::Apply,
        [flag] if flag == "--all" => Exemptions::Ignore,
        _ => bail!("`tidy` takes no argument but `--all`"),
    };
    let packages = workspace::packages()?;
    let mut findings = edges::check(&packages);
    findings.extend(manifest::check("Cargo.toml", &read("Cargo.toml")?));
    findings.extend(paths::check(workspace_root(), GUIDE, &read(GUIDE)?));
    findings.extend(c_code::check(THREATS, &read(THREATS)?, &read("Cargo.lock")?)?);
    findings.extend(check_circles(&packages)?);
    let files = own_files()?;
    findings.extend(check_files(&files, exemptions)?);
    // By file and line, so that two runs can be compared, and an editor can jump through them.
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    println!("tidy: {} files, {} findings", files.len(), findings.len());
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check_circles(packages: &[Package]) -> Result<Vec<TidyFinding>> {
    let mut findings = Vec::new();
    for root in packages.iter().flat_map(|package| &package.roots) {
        findings.extend(circles::check(root)?);
    }
    Ok(findings)
}

fn check_files(files: &[String], exemptions: Exemptions) -> Result<Vec<TidyFinding>> {
    let terms = Terms::load()?;
    let mut findings = Vec::new();
    let mut types = TypeNames::default();
    let mut exempt = 0;
    for file in files {
        let text = read(file)?;
        let retired = terms.check(file, &text)?;
        if exemptions == Exemptions::Apply && terms.is_exempt(file) {
            // Checked all the same, so that the note shows how many are still to do.
            exempt += retired.len();
        } else {
            findings.extend(retired);
        }
        if is_rust(file) {
            findings.extend(sources::check(file, &text));
            types.add(file, &text)?;
        }
    }
    findings.extend(types.check());
    if exempt > 0 {
        println!("note: {exempt} retired terms in folders where they do not fail yet");
    }
    Ok(findings)
}

/// Our Rust and Markdown files and our templates, sorted, as paths from the workspace's root.
fn own_files() -> Result<Vec<String>> {
    let mut files = Vec::new();
    for path in OURS.iter().map(|name| workspace_root().join(name)).filter(|path| path.exists()) {
        if path.is_dir() {
            collect_files(&path, &mut files)?;
        } else {
            files.push(path);
        }
    }
    let mut files: Vec<String> = files.iter().map(|file| relative(file)).collect();
    files.sort();
    Ok(files)
}

fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            collect_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "md") {
            files.push(path);
        }
    }
    Ok(())
}

fn read(name: &str) -> Result<String> {
    fs::read_to_string(workspace_root().join(name)).with_context(|| format!("reading {name}"))
}
