//! The references for lists of functions: a language's own parser where there is one, else tools that
//! read text.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::tools::last_part;
use xtask::process::workspace_root;

/// A function as a reference lists it.
pub(super) struct ListedFunction {
    pub(super) file: String,
    /// Unqualified; empty if the reference gives no name.
    pub(super) name: String,
    /// First and last line.
    pub(super) lines: (u32, u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReferenceTool {
    Ctags,
    Lizard,
    PythonAst,
    TypeScript,
    Javac,
}

impl ReferenceTool {
    pub(super) const ALL: [Self; 5] =
        [Self::Ctags, Self::Lizard, Self::PythonAst, Self::TypeScript, Self::Javac];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ctags => "universal-ctags",
            Self::Lizard => "lizard",
            Self::PythonAst => "Python's ast",
            Self::TypeScript => "TypeScript's compiler",
            Self::Javac => "javac",
        }
    }

    pub(super) fn knows(self, language: &str) -> bool {
        match self {
            Self::Ctags => matches!(language, "C" | "C++" | "C#"),
            Self::Lizard => matches!(language, "C" | "C++" | "Scala" | "Swift"),
            Self::PythonAst => language == "Python",
            Self::TypeScript => matches!(language, "JavaScript" | "TypeScript" | "TSX"),
            Self::Javac => language == "Java",
        }
    }

    /// Whether it can be run.
    pub(super) fn is_installed(self, folder: &Path) -> bool {
        let runs = |program: &str, flag: &str| {
            let mut command = Command::new(program);
            command.arg(flag).stdout(Stdio::null()).stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        };
        match self {
            Self::Ctags => runs("ctags", "--version"),
            Self::Lizard => folder.join("venv/bin/lizard").exists(),
            Self::PythonAst => runs("python3", "--version"),
            Self::TypeScript => folder.join("node_modules/typescript").exists(),
            Self::Javac => runs("javac", "-version"),
        }
    }

    pub(super) fn how_to_install(self, folder: &Path) -> String {
        let (folder, locks) = (folder.display(), workspace_root().join("xtask/experiments/oracle"));
        let locks = locks.display();
        match self {
            Self::Ctags => "  apt install universal-ctags".to_owned(),
            Self::Lizard => format!(
                "  python3 -m venv {folder}/venv && {folder}/venv/bin/pip install -r {locks}/requirements.txt"
            ),
            Self::PythonAst => "  apt install python3".to_owned(),
            Self::TypeScript => format!(
                "  mkdir -p {folder} && cp {locks}/package.json {locks}/package-lock.json {folder} && \
                 npm ci --prefix {folder}"
            ),
            Self::Javac => "  apt install openjdk-17-jdk-headless".to_owned(),
        }
    }

    /// The functions of some files.
    pub(super) fn list(
        self,
        language: &str,
        files: &[String],
        folder: &Path,
        scratch: &Path,
    ) -> Result<Vec<ListedFunction>> {
        let list = scratch.join("files.txt");
        std::fs::write(&list, files.join("\n")).context("writing the list of files")?;
        let script = |name: &str| workspace_root().join("xtask/experiments/oracle").join(name);
        match self {
            Self::Ctags => ctags(language, &list),
            Self::Lizard => lizard(files, folder),
            Self::PythonAst => rows(Command::new("python3").arg(script("functions.py")).arg(&list)),
            Self::TypeScript => {
                rows(Command::new("node").arg(script("functions.cjs")).arg(folder).arg(&list))
            }
            Self::Javac => rows(Command::new("java").arg(script("Functions.java")).arg(&list)),
        }
    }
}

/// The rows of a script of ours.
fn rows(command: &mut Command) -> Result<Vec<ListedFunction>> {
    let text = output(command)?;
    text.lines()
        .map(|line| {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().with_context(|| format!("reading the row `{line}`"));
            let (file, first, last, name) = (cell()?, cell()?, cell()?, cell()?);
            let lines = (first.parse()?, last.parse()?);
            Ok(ListedFunction { file: file.to_owned(), name: last_part(name), lines })
        })
        .collect()
}

fn ctags(language: &str, list: &Path) -> Result<Vec<ListedFunction>> {
    let mut command = Command::new("ctags");
    command.args(["--options=NONE", "--output-format=json", "--fields=+neK", "--sort=no", "-o", "-", "-L"]);
    command.arg(list).arg(format!("--language-force={language}"));
    let text = output(&mut command)?;
    let mut found = Vec::new();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).context("reading a row of ctags")?;
        let number = |name: &str| row[name].as_u64().and_then(|number| u32::try_from(number).ok());
        let is_function = matches!(row["kind"].as_str(), Some("function" | "method"));
        if let (true, Some(first), Some(last)) = (is_function, number("line"), number("end")) {
            let text = |name: &str| row[name].as_str().with_context(|| format!("`{name}` of ctags: {line}"));
            let (file, name) = (text("path")?.to_owned(), last_part(text("name")?));
            found.push(ListedFunction { file, name, lines: (first, last) });
        }
    }
    Ok(found)
}

fn lizard(files: &[String], folder: &Path) -> Result<Vec<ListedFunction>> {
    // lizard takes no list of files, and command lines are limited.
    let mut found = Vec::new();
    for some in files.chunks(super::own::FILES_AT_ONCE) {
        let text = output(Command::new(folder.join("venv/bin/lizard")).arg("--csv").args(some))?;
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        for row in reader.records() {
            let row = row.context("reading a row of lizard")?;
            let cell = |at: usize| row.get(at).with_context(|| format!("column {at} of lizard: {row:?}"));
            let line =
                |at: usize| cell(at)?.parse::<u32>().with_context(|| format!("a line of lizard: {row:?}"));
            let (file, name) = (cell(6)?.to_owned(), last_part(cell(7)?));
            found.push(ListedFunction { file, name, lines: (line(9)?, line(10)?) });
        }
    }
    Ok(found)
}

/// What a program prints. Files that it cannot parse are on its error output, which is passed on.
fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("starting {program}"))?;
    // lizard exits with 1 when it finds complex code.
    if output.status.code().is_none_or(|code| code > 1) {
        bail!("{program} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    std::io::stderr().write_all(&output.stderr).context("passing on what a reference reports")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
