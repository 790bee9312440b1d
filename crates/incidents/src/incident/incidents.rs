//! All incidents of one run, with how they were read.

use super::error::IncidentError;
use super::file::{Encoding, FileFormat};
use super::record::Incident;
use super::rejected::RejectedRow;
use super::tool::Tool;
use crate::money::amount::Costs;

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
    /// The line of the header, counted from 1; 0 if the format has none.
    pub header_line: u64,
    /// Rows above the header, such as titles, which are not read.
    pub rows_above: u64,
    /// The name of the sheet of a workbook; `None` for other files.
    pub sheet: Option<String>,
    /// The names of the sheets that were not read.
    pub other_sheets: Vec<String>,
    /// Data rows, blank lines not counted.
    pub rows: u64,
    /// How many of these rows cannot be used.
    pub dropped: u64,
    /// How many of them are understood, and are no incidents of this repository.
    pub excluded: u64,
    /// Why the file as a whole is of no use; `None` when it is.
    pub problem: Option<IncidentError>,
}

impl FileReading {
    /// A file that could not be opened.
    pub(super) fn unread(file: &str, problem: IncidentError) -> Self {
        Self {
            file: file.to_owned(),
            format: None,
            encoding: None,
            tool: None,
            recognised_by: Vec::new(),
            header_line: 0,
            rows_above: 0,
            sheet: None,
            other_sheets: Vec::new(),
            rows: 0,
            dropped: 0,
            excluded: 0,
            problem: Some(problem),
        }
    }
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
    /// What could not be used or is excluded: sorted.
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
