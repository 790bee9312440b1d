//! The evidence of an explanation as one table: a row per step, incident, commit and file.

use debtscan_findings::{ExplainedCommit, ExplainedFile, ExplainedIncident, Explanation};
use debtscan_incidents::Money;

use crate::listing::{Column, Kind, Value};
use crate::number::decimal;
use crate::step::{StepText, step_text};
use crate::words::{basis_code, confidence_code, method_code};

/// A piece of evidence.
pub(crate) enum Evidence<'a> {
    Step(StepText, f64),
    Incident(&'a ExplainedIncident),
    Commit(&'a ExplainedCommit),
    /// A file, once per currency, so that amounts are not summed across currencies.
    File(&'a ExplainedFile, Option<Money>),
}

/// Every piece of evidence; each list except the steps is limited to `top` rows.
pub(crate) fn rows(value: &Explanation, top: usize) -> Vec<Evidence<'_>> {
    // Never cut: a computation with a step missing cannot be followed.
    let steps = value.steps.iter().map(|step| Evidence::Step(step_text(step), step.value));
    let incidents = value.incidents.iter().take(top).map(Evidence::Incident);
    let commits = value.commits.iter().take(top).map(Evidence::Commit);
    let files = value.files.iter().take(top).flat_map(|file| {
        let costs: Vec<Money> = file.recorded.costs.iter().collect();
        let is_free = costs.is_empty();
        // A file without a cost still has a share, so it has a row.
        let costs = costs.into_iter().map(Some).chain(is_free.then_some(None));
        costs.map(move |cost| Evidence::File(file, cost))
    });
    steps.chain(incidents).chain(commits).chain(files).collect()
}

/// The columns of the table.
///
/// `value` is the result of a step, the weight of an incident or commit, or the share of a file.
pub(crate) fn columns<'a>() -> Vec<Column<Evidence<'a>>> {
    let column = |key, kind, value| Column::new(key, kind, "", value).nullable();
    vec![
        column("kind", Kind::Word, kind),
        column("id", Kind::Word, id),
        column("date", Kind::Time, date),
        column("text", Kind::Text, text),
        column("method", Kind::Word, |it: &Evidence<'a>| {
            of_incident(it, |incident| Value::word(method_code(incident.method)))
        }),
        column("confidence", Kind::Word, |it: &Evidence<'a>| {
            of_incident(it, |incident| Value::word(confidence_code(incident.confidence)))
        }),
        column("share", Kind::Figure, |it: &Evidence<'a>| {
            of_incident(it, |incident| Value::Figure(incident.share))
        }),
        // Exact decimal text with its currency in a column of its own: a row may be in any
        // currency, so the amount cannot be in the name of a column.
        column("cost", Kind::Word, |it: &Evidence<'a>| {
            cost(it).map_or(Value::None, |cost| Value::word(decimal(cost.minor, cost.currency)))
        }),
        column("currency", Kind::Word, |it: &Evidence<'a>| {
            cost(it).map_or(Value::None, |cost| Value::word(cost.currency.code()))
        }),
        column("fix_commits", Kind::Word, |it: &Evidence<'a>| of_incident(it, fix_commits)),
        column("lines_added", Kind::Count, |it: &Evidence<'a>| {
            of_commit(it, |commit| Value::Count(commit.lines_added))
        }),
        column("lines_deleted", Kind::Count, |it: &Evidence<'a>| {
            of_commit(it, |commit| Value::Count(commit.lines_deleted))
        }),
        column("fix_lines", Kind::Count, |it: &Evidence<'a>| {
            of_incident(it, |incident| Value::Count(incident.fix_lines))
        }),
        column("source_files", Kind::Count, |it: &Evidence<'a>| {
            of_commit(it, |commit| Value::count(commit.source_files))
        }),
        column("formula", Kind::Text, |it: &Evidence<'a>| {
            of_step(it, |step| Value::text(step.formula.as_str()))
        }),
        column("inputs", Kind::Text, |it: &Evidence<'a>| {
            of_step(it, |step| Value::text(step.inputs.as_str()))
        }),
        column("value", Kind::Figure, value),
        column("cost_basis", Kind::Word, |it: &Evidence<'a>| {
            of_incident(it, |incident| {
                Value::word(incident.price.as_ref().map_or("", |price| basis_code(price.basis)))
            })
        }),
    ]
}

fn kind(row: &Evidence<'_>) -> Value {
    Value::word(match row {
        Evidence::Step(..) => "step",
        Evidence::Incident(_) => "incident",
        Evidence::Commit(_) => "commit",
        Evidence::File(..) => "file",
    })
}

fn id(row: &Evidence<'_>) -> Value {
    match row {
        Evidence::Step(step, _) => Value::word(step.quantity.as_str()),
        Evidence::Incident(incident) => Value::word(incident.id.as_str()),
        Evidence::Commit(commit) => Value::word(commit.id.to_string()),
        // Every byte of the path, because other programs join by it.
        Evidence::File(file, _) => Value::Path(file.path.clone()),
    }
}

fn date(row: &Evidence<'_>) -> Value {
    match row {
        Evidence::Incident(incident) => Value::time(incident.opened),
        Evidence::Commit(commit) => Value::Time(commit.time),
        Evidence::Step(..) | Evidence::File(..) => Value::None,
    }
}

fn text(row: &Evidence<'_>) -> Value {
    match row {
        Evidence::Incident(incident) => Value::text(incident.title.as_str()),
        Evidence::Commit(commit) => Value::text(commit.summary.as_str()),
        Evidence::Step(..) | Evidence::File(..) => Value::None,
    }
}

fn value(row: &Evidence<'_>) -> Value {
    Value::Figure(match row {
        Evidence::Step(_, value) => *value,
        Evidence::Incident(incident) => incident.weight,
        Evidence::Commit(commit) => commit.weight,
        Evidence::File(file, _) => file.forecast.shares.total(),
    })
}

fn cost(row: &Evidence<'_>) -> Option<Money> {
    match row {
        Evidence::Incident(incident) => incident.cost,
        Evidence::File(_, cost) => *cost,
        Evidence::Step(..) | Evidence::Commit(_) => None,
    }
}

fn fix_commits(incident: &ExplainedIncident) -> Value {
    let ids: Vec<String> = incident.fix_commits.iter().map(ToString::to_string).collect();
    Value::word(ids.join(" "))
}

fn of_step(row: &Evidence<'_>, value: fn(&StepText) -> Value) -> Value {
    match row {
        Evidence::Step(step, _) => value(step),
        _ => Value::None,
    }
}

fn of_incident(row: &Evidence<'_>, value: fn(&ExplainedIncident) -> Value) -> Value {
    match row {
        Evidence::Incident(incident) => value(incident),
        _ => Value::None,
    }
}

fn of_commit(row: &Evidence<'_>, value: fn(&ExplainedCommit) -> Value) -> Value {
    match row {
        Evidence::Commit(commit) => value(commit),
        _ => Value::None,
    }
}
