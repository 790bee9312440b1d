//! Values and rows that could not be used.

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
    /// Whether the whole row was rejected, not just this value.
    pub dropped: bool,
}
