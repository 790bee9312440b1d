//! The areas, by expected cost.

use super::figures::{self, Drops, Lead};
use crate::document::{Block, Cell, Column, Limit, Look, Note, Section};
use crate::listing::{self, heading};
use crate::number::{count, grouped, percent};
use crate::report_columns::area_columns;
use crate::text::visible;
use debtscan_findings::{AreaReport, Report};

/// Areas that are listed for their past incidents alone: one, and several.
const UNRANKED: [&str; 2] =
    ["area with past incidents but no source files", "areas with past incidents but no source files"];

/// Areas named in the note on those with neither source files nor incidents.
const NAMED: usize = 5;

/// The ranking of areas: those with source files, then those that only have past incidents.
pub(super) fn section(report: &Report, lead: Lead, top: Option<usize>) -> Section {
    let limit = Limit::new(top, 10);
    let half = figures::half(report.areas.iter().map(|area| &area.forecast));
    let largest = report.areas.iter().map(|area| area.forecast.shares.total()).fold(0.0, f64::max);
    let (listed, bare): (Vec<&AreaReport>, Vec<&AreaReport>) =
        report.areas.iter().partition(|area| area.rank.is_some() || area.recorded.incidents > 0);
    let n_ranked = listed.iter().filter(|area| area.rank.is_some()).count();
    let shown = listed.iter().take(limit.rows()).enumerate();
    let rows = shown.map(|(position, area)| row(report, lead, area, position, half, largest)).collect();
    let more = limit.more_ranked(n_ranked, listed.len() - n_ranked, UNRANKED);
    Section {
        title: match lead {
            Lead::Cost => "EXPECTED COST BY AREA",
            Lead::Incidents => "EXPECTED INCIDENTS BY AREA",
            Lead::Share => "SHARE OF EXPECTED INCIDENTS BY AREA",
        }
        .to_owned(),
        aside: figures::concentration(lead, half, n_ranked, "areas"),
        columns: columns(report, lead),
        blocks: vec![Block { subject: None, rows, more }],
        notes: without_source(&bare).into_iter().collect(),
    }
}

/// Names the areas without source files and without incidents.
fn without_source(areas: &[&AreaReport]) -> Option<Note> {
    let mut names: Vec<String> = areas.iter().take(NAMED).map(|area| visible(area.name.as_bytes())).collect();
    if areas.len() > NAMED {
        names.push(format!("{} more", count(areas.len() - NAMED)));
    }
    let text = format!("not ranked, no source files: {}", names.join(", "));
    (!areas.is_empty()).then(|| Note::new("", text, Look::Dim))
}

fn columns(report: &Report, lead: Lead) -> Vec<Column> {
    let mut columns = vec![
        Column::number("#", 0),
        Column::path("area", 15, 0),
        Column::text("owner", 12, 9),
        Column::number("files", 11),
        Column::number("lines\nof code", 3),
        Column::number("commits\nlast year", 4),
        Column::number("authors", 12),
        Column::number("hotspot\nscore", 8),
        Column::number("customers\nhit", 10),
    ];
    columns.extend(figures::columns(report, lead, Drops { incidents: 2, cost_so_far: 0, range: 1 }));
    if lead != Lead::Share {
        columns.push(Column::number("share", 6));
    }
    columns.extend(further(report).iter().filter_map(|column| column.shown).map(heading));
    columns.push(Column::bar(5));
    columns.push(Column::word("driver\nbesides size", 7));
    columns
}

/// The columns that are defined once for all formats.
fn further(report: &Report) -> Vec<listing::Column<AreaReport>> {
    let has_incidents = report.totals.incidents > 0;
    let is_further =
        |column: &listing::Column<AreaReport>| has_incidents && column.is_in_json && column.shown.is_some();
    area_columns().into_iter().filter(is_further).collect()
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
        Cell::dim(area.rank.map_or_else(|| "–".to_owned(), count)),
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
    cells.extend(further(report).iter().map(|column| (column.value)(area).cell()));
    cells.push(figures::bar(share, largest, look));
    cells.push(match area.rank {
        Some(_) => figures::why(&area.forecast),
        None => Cell::dim("no source files"),
    });
    cells
}
