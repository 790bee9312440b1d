//! The JSON dry run: its head, and its tables.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::output::SCHEMA_VERSION;
use super::table::{DocumentSchema, write_document, write_lines};
use super::values::{MoneyJson, ToolJson};
use crate::dry_run::columns::{ReadIncident, mapping_columns, read_incident_columns, rejected_columns};
use crate::listing::{Sheet, SheetShape};
use crate::options::RenderOptions;
use debtscan_findings::{DryRun, PlacementReport, Report};
use debtscan_incidents::{Encoding, FileFormat, FileReading, Incident, Severity};

/// How incident files were read, and where each incident would be placed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan dry run of incident files")]
struct DryRunHeadJson {
    /// Version of this shape: 1.
    schema_version: u32,
    tool: ToolJson,
    /// Full id of the scanned commit; `null` without a repository.
    revision: Option<String>,
    /// Data rows of all files: incidents + merged + dropped + excluded.
    rows: u64,
    /// Rows merged into an incident of another row.
    merged_rows: u64,
    /// Rows that cannot be used.
    dropped_rows: u64,
    /// Rows that are understood, and are no incidents of this repository.
    excluded_rows: u64,
    /// How many incidents there are.
    incident_count: usize,
    /// What is recorded, per currency.
    recorded: Vec<MoneyJson>,
    /// The files.
    files: Vec<FileReadingJson>,
    /// The severities as written, and their levels.
    severities: Vec<SeverityCountJson>,
    /// Number of rows of `rejected` that `--top` hides; 0 without it.
    omitted_rejected: usize,
    /// Number of incidents that `--top` hides; 0 without it.
    omitted_incidents: usize,
}

/// A file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct FileReadingJson {
    /// The file as named on the command line.
    file: String,
    /// `csv`, `json` or `json-lines`; `null` when it could not be opened.
    format: Option<&'static str>,
    /// The separator of a CSV file; `null` for other formats.
    separator: Option<char>,
    /// `UTF-8`, `UTF-16` or another, such as `windows-1252`; `null` when it could not be opened.
    encoding: Option<&'static str>,
    /// The tool that wrote it; `null` when its headers are no tool's own.
    written_by: Option<&'static str>,
    /// The headers by which the tool was recognised.
    recognised_by: Vec<String>,
    /// Data rows.
    rows: u64,
    /// Rows of these that cannot be used.
    dropped_rows: u64,
    /// Rows of these that are no incidents of this repository.
    excluded_rows: u64,
    /// Why it is of no use as a whole; `null` when it is.
    problem: Option<String>,
}

/// A severity.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SeverityCountJson {
    /// As written.
    written: String,
    /// `critical`, `high`, `medium`, `low` or `minimal`; `null` when its words are not known.
    level: Option<&'static str>,
    /// How many incidents have it.
    incidents: u64,
}

fn columns_shape() -> SheetShape {
    SheetShape::new("columns", "column", "A column.", &mapping_columns())
        .named("ColumnJson", "The columns of each file, in file order.")
}

fn rejected_shape() -> SheetShape {
    let doc = "A value of an incident file that could not be used.";
    SheetShape::new("rejected", "rejected", doc, &rejected_columns())
        .named("RejectedJson", "What could not be used: by file, line and column.")
}

fn incidents_shape() -> SheetShape {
    SheetShape::new("incidents", "incident", "One incident as it was read.", &read_incident_columns())
        .named("ReadIncidentJson", "The incidents, by the time at which they began.")
}

fn sheets<'a>(run: &DryRun<'a>, top: Option<usize>) -> [Sheet; 3] {
    let read = run.incidents;
    // By ID: the report has the incidents in another order, by cost.
    let placements = placements(run.report);
    let incident = |incident: &'a Incident| ReadIncident {
        incident,
        placement: placements.get(incident.id.as_str()).copied(),
    };
    let incidents: Vec<ReadIncident<'a>> = read.list.iter().map(incident).collect();
    [
        // Every column, whatever `--top` says: a column that is read wrongly is what a dry run is
        // to find.
        Sheet::of_values(columns_shape(), &mapping_columns(), &read.columns, None),
        Sheet::of_values(rejected_shape(), &rejected_columns(), &read.rejected, top),
        Sheet::of_values(incidents_shape(), &read_incident_columns(), &incidents, top),
    ]
}

fn placements(report: Option<&Report>) -> BTreeMap<&str, (&Report, &PlacementReport)> {
    let of = |report| incidents_of(report).map(move |(id, placement)| (id, (report, placement)));
    report.into_iter().flat_map(of).collect()
}

fn incidents_of(report: &Report) -> impl Iterator<Item = (&str, &PlacementReport)> {
    report.incidents.iter().map(|incident| (incident.id.as_str(), &incident.placement))
}

/// Writes the dry run as one document.
pub(crate) fn dry_run(run: &DryRun<'_>, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    write_document(&head(run, options.top), &sheets(run, options.top), out)
}

/// Writes the dry run as one object per line: the head, the columns, the rejected values, the incidents.
pub(crate) fn dry_run_lines(
    run: &DryRun<'_>,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_lines("incidents", &head(run, options.top), &sheets(run, options.top), out)
}

/// The JSON Schema of [`dry_run`]'s output, with a final newline.
pub(crate) fn dry_run_schema() -> String {
    let mut schema = DocumentSchema::new::<DryRunHeadJson>();
    for shape in [columns_shape(), rejected_shape(), incidents_shape()] {
        schema.add_rows(&shape);
    }
    schema.finish()
}

fn head(run: &DryRun<'_>, top: Option<usize>) -> DryRunHeadJson {
    let incidents = run.incidents;
    let top = top.unwrap_or(usize::MAX);
    let severity = |severity: &debtscan_findings::SeverityCount| SeverityCountJson {
        level: severity.level.map(Severity::name),
        written: severity.written.clone(),
        incidents: severity.incidents,
    };
    DryRunHeadJson {
        schema_version: SCHEMA_VERSION,
        tool: ToolJson::new(run.tool_version),
        revision: run.report.map(|report| report.revision.to_string()),
        rows: incidents.rows,
        merged_rows: incidents.merged_rows,
        dropped_rows: run.dropped_rows,
        excluded_rows: run.excluded_rows,
        incident_count: incidents.list.len(),
        recorded: run.recorded.iter().map(MoneyJson::new).collect(),
        files: incidents.files.iter().map(file).collect(),
        severities: run.severities.iter().map(severity).collect(),
        omitted_rejected: incidents.rejected.len().saturating_sub(top),
        omitted_incidents: incidents.list.len().saturating_sub(top),
    }
}

fn file(file: &FileReading) -> FileReadingJson {
    let (format, separator) = match file.format {
        None => (None, None),
        Some(FileFormat::Csv { separator }) => (Some("csv"), Some(separator)),
        Some(FileFormat::Xlsx) => (Some("xlsx"), None),
        Some(FileFormat::Ods) => (Some("ods"), None),
        Some(FileFormat::Json) => (Some("json"), None),
        Some(FileFormat::JsonLines) => (Some("json-lines"), None),
    };
    FileReadingJson {
        file: file.file.clone(),
        format,
        separator,
        encoding: file.encoding.map(|encoding| match encoding {
            Encoding::Utf8 => "UTF-8",
            // Whether a mark begins the file is of use to the reader of the file, not to a reader
            // of JSON.
            Encoding::Utf16 | Encoding::Utf16WithoutMark => "UTF-16",
            Encoding::Other(name) => name,
        }),
        written_by: file.tool.map(debtscan_incidents::Tool::name),
        recognised_by: file.recognised_by.clone(),
        rows: file.rows,
        dropped_rows: file.dropped,
        excluded_rows: file.excluded,
        problem: file.problem.as_ref().map(ToString::to_string),
    }
}
