//! JSON: the machine-readable contract, documented in `docs/json.md`.
//!
//! The structs here are what is serialised *and* what the JSON Schema is made from, so the two
//! cannot differ. Domain types are converted, never serialised: renaming one changes no output.

mod backtest;
mod convert;
mod dry_run;
mod explanation;
mod listing;
mod money;
mod schema;
mod values;

use std::io::{self, Write};

use schemars::generate::SchemaSettings;
use serde::Serialize;

pub(super) use self::dry_run::{dry_run, dry_run_lines, dry_run_schema};
pub(super) use self::listing::{list, list_lines, list_schema};
pub(super) use self::values::PathJson;
use super::report_columns::area_columns;
use super::{Group, RenderOptions};
use debtscan_findings::{BacktestReport, Explanation, Report};

/// Version of the JSON outputs; raised when a reader could break.
pub(super) const SCHEMA_VERSION: u32 = 1;

/// Writes the report as one document.
pub(super) fn report(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    document(&convert::report(report, options.top), out)
}

/// Writes the explanation as one document.
pub(super) fn explanation(
    value: &Explanation,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    document(&explanation::explanation(value, options.top), out)
}

/// Writes the report as one object per line: the head, the rows, the incidents.
pub(super) fn report_lines(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let document = convert::report(report, options.top);
    line("report", &document.head, out)?;
    match options.group {
        Group::Area => document.areas.iter().try_for_each(|area| line("area", area, out))?,
        Group::File | Group::Directory => {
            document.files.iter().try_for_each(|file| line("file", file, out))?
        }
    }
    document.incidents.iter().try_for_each(|incident| line("incident", incident, out))
}

/// Writes the explanation as one object per line: the head, then each piece of evidence.
pub(super) fn explanation_lines(
    value: &Explanation,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let document = explanation::explanation(value, options.top);
    line("explanation", &document.head, out)?;
    document.steps.iter().try_for_each(|step| line("step", step, out))?;
    document.incidents.iter().try_for_each(|incident| line("incident", incident, out))?;
    document.commits.iter().try_for_each(|commit| line("commit", commit, out))?;
    document.files.iter().try_for_each(|file| line("file", file, out))
}

/// Writes the backtest as one document.
pub(super) fn backtest(report: &BacktestReport, out: &mut dyn Write) -> io::Result<()> {
    document(&backtest::backtest(report), out)
}

/// Writes the backtest as one object per line: the head, the scores, the cuts.
pub(super) fn backtest_lines(report: &BacktestReport, out: &mut dyn Write) -> io::Result<()> {
    let document = backtest::backtest(report);
    line("backtest", &document.head, out)?;
    document.scores.iter().try_for_each(|score| line("score", score, out))?;
    document.cuts.iter().try_for_each(|cut| line("cut", cut, out))?;
    document.uncounted_cuts.iter().try_for_each(|cut| line("uncounted-cut", cut, out))
}

fn document(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A row that says what it is.
#[derive(Serialize)]
struct Line<'a, T> {
    kind: &'static str,
    #[serde(flatten)]
    row: &'a T,
}

fn line<T: Serialize>(kind: &'static str, row: &T, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { kind, row })?;
    out.write_all(b"\n")
}

/// The JSON Schema of [`report()`]'s output, with a final newline.
pub(super) fn report_schema() -> String {
    let mut schema = schema_of::<schema::ReportJson>();
    listing::add_figures(&mut schema["$defs"]["AreaJson"], &area_columns());
    text_of(&schema)
}

/// The JSON Schema of [`explanation()`]'s output, with a final newline.
pub(super) fn explanation_schema() -> String {
    schema_text::<explanation::ExplanationJson>()
}

/// The JSON Schema of [`backtest()`]'s output, with a final newline.
pub(super) fn backtest_schema() -> String {
    schema_text::<backtest::BacktestJson>()
}

fn schema_text<T: schemars::JsonSchema>() -> String {
    text_of(&schema_of::<T>())
}

fn schema_of<T: schemars::JsonSchema>() -> serde_json::Value {
    // For what is written, not for what could be read: every field is there, `null` when unknown.
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    serde_json::to_value(&schema).expect("a schema is JSON")
}

fn text_of(schema: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(schema).expect("a schema is JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests;
