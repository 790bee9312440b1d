//! Results -> table, Markdown, JSON, NDJSON, CSV.
//!
//! Takes final values; holds every word that a person reads, and how each format writes a value. It cannot
//! compute a figure, read a repository or open a file.
#![deny(clippy::disallowed_methods)]

mod allocation;
mod areas;
mod areas_config;
mod assumption;
mod backtest;
mod brief;
mod broken_year;
mod coupling;
mod delimited;
mod delivery;
mod demo;
mod document;
mod dry_run;
mod evidence;
mod explained_columns;
mod expression;
mod figure_columns;
mod functions;
mod head;
mod history;
mod hotspots;
mod html;
mod incident_columns;
mod json;
mod knowledge;
mod labels;
mod listing;
mod markdown;
mod number;
mod odds;
mod options;
mod overview;
mod price;
mod quality;
mod remark;
mod report_columns;
#[cfg(test)]
mod sample;
mod shell;
mod sink;
#[cfg(test)]
mod sink_tests;
mod skipped;
mod starter;
mod step;
#[cfg(test)]
mod table_tests;
mod terminal;
mod text;
mod todos;
mod trail;
mod trend;
mod words;

use std::io::{self, BufWriter, Write};

use debtscan_model::Scan;

pub use self::areas_config::areas_config;
pub use self::options::{Detail, Format, Formulas, Image, Invocation, Names, RenderOptions, Sort, Tracker};
pub use self::remark::{RemarkText, day_text, remark_text};
pub use self::shell::shell_word;
pub use self::sink::ToolFormat;
pub use self::skipped::skipped_text;
pub use self::starter::{Starter, starter_config};
use self::terminal::Terminal;
pub use debtscan_findings::Grouping as Group;
use debtscan_findings::brief::Brief;
use debtscan_findings::plan::FixPlan;
use debtscan_findings::verify::Verification;
use debtscan_findings::{
    AllocationList, AreaList, BacktestReport, CouplingList, DeliveryList, DryRun, Explanation, FunctionList,
    HotspotList, Illustrated, KnowledgeList, Report, ReportFindings, SampledChange, TodoList, TrendList,
};
pub use debtscan_findings::{Demo, DemoFile};
pub use text::{visible, visible_in_place};

/// Bytes collected before they are written: a pipe's worth.
const BUFFER: usize = 1 << 16;

/// Renders a report.
///
/// # Errors
/// When `out` cannot be written to.
pub fn report(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    match options.format {
        Format::Table => {
            // The same least width as that of the terminal. The document would be made for another
            // one otherwise.
            let width = options.width.max(terminal::NARROWEST);
            let document = overview::document(report, options, width);
            Terminal::new(&mut out, options).document(&document)?;
        }
        Format::Markdown => {
            // Readers of Markdown and of pages wrap by themselves, so nothing is dropped for the
            // width.
            markdown::document(&overview::document(report, options, usize::MAX), &mut out)?;
        }
        Format::Html => html::document(&overview::document(report, options, usize::MAX), &mut out)?,
        Format::Json => json::report(report, options, &mut out)?,
        Format::Ndjson => json::report_lines(report, options, &mut out)?,
        Format::Csv => delimited::report(report, options, &mut out).map_err(delimited::cause)?,
    }
    // The buffer would be written when it is dropped, too, but an error would be lost.
    out.flush()
}

/// Renders a report with its pictures as one web page.
///
/// # Errors
/// When `out` cannot be written to.
pub fn illustrated_report(
    illustrated: &Illustrated,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    html::report(illustrated, options, &mut out)?;
    out.flush()
}

/// Renders one picture of a report as an SVG file, or its main figure as a badge.
///
/// # Errors
/// When `out` cannot be written to.
pub fn report_image(
    illustrated: &Illustrated,
    image: Image,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    html::image(illustrated, image, options, &mut out)?;
    out.flush()
}

/// Writes a report with its findings in a format for pipelines and dashboards.
///
/// # Errors
/// When `out` cannot be written to.
pub fn report_sink(
    found: &ReportFindings,
    sink: ToolFormat,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    sink::report(found, sink, options, &mut out)?;
    out.flush()
}

/// Writes a trend as metrics with the time of each point, to back-fill a store of metrics.
///
/// # Errors
/// When `out` cannot be written to.
pub fn trend_metrics(list: &TrendList, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    sink::trend(list, &mut out)?;
    out.flush()
}

/// Renders the trail of one subject's figures.
///
/// # Errors
/// When `out` cannot be written to.
pub fn explanation(
    explanation: &Explanation,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    match options.format {
        Format::Table => {
            let width = options.width.max(terminal::NARROWEST);
            let document = trail::document(explanation, options, width);
            Terminal::new(&mut out, options).document(&document)?;
        }
        Format::Markdown => {
            markdown::document(&trail::document(explanation, options, usize::MAX), &mut out)?;
        }
        Format::Html => {
            let options = html::with_rows(options);
            html::document(&trail::document(explanation, &options, usize::MAX), &mut out)?;
        }
        Format::Json => json::explanation(explanation, options, &mut out)?,
        Format::Ndjson => json::explanation_lines(explanation, options, &mut out)?,
        Format::Csv => delimited::explanation(explanation, options, &mut out).map_err(delimited::cause)?,
    }
    out.flush()
}

/// Renders how incident files were read, and where each incident would be placed.
///
/// # Errors
/// When `out` cannot be written to.
pub fn dry_run(run: &DryRun<'_>, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    dry_run::write(run, options, &mut out)?;
    out.flush()
}

/// Renders a backtest.
///
/// # Errors
/// When `out` cannot be written to.
pub fn backtest(report: &BacktestReport, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    match options.format {
        Format::Table => {
            let document = backtest::document(report, options);
            Terminal::new(&mut out, options).document(&document)?;
        }
        Format::Markdown => markdown::document(&backtest::document(report, options), &mut out)?,
        Format::Html => html::backtest(report, &backtest::document(report, options), &mut out)?,
        Format::Json => json::backtest(report, &mut out)?,
        Format::Ndjson => json::backtest_lines(report, &mut out)?,
        Format::Csv => delimited::backtest(report, &mut out).map_err(delimited::cause)?,
    }
    out.flush()
}

/// Renders a business case: the portfolio, or one page per area.
///
/// # Errors
/// When `out` cannot be written to.
pub fn brief(brief: &Brief, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    match options.format {
        Format::Table | Format::Markdown => brief::write(brief, options, &mut out)?,
        Format::Html => {
            let options = html::with_rows(options);
            html::brief(brief, &brief::documents(brief, &options), &mut out)?;
        }
        Format::Json => json::brief(brief, &mut out)?,
        Format::Ndjson => json::brief_lines(brief, &mut out)?,
        Format::Csv => brief::delimited(brief, options.formulas, &mut out).map_err(delimited::cause)?,
    }
    out.flush()
}

/// Renders the invented company: its ranking, the business case of one area, its files, and what to run next.
///
/// Formats: table, Markdown, and JSON, which has the files and commands; any other is written as a table.
///
/// # Errors
/// When `out` cannot be written to.
pub fn demo(demo: &Demo<'_>, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    match options.format {
        Format::Json => json::demo(demo, options, &mut out)?,
        _ => demo::write(demo, options, &mut out)?,
    }
    out.flush()
}

/// Writes the fixes of a business case as tickets, in the import format of a tracker.
///
/// # Errors
/// When `out` cannot be written to.
pub fn brief_tickets(brief: &Brief, tracker: Tracker, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    brief::tickets::of_brief(brief, tracker, &mut out)?;
    out.flush()
}

/// Writes the fixes of a plan as tickets, in its order; see [`brief_tickets`].
///
/// # Errors
/// When `out` cannot be written to.
pub fn plan_tickets(plan: &FixPlan, tracker: Tracker, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    brief::tickets::of_plan(plan, tracker, &mut out)?;
    out.flush()
}

/// Renders a plan of fixes.
///
/// # Errors
/// When `out` cannot be written to.
pub fn plan(plan: &FixPlan, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    match options.format {
        Format::Table => Terminal::new(&mut out, options).document(&brief::plan::document(plan, options))?,
        Format::Markdown => markdown::document(&brief::plan::document(plan, options), &mut out)?,
        Format::Html => {
            let options = html::with_rows(options);
            html::plan(plan, &brief::plan::document(plan, &options), &mut out)?;
        }
        Format::Json => json::plan(plan, &mut out)?,
        Format::Ndjson => json::plan_lines(plan, &mut out)?,
        Format::Csv => brief::plan::delimited(plan, options.formulas, &mut out).map_err(delimited::cause)?,
    }
    out.flush()
}

/// Renders whether a fix paid.
///
/// # Errors
/// When `out` cannot be written to.
pub fn verification(found: &Verification, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    match options.format {
        Format::Table => {
            Terminal::new(&mut out, options).document(&brief::verify::document(found, options))?;
        }
        Format::Markdown => markdown::document(&brief::verify::document(found, options), &mut out)?,
        Format::Html => {
            let options = html::with_rows(options);
            html::verification(found, &brief::verify::document(found, &options), &mut out)?;
        }
        Format::Json => json::verification(found, &mut out)?,
        Format::Ndjson => json::verification_lines(found, &mut out)?,
        Format::Csv => {
            brief::verify::delimited(found, options.formulas, &mut out).map_err(delimited::cause)?;
        }
    }
    out.flush()
}

/// Renders the raw rows of history: one per change, in the order of the scan.
///
/// Columns: commit, path, old path, kind, lines added, lines deleted (both empty for binary
/// content), time. Paths keep their bytes in CSV; JSON replaces invalid UTF-8 and adds the bytes.
///
/// # Errors
/// When `out` cannot be written to.
pub fn changes(scan: &Scan, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    history::changes(scan, options, &mut out)?;
    out.flush()
}

/// A list that a command prints.
#[derive(Debug, Clone, Copy)]
pub enum List<'a> {
    /// `debtscan allocation`
    Allocation(&'a AllocationList),
    /// `debtscan delivery`
    Delivery(&'a DeliveryList),
    /// `debtscan areas`
    Areas(&'a AreaList),
    /// `debtscan coupling`
    Coupling(&'a CouplingList),
    /// `debtscan hotspots`
    Hotspots(&'a HotspotList),
    /// `debtscan hotspots --group function`
    Functions(&'a FunctionList),
    /// `debtscan knowledge`
    Knowledge(&'a KnowledgeList),
    /// `debtscan trend`
    Trend(&'a TrendList),
    /// `debtscan todos`
    Todos(&'a TodoList),
}

/// The name of a list: the command that prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// Besides `List`, because a schema is printed without any data.
pub enum ListName {
    /// `debtscan allocation`
    Allocation,
    /// `debtscan delivery`
    Delivery,
    /// `debtscan areas`
    Areas,
    /// `debtscan coupling`
    Coupling,
    /// `debtscan hotspots`
    Hotspots,
    /// `debtscan hotspots --group function`
    Functions,
    /// `debtscan knowledge`
    Knowledge,
    /// `debtscan trend`
    Trend,
    /// `debtscan todos`
    Todos,
}

/// Renders a list.
///
/// # Errors
/// When `out` cannot be written to.
pub fn list(list: List<'_>, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    // The view cuts its lists by the options, so a page needs its longer limit before there is a
    // view.
    let options = &if options.format == Format::Html { html::with_rows(options) } else { options.clone() };
    let mut figures = Vec::new();
    let view = match list {
        List::Allocation(list) => {
            figures.extend(html::allocation(list));
            allocation::view(list, options)
        }
        List::Delivery(list) => {
            figures.extend(html::delivery(list));
            delivery::view(list, options)
        }
        List::Areas(list) => areas::view(list, options),
        List::Coupling(list) => coupling::view(list, options),
        List::Hotspots(list) => hotspots::view(list, options),
        List::Functions(list) => functions::view(list, options),
        List::Knowledge(list) => knowledge::view(list, options),
        List::Trend(list) => trend::view(list, options),
        List::Todos(list) => todos::view(list, options),
    };
    write_list(view, &figures, options, &mut out)?;
    out.flush()
}

/// Writes a list in the format that was asked for.
fn write_list(
    view: listing::View<'_>,
    figures: &[html::FigureHtml],
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    match options.format {
        Format::Table => Terminal::new(out, options).document(&listing::document(view, options)),
        Format::Markdown => markdown::document(&listing::document(view, options), out),
        Format::Html => html::pictured(&listing::document(view, options), figures, out),
        Format::Json => json::list(&view, out),
        Format::Ndjson => json::list_lines(&view, out),
        // The writer of CSV wraps errors of the stream, and the caller has to recognise a closed
        // pipe.
        Format::Csv => delimited::list(&view, options.formulas, out).map_err(delimited::cause),
    }
}

/// Writes changes for people to label, as CSV.
///
/// # Errors
/// When `out` cannot be written to.
pub fn labelling_sample(changes: &[SampledChange], out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    allocation::write_sample(changes, &mut out).map_err(delimited::cause)?;
    out.flush()
}

/// The JSON Schema (draft 2020-12) of the JSON form of a list; see [`report_schema`].
pub fn list_schema(name: ListName) -> String {
    json::list_schema(&match name {
        ListName::Allocation => allocation::shape(),
        ListName::Delivery => delivery::shape(),
        ListName::Areas => areas::shape(),
        ListName::Coupling => coupling::shape(),
        ListName::Hotspots => hotspots::shape(),
        ListName::Functions => functions::shape(),
        ListName::Knowledge => knowledge::shape(),
        ListName::Trend => trend::shape(),
        ListName::Todos => todos::shape(),
    })
}

/// The JSON Schema (draft 2020-12) of the JSON report, made from the structs that are serialised.
///
/// Shape: a JSON object, indented, with a final newline.
pub fn report_schema() -> String {
    json::report_schema()
}

/// The JSON Schema (draft 2020-12) of the JSON dry run; see [`report_schema`].
pub fn dry_run_schema() -> String {
    json::dry_run_schema()
}

/// The JSON Schema (draft 2020-12) of the JSON explanation; see [`report_schema`].
pub fn explanation_schema() -> String {
    json::explanation_schema()
}

/// The JSON Schema (draft 2020-12) of the JSON backtest; see [`report_schema`].
pub fn backtest_schema() -> String {
    json::backtest_schema()
}

/// The JSON Schema (draft 2020-12) of the JSON demo; see [`report_schema`].
pub fn demo_schema() -> String {
    json::demo_schema()
}

/// The JSON Schema (draft 2020-12) of the JSON business case; see [`report_schema`].
pub fn brief_schema() -> String {
    json::brief_schema()
}

/// The JSON Schema (draft 2020-12) of the JSON plan of fixes; see [`report_schema`].
pub fn plan_schema() -> String {
    json::plan_schema()
}

/// The JSON Schema (draft 2020-12) of the JSON verification; see [`report_schema`].
pub fn verification_schema() -> String {
    json::verification_schema()
}
