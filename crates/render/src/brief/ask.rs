//! The ask: fixes with their evidence, and what they displace.

use debtscan_findings::brief::{
    AreaPage, Ask, AskSource, Brief, DoneWhen, EffortBasis, Fix, FixKind, PlannedItem,
};
use debtscan_model::Timestamp;

use super::amounts::{
    capitalised, date, days, effort, effort_price, listed, number_word, of_twenty, recorded, share, span,
};
use super::words::{Tag, missing, note, section, tagged};
use crate::document::{Look, Note, Section};
use crate::number::{count, counted};
use crate::text::visible;

/// Incidents that a sentence names.
const NAMED: usize = 6;

/// The ask.
pub(super) fn ask(brief: &Brief, page: &AreaPage) -> Section {
    let ask = &page.ask;
    let mut notes: Vec<Note> = ask.fixes.iter().map(fix).collect();
    if ask.fixes.is_empty() {
        notes.push(note(
            "No place with a recent incident and a large piece of code was found to propose a fix for.",
        ));
    }
    notes.extend(evidence(ask));
    notes.extend(capacity(brief, ask));
    notes.extend(drop_first(ask));
    if ask.source == AskSource::Proposals {
        notes.push(missing(
            "These are proposals. Give your own tickets with --fixes FILE.csv: title, area, estimate, paths.",
        ));
    }
    let aside = match ask.source {
        AskSource::Tickets => "your tickets, with what history says about their places",
        AskSource::Proposals => "proposed from incidents and history",
    };
    Section { aside: aside.to_owned(), ..section("THE ASK", notes) }
}

fn fix(fix: &Fix) -> Note {
    let mut text = title(fix);
    match (&fix.effort, fix.effort_basis) {
        (Some(range), Some(EffortBasis::Pace(pace))) => text.push_str(&format!(
            ": {} engineer-days, at the pace of {} of work here last year",
            effort(range),
            counted(pace.days as usize, "day", "days")
        )),
        (Some(range), _) => text.push_str(&format!(": {} engineer-days", effort(range))),
        (None, _) => text.push_str(": effort unknown"),
    }
    if let Some(price) = &fix.price {
        text.push_str(&format!(", {}", effort_price(price)));
    }
    text.push('.');
    text.push_str(&incidents(fix));
    let done: Vec<String> = fix.done.iter().map(done_phrase).collect();
    if !done.is_empty() {
        text.push_str(&format!(" Done when: {}.", done.join("; ")));
    }
    if fix.exceeds_sprint {
        text.push_str(" It takes more than a sprint: cut it into parts that each pay off.");
    }
    for (names, what) in [(&fix.unknown_places, "place"), (&fix.unknown_incidents, "incident")] {
        let names: Vec<String> = names.iter().map(|name| visible(name.as_bytes())).collect();
        if !names.is_empty() {
            text.push_str(&format!(" Unknown {what}: {}.", listed(&names, NAMED)));
        }
    }
    Note::new(visible(fix.id.as_bytes()), text, Look::Plain)
}

/// What a fix does; file names only where there is no title.
pub(super) fn title(fix: &Fix) -> String {
    let first = fix.places.first().map_or_else(String::new, |place| visible(place.path.file_name()));
    match &fix.kind {
        FixKind::Ticket => visible(fix.title.as_bytes()),
        FixKind::Split => {
            // A leader reads "steps", and names only in brackets: they are for whoever gets the
            // ticket.
            let functions: Vec<String> = fix
                .places
                .iter()
                .filter_map(|place| place.function.as_ref())
                .map(|function| visible(function.name.as_bytes()))
                .collect();
            let what = if functions.len() == 1 { "step" } else { "steps" };
            format!(
                "Split {} large {what} of {first} into smaller ones ({})",
                number_word(functions.len()),
                listed(&functions, 4)
            )
        }
        FixKind::Separate { with, shared_last_year, .. } => format!(
            "Separate {first} from {} ({} changes of the last year had to touch both)",
            visible(with.file_name()),
            count(*shared_last_year as usize)
        ),
        FixKind::Spread { by_one } => {
            format!("Have a second person learn {first} (one person wrote {} of it)", share(*by_one))
        }
    }
}

fn incidents(fix: &Fix) -> String {
    let named =
        |ids: &[String]| listed(&ids.iter().map(|id| visible(id.as_bytes())).collect::<Vec<_>>(), NAMED);
    match (fix.recent.as_slice(), fix.older.as_slice()) {
        ([], []) => " No incident is known in these places.".to_owned(),
        ([], older) => {
            format!(" No incident of the last 24 months in these places; older: {}.", named(older))
        }
        (recent, []) => format!(" Incidents of 24 months in these places: {}.", named(recent)),
        (recent, older) => format!(
            " Incidents of 24 months in these places: {}; and {}.",
            named(recent),
            counted(older.len(), "older one", "older ones")
        ),
    }
}

pub(super) fn done_phrase(done: &DoneWhen) -> String {
    match done {
        DoneWhen::Stated(text) => format!("{} (a person confirms)", visible(text.as_bytes())),
        DoneWhen::LinesAtMost { lines, now } => {
            format!("none is above {lines} lines (the longest has {now}; the scan checks)")
        }
        DoneWhen::ComplexityAtMost { value, now } => {
            format!("the most complicated is at most {value} ({now} now; the scan checks)")
        }
        DoneWhen::NoNewIncident => "no new incident is fixed there (the scan checks)".to_owned(),
        DoneWhen::TestFor(ids) if ids.len() == 1 => {
            "the incident has a test that fails without its fix (a person confirms)".to_owned()
        }
        DoneWhen::TestFor(ids) => format!(
            "each of the {} has a test that fails without its fix (a person confirms)",
            number_word(ids.len())
        ),
        DoneWhen::AuthorAtMost(percent) => format!("one person wrote at most {percent}% (the scan checks)"),
        DoneWhen::TogetherAtMost(percent) => {
            format!("at most {percent}% of their changes touch both (the scan checks)")
        }
    }
}

fn evidence(ask: &Ask) -> Option<Note> {
    // 0 of 0 incidents would read as if the fixes missed their aim.
    if ask.recent.is_empty() {
        return None;
    }
    let text = format!(
        "The fixes touch the places of {} of the {} incidents of the last 24 months.",
        count(ask.covered.len()),
        count(ask.recent.len())
    );
    Some(note(tagged(&text, Tag::Recorded)))
}

fn capacity(brief: &Brief, ask: &Ask) -> Vec<Note> {
    let Some(total) = &ask.effort else { return Vec::new() };
    let mut notes = Vec::new();
    // The capacity is the user's in any case, but nobody has promised the effort of a proposal.
    let tag = if ask.source == AskSource::Tickets { Tag::Yours } else { Tag::Proposal };
    for team in &ask.teams {
        // A team may be described without being asked for a fix of this area.
        let Some(of_team) = &team.effort else { continue };
        let mut text = format!(
            "{} engineer-days of the {} that {} has in the sprint of {}",
            effort(of_team),
            team.capacity,
            visible(team.name.as_bytes()),
            date(team.sprint_start, brief.head.as_of)
        );
        match (team.sprints, team.fits) {
            (1, Some(fits)) => {
                text.push_str(&format!(
                    ": it fits in {} cases, else it runs into the next.",
                    of_twenty(fits)
                ));
            }
            (sprints, _) => text.push_str(&format!(": it takes {} sprints.", number_word(sprints as usize))),
        }
        notes.push(note(tagged(&text, tag)));
    }
    if ask.teams.is_empty() {
        notes.push(note(tagged(&format!("Together {} engineer-days.", effort(total)), tag)));
        notes.push(missing("Does it fit into a sprint? Describe the team in debtscan.toml: [[team]] name, capacity, sprint_start."));
    }
    if ask.without_effort > 0 {
        let text = if ask.without_effort == 1 {
            "1 fix has no effort and is in no sum.".to_owned()
        } else {
            format!("{} fixes have no effort and are in no sum.", count(ask.without_effort))
        };
        notes.push(note(text));
    }
    if !ask.unknown_teams.is_empty() {
        let names: Vec<String> = ask.unknown_teams.iter().map(|team| visible(team.as_bytes())).collect();
        notes.push(missing(format!("Teams without a capacity in debtscan.toml: {}.", listed(&names, NAMED))));
    }
    notes
}

fn drop_first(ask: &Ask) -> Option<Note> {
    let fix = &ask.fixes[ask.drop_first?];
    let text = format!(
        "If something must go, drop {}: no incident of the last 24 months is in its places.",
        visible(fix.id.as_bytes())
    );
    Some(note(tagged(&text, Tag::Recorded)))
}

/// What slips.
pub(super) fn slips(brief: &Brief, page: &AreaPage) -> Section {
    const TITLE: &str = "WHAT SLIPS";
    let as_of = brief.head.as_of;
    let Some(displacement) = &page.displacement else {
        let what = match (brief.given.plan, brief.given.team, page.ask.effort.is_some()) {
            (false, _, _) => {
                "What would slip? Give --plan FILE.csv: item, effort, due date, in the order of work."
            }
            (true, false, _) => {
                "What would slip? Describe the team in debtscan.toml: [[team]] name, capacity, sprint_start."
            }
            (true, true, false) => "What would slip? The fixes have no effort yet.",
            // Items of other teams cannot slip by these fixes.
            (true, true, true) => "What would slip? The plan has no item of the teams that make the fixes.",
        };
        return section(TITLE, vec![missing(what)]);
    };
    let mut notes: Vec<Note> =
        displacement.items.iter().filter(|item| item.slips_days > 0).map(|item| slip(item, as_of)).collect();
    if notes.is_empty() {
        notes.push(note(tagged("Nothing planned slips.", Tag::Yours)));
    }
    // A date that was missed before is not missed because of the fixes.
    let is_missed = |item: &&PlannedItem| item.holds_without == Some(true) && item.holds_with == Some(false);
    if displacement.items.iter().any(|item| is_missed(&item)) {
        let text = match &displacement.cut {
            Some(cut) => {
                let names: Vec<String> = cut
                    .iter()
                    .map(|item| format!("“{}”", visible(displacement.items[*item].name.as_bytes())))
                    .collect();
                format!(
                    "Every date that held still holds if {} is moved out of this plan.",
                    listed(&names, NAMED)
                )
            }
            None => {
                "No one, two or three items that may be moved would bring all missed dates back.".to_owned()
            }
        };
        notes.push(note(tagged(&text, Tag::Yours)));
    }
    if !displacement.delay.is_zero() {
        let text = format!("The delay costs {}.", recorded(&displacement.delay));
        notes.push(note(tagged(&text, Tag::Yours)));
    }
    section(TITLE, notes)
}

fn slip(item: &PlannedItem, as_of: Timestamp) -> Note {
    let mut text = format!(
        "“{}” moves by {}, from {} to {}",
        visible(item.name.as_bytes()),
        span(item.slips_days),
        date(item.without, as_of),
        date(item.with, as_of)
    );
    match (item.due, item.holds_without, item.holds_with) {
        (Some(due), _, Some(true)) => {
            let slack = item.slack.filter(|slack| slack.0 > 0);
            let left =
                slack.map_or_else(|| "no slack left".to_owned(), |slack| format!("{} left", days(slack)));
            text.push_str(&format!("; {} still holds, {left}.", date(due, as_of)));
        }
        (Some(due), Some(true), _) => text.push_str(&format!("; {} is missed.", date(due, as_of))),
        (Some(due), _, _) => text.push_str(&format!("; {} was missed before.", date(due, as_of))),
        (None, ..) => text.push_str("; it has no date."),
    }
    note(tagged(&capitalised(text), Tag::Yours))
}
