//! The format and the source of an incident file, in words.

use debtscan_incidents::{Encoding, FileFormat, FileReading, Tool};

use crate::text::visible;

/// The format of a file, in words: `CSV with ;`, `JSON lines, UTF-16`.
pub(super) fn format_phrase(file: &FileReading) -> String {
    let format = match file.format {
        None => return "not read".to_owned(),
        // The comma is what CSV means; any other separator is worth a word.
        Some(FileFormat::Csv { separator: ',' }) => "CSV".to_owned(),
        Some(FileFormat::Csv { separator: '\t' }) => "CSV with tabs".to_owned(),
        Some(FileFormat::Csv { separator }) => format!("CSV with {separator}"),
        Some(FileFormat::Xlsx) => of_sheet("XLSX", file),
        Some(FileFormat::Ods) => of_sheet("ODS", file),
        Some(FileFormat::Json) => "JSON".to_owned(),
        Some(FileFormat::JsonLines) => "JSON lines".to_owned(),
    };
    match file.encoding {
        Some(Encoding::Utf16 | Encoding::Utf16WithoutMark) => format!("{format}, UTF-16"),
        Some(Encoding::Other(name)) => format!("{format}, {name}"),
        Some(Encoding::Utf8) | None => format,
    }
}

fn of_sheet(format: &str, file: &FileReading) -> String {
    format!("{format}, sheet {}", visible(file.sheet.as_deref().unwrap_or_default().as_bytes()))
}

/// The source of a file, in words.
pub(super) fn tool_phrase(file: &FileReading) -> &'static str {
    match (file.tool, &file.problem) {
        (Some(Tool::Canonical), _) => "debtscan's columns",
        (Some(tool), _) => tool.name(),
        // "None known" would be a statement about headers that nobody could read.
        (None, Some(_)) => "",
        (None, None) => "none known",
    }
}
