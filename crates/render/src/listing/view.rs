//! A whole list.

use debtscan_findings::ListHead;

use super::column::{Column, Field};
use super::sheet::Sheet;
use super::value::Value;
use crate::document::{Document, Section};
use crate::options::RenderOptions;
use crate::{head, quality};

/// A list, ready to be written.
#[derive(Debug)]
pub(crate) struct View<'a> {
    /// The command that prints it.
    pub(crate) name: &'static str,
    pub(crate) head: &'a ListHead,
    /// The value of `--group`, if the list has it.
    pub(crate) group: Option<&'static str>,
    pub(crate) summary: Vec<(Field, Value)>,
    /// Table and Markdown: the answer in one or two sentences.
    pub(crate) lead: Vec<String>,
    /// The tables; CSV has the first.
    pub(crate) sheets: Vec<Sheet>,
    /// Table and Markdown: useful commands with their results.
    pub(crate) next: Vec<(String, String)>,
}

/// The figures of the whole list.
pub(crate) fn summary<L>(columns: &[Column<L>], list: &L) -> Vec<(Field, Value)> {
    columns.iter().map(|column| (column.field, (column.value)(list))).collect()
}

/// The whole document.
pub(crate) fn document(view: View<'_>, options: &RenderOptions) -> Document {
    let mut sections: Vec<Section> = view.sheets.into_iter().map(|sheet| sheet.section).collect();
    // A table without rows may still have a note that says why.
    let has_content = |section: &Section| {
        !section.notes.is_empty() || section.blocks.iter().any(|block| !block.rows.is_empty())
    };
    sections.retain(has_content);
    // After `retain`: the data quality has no rows, and must not be dropped for it.
    sections.push(quality::of(&view.head.quality, &view.head.totals, options));
    Document {
        banner: head::banner(&view.head.quality),
        header: head::of_list(view.head),
        lead: view.lead,
        sections,
        next: view.next,
    }
}
