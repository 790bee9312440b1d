//! The columns of an explanation: steps, incidents, commits and files.
//!
//! They are in the order of JSON; the `_TABLE` constants have the order of tables.

use debtscan_findings::{
    DateBasis, ExplainedCommit, ExplainedFile, ExplainedIncident, Explanation, Forecast, Recorded,
};
use debtscan_model::CommitId;

use crate::document::{Cell, Look};
use crate::figure_columns::{Ranked, figure_columns};
use crate::json::{IntroductionJson, PriceJson, SupportJson};
use crate::listing::{Column, Kind, Value, arranged};
use crate::number::{amount, count, count_range, day, grouped, incidents, money, percent, weight};
use crate::price::formula_text;
use crate::step::StepText;
use crate::text::visible;
use crate::words::{confidence_code, date_code, method_code, method_phrase, opened_day};

/// A step of the computation, with its result.
pub(crate) struct StepRow {
    pub(crate) text: StepText,
    pub(crate) value: f64,
}

/// The columns of a step.
pub(crate) fn step_columns() -> Vec<Column<StepRow>> {
    let text = |key, doc, value| Column::new(key, Kind::Text, doc, value);
    vec![
        text("quantity", "Its name.", |row: &StepRow| Value::text(row.text.quantity.as_str())),
        text("formula", "How it is computed.", |row: &StepRow| Value::text(row.text.formula.as_str())),
        text(
            "inputs",
            "The formula with numbers filled in, whose result is the value: `+`, `-`, `x`, `/`, `^`, `ln()`, `exp()`, \
             `min(,)`, `max(,)`. A sum of many shows the largest first, then the others together.",
            |row: &StepRow| Value::text(row.text.inputs.as_str()),
        ),
        Column::new("value", Kind::Figure, "The result.", |row: &StepRow| Value::Figure(row.value)),
    ]
}

/// The first columns of the table of incidents.
const INCIDENT_TABLE: [&str; 11] = [
    "id",
    "dated_at",
    "title",
    "method",
    "confidence",
    "fix_lines",
    "share",
    "cost",
    "price",
    "weight",
    "fix_commits",
];

/// The columns of an incident in tables.
pub(crate) fn incident_table() -> Vec<Column<ExplainedIncident>> {
    arranged(incident_columns(), &INCIDENT_TABLE)
}

/// The columns of an incident.
pub(crate) fn incident_columns() -> Vec<Column<ExplainedIncident>> {
    let mut columns = incident_identity();
    columns.extend(incident_evidence());
    columns.extend(incident_figures());
    columns.push(
        Column::nested::<Option<IntroductionJson>>(
            "introduced",
            "What probably introduced it, a hint; `null` without `--introduced`, and when no commit is known to have \
             fixed it.",
            |it: &ExplainedIncident| Value::nested(it.introduced.as_ref().map(IntroductionJson::new)),
        )
        .nullable(),
    );
    columns
}

fn incident_identity() -> Vec<Column<ExplainedIncident>> {
    let time = |key, doc, value| Column::new(key, Kind::Time, doc, value).nullable();
    vec![
        Column::new("id", Kind::Text, "Its id.", |it: &ExplainedIncident| Value::text(it.id.as_str()))
            .shown("incident", 0)
            .comfort(14),
        Column::new("title", Kind::Text, "Its title; may be empty.", |it: &ExplainedIncident| {
            Value::text(it.title.as_str())
        })
        .shown("title", 6)
        .comfort(16),
        time(
            "opened_at",
            "When it began, by the export; `null` when that does not say.",
            |it: &ExplainedIncident| {
                // `opened_at` is what the export says. The date that the ranking uses is the next
                // column.
                Value::time(it.opened.filter(|_| it.dated_by == Some(DateBasis::Opened)))
            },
        ),
        time(
            "dated_at",
            "When it began, as the ranking dates it; `null` without any date.",
            |it: &ExplainedIncident| Value::time(it.opened),
        )
        .shown("opened", 3)
        .cell(|it| Cell::dim(opened_day(it.opened, it.dated_by))),
        time(
            "known_at",
            "When it was known, from which on its weight decays; `null` without any date.",
            |it: &ExplainedIncident| Value::time(it.known),
        ),
        Column::new(
            "dated_by",
            Kind::Word,
            "Which date `dated_at` is: `opened`, `first-fix` or `resolved`; `null` without one.",
            |it: &ExplainedIncident| Value::maybe_word(it.dated_by.map(date_code)),
        )
        .nullable(),
    ]
}

fn incident_evidence() -> Vec<Column<ExplainedIncident>> {
    vec![
        Column::new(
            "method",
            Kind::Word,
            "`fix-commit`, `pull-request`, `explicit-path`, `text-path`, `ticket-id`, `area-name`, `owner` or \
             `area-word`.",
            |it: &ExplainedIncident| Value::word(method_code(it.method)),
        )
        .shown("placed by", 2)
        .cell(|it| Cell::new(method_phrase(it.method))),
        Column::new("confidence", Kind::Word, "`high`, `medium` or `low`.", |it: &ExplainedIncident| {
            Value::word(confidence_code(it.confidence))
        })
        .shown("confidence", 5)
        .cell(|it| Cell::dim(confidence(it))),
        Column::nested::<Vec<SupportJson>>(
            "support",
            "Other evidence, the strongest first; one entry per method.",
            |it: &ExplainedIncident| Value::nested(Some(SupportJson::list(&it.support))),
        ),
    ]
}

fn incident_figures() -> Vec<Column<ExplainedIncident>> {
    let figure = |key, doc, value| Column::new(key, Kind::Figure, doc, value);
    vec![
        figure("share", "The subject's share of it, `0..=1`.", |it: &ExplainedIncident| {
            Value::Figure(it.share)
        })
        .shown("share\nhere", 0)
        .cell(|it| Cell::new(percent(it.share))),
        Column::new(
            "cost",
            Kind::Amount,
            "The subject's part of its cost; `null` when it has none.",
            |it: &ExplainedIncident| Value::amount(it.cost),
        )
        .nullable()
        .shown("cost\nhere", 0)
        .cell(|it| Cell::with_look(it.cost.map_or_else(String::new, money), Look::Bold)),
        Column::nested::<Option<PriceJson>>(
            "price",
            "How its whole cost is known; `null` without one.",
            |it: &ExplainedIncident| Value::nested(it.price.as_ref().map(PriceJson::new)),
        )
        .nullable()
        .shown("modelled by", 4)
        .comfort(20)
        .cell(|it| Cell::dim(price(it))),
        Column::new(
            "fix_commits",
            Kind::Words,
            "Full ids of the fix commits found: sorted.",
            |it: &ExplainedIncident| Value::Words(it.fix_commits.iter().map(ToString::to_string).collect()),
        )
        .shown("fix commit", 0)
        // Shortened IDs must not be shortened again.
        .like_word()
        .cell(|it| Cell::stacked(short_ids(it), Look::Dim)),
        Column::new(
            "fix_lines",
            Kind::Count,
            "Lines of the fixes in the subject; 0 when it was not placed by lines.",
            |it: &ExplainedIncident| Value::Count(it.fix_lines),
        )
        .shown("fix\nlines", 4)
        // 0 lines mean another kind of evidence here, not a fix without lines.
        .cell(|it| Cell::new(if it.fix_lines == 0 { String::new() } else { grouped(it.fix_lines) })),
        figure(
            "weight",
            "Its weight in the ranking: share x 2^(-age / 1,460 days); 0 when it takes no part.",
            |it: &ExplainedIncident| Value::Figure(it.weight),
        )
        .shown("decayed\nweight", 1)
        .cell(|it| Cell::new(weight(it.weight))),
    ]
}

/// The confidence, with the number of other pieces of evidence that agree or disagree.
fn confidence(incident: &ExplainedIncident) -> String {
    let agreeing = incident.support.iter().filter(|it| it.agrees).count();
    let against = incident.support.len() - agreeing;
    let mut words = vec![confidence_code(incident.confidence).to_owned()];
    for (number, sign) in [(agreeing, '+'), (against, '-')] {
        if number > 0 {
            words.push(format!("{sign}{number}"));
        }
    }
    words.join(" ")
}

/// The `[price]` lines behind a modelled cost; empty for a recorded cost.
fn price(incident: &ExplainedIncident) -> String {
    let lines = incident.price.iter().flat_map(|price| &price.parts);
    let texts: Vec<String> =
        lines.map(|part| format!("{}: {}", part.line, formula_text(&part.formula))).collect();
    visible(texts.join("; ").as_bytes())
}

/// The first two fix commits, and how many others there are.
fn short_ids(incident: &ExplainedIncident) -> Vec<String> {
    let mut ids: Vec<String> = incident.fix_commits.iter().take(2).map(CommitId::short).collect();
    if incident.fix_commits.len() > ids.len() {
        ids.push(format!("and {} more", count(incident.fix_commits.len() - ids.len())));
    }
    ids
}

/// The first columns of the table of commits.
const COMMIT_TABLE: [&str; 6] =
    ["id", "committed_at", "lines_added", "lines_deleted", "source_files", "work"];

/// The columns of a commit in tables.
pub(crate) fn commit_table() -> Vec<Column<ExplainedCommit>> {
    arranged(commit_columns(), &COMMIT_TABLE)
}

/// The columns of a commit.
pub(crate) fn commit_columns() -> Vec<Column<ExplainedCommit>> {
    let count = |key, doc, value| Column::new(key, Kind::Count, doc, value);
    vec![
        Column::new("id", Kind::Word, "Full id.", |it: &ExplainedCommit| Value::word(it.id.to_string()))
            .shown("commit", 0)
            .cell(|it| Cell::dim(it.id.short())),
        Column::new("committed_at", Kind::Time, "Committer time.", |it: &ExplainedCommit| {
            Value::Time(it.time)
        })
        .shown("date", 0)
        .cell(|it| Cell::new(day(it.time))),
        Column::new("summary", Kind::Text, "First line of the message.", |it: &ExplainedCommit| {
            Value::text(it.summary.as_str())
        })
        .shown("subject", 0)
        .comfort(24),
        count("lines_added", "Lines added in the subject.", |it: &ExplainedCommit| {
            Value::Count(it.lines_added)
        })
        .shown("added", 2)
        .cell(|it| Cell::new(format!("+{}", grouped(it.lines_added)))),
        count("lines_deleted", "Lines deleted in the subject.", |it: &ExplainedCommit| {
            Value::Count(it.lines_deleted)
        })
        .shown("deleted", 2)
        .cell(|it| Cell::new(format!("-{}", grouped(it.lines_deleted)))),
        count("source_files", "Source files that the whole commit touches.", |it: &ExplainedCommit| {
            Value::count(it.source_files)
        })
        .shown("source\nfiles", 1),
        Column::new(
            "weight",
            Kind::Figure,
            "Its weight in the recent revisions: 2^(-age / 180 days); 0 for a commit of more than 50 source \
             files.",
            |it: &ExplainedCommit| Value::Figure(it.weight),
        ),
        Column::new(
            "work",
            Kind::Figure,
            "What it counts as work on each of its files: 2^(-age / 365 days) / source files; 0 for a commit of more \
             than 50.",
            |it: &ExplainedCommit| Value::Figure(it.work),
        )
        .shown("work", 0)
        .cell(|it| Cell::with_look(weight(it.work), Look::Bold)),
    ]
}

/// The first columns of the table of files.
const FILE_TABLE: [&str; 7] = [
    "path",
    "incidents",
    "cost_so_far",
    "expected_incidents_per_year",
    "expected_cost_per_year",
    "range",
    "expected_share",
];

/// The columns of a file in tables.
pub(crate) fn file_table() -> Vec<Column<ExplainedFile>> {
    arranged(file_columns(), &FILE_TABLE)
}

/// The columns of a file.
pub(crate) fn file_columns() -> Vec<Column<ExplainedFile>> {
    let path = |it: &ExplainedFile| Value::Path(it.path.clone());
    let mut columns = vec![Column::new("path", Kind::Path, "Its path.", path).shown("file", 0)];
    columns.extend(figure_columns().into_iter().map(titled));
    let range = |it: &ExplainedFile| it.forecast.incidents.map_or(Value::None, Value::Range);
    columns.extend([Column::new("range", Kind::Range, "", range)
        // Data has the same range inside the expected incidents.
        .only_table()
        .shown("80% range\nincidents", 5)
        .cell(|it| Cell::dim(it.forecast.incidents.as_ref().map_or_else(String::new, count_range)))]);
    columns
}

/// Gives a figure its title and its cell.
fn titled(column: Column<ExplainedFile>) -> Column<ExplainedFile> {
    match column.field.key {
        "incidents" => column.shown("incidents\nto date", 4).cell(|it| {
            let n = it.recorded.incidents;
            Cell::new(if n == 0 { String::new() } else { grouped(n) })
        }),
        "cost_so_far" => column
            .shown("cost\nto date", 0)
            .cell(|it| Cell::stacked(it.recorded.costs.iter().map(money), Look::Plain)),
        "expected_incidents_per_year" => column.shown("expected\nincidents", 3).cell(|it| {
            Cell::new(it.forecast.incidents.map_or_else(String::new, |range| incidents(range.mean, 2)))
        }),
        "expected_cost_per_year" => column.shown("expected\ncost", 0).cell(|it| {
            let means = it.forecast.costs.iter().map(|cost| amount(cost.minor.mean, cost.currency));
            Cell::stacked(means, Look::Bold)
        }),
        "expected_share" => {
            column.shown("share", 0).cell(|it| Cell::new(percent(it.forecast.shares.total())))
        }
        // Other figures are for programs: a table of files has no room for them.
        _ => column,
    }
}

impl Ranked for ExplainedFile {
    fn recorded(&self) -> &Recorded {
        &self.recorded
    }

    fn forecast(&self) -> &Forecast {
        &self.forecast
    }
}

impl Ranked for Explanation {
    fn recorded(&self) -> &Recorded {
        &self.recorded
    }

    fn forecast(&self) -> &Forecast {
        &self.forecast
    }
}
