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
pub(crate) fn section<'r, R: 'r>(
    columns: &[Column<R>],
    rows: impl ExactSizeIterator<Item = &'r R>,
    caption: Caption,
    options: &RenderOptions,
) -> Section {
    let limit = Limit::new(options.top, caption.default_top);
    // Before the rows are consumed.
    let more = limit.more(rows.len());
    Section {
        title: caption.title,
        aside: caption.aside,
        columns: headings(columns),
        blocks: vec![Block {
            subject: caption.subject,
            rows: rows.take(limit.rows()).map(|row| cells(columns, row)).collect(),
            more,
        }],
        notes: caption.notes,
    }
}

/// The headings of the columns that tables show.
pub(crate) fn headings<R>(columns: &[Column<R>]) -> Vec<document::TableColumn> {
    columns.iter().filter_map(|column| column.shown.map(heading)).collect()
}

/// The cells of the columns that tables show.
pub(crate) fn cells<R>(columns: &[Column<R>], row: &R) -> Vec<Cell> {
    let shown = columns.iter().filter(|column| column.shown.is_some());
    shown.map(|column| column.cell.map_or_else(|| (column.value)(row).cell(), |cell| cell(row))).collect()
}

fn heading(shown: Shown) -> document::TableColumn {
    document::TableColumn {
        title: shown.title.to_owned(),
        content: shown.content,
        drop: shown.drop,
        comfort: shown.comfort,
    }
}
