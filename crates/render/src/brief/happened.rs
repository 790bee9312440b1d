//! What happened: incidents, cost and customers.

use debtscan_findings::brief::{AreaPage, Brief, BriefYear, CustomerHit};
use debtscan_model::Timestamp;

use super::amounts::{about, date, days, listed, recorded, share};
use super::words::{Tag, missing, note, section, tagged};
use crate::document::{Note, Section};
use crate::number::{count, counted, money};
use crate::text::visible;

/// Incidents that a sentence names.
const NAMED: usize = 4;

pub(super) fn happened(brief: &Brief, page: &AreaPage) -> Section {
    if !brief.given.incidents {
        let text =
            "What happened? Give incidents with --incidents FILE.csv: an id, a date and the fix are enough.";
        return section("WHAT HAPPENED", vec![missing(text)]);
    }
    let mut notes = vec![counts(brief, page)];
    notes.extend(severities(&page.past.last));
    notes.push(cost(brief, page));
    notes.extend(handling(brief, page));
    notes.extend(customers(page, brief.head.as_of));
    section("WHAT HAPPENED", notes)
}

fn counts(brief: &Brief, page: &AreaPage) -> Note {
    let (last, before) = (page.past.last.main as usize, page.past.before.main as usize);
    let mut text = format!(
        "{} in the last twelve months, {} in the twelve before; the whole product had {} and {}. This area has {} of \
         the code.",
        counted(last, "incident", "incidents"),
        count(before),
        count(brief.product.last_year as usize),
        count(brief.product.year_before as usize),
        share(page.area.code_share),
    );
    // Incidents that are mainly here are among those with any part here.
    let partly = page.past.last.incidents.len() - last;
    if partly > 0 {
        text.push_str(&format!(
            " {} of last year {} mainly elsewhere and here in part.",
            counted(partly, "more incident", "more incidents"),
            if partly == 1 { "was" } else { "were" }
        ));
    }
    if page.past.undated > 0 {
        text.push_str(&format!(" {} more without a date.", count(page.past.undated as usize)));
    }
    note(tagged(&text, Tag::Recorded))
}

fn severities(year: &BriefYear) -> Option<Note> {
    // A list of unknowns would say nothing.
    if year.by_severity.iter().all(|(word, _)| word.is_empty()) {
        return None;
    }
    let parts: Vec<String> = year
        .by_severity
        .iter()
        .map(|(word, number)| {
            let word = if word.is_empty() { "without severity".to_owned() } else { visible(word.as_bytes()) };
            format!("{} {word}", count(*number as usize))
        })
        .collect();
    Some(note(tagged(&format!("Severity: {}.", parts.join(", ")), Tag::Recorded)))
}

fn cost(brief: &Brief, page: &AreaPage) -> Note {
    let (last, before) = (&page.past.last, &page.past.before);
    if brief.head.currencies.is_empty() {
        return note(tagged("No incident has a cost above 0 on record.", Tag::Recorded));
    }
    let mut text = format!(
        "Recorded cost: {}; in the twelve months before, {}.",
        recorded(&last.recorded),
        recorded(&before.recorded)
    );
    if !last.modelled.is_zero() {
        text.push_str(&format!(" Modelled by your prices: {}.", recorded(&last.modelled)));
    }
    let of = last.main as usize;
    // Exports often lack the cost of recent incidents, so that a quiet year may be an unpriced one.
    if last.without_cost > 0 && of > 0 {
        text.push_str(&format!(" {} of the {} show no cost", count(last.without_cost as usize), count(of)));
        match brief.product.last_recorded_cost {
            Some(day) => text.push_str(&format!(
                "; the newest recorded cost anywhere is of {}.",
                date(day, brief.head.as_of)
            )),
            None => text.push('.'),
        }
    }
    note(tagged(&text, Tag::Recorded))
}

fn handling(brief: &Brief, page: &AreaPage) -> Vec<Note> {
    let Some(handling) = page.past.last.handling else {
        let what = if brief.given.engineer_day {
            "[brief.handling]"
        } else {
            "brief.engineer_day and [brief.handling]"
        };
        return vec![missing(format!("What did handling them take? Set {what} in debtscan.toml."))];
    };
    let mut text = format!(
        "At your price list, handling this area's part of them took {}, {}.",
        days(handling.days),
        about(handling.cost)
    );
    if handling.unpriced > 0 {
        text.push_str(&format!(
            " {} of a severity without a price are not in it.",
            counted(handling.unpriced as usize, "incident", "incidents")
        ));
    }
    vec![note(tagged(&text, Tag::Yours))]
}

fn customers(page: &AreaPage, as_of: Timestamp) -> Vec<Note> {
    let Some(customers) = &page.past.customers else {
        let text =
            "Which customers were hit? Give --accounts FILE.csv: name, yearly revenue, renewal date, risk.";
        return vec![missing(text)];
    };
    if customers.is_empty() {
        return vec![note(tagged("No customer account is named in these incidents.", Tag::Yours))];
    }
    let hits: Vec<String> = customers.iter().map(|hit| customer(hit, as_of)).collect();
    let text = format!("Customers hit: {}. Revenue is shown, never added to cost.", hits.join("; "));
    vec![note(tagged(&text, Tag::Yours))]
}

fn customer(hit: &CustomerHit, as_of: Timestamp) -> String {
    let mut facts = Vec::new();
    facts.push(
        hit.revenue
            .map_or_else(|| "revenue unknown".to_owned(), |revenue| format!("{} a year", money(revenue))),
    );
    if let Some(risk) = &hit.risk {
        facts.push(visible(risk.as_bytes()));
    }
    if let Some(renewal) = hit.renewal {
        facts.push(format!("renews {}", date(renewal, as_of)));
    }
    let ids: Vec<String> = hit.incidents.iter().map(|id| visible(id.as_bytes())).collect();
    format!("{} ({}; {})", visible(hit.account.as_bytes()), facts.join(", "), listed(&ids, NAMED))
}
