//! The columns of a list without its rows.

use super::column::{Column, Field};

/// The shape of a list without data, enough for its JSON Schema.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The command that prints it: `hotspots`.
    pub(crate) name: &'static str,
    /// The description in the JSON Schema, one sentence.
    pub(crate) doc: &'static str,
    /// Figures of the whole list: thresholds, counts. The object `summary` in JSON.
    pub(crate) summary: Vec<Field>,
    pub(crate) sheets: Vec<SheetShape>,
}

/// The columns of one table of a list.
#[derive(Debug)]
pub(crate) struct SheetShape {
    /// Key of the array in JSON: `hotspots`.
    pub(crate) key: &'static str,
    /// `kind` of its lines in NDJSON: `hotspot`.
    pub(crate) line: &'static str,
    /// The description of a row in the JSON Schema, one sentence.
    pub(crate) doc: &'static str,
    pub(crate) fields: Vec<Field>,
}

impl SheetShape {
    pub(crate) fn new<R>(
        key: &'static str,
        line: &'static str,
        doc: &'static str,
        columns: &[Column<R>],
    ) -> Self {
        Self { key, line, doc, fields: columns.iter().map(|column| column.field).collect() }
    }
}
