//! An explanation as a document: from the figures down to incidents and commits.

use super::broken_year;
use super::document::{Block, Cell, Document, Limit, Look, Note, Section, TableColumn};
use super::explained_columns::{commit_table, file_table, incident_table};
use super::listing::{self, Caption};
use super::number::{
    amount, cost_range, count, count_range, counted, day, exact_money, figure, grouped, incidents, percent,
};
use super::shell::shell_word;
use super::step::{StepText, shown_text};
use super::text::{visible, wrap};
use super::words::{changed_constants, driver_phrases, unranked_phrase};
use crate::head;
use crate::options::{Invocation, RenderOptions};
use debtscan_findings::{ExplainedSubject, Explanation, Forecast};

/// Rows of evidence shown without `--top`.
const MOST_ROWS: usize = 10;

/// The document of an explanation; `width` is the width of a line.
pub(super) fn document(value: &Explanation, options: &RenderOptions, width: usize) -> Document {
    let mut sections = vec![summary(value)];
    // An unranked subject has no computation.
    sections.extend((!value.steps.is_empty()).then(|| steps(value, width)));
    sections.extend(incident_section(value, options));
    sections.extend(introduction_section(value, options.top));
    sections.extend(commit_section(value, options));
    sections.extend(file_section(value, options));
    Document {
        banner: head::banner(&value.quality),
        header: header(value),
        lead: Vec::new(),
        sections,
        next: next(value, &options.invocation),
    }
}

/// The next command: for an area its first file, for a file its first fix.
fn next(value: &Explanation, invocation: &Invocation) -> Vec<(String, String)> {
    // The list is by expected cost, so the first file is where a reader looks next.
    let file = value.files.iter().find_map(|file| shell_word(file.path.as_bytes()));
    let fix = value.incidents.iter().find_map(|incident| Some((incident.fix_commits.first()?, &incident.id)));
    match (file, fix) {
        (Some(file), _) => {
            vec![(invocation.command(&format!("explain {file}")), "explain its first file".to_owned())]
        }
        (None, Some((commit, id))) => {
            let folder =
                invocation.repository.as_ref().map_or_else(String::new, |path| format!("-C {path} "));
            vec![(
                format!("git {folder}show {}", commit.short()),
                format!("fix of {}", visible(id.as_bytes())),
            )]
        }
        (None, None) => Vec::new(),
    }
}

fn header(value: &Explanation) -> Vec<String> {
    let mut parts = Vec::new();
    match &value.subject {
        ExplainedSubject::Area { name, .. } => parts.push(format!("area {}", visible(name.as_bytes()))),
        ExplainedSubject::File { path, area, .. } => {
            parts.push(visible(path.as_bytes()));
            parts.push(format!("in area {}", visible(area.as_bytes())));
        }
    }
    parts.push(match value.rank {
        Some((rank, of)) => format!("rank {} of {}", count(rank), count(of)),
        None => "not ranked".to_owned(),
    });
    parts.push(format!("as of {}", day(value.as_of)));
    parts.push(format!("at {}", value.revision.short()));
    parts.push(format!("debtscan {}", visible(value.tool_version.as_bytes())));
    parts
}

fn summary(value: &Explanation) -> Section {
    let mut notes = Vec::new();
    if let ExplainedSubject::File { aliases, .. } = &value.subject
        && !aliases.is_empty()
    {
        let names: Vec<String> = aliases.iter().map(|path| visible(path.as_bytes())).collect();
        notes.push(Note::new("formerly", names.join(", "), Look::Plain));
    }
    notes.push(Note::new("to date", recorded(value), Look::Plain));
    notes.push(match value.unranked {
        // Its shares are 0, which would read as a forecast of no incidents.
        Some(reason) => Note::new("unranked", unranked_phrase(reason), Look::Plain),
        None => Note::new("expected", expected(&value.forecast), Look::Plain),
    });
    if let Some(factors) = &value.forecast.factors {
        let size = format!("{} of all lines of code", percent(factors.size));
        let drivers = driver_phrases(factors);
        let texts: Vec<String> = std::iter::once(size).chain(drivers).collect();
        notes.push(Note::new("because", texts.join(", "), Look::Plain));
    }
    if let (Some(change), ExplainedSubject::Area { name, .. }) = (&value.change, &value.subject) {
        let name = visible(name.as_bytes());
        let text = broken_year::sentences(&name, change, &value.broken_years);
        notes.extend(text.map(|text| Note::new("this year", text, Look::Plain)));
    }
    if !value.model.changed_constants.is_empty() {
        notes.push(Note::new("constants", changed_constants(&value.model.changed_constants), Look::Plain));
    }
    Section { title: "SUMMARY".to_owned(), notes, ..Section::default() }
}

fn recorded(value: &Explanation) -> String {
    let recorded = &value.recorded;
    if recorded.incidents == 0 {
        return "no incidents".to_owned();
    }
    let n = recorded.incidents as usize;
    let weighted = incidents(recorded.incident_shares, 1);
    let here = match value.subject {
        ExplainedSubject::Area { .. } => "area",
        ExplainedSubject::File { .. } => "file",
    };
    let incidents_here = counted(n, "incident", "incidents");
    let mut texts =
        vec![format!("{incidents_here} ({weighted} weighted by share of the fix in this {here})")];
    // To the minor unit: this is where a reader adds up.
    let costs: Vec<String> = recorded.costs.iter().map(exact_money).collect();
    if !costs.is_empty() {
        let modelled: Vec<String> =
            recorded.modelled.iter().filter(|sum| sum.minor != 0).map(exact_money).collect();
        let modelled =
            if modelled.is_empty() { String::new() } else { format!(" ({} modelled)", modelled.join(" + ")) };
        texts.push(format!("{}{modelled}", costs.join(" + ")));
    }
    let hours = [(recorded.hours.effort, "hours of work"), (recorded.hours.elapsed, "hours open")];
    texts
        .extend(hours.iter().filter_map(|(hours, unit)| Some(format!("{} {unit}", incidents((*hours)?, 1)))));
    texts.extend(recorded.customers.map(|n| format!("{} customers affected", grouped(n))));
    texts.join(", ")
}

fn expected(forecast: &Forecast) -> String {
    let mut texts: Vec<String> = forecast
        .costs
        .iter()
        .map(|cost| {
            format!("{} per year (80% range {})", amount(cost.minor.mean, cost.currency), cost_range(cost))
        })
        .collect();
    if let Some(interval) = &forecast.incidents {
        texts.push(format!(
            "{} incidents per year (80% range {})",
            incidents(interval.mean, 2),
            count_range(interval)
        ));
    }
    texts.push(format!("{} of the incidents expected in the repository", percent(forecast.shares.total())));
    texts.join(", ")
}

fn steps(value: &Explanation, width: usize) -> Section {
    let steps: Vec<(StepText, f64)> = value.steps.iter().map(|step| (shown_text(step), step.value)).collect();
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let quantity = widest(&mut steps.iter().map(|(text, _)| super::text::width(&text.quantity)));
    let result = widest(&mut steps.iter().map(|(_, value)| super::text::width(&figure(*value)) + 2));
    let formula = widest(&mut steps.iter().map(|(text, _)| super::text::width(&text.formula)));
    let inputs =
        widest(&mut steps.iter().map(|(text, _)| super::text::width(&visible(text.inputs.as_bytes()))));
    // If the numbers of a step do not fit beside its formula, they follow below it.
    let on_one_line =
        [formula, inputs].into_iter().fold(quantity + result + 6, usize::saturating_add) <= width;
    // Below 20 columns a formula would be broken at every word.
    let room = width.saturating_sub(quantity + result + 4).max(20);
    let rows = steps.iter().map(|(step, value)| {
        let inputs = visible(step.inputs.as_bytes());
        let result = Cell::with_look(figure(*value), Look::Bold);
        if on_one_line {
            let texts = [&step.quantity, &step.formula].map(|text| Cell::new(text.as_str()));
            return texts.into_iter().chain([Cell::dim(inputs), result]).collect();
        }
        let mut lines: Vec<(String, Look)> =
            wrap(&step.formula, room).into_iter().map(|line| (line, Look::Plain)).collect();
        if !inputs.is_empty() {
            let filled = wrap(&format!("= {inputs}"), room);
            lines.extend(filled.into_iter().map(|line| (line, Look::Dim)));
        }
        // The column of values stays empty, as they are below the formula.
        vec![Cell::new(step.quantity.as_str()), Cell { lines }, Cell::new(""), result]
    });
    Section {
        title: "CALCULATION".to_owned(),
        aside: String::new(),
        columns: vec![
            TableColumn::word("quantity", 0),
            TableColumn::text("formula", 30, 0),
            TableColumn::text("with values", 30, 0),
            TableColumn::number("result", 0),
        ],
        blocks: vec![Block { subject: None, rows: rows.collect(), more: String::new() }],
        notes: vec![Note::new("", SUMS_NOTE, Look::Dim)],
    }
}

/// How the numbers of a step are to be read.
const SUMS_NOTE: &str = "each result follows from the numbers printed for it; a sum of many shows the largest first, \
                         then the others together";

fn incident_section(value: &Explanation, options: &RenderOptions) -> Option<Section> {
    let caption = Caption {
        title: "INCIDENTS".to_owned(),
        aside: match value.subject {
            ExplainedSubject::Area { .. } => "cost and weight show this area's share",
            ExplainedSubject::File { .. } => "cost and weight show this file's share",
        }
        .to_owned(),
        default_top: MOST_ROWS,
        ..Caption::default()
    };
    evidence(&incident_table(), &value.incidents, caption, options)
}

/// The table of one kind of evidence; `None` without any.
fn evidence<R>(
    columns: &[listing::Column<R>],
    rows: &[R],
    caption: Caption,
    options: &RenderOptions,
) -> Option<Section> {
    (!rows.is_empty()).then(|| listing::section(columns, rows.iter(), caption, options))
}

/// Commits shown per incident: further commits are right in only 2% of cases.
const MOST_INTRODUCERS: usize = 3;

/// The commits that probably introduced incidents whose fixes deleted lines.
fn introduction_section(value: &Explanation, top: Option<usize>) -> Option<Section> {
    let asked = value.incidents.iter().filter_map(|incident| Some((incident, incident.introduced.as_ref()?)));
    let asked: Vec<_> = asked.collect();
    if asked.is_empty() {
        return None;
    }
    let found: Vec<_> = asked.iter().filter(|(_, introduction)| !introduction.commits.is_empty()).collect();
    let limit = Limit::new(top, 10);
    let mut rows = Vec::new();
    for (incident, introduction) in found.iter().take(limit.rows()) {
        for (position, commit) in introduction.commits.iter().take(MOST_INTRODUCERS).enumerate() {
            // The ID once per incident; the first commit is the likeliest.
            let is_first = position == 0;
            rows.push(vec![
                Cell::new(if is_first { visible(incident.id.as_bytes()) } else { String::new() }),
                Cell::with_look(commit.id.short(), if is_first { Look::Bold } else { Look::Dim }),
                Cell::dim(day(commit.time)),
                Cell::new(format!("{} of {}", grouped(commit.lines), grouped(introduction.deleted))),
                Cell::new(visible(commit.summary.as_bytes())),
            ]);
        }
    }
    let without = asked.len() - found.len();
    let mut notes = vec![Note::new("", INTRODUCTION_NOTE, Look::Dim)];
    if without > 0 {
        let text = format!(
            "{} without a candidate: no deleted line has a known origin",
            counted(without, "incident", "incidents")
        );
        notes.push(Note::new("", text, Look::Dim));
    }
    Some(Section {
        title: "PROBABLY INTRODUCED BY".to_owned(),
        aside: "commits that wrote the lines deleted by the fixes".to_owned(),
        columns: vec![
            TableColumn::text("incident", 14, 0),
            TableColumn::word("commit", 0),
            TableColumn::word("date", 3),
            TableColumn::number("deleted\nlines", 1),
            TableColumn::text("subject", 24, 2),
        ],
        blocks: vec![Block { subject: None, rows, more: limit.more(found.len()) }],
        notes,
    })
}

/// Measured on the incident files that name the introducing commits; docs/metrics.md has the table.
const INTRODUCTION_NOTE: &str = "a hint only: the first commit is the one named by the project in about a \
                                 third of cases; no figure depends on it, and the author of a line did not \
                                 necessarily make the mistake";

fn commit_section(value: &Explanation, options: &RenderOptions) -> Option<Section> {
    let caption = Caption {
        title: "COMMITS".to_owned(),
        aside: "newest first; work: 2^(-age / half-life) / source files".to_owned(),
        default_top: MOST_ROWS,
        ..Caption::default()
    };
    evidence(&commit_table(), &value.commits, caption, options)
}

fn file_section(value: &Explanation, options: &RenderOptions) -> Option<Section> {
    let caption = Caption {
        title: "FILES".to_owned(),
        aside: format!("by expected {}", if value.forecast.costs.is_empty() { "incidents" } else { "cost" }),
        default_top: MOST_ROWS,
        ..Caption::default()
    };
    evidence(&file_table(), &value.files, caption, options)
}
