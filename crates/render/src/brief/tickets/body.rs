//! What a ticket says, before it is written for a tracker.

use super::super::amounts::effort;
use super::super::ask::{done_phrase, title};
use crate::number::{counted, day};
use crate::text::visible;
use debtscan_findings::ListHead;
use debtscan_findings::brief::{DoneWhen, EffortBasis, Fix, FixPlace};
use debtscan_findings::plan::{FixPlan, PlannedFix};

/// A ticket.
pub(super) struct Draft {
    /// One line of visible text.
    pub(super) title: String,
    pub(super) parts: Vec<TicketPart>,
    /// Tenths of engineer-days, if known.
    pub(super) tenths: Option<u32>,
}

/// A part of the text.
pub(super) enum TicketPart {
    Heading(&'static str),
    Text(Vec<Piece>),
    List(Vec<Vec<Piece>>),
    /// What to tick off.
    Tasks(Vec<Vec<Piece>>),
}

/// A piece of a line.
#[derive(Clone)]
pub(super) enum Piece {
    Words(String),
    /// An id, a path or a name of code.
    Code(String),
}

fn words(text: impl Into<String>) -> Piece {
    Piece::Words(text.into())
}

fn code(bytes: &[u8]) -> Piece {
    Piece::Code(visible(bytes))
}

/// When a planned fix is made, and what it needs.
pub(super) fn schedule(plan: &FixPlan, fix: &PlannedFix) -> Vec<TicketPart> {
    let begins = plan.teams[fix.team].sprints.get(fix.begins as usize);
    let begins = begins.map_or_else(String::new, |sprint| format!("from {} ", day(sprint.start)));
    let mut line = vec![
        words("Team "),
        code(plan.teams[fix.team].name.as_bytes()),
        words(format!(": {begins}to {}.", day(fix.done))),
    ];
    if !fix.needs.is_empty() {
        line.push(words(" Needs "));
        line.extend(separated(&fix.needs));
        line.push(words("."));
    }
    vec![TicketPart::Heading("Plan"), TicketPart::Text(line)]
}

/// A fix as a ticket.
pub(super) fn draft(head: &ListHead, area: &str, fix: &Fix, more: &[TicketPart]) -> Draft {
    let mut parts = vec![TicketPart::Text(vec![words("Area: "), code(area.as_bytes()), words(".")])];
    if !fix.places.is_empty() {
        parts.push(TicketPart::Heading("Where"));
        parts.push(TicketPart::List(fix.places.iter().map(place).collect()));
    }
    parts.push(TicketPart::Heading("Incidents of the last 24 months"));
    parts.push(TicketPart::Text(incidents(&fix.recent, "None was fixed in these places.")));
    if !fix.older.is_empty() {
        parts.push(TicketPart::Heading("Older incidents"));
        parts.push(TicketPart::Text(incidents(&fix.older, "")));
    }
    if let Some(range) = &fix.effort {
        let source = match fix.effort_basis {
            Some(EffortBasis::Pace(pace)) => format!(
                ", at the pace of {} of work in this area last year",
                counted(pace.days as usize, "day", "days")
            ),
            _ => String::new(),
        };
        parts.push(TicketPart::Heading("Effort"));
        parts.push(TicketPart::Text(vec![words(format!("{} engineer-days{source}.", effort(range)))]));
    }
    parts.extend(more.iter().map(TicketPart::copied));
    if !fix.done.is_empty() {
        parts.push(TicketPart::Heading("Done when"));
        parts.push(TicketPart::Tasks(fix.done.iter().map(criterion).collect()));
    }
    let source = format!("Made by debtscan {} from commit ", head.tool_version);
    parts.push(TicketPart::Text(vec![
        words(source),
        code(head.revision.short().as_bytes()),
        words(format!(", as of {}.", day(head.as_of))),
    ]));
    Draft { title: title(fix), parts, tenths: fix.effort.map(|effort| effort.likely.0) }
}

impl TicketPart {
    fn copied(&self) -> Self {
        match self {
            Self::Heading(text) => Self::Heading(text),
            Self::Text(line) => Self::Text(line.clone()),
            Self::List(lines) => Self::List(lines.clone()),
            Self::Tasks(lines) => Self::Tasks(lines.clone()),
        }
    }
}

fn place(place: &FixPlace) -> Vec<Piece> {
    let mut line = vec![code(place.path.as_bytes())];
    if let Some(function) = &place.function {
        line.extend([words(": "), code(function.name.as_bytes())]);
        line.push(words(format!(
            ", lines {}–{}, cognitive complexity {}",
            function.first_line, function.last_line, function.cognitive
        )));
    } else {
        let lines = counted(place.sloc as usize, "line of code", "lines of code");
        line.push(words(format!(", {lines}")));
    }
    line
}

fn incidents(ids: &[String], none: &str) -> Vec<Piece> {
    if ids.is_empty() { vec![words(none)] } else { separated(ids) }
}

fn separated(ids: &[String]) -> Vec<Piece> {
    let mut line = Vec::new();
    for id in ids {
        if !line.is_empty() {
            line.push(words(", "));
        }
        line.push(code(id.as_bytes()));
    }
    line
}

fn criterion(done: &DoneWhen) -> Vec<Piece> {
    let text = done_phrase(done);
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    vec![words(first.unwrap_or_default() + letters.as_str())]
}
