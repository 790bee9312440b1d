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
enum Reading<'a> {
    File(&'a FileReading),
    Column(&'a ColumnMapping),
    Rejected(&'a RejectedRow),
    Incident(&'a Incident, Option<Placement<'a>>),
}

/// Method, file and confidence of an incident; for an unplaced one, only the reason.
#[derive(Clone, Copy)]
struct Placement<'a> {
    method: &'static str,
    file: &'a [u8],
    detail: &'static str,
}

/// Writes all rows; `--top` limits the rejected ones and the incidents.
pub(super) fn write(run: &DryRun<'_>, options: &RenderOptions, out: &mut dyn Write) -> csv::Result<()> {
    let top = options.top.unwrap_or(usize::MAX);
    let read = run.incidents;
    let files = read.files.iter().map(Reading::File);
    let mapped = read.columns.iter().map(Reading::Column);
    let rejected = read.rejected.iter().take(top).map(Reading::Rejected);
    let incidents =
        read.list.iter().take(top).map(|incident| Reading::Incident(incident, placement(run, &incident.id)));
    table(&columns(), files.chain(mapped).chain(rejected).chain(incidents), &[], out)
}

fn placement<'a>(run: &DryRun<'a>, id: &str) -> Option<Placement<'a>> {
    let report = run.report?;
    let of_id = |incident: &&IncidentReport| incident.id == id;
    Some(match &report.incidents.iter().find(of_id)?.placement {
        PlacementReport::Attributed { method, confidence, links, .. } => Placement {
            method: method_code(*method),
            file: links.first().map(|link| report.files[link.file].path.as_bytes()).unwrap_or_default(),
            detail: confidence_code(*confidence),
        },
        PlacementReport::Unplaced { reason, .. } => {
            Placement { method: "", file: &[], detail: unplaced_code(*reason) }
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
fn columns<'a>() -> Vec<Column<Reading<'a>>> {
    let column = |key, value| Column::new(key, Kind::Text, "", value);
    vec![
        column("kind", kind),
        column("file", |row: &Reading<'a>| {
            Value::text(match row {
                Reading::File(file) => &file.file,
                Reading::Column(column) => &column.file,
                Reading::Rejected(rejected) => &rejected.position.file,
                Reading::Incident(incident, _) => &incident.source.file,
            })
        }),
        column("line", |row: &Reading<'a>| match row {
            Reading::Rejected(rejected) => Value::Count(rejected.position.line),
            Reading::Incident(incident, _) => Value::Count(incident.source.line),
            Reading::File(_) | Reading::Column(_) => Value::None,
        }),
        column("id", |row: &Reading<'a>| match row {
            Reading::Incident(incident, _) => Value::text(incident.id.as_str()),
            _ => Value::None,
        }),
        column("column", |row: &Reading<'a>| match row {
            Reading::Column(column) => Value::text(column.column.as_str()),
            Reading::Rejected(rejected) => Value::text(rejected.column.as_str()),
            Reading::File(_) | Reading::Incident(..) => Value::None,
        }),
        column("field", |row: &Reading<'a>| match row {
            Reading::Column(column) => Value::maybe_word(column.field),
            Reading::Incident(_, placement) => Value::maybe_word(placement.map(|it| it.method)),
            Reading::File(_) | Reading::Rejected(_) => Value::None,
        }),
        column("rows", |row: &Reading<'a>| match row {
            Reading::File(file) => Value::Count(file.rows),
            Reading::Column(column) => Value::Count(column.present),
            Reading::Rejected(_) | Reading::Incident(..) => Value::None,
        }),
        column("value", value),
        column("detail", detail),
    ]
}

fn kind(row: &Reading<'_>) -> Value {
    Value::word(match row {
        Reading::File(_) => "file",
        Reading::Column(_) => "column",
        Reading::Rejected(rejected) if rejected.dropped => "rejected-row",
        Reading::Rejected(_) => "rejected-value",
        Reading::Incident(..) => "incident",
    })
}

fn value(row: &Reading<'_>) -> Value {
    match row {
        Reading::File(file) => Value::word(tool_phrase(file)),
        Reading::Column(column) => Value::text(column.samples.join(" | ")),
        Reading::Rejected(rejected) => Value::text(rejected.value.as_str()),
        Reading::Incident(_, placement) => {
            // Lossy and guarded, unlike the paths of a report: nothing joins by a dry run.
            Value::maybe_text(placement.map(|it| String::from_utf8_lossy(it.file)))
        }
    }
}

fn detail(row: &Reading<'_>) -> Value {
    match row {
        Reading::File(file) => match &file.problem {
            Some(problem) => Value::text(problem.to_string()),
            None => Value::text(format_phrase(file)),
        },
        Reading::Column(column) => Value::word(column.how.join(", ")),
        Reading::Rejected(rejected) => Value::text(rejected.reason.as_str()),
        Reading::Incident(_, placement) => Value::maybe_word(placement.map(|it| it.detail)),
    }
}
