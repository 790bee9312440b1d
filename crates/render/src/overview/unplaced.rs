//! Incidents that could not be placed, with their cost and the remedy.

use crate::document::{Block, Cell, Limit, Look, Note, Section, TableColumn};
use crate::number::{count, counted, money, sums};
use crate::text::visible;
use crate::words::{basis_code, opened_day, remedy_phrase, unplaced_phrase};
use debtscan_findings::{IncidentReport, PlacementReport, Report};
use debtscan_incidents::Costs;

/// Smallest width at which the remedy has a column of its own.
const WIDE: usize = 150;

/// The incidents that were not placed; `None` when there are none.
pub(crate) fn section(report: &Report, top: Option<usize>, width: usize) -> Option<Section> {
    let limit = Limit::new(top, 5);
    let unplaced: Vec<(&IncidentReport, &'static str, &str)> = report
        .incidents
        .iter()
        .filter_map(|incident| match &incident.placement {
            PlacementReport::Unplaced { reason, remedy } => {
                Some((incident, unplaced_phrase(*reason), remedy_phrase(*remedy)))
            }
            PlacementReport::Attributed { .. } => None,
        })
        .collect();
    if unplaced.is_empty() {
        return None;
    }
    // Below that, each remedy is said once under the table instead of cut off in every row.
    let is_wide = width >= WIDE;
    // The lead already says that all costs are zero.
    let has_cost = !report.currencies.is_empty();
    let has_model = report.totals.incidents_modelled > 0;
    let shown = &unplaced[..unplaced.len().min(limit.rows())];
    let rows = shown.iter().map(|(incident, reason, remedy)| {
        row(incident, reason, if is_wide { remedy } else { "" }, has_cost, has_model)
    });
    let rows = rows.collect();
    let mut notes: Vec<Note> = Vec::new();
    if !is_wide {
        for (_, _, remedy) in shown.iter().filter(|(_, _, remedy)| !remedy.is_empty()) {
            let text = visible(remedy.as_bytes());
            // A search of the notes: there are at most as many as kinds of remedy.
            if notes.iter().all(|note| note.text != text) {
                notes.push(Note::new("→", text, Look::Dim));
            }
        }
    }
    Some(Section {
        title: "UNPLACED INCIDENTS".to_owned(),
        aside: aside(report, &unplaced),
        columns: columns(),
        blocks: vec![Block { subject: None, rows, more: more(limit, &unplaced) }],
        notes,
    })
}

fn columns() -> Vec<TableColumn> {
    vec![
        TableColumn::text("incident", 16, 0),
        TableColumn::word("opened", 2),
        TableColumn::number("cost", 0),
        TableColumn::word("cost basis", 6),
        TableColumn::text("title", 20, 4),
        TableColumn::text("reason", 40, 0),
        TableColumn::text("remedy", 40, 5),
    ]
}

fn row(incident: &IncidentReport, reason: &str, remedy: &str, has_cost: bool, has_model: bool) -> Vec<Cell> {
    vec![
        Cell::new(visible(incident.id.as_bytes())),
        Cell::dim(opened_day(incident.opened, incident.dated_by)),
        Cell::new(incident.cost.filter(|_| has_cost).map_or_else(String::new, money)),
        Cell::dim(if has_model { incident.price.as_ref().map_or("", |it| basis_code(it.basis)) } else { "" }),
        Cell::new(visible(incident.title.as_bytes())),
        Cell::new(reason),
        Cell::dim(visible(remedy.as_bytes())),
    ]
}

fn aside(report: &Report, unplaced: &[(&IncidentReport, &'static str, &str)]) -> String {
    let n = unplaced.len();
    let incidents = counted(report.totals.incidents, "incident", "incidents");
    let cost = cost_of(unplaced);
    let cost = if cost.is_zero() { String::new() } else { format!(", {}", sums(&cost)) };
    format!("{} of {incidents} could not be traced to a file{cost}", count(n))
}

fn more(limit: Limit, unplaced: &[(&IncidentReport, &'static str, &str)]) -> String {
    let hidden = unplaced.get(limit.rows()..).unwrap_or_default();
    if hidden.is_empty() {
        return String::new();
    }
    let cost = cost_of(hidden);
    let cost = if cost.is_zero() { String::new() } else { format!(", {}", sums(&cost)) };
    format!("and {}{cost}: --format json lists all", counted(hidden.len(), "more", "more"))
}

fn cost_of(incidents: &[(&IncidentReport, &'static str, &str)]) -> Costs {
    let mut costs = Costs::default();
    for cost in incidents.iter().filter_map(|(incident, _, _)| incident.cost) {
        costs.add(cost);
    }
    costs
}
