//! Header and rows of a file, in any format.

use super::file::FileFormat;
use super::rejected::RowFate;

/// A file's rows, in any format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InputSheet {
    /// The headers as written, without surrounding white space.
    pub(crate) header: Vec<String>,
    /// The line of the header, counted from 1; 0 if the format has none.
    pub(crate) header_line: u64,
    /// Rows above the header that hold anything.
    pub(crate) rows_above: u64,
    /// The rows that hold anything, in file order.
    pub(crate) rows: Vec<SheetRow>,
    /// The format it was in.
    pub(crate) format: FileFormat,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct SheetRow {
    /// The line it starts on, counted from 1.
    pub(crate) line: u64,
    /// Its fields, without surrounding white space; any number of them.
    pub(crate) fields: Vec<String>,
    /// Columns whose value is a number of the format itself, with a decimal point: ascending.
    pub(crate) numbers: Vec<usize>,
    /// Whether blank lines stand before it.
    pub(crate) follows_gap: bool,
    /// Why it cannot be read as a whole, as a lower-case phrase; `None` if it can.
    pub(crate) damage: Option<String>,
    /// Whether the damage is that it does not belong to the table.
    pub(crate) is_beside: bool,
}

impl SheetRow {
    /// What becomes of a damaged row.
    pub(crate) fn fate(&self) -> RowFate {
        if self.is_beside { RowFate::Excluded } else { RowFate::Skipped }
    }
}
