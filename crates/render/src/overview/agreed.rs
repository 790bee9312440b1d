//! What was agreed about areas, what moved since, and which rules say that somebody has to decide.

use crate::document::{Block, Cell, Limit, Look, Note, Section, TableColumn};
use crate::number::{count, counted, day, grouped};
use crate::text::visible;
use crate::words::goal_word;
use debtscan_findings::{AgreedArea, AgreedRule, Report};

/// Incidents named in a note; JSON has all.
const NAMED: usize = 6;

/// The agreements, those that need a decision first; `None` without any.
pub(super) fn section(report: &Report, top: Option<usize>) -> Option<Section> {
    if report.agreed.is_empty() {
        return None;
    }
    let limit = Limit::new(top, 10);
    let mut agreed: Vec<&AgreedArea> = report.agreed.iter().collect();
    agreed.sort_by_key(|area| !area.needs_decision());
    let waiting = agreed.iter().filter(|area| area.needs_decision()).count();
    let notes = agreed.iter().flat_map(|area| notes(area)).collect();
    Some(Section {
        title: "AGREED".to_owned(),
        aside: match waiting {
            0 => "what moved since; nothing to decide".to_owned(),
            n => format!("what moved since; {} to decide about", counted(n, "area", "areas")),
        },
        columns: vec![
            TableColumn::text("area", 15, 0),
            TableColumn::word("agreed", 0),
            TableColumn::word("since", 3),
            TableColumn::word("until", 2),
            TableColumn::number("incidents\nsince", 0),
            TableColumn::number("as long\nbefore", 1),
            TableColumn::number("commits\nsince", 4),
            TableColumn::number("as long\nbefore", 5),
            TableColumn::word("rule", 0),
            TableColumn::text("owner", 14, 6),
        ],
        blocks: vec![Block {
            rows: agreed.iter().take(limit.rows()).map(|area| row(area)).collect(),
            more: limit.more(agreed.len()),
            ..Block::default()
        }],
        notes,
    })
}

fn row(area: &AgreedArea) -> Vec<Cell> {
    let moved = &area.moved;
    let owner = area.owner.as_ref().map_or_else(String::new, |owner| visible(owner.as_bytes()));
    let look = |is_loud: bool| if is_loud { Look::Accent } else { Look::Plain };
    vec![
        Cell::with_look(visible(area.name.as_bytes()), look(area.needs_decision())),
        Cell::new(goal_word(area.state)),
        Cell::dim(area.since.map_or_else(|| format!("({})", day(moved.from)), day)),
        Cell::with_look(area.until.map_or_else(String::new, day), look(area.is_over)),
        Cell::new(count(moved.incidents.len())),
        Cell::dim(grouped(moved.incidents_before)),
        Cell::new(grouped(moved.commits)),
        Cell::dim(grouped(moved.commits_before)),
        area.rule.as_ref().map_or_else(
            || Cell::dim(""),
            |rule| {
                let word = if rule.is_fired() { "fired" } else { "not fired" };
                let text =
                    format!("{word}: {}, at most {}", count(rule.incidents.len()), grouped(rule.limit));
                Cell::with_look(text, look(rule.is_fired()))
            },
        ),
        Cell::dim(owner),
    ]
}

/// What somebody has to decide.
fn notes(area: &AgreedArea) -> Vec<Note> {
    let name = visible(area.name.as_bytes());
    let mut notes = Vec::new();
    if let Some(until) = area.until.filter(|_| area.is_over) {
        let reason = area
            .reason
            .as_ref()
            .map_or_else(String::new, |reason| format!(" (reason: {})", visible(reason.as_bytes())));
        let text = format!(
            "{name}: {} until {}, which has passed{reason}: decide again",
            goal_word(area.state),
            day(until)
        );
        notes.push(Note::new("!", text, Look::Accent));
    }
    notes.extend(
        area.rule
            .as_ref()
            .filter(|rule| rule.is_fired())
            .map(|rule| Note::new("!", format!("{name}: {}", fired(rule)), Look::Accent)),
    );
    notes
}

/// `4 incidents since 2026-03-27, more than the 3 agreed: the next sprint goes there (INC-1, ...)`
fn fired(rule: &AgreedRule) -> String {
    let mut names: Vec<String> = rule.incidents.iter().take(NAMED).map(|id| visible(id.as_bytes())).collect();
    if rule.incidents.len() > NAMED {
        names.push(format!("{} more", count(rule.incidents.len() - NAMED)));
    }
    format!(
        "{} since {}, more than the {} agreed for a quarter: the next sprint goes there ({})",
        counted(rule.incidents.len(), "incident", "incidents"),
        day(rule.from),
        grouped(rule.limit),
        names.join(", ")
    )
}
