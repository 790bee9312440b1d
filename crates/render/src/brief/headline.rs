//! One sentence: what happened, whom it hit, what is asked, what slips, when it pays back.

use debtscan_findings::brief::{AreaPage, Ask, AskSource, Brief, Displacement};
use debtscan_model::Timestamp;

use super::amounts::{capitalised, date, days, number_word, recorded, share, span};
use super::words::{Tag, tagged};
use crate::number::counted;
use crate::text::visible;

/// The headline of a page, each clause with its tag.
pub(super) fn headline(brief: &Brief, page: &AreaPage) -> String {
    let as_of = brief.head.as_of;
    let clauses: Vec<String> = [
        Some(happened(brief, page)),
        customers(page),
        Some(asked(&page.ask, as_of)),
        slips(page, as_of),
        payback(page),
    ]
    .into_iter()
    .flatten()
    .collect();
    clauses.join(" ")
}

fn happened(brief: &Brief, page: &AreaPage) -> String {
    let name = visible(page.area.name.as_bytes());
    let (here, all) = (page.past.last.main as usize, brief.product.last_year);
    if !brief.given.incidents {
        // Untagged: it is a fact of the code, and no claim about incidents.
        return format!("{name} has {} of the code; no incidents were given.", share(page.area.code_share));
    }
    if here == 0 {
        return tagged(&format!("{name} had no incident in the last twelve months."), Tag::Recorded);
    }
    let times = if here == 1 { "once".to_owned() } else { format!("{} times", number_word(here)) };
    let part = if all > 0 {
        format!(", {} of all incidents", share(here as f64 / f64::from(all)))
    } else {
        String::new()
    };
    tagged(&format!("{name} broke {times} in the last twelve months{part}."), Tag::Recorded)
}

fn customers(page: &AreaPage) -> Option<String> {
    let customers = page.past.customers.as_ref()?;
    let at_risk = page.area.at_risk.as_ref()?;
    if customers.is_empty() {
        return None;
    }
    let text = if at_risk.accounts == 0 {
        format!("{} hit; none is marked as at risk.", were(customers.len()))
    } else {
        let who = customers_word(at_risk.accounts as usize);
        let verb = if at_risk.accounts == 1 { "was" } else { "were" };
        let worth = match (at_risk.accounts, at_risk.unknown) {
            (all, unknown) if all == unknown => String::new(),
            (_, 0) => format!(" worth {} a year", recorded(&at_risk.revenue)),
            (_, _) => format!(" worth at least {} a year", recorded(&at_risk.revenue)),
        };
        format!("{who}{worth} who may leave {verb} hit.")
    };
    Some(tagged(&capitalised(text), Tag::Yours))
}

fn were(customers: usize) -> String {
    format!("{} {}", customers_word(customers), if customers == 1 { "was" } else { "were" })
}

fn customers_word(number: usize) -> String {
    format!("{} {}", number_word(number), if number == 1 { "customer" } else { "customers" })
}

fn asked(ask: &Ask, as_of: Timestamp) -> String {
    let tag = if ask.source == AskSource::Tickets { Tag::Yours } else { Tag::Proposal };
    if ask.fixes.is_empty() {
        return "Nothing is asked yet: give the fixes with --fixes.".to_owned();
    }
    let fixes = capitalised(format!(
        "{} {}",
        number_word(ask.fixes.len()),
        if ask.fixes.len() == 1 { "fix" } else { "fixes" }
    ));
    let takes = if ask.fixes.len() == 1 { "takes" } else { "take" };
    let text = match (&ask.effort, ask.teams.as_slice()) {
        (None, _) => {
            format!("{fixes} {}.", if ask.fixes.len() == 1 { "is proposed" } else { "are proposed" })
        }
        // The likely effort alone. The sections below have its range.
        (Some(effort), [team]) if team.sprints == 1 => format!(
            "{fixes} {takes} {} of the {} that {} has in the sprint of {}.",
            effort.likely,
            days(team.capacity),
            visible(team.name.as_bytes()),
            date(team.sprint_start, as_of)
        ),
        (Some(effort), [team]) => format!(
            "{fixes} {takes} {}, {} sprints of {} from {} on.",
            days(effort.likely),
            number_word(team.sprints as usize),
            visible(team.name.as_bytes()),
            date(team.sprint_start, as_of)
        ),
        (Some(effort), _) => format!("{fixes} {takes} {}.", days(effort.likely)),
    };
    tagged(&text, tag)
}

fn slips(page: &AreaPage, as_of: Timestamp) -> Option<String> {
    let displacement = page.displacement.as_ref()?;
    let text = match first_slip(displacement) {
        None => "Nothing planned slips.".to_owned(),
        Some((name, days, others)) => {
            let also = match others {
                0 => String::new(),
                1 => " and one other item".to_owned(),
                others => format!(" and {} other items", number_word(others)),
            };
            let moves = if others == 0 { "moves" } else { "move" };
            format!("“{name}”{also} {moves} by {}; {}.", span(days), dates(displacement, as_of))
        }
    };
    Some(tagged(&text, Tag::Yours))
}

/// The first item that slips, by how many days, and how many others do.
fn first_slip(displacement: &Displacement) -> Option<(String, u32, usize)> {
    let mut slipping = displacement.items.iter().filter(|item| item.slips_days > 0);
    let first = slipping.next()?;
    Some((visible(first.name.as_bytes()), first.slips_days, slipping.count()))
}

/// Which dates hold.
fn dates(displacement: &Displacement, as_of: Timestamp) -> String {
    let items = displacement.items.iter();
    let missed: Vec<_> =
        items.filter(|item| item.holds_without == Some(true) && item.holds_with == Some(false)).collect();
    match missed.as_slice() {
        [] if displacement.items.iter().all(|item| item.due.is_none()) => "no item has a date".to_owned(),
        [] => "every date that held still holds".to_owned(),
        // One item to move is a decision that fits in a headline; two or three are left to the
        // section below.
        _ if displacement.cut.as_ref().is_some_and(|cut| cut.len() == 1) => {
            let cut = displacement.cut.iter().flatten().map(|item| &displacement.items[*item]).next();
            let name = cut.map_or_else(String::new, |item| visible(item.name.as_bytes()));
            format!("every date that held still holds if “{name}” is moved out of the plan")
        }
        [item] => format!(
            "“{}” misses {}",
            visible(item.name.as_bytes()),
            item.due.map_or_else(|| "its date".to_owned(), |due| date(due, as_of))
        ),
        several => format!("{} dates are missed", number_word(several.len())),
    }
}

fn payback(page: &AreaPage) -> Option<String> {
    let payback = page.payback.as_ref()?;
    let text = match (&payback.course, payback.break_even_4) {
        (Some(course), _) => match course.on_average {
            Some(months) => format!(
                "On average the fixes have paid for themselves after {}.",
                counted(months as usize, "month", "months")
            ),
            None => "On average the fixes do not pay for themselves within two years.".to_owned(),
        },
        // Without an assumed effect, the effect that it would take is the honest answer.
        (None, Some(effect)) if effect <= 1.0 => format!(
            "The fixes pay for themselves within a year if they prevent {} of the incidents here.",
            share(effect)
        ),
        (None, Some(_)) => {
            "The fixes do not pay for themselves within a year, whatever they prevent.".to_owned()
        }
        (None, None) => return None,
    };
    Some(tagged(&text, Tag::Model))
}
