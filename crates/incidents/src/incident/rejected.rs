//! Values and rows that could not be used.

/// A row of an input file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct RowPosition {
    /// The file, as the caller named it.
    pub file: String,
    /// The line on which the row starts, counted from 1 with the header.
    pub line: u64,
}

/// What became of a value or row that is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowFate {
    /// The value cannot be used; the rest of the row is.
    ValueIgnored,
    /// The row cannot be used.
    Skipped,
    /// The row is understood, and is no incident or account: a total, a story, a duplicate.
    Excluded,
}

/// A value or row that is not used.
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
    /// Whether the whole row is not used, or just this value.
    pub fate: RowFate,
}

impl RejectedRow {
    /// Whether the row cannot be used as a whole.
    pub fn is_skipped(&self) -> bool {
        self.fate == RowFate::Skipped
    }

    /// Whether the row is understood, and excluded: nothing is lost with it.
    pub fn is_excluded(&self) -> bool {
        self.fate == RowFate::Excluded
    }
}
