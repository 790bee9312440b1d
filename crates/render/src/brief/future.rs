//! What doing nothing costs, and the three options.

use debtscan_findings::brief::{AreaPage, Brief, CaseOption, CostOutcome, CustomerHit, Outcome, When};
use debtscan_incidents::Currency;
use debtscan_model::Timestamp;

use super::amounts::{
    about, count_with_range, date, effort_price, listed, mean_count, money_range, recorded, rounded, share,
};
use super::words::{Tag, missing, note, section, strong, tagged};
use crate::broken_year;
use crate::document::{Block, Cell, Look, Note, Section, TableColumn};
use crate::number::{count, grouped};
use crate::text::{visible, wrap};

/// The title of the section that draws years as text; a page has a picture for it.
pub(crate) const YEARS: &str = "TWENTY EQUALLY LIKELY YEARS";

/// Bars of the picture of twenty years at most.
const MOST_BINS: u64 = 15;
/// Incidents of an ordinary range below which a picture of twenty years says too little.
const LEAST_FOR_DOTS: usize = 5;

/// What doing nothing costs.
pub(super) fn nothing(brief: &Brief, page: &AreaPage) -> Vec<Section> {
    const TITLE: &str = "WHAT DOING NOTHING COSTS";
    let Some(nothing) = &page.nothing else {
        return vec![section(
            TITLE,
            vec![missing("What may come? Give incidents with --incidents FILE.csv.")],
        )];
    };
    let now = page.options.iter().find(|option| option.when == When::Now);
    let with = now.and_then(|option| option.outcome.as_ref());
    let currency = brief.pricing.basis.currency();
    let mut notes = match (nothing.cost, currency) {
        (Some(cost), Some(currency)) => of_cost(page, &cost, with, currency),
        _ => of_incidents(nothing, with),
    };
    notes.extend(regression(brief, page, nothing, currency));
    // The distribution also rests on size and work, so it could be drawn without any incident of
    // the area. Twenty dots would then look like twenty observations.
    let has_evidence = (page.past.last.main + page.past.before.main) as usize >= LEAST_FOR_DOTS;
    if !has_evidence {
        notes.push(note("Fewer than five incidents in two years are too few to draw twenty years."));
        return vec![section(TITLE, notes)];
    }
    let drawn = section(YEARS, Vec::new());
    let drawn = Section { aside: "one dot is one year".to_owned(), ..drawn };
    vec![section(TITLE, notes), picture(drawn, page, nothing, with, currency)]
}

fn of_cost(page: &AreaPage, cost: &CostOutcome, with: Option<&Outcome>, currency: Currency) -> Vec<Note> {
    let expected = format!(
        "Expected in the next 365 days if nothing is done: {}, and in 8 of 10 years {}.",
        rounded(cost.range.mean, currency),
        money_range(&cost.range, currency)
    );
    let Some((above, price)) = cost.above_fixes.zip(page.ask.price) else {
        return vec![strong(tagged(&expected, Tag::Model))];
    };
    let mut text = format!(
        "In {} of 20 equally likely years you pay more for incidents than the fixes cost ({}).",
        count(above as usize),
        about(price.likely)
    );
    if let Some(with) = with.and_then(|outcome| outcome.cost?.above_fixes) {
        text.push_str(&format!(" With the fixes: in {} of 20.", count(with as usize)));
    }
    vec![strong(tagged(&text, Tag::Model)), note(tagged(&expected, Tag::Model))]
}

fn of_incidents(nothing: &Outcome, with: Option<&Outcome>) -> Vec<Note> {
    let mut text = format!(
        "Expected in the next 365 days if nothing is done: {} incidents, the range of 8 of 10 years in brackets.",
        count_with_range(&nothing.incidents)
    );
    if let Some(with) = with {
        text.push_str(&format!(" With the fixes: {}.", count_with_range(&with.incidents)));
    }
    vec![strong(tagged(&text, Tag::Model))]
}

/// Twenty years as dots, by cost, or by incidents where those have no price.
fn picture(
    found: Section,
    page: &AreaPage,
    nothing: &Outcome,
    with: Option<&Outcome>,
    currency: Option<Currency>,
) -> Section {
    let mut columns = vec![TableColumn::word("", 0), TableColumn::word("nothing done,\n20 years", 0)];
    if with.is_some() {
        columns.push(TableColumn::word("fixes made now,\n20 years", 0));
    }
    let rows = if let (Some(cost), Some(currency)) = (nothing.cost, currency) {
        "cost of incidents".clone_into(&mut columns[0].title);
        let with = with.and_then(|outcome| outcome.cost).map(|cost| cost.years);
        // A price is not negative unless a rate is; dots are compared as unsigned amounts.
        let price = page.ask.price.map(|price| price.likely.minor.max(0).unsigned_abs());
        cost_rows(&cost.years, with.as_ref(), price, currency)
    } else {
        "incidents".clone_into(&mut columns[0].title);
        incident_rows(&nothing.incident_years, with.map(|outcome| &outcome.incident_years))
    };
    Section { columns, blocks: vec![Block { subject: None, rows, more: String::new() }], ..found }
}

fn cost_rows(
    years: &[u64; 20],
    with: Option<&[u64; 20]>,
    price: Option<u64>,
    currency: Currency,
) -> Vec<Vec<Cell>> {
    let largest = years.iter().chain(with.into_iter().flatten()).copied().max().unwrap_or(0);
    let money = |minor: u64| rounded(minor as f64, currency);
    let edges = edges(largest, price);
    let mut rows = Vec::new();
    let mut below: Option<u64> = None;
    for edge in edges {
        let is_in = |year: &&u64| **year <= edge && below.is_none_or(|below| **year > below);
        let label = match (below, edge) {
            // A year without incidents costs nothing, which is a bar of its own and no "up to".
            (_, 0) => money(0),
            _ if price == Some(edge) => format!("up to {} (the fixes)", money(edge)),
            _ => format!("up to {}", money(edge)),
        };
        let dots = |years: &[u64; 20]| "●".repeat(years.iter().filter(is_in).count());
        rows.push(dot_row(label, dots(years), with.map(dots)));
        below = Some(edge);
    }
    rows
}

fn dot_row(label: String, never: String, with: Option<String>) -> Vec<Cell> {
    let mut row = vec![Cell::new(label), Cell::with_look(never, Look::Accent)];
    row.extend(with.map(Cell::new));
    row
}

/// Upper ends of bars: 0, multiples of a round number, and the price of the fixes.
fn edges(largest: u64, price: Option<u64>) -> Vec<u64> {
    let mut step = 1_u64;
    let factors = [2, 5, 10];
    let mut number = 0;
    let mut unit = 1_u64;
    // 1, 2, 5, 10, 20, 50 and so on.
    while largest / step >= MOST_BINS {
        step = unit.saturating_mul(factors[number]);
        number += 1;
        if number == factors.len() {
            number = 0;
            unit = unit.saturating_mul(10);
        }
    }
    let mut edges: Vec<u64> = vec![0];
    let mut edge = 0_u64;
    while edge < largest {
        edge = edge.saturating_add(step);
        edges.push(edge);
    }
    // The price is an edge, so that no bar has years on both sides of it.
    edges.extend(price);
    edges.sort_unstable();
    edges.dedup();
    edges
}

fn incident_rows(years: &[u64; 20], with: Option<&[u64; 20]>) -> Vec<Vec<Cell>> {
    let largest = years.iter().chain(with.into_iter().flatten()).copied().max().unwrap_or(0);
    let edges = edges(largest, None);
    let mut below: Option<u64> = None;
    let mut rows = Vec::new();
    for edge in edges {
        let is_in = |year: &&u64| **year <= edge && below.is_none_or(|below| **year > below);
        let dots = |years: &[u64; 20]| "●".repeat(years.iter().filter(is_in).count());
        let label = match below {
            Some(below) if below + 1 < edge => format!("{} to {}", grouped(below + 1), grouped(edge)),
            _ => grouped(edge),
        };
        rows.push(dot_row(label, dots(years), with.map(dots)));
        below = Some(edge);
    }
    rows
}

/// Why fewer are expected than last year.
fn regression(brief: &Brief, page: &AreaPage, nothing: &Outcome, currency: Option<Currency>) -> Vec<Note> {
    let last = page.past.last.main as usize;
    let mut notes = Vec::new();
    let name = visible(page.area.name.as_bytes());
    if let Some(text) = broken_year::sentences(&name, &page.change, &brief.broken_years) {
        notes.push(note(tagged(&text, Tag::Model)));
    } else if last as f64 > nothing.incidents.mean + 0.5 {
        let mut text = format!(
            "Why {} expected when last year had {}?",
            mean_count(nothing.incidents.mean),
            count(last)
        );
        match brief.product.regression {
            Some(found) => {
                // A fifth less is a plain default for a fall that regression to the mean would
                // explain.
                let is_luck = f64::from(found.after) < 0.8 * f64::from(found.worst);
                text.push_str(&format!(
                    " {} the worst areas of {} past years had {} incidents in those years, and {} in the years after.",
                    if is_luck { "One bad year is largely luck:" } else { "Here it may well stay so:" },
                    count(found.years as usize),
                    count(found.worst as usize),
                    count(found.after as usize)
                ));
            }
            None => text.push_str(" The model also counts earlier years, size and work."),
        }
        // What happened after other bad years is on record; what the model counts is not.
        let tag = if brief.product.regression.is_some() { Tag::Recorded } else { Tag::Model };
        notes.push(note(tagged(&text, tag)));
    }
    if last as f64 > nothing.incidents.mean + 0.5
        && let (Some(handling), Some(cost), Some(currency)) =
            (page.past.last.handling, nothing.cost, currency)
    {
        let text = format!(
            "If next year is like the last, the cost is {}, not {}.",
            about(handling.cost),
            rounded(cost.range.mean, currency)
        );
        notes.push(note(tagged(&text, Tag::Model)));
    }
    notes
}

/// The three options side by side.
pub(super) fn options(brief: &Brief, page: &AreaPage, width: usize) -> Option<Section> {
    let options = &page.options;
    if options.is_empty() {
        return None;
    }
    let as_of = brief.head.as_of;
    let currency = brief.pricing.basis.currency();
    let mut columns = vec![TableColumn::word("over the next\nfour quarters", 0)];
    columns.extend(options.iter().map(|option| TableColumn::word(&title(option, as_of), 0)));
    // Labels take about 20 columns; three cells share the rest.
    let room = (width.saturating_sub(26) / 3).max(12);
    let mut rows = vec![row("fixes", options, room, fixes)];
    rows.push(row("incidents, 8 of 10 years", options, room, incidents));
    if currency.is_some() {
        rows.push(row("their cost, 8 of 10 years", options, room, |option| cost(option, currency)));
    }
    if options.iter().any(|option| !option.delay.is_zero()) {
        rows.push(row("cost of delay", options, room, |option| {
            if option.delay.is_zero() { "none".to_owned() } else { recorded(&option.delay) }
        }));
    }
    if options.iter().any(|option| option.together.is_some()) {
        rows.push(row("together, on average", options, room, |option| together(option, currency)));
    }
    rows.push(row("what slips", options, room, |option| slips(page, option)));
    if let Some(customers) = &page.past.customers {
        rows.push(row("renewals at risk before it is fixed", options, room, |option| {
            renewals(option, customers, as_of)
        }));
    }
    let mut notes = Vec::new();
    if page.ask.effect.is_none() {
        notes.push(missing(
            "How many incidents would the fixes prevent? Set brief.prevents, or prevents in the fixes: 0.75 is three \
             of four.",
        ));
    }
    Some(Section {
        title: "THREE OPTIONS".to_owned(),
        columns,
        blocks: vec![Block { subject: None, rows, more: String::new() }],
        notes,
        ..Section::default()
    })
}

fn title(option: &CaseOption, as_of: Timestamp) -> String {
    match (option.when, option.start) {
        (When::Now, Some(start)) => format!("now:\n{}", date(start, as_of)),
        (When::Later, Some(start)) => format!("a quarter later:\n{}", date(start, as_of)),
        _ => "never".to_owned(),
    }
}

fn row(label: &str, options: &[CaseOption], room: usize, cell: impl Fn(&CaseOption) -> String) -> Vec<Cell> {
    // Wrapped here, because a terminal keeps the cells of words whole.
    let wrapped = |text: &str, look| Cell::stacked(wrap(text, room), look);
    let mut cells = vec![Cell::stacked(wrap(label, 22.max(room / 4)), Look::Plain)];
    cells.extend(options.iter().map(|option| {
        let look = if label.starts_with("together") { Look::Bold } else { Look::Plain };
        wrapped(&cell(option), look)
    }));
    cells
}

fn fixes(option: &CaseOption) -> String {
    match (&option.fixes, option.when) {
        (Some(price), _) => effort_price(price),
        (None, When::Never) => "nothing".to_owned(),
        (None, _) => "not priced".to_owned(),
    }
}

fn incidents(option: &CaseOption) -> String {
    option
        .outcome
        .as_ref()
        .map_or_else(|| "unknown".to_owned(), |outcome| count_with_range(&outcome.incidents))
}

fn cost(option: &CaseOption, currency: Option<Currency>) -> String {
    let found = option.outcome.as_ref().and_then(|outcome| outcome.cost).zip(currency);
    found.map_or_else(
        || "unknown".to_owned(),
        |(cost, currency)| {
            format!("{} ({})", rounded(cost.range.mean, currency), money_range(&cost.range, currency))
        },
    )
}

fn together(option: &CaseOption, currency: Option<Currency>) -> String {
    let found = option.together.zip(currency);
    found.map_or_else(|| "unknown".to_owned(), |(sum, currency)| rounded(sum, currency))
}

fn slips(page: &AreaPage, option: &CaseOption) -> String {
    let Some(displacement) = &page.displacement else {
        return if option.when == When::Never {
            "nothing".to_owned()
        } else {
            "unknown: give --plan".to_owned()
        };
    };
    let names: Vec<String> = match option.when {
        When::Now => {
            let slipping = displacement.items.iter().filter(|item| item.slips_days > 0);
            slipping.map(|item| visible(item.name.as_bytes())).collect()
        }
        When::Later => {
            let items = displacement.slips_later.iter().map(|item| &displacement.items[*item]);
            items.map(|item| visible(item.name.as_bytes())).collect()
        }
        When::Never => Vec::new(),
    };
    match (names.is_empty(), option.when) {
        // A plan rarely reaches a quarter ahead, so this is not the same as nothing.
        (true, When::Later) => "nothing of this plan".to_owned(),
        (true, _) => "nothing".to_owned(),
        _ => listed(&names, 3),
    }
}

fn renewals(option: &CaseOption, customers: &[CustomerHit], as_of: Timestamp) -> String {
    let Some(renewals) = &option.renewals else { return "unknown".to_owned() };
    let names: Vec<String> = renewals
        .iter()
        .map(|position| {
            let hit = &customers[*position];
            let when = hit.renewal.map_or_else(String::new, |day| format!(" ({})", date(day, as_of)));
            format!("{}{when}", visible(hit.account.as_bytes()))
        })
        .collect();
    if names.is_empty() { "none".to_owned() } else { listed(&names, 3) }
}

/// The part of the incidents in words.
pub(super) fn effect_words(total: f64) -> String {
    format!("{} of the incidents here", share(total))
}

#[cfg(test)]
mod tests {
    use super::edges;

    #[test]
    fn bars_end_at_round_numbers_and_at_the_price_of_the_fixes() {
        assert_eq!(
            edges(143, Some(21)),
            [0, 10, 20, 21, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150]
        );
        assert_eq!(edges(7, None), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(edges(0, None), [0]);
        assert!(edges(u64::MAX, Some(3)).len() < 20);
    }
}
