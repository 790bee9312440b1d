//! The dry run as one table: a row per file, column, rejected value and incident, by `kind`.

use std::io::Write;

use super::phrase::{format_phrase, tool_phrase};
use crate::delimited::Row;
use crate::options::RenderOptions;
use crate::words::{confidence_code, method_code, unplaced_code};
use debtscan_findings::{DryRun, IncidentReport, PlacementReport, Report};

/// The content of the columns depends on `kind`:
///
/// - `file`: file, value = the tool, detail = its format, or the error
/// - `column`: file, column, field, rows with a value, value = samples, detail = unit
/// - `rejected-row`, `rejected-value`: file, line, column, value, detail = reason
/// - `incident`: file, line, id; with a repository: field = method, value = file with the largest
///   share, detail = confidence, or the reason that it is not placed
const COLUMNS: [&str; 9] = ["kind", "file", "line", "id", "column", "field", "rows", "value", "detail"];

/// Writes all rows; `--top` limits the rejected ones and the incidents.
pub(super) fn write(run: &DryRun<'_>, options: &RenderOptions, out: &mut dyn Write) -> csv::Result<()> {
    let top = options.top.unwrap_or(usize::MAX);
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for file in &run.incidents.files {
        let mut row = Row::default();
        row.exact("file");
        row.free(&file.file);
        row.exact("");
        row.exact("");
        row.exact("");
        row.exact("");
        row.number(file.rows);
        row.exact(tool_phrase(file));
        row.free(&file.problem.as_ref().map_or_else(|| format_phrase(file), ToString::to_string));
        writer.write_record(row.0)?;
    }
    for column in &run.incidents.columns {
        let mut row = Row::default();
        row.exact("column");
        row.free(&column.file);
        row.exact("");
        row.exact("");
        row.free(&column.column);
        row.exact(column.field.unwrap_or_default());
        row.number(column.present);
        row.free(&column.samples.join(" | "));
        row.exact(column.how.join(", "));
        writer.write_record(row.0)?;
    }
    for rejected in run.incidents.rejected.iter().take(top) {
        let mut row = Row::default();
        row.exact(if rejected.dropped { "rejected-row" } else { "rejected-value" });
        row.free(&rejected.position.file);
        row.number(rejected.position.line);
        row.exact("");
        row.free(&rejected.column);
        row.exact("");
        row.exact("");
        row.free(&rejected.value);
        row.free(&rejected.reason);
        writer.write_record(row.0)?;
    }
    for incident in run.incidents.list.iter().take(top) {
        let mut row = Row::default();
        row.exact("incident");
        row.free(&incident.source.file);
        row.number(incident.source.line);
        row.free(&incident.id);
        row.exact("");
        let placed = run.report.and_then(|report| placement(report, &incident.id));
        let (method, value, detail) = placed.unwrap_or_default();
        row.exact(method);
        row.exact("");
        row.free(&String::from_utf8_lossy(value));
        row.exact(detail);
        writer.write_record(row.0)?;
    }
    Ok(writer.flush()?)
}

/// Method, file and confidence of an incident; for an unplaced one, only the reason.
fn placement<'a>(report: &'a Report, id: &str) -> Option<(&'static str, &'a [u8], &'static str)> {
    let of_id = |incident: &&IncidentReport| incident.id == id;
    Some(match &report.incidents.iter().find(of_id)?.placement {
        PlacementReport::Attributed { method, confidence, links, .. } => {
            let file = links.first().map(|link| report.files[link.file].path.as_bytes());
            (method_code(*method), file.unwrap_or_default(), confidence_code(*confidence))
        }
        PlacementReport::Unplaced { reason, .. } => ("", &[], unplaced_code(*reason)),
    })
}
