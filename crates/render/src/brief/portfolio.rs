//! The document of all areas: by what they may cost, and by what changed.

use debtscan_findings::brief::{Brief, PortfolioRow};

use super::amounts::{about, count_with_range, money_range, recorded, rounded, share};
use super::cited::backtest;
use super::follow::goal_text;
use super::page::scanned;
use super::words::{Tag, missing, note, section, tagged};
use crate::document::{Block, Cell, Document, Limit, Look, Note, Section, TableColumn};
use crate::head;
use crate::number::{count, counted, grouped, signed};
use crate::odds::odds;
use crate::options::RenderOptions;
use crate::quality;
use crate::shell::shell_word;
use crate::text::visible;

pub(super) fn document(brief: &Brief, options: &RenderOptions) -> Document {
    let mut sections = vec![by_cost(brief, options)];
    sections.extend(by_change(brief, options));
    sections.extend(goals(brief));
    sections.extend(gaps(brief));
    sections.push(quality::of(&brief.head.quality, &brief.head.totals, options));
    Document {
        banner: head::banner(&brief.head.quality),
        header: scanned(brief),
        lead: std::iter::once(lead(brief)).chain(backtest(brief)).collect(),
        sections,
        next: next(brief, options),
    }
}

fn lead(brief: &Brief) -> String {
    if !brief.given.incidents {
        return "No incidents were given: areas are listed by where incidents are expected, without their number or cost."
            .to_owned();
    }
    let product = &brief.product;
    let text = format!(
        "{} in the last twelve months, {} in the twelve before. Choose an area to make its case.",
        counted(product.last_year as usize, "incident", "incidents"),
        count(product.year_before as usize)
    );
    tagged(&text, Tag::Recorded)
}

fn by_cost(brief: &Brief, options: &RenderOptions) -> Section {
    let limit = Limit::new(options.top, 10);
    let currency = brief.pricing.basis.currency();
    let has = |is_it: &dyn Fn(&PortfolioRow) -> bool| brief.portfolio.iter().any(is_it);
    let rows = brief.portfolio.iter().take(limit.rows()).enumerate().map(|(position, row)| {
        let or_empty = |text: Option<String>| Cell::new(text.unwrap_or_default());
        // Without incident files a count of 0 would be a claim.
        let if_given = |text: String| if brief.given.incidents { text } else { String::new() };
        vec![
            Cell::dim(count(position + 1)),
            Cell::with_look(visible(row.name.as_bytes()), Look::Bold),
            Cell::new(share(row.code_share)),
            Cell::new(if_given(grouped(row.last_year))),
            Cell::dim(if_given(grouped(row.year_before))),
            Cell::new(if brief.head.currencies.is_empty() {
                String::new()
            } else {
                // A sentence says "nothing" where a table has a 0.
                recorded(&row.cost_last_year).replace("nothing", "0")
            }),
            or_empty(row.handling_last_year.map(about)),
            or_empty(row.incidents.as_ref().map(count_with_range)),
            Cell::with_look(
                row.cost
                    .zip(currency)
                    .map_or_else(String::new, |(cost, currency)| rounded(cost.mean, currency)),
                Look::Bold,
            ),
            Cell::dim(
                row.cost
                    .zip(currency)
                    .map_or_else(String::new, |(cost, currency)| money_range(&cost, currency)),
            ),
            Cell::new(row.at_risk.as_ref().map_or_else(String::new, |it| match (it.accounts, it.unknown) {
                (0, _) => "none".to_owned(),
                (all, unknown) if all == unknown => "not known".to_owned(),
                (_, 0) => recorded(&it.revenue),
                (all, unknown) => format!("{} ({unknown} of {all} not known)", recorded(&it.revenue)),
            })),
        ]
    });
    let title = match (brief.given.incidents, has(&|row| row.cost.is_some())) {
        (false, _) => "AREAS BY WHERE INCIDENTS ARE EXPECTED",
        (true, false) => "AREAS BY EXPECTED INCIDENTS",
        (true, true) => "AREAS BY EXPECTED COST",
    };
    let mut notes = Vec::new();
    if has(&|row| row.cost.is_some()) {
        notes.push(note(
            "Expected: the next 365 days, from the model of the ranking; 8 of 10 years are within the range.",
        ));
    }
    if has(&|row| row.at_risk.is_some()) {
        notes.push(note(
            "At risk: yearly revenue of accounts that may leave and were hit last year; no part of any cost.",
        ));
    }
    Section {
        title: title.to_owned(),
        aside: String::new(),
        columns: vec![
            TableColumn::number("#", 9),
            TableColumn::path("area", 18, 0),
            TableColumn::number("of the\ncode", 6),
            TableColumn::number("incidents\nlast year", 0),
            TableColumn::number("year\nbefore", 0),
            TableColumn::number("recorded\nlast year", 5),
            TableColumn::number("handling\nlast year", 4),
            TableColumn::word("expected\nincidents", 2),
            TableColumn::number("expected\ncost", 0),
            TableColumn::word("80%\nrange", 3),
            TableColumn::number("revenue\nat risk", 1),
        ],
        blocks: vec![Block { subject: None, rows: rows.collect(), more: limit.more(brief.portfolio.len()) }],
        notes,
    }
}

fn by_change(brief: &Brief, options: &RenderOptions) -> Option<Section> {
    if brief.by_change.is_empty() {
        return None;
    }
    let limit = Limit::new(options.top, 5);
    let rows = brief.by_change.iter().take(limit.rows()).map(|position| {
        let row = &brief.portfolio[*position];
        let rise = i64::from(row.last_year) - i64::from(row.year_before);
        vec![
            Cell::with_look(visible(row.name.as_bytes()), Look::Bold),
            Cell::new(signed(rise)),
            Cell::new(grouped(row.last_year)),
            Cell::dim(grouped(row.year_before)),
            Cell::new(row.rise_by_chance.map_or_else(String::new, odds)),
            // The position by cost, so that a row can be found in the table above.
            Cell::dim(count(*position + 1)),
        ]
    });
    let text = "By chance: how often an area that only follows the whole product has as large a part of its incidents in the last \
                year.";
    Some(Section {
        title: "WHAT CHANGED THIS YEAR".to_owned(),
        aside: "largest rise of incidents first".to_owned(),
        columns: vec![
            TableColumn::path("area", 18, 0),
            TableColumn::number("change", 0),
            TableColumn::number("incidents\nlast year", 0),
            TableColumn::number("year\nbefore", 0),
            TableColumn::word("by chance", 0),
            TableColumn::number("# by\ncost", 2),
        ],
        blocks: vec![Block { subject: None, rows: rows.collect(), more: limit.more(brief.by_change.len()) }],
        notes: vec![note(text)],
    })
}

fn goals(brief: &Brief) -> Option<Section> {
    let goals = brief.portfolio.iter().filter_map(|row| Some((row, row.goal.as_ref()?)));
    let notes: Vec<Note> = goals
        .map(|(row, goal)| {
            Note::new(visible(row.name.as_bytes()), goal_text(goal, brief.head.as_of), Look::Plain)
        })
        .collect();
    (!notes.is_empty()).then(|| section("WHAT WAS AGREED", notes))
}

/// What to give for a fuller case.
fn gaps(brief: &Brief) -> Option<Section> {
    let given = &brief.given;
    let gaps = [
        (given.incidents, "--incidents FILE.csv: what happened; an id, a date and the fix are enough"),
        (given.accounts, "--accounts FILE.csv: which customers were hit"),
        (
            // Neither is of any use without the other.
            given.engineer_day && given.handling,
            "brief.engineer_day and [brief.handling]: what incidents take",
        ),
        (given.fixes, "--fixes FILE.csv: your own tickets instead of proposals"),
        (given.team && given.plan, "[[team]] and --plan FILE.csv: what would slip"),
    ];
    let notes: Vec<Note> =
        gaps.into_iter().filter(|(is_given, _)| !is_given).map(|(_, text)| missing(text)).collect();
    (!notes.is_empty()).then(|| section("WHAT WOULD MAKE THE CASE FULLER", notes))
}

/// The pages to read first: the costliest area, and the one that rose most.
fn next(brief: &Brief, options: &RenderOptions) -> Vec<(String, String)> {
    let changed = brief.by_change.first().copied();
    let costliest = brief.portfolio.iter().position(|row| row.rank.is_some());
    let mut commands = Vec::new();
    let mut add = |position: Option<usize>, gives: &str| {
        let word = position.and_then(|position| shell_word(brief.portfolio[position].name.as_bytes()));
        if let Some(word) = word {
            commands.push((options.invocation.command(&format!("brief --area {word}")), gives.to_owned()));
        }
    };
    add(changed, "the case of what changed most");
    // One area is often both.
    add(costliest.filter(|position| Some(*position) != changed), "the case of the costliest area");
    commands
}
