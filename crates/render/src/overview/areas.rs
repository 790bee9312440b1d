//! The areas, by expected cost.

use super::figures::{self, Drops, Lead};
use crate::document::{Block, Cell, Limit, Look, Note, Section, TableColumn};
use crate::listing::{self, headings};
use crate::number::{count, percent};
use crate::report_columns::area_columns;
use crate::text::visible;
use debtscan_findings::{AreaReport, Report};

/// Areas that are listed for their past incidents alone: one, and several.
const UNRANKED: [&str; 2] =
    ["area with past incidents but no source files", "areas with past incidents but no source files"];

/// The column before the leading figures.
const LAST_BEFORE_LEAD: &str = "customers";

/// Areas named in the note on those with neither source files nor incidents.
const NAMED: usize = 5;

/// The ranking of areas: those with source files, then those that only have past incidents.
pub(super) fn section(report: &Report, lead: Lead, top: Option<usize>) -> Section {
    let limit = Limit::new(top, 10);
    let half = figures::half(report.areas.iter().map(|area| &area.forecast));
    // Of all areas, not of the listed ones: bars mean the same with and without `--top`.
    let largest = report.areas.iter().map(|area| area.forecast.shares.total()).fold(0.0, f64::max);
    let (listed, bare): (Vec<&AreaReport>, Vec<&AreaReport>) =
        // A folder of tests or docs without incidents would be a row of dashes, so it is only named
        // below.
        report.areas.iter().partition(|area| area.rank.is_some() || area.recorded.incidents > 0);
    let n_ranked = listed.iter().filter(|area| area.rank.is_some()).count();
    let shown = listed.iter().take(limit.rows()).enumerate();
    let rows = shown.map(|(position, area)| row(report, lead, area, position, half, largest)).collect();
    let more = limit.more_ranked(n_ranked, listed.len() - n_ranked, UNRANKED);
    Section {
        title: match lead {
            Lead::Cost => "EXPECTED COST BY AREA",
            Lead::Incidents => "EXPECTED INCIDENTS BY AREA",
            Lead::Share => "WHERE IT WILL PROBABLY BREAK",
        }
        .to_owned(),
        aside: figures::concentration(lead, half, n_ranked, "areas"),
        columns: columns(report, lead),
        blocks: vec![Block { subject: None, rows, more }],
        notes: without_source(&bare).into_iter().chain(overlap(report)).collect(),
    }
}

/// Says that the counts of areas add up to more than the headline; `None` if they do not.
fn overlap(report: &Report) -> Option<Note> {
    // The note is shown only where the sum gives it away: a reader who adds up the column must not
    // find an unexplained difference, and others need no footnote.
    let counts = report.areas.iter().map(|area| area.recorded.incidents as usize);
    let text = "an incident that was fixed in several areas counts in each of them";
    (counts.sum::<usize>() > report.totals.incidents_attributed).then(|| Note::new("", text, Look::Dim))
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

/// The columns defined for every format, in two parts: those before the leading figures, and those after.
fn defined(report: &Report) -> [Vec<listing::Column<AreaReport>>; 2] {
    let has_incidents = report.totals.incidents > 0;
    let mut before = area_columns();
    before.retain(|column| column.shown.is_some());
    // Columns are split by key, so that a column that joins the definition is not lost here.
    let split = before.iter().position(|column| column.field.key == LAST_BEFORE_LEAD);
    let mut after = before.split_off(split.map_or(0, |position| position + 1));
    // The columns after the customers compare incidents of two years, which are all 0 without
    // incidents.
    after.retain(|_| has_incidents);
    [before, after]
}

fn columns(report: &Report, lead: Lead) -> Vec<TableColumn> {
    let [before, after] = defined(report);
    let mut columns = vec![TableColumn::number("#", 0)];
    columns.extend(headings(&before));
    columns.extend(headings(&after));
    columns.extend(figures::columns(report, lead, Drops { incidents: 3, cost_so_far: 1, range: 1 }));
    if lead != Lead::Share {
        columns.push(TableColumn::number("share", 9));
    }
    columns.push(TableColumn::bar(10));
    columns.push(TableColumn::word(figures::WHY, 4));
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
    let [before, after] = defined(report);
    let mut cells = vec![Cell::dim(area.rank.map_or_else(|| "–".to_owned(), count))];
    cells.extend(listing::cells(&before, area));
    cells.extend(listing::cells(&after, area));
    cells.extend(figures::cells(report, lead, &area.recorded, &area.forecast, look, 1));
    if lead != Lead::Share {
        cells.push(Cell::dim(percent(share)));
    }
    cells.push(figures::bar(share, largest, look));
    cells.push(match area.rank {
        // A forecast without source files has shares of 0, which would read as the smallest risk of
        // all.
        Some(_) => figures::why(&area.forecast),
        None => Cell::dim("no source files"),
    });
    cells
}
