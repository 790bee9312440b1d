//! The engineers' part: names, lines, incidents, formulas and assumptions.

use debtscan_findings::brief::{AreaPage, Brief, CaseBasis, CaseIncident, CostSample, EffortBasis, FixPlace};

use super::amounts::{about, mean_count, share};
use super::cited::backtest;
use super::follow::prevents_from;
use super::knowledge;
use super::words::note;
use crate::document::{Block, Cell, Limit, Note, Section, TableColumn};
use crate::number::{amount, count, counted, day, grouped, money, precise};
use crate::odds::odds;
use crate::options::{Format, RenderOptions};
use crate::quality;
use crate::text::visible;

pub(super) fn sections(brief: &Brief, page: &AreaPage, options: &RenderOptions) -> Vec<Section> {
    let mut sections = Vec::new();
    sections.extend(places(page));
    sections.extend(incidents(page, options));
    sections.extend(knowledge::avoided(page));
    sections.push(assumptions(brief, page));
    sections.push(match options.format {
        Format::Table => quality::in_short(&brief.head.quality, "--format markdown"),
        _ => quality::of(&brief.head.quality, &brief.head.totals, options),
    });
    sections
}

/// Where the fixes are made.
fn places(page: &AreaPage) -> Option<Section> {
    let rows: Vec<Vec<Cell>> = page
        .ask
        .fixes
        .iter()
        .flat_map(|fix| fix.places.iter().map(|place| place_row(&fix.id, place)))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut notes = Vec::new();
    if !page.ask.uncovered.is_empty() {
        let ids: Vec<String> = page.ask.uncovered.iter().map(|id| visible(id.as_bytes())).collect();
        notes.push(note(format!("Not met by any fix: {}.", ids.join(", "))));
    }
    if page.ask.files_followed > 0 {
        notes.push(note(format!(
            "Functions of {} were followed through history; others have no incidents listed.",
            counted(page.ask.files_followed, "file", "files")
        )));
    }
    Some(Section {
        title: "FOR ENGINEERS: WHERE".to_owned(),
        aside: "at the scanned revision; commits of the last 365 days".to_owned(),
        columns: place_columns(),
        blocks: vec![Block { subject: None, rows, more: String::new() }],
        notes,
    })
}

/// The columns of places.
pub(super) fn place_columns() -> Vec<TableColumn> {
    vec![
        TableColumn::word("fix", 0),
        TableColumn::path("function or file", 30, 0),
        TableColumn::word("lines", 3),
        TableColumn::number("of\ncode", 4),
        TableColumn::number("cognitive", 2),
        TableColumn::number("commits", 5),
        TableColumn::number("incidents\n24 months", 0),
        TableColumn::number("older", 1),
    ]
}

/// A place of a fix.
pub(super) fn place_row(fix: &str, place: &FixPlace) -> Vec<Cell> {
    let path = visible(place.path.as_bytes());
    // Recent incidents are among those of any time, so the difference is not negative.
    let older = place.incidents.len() - place.recent as usize;
    let counts = [Cell::new(grouped(place.recent)), Cell::dim(count(older))];
    let mut cells = vec![Cell::new(visible(fix.as_bytes()))];
    match &place.function {
        Some(function) => cells.extend([
            Cell::new(format!("{path}: {}", visible(function.name.as_bytes()))),
            Cell::new(format!("{}–{}", function.first_line, function.last_line)),
            Cell::new(grouped(function.sloc)),
            Cell::new(grouped(function.cognitive)),
            Cell::new(grouped(function.revisions_last_year)),
        ]),
        None => cells.extend([
            Cell::new(path),
            Cell::new(""),
            Cell::new(grouped(place.sloc)),
            Cell::new(""),
            Cell::new(""),
        ]),
    }
    cells.extend(counts);
    cells
}

/// The incidents of both years.
fn incidents(page: &AreaPage, options: &RenderOptions) -> Option<Section> {
    // The last year first, so that the list is in the order of time: newest first.
    let all: Vec<&CaseIncident> =
        page.past.last.incidents.iter().chain(&page.past.before.incidents).collect();
    if all.is_empty() {
        return None;
    }
    let limit = Limit::new(options.top, 20);
    let rows = all.iter().take(limit.rows()).map(|incident| {
        let fix = match incident.commits.as_slice() {
            [] => String::new(),
            [only] => only.short(),
            [first, more @ ..] => format!("{} and {} more", first.short(), count(more.len())),
        };
        vec![
            Cell::new(visible(incident.id.as_bytes())),
            Cell::new(day(incident.opened)),
            Cell::new(incident.severity.as_ref().map_or_else(String::new, |it| visible(it.as_bytes()))),
            Cell::new(share(incident.share)),
            Cell::new(incident.cost.map_or_else(String::new, money)),
            Cell::new(incident.handling.map_or_else(String::new, about)),
            Cell::dim(fix),
            Cell::dim(visible(incident.title.as_bytes())),
        ]
    });
    Some(Section {
        title: "INCIDENTS OF 24 MONTHS".to_owned(),
        aside: format!("newest first; {} older", count(page.past.older as usize)),
        columns: vec![
            TableColumn::word("incident", 0),
            TableColumn::word("opened", 0),
            TableColumn::word("severity", 4),
            TableColumn::number("share\nhere", 5),
            TableColumn::number("cost\nhere", 3),
            TableColumn::number("handling\nhere", 2),
            TableColumn::word("fix", 1),
            TableColumn::text("title", 24, 6),
        ],
        blocks: vec![Block { subject: None, rows: rows.collect(), more: limit.more(all.len()) }],
        notes: Vec::new(),
    })
}

/// Every assumption, and whose it is.
fn assumptions(brief: &Brief, page: &AreaPage) -> Section {
    let mut notes = vec![prices(brief)];
    notes.extend(per_incident(page));
    if let Some(effect) = &page.ask.effect {
        notes.push(note(format!(
            "Effect {} = {} of the incidents were in these places x {} of those prevented ({}).",
            share(effect.total),
            share(effect.places),
            share(effect.prevents),
            prevents_from(effect.prevents_from)
        )));
    }
    notes.extend(model(page));
    notes.extend(backtest(brief).map(note));
    notes.extend(effort(page));
    notes.extend(timing(brief, page));
    Section { title: "FORMULAS AND ASSUMPTIONS".to_owned(), notes, ..Section::default() }
}

fn prices(brief: &Brief) -> Note {
    let rate =
        brief.pricing.engineer_day.map(|day| format!("{} an engineer-day (brief.engineer_day)", money(day)));
    let rate = rate.unwrap_or_else(|| "no price of an engineer-day".to_owned());
    let basis = match &brief.pricing.basis {
        CaseBasis::Handling { by_severity, other, .. } => {
            let words = by_severity.iter().map(|(word, days)| format!("{} {days}", visible(word.as_bytes())));
            let words: Vec<String> = words.chain(other.map(|days| format!("any other {days}"))).collect();
            format!("engineer-days per incident: {} ([brief.handling])", words.join(", "))
        }
        CaseBasis::PastCosts(currency) => {
            format!("incidents cost what past ones did, recorded or modelled, in {}", currency.code())
        }
        CaseBasis::None => "incidents have no price".to_owned(),
    };
    note(format!("Prices: {rate}; {basis}."))
}

fn per_incident(page: &AreaPage) -> Option<Note> {
    let per = page.ask.cost_per_incident?;
    let of = match per.of {
        CostSample::AreaRecent => "of this area in 24 months",
        CostSample::ProductRecent => "of the whole product in 24 months",
        CostSample::Product => "of the whole product",
    };
    let mean = amount(per.mean, per.currency);
    Some(note(format!(
        "One incident costs {mean} on average, drawn from {} {of}.",
        counted(per.incidents as usize, "incident", "incidents")
    )))
}

fn model(page: &AreaPage) -> Vec<Note> {
    let Some(nothing) = &page.nothing else { return Vec::new() };
    let mut notes = vec![note(format!(
        "Incidents of the next 365 days: negative binomial, mean {}, shape {} (docs/metrics.md). An option keeps the \
         shape and lowers the mean by the effect over the days on which the fixes are in force; costs are drawn by \
         Panjer's recursion; the twenty years are the quantiles 2.5%, 7.5%, ... 97.5%.",
        precise(nothing.incidents.mean),
        precise(nothing.shape)
    ))];
    let last = page.past.last.shares;
    // Only in this direction: fewer incidents than last year need no defence.
    if let Some(probability) = nothing.as_many_as_last_year.filter(|_| last > nothing.incidents.mean) {
        notes.push(note(format!(
            "Disagreement to know: the model has seen last year, whose incidents had {} in shares here, and still gives \
             as many a probability of {}. Either reports rose everywhere, or the model reacts too slowly here.",
            mean_count(last),
            odds(probability)
        )));
    }
    notes
}

fn effort(page: &AreaPage) -> Vec<Note> {
    let mut notes = Vec::new();
    let bases = page.ask.fixes.iter().filter_map(|fix| fix.effort_basis);
    if let Some(EffortBasis::Pace(pace)) =
        // The pace is that of the area, so it is the same for all proposals.
        bases.into_iter().find(|basis| matches!(basis, EffortBasis::Pace(_)))
    {
        let [slow, usual, fast] = pace.lines.map(precise);
        notes.push(note(format!(
            "Effort of proposals: each line of code is deleted once and added once, at {usual} lines a day: the mean of {} \
             on which a person changed source code here in the last 365 days. The range is from {fast} lines (half of \
             all lines were changed on days up to that) to {slow} (without the busiest tenth of the days).",
            counted(pace.days as usize, "day", "days")
        )));
    }
    // A range without width has no distribution to explain.
    if page.ask.effort.is_some_and(|effort| effort.low != effort.high) {
        notes.push(note(
            "The effort of all fixes is one triangular distribution: estimates are taken to err together. Payback uses \
             its mean, \"together\" its most likely value.",
        ));
    }
    notes
}

fn timing(brief: &Brief, page: &AreaPage) -> Option<Note> {
    let now = page.options.first()?;
    let (start, effective) = now.start.zip(now.effective)?;
    let who = if brief.given.team {
        "from [[team]]"
    } else {
        "without [[team]], one person is taken to start on the day of the scan"
    };
    Some(note(format!(
        "Work starts on {}, the fixes are in force from {} on ({who}).",
        day(start),
        day(effective)
    )))
}
