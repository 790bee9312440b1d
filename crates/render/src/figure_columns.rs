//! The figures that areas and files have in common: changes, what is recorded and what is expected.

use debtscan_findings::{Forecast, Recorded, ShareFactors};
use debtscan_model::Churn;

use crate::listing::{Column, JsonObject, Kind, Value};

const CHURN: JsonObject = JsonObject {
    key: "churn",
    name: "ChurnJson",
    doc: "How much something was changed in the window.",
    is_nullable: false,
};

const RECORDED: JsonObject = JsonObject {
    key: "recorded",
    name: "RecordedJson",
    doc: "What is recorded, to `as_of`.",
    is_nullable: false,
};

const EXPECTED: JsonObject = JsonObject {
    key: "expected",
    name: "ExpectedJson",
    doc: "What is expected in the 365 days after `as_of`.",
    is_nullable: false,
};

/// Something that commits change.
pub(crate) trait Changed {
    /// Its changes, and the commits of the 365 days to `as_of`.
    fn churn(&self) -> (&Churn, u32);
}

/// Something with incidents and a forecast.
pub(crate) trait Ranked {
    fn recorded(&self) -> &Recorded;
    fn forecast(&self) -> &Forecast;
}

/// Gives some columns a title in tables: (key, title, [drop](crate::listing::Column::shown)).
pub(crate) fn showing<R>(columns: Vec<Column<R>>, shown: &[(&str, &'static str, u8)]) -> Vec<Column<R>> {
    // By key, so that the definition of a figure does not depend on the tables that show it.
    let titled = |column: Column<R>| match shown.iter().find(|(key, ..)| *key == column.field.key) {
        Some((_, title, drop)) => column.shown(title, *drop),
        None => column,
    };
    columns.into_iter().map(titled).collect()
}

/// How much it was changed.
pub(crate) fn churn_columns<R: Changed>() -> Vec<Column<R>> {
    let of = |key, kind, doc, value| Column::new(key, kind, doc, value).inside(&[&CHURN]);
    let count = |key, doc, value| of(key, Kind::Count, doc, value);
    vec![
        count("revisions", "Commits that touched it.", |row: &R| Value::count(row.churn().0.revisions)),
        count("revisions_last_year", "Of these, commits of the 365 days to `as_of`.", |row: &R| {
            Value::count(row.churn().1)
        }),
        count("lines_added", "Lines added.", |row: &R| Value::count(row.churn().0.lines_added)),
        count("lines_deleted", "Lines deleted.", |row: &R| Value::count(row.churn().0.lines_deleted)),
        count(
            "authors",
            "Different people who wrote those commits, including co-authors and excluding bots.",
            |row: &R| Value::count(row.churn().0.authors),
        ),
        of("first_change_at", Kind::Time, "First change; `null` without changes.", |row: &R| {
            Value::time(row.churn().0.first_change)
        })
        .nullable()
        .only_json(),
        of("last_change_at", Kind::Time, "Last change; `null` without changes.", |row: &R| {
            Value::time(row.churn().0.last_change)
        })
        .nullable()
        .only_json(),
    ]
}

/// What is recorded and expected.
pub(crate) fn figure_columns<R: Ranked>() -> Vec<Column<R>> {
    let mut columns = recorded_columns();
    columns.extend(share_columns());
    columns.extend(expected_columns());
    columns
}

fn recorded_columns<R: Ranked>() -> Vec<Column<R>> {
    let of = |key, kind, doc, value| Column::new(key, kind, doc, value).inside(&[&RECORDED]);
    vec![
        of(
            "incidents",
            Kind::Count,
            "Different incidents that certainly had a part here; others count in the shares alone.",
            |row: &R| Value::count(row.recorded().incidents),
        ),
        of("incident_shares", Kind::Figure, "Sum of the incidents' shares here.", |row: &R| {
            Value::Figure(row.recorded().incident_shares)
        }),
        of(
            "cost_so_far",
            Kind::Money,
            "Cost to date, recorded and modelled; one entry per currency, sorted by code, empty when nothing \
             here has a cost.",
            |row: &R| Value::Money(row.recorded().costs.clone()),
        )
        // Within `recorded` the key needs no prefix; a flat CSV does.
        .json("cost"),
        of(
            "modelled_cost_so_far",
            Kind::Money,
            "The part of that cost that the configured price model computes; empty without a model.",
            |row: &R| Value::Money(row.recorded().modelled.clone()),
        )
        .json("modelled_cost"),
        of(
            "effort_hours",
            Kind::Figure,
            "Hours that people worked on those incidents, by their shares here; `null` when unknown.",
            |row: &R| Value::figure(row.recorded().hours.effort),
        )
        .nullable(),
        of(
            "elapsed_hours",
            Kind::Figure,
            "Hours from beginning to end of those incidents, by their shares here; `null` when unknown.",
            |row: &R| Value::figure(row.recorded().hours.elapsed),
        )
        .nullable(),
        of(
            "customers",
            Kind::Count,
            "Customers hit, summed over those incidents (not unique customers); `null` when unknown.",
            |row: &R| Value::maybe_count(row.recorded().customers),
        )
        .nullable(),
    ]
}

fn share_columns<R: Ranked>() -> Vec<Column<R>> {
    fn of<R: Ranked>(row: &R, factor: fn(&ShareFactors) -> f64) -> Value {
        Value::figure(row.forecast().factors.as_ref().map(factor))
    }
    let column =
        |key, json, doc, value| Column::new(key, Kind::Figure, doc, value).json(json).inside(&[&EXPECTED]);
    vec![
        column("expected_share", "share", "Share of all incidents to expect, `0..=1`.", |row: &R| {
            Value::Figure(row.forecast().shares.total())
        }),
        column(
            "expected_share_of_lines",
            "share_of_lines",
            "Its share of the lines of code, `0..=1`. Times the four factors, it is `share`; all five are `null` where \
             `share` is 0.",
            |row: &R| of(row, |it| it.size),
        )
        .nullable(),
        column(
            "factor_change",
            "factor_change",
            "Recent work, growth and changes with tests, per line; above 0, and 1 is the average of the code.",
            |row: &R| of(row, |it| it.change),
        )
        .nullable(),
        column("factor_complexity", "factor_complexity", "Complexity per line, likewise.", |row: &R| {
            of(row, |it| it.complexity)
        })
        .nullable(),
        column(
            "factor_neighbours",
            "factor_neighbours",
            "Work in its folder, and incidents of files that change with it, likewise.",
            |row: &R| of(row, |it| it.surroundings),
        )
        .nullable(),
        column("factor_past_incidents", "factor_past_incidents", "Its past incidents, likewise.", |row: &R| {
            of(row, |it| it.own)
        })
        .nullable(),
    ]
}

fn expected_columns<R: Ranked>() -> Vec<Column<R>> {
    vec![
        Column::new(
            "expected_incidents_per_year",
            Kind::Range,
            "Incidents per year; `null` when no dated incident is known.",
            |row: &R| row.forecast().incidents.map_or(Value::None, Value::Range),
        )
        .json("incidents_per_year")
        .inside(&[&EXPECTED])
        .nullable(),
        Column::new(
            "expected_cost_per_year",
            Kind::MoneyRange,
            "Cost per year; one entry per currency with recorded cost, sorted by code.",
            |row: &R| Value::MoneyRange(row.forecast().costs.clone()),
        )
        .json("cost_per_year")
        .inside(&[&EXPECTED]),
    ]
}
