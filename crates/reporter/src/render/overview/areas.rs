//! The areas, by business cost.

use super::figures::{self, Drops, Lead};
use crate::render::document::{Block, Cell, Column, Limit, Section};
use crate::render::number::{count, grouped, percent};
use crate::render::text::visible;
use crate::{AreaReport, Report};

/// The ranking of areas.
pub(super) fn section(report: &Report, lead: Lead, top: Option<usize>) -> Section {
    let limit = Limit::new(top, 10);
    let half = figures::half(report.areas.iter().map(|area| &area.forecast));
    let largest = report.areas.iter().map(|area| area.forecast.shares.total()).fold(0.0, f64::max);
    let shown = report.areas.iter().take(limit.rows()).enumerate();
    let rows = shown.map(|(position, area)| row(report, lead, area, position, half, largest)).collect();
    Section {
        title: match lead {
            Lead::Cost => "AREAS BY BUSINESS COST",
            Lead::Incidents => "AREAS BY EXPECTED INCIDENTS",
            Lead::Share => "AREAS BY SHARE OF EXPECTED INCIDENTS",
        }
        .to_owned(),
        aside: figures::concentration(half, report.areas.len(), "areas"),
        columns: columns(report, lead),
        blocks: vec![Block { subject: None, rows, more: limit.more(report.areas.len()) }],
        notes: Vec::new(),
    }
}

fn columns(report: &Report, lead: Lead) -> Vec<Column> {
    let mut columns = vec![
        Column::number("#", 0),
        Column::path("area", 15, 0),
        Column::text("owner", 12, 9),
        Column::number("files", 11),
        Column::number("lines\nof code", 3),
        Column::number("revs\na year", 4),
        Column::number("authors", 12),
        Column::number("hotspot\nscore", 8),
        Column::number("customers\nhit", 10),
    ];
    columns.extend(figures::columns(report, lead, Drops { incidents: 2, cost_so_far: 0, range: 1 }));
    if lead != Lead::Share {
        columns.push(Column::number("share", 6));
    }
    columns.push(Column::bar(5));
    columns.push(Column::word("mainly\nbecause", 7));
    columns
}

fn row(
    report: &Report,
    lead: Lead,
    area: &AreaReport,
    position: usize,
    half: usize,
    largest: f64,
) -> Vec<Cell> {
    let look = figures::look(position, half);
    let share = area.forecast.shares.total();
    let mut cells = vec![
        Cell::dim(count(area.rank)),
        Cell::new(visible(area.name.as_bytes())),
        Cell::new(area.owner.as_deref().map_or_else(String::new, |owner| visible(owner.as_bytes()))),
        Cell::new(count(area.source_files)),
        Cell::new(grouped(area.source_lines)),
        Cell::new(grouped(area.revisions_last_year)),
        Cell::new(grouped(area.churn.authors)),
        figures::score(area.hotspot),
        Cell::new(area.recorded.customers.map_or_else(String::new, grouped)),
    ];
    cells.extend(figures::cells(report, lead, &area.recorded, &area.forecast, look, 1));
    if lead != Lead::Share {
        cells.push(Cell::dim(percent(share)));
    }
    cells.push(figures::bar(share, largest, look));
    cells.push(figures::why(&area.forecast));
    cells
}
