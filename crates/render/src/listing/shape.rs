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
    /// The name of a row's definition in the JSON Schema; `None` if it has none.
    pub(crate) name: Option<&'static str>,
    /// Key of the array in JSON: `hotspots`.
    pub(crate) key: &'static str,
    /// `kind` of its lines in NDJSON: `hotspot`.
    pub(crate) line: &'static str,
    /// The description of a row in the JSON Schema, one sentence.
    pub(crate) doc: &'static str,
    /// The description of the array in the JSON Schema, one sentence; may be empty.
    pub(crate) array_doc: &'static str,
    /// The columns that JSON has.
    pub(crate) fields: Vec<Field>,
}

impl SheetShape {
    pub(crate) fn new<R>(
        key: &'static str,
        line: &'static str,
        doc: &'static str,
        columns: &[Column<R>],
    ) -> Self {
        let fields = columns.iter().filter(|column| column.is_in_json).map(|column| column.field);
        Self { name: None, key, line, doc, array_doc: "", fields: fields.collect() }
    }

    /// Gives the row a definition of its own in the JSON Schema, and describes the array.
    pub(crate) fn named(mut self, name: &'static str, array_doc: &'static str) -> Self {
        (self.name, self.array_doc) = (Some(name), array_doc);
        self
    }
}
