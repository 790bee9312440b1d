//! The JSON explanation: its head, and its tables.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::output::SCHEMA_VERSION;
use super::row::Figures;
use super::table::{DocumentSchema, write_document, write_lines};
use super::values::{ModelJson, PathJson, Time, ToolJson, bytes_hex};
use crate::explained_columns::{StepRow, commit_columns, file_columns, incident_columns, step_columns};
use crate::figure_columns::figure_columns;
use crate::listing::{Sheet, SheetShape};
use crate::options::RenderOptions;
use crate::step::step_text;
use crate::words::unranked_phrase;
use debtscan_findings::{ExplainedSubject, Explanation};

/// The whole trail of one subject's figures.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan explanation")]
struct ExplanationHeadJson {
    /// Version of this shape: 1.
    schema_version: u32,
    tool: ToolJson,
    /// Full id of the scanned commit.
    revision: String,
    /// The "now" of every figure: its committer time, or the end of the window where that is earlier.
    as_of: Time,
    subject: SubjectJson,
    /// Rank by expected cost; `null` when it is not ranked.
    rank: Option<usize>,
    /// Of how many; `null` when it is not ranked.
    ranked_of: Option<usize>,
    /// Why it is not ranked, for people; `null` when it is.
    unranked: Option<&'static str>,
    #[serde(flatten)]
    // `Figures` knows its columns at run time only; `explanation_schema` adds them to the schema.
    #[schemars(skip)]
    figures: Figures,
    model: ModelJson,
    omitted: OmittedEvidenceJson,
}

/// What is explained.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
enum SubjectJson {
    /// An area.
    Area {
        /// Stable identifier.
        id: String,
        /// The name for people.
        name: String,
    },
    /// A file.
    File {
        /// Its path; bytes that are not UTF-8 are replaced by U+FFFD.
        path: String,
        /// The path's bytes in hexadecimal; `null` when `path` is exact.
        path_bytes_hex: Option<String>,
        /// Older names whose history is part of it: sorted.
        aliases: Vec<PathJson>,
        /// The name of its area.
        area: String,
    },
}

/// Number of rows of each list that `--top` hides; 0 without it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct OmittedEvidenceJson {
    /// Hidden incidents.
    incidents: usize,
    /// Hidden commits.
    commits: usize,
    /// Hidden files.
    files: usize,
}

fn steps_shape() -> SheetShape {
    let doc = "One quantity on the way to the result.";
    SheetShape::new("steps", "step", doc, &step_columns()).named("StepJson", "The computation, in order.")
}

fn incidents_shape() -> SheetShape {
    SheetShape::new("incidents", "incident", "An incident with a part in the subject.", &incident_columns())
        .named(
            "IncidentEvidenceJson",
            "Incidents with a part here: the largest part of the cost first, then newest.",
        )
}

fn commits_shape() -> SheetShape {
    SheetShape::new("commits", "commit", "A commit that touched the subject.", &commit_columns())
        .named("CommitEvidenceJson", "Commits that touched it, newest first.")
}

fn files_shape() -> SheetShape {
    SheetShape::new("files", "file", "A file of an explained area.", &file_columns())
        .named("FileEvidenceJson", "For an area, its files by expected cost; empty for a file.")
}

/// The tables; each but the steps is limited to `top` rows.
fn sheets(value: &Explanation, top: Option<usize>) -> [Sheet; 4] {
    let step = |step: &debtscan_findings::ExplainedStep| StepRow { text: step_text(step), value: step.value };
    let steps: Vec<StepRow> = value.steps.iter().map(step).collect();
    [
        // All steps, whatever `--top` says: a computation with a gap cannot be checked.
        Sheet::of_values(steps_shape(), &step_columns(), &steps, None),
        Sheet::of_values(incidents_shape(), &incident_columns(), &value.incidents, top),
        Sheet::of_values(commits_shape(), &commit_columns(), &value.commits, top),
        Sheet::of_values(files_shape(), &file_columns(), &value.files, top),
    ]
}

/// Writes the explanation as one document.
pub(crate) fn explanation(
    value: &Explanation,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_document(&head(value, options.top), &sheets(value, options.top), out)
}

/// Writes the explanation as one object per line: the head, then each piece of evidence.
pub(crate) fn explanation_lines(
    value: &Explanation,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_lines("explanation", &head(value, options.top), &sheets(value, options.top), out)
}

/// The JSON Schema of [`explanation()`]'s output, with a final newline.
pub(crate) fn explanation_schema() -> String {
    let mut schema = DocumentSchema::new::<ExplanationHeadJson>();
    schema.add_columns(&figure_columns::<Explanation>());
    for shape in [steps_shape(), incidents_shape(), commits_shape(), files_shape()] {
        schema.add_rows(&shape);
    }
    schema.finish()
}

fn head(value: &Explanation, top: Option<usize>) -> ExplanationHeadJson {
    let top = top.unwrap_or(usize::MAX);
    let omitted = |n: usize| n.saturating_sub(top);
    ExplanationHeadJson {
        schema_version: SCHEMA_VERSION,
        tool: ToolJson::new(value.tool_version),
        revision: value.revision.to_string(),
        as_of: Time::new(value.as_of),
        subject: subject(&value.subject),
        rank: value.rank.map(|(rank, _)| rank),
        ranked_of: value.rank.map(|(_, of)| of),
        unranked: value.unranked.map(unranked_phrase),
        figures: Figures::new(&figure_columns(), value),
        model: ModelJson::new(&value.model),
        omitted: OmittedEvidenceJson {
            incidents: omitted(value.incidents.len()),
            commits: omitted(value.commits.len()),
            files: omitted(value.files.len()),
        },
    }
}

fn subject(subject: &ExplainedSubject) -> SubjectJson {
    match subject {
        ExplainedSubject::Area { id, name } => SubjectJson::Area { id: id.clone(), name: name.clone() },
        ExplainedSubject::File { path, aliases, area } => SubjectJson::File {
            path: path.to_string(),
            path_bytes_hex: bytes_hex(path),
            aliases: aliases.iter().map(PathJson::new).collect(),
            area: area.clone(),
        },
    }
}
