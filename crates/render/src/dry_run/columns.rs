//! The columns of a dry run: columns of incident files, rejected values, incidents.

use debtscan_findings::{PlacementReport, Report};
use debtscan_incidents::{ColumnMapping, Incident, RejectedRow, RowFate, Severity};

use crate::json::{ReadPlacementJson, RequestJson};
use crate::listing::{Column, Kind, Value};

/// The columns of a column of an incident file.
pub(crate) fn mapping_columns() -> Vec<Column<ColumnMapping>> {
    let text = |key, doc, value| Column::new(key, Kind::Text, doc, value);
    let words = |key, doc, value| Column::new(key, Kind::Words, doc, value);
    vec![
        text("file", "The file as named on the command line.", |it: &ColumnMapping| {
            Value::text(it.file.as_str())
        }),
        text("column", "The header as written.", |it: &ColumnMapping| Value::text(it.column.as_str())),
        Column::new(
            "field",
            Kind::Word,
            "The field it is read as; `null` when it is not read.",
            |it: &ColumnMapping| Value::maybe_word(it.field),
        )
        .nullable(),
        words("how", "What to know about it: `day first`, `in seconds`.", |it: &ColumnMapping| {
            Value::Words(it.how.clone())
        }),
        Column::new("filled_rows", Kind::Count, "Rows with a value.", |it: &ColumnMapping| {
            Value::Count(it.present)
        }),
        words(
            "samples",
            "Its first different values, at most three, cut when they are long.",
            |it: &ColumnMapping| Value::Words(it.samples.clone()),
        ),
    ]
}

/// The columns of a value or row that could not be used.
pub(crate) fn rejected_columns() -> Vec<Column<RejectedRow>> {
    let text = |key, doc, value| Column::new(key, Kind::Text, doc, value);
    vec![
        text("file", "The file as named on the command line.", |it: &RejectedRow| {
            Value::text(it.position.file.as_str())
        }),
        Column::new(
            "line",
            Kind::Count,
            "The line on which the row starts, counted from 1.",
            |it: &RejectedRow| Value::Count(it.position.line),
        ),
        text(
            "column",
            "The column's header; empty when the whole row is the problem.",
            |it: &RejectedRow| Value::text(it.column.as_str()),
        ),
        text("value", "The value as written.", |it: &RejectedRow| Value::text(it.value.as_str())),
        text("reason", "What is wrong with it.", |it: &RejectedRow| Value::text(it.reason.as_str())),
        Column::new(
            "row_dropped",
            Kind::Flag,
            "Whether the whole row is not used, rather than this value alone.",
            |it: &RejectedRow| Value::Flag(it.fate != RowFate::ValueIgnored),
        ),
        Column::new(
            "row_excluded",
            Kind::Flag,
            "Whether the row is understood, and is no incident or account of this repository: nothing is lost.",
            |it: &RejectedRow| Value::Flag(it.is_excluded()),
        ),
    ]
}

/// An incident as it was read, and where it would be placed.
pub(crate) struct ReadIncident<'a> {
    pub(crate) incident: &'a Incident,
    /// `None` without a repository.
    pub(crate) placement: Option<(&'a Report, &'a PlacementReport)>,
}

/// The columns of an incident.
pub(crate) fn read_incident_columns<'a>() -> Vec<Column<ReadIncident<'a>>> {
    let mut columns = identity_columns();
    columns.extend(time_columns());
    columns.extend(impact_columns());
    columns.extend(evidence_columns());
    columns.push(
        Column::nested::<Option<ReadPlacementJson>>(
            "placement",
            "Where it would be placed; `null` without a repository.",
            |it: &ReadIncident<'a>| {
                Value::nested(
                    it.placement.map(|(report, placement)| ReadPlacementJson::new(report, placement)),
                )
            },
        )
        .nullable(),
    );
    columns
}

fn identity_columns<'a>() -> Vec<Column<ReadIncident<'a>>> {
    let words = |key, doc, value| Column::new(key, Kind::Words, doc, value);
    let of = |key, kind, doc, value| Column::new(key, kind, doc, value);
    vec![
        of("file", Kind::Text, "The file of its first row.", |it: &ReadIncident<'a>| {
            Value::text(it.incident.source.file.as_str())
        }),
        of("line", Kind::Count, "The line of its first row.", |it: &ReadIncident<'a>| {
            Value::Count(it.incident.source.line)
        }),
        // Text, not an exact word: nothing joins by the IDs of a dry run, and a spreadsheet must
        // not run them.
        of("id", Kind::Text, "Its id, as the tracker writes it.", |it: &ReadIncident<'a>| {
            Value::text(it.incident.id.as_str())
        }),
        words("tickets", "Further ids by which commits may name it.", |it: &ReadIncident<'a>| {
            Value::Words(it.incident.tickets.clone())
        }),
        of("title", Kind::Text, "Its title; may be empty.", |it: &ReadIncident<'a>| {
            Value::text(it.incident.title.as_str())
        }),
    ]
}

fn time_columns<'a>() -> Vec<Column<ReadIncident<'a>>> {
    let of = |key, kind, doc, value| Column::new(key, kind, doc, value);
    vec![
        of(
            "opened_at",
            Kind::Time,
            "When it began; `null` when the export does not say.",
            |it: &ReadIncident<'a>| Value::time(it.incident.opened),
        )
        .nullable(),
        of(
            "resolved_at",
            Kind::Time,
            "When it was over; `null` when the export does not say.",
            |it: &ReadIncident<'a>| Value::time(it.incident.resolved),
        )
        .nullable(),
        of(
            "updated_at",
            Kind::Time,
            "When its row was last written; `null` when the export does not say.",
            |it: &ReadIncident<'a>| Value::time(it.incident.updated),
        )
        .nullable(),
        of(
            "elapsed_seconds",
            Kind::Count,
            "How long it lasted: recorded, else from beginning to end; `null` when unknown.",
            |it: &ReadIncident<'a>| Value::maybe_count(it.incident.elapsed().map(|elapsed| elapsed.seconds)),
        )
        .nullable(),
        of(
            "effort_seconds",
            Kind::Count,
            "How long people worked on it, all together; `null` when unknown.",
            |it: &ReadIncident<'a>| Value::maybe_count(it.incident.effort_seconds),
        )
        .nullable(),
    ]
}

fn impact_columns<'a>() -> Vec<Column<ReadIncident<'a>>> {
    let words = |key, doc, value| Column::new(key, Kind::Words, doc, value);
    let of = |key, kind, doc, value| Column::new(key, kind, doc, value);
    vec![
        of(
            "severity",
            Kind::Text,
            "The severity as written; `null` when unknown.",
            |it: &ReadIncident<'a>| Value::maybe_text(it.incident.severity.as_deref()),
        )
        .nullable(),
        of(
            // The level beside the word of the tracker shows how the word was understood.
            "severity_level",
            Kind::Word,
            "`critical`, `high`, `medium`, `low` or `minimal`; `null` when unknown.",
            |it: &ReadIncident<'a>| Value::maybe_word(it.incident.severity_level.map(Severity::name)),
        )
        .nullable(),
        of(
            "cost",
            Kind::Amount,
            "Recorded cost; `null` when unknown, which is not zero.",
            |it: &ReadIncident<'a>| Value::amount(it.incident.cost),
        )
        .nullable(),
        of("customers", Kind::Count, "Customers affected; `null` when unknown.", |it: &ReadIncident<'a>| {
            Value::maybe_count(it.incident.customers)
        })
        .nullable(),
        words("accounts", "Accounts affected, by name or id.", |it: &ReadIncident<'a>| {
            Value::Words(it.incident.accounts.clone())
        }),
        of(
            "churn_risk",
            Kind::Text,
            "How likely the customer is to leave, as written; `null` when unknown.",
            |it: &ReadIncident<'a>| Value::maybe_text(it.incident.churn_risk.as_deref()),
        )
        .nullable(),
        of("root_cause", Kind::Text, "What caused it; `null` when unknown.", |it: &ReadIncident<'a>| {
            Value::maybe_text(it.incident.root_cause.as_deref())
        })
        .nullable(),
    ]
}

fn evidence_columns<'a>() -> Vec<Column<ReadIncident<'a>>> {
    let words = |key, doc, value| Column::new(key, Kind::Words, doc, value);
    let of = |key, kind, doc, value| Column::new(key, kind, doc, value);
    vec![
        // As written, so that a mistyped ID can be found in the export.
        words("fix_commits", "Commits that fixed it, as written.", |it: &ReadIncident<'a>| {
            Value::Words(it.incident.fix_commits.clone())
        }),
        Column::nested::<Vec<RequestJson>>(
            "fix_requests",
            "Pull and merge requests that fixed it.",
            |it: &ReadIncident<'a>| Value::nested(Some(RequestJson::list(&it.incident.fix_requests))),
        ),
        words(
            "introduced_commits",
            "Commits that brought the defect in, as written.",
            |it: &ReadIncident<'a>| Value::Words(it.incident.introduced_commits.clone()),
        ),
        words("paths", "Paths it names.", |it: &ReadIncident<'a>| Value::Words(it.incident.paths.clone())),
        words("areas", "Areas it names.", |it: &ReadIncident<'a>| Value::Words(it.incident.areas.clone())),
        words("components", "Components it names.", |it: &ReadIncident<'a>| {
            Value::Words(it.incident.components.clone())
        }),
        words("services", "Services it names.", |it: &ReadIncident<'a>| {
            Value::Words(it.incident.services.clone())
        }),
        words("projects", "Products and projects it names.", |it: &ReadIncident<'a>| {
            Value::Words(it.incident.projects.clone())
        }),
        words("teams", "Teams it names.", |it: &ReadIncident<'a>| Value::Words(it.incident.teams.clone())),
        words("labels", "Its labels.", |it: &ReadIncident<'a>| Value::Words(it.incident.labels.clone())),
        of("url", Kind::Text, "Link to the tracker; `null` when unknown.", |it: &ReadIncident<'a>| {
            Value::maybe_text(it.incident.url.as_deref())
        })
        .nullable(),
    ]
}
