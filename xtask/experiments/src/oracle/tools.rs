//! The other tools: where they are installed, their languages, and how to read their output.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::own::FILES_AT_ONCE;
use xtask::process::workspace_root;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ComplexityFigure {
    Cyclomatic,
    Cognitive,
}

impl ComplexityFigure {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Cyclomatic => "cyclomatic",
            Self::Cognitive => "cognitive",
        }
    }
}

/// A function as another tool measures it.
pub(super) struct ToolFunction {
    pub(super) file: String,
    /// Unqualified; empty if the tool reports no name.
    pub(super) name: String,
    /// Its first line; `None` if the tool reports no line.
    pub(super) line: Option<u32>,
    pub(super) cyclomatic: Option<u32>,
    pub(super) cognitive: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OtherTool {
    Lizard,
    Complexipy,
    Sonarjs,
    BigCodeAnalysis,
}

impl OtherTool {
    pub(super) const ALL: [Self; 4] = [Self::Lizard, Self::Complexipy, Self::Sonarjs, Self::BigCodeAnalysis];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Lizard => "lizard",
            Self::Complexipy => "complexipy",
            Self::Sonarjs => "eslint-plugin-sonarjs",
            Self::BigCodeAnalysis => "big-code-analysis",
        }
    }

    fn program(self, folder: &Path) -> PathBuf {
        match self {
            Self::Lizard => folder.join("venv/bin/lizard"),
            Self::Complexipy => folder.join("venv/bin/complexipy"),
            Self::Sonarjs => folder.join("node_modules/eslint-plugin-sonarjs"),
            Self::BigCodeAnalysis => folder.join("venv/bin/bca"),
        }
    }

    pub(super) fn is_in(self, folder: &Path) -> bool {
        self.program(folder).exists()
    }

    pub(super) fn how_to_install(self, folder: &Path) -> String {
        let (folder, locks) = (folder.display(), workspace_root().join("xtask/experiments/oracle"));
        let locks = locks.display();
        match self {
            Self::Sonarjs => format!(
                "  mkdir -p {folder} && cp {locks}/package.json {locks}/package-lock.json {folder} && \
                 npm ci --prefix {folder}"
            ),
            _ => format!(
                "  python3 -m venv {folder}/venv && {folder}/venv/bin/pip install -r {locks}/requirements.txt"
            ),
        }
    }

    pub(super) fn knows(self, language: &str) -> bool {
        match self {
            Self::Lizard => !matches!(language, "Dart" | "Elixir" | "PowerShell" | "Shell"),
            Self::Complexipy => language == "Python",
            Self::Sonarjs => matches!(language, "JavaScript" | "TypeScript" | "TSX"),
            Self::BigCodeAnalysis => !matches!(language, "Dart" | "PowerShell" | "R" | "Scala" | "Swift"),
        }
    }

    /// The tool's figures for some files.
    pub(super) fn measure(
        self,
        files: &[String],
        folder: &Path,
        scratch: &Path,
    ) -> Result<Vec<ToolFunction>> {
        let mut found = Vec::new();
        for some in files.chunks(FILES_AT_ONCE) {
            found.extend(match self {
                Self::Lizard => self.lizard(some, folder)?,
                Self::Complexipy => self.complexipy(some, folder, scratch)?,
                Self::Sonarjs => sonarjs(some, folder, scratch)?,
                Self::BigCodeAnalysis => self.big_code_analysis(some, folder)?,
            });
        }
        Ok(found)
    }

    fn lizard(self, files: &[String], folder: &Path) -> Result<Vec<ToolFunction>> {
        let output = output(Command::new(self.program(folder)).arg("--csv").args(files))?;
        let mut found = Vec::new();
        for row in
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&output[..]).records()
        {
            let row = row.context("reading lizard's rows")?;
            let cell = |at: usize| row.get(at).unwrap_or_default();
            found.push(ToolFunction {
                file: cell(6).to_owned(),
                name: last_part(cell(7)),
                line: cell(9).parse().ok(),
                cyclomatic: cell(1).parse().ok(),
                cognitive: None,
            });
        }
        Ok(found)
    }

    fn complexipy(self, files: &[String], folder: &Path, scratch: &Path) -> Result<Vec<ToolFunction>> {
        let report = scratch.join("complexipy.json");
        let mut command = Command::new(self.program(folder));
        command.args(files).args(["--quiet", "--ignore-complexity", "--no-ignore", "--isolated"]);
        command.args(["--output-format", "json", "--output"]).arg(&report).current_dir(scratch);
        output(&mut command)?;
        let text = std::fs::read_to_string(&report).context("reading complexipy's report")?;
        let rows: Vec<Value> = serde_json::from_str(&text).context("reading complexipy's report")?;
        let file = |row: &Value| {
            let path = scratch.join(row["path"].as_str().unwrap_or_default());
            path.canonicalize().unwrap_or(path).display().to_string()
        };
        let theirs = rows.iter().map(|row| ToolFunction {
            file: file(row),
            name: last_part(row["function_name"].as_str().unwrap_or_default()),
            line: None,
            cyclomatic: None,
            cognitive: number(&row["complexity"]),
        });
        Ok(theirs.collect())
    }

    fn big_code_analysis(self, files: &[String], folder: &Path) -> Result<Vec<ToolFunction>> {
        let mut found = Vec::new();
        for file in files {
            let mut command = Command::new(self.program(folder));
            command.args(["metrics", "--no-config", "--no-skip-generated", "--no-ignore", "-O", "json"]);
            let text = output(command.args(["--jobs", "1"]).arg(file))?;
            // It prints nothing for files that it does not support.
            if let Ok(root) = serde_json::from_slice::<Value>(&text) {
                collect(&root, file, &mut found);
            }
        }
        Ok(found)
    }
}

/// The functions among big-code-analysis's nested spaces.
fn collect(root: &Value, file: &str, found: &mut Vec<ToolFunction>) {
    let mut spaces = vec![root];
    while let Some(space) = spaces.pop() {
        spaces.extend(space["spaces"].as_array().into_iter().flatten());
        if space["kind"] == "function" {
            found.push(ToolFunction {
                file: file.to_owned(),
                name: last_part(space["name"].as_str().unwrap_or_default()),
                line: number(&space["start_line"]),
                cyclomatic: number(&space["metrics"]["cyclomatic"]["value"]),
                cognitive: number(&space["metrics"]["cognitive"]["value"]),
            });
        }
    }
}

fn sonarjs(files: &[String], folder: &Path, scratch: &Path) -> Result<Vec<ToolFunction>> {
    let list = scratch.join("files.txt");
    std::fs::write(&list, files.join("\n")).context("writing the list of files")?;
    let script = workspace_root().join("xtask/experiments/oracle/sonar.cjs");
    let text = output(Command::new("node").arg(script).arg(folder).arg(&list))?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        let (file, line, figure) = (cells.next()?, cells.next()?, cells.next()?);
        Some(ToolFunction {
            file: file.to_owned(),
            name: String::new(),
            line: line.parse().ok(),
            cyclomatic: None,
            cognitive: figure.parse().ok(),
        })
    });
    Ok(rows.collect())
}

/// The output of a program. Some exit with 1 when they find complex code, which is not a failure.
fn output(command: &mut Command) -> Result<Vec<u8>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("starting {program}"))?;
    if output.status.code().is_none_or(|code| code > 2) {
        bail!("{program} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(output.stdout)
}

fn number(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

/// A name without its qualifiers.
pub(super) fn last_part(name: &str) -> String {
    name.rsplit([':', '.', '#']).next().unwrap_or(name).to_owned()
}
