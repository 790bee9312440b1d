//! A list as a document.

use super::{Caption, Column, View};
use crate::RenderOptions;
use crate::document::{self, Block, Cell, Document, Limit, Section};
use crate::quality;

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

pub(crate) fn heading(shown: super::column::Shown) -> document::Column {
    document::Column {
        title: shown.title.to_owned(),
        content: shown.content,
        drop: shown.drop,
        comfort: shown.comfort,
    }
}

/// The whole document.
pub(crate) fn document(view: View<'_>, options: &RenderOptions) -> Document {
    let head = view.head;
    let mut sections: Vec<Section> = view.sheets.into_iter().map(|sheet| sheet.section).collect();
    let has_content = |section: &Section| {
        !section.notes.is_empty() || section.blocks.iter().any(|block| !block.rows.is_empty())
    };
    sections.retain(has_content);
    sections.push(quality::of(&head.quality, &head.totals, options));
    Document { header: crate::head::of_list(head), lead: view.lead, sections, next: view.next }
}
