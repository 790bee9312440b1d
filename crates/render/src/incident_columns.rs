//! The columns of a report's incidents.

use debtscan_findings::{DateBasis, IncidentReport, Report};

use crate::json::{IntroductionJson, PlacementJson, PriceJson};
use crate::listing::{Column, Kind, Value};
use crate::words::{date_code, exclusion_code};

/// An incident with the report that has its files.
pub(crate) struct IncidentRow<'a> {
    pub(crate) report: &'a Report,
    pub(crate) incident: &'a IncidentReport,
}

/// The columns of an incident.
pub(crate) fn incident_columns<'a>() -> Vec<Column<IncidentRow<'a>>> {
    let mut columns = identity_columns();
    columns.extend(cost_columns());
    columns.extend([
        Column::nested::<PlacementJson>("placement", "Where it was placed.", |it: &IncidentRow<'a>| {
            Value::nested(Some(PlacementJson::new(it.report, &it.incident.placement)))
        }),
        Column::new(
            // The older term: keys of JSON stay until `schema_version` changes.
            "left_out",
            Kind::Word,
            "Why it takes no part in the ranking: `unplaced`, `undated`, `after-as-of`, `wide-fix` or \
             `no-present-source`; `null` when it does.",
            |it: &IncidentRow<'a>| Value::maybe_word(it.incident.excluded.map(exclusion_code)),
        )
        .nullable(),
        Column::nested::<Option<IntroductionJson>>(
            "introduced",
            "What probably introduced it, a hint; `null` without `--introduced`, and when no commit is known to have \
             fixed it.",
            |it: &IncidentRow<'a>| Value::nested(it.incident.introduced.as_ref().map(IntroductionJson::new)),
        )
        .nullable(),
    ]);
    columns
}

fn identity_columns<'a>() -> Vec<Column<IncidentRow<'a>>> {
    let time = |key, doc, value| Column::new(key, Kind::Time, doc, value).nullable();
    vec![
        // An exact word: programs join by it, unlike in the dry run.
        Column::new("id", Kind::Word, "Its id, as the tracker writes it.", |it: &IncidentRow<'a>| {
            Value::word(it.incident.id.as_str())
        }),
        Column::new("title", Kind::Text, "Its title; may be empty.", |it: &IncidentRow<'a>| {
            Value::text(it.incident.title.as_str())
        }),
        time(
            "opened_at",
            "When it began, by the export; `null` when that does not say.",
            |it: &IncidentRow<'a>| {
                Value::time(it.incident.opened.filter(|_| it.incident.dated_by == Some(DateBasis::Opened)))
            },
        ),
        time(
            "dated_at",
            "When it began, as the ranking dates it; `null` without any date.",
            |it: &IncidentRow<'a>| Value::time(it.incident.opened),
        ),
        Column::new(
            "dated_by",
            Kind::Word,
            "Which date `dated_at` is: `opened`, `first-fix` or `resolved`; `null` without one.",
            |it: &IncidentRow<'a>| Value::maybe_word(it.incident.dated_by.map(date_code)),
        )
        .nullable(),
        time("resolved_at", "When it was over; `null` when unknown.", |it: &IncidentRow<'a>| {
            Value::time(it.incident.resolved)
        }),
        Column::new(
            "severity",
            Kind::Text,
            "The severity as written; `null` when unknown.",
            |it: &IncidentRow<'a>| Value::maybe_text(it.incident.severity.as_deref()),
        )
        .nullable(),
    ]
}

fn cost_columns<'a>() -> Vec<Column<IncidentRow<'a>>> {
    let of = |key, kind, doc, value| Column::new(key, kind, doc, value).nullable();
    vec![
        of(
            "cost",
            Kind::Amount,
            "What it cost, recorded or modelled; `null` when unknown, which is not zero.",
            |it: &IncidentRow<'a>| Value::amount(it.incident.cost),
        ),
        Column::nested::<Option<PriceJson>>(
            "price",
            "How the cost is known; `null` without one.",
            |it: &IncidentRow<'a>| Value::nested(it.incident.price.as_ref().map(PriceJson::new)),
        )
        .nullable(),
        of(
            "effort_hours",
            Kind::Figure,
            "Hours that people worked on it; `null` when unknown.",
            |it: &IncidentRow<'a>| Value::figure(it.incident.hours.effort),
        ),
        of(
            "elapsed_hours",
            Kind::Figure,
            "Hours from beginning to end; `null` when unknown.",
            |it: &IncidentRow<'a>| Value::figure(it.incident.hours.elapsed),
        ),
        of("customers", Kind::Count, "Customers affected; `null` when unknown.", |it: &IncidentRow<'a>| {
            Value::maybe_count(it.incident.customers)
        }),
        of("url", Kind::Text, "Link to the tracker; `null` when unknown.", |it: &IncidentRow<'a>| {
            Value::maybe_text(it.incident.url.as_deref())
        }),
    ]
}
