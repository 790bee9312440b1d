//! Incidents: what broke, when, what it cost, and every hint at the code it was in.
//!
//! [`read()`] turns the content of one or more exports into [`Incidents`]. A row that cannot be used
//! is a [`RejectedRow`], never an abort.

mod cell;
mod column;
mod date;
mod decode;
mod duration;
mod error;
#[cfg(test)]
mod export_tests;
mod json;
mod layout;
mod merge;
#[cfg(test)]
mod property_tests;
mod read;
mod record;
mod redact;
mod reference;
mod row;
mod severity;
mod sheet;
#[cfg(test)]
mod tests;
mod tool;

use crate::{Costs, Currency};

pub use column::{ColumnMap, InvalidField};
pub use date::DateOrder;
pub use error::IncidentError;
pub use read::{examine, read};
pub use record::{ChangeRequest, Elapsed, Incident, PlaceKind};
pub(crate) use redact::REDACTED;
pub use severity::SeverityLevel;
pub use tool::Tool;

/// Reads a date that can be read only one way.
///
/// # Errors
/// With what is wrong and what would be right, as a lower-case phrase.
pub(crate) fn parse_date(text: &str) -> Result<debtscan_model::Timestamp, &'static str> {
    date::parse(text, None).map_err(date::InvalidDate::reason)
}

/// One incident file, already read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentFile {
    /// Its name, as messages and positions show it.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// How to read incident files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// The currency of costs that name none, by header, column or value; `None`: such a cost is
    /// rejected.
    pub default_currency: Option<Currency>,
    /// Which of day and month comes first in dates that can be read either way; `None`: what the
    /// values of a column show, else such a date is rejected.
    pub date_order: Option<DateOrder>,
    /// Columns whose meaning the user states, whatever their headers say. Where several name one
    /// column, the first one counts.
    pub columns: Vec<ColumnMap>,
}

/// A row of an input file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct RowPosition {
    /// The file, as the caller named it.
    pub file: String,
    /// The line on which the row starts, counted from 1 with the header.
    pub line: u64,
}

/// A value that could not be used.
///
/// The incident is kept without the value when the value is optional; `dropped` tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RejectedRow {
    /// Where.
    pub position: RowPosition,
    /// The column's header as written; empty when the whole row is the problem.
    pub column: String,
    /// The value as written.
    pub value: String,
    /// What is wrong with it and what would be right, as a lower-case phrase.
    pub reason: String,
    /// Whether the whole row was left out, rather than this value alone.
    pub dropped: bool,
}

/// How a column of a file was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMapping {
    /// The file, as the caller named it.
    pub file: String,
    /// The header as written.
    pub column: String,
    /// The canonical field it was read as (`opened_at`); `None` when it was not used.
    pub field: Option<&'static str>,
    /// What a reader should know about it, as lower-case phrases: `day first`, `in seconds`.
    pub how: Vec<String>,
    /// How many rows have a value in it.
    pub present: u64,
    /// Its first different values, as one line each, cut when they are long; at most three.
    pub samples: Vec<String>,
}

/// How a file was read as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReading {
    /// The file, as the caller named it.
    pub file: String,
    /// Its format; `None` when it could not be opened.
    pub format: Option<FileFormat>,
    /// Its encoding; `None` when it could not be opened.
    pub encoding: Option<Encoding>,
    /// The tool that wrote it; `None` when its headers are no tool's own.
    pub tool: Option<Tool>,
    /// The headers by which the tool was recognised, as written, the surest first.
    pub recognised_by: Vec<String>,
    /// Data rows, blank lines not counted.
    pub rows: u64,
    /// Rows of these that were left out.
    pub dropped: u64,
    /// Why the file as a whole is of no use; `None` when it is.
    pub problem: Option<IncidentError>,
}

impl FileReading {
    /// A file that could not be opened.
    fn unread(file: &str, problem: IncidentError) -> Self {
        Self {
            file: file.to_owned(),
            format: None,
            encoding: None,
            tool: None,
            recognised_by: Vec::new(),
            rows: 0,
            dropped: 0,
            problem: Some(problem),
        }
    }
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Separated values.
    Csv {
        /// What stands between them: comma, semicolon, tab or bar.
        separator: char,
    },
    /// One JSON value.
    Json,
    /// Several JSON values one after the other: a record per line, or pages.
    JsonLines,
}

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16 with byte order mark.
    Utf16,
}

/// All incidents of one run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Incidents {
    /// The incidents: sorted by (opened, id), those without a date first; unique by id.
    pub list: Vec<Incident>,
    /// Data rows read over all files, blank lines not counted.
    pub rows: u64,
    /// Rows merged into an incident that an earlier row had already begun.
    pub merged_rows: u64,
    /// What could not be used: sorted.
    pub rejected: Vec<RejectedRow>,
    /// How each file was read, in their order.
    pub files: Vec<FileReading>,
    /// How each column was understood, in file order.
    pub columns: Vec<ColumnMapping>,
}

impl Incidents {
    /// The recorded cost of all incidents, per currency.
    pub fn recorded(&self) -> Costs {
        let mut costs = Costs::default();
        for cost in self.list.iter().filter_map(|incident| incident.cost) {
            costs.add(cost);
        }
        costs
    }
}
