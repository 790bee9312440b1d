//! `oracle`: compares complexity with other tools, function by function; with `--lists`, which functions
//! are found, with each language's own parser where there is one.
//!
//! The tools are not part of the workspace: their lock files are in `xtask/experiments/oracle`, and
//! `--tools` names the folder where they are installed.

mod compare;
mod lists;
mod own;
mod references;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use references::ReferenceTool;
use tools::{ComplexityFigure, OtherTool};
use xtask::process::{git, workspace_root};

const USAGE: &str = "usage: cargo run -p experiments -- oracle [--lists [--show N]] [--tools DIR] [--max-files N] REPOSITORY...";

/// Languages by extension; the tools decide by extension, too.
const LANGUAGES: [(&str, &str); 25] = [
    ("c", "C"),
    ("cc", "C++"),
    ("cpp", "C++"),
    ("hh", "C++"),
    ("hpp", "C++"),
    ("cs", "C#"),
    ("dart", "Dart"),
    ("ex", "Elixir"),
    ("go", "Go"),
    ("java", "Java"),
    ("js", "JavaScript"),
    ("mjs", "JavaScript"),
    ("kt", "Kotlin"),
    ("lua", "Lua"),
    ("php", "PHP"),
    ("ps1", "PowerShell"),
    ("py", "Python"),
    ("R", "R"),
    ("rb", "Ruby"),
    ("rs", "Rust"),
    ("scala", "Scala"),
    ("sh", "Shell"),
    ("swift", "Swift"),
    ("ts", "TypeScript"),
    ("tsx", "TSX"),
];

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<ExitCode> {
    let mut tools_folder = workspace_root().join("target/oracle");
    let mut max_files = usize::MAX;
    let mut show = 0_usize;
    let mut is_list = false;
    let mut repositories = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--tools" => tools_folder = PathBuf::from(args.next().context(USAGE)?),
            "--max-files" => {
                max_files = args.next().context(USAGE)?.parse().context("reading --max-files")?;
            }
            "--lists" => is_list = true,
            "--show" => show = args.next().context(USAGE)?.parse().context("reading --show")?,
            flag if flag.starts_with('-') => bail!("unknown flag `{flag}`\n{USAGE}"),
            repository => repositories.push(PathBuf::from(repository)),
        }
    }
    if repositories.is_empty() {
        bail!(USAGE);
    }
    if is_list {
        return compare_lists(&repositories, &tools_folder, max_files, show);
    }
    let installed: Vec<OtherTool> =
        OtherTool::ALL.into_iter().filter(|tool| tool.is_in(&tools_folder)).collect();
    for tool in OtherTool::ALL.iter().filter(|tool| !installed.contains(tool)) {
        println!("{} is not installed; to install it:\n{}", tool.name(), tool.how_to_install(&tools_folder));
    }
    if installed.is_empty() {
        return Ok(ExitCode::from(2));
    }
    let scratch = tempfile::tempdir().context("making a folder for the tools' output")?;
    println!(
        "language | tool | figure | matched | equal | share | differences: how many, by how much, where"
    );
    for repository in &repositories {
        let files = tracked_files(repository, scratch.path())?;
        println!("# {}", repository.file_name().unwrap_or_default().display());
        for language in languages() {
            let of_language: Vec<String> = files
                .iter()
                .filter(|file| language_of(file) == Some(language))
                .take(max_files)
                .cloned()
                .collect();
            if !of_language.is_empty() {
                compare_language(language, &of_language, &installed, &tools_folder, scratch.path())?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Compares the lists of functions of all languages that a reference knows.
fn compare_lists(
    repositories: &[PathBuf],
    tools_folder: &Path,
    max_files: usize,
    show: usize,
) -> Result<ExitCode> {
    let (installed, missing): (Vec<ReferenceTool>, Vec<ReferenceTool>) =
        ReferenceTool::ALL.into_iter().partition(|reference| reference.is_installed(tools_folder));
    for reference in missing {
        println!(
            "{} is not installed; to install it:\n{}",
            reference.name(),
            reference.how_to_install(tools_folder)
        );
    }
    if installed.is_empty() {
        return Ok(ExitCode::from(2));
    }
    let scratch = tempfile::tempdir().context("making a folder for the tools' output")?;
    println!(
        "language | reference | functions there | here | in both | only here | only there | other last line"
    );
    for repository in repositories {
        let files = tracked_files(repository, scratch.path())?;
        println!("# {}", repository.file_name().unwrap_or_default().display());
        let of = |language: &str| files.iter().filter(|file| language_of(file) == Some(language)).count();
        // Headers belong to either language.
        let header = if of("C++") > of("C") { "C++" } else { "C" };
        for language in languages() {
            let is_header = |file: &str| language == header && has_extension(file, "h");
            let of_language =
                files.iter().filter(|file| language_of(file) == Some(language) || is_header(file));
            let of_language: Vec<String> = of_language.take(max_files).cloned().collect();
            if !of_language.is_empty() {
                let folders = (tools_folder, scratch.path());
                lists::compare(language, &of_language, &installed, show, folders)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn has_extension(file: &str, extension: &str) -> bool {
    Path::new(file).extension().is_some_and(|it| it == extension)
}

fn compare_language(
    language: &str,
    files: &[String],
    installed: &[OtherTool],
    tools_folder: &Path,
    scratch: &Path,
) -> Result<()> {
    let ours = own::measure(language, files)?;
    for tool in installed.iter().filter(|tool| tool.knows(language)) {
        let theirs = tool.measure(files, tools_folder, scratch)?;
        for figure in [ComplexityFigure::Cyclomatic, ComplexityFigure::Cognitive] {
            compare::print(language, *tool, figure, &ours, &theirs);
        }
    }
    Ok(())
}

fn languages() -> Vec<&'static str> {
    let mut languages: Vec<&str> = LANGUAGES.iter().map(|(_, language)| *language).collect();
    languages.dedup();
    languages
}

fn language_of(file: &str) -> Option<&'static str> {
    let extension = Path::new(file).extension()?.to_str()?;
    LANGUAGES.iter().find(|(known, _)| *known == extension).map(|(_, language)| *language)
}

/// The tracked files that exist in a work tree, as absolute paths.
fn tracked_files(repository: &Path, home: &Path) -> Result<Vec<String>> {
    let root = repository.canonicalize().with_context(|| format!("finding {}", repository.display()))?;
    let output = git(&root, home).args(["ls-files", "-z"]).output().context("starting git")?;
    if !output.status.success() {
        bail!("git ls-files failed in {}", root.display());
    }
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    let absolute = listed.split_terminator('\0').map(|file| root.join(file));
    Ok(absolute.filter(|path| path.is_file()).map(|path| path.display().to_string()).collect())
}
