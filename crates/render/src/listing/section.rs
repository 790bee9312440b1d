//! A table for people: its columns, its rows and the texts around them.

use super::column::{Column, Shown};
use crate::document::{self, Block, Cell, Limit, Note, Section};
use crate::options::RenderOptions;

/// The texts around the rows of a table.
#[derive(Debug, Default)]
pub(crate) struct Caption {
    pub(crate) title: String,
    /// The subtitle, beside the title if there is room.
    pub(crate) aside: String,
    /// Replaces the title of the first column of text or paths.
    pub(crate) subject: Option<&'static str>,
    /// Below the rows.
    pub(crate) notes: Vec<Note>,
    /// Rows shown without `--top`.
    pub(crate) default_top: usize,
}

/// The section of one table, its rows limited to `--top`.
pub(super) fn section<R>(
    columns: &[Column<R>],
    rows: &[R],
    caption: Caption,
    options: &RenderOptions,
) -> Section {
    let limit = Limit::new(options.top, caption.default_top);
    let shown: Vec<&Column<R>> = columns.iter().filter(|column| column.shown.is_some()).collect();
    let cells = |row: &R| -> Vec<Cell> {
        shown
            .iter()
            .map(|column| column.cell.map_or_else(|| (column.value)(row).cell(), |cell| cell(row)))
            .collect()
    };
    Section {
        title: caption.title,
        aside: caption.aside,
        columns: shown.iter().filter_map(|column| column.shown.map(heading)).collect(),
        blocks: vec![Block {
            subject: caption.subject,
            rows: rows.iter().take(limit.rows()).map(cells).collect(),
            more: limit.more(rows.len()),
        }],
        notes: caption.notes,
    }
}

pub(crate) fn heading(shown: Shown) -> document::Column {
    document::Column {
        title: shown.title.to_owned(),
        content: shown.content,
        drop: shown.drop,
        comfort: shown.comfort,
    }
}
