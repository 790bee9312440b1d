//! A report as a document: header, lead, sections and the next useful command.

mod agreed;
mod areas;
mod change;
mod customers;
pub(super) mod figures;
mod files;
mod past_year;
mod start;
mod unplaced;

use debtscan_model::FileClass;

pub(super) use self::figures::{Lead, half};
pub(super) use self::unplaced::section as unplaced_section;
use super::backtest::of_earlier;
use super::document::{Document, Section};
use super::number::{amount, cost_range, count, count_range, counted, grouped, incidents, sums};
use super::remark::{feed_end, remark_text};
use super::shell::shell_word;
use super::terminal::Terminal;
use super::{head, quality};
use crate::options::{Detail, Format, Invocation, RenderOptions, Sort};
use debtscan_findings::Grouping;
use debtscan_findings::{AreaSource, Assumption, Remark, Report};
use debtscan_incidents::Costs;

/// Lines of the summary at most: a screen.
const SCREEN: usize = 45;

/// How many rows each part of the summary has.
#[derive(Debug, Clone, Copy)]
struct SummaryRows {
    areas: usize,
    start: usize,
    customers: usize,
    agreed: usize,
    commands: usize,
}

/// From most rows to fewest. The first that fits a screen is taken; what is cut is counted in its place.
const ROWS: [SummaryRows; 9] = [
    SummaryRows { areas: 7, start: 5, customers: 3, agreed: 3, commands: 3 },
    SummaryRows { areas: 5, start: 5, customers: 3, agreed: 3, commands: 3 },
    SummaryRows { areas: 5, start: 5, customers: 3, agreed: 3, commands: 2 },
    SummaryRows { areas: 5, start: 5, customers: 2, agreed: 2, commands: 1 },
    SummaryRows { areas: 5, start: 5, customers: 1, agreed: 1, commands: 1 },
    SummaryRows { areas: 5, start: 3, customers: 1, agreed: 1, commands: 1 },
    SummaryRows { areas: 4, start: 2, customers: 1, agreed: 1, commands: 1 },
    SummaryRows { areas: 3, start: 2, customers: 1, agreed: 1, commands: 1 },
    SummaryRows { areas: 2, start: 2, customers: 1, agreed: 1, commands: 1 },
];

/// Areas that the summary describes because their last year broke with their past.
const BROKEN_OF_SUMMARY: usize = 1;

/// The report as a document: one screen, or every section.
///
/// `width` is the room of one line; Markdown has no limit.
pub(super) fn document(report: &Report, options: &RenderOptions, width: usize) -> Document {
    // A terminal has one screen. Markdown and pages scroll, so they always have everything.
    if options.format != Format::Table || options.detail == Detail::Full {
        return whole(report, options, width);
    }
    let mut documents = ROWS.iter().map(|rows| summary(report, options, *rows));
    let first = documents.next().expect("there are several sizes");
    if options.top.is_some() || is_screen(&first, options) {
        return first;
    }
    let mut last = first;
    for document in documents {
        last = document;
        if is_screen(&last, options) {
            break;
        }
    }
    last
}

/// Whether a document is at most a screen.
fn is_screen(document: &Document, options: &RenderOptions) -> bool {
    let mut text = Vec::new();
    Terminal::new(&mut text, options).document(document).expect("memory takes any text");
    String::from_utf8_lossy(&text).lines().count() <= SCREEN
}

fn summary(report: &Report, options: &RenderOptions, rows: SummaryRows) -> Document {
    let lead = Lead::of(report);
    let shown = |rows: usize| options.top.or(Some(rows));
    let mut sections: Vec<Section> = past_year::section(report).into_iter().collect();
    match options.group {
        Grouping::Area => {
            sections.push(leading(report, options.sort, shown(rows.areas), BROKEN_OF_SUMMARY));
            sections.extend(start::files(report, lead, shown(rows.start)));
        }
        Grouping::File | Grouping::Directory => sections.push(files::section(report, lead, options.top)),
    }
    sections.extend(customers::section(report, shown(rows.customers)));
    sections.extend(agreed::section(report, shown(rows.agreed)));
    retain_filled(&mut sections);
    sections.push(quality::in_short(&report.quality, "--full"));
    // Commands are in order of use, so the first ones stay.
    let mut next = next(report, &options.invocation);
    next.truncate(rows.commands);
    Document {
        banner: head::banner(&report.quality),
        header: head::of_report(report),
        lead: lead_sentences(report, lead),
        sections,
        next,
    }
}

fn whole(report: &Report, options: &RenderOptions, width: usize) -> Document {
    let lead = Lead::of(report);
    let mut sections: Vec<Section> = past_year::section(report).into_iter().collect();
    match options.group {
        Grouping::Area => {
            sections.push(leading(report, options.sort, options.top, usize::MAX));
            sections.extend(start::files(report, lead, options.top));
            sections.extend(match options.sort {
                Sort::Cost => change::section(report, lead, options.top).map(without_notes_of_areas),
                Sort::Changed => Some(areas::section(report, lead, options.top)),
            });
            sections.extend(start::areas(report, lead, options.top));
            sections.push(files::section(report, lead, options.top));
        }
        Grouping::File | Grouping::Directory => {
            sections.push(files::section(report, lead, options.top));
            sections.extend(start::files(report, lead, options.top));
        }
    }
    sections.extend(customers::section(report, options.top));
    sections.extend(agreed::section(report, options.top));
    sections.extend(unplaced::section(report, options.top, width));
    retain_filled(&mut sections);
    sections.push(quality::of(&report.quality, &report.totals, options));
    Document {
        banner: head::banner(&report.quality),
        header: head::of_report(report),
        lead: lead_sentences(report, lead),
        sections,
        next: next(report, &options.invocation),
    }
}

/// The areas in the order that is asked for, with what to say of `broken` areas whose last year broke with their past.
fn leading(report: &Report, sort: Sort, top: Option<usize>, broken: usize) -> Section {
    let lead = Lead::of(report);
    let changed = match sort {
        Sort::Cost => None,
        Sort::Changed => change::section(report, lead, top),
    };
    changed.unwrap_or_else(|| {
        let section = areas::section(report, lead, top);
        Section { notes: [change::broken(report, broken), section.notes].concat(), ..section }
    })
}

/// The section of what changed without the sentences on broken years, which are below the areas.
fn without_notes_of_areas(section: Section) -> Section {
    Section { notes: section.notes.into_iter().take(1).collect(), ..section }
}

/// Drops sections without rows; that of data quality, which has notes and no rows, is added after this.
fn retain_filled(sections: &mut Vec<Section>) {
    let has_rows = |section: &Section| section.blocks.iter().any(|block| !block.rows.is_empty());
    sections.retain(|section| has_rows(section) || section.columns.is_empty());
}

/// The sections of a report, for a page that shows them beside its pictures.
pub(super) struct ReportParts {
    pub(super) past_year: Option<Section>,
    pub(super) areas: Section,
    /// What changed this year.
    pub(super) change: Option<Section>,
    pub(super) files: Section,
    pub(super) start: Vec<Section>,
    pub(super) customers: Option<Section>,
    pub(super) agreed: Option<Section>,
    pub(super) unplaced: Option<Section>,
    pub(super) quality: Section,
    /// Useful commands and what they give.
    pub(super) next: Vec<(String, String)>,
}

/// The report in parts, whatever it is grouped by.
pub(super) fn parts(report: &Report, options: &RenderOptions) -> ReportParts {
    let lead = Lead::of(report);
    ReportParts {
        past_year: past_year::section(report),
        areas: areas::section(report, lead, options.top),
        change: change::section(report, lead, options.top),
        files: files::section(report, lead, options.top),
        start: start(report, options.top),
        customers: customers::section(report, options.top),
        agreed: agreed::section(report, options.top),
        unplaced: unplaced::section(report, options.top, usize::MAX),
        quality: quality::of(&report.quality, &report.totals, options),
        next: next(report, &options.invocation),
    }
}

/// Where to start, in areas and in files.
pub(super) fn start(report: &Report, top: Option<usize>) -> Vec<Section> {
    let lead = Lead::of(report);
    start::areas(report, lead, top).into_iter().chain(start::files(report, lead, top)).collect()
}

/// The headline: cost to date, then the expected cost.
fn lead_sentences(report: &Report, lead: Lead) -> Vec<String> {
    let totals = &report.totals;
    // With incidents the headline still has something to report, although nothing can be ranked.
    if report.areas.iter().all(|area| area.rank.is_none()) && totals.incidents == 0 {
        return vec!["There are no source files to rank.".to_owned()];
    }
    let (later, outside) = (totals.incidents_later, totals.incidents_outside);
    // Asking for incidents would be wrong: they were given, and a window, a folder or their dates
    // hide them.
    if totals.incidents == 0 && later + outside > 0 {
        return vec![format!(
            "No incident counts here: {} opened later, {} outside the scanned files.",
            counted(later, "incident", "incidents"),
            count(outside)
        )];
    }
    if report.past_year.is_some() {
        // The first section says that there are none.
        return Vec::new();
    }
    if totals.incidents == 0 {
        return vec![
            "No incidents given: expected incidents are estimated from size, change and complexity only."
                .to_owned(),
        ];
    }
    let ended = report.quality.remarks.iter().find_map(|remark| match remark {
        Remark::FeedEnded(end) => Some(feed_end(end)),
        _ => None,
    });
    // The warning comes before the figures: each of them counts on a list that goes on.
    let is_ended = ended.is_some();
    let mut sentences: Vec<String> = ended.into_iter().collect();
    sentences.push(last_year(report));
    sentences.extend(next_year(report, lead, is_ended));
    sentences.push(to_date(report));
    sentences.extend(dated_by_fix(report));
    if totals.is_assumed_large {
        sentences.push(format!(
            "{} without a cost would add about {} at the mean cost of their severity.",
            counted(totals.incidents_assumed, "incident", "incidents"),
            sums(&totals.assumed)
        ));
    }
    let is_stopped = |remark: &&Remark| matches!(remark, Remark::PricedSpan { to: Some(_), .. });
    let stopped = report.quality.remarks.iter().filter(is_stopped);
    sentences.extend(stopped.map(|remark| remark_text(remark).message));
    sentences.extend(report.backtest.as_ref().map(|summary| of_earlier(summary, report.revision)));
    sentences
}

/// Incidents and cost to date.
fn to_date(report: &Report) -> String {
    let totals = &report.totals;
    let n_incidents = counted(totals.incidents, "incident", "incidents");
    let n_placed = totals.incidents_attributed.min(totals.incidents);
    if report.currencies.is_empty() {
        format!(
            "To date: {n_incidents}, {} traced to files, {} unplaced. {}.",
            count(n_placed),
            count(totals.incidents - n_placed),
            if totals.cost().iter().next().is_some() {
                "Every recorded cost is 0"
            } else {
                "None has a recorded cost"
            }
        )
    } else {
        let deleted = if totals.deleted_code.is_zero() {
            String::new()
        } else {
            format!(" ({} to files deleted since)", sums(&totals.deleted_code))
        };
        let unplaced = if totals.unattributed.is_zero() {
            String::new()
        } else {
            format!(", {} unplaced", sums(&totals.unattributed))
        };
        // The colon announces a list of two amounts; with all placed there is only one.
        let separator = if totals.unattributed.is_zero() { "," } else { ":" };
        let attributed =
            if totals.unattributed.is_zero() { "all".to_owned() } else { sums(&totals.attributed) };
        let modelled = if totals.modelled.is_zero() {
            String::new()
        } else {
            format!(" ({} recorded, {} modelled)", sums(&totals.recorded), sums(&totals.modelled))
        };
        format!(
            "To date: {n_incidents}, {}{modelled}{separator} {attributed} traced to files{deleted}{unplaced}.",
            sums(&totals.cost())
        )
    }
}

/// What the last 365 days brought, beside the 365 days before.
fn last_year(report: &Report) -> String {
    let totals = &report.totals;
    // A year without incidents has no cost to miss.
    let cost = |n: usize, costs: &Costs| match report.currencies.is_empty() || n == 0 {
        true => String::new(),
        false if costs.is_zero() => ", no cost recorded".to_owned(),
        false => format!(", {}", sums(costs)),
    };
    let ranked = if counts_few(report) {
        format!(", {} of them in ranked source files", grouped(report.model.incidents_last_year))
    } else {
        String::new()
    };
    format!(
        "Last 365 days: {}{ranked}{} (365 days before: {}{}).",
        counted(totals.incidents_last_12_months, "incident", "incidents"),
        cost(totals.incidents_last_12_months, &totals.cost_last_12_months),
        count(totals.incidents_previous_12_months),
        cost(totals.incidents_previous_12_months, &totals.cost_previous_12_months),
    )
}

/// Whether the ranking counts much fewer of last year's incidents than happened, so that what it expects must not be
/// compared with all of them.
fn counts_few(report: &Report) -> bool {
    report.model.incidents_last_year as usize * 10 < report.totals.incidents_last_12_months * 9
}

/// Says that the years above count fixes; `None` if most incidents have a date of their own.
fn dated_by_fix(report: &Report) -> Option<String> {
    let by_fix = report.quality.assumptions.iter().find_map(|assumption| match assumption {
        Assumption::DatedByFix { incidents } => Some(*incidents),
        _ => None,
    })?;
    // For fewer it stays an assumption of the data quality: the headline has room for what changes
    // its meaning.
    (by_fix * 2 > report.totals.incidents).then(|| {
        let incidents = counted(by_fix, "incident", "incidents");
        format!("{incidents} without an opening date count from their first fix.")
    })
}

/// What is expected of the next 365 days, with its range; `None` without a dated incident.
fn next_year(report: &Report, lead: Lead, is_ended: bool) -> Option<String> {
    let interval = report.forecast.incidents.as_ref()?;
    let mut sentence = format!(
        "Next 365 days{}: {} incidents expected (80% range {})",
        if is_ended { ", if incidents go on as before" } else { "" },
        // From 9.5 on, whole incidents: a decimal would claim more than the range beside it allows.
        incidents(interval.mean, usize::from(interval.mean < 9.5)),
        count_range(interval)
    );
    if lead == Lead::Cost {
        for cost in report.forecast.costs.iter().filter(|cost| cost.minor.mean > 0.0) {
            let mean = amount(cost.minor.mean, cost.currency);
            sentence.push_str(&format!(", {mean} (80% range {})", cost_range(cost)));
        }
    }
    sentence.push('.');
    Some(sentence)
}

/// Commands to run next, the most useful first.
fn next(report: &Report, invocation: &Invocation) -> Vec<(String, String)> {
    let mut commands = Vec::new();
    let ranked = report.files.iter().filter(|file| file.rank.is_some() && file.class == FileClass::Source);
    // A hostile or odd name cannot be pasted; the next file in the ranking serves as well for an
    // example.
    let typeable = ranked.map(|file| file.path.as_bytes()).find_map(shell_word);
    let typeable_area = report.areas.iter().find_map(|area| shell_word(area.name.as_bytes()));
    if report.totals.incidents == 0 {
        let command = format!("{} --incidents FILE.csv", invocation.command("scan"));
        commands.push((command, "add incidents: dates, costs, fixes".to_owned()));
    }
    if let Some(word) = typeable {
        commands.push((
            invocation.command(&format!("explain {word}")),
            "how each figure was computed".to_owned(),
        ));
    }
    if report.totals.incidents > 0 {
        commands.push((invocation.command("brief"), "the case for fixing an area".to_owned()));
    }
    if report.totals.incidents > 0 && report.area_source != AreaSource::Config {
        // `init` takes none of the arguments that shape figures, so it repeats the repository
        // alone.
        let init = match &invocation.repository {
            Some(repository) => format!("debtscan init {repository}"),
            None => "debtscan init".to_owned(),
        };
        commands.push((init, "define your own areas".to_owned()));
    }
    // These commands need at least one file.
    if typeable_area.is_some() || !report.files.is_empty() {
        let trend = typeable_area.map(|word| (format!("trend {word}"), "how the first area has grown"));
        let lists = [
            ("hotspots".to_owned(), "complex code that changes often"),
            ("knowledge".to_owned(), "code whose authors have left"),
        ];
        let closer = trend.into_iter().chain(lists);
        commands.extend(closer.map(|(words, gives)| (invocation.command(&words), gives.to_owned())));
    }
    commands
}
