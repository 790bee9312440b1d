//! What changed this year: the areas by the rise of their incidents over the year before.

use super::figures::{self, Drops, Lead};
use crate::broken_year::sentences;
use crate::document::{Block, Cell, Limit, Look, Note, Section, TableColumn};
use crate::number::{count, grouped, signed};
use crate::odds::odds;
use crate::text::visible;
use debtscan_findings::{AreaReport, Report};

/// What the order is made of.
const ORDER: &str = "each incident counts in the area with the largest share of it; by chance: how often an area that \
                     only follows the whole repository has as large a part of its incidents in the last year";

/// The areas with incidents in the last two years; `None` without any.
pub(super) fn section(report: &Report, lead: Lead, top: Option<usize>) -> Option<Section> {
    let limit = Limit::new(top, 10);
    let mut areas: Vec<&AreaReport> = report.areas.iter().filter(|area| area.change.rank.is_some()).collect();
    if areas.is_empty() {
        return None;
    }
    areas.sort_by_key(|area| area.change.rank);
    let mut columns = vec![
        TableColumn::number("#", 0),
        TableColumn::text("area", 15, 0),
        TableColumn::number("change", 0),
        TableColumn::number("incidents\nlast year", 0),
        TableColumn::number("year\nbefore", 0),
        TableColumn::word("by chance", 2),
    ];
    columns.extend(figures::expected_columns(lead, Drops { incidents: 0, cost_so_far: 0, range: 3 }));
    columns.push(TableColumn::number("# by\ncost", 1));
    let rows = areas.iter().take(limit.rows()).map(|area| row(report, lead, area)).collect();
    let mut notes = vec![Note::new("", ORDER, Look::Dim)];
    notes.extend(broken(report, usize::MAX));
    Some(Section {
        title: "WHAT CHANGED THIS YEAR".to_owned(),
        aside: "largest rise of incidents first".to_owned(),
        columns,
        blocks: vec![Block { subject: None, rows, more: limit.more(areas.len()) }],
        notes,
    })
}

fn row(report: &Report, lead: Lead, area: &AreaReport) -> Vec<Cell> {
    let change = &area.change;
    let rise = i64::from(change.last_year) - i64::from(change.year_before);
    let mut cells = vec![
        Cell::dim(change.rank.map_or_else(String::new, count)),
        Cell::new(visible(area.name.as_bytes())),
        Cell::with_look(signed(rise), Look::Bold),
        Cell::new(grouped(change.last_year)),
        Cell::dim(grouped(change.year_before)),
        Cell::new(change.by_chance.map_or_else(String::new, odds)),
    ];
    cells.extend(figures::expected_cells(report, lead, &area.recorded, &area.forecast, Look::Plain, 1));
    cells.push(Cell::dim(area.rank.map_or_else(String::new, count)));
    cells
}

/// What to say of areas whose last year broke with their past, the most incidents first; the names alone beyond
/// `shown`.
pub(super) fn broken(report: &Report, shown: usize) -> Vec<Note> {
    let mut areas: Vec<&AreaReport> =
        report.areas.iter().filter(|area| area.change.broken.is_some()).collect();
    areas.sort_by_key(|area| std::cmp::Reverse(area.change.last_year));
    let name = |area: &AreaReport| visible(area.name.as_bytes());
    let texts = areas
        .iter()
        .take(shown)
        .filter_map(|area| sentences(&name(area), &area.change, &report.broken_years));
    let mut notes: Vec<Note> = texts.map(|text| Note::new("!", text, Look::Plain)).collect();
    let others: Vec<String> = areas.iter().skip(shown).map(|area| name(area)).collect();
    if !others.is_empty() {
        let text = format!("broke with their past too: {}", others.join(", "));
        notes.push(Note::new("!", text, Look::Plain));
    }
    notes
}
