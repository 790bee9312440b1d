//! The files, by expected cost.

use super::figures::{self, Drops, Lead};
use crate::document::{Block, Cell, Column, Limit, Look, Section};
use crate::number::{count, day, grouped};
use crate::text::visible;
use debtscan_findings::{FileReport, Report};

/// Files that are listed for their past incidents alone: one, and several.
const UNRANKED: [&str; 2] =
    ["deleted or non-source file with past incidents", "deleted or non-source files with past incidents"];

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

fn columns(report: &Report, lead: Lead) -> Vec<Column> {
    let mut columns = vec![
        Column::number("#", 0),
        Column::path("file", 24, 0),
        Column::path("area", 10, 11),
        Column::word("language", 12),
        Column::number("lines\nof code", 6),
        Column::number("commits\nlast year", 7),
        Column::number("last\nchange", 13),
        Column::number("hotspot\nscore", 9),
        Column::text("worst function", 12, 10),
        Column::number("worst fn\ncognitive", 3),
    ];
    columns.extend(figures::columns(report, lead, Drops { incidents: 4, cost_so_far: 0, range: 5 }));
    columns.push(Column::word("driver\nbesides size", 2));
    columns.push(Column::word("% size, change, complexity,\nneighbours, past incidents", 24));
    columns
}

fn row(report: &Report, lead: Lead, file: &FileReport, look: Look) -> Vec<Cell> {
    let area = report.areas.get(file.area).map_or_else(String::new, |area| visible(area.name.as_bytes()));
    let (worst_name, worst_value) = match &file.worst_function {
        Some((name, line, value)) => (format!("{}:{line}", visible(name.as_bytes())), grouped(*value)),
        None => (String::new(), String::new()),
    };
    let mut cells = vec![
        Cell::dim(file.rank.map_or_else(|| "–".to_owned(), count)),
        Cell::new(visible(file.path.as_bytes())),
        Cell::new(area),
        Cell::new(file.language.map_or("", |language| language.0)),
        Cell::new(if file.is_present { grouped(file.sloc) } else { String::new() }),
        Cell::new(grouped(file.revisions_last_year)),
        Cell::dim(file.churn.last_change.map_or_else(String::new, day)),
        figures::score(file.hotspot),
        Cell::new(worst_name),
        Cell::new(worst_value),
    ];
    cells.extend(figures::cells(report, lead, &file.recorded, &file.forecast, look, 2));
    cells.push(reason(file));
    cells.push(figures::parts(&file.forecast));
    cells
}

/// The main driver of a file, or why it is not ranked.
fn reason(file: &FileReport) -> Cell {
    if !file.is_present {
        Cell::dim("deleted")
    } else if file.rank.is_none() {
        Cell::dim(format!("not ranked: {}", file.class.name()))
    } else {
        figures::why(&file.forecast)
    }
}
