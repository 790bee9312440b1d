//! Runs of debtscan whose output the documentation shows.
//!
//! Samples on the demo repository run every time. Samples on a real repository run only if a clone
//! is given; otherwise their stored output is kept.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use toml::{Table, Value};

use crate::demo;
use xtask::process::{self, Profile, build_debtscan, workspace_root};

/// The list of samples, from the workspace's root.
pub(super) const LIST: &str = "docs/samples/samples.toml";

/// The repository that `cargo xtask demo` builds.
const DEMO: &str = "demo";

/// A run with its output: `$ command`, then what it prints.
#[derive(Debug)]
pub(super) struct SampleCommand {
    pub(super) name: String,
    pub(super) text: String,
}

impl SampleCommand {
    /// Path of its file from the workspace's root.
    pub(super) fn file(&self) -> String {
        stored_at(&self.name)
    }
}

fn stored_at(name: &str) -> String {
    format!("docs/samples/{name}.txt")
}

/// A real repository on this machine.
#[derive(Debug)]
pub(super) struct LocalClone {
    name: String,
    path: PathBuf,
    /// The incident file to use instead of the one in the list.
    pub(super) incidents: Option<PathBuf>,
}

impl LocalClone {
    pub(super) fn new(name: &str, path: &str) -> Result<Self> {
        Ok(Self { name: name.to_owned(), path: std::path::absolute(path)?, incidents: None })
    }
}

/// A sample in the list.
#[derive(Debug)]
struct SampleEntry {
    name: String,
    repository: String,
    command: Vec<String>,
    /// The commit that the command's `--rev` must name; real repositories only.
    commit: String,
    /// File that the command finds as `REPOSITORY.csv`; real repositories only.
    incidents: Option<PathBuf>,
}

/// The clones that `DEBTSCAN_NAME=PATH` names, for every real repository of the list, each with the
/// incidents of `DEBTSCAN_NAME_INCIDENTS=FILE`.
pub(super) fn clones_of_environment() -> Result<Vec<LocalClone>> {
    let mut names: Vec<_> = entries()?.into_iter().map(|entry| entry.repository).collect();
    names.sort();
    names.dedup();
    let mut clones = Vec::new();
    for name in names.iter().filter(|name| *name != DEMO) {
        let variable = format!("DEBTSCAN_{}", name.to_uppercase());
        if let Ok(path) = std::env::var(&variable) {
            let mut clone = LocalClone::new(name, &path)?;
            if let Ok(file) = std::env::var(format!("{variable}_INCIDENTS")) {
                clone.incidents = Some(std::path::absolute(file)?);
            }
            clones.push(clone);
        }
    }
    Ok(clones)
}

/// Runs the samples that can run here; reads the stored output of the others.
pub(super) fn capture(binary: &Path, clones: &[LocalClone]) -> Result<Vec<SampleCommand>> {
    let entries = entries()?;
    let folder = tempfile::tempdir()?;
    if entries.iter().any(|entry| entry.repository == DEMO) {
        demo::build(folder.path())?;
    }
    let mut samples = Vec::new();
    for entry in entries {
        let name = entry.name.clone();
        let clone = clones.iter().find(|clone| clone.name == entry.repository);
        let text = if entry.repository == DEMO {
            run_command(binary, &entry, folder.path())
        } else if let Some(clone) = clone {
            run_on_clone(&entry, clone)
        } else {
            println!(
                "sample {name}: not re-run, no clone given (DEBTSCAN_{}=PATH)",
                entry.repository.to_uppercase()
            );
            // The stored output stays in the list of generated files, so the page that shows it can
            // still be filled.
            fs::read_to_string(workspace_root().join(stored_at(&name))).context("reading the stored output")
        };
        samples.push(SampleCommand { text: text.with_context(|| format!("sample `{name}`"))?, name });
    }
    Ok(samples)
}

fn entries() -> Result<Vec<SampleEntry>> {
    let text = fs::read_to_string(workspace_root().join(LIST)).with_context(|| format!("reading {LIST}"))?;
    parse(&text).with_context(|| format!("reading {LIST}"))
}

fn parse(text: &str) -> Result<Vec<SampleEntry>> {
    let list: Table = text.parse()?;
    let samples = list.get("sample").and_then(Value::as_array).context("no `[[sample]]`")?;
    samples.iter().map(parse_entry).collect()
}

fn parse_entry(entry: &Value) -> Result<SampleEntry> {
    let optional = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    let text = |key: &str| optional(key).with_context(|| format!("a sample has no `{key}`"));
    let command: Vec<String> = text("command")?.split_whitespace().map(str::to_owned).collect();
    // The list is checked in, and still nothing but debtscan is run from it.
    ensure!(command.first().is_some_and(|word| word == "debtscan"), "a command runs `debtscan`");
    let repository = text("repository")?;
    let commit = if repository == DEMO { String::new() } else { text("commit")? };
    Ok(SampleEntry {
        name: text("name")?,
        repository,
        command,
        commit,
        incidents: optional("incidents").map(PathBuf::from),
    })
}

/// Runs a sample in a folder where the clone and the incidents have the names that readers see.
fn run_on_clone(entry: &SampleEntry, clone: &LocalClone) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let revision = entry.command.iter().skip_while(|word| *word != "--rev").nth(1);
    let revision = revision.context("the command has no `--rev`, so the next commit would change it")?;
    let mut rev_parse = process::git(&clone.path, folder.path());
    let found =
        process::output(rev_parse.args(["rev-parse", "--verify", &format!("{revision}^{{commit}}")]))?;
    let found = String::from_utf8_lossy(&found);
    // A tag may be moved, and a clone may have a branch of this name. Then the sample would change
    // without a change here.
    ensure!(found.trim() == entry.commit, "`{revision}` is {}, not {}", found.trim(), entry.commit);

    symlink(&clone.path, folder.path().join(&entry.repository))?;
    let listed = entry.incidents.as_ref().map(|file| workspace_root().join(file));
    if let Some(incidents) = clone.incidents.as_ref().or(listed.as_ref()) {
        symlink(incidents, folder.path().join(format!("{}.csv", entry.repository)))?;
    }
    // Optimised, as a real history is long.
    run_command(&build_debtscan(Profile::Release)?, entry, folder.path())
}

fn run_command(binary: &Path, entry: &SampleEntry, folder: &Path) -> Result<String> {
    let home = tempfile::tempdir()?;
    let mut command = Command::new(binary);
    process::isolate(&mut command, home.path());
    let output = process::output(command.args(&entry.command[1..]).current_dir(folder))?;
    let output = String::from_utf8(output).context("debtscan prints UTF-8")?;
    if output.contains("```") {
        bail!("the output contains the end of its Markdown block");
    }
    // Blanks at the end of a line would be invisible in the file, as in the reference of the
    // command line.
    let lines: Vec<_> = output.lines().map(str::trim_end).collect();
    Ok(format!("$ {}\n{}\n", entry.command.join(" "), lines.join("\n").trim_end()))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn the_list_is_read_and_checked() {
        let text = "[[sample]]\nname = \"a\"\nrepository = \"demo\"\ncommand = \"debtscan shop\"\n";
        let entries = parse(text).expect("readable");
        assert_eq!(entries[0].command, ["debtscan", "shop"]);
        for broken in [
            "",
            "[[sample]]\nname = \"a\"\n",
            &text.replace("debtscan shop", "rm -r"),
            &text.replace("demo", "curl"),
        ] {
            assert!(parse(broken).is_err(), "{broken}");
        }
    }
}
