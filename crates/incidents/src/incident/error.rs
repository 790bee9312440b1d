//! Why a whole incident file is unusable.

use super::rejected::RejectedRow;
use super::shell::shell_word;

/// A whole file could not be used; a single bad row is a [`RejectedRow`] instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IncidentError {
    /// The file contains only white space.
    #[error("cannot read incidents from {file}: the file is empty")]
    Empty {
        /// The file, as the caller named it.
        file: String,
    },
    /// The bytes of the file are not text in its encoding.
    #[error("cannot read incidents from {file}: line {line} is not {encoding} text")]
    Encoding {
        /// The file, as the caller named it.
        file: String,
        /// The first line that cannot be decoded, counted from 1.
        line: u64,
        /// The encoding that was tried.
        encoding: &'static str,
    },
    /// The file is in another format.
    #[error("cannot read incidents from {file}: it is {format}, not CSV or JSON")]
    Format {
        /// The file, as the caller named it.
        file: String,
        /// The format, with its article (`a ZIP archive or XLSX workbook`).
        format: &'static str,
    },
    /// The file is a workbook that cannot be read.
    #[error("cannot read incidents from {file}: the workbook {reason}")]
    Workbook {
        /// The file, as the caller named it.
        file: String,
        /// What is wrong with it, with its verb.
        reason: &'static str,
    },
    /// The workbook has no sheet of this name.
    #[error("cannot read incidents from {file}: it has no sheet `{sheet}` (found: {})", listed(.sheets))]
    NoSuchSheet {
        /// The file, as the caller named it.
        file: String,
        /// The sheet, as the user wrote it.
        sheet: String,
        /// The sheets that it has.
        sheets: Vec<String>,
    },
    /// The file begins like JSON but is not.
    #[error("cannot read incidents from {file}: line {line} is not JSON: {reason}")]
    Json {
        /// The file, as the caller named it.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// What the parser found, as a lower-case phrase.
        reason: String,
    },
    /// No file has a column that the user mapped.
    #[error("no incident file has a column `{column}` (found: {})", listed(.header))]
    NoSuchColumn {
        /// The column, as the user wrote it.
        column: String,
        /// The headers of all files, as written: in file order, each once.
        header: Vec<String>,
    },
    /// No column is known to hold the incident ID.
    #[error("`{file}` has no ID column (found: {})", listed(.header))]
    NoIdColumn {
        /// The file, as the caller named it.
        file: String,
        /// The headers as written.
        header: Vec<String>,
        /// The column that is likeliest to hold it: by a misspelt name, else by its values.
        suggested: Option<String>,
        /// The names that are accepted.
        accepted: Vec<&'static str>,
    },
    /// The file has data rows, and none of them can be used.
    #[error(
        "cannot read incidents from {file}: all {rows} rows were rejected, the first on line {}: {}",
        .first.position.line, .first.reason
    )]
    AllRejected {
        /// The file, as the caller named it.
        file: String,
        /// How many rows there are.
        rows: u64,
        /// The first of them.
        first: Box<RejectedRow>,
    },
}

/// Headers in a sentence, the first ones of many.
fn listed(header: &[String]) -> String {
    // A dozen show what kind of file it is; an export can have hundreds.
    const SHOWN: usize = 12;
    let named = header.iter().filter(|header| !header.is_empty());
    let mut shown = named.take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let hidden = header.iter().filter(|header| !header.is_empty()).count().saturating_sub(SHOWN);
    if hidden > 0 {
        shown.push_str(" and ");
        shown.push_str(&hidden.to_string());
        shown.push_str(" more");
    }
    shown
}

impl IncidentError {
    /// What the user can do about it, in the imperative, without a final period; empty if nothing.
    pub fn hint(&self) -> String {
        match self {
            Self::Empty { .. } => "export the incidents again, with a header line".to_owned(),
            Self::Encoding { .. } => "pass --encoding NAME, or save the file as CSV in UTF-8".to_owned(),
            Self::Format { format, .. } if format.contains("ZIP") || format.contains("gzip") => {
                "unpack it and pass the CSV or JSON file inside".to_owned()
            }
            Self::Format { format, .. } if format.contains("XLS") => {
                "save the sheet as CSV (UTF-8) in your spreadsheet program".to_owned()
            }
            Self::Format { format, .. } if format.contains("HTML") => {
                "export the list as CSV or JSON; an HTML page is often a login page".to_owned()
            }
            Self::Format { .. } => "export the list as CSV or JSON".to_owned(),
            Self::Workbook { .. } => {
                "save the sheet as CSV (UTF-8) in your spreadsheet program, or unpack the archive".to_owned()
            }
            Self::NoSuchSheet { .. } => "pass --sheet NAME with one of these".to_owned(),
            Self::Json { .. } => "export it again, or truncate it after the last complete record".to_owned(),
            Self::NoSuchColumn { .. } => "letter case and punctuation do not matter".to_owned(),
            Self::NoIdColumn { suggested: Some(header), .. } => {
                format!("pass --map id={}", shell_word(header))
            }
            Self::NoIdColumn { .. } => {
                "choose one with --map id=COLUMN, or add a header line with `id`".to_owned()
            }
            // The reason of the first row is in the message, and says what would be right.
            Self::AllRejected { .. } => String::new(),
        }
    }
}
