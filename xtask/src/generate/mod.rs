//! `gen`: writes the checked-in files that debtscan generates; `--check` fails if they differ.
//!
//! - `docs/cli.md`: the help of every command
//! - `docs/schema/*.json`: the JSON Schemas of the report and of the lists
//! - `docs/samples/*.txt`: the runs that `docs/samples/samples.toml` describes
//! - `README.md`: those runs again, between `<!-- gen:NAME -->` and `<!-- /gen:NAME -->`

mod blocks;
mod difference;
mod samples;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use samples::LocalClone;
use xtask::process::{self, Profile, build_debtscan, workspace_root};

/// Commands with a JSON Schema of their own.
const LISTS: [&str; 15] = [
    "allocation",
    "areas",
    "backtest",
    "brief",
    "demo",
    "plan",
    "coupling",
    "delivery",
    "functions",
    "hotspots",
    "incidents",
    "knowledge",
    "todos",
    "trend",
    "verify",
];

/// The arguments of the task.
#[derive(Debug, Default)]
struct GenRequest {
    is_check: bool,
    /// Clones of real repositories to capture samples from.
    clones: Vec<LocalClone>,
}

/// A generated file with its expected content.
struct GeneratedFile {
    /// Path from the workspace's root.
    file: String,
    content: String,
}

pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let mut request = parse(args)?;
    request.clones.extend(samples::clones_of_environment()?);
    let binary = build_debtscan(Profile::Dev)?;
    let mut generated = vec![
        GeneratedFile { file: "docs/cli.md".to_owned(), content: command_line(&binary)? },
        GeneratedFile {
            file: "docs/schema/report.json".to_owned(),
            content: debtscan(&binary, &["schema"])?,
        },
    ];
    for list in LISTS {
        generated.push(GeneratedFile {
            file: format!("docs/schema/{list}.json"),
            content: debtscan(&binary, &["schema", list])?,
        });
    }
    let samples = samples::capture(&binary, &request.clones)?;
    generated.push(GeneratedFile {
        file: "README.md".to_owned(),
        content: blocks::fill(&read("README.md")?.unwrap_or_default(), &samples)?,
    });
    for sample in samples {
        generated.push(GeneratedFile { file: sample.file(), content: sample.text });
    }

    let mut differing = 0;
    for file in &generated {
        let present = read(&file.file)?;
        if present.as_ref() == Some(&file.content) {
            continue;
        }
        differing += 1;
        if request.is_check {
            println!("{} differs from the output of `cargo xtask gen`:", file.file);
            print!("{}", difference::show(&present.unwrap_or_default(), &file.content));
        } else {
            write(&file.file, &file.content)?;
            println!("wrote {}", file.file);
        }
    }
    println!(
        "gen: {} files, {differing} {}",
        generated.len(),
        if request.is_check { "differ" } else { "written" }
    );
    Ok(if request.is_check && differing > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn parse(args: &[String]) -> Result<GenRequest> {
    let mut request = GenRequest::default();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--check" => request.is_check = true,
            "--real" => {
                let pair = args.next().and_then(|pair| pair.split_once('='));
                let (name, path) = pair.context("`--real` needs NAME=PATH")?;
                request.clones.push(LocalClone::new(name, path)?);
            }
            "--incidents" => {
                let file = args.next().context("`--incidents` needs a file")?;
                let clone = request.clones.last_mut().context("`--incidents` must follow `--real`")?;
                clone.incidents = Some(std::path::absolute(file)?);
            }
            surplus => bail!("`gen` takes no argument `{surplus}`"),
        }
    }
    // `--check` runs as a step of `ci`, which has no arguments to pass on.
    if request.is_check && !request.clones.is_empty() {
        bail!("`--check` takes clones from the environment (DEBTSCAN_CURL=PATH), not from `--real`");
    }
    Ok(request)
}

/// Runs debtscan without the user's settings and returns its output as text.
fn debtscan(binary: &Path, args: &[&str]) -> Result<String> {
    let home = tempfile::tempdir()?;
    let mut command = Command::new(binary);
    process::isolate(&mut command, home.path());
    let output = process::output(command.args(args).current_dir(home.path()))?;
    String::from_utf8(output).with_context(|| format!("debtscan {} prints UTF-8", args.join(" ")))
}

/// The reference page of the command line: the help of debtscan and of each of its commands.
fn command_line(binary: &Path) -> Result<String> {
    let help = debtscan(binary, &["--help"])?;
    let mut page = String::from(
        "# Command line\n\nWhat `debtscan --help` and `debtscan COMMAND --help` print. \
         Generated by `cargo xtask gen`.\n",
    );
    push_section(&mut page, "debtscan", &help);
    for name in command_names(&help) {
        push_section(&mut page, &format!("debtscan {name}"), &debtscan(binary, &[name, "--help"])?);
    }
    Ok(page)
}

fn push_section(page: &mut String, title: &str, help: &str) {
    // Trailing blanks are invisible in a review, and editors remove them. The file would then
    // differ from the output.
    let help: Vec<_> = help.lines().map(str::trim_end).collect();
    let help = help.join("\n");
    page.extend(["\n## ", title, "\n\n```text\n", help.trim_end(), "\n```\n"]);
}

/// The names in the list of commands of a help text.
fn command_names(help: &str) -> Vec<&str> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.is_empty() || line.starts_with(' '))
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        // clap adds this command, and its help explains nothing of ours.
        .filter(|name| *name != "help")
        .collect()
}

fn absolute(file: &str) -> PathBuf {
    workspace_root().join(file)
}

/// The content of a checked-in file; `None` if it does not exist.
fn read(file: &str) -> Result<Option<String>> {
    match fs::read_to_string(absolute(file)) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading {file}")),
    }
}

fn write(file: &str, content: &str) -> Result<()> {
    let path = absolute(file);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    fs::write(&path, content).with_context(|| format!("writing {file}"))
}

#[cfg(test)]
mod tests {
    use super::command_names;

    #[test]
    fn commands_are_read_from_the_help() {
        let help = "Rank.\n\nUsage: debtscan\n\nCommands:\n  scan     Scan and print,\n             \
                    as always\n  changes\n          List\n  help     Print\n\nOptions:\n  -q  Quiet\n";
        assert_eq!(command_names(help), ["scan", "changes"]);
        assert!(command_names("Options:\n  -q\n").is_empty());
    }
}
