//! Payback, how to tell whether it worked, and how far to trust it.

use debtscan_findings::brief::{
    AreaPage, Brief, Goal, GoalState, Payback, PaybackCourse, PreventsFrom, Review,
};
use debtscan_model::Timestamp;

use super::amounts::{date, mean_count, money_range, of_twenty, share};
use super::future::effect_words;
use super::words::{Tag, missing, note, section, strong, tagged};
use crate::document::{Note, Section};
use crate::number::{count, counted, grouped};
use crate::odds::odds;
use crate::text::visible;
use debtscan_findings::Interval;
use debtscan_incidents::Currency;

/// When the fixes pay for themselves.
pub(super) fn payback(brief: &Brief, page: &AreaPage) -> Section {
    const TITLE: &str = "PAYBACK";
    let Some(payback) = &page.payback else {
        let what = if !brief.given.incidents {
            "When does it pay back? Give incidents with --incidents FILE.csv."
        } else if page.ask.effort.is_none() {
            "When does it pay back? Give fixes with an estimate (--fixes FILE.csv)."
        } else if !brief.given.engineer_day {
            "When does it pay back? Set brief.engineer_day in debtscan.toml."
        } else {
            "When does it pay back? Set [brief.handling] in debtscan.toml, or give incidents with costs."
        };
        return section(TITLE, vec![missing(what)]);
    };
    let mut notes = Vec::new();
    if let (Some(course), Some(currency)) = (&payback.course, brief.pricing.basis.currency()) {
        notes.extend(course_notes(course, currency, brief.head.as_of));
    }
    notes.extend(sceptic(page, payback));
    section(TITLE, notes)
}

fn course_notes(course: &PaybackCourse, currency: Currency, as_of: Timestamp) -> Vec<Note> {
    // Months run from 0 to 24 without gaps, so the month is the position.
    let at = |month: usize| &course.months[month];
    let average = match (course.on_average, course.on_average_by) {
        (Some(months), Some(by)) => format!(
            "On average after {} (by {}).",
            counted(months as usize, "month", "months"),
            date(by, as_of)
        ),
        _ => "On average not within two years.".to_owned(),
    };
    let text = format!(
        "{average} Within four quarters in {} futures, within eight in {}.",
        of_twenty(at(12).paid_back),
        of_twenty(at(24).paid_back)
    );
    // The first and the last are those of 10% and 90%: 8 of 10 futures are between them.
    let [low, .., high] = at(12).quantiles;
    let range = Interval { low, mean: at(12).mean, high };
    let net = format!("Net benefit over four quarters, 8 of 10 futures: {}.", money_range(&range, currency));
    vec![strong(tagged(&text, Tag::Model)), note(tagged(&net, Tag::Model))]
}

/// The line that a sceptic asks for.
fn sceptic(page: &AreaPage, payback: &Payback) -> Option<Note> {
    let four = payback.break_even_4?;
    let eight = payback.break_even_8?;
    let below = |effect: f64, quarters: &str| {
        // More than all incidents cannot be prevented.
        if effect > 1.0 {
            format!("whatever it is, it does not pay within {quarters}")
        } else {
            format!("below {} it does not pay within {quarters}", share(effect))
        }
    };
    let assumed = match &page.ask.effect {
        Some(effect) => format!("The sceptic's line: assumed are {}; ", effect_words(effect.total)),
        None => "The sceptic's line, by the share of the incidents here that the fixes prevent: ".to_owned(),
    };
    let text = format!("{assumed}{}, {}.", below(four, "four quarters"), below(eight, "eight"));
    Some(note(tagged(&text, Tag::Model)))
}

/// How to tell whether it worked, and the rule to sign.
pub(super) fn review(brief: &Brief, page: &AreaPage) -> Option<Section> {
    let review = page.review.as_ref()?;
    let as_of = brief.head.as_of;
    let mut notes = vec![verdicts(review, as_of), rule(review)];
    notes.extend(review.goal.as_ref().map(|goal| note(goal_text(goal, as_of))));
    if review.goal.is_none() {
        notes.push(missing(
            "Keep what you decide: [[ask]] in debtscan.toml with area, state (planned, watched or accepted), until, \
             owner and reason.",
        ));
    }
    Some(section("HOW WE WILL KNOW", notes))
}

fn verdicts(review: &Review, as_of: Timestamp) -> Note {
    let who = review
        .owner
        .as_ref()
        .map_or_else(|| "; name an owner".to_owned(), |owner| format!(" by {}", visible(owner.as_bytes())));
    let count = |number: u64| grouped(number);
    let better = match review.better_at_most {
        Some(0) => format!("No incident from {} on: better", date(review.from, as_of)),
        Some(most) => {
            let most = counted(usize::try_from(most).unwrap_or(usize::MAX), "incident", "incidents");
            format!("At most {most} from {} on: better", date(review.from, as_of))
        }
        None => "Even no incident would not show that it is better".to_owned(),
    };
    // Odds are a frequency of years here, hence the other preposition.
    let luck = format!("by luck alone {} years", odds(review.better_by_luck).replace(" in ", " of "));
    let text = format!(
        "Review on {}{who}. {better} ({luck}). {} or more: worse. In between: too early to tell.",
        date(review.date, as_of),
        count(review.worse_from)
    );
    note(tagged(&text, Tag::Model))
}

fn rule(review: &Review) -> Note {
    let rule = &review.rule;
    let mut text = format!(
        "{}: more than {} here in a quarter, and the next sprint goes here (by chance {} quarters).",
        if rule.is_agreed { "Your rule" } else { "Rule to sign" },
        counted(usize::try_from(rule.limit).unwrap_or(usize::MAX), "incident", "incidents"),
        odds(rule.by_chance).replace(" in ", " of ")
    );
    text.push_str(&format!(
        " The last quarter had {}{}.",
        count(rule.last_quarter as usize),
        if rule.is_exceeded() { ": it is exceeded" } else { "" }
    ));
    let tag = if rule.is_agreed { Tag::Yours } else { Tag::Model };
    if rule.is_exceeded() { strong(tagged(&text, tag)) } else { note(tagged(&text, tag)) }
}

/// What was agreed, and what moved since.
pub(super) fn goal_text(goal: &Goal, as_of: Timestamp) -> String {
    let mut text = match goal.state {
        GoalState::Planned => "Agreed: the fixes are planned",
        GoalState::Watched => "Agreed: the area is watched",
        GoalState::Accepted => "Agreed: the risk is accepted",
    }
    .to_owned();
    if let Some(until) = goal.until {
        text.push_str(&format!(" until {}", date(until, as_of)));
        if goal.is_over {
            text.push_str(", which has passed");
        }
    }
    if let Some(owner) = &goal.owner {
        text.push_str(&format!(", by {}", visible(owner.as_bytes())));
    }
    if let Some(reason) = &goal.reason {
        text.push_str(&format!(": {}", visible(reason.as_bytes())));
    }
    text.push('.');
    if let (Some(since), Some(number)) = (goal.since, goal.incidents_since) {
        text.push_str(&format!(
            " {} since {}",
            counted(number as usize, "incident", "incidents"),
            date(since, as_of)
        ));
        match goal.expected_since {
            Some(expected) => {
                text.push_str(&format!(", {} expected by today's model.", mean_count(expected)));
            }
            None => text.push('.'),
        }
    }
    tagged(&text, Tag::Yours)
}

/// Whose assumption an effect is.
pub(super) fn prevents_from(from: PreventsFrom) -> &'static str {
    match from {
        PreventsFrom::Fixes => "the column prevents of the fixes",
        PreventsFrom::Ask => "prevents of [[ask]]",
        PreventsFrom::Settings => "brief.prevents",
    }
}

/// The sources, and how far to trust them.
pub(super) fn sources(brief: &Brief) -> Section {
    let totals = &brief.head.totals;
    let placed = totals.incidents_attributed;
    let by_fix = totals
        .by_method
        .iter()
        // The strongest evidence, so a reader sees how much of the rest is weaker.
        .filter(|method| method.method == debtscan_findings::Method::FixCommit)
        .map(|method| method.incidents)
        .sum();
    let text = format!(
        "Sources: {}, {} traced to code, {} by the change that fixed them; {} changes; as of {}.",
        counted(totals.incidents, "incident", "incidents"),
        count(placed),
        count(by_fix),
        count(totals.commits),
        // Compared with 1970, so that the date of the sources always has its year.
        date(brief.head.as_of, Timestamp(0)),
    );
    section(
        "SOURCES",
        vec![
            note(text),
            note(
                "How far to trust the order: debtscan backtest compares past rankings with the incidents that followed.",
            ),
        ],
    )
}
