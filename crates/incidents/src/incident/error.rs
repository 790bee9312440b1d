//! Why a whole incident file is of no use.

use super::rejected::RejectedRow;

/// A whole file could not be used; a single bad row is a [`RejectedRow`] instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IncidentError {
    /// The file holds nothing but white space.
    #[error("cannot read incidents from {file}: the file is empty")]
    Empty {
        /// The file, as the caller named it.
        file: String,
    },
    /// The file is neither UTF-8 nor UTF-16 with a byte order mark.
    #[error("cannot read incidents from {file}: line {line} is not UTF-8 text")]
    Encoding {
        /// The file, as the caller named it.
        file: String,
        /// The first line that cannot be decoded, counted from 1.
        line: u64,
    },
    /// The file is in another format.
    #[error("cannot read incidents from {file}: it is {format}, and CSV or JSON is expected")]
    Format {
        /// The file, as the caller named it.
        file: String,
        /// What it is, with its article (`a ZIP archive or XLSX workbook`).
        format: &'static str,
    },
    /// The file begins like JSON and is none.
    #[error("cannot read incidents from {file}: line {line} is not JSON: {reason}")]
    Json {
        /// The file, as the caller named it.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// What the parser found, as a lower-case phrase.
        reason: String,
    },
    /// A column that was chosen by hand is in none of the files.
    #[error("no incident file has the column `{column}`; their columns are {}", .header.join(", "))]
    NoSuchColumn {
        /// The column, as the user wrote it.
        column: String,
        /// The headers of all files, as written: in file order, each once.
        header: Vec<String>,
    },
    /// No header is known to hold the id of an incident.
    #[error("cannot read incidents from {file}: no column holds the incident's id; its header is {}", .header.join(", "))]
    NoIdColumn {
        /// The file, as the caller named it.
        file: String,
        /// The headers as written.
        header: Vec<String>,
        /// The most similar header, and the name it may have been meant to be.
        similar: Option<(String, &'static str)>,
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

impl IncidentError {
    /// What the user can do about it, as a sentence without a final period; empty when nothing.
    pub fn hint(&self) -> String {
        match self {
            Self::Empty { .. } => "Export the incidents again, with a header line".to_owned(),
            Self::Encoding { .. } => "Save the file as CSV or JSON in UTF-8".to_owned(),
            Self::Format { format, .. } if format.contains("ZIP") || format.contains("gzip") => {
                "Unpack it and give the CSV or JSON file inside; save a workbook's sheet as CSV (UTF-8)"
                    .to_owned()
            }
            Self::Format { format, .. } if format.contains("XLS") => {
                "Save the sheet as CSV (UTF-8) in your spreadsheet program".to_owned()
            }
            Self::Format { format, .. } if format.contains("HTML") => {
                "Export the list as CSV or JSON; an HTML page in its place is often a login page".to_owned()
            }
            Self::Format { .. } => "Export the list as CSV or JSON, in UTF-8".to_owned(),
            Self::Json { .. } => {
                "Export it again, or cut off what is behind the last whole record".to_owned()
            }
            Self::NoSuchColumn { .. } => {
                "Columns are compared without regard to letter case and punctuation".to_owned()
            }
            Self::NoIdColumn { similar, accepted, .. } => {
                let accepted = format!(
                    "Say which column it is with --map id=COLUMN, or name it one of: {}",
                    accepted.join(", ")
                );
                match similar {
                    Some((header, name)) => format!("Is {header:?} meant to be {name:?}? {accepted}"),
                    None => accepted,
                }
            }
            Self::AllRejected { .. } => String::new(),
        }
    }
}
