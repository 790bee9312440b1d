//! The dry run of incident files: their reading, and the placement of each incident.

pub(super) mod columns;
mod csv;
mod document;
mod phrase;

use std::io::{self, Write};

use super::terminal::{self, Terminal};
use super::{delimited, html, json, markdown};
use crate::options::{Format, RenderOptions};
use debtscan_findings::DryRun;

/// Writes the dry run in the requested format.
pub(super) fn write(run: &DryRun<'_>, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    match options.format {
        Format::Table => {
            let width = options.width.max(terminal::NARROWEST);
            let document = document::document(run, options, width);
            Terminal::new(out, options).document(&document)
        }
        Format::Markdown => markdown::document(&document::document(run, options, usize::MAX), out),
        Format::Html => html::document(&document::document(run, &html::with_rows(options), usize::MAX), out),
        Format::Json => json::dry_run(run, options, out),
        Format::Ndjson => json::dry_run_lines(run, options, out),
        Format::Csv => csv::write(run, options, out).map_err(delimited::cause),
    }
}
