//! The engineers' part of a plan: places, incidents, formulas and assumptions.

use super::super::ask::done_phrase;
use super::super::engineers::{place_columns, place_row};
use super::super::words::note;
use super::words::{label, percent};
use crate::document::{Block, Cell, Limit, Look, Note, Section};
use crate::number::{count, counted, grouped};
use crate::options::RenderOptions;
use crate::text::visible;
use debtscan_findings::plan::{FUTURES, FixPlan, PlannedFix};

pub(super) fn sections(plan: &FixPlan, options: &RenderOptions) -> Vec<Section> {
    let mut sections = Vec::new();
    sections.extend(places(plan, options));
    sections.extend(done(plan));
    sections.push(assumptions(plan));
    sections
}

fn places(plan: &FixPlan, options: &RenderOptions) -> Option<Section> {
    let rows: Vec<Vec<Cell>> = plan
        .fixes
        .iter()
        .enumerate()
        .flat_map(|(position, fix)| fix.fix.places.iter().map(move |place| (position, place)))
        .map(|(position, place)| place_row(&label(plan, position), place))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let limit = Limit::new(options.top, 20);
    let more = limit.more(rows.len());
    let rows = rows.into_iter().take(limit.rows()).collect();
    Some(Section {
        title: "FOR ENGINEERS: WHERE".to_owned(),
        aside: "at the scanned revision; commits of the last 365 days".to_owned(),
        columns: place_columns(),
        blocks: vec![Block { subject: None, rows, more }],
        notes: Vec::new(),
    })
}

/// When each fix is done, and the incidents behind it.
fn done(plan: &FixPlan) -> Option<Section> {
    let text = |fix: &PlannedFix| {
        let recent: Vec<String> = fix.fix.recent.iter().map(|id| visible(id.as_bytes())).collect();
        let older = match fix.fix.older.len() {
            0 => String::new(),
            older => format!(" and {}", counted(older, "older one", "older ones")),
        };
        let criteria: Vec<String> = fix.fix.done.iter().map(done_phrase).collect();
        let criteria =
            if criteria.is_empty() { String::new() } else { format!(" Done when: {}.", criteria.join("; ")) };
        format!("Incidents of 24 months: {}{older}.{criteria}", recent.join(", "))
    };
    let notes: Vec<Note> = plan
        .fixes
        .iter()
        .enumerate()
        .filter(|(_, fix)| !fix.fix.recent.is_empty() || !fix.fix.done.is_empty())
        .map(|(position, fix)| Note::new(label(plan, position), text(fix), Look::Plain))
        .collect();
    (!notes.is_empty()).then(|| Section { title: "DONE WHEN".to_owned(), notes, ..Section::default() })
}

fn assumptions(plan: &FixPlan) -> Section {
    let areas: Vec<String> = plan.areas.iter().map(|area| visible(area.as_bytes())).collect();
    let mut notes = vec![
        note(format!(
            "Areas compared: {}.",
            if areas.is_empty() { "none".to_owned() } else { areas.join(", ") }
        )),
        note(
            "A fix prevents, of the incidents expected in its area in a year, the share of the area's incidents of 24 months that were \
             fixed in its places, times prevents. An incident in the places of several fixes counts once.",
        ),
        note(
            "Its benefit counts from the end of the sprint in which it is done to 365 days after the scanned commit. Work on a fix may \
             run over several sprints.",
        ),
        note(format!(
            "Search: {} steps. An order is kept if no other prevents 3% more. Sampled futures: {FUTURES} quantiles of the incidents \
             of each area and of each effort, in fixed orders.",
            grouped(i128::from(plan.proof.steps))
        )),
        note(format!(
            "Capacity: {} of the capacity of each [[team]], rounded down to a tenth of a day.",
            percent(plan.capacity)
        )),
    ];
    if plan.more_areas > 0 {
        notes.push(note(format!(
            "{} with incidents of 24 months, which cost less, were not looked at: name them with --area.",
            count(plan.more_areas) + if plan.more_areas == 1 { " other area" } else { " other areas" },
        )));
    }
    Section { title: "FORMULAS AND ASSUMPTIONS".to_owned(), notes, ..Section::default() }
}
