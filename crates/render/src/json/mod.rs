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
mod output;
mod row;
mod schema;
mod values;

use std::io::{self, Write};

pub(super) use self::dry_run::{dry_run, dry_run_lines, dry_run_schema};
pub(super) use self::listing::{list, list_lines, list_schema};
pub(super) use self::output::SCHEMA_VERSION;
use self::output::{document, line, schema_of, schema_text, text_of};
pub(super) use self::values::PathJson;
use super::report_columns::area_columns;
use crate::options::RenderOptions;
use debtscan_findings::Grouping;
use debtscan_findings::{BacktestReport, Explanation, Report};

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
        Grouping::Area => document.areas.iter().try_for_each(|area| line("area", area, out))?,
        Grouping::File | Grouping::Directory => {
            document.files.iter().try_for_each(|file| line("file", file, out))?;
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

/// The JSON Schema of [`report()`]'s output, with a final newline.
pub(super) fn report_schema() -> String {
    let mut schema = schema_of::<schema::ReportJson>();
    row::add_figures(&mut schema["$defs"]["AreaJson"], &area_columns());
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

#[cfg(test)]
mod tests;
