//! What history alone says about the last year, in plain lines: for a report without incidents.

use crate::document::{Look, Note, Section};
use crate::number::{count, counted, figure, grouped, percent};
use crate::text::visible;
use debtscan_findings::{KnownByOne, PastYear, RepairHalf, Report, TakenBack};

/// Areas named in a line.
const NAMED: usize = 3;

/// The lines; `None` with incidents, or without any change in the last year.
pub(super) fn section(report: &Report) -> Option<Section> {
    let year = report.past_year.as_ref()?;
    let mut lines = vec![changes(year)];
    lines.extend(year.repair_half.as_ref().map(half));
    lines.extend([taken_back(&year.taken_back), known_by_one(&year.known_by_one), missing()]);
    Some(Section {
        title: format!("THE LAST {} DAYS", grouped(year.days)),
        aside: if report.quality.is_shallow() {
            "from the part of the history that was cloned".to_owned()
        } else {
            "from history alone".to_owned()
        },
        notes: lines.into_iter().map(|line| Note::new("·", line, Look::Plain)).collect(),
        ..Section::default()
    })
}

fn changes(year: &PastYear) -> String {
    let people = counted(year.people, "person", "people");
    let changes = format!("{} by {people}", counted(year.changes, "change", "changes"));
    match &year.repair {
        Some(share) => format!(
            "{} of {changes} was repair (80% range {}–{}).",
            whole(share.mean),
            whole(share.low),
            whole(share.high)
        ),
        None => format!("{changes}: too few to say how much of it was repair."),
    }
}

/// A share in whole per cent: the range beside it is much wider than a decimal.
fn whole(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn half(half: &RepairHalf) -> String {
    format!(
        "Half of the repair fell in {} of {}, {} of the code.",
        count(half.files),
        counted(half.of_files, "source file", "source files"),
        percent(half.code_share)
    )
}

fn taken_back(back: &TakenBack) -> String {
    let changes = counted(back.reverts, "change was", "changes were");
    match back.median_days {
        None if back.reverts == 0 => "No change was taken back (reverted).".to_owned(),
        None => format!("{changes} taken back (reverted); when they were made is not in this history."),
        Some(days) => {
            let unknown = back.reverts - back.dated;
            let rest = if unknown == 0 {
                String::new()
            } else {
                format!("; the age of {} is not known", count(unknown))
            };
            format!("{changes} taken back (reverted), {}{rest}.", after(days, back.dated))
        }
    }
}

fn after(days: f64, dated: usize) -> String {
    let median = if dated > 1 { "a median of " } else { "" };
    if days < 1.0 {
        return if dated > 1 { "half of them within a day".to_owned() } else { "within a day".to_owned() };
    }
    let shown = if days < 9.5 { figure((days * 10.0).round() / 10.0) } else { figure(days.round()) };
    format!("after {median}{shown} {}", if shown == "1" { "day" } else { "days" })
}

fn known_by_one(known: &KnownByOne) -> String {
    match known {
        KnownByOne::SmallTeam { people } => {
            format!("{} wrote all of the code.", counted(*people, "person", "people"))
        }
        KnownByOne::Areas { names, left, inactive_days, of } => {
            let of = counted(*of, "area", "areas");
            let mut sentences = Vec::new();
            if names.is_empty() && left.is_empty() {
                sentences.push(format!("None of {of} rests on one person alone."));
            }
            if !names.is_empty() {
                let rest = if names.len() == 1 { "rests" } else { "rest" };
                sentences.push(format!(
                    "{} of {of} {rest} on one person: {}.",
                    count(names.len()),
                    some(names)
                ));
            }
            if !left.is_empty() {
                // The whole is said once.
                let whole = if names.is_empty() { format!(" of {of}") } else { String::new() };
                sentences.push(format!(
                    "{}{whole} {} mostly written by one person without a commit in the last {inactive_days} days: {}.",
                    count(left.len()),
                    if left.len() == 1 { "was" } else { "were" },
                    some(left)
                ));
            }
            sentences.join(" ")
        }
    }
}

/// The first names, and how many more there are.
fn some(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(NAMED).map(|name| visible(name.as_bytes())).collect();
    if names.len() > NAMED {
        shown.push(format!("{} more", count(names.len() - NAMED)));
    }
    shown.join(", ")
}

/// What a list of incidents would add, and how to get it.
fn missing() -> String {
    "No money is stated, because no incidents were given. A list of 20 with ID, date, cost and fix would add what \
     they cost and will cost, by area and with a range: export it from your tracker as CSV, and pass --incidents."
        .to_owned()
}
