//! Lists: one definition of columns, five formats.
//!
//! A list command describes its columns once, as [`Column`]s over its row type: name, description,
//! kind, value, and appearance in tables. Table, Markdown, JSON, NDJSON, CSV and the JSON Schema all
//! derive from them.
//!
//! To add a list, add a value with a [`debtscan_findings::ListHead`] to the reporter, a module like
//! `hotspots.rs` with columns and sentences to this crate, and a variant to [`List`](super::List).

mod column;
mod people;
mod place;

pub(super) use self::column::{Column, Field, Kind, Value};
pub(super) use self::people::{document, heading};
pub(super) use self::place::{Place, area_column, name_column, path_column};
use super::document::Note;
use super::{Format, RenderOptions};
use debtscan_findings::ListHead;

/// The shape of a list without data, enough for its JSON Schema.
#[derive(Debug)]
pub(super) struct Shape {
    /// The command that prints it: `hotspots`.
    pub(super) name: &'static str,
    /// The description in the JSON Schema, one sentence.
    pub(super) doc: &'static str,
    /// Figures of the whole list: thresholds, counts. The object `summary` in JSON.
    pub(super) summary: Vec<Field>,
    pub(super) sheets: Vec<SheetShape>,
}

/// The columns of one table of a list.
#[derive(Debug)]
pub(super) struct SheetShape {
    /// Key of the array in JSON: `hotspots`.
    pub(super) key: &'static str,
    /// `kind` of its lines in NDJSON: `hotspot`.
    pub(super) line: &'static str,
    /// The description of a row in the JSON Schema, one sentence.
    pub(super) doc: &'static str,
    pub(super) fields: Vec<Field>,
}

impl SheetShape {
    pub(super) fn new<R>(
        key: &'static str,
        line: &'static str,
        doc: &'static str,
        columns: &[Column<R>],
    ) -> Self {
        Self { key, line, doc, fields: columns.iter().map(|column| column.field).collect() }
    }
}

/// One table of a list, with its rows.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) shape: SheetShape,
    /// JSON, NDJSON and CSV: one value per field, limited to `--top`. Empty for tables.
    pub(super) values: Vec<Vec<Value>>,
    /// Table and Markdown: the section with its rows. Without columns for other formats.
    pub(super) section: super::document::Section,
    /// Rows beyond `--top`.
    pub(super) omitted: usize,
}

/// The texts around the rows of a table.
#[derive(Debug, Default)]
pub(super) struct Caption {
    pub(super) title: String,
    /// The subtitle, beside the title if there is room.
    pub(super) aside: String,
    /// Replaces the title of the first column of text or paths.
    pub(super) subject: Option<&'static str>,
    /// Below the rows.
    pub(super) notes: Vec<Note>,
    /// Rows shown without `--top`.
    pub(super) default_top: usize,
}

impl Sheet {
    /// Builds the part of the sheet that the format needs.
    pub(super) fn new<R>(
        shape: SheetShape,
        columns: &[Column<R>],
        rows: &[R],
        caption: Caption,
        options: &RenderOptions,
    ) -> Self {
        if matches!(options.format, Format::Table | Format::Markdown) {
            let section = people::section(columns, rows, caption, options);
            return Self { shape, values: Vec::new(), section, omitted: 0 };
        }
        let top = options.top.unwrap_or(usize::MAX);
        let value = |row: &R| columns.iter().map(|column| (column.value)(row)).collect();
        Self {
            shape,
            values: rows.iter().take(top).map(value).collect(),
            section: super::document::Section::default(),
            omitted: rows.len().saturating_sub(top),
        }
    }
}

/// A list, ready to be written.
#[derive(Debug)]
pub(super) struct View<'a> {
    /// The command that prints it.
    pub(super) name: &'static str,
    pub(super) head: &'a ListHead,
    /// The value of `--group`, if the list has it.
    pub(super) group: Option<&'static str>,
    pub(super) summary: Vec<(Field, Value)>,
    /// Table and Markdown: the answer in one or two sentences.
    pub(super) lead: Vec<String>,
    /// The tables; CSV has the first.
    pub(super) sheets: Vec<Sheet>,
    /// Table and Markdown: useful commands with their results.
    pub(super) next: Vec<(String, String)>,
}

/// The figures of the whole list.
pub(super) fn summary<L>(columns: &[Column<L>], list: &L) -> Vec<(Field, Value)> {
    columns.iter().map(|column| (column.field, (column.value)(list))).collect()
}
