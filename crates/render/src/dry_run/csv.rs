//! The dry run as one table: a row per file, column, rejected value and incident, by `kind`.

use std::io::Write;

use super::phrase::{format_phrase, tool_phrase};
use crate::delimited::table;
use crate::listing::{Column, Kind, Value};
use crate::options::RenderOptions;
use crate::words::{confidence_code, method_code, unplaced_code};
use debtscan_findings::{DryRun, IncidentReport, PlacementReport};
use debtscan_incidents::{ColumnMapping, FileReading, Incident, RejectedRow};

/// A row of the table.
enum DryRunEvidence<'a> {
    File(&'a FileReading),
    Column(&'a ColumnMapping),
    Rejected(&'a RejectedRow),
    Incident(&'a Incident, Option<PlacementRow<'a>>),
}

/// Method, file and confidence of an incident; for an unplaced one, only the reason.
#[derive(Clone, Copy)]
struct PlacementRow<'a> {
    method: &'static str,
    file: &'a [u8],
    detail: &'static str,
}

/// Writes all rows; `--top` limits the rejected ones and the incidents.
pub(super) fn write(run: &DryRun<'_>, options: &RenderOptions, out: &mut dyn Write) -> csv::Result<()> {
    let top = options.top.unwrap_or(usize::MAX);
    let read = run.incidents;
    let files = read.files.iter().map(DryRunEvidence::File);
    let mapped = read.columns.iter().map(DryRunEvidence::Column);
    let rejected = read.rejected.iter().take(top).map(DryRunEvidence::Rejected);
    let incidents = read
        .list
        .iter()
        .take(top)
        .map(|incident| DryRunEvidence::Incident(incident, placement(run, &incident.id)));
    // Files and columns first, as they explain the values that were rejected.
    table(&columns(), files.chain(mapped).chain(rejected).chain(incidents), &[], options.formulas, out)
}

fn placement<'a>(run: &DryRun<'a>, id: &str) -> Option<PlacementRow<'a>> {
    let report = run.report?;
    let of_id = |incident: &&IncidentReport| incident.id == id;
    Some(match &report.incidents.iter().find(of_id)?.placement {
        PlacementReport::Attributed { method, confidence, links, .. } => PlacementRow {
            method: method_code(*method),
            file: links.first().map(|link| report.files[link.file].path.as_bytes()).unwrap_or_default(),
            detail: confidence_code(*confidence),
        },
        PlacementReport::Unplaced { reason, .. } => {
            PlacementRow { method: "", file: &[], detail: unplaced_code(*reason) }
        }
    })
}

/// The content of the columns depends on `kind`:
///
/// - `file`: file, value = the tool, detail = its format, or the error
/// - `column`: file, column, field, rows with a value, value = samples, detail = unit
/// - `rejected-row`, `rejected-value`: file, line, column, value, detail = reason
/// - `incident`: file, line, id; with a repository: field = method, value = file with the largest
///   share, detail = confidence, or the reason that it is not placed
fn columns<'a>() -> Vec<Column<DryRunEvidence<'a>>> {
    // One table for four kinds of rows, since CSV has only one. A column means what `kind` says.
    let column = |key, value| Column::new(key, Kind::Text, "", value);
    vec![
        column("kind", kind),
        column("file", |row: &DryRunEvidence<'a>| {
            Value::text(match row {
                DryRunEvidence::File(file) => &file.file,
                DryRunEvidence::Column(column) => &column.file,
                DryRunEvidence::Rejected(rejected) => &rejected.position.file,
                DryRunEvidence::Incident(incident, _) => &incident.source.file,
            })
        }),
        column("line", |row: &DryRunEvidence<'a>| match row {
            DryRunEvidence::Rejected(rejected) => Value::Count(rejected.position.line),
            DryRunEvidence::Incident(incident, _) => Value::Count(incident.source.line),
            DryRunEvidence::File(_) | DryRunEvidence::Column(_) => Value::None,
        }),
        column("id", |row: &DryRunEvidence<'a>| match row {
            DryRunEvidence::Incident(incident, _) => Value::text(incident.id.as_str()),
            _ => Value::None,
        }),
        column("column", |row: &DryRunEvidence<'a>| match row {
            DryRunEvidence::Column(column) => Value::text(column.column.as_str()),
            DryRunEvidence::Rejected(rejected) => Value::text(rejected.column.as_str()),
            DryRunEvidence::File(_) | DryRunEvidence::Incident(..) => Value::None,
        }),
        column("field", |row: &DryRunEvidence<'a>| match row {
            DryRunEvidence::Column(column) => Value::maybe_word(column.field),
            DryRunEvidence::Incident(_, placement) => Value::maybe_word(placement.map(|it| it.method)),
            DryRunEvidence::File(_) | DryRunEvidence::Rejected(_) => Value::None,
        }),
        column("rows", |row: &DryRunEvidence<'a>| match row {
            DryRunEvidence::File(file) => Value::Count(file.rows),
            DryRunEvidence::Column(column) => Value::Count(column.present),
            DryRunEvidence::Rejected(_) | DryRunEvidence::Incident(..) => Value::None,
        }),
        column("value", value),
        column("detail", detail),
    ]
}

fn kind(row: &DryRunEvidence<'_>) -> Value {
    Value::word(match row {
        DryRunEvidence::File(_) => "file",
        DryRunEvidence::Column(_) => "column",
        DryRunEvidence::Rejected(rejected) if rejected.is_excluded() => "excluded-row",
        DryRunEvidence::Rejected(rejected) if rejected.is_skipped() => "rejected-row",
        DryRunEvidence::Rejected(_) => "rejected-value",
        DryRunEvidence::Incident(..) => "incident",
    })
}

fn value(row: &DryRunEvidence<'_>) -> Value {
    match row {
        DryRunEvidence::File(file) => Value::word(tool_phrase(file)),
        DryRunEvidence::Column(column) => Value::text(column.samples.join(" | ")),
        DryRunEvidence::Rejected(rejected) => Value::text(rejected.value.as_str()),
        DryRunEvidence::Incident(_, placement) => {
            // Lossy and guarded, unlike the paths of a report: nothing joins by a dry run.
            Value::maybe_text(placement.map(|it| String::from_utf8_lossy(it.file)))
        }
    }
}

fn detail(row: &DryRunEvidence<'_>) -> Value {
    match row {
        DryRunEvidence::File(file) => match &file.problem {
            Some(problem) => Value::text(problem.to_string()),
            None => Value::text(format_phrase(file)),
        },
        DryRunEvidence::Column(column) => Value::word(column.how.join(", ")),
        DryRunEvidence::Rejected(rejected) => Value::text(rejected.reason.as_str()),
        DryRunEvidence::Incident(_, placement) => Value::maybe_word(placement.map(|it| it.detail)),
    }
}
