//! Incidents: what broke, when, what it cost, and every hint at the code it was in.
//!
//! [`read()`] turns the content of one or more exports into [`Incidents`]. A row that cannot be used
//! is a [`RejectedRow`], never an abort.

mod cell;
mod column;
mod date;
mod decode;
mod error;
mod read;
mod row;
mod sheet;
#[cfg(test)]
mod tests;

use debtscan_model::Timestamp;

use crate::{Costs, Currency, Money};

pub use error::IncidentError;
pub use read::read;

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
}

/// One incident, merged over all its rows and files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its id, as the tracker writes it; unique among [`Incidents::list`].
    pub id: String,
    /// One line of text; empty when the export has none.
    pub title: String,
    /// When it began; `None` when the export does not say.
    pub opened: Option<Timestamp>,
    /// When it was over; `None` when the export does not say.
    pub resolved: Option<Timestamp>,
    /// The severity as written (`SEV-1`, `high`); `None` when the export does not say.
    pub severity: Option<String>,
    /// What it cost, as recorded; `None` when unknown, which is not the same as zero.
    pub cost: Option<Money>,
    /// Number of customers affected; `None` when unknown.
    pub customers: Option<u64>,
    /// Commit ids of the fix, 7 to 64 hexadecimal digits each, lower case: sorted, unique.
    pub fix_commits: Vec<String>,
    /// Paths in the repository, files or folders, as written: sorted, unique.
    pub paths: Vec<String>,
    /// Names of areas, services or components, as written: sorted, unique.
    pub areas: Vec<String>,
    /// Link to the tracker; `None` when the export does not say.
    pub url: Option<String>,
    /// Where it was read.
    pub source: RowPosition,
}

/// A row of an input file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
