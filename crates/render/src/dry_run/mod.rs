//! The dry run of incident files: their reading, and the placement of each incident.

mod csv;
mod document;

use std::io::{self, Write};

use super::terminal::{self, Terminal};
use super::{Format, RenderOptions, delimited, json, markdown};
use debtscan_findings::DryRun;
use debtscan_incidents::{Encoding, FileFormat, FileReading, Tool};

/// Writes the dry run in the requested format.
pub(super) fn write(run: &DryRun<'_>, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    match options.format {
        Format::Table => {
            let width = options.width.max(terminal::NARROWEST);
            let document = document::document(run, options, width);
            Terminal::new(out, width, options.color).document(&document)
        }
        Format::Markdown => markdown::document(&document::document(run, options, usize::MAX), out),
        Format::Json => json::dry_run(run, options, out),
        Format::Ndjson => json::dry_run_lines(run, options, out),
        Format::Csv => csv::write(run, options, out).map_err(delimited::cause),
    }
}

/// The format of a file, in words: `CSV with ;`, `JSON lines, UTF-16`.
fn format_phrase(file: &FileReading) -> String {
    let format = match file.format {
        None => return "not read".to_owned(),
        Some(FileFormat::Csv { separator: ',' }) => "CSV".to_owned(),
        Some(FileFormat::Csv { separator: '\t' }) => "CSV with tabs".to_owned(),
        Some(FileFormat::Csv { separator }) => format!("CSV with {separator}"),
        Some(FileFormat::Json) => "JSON".to_owned(),
        Some(FileFormat::JsonLines) => "JSON lines".to_owned(),
    };
    match file.encoding {
        Some(Encoding::Utf16 | Encoding::Utf16WithoutMark) => format!("{format}, UTF-16"),
        Some(Encoding::Other(name)) => format!("{format}, {name}"),
        Some(Encoding::Utf8) | None => format,
    }
}

/// The source of a file, in words.
fn tool_phrase(file: &FileReading) -> &'static str {
    match (file.tool, &file.problem) {
        (Some(Tool::Canonical), _) => "debtscan's columns",
        (Some(tool), _) => tool.name(),
        (None, Some(_)) => "",
        (None, None) => "none known",
    }
}
