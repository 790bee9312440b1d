//! One table of a list, in the form that its format needs.

use std::borrow::Borrow;

use super::column::Column;
use super::section::{Caption, section};
use super::shape::SheetShape;
use super::value::Value;
use crate::document::Section;
use crate::options::{Format, RenderOptions};

/// One table of a list, with its rows.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) shape: SheetShape,
    /// JSON, NDJSON and CSV: one value per field, limited to `--top`. Empty for tables.
    pub(crate) values: Vec<Vec<Value>>,
    /// Table and Markdown: the section with its rows. Without columns for other formats.
    pub(crate) section: Section,
    /// Rows beyond `--top`.
    pub(crate) omitted: usize,
}

impl Sheet {
    /// Builds the part of the sheet that the format needs.
    pub(crate) fn new<R>(
        shape: SheetShape,
        columns: &[Column<R>],
        rows: &[R],
        caption: Caption,
        options: &RenderOptions,
    ) -> Self {
        // Cells for people and values for programs are both costly for long lists, and a format
        // needs one.
        if matches!(options.format, Format::Table | Format::Markdown | Format::Html) {
            let section = section(columns, rows.iter(), caption, options);
            return Self { shape, values: Vec::new(), section, omitted: 0 };
        }
        Self::of_values(shape, columns, rows, options.top)
    }

    /// The rows for JSON, NDJSON and CSV, limited to `top`.
    pub(crate) fn of_values<R, B: Borrow<R>>(
        shape: SheetShape,
        columns: &[Column<R>],
        rows: &[B],
        top: Option<usize>,
    ) -> Self {
        let top = top.unwrap_or(usize::MAX);
        let in_json: Vec<&Column<R>> = columns.iter().filter(|column| column.is_in_json).collect();
        let value = |row: &B| in_json.iter().map(|column| (column.value)(row.borrow())).collect();
        Self {
            shape,
            values: rows.iter().take(top).map(value).collect(),
            section: Section::default(),
            // NDJSON and CSV have no place for it, JSON states it, so that a cut list never looks
            // complete.
            omitted: rows.len().saturating_sub(top),
        }
    }
}
