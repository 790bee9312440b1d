//! Lists: one definition of columns, five formats.
//!
//! A command that lists things describes its columns once, as [`Column`]s over its row type: name,
//! meaning, kind, value, and how the column looks to people. The table and Markdown, JSON, NDJSON,
//! CSV and the JSON Schema are all made from that.
//!
//! To add a list: a value with a [`debtscan_findings::ListHead`] in the reporter, a file beside this
//! one's users (`render/hotspots.rs`) with its columns and its sentences, and a variant of
//! [`List`](super::List).

mod column;
mod people;
mod place;

pub(super) use self::column::{Column, Field, Kind, Value};
pub(super) use self::people::{document, heading};
pub(super) use self::place::{Place, area_column, name_column, path_column};
use super::document::Note;
use super::{Format, RenderOptions};
use debtscan_findings::ListHead;

/// What a list consists of, without any data: enough for its JSON Schema.
#[derive(Debug)]
pub(super) struct Shape {
    /// The command that prints it: `hotspots`.
    pub(super) name: &'static str,
    /// What it is, as one sentence for the JSON Schema.
    pub(super) doc: &'static str,
    /// Figures of the whole list: thresholds in force, counts. In JSON the object `summary`.
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
    /// What a row is, as one sentence for the JSON Schema.
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
    /// For machines: one value per field; cut to `--top`. Empty for people.
    pub(super) values: Vec<Vec<Value>>,
    /// For people: the section with its rows. Without columns for machines.
    pub(super) section: super::document::Section,
    /// Rows that `--top` left out.
    pub(super) omitted: usize,
}

/// What stands around the rows of a table for people.
#[derive(Debug, Default)]
pub(super) struct Caption {
    pub(super) title: String,
    /// Stands beside the title when there is room.
    pub(super) aside: String,
    /// Replaces the title of the first column of text or paths.
    pub(super) subject: Option<&'static str>,
    /// Below the rows.
    pub(super) notes: Vec<Note>,
    /// Rows that people see unless `--top` says otherwise.
    pub(super) default_top: usize,
}

impl Sheet {
    /// Takes what the format needs of the rows.
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
    /// What `--group` was, where the list has it.
    pub(super) group: Option<&'static str>,
    pub(super) summary: Vec<(Field, Value)>,
    /// For people: the answer in one or two sentences.
    pub(super) lead: Vec<String>,
    /// The tables; CSV has the first.
    pub(super) sheets: Vec<Sheet>,
    /// For people: useful commands and what they give.
    pub(super) next: Vec<(String, String)>,
}

/// The figures of the whole list, by their definition.
pub(super) fn summary<L>(columns: &[Column<L>], list: &L) -> Vec<(Field, Value)> {
    columns.iter().map(|column| (column.field, (column.value)(list))).collect()
}
