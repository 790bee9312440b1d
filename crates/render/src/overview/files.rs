//! The files, by expected cost.

use super::figures::{self, Drops, Lead};
use crate::document::{Block, Cell, Limit, Look, Section, TableColumn};
use crate::listing::{self, arranged, headings};
use crate::number::count;
use crate::report_columns::{FileRow, file_columns};
use debtscan_findings::{FileReport, Report};

/// Files that are listed for their past incidents alone: one, and several.
const UNRANKED: [&str; 2] =
    ["deleted or non-source file with past incidents", "deleted or non-source files with past incidents"];

/// The columns before the leading figures.
const BEFORE_LEAD: [&str; 9] = [
    "path",
    "area_id",
    "language",
    "source_lines",
    "revisions_last_year",
    "last_change_at",
    "hotspot_score",
    "worst_function",
    "worst_function_cognitive",
];

/// The ranking of files.
pub(super) fn section(report: &Report, lead: Lead, top: Option<usize>) -> Section {
    let limit = Limit::new(top, 10);
    let n_ranked = report.files.iter().filter(|file| file.rank.is_some()).count();
    let n_unranked = report.files.len() - n_ranked;
    let half = figures::half(report.files.iter().map(|file| &file.forecast));
    let shown = report.files.iter().take(limit.rows()).enumerate();
    let rows = shown.map(|(position, file)| row(report, lead, file, figures::look(position, half))).collect();
    Section {
        title: match lead {
            Lead::Cost => "COSTLIEST FILES",
            Lead::Incidents => "FILES BY EXPECTED INCIDENTS",
            Lead::Share => "FILES BY SHARE OF EXPECTED INCIDENTS",
        }
        .to_owned(),
        aside: figures::concentration(lead, half, n_ranked, "files"),
        columns: columns(report, lead),
        blocks: vec![Block { subject: None, rows, more: limit.more_ranked(n_ranked, n_unranked, UNRANKED) }],
        notes: Vec::new(),
    }
}

/// The columns defined for every format, in two parts: those before the leading figures, and those after.
fn defined<'a>() -> [Vec<listing::Column<FileRow<'a>>>; 2] {
    let mut before = arranged(file_columns(), &BEFORE_LEAD);
    before.retain(|column| column.shown.is_some());
    // `arranged` put exactly the keys of `BEFORE_LEAD` first, and all of them are shown in tables.
    let after = before.split_off(BEFORE_LEAD.len());
    [before, after]
}

fn columns(report: &Report, lead: Lead) -> Vec<TableColumn> {
    let [before, after] = defined();
    let mut columns = vec![TableColumn::number("#", 0)];
    columns.extend(headings(&before));
    columns.extend(figures::columns(report, lead, Drops { incidents: 4, cost_so_far: 0, range: 5 }));
    columns.extend(headings(&after));
    columns.push(TableColumn::word(figures::WHY, 2));
    columns.push(TableColumn::word("× change, complexity,\nneighbours, incidents", 24));
    columns
}

fn row(report: &Report, lead: Lead, file: &FileReport, look: Look) -> Vec<Cell> {
    let [before, after] = defined();
    let defined = FileRow::new(report, file);
    let mut cells = vec![Cell::dim(file.rank.map_or_else(|| "–".to_owned(), count))];
    cells.extend(listing::cells(&before, &defined));
    cells.extend(figures::cells(report, lead, &file.recorded, &file.forecast, look, 2));
    cells.extend(listing::cells(&after, &defined));
    cells.push(reason(file));
    cells.push(figures::factors(&file.forecast));
    cells
}

/// The main driver of a file, or why it is not ranked.
fn reason(file: &FileReport) -> Cell {
    if !file.is_present {
        Cell::dim("deleted")
    // A deleted test is both; that it is gone from the tree is what a reader has to know.
    } else if file.rank.is_none() {
        Cell::dim(format!("not ranked: {}", file.class.name()))
    } else {
        figures::why(&file.forecast)
    }
}
