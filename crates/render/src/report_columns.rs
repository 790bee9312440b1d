//! The columns of a report's areas and files.
//!
//! To add a figure of an area: its value in [`AreaReport`], its computation in the reporter, and one column
//! here, [in JSON](Column::in_json) and with the title that people see. Table, Markdown, JSON, NDJSON, CSV and
//! the JSON Schema follow. Older figures stand in JSON in objects of their own (`churn`, `recorded`,
//! `expected`), whose shape is part of schema version 1.

use debtscan_findings::{AreaReport, FileReport, Forecast, Interval, Recorded, ShareParts};
use debtscan_incidents::{Costs, Money};
use debtscan_model::ComplexityMeasure;

use crate::listing::{Column, Kind, Value};
use crate::number::{decimal, nearest};

/// A file with the id of its area.
pub(crate) struct FileRow<'a> {
    pub(crate) file: &'a FileReport,
    pub(crate) area_id: &'a str,
}

/// The columns of an area.
pub(crate) fn area_columns() -> Vec<Column<AreaReport>> {
    type A = AreaReport;
    let count = |key, doc, value| Column::new(key, Kind::Count, doc, value);
    let mut columns = vec![
        count("rank", "1 for the largest expected cost.", |area: &A| Value::maybe_count(area.rank))
            .nullable(),
        count("start_rank", "1 for the largest expected cost per line of code.", |area: &A| {
            Value::maybe_count(area.start_rank)
        })
        .nullable(),
        Column::new("area_id", Kind::Word, "Stable identifier.", |area: &A| Value::word(area.id.as_str())),
        Column::new("area", Kind::Text, "The name for people.", |area: &A| Value::text(area.name.as_str())),
        Column::new("owner", Kind::Text, "Who answers for it.", |area: &A| {
            Value::text(area.owner.as_deref().unwrap_or(""))
        }),
        Column::new("origin", Kind::Text, "The rule that made it.", |area: &A| {
            Value::text(area.origin.as_str())
        }),
        count("files", "Present files of any class.", |area: &A| Value::count(area.files)),
        count("source_files", "Present source files.", |area: &A| Value::count(area.source_files)),
        count("source_lines", "Lines of code of the source files.", |area: &A| {
            Value::count(area.source_lines)
        }),
        count("revisions", "Commits that touched it.", |area: &A| Value::count(area.churn.revisions)),
        count("revisions_last_year", "Of these, commits of the 365 days to `as_of`.", |area: &A| {
            Value::count(area.revisions_last_year)
        }),
        count("lines_added", "Lines added.", |area: &A| Value::count(area.churn.lines_added)),
        count("lines_deleted", "Lines deleted.", |area: &A| Value::count(area.churn.lines_deleted)),
        count("authors", "Different people, bots left out.", |area: &A| Value::count(area.churn.authors)),
        Column::new("hotspot_score", Kind::Figure, "Sum of the hotspot scores of its files.", |area: &A| {
            Value::Figure(area.hotspot)
        }),
    ];
    columns.extend(customer_columns());
    columns.extend(figure_columns::<A>());
    columns.extend([
        count(
            "incidents_last_12_months",
            "Different incidents with any part here that began in the 365 days to `as_of`.",
            |area: &A| Value::count(area.incidents_last_12_months),
        )
        .shown("incidents\nlast year", 13)
        .in_json(),
        count("incidents_previous_12_months", "The same of the 365 days before those.", |area: &A| {
            Value::count(area.incidents_previous_12_months)
        })
        .shown("incidents\nyear before", 14)
        .in_json(),
    ]);
    columns
}

fn customer_columns() -> Vec<Column<AreaReport>> {
    type A = AreaReport;
    let of = |key, kind, doc, value| Column::new(key, kind, doc, value).nullable();
    vec![
        of("accounts_hit", Kind::Count, "Customer accounts that its incidents hit.", |area: &A| {
            Value::maybe_count(area.customers.as_ref().map(|it| it.accounts.len()))
        }),
        of("account_hits", Kind::Count, "How often any of them was hit.", |area: &A| {
            Value::maybe_count(area.customers.as_ref().map(|it| it.hits))
        }),
        of("account_revenue_per_year", Kind::Word, "What those accounts pay a year.", |area: &A| {
            area.customers.as_ref().map_or(Value::None, |it| Value::word(amounts(&it.revenue)))
        }),
        of("renewals_ahead", Kind::Count, "Renewals in the 365 days after `as_of`.", |area: &A| {
            Value::maybe_count(area.customers.as_ref().map(|it| it.renewals))
        }),
        of("next_renewal", Kind::Time, "The first of those renewals.", |area: &A| {
            Value::time(area.customers.as_ref().and_then(|it| it.next_renewal))
        }),
    ]
}

/// `USD 1200.00; EUR 3.50`
fn amounts(costs: &Costs) -> String {
    let amount = |money: Money| format!("{} {}", money.currency, decimal(money.minor, money.currency));
    costs.iter().map(amount).collect::<Vec<_>>().join("; ")
}

/// The columns of a file.
pub(crate) fn file_columns<'a>() -> Vec<Column<FileRow<'a>>> {
    let mut columns: Vec<Column<FileRow<'a>>> = vec![
        Column::new("rank", Kind::Count, "1 for the largest expected cost.", |it: &FileRow<'a>| {
            Value::maybe_count(it.file.rank)
        })
        .nullable(),
        Column::new(
            "start_rank",
            Kind::Count,
            "1 for the largest expected cost per line of code.",
            |it: &FileRow<'a>| Value::maybe_count(it.file.start_rank),
        )
        .nullable(),
        Column::new("path", Kind::Path, "Its path, or the last one it had.", |it: &FileRow<'a>| {
            Value::Path(it.file.path.clone())
        }),
        Column::new("present", Kind::Flag, "Whether it exists.", |it: &FileRow<'a>| {
            Value::Flag(it.file.is_present)
        }),
        Column::new("area_id", Kind::Word, "Id of its area.", |it: &FileRow<'a>| Value::word(it.area_id)),
        Column::new("class", Kind::Word, "What kind of content it holds.", |it: &FileRow<'a>| {
            Value::word(it.file.class.name())
        }),
        Column::new("language", Kind::Word, "Its language.", |it: &FileRow<'a>| {
            Value::word(it.file.language.map_or("", |language| language.0))
        }),
        Column::new("source_lines", Kind::Count, "Lines of code; 0 when unknown.", |it: &FileRow<'a>| {
            Value::count(it.file.sloc)
        }),
    ];
    columns.extend(complexity_columns());
    columns.extend(figure_columns::<FileRow<'a>>());
    columns
}

fn complexity_columns<'a>() -> Vec<Column<FileRow<'a>>> {
    let count = |key, doc, value| Column::new(key, Kind::Count, doc, value).nullable();
    vec![
        Column::new("complexity_measure", Kind::Word, "How it was measured.", |it: &FileRow<'a>| {
            Value::word(match it.file.measure {
                Some(ComplexityMeasure::SyntaxTree) => "syntax-tree",
                Some(ComplexityMeasure::Indentation) => "indentation",
                None => "",
            })
        }),
        count("cyclomatic", "Cyclomatic complexity.", |it: &FileRow<'a>| {
            Value::maybe_count(it.file.cyclomatic)
        }),
        count("cognitive", "Cognitive complexity.", |it: &FileRow<'a>| Value::maybe_count(it.file.cognitive)),
        count("max_nesting", "Deepest nesting.", |it: &FileRow<'a>| Value::maybe_count(it.file.max_nesting)),
        Column::new("worst_function", Kind::Text, "The most complex function.", |it: &FileRow<'a>| {
            Value::text(it.file.worst_function.as_ref().map_or("", |(name, _, _)| name))
        }),
        count("worst_function_cognitive", "Its cognitive complexity.", |it: &FileRow<'a>| {
            Value::maybe_count(it.file.worst_function.as_ref().map(|(_, _, cognitive)| *cognitive))
        }),
        count("indentation", "Sum of the lines' indentation levels.", |it: &FileRow<'a>| {
            Value::count(it.file.indentation)
        }),
        count("revisions", "Commits that touched it.", |it: &FileRow<'a>| {
            Value::count(it.file.churn.revisions)
        }),
        count("revisions_last_year", "Of these, commits of the 365 days to `as_of`.", |it: &FileRow<'a>| {
            Value::count(it.file.revisions_last_year)
        }),
        count("lines_added", "Lines added.", |it: &FileRow<'a>| Value::count(it.file.churn.lines_added)),
        count("lines_deleted", "Lines deleted.", |it: &FileRow<'a>| {
            Value::count(it.file.churn.lines_deleted)
        }),
        count("authors", "Different people, bots left out.", |it: &FileRow<'a>| {
            Value::count(it.file.churn.authors)
        }),
        Column::new("hotspot_score", Kind::Figure, "Its hotspot score.", |it: &FileRow<'a>| {
            Value::Figure(it.file.hotspot)
        }),
    ]
}

/// What areas and files have in common.
trait Ranked {
    fn recorded(&self) -> &Recorded;
    fn forecast(&self) -> &Forecast;
}

impl Ranked for AreaReport {
    fn recorded(&self) -> &Recorded {
        &self.recorded
    }

    fn forecast(&self) -> &Forecast {
        &self.forecast
    }
}

impl Ranked for FileRow<'_> {
    fn recorded(&self) -> &Recorded {
        &self.file.recorded
    }

    fn forecast(&self) -> &Forecast {
        &self.file.forecast
    }
}

/// What is recorded and expected; the amounts come last.
fn figure_columns<R: Ranked>() -> Vec<Column<R>> {
    let mut columns: Vec<Column<R>> = vec![
        Column::new("incidents", Kind::Count, "Different incidents with any part here.", |row: &R| {
            Value::count(row.recorded().incidents)
        }),
        Column::new("incident_shares", Kind::Figure, "Sum of the incidents' shares here.", |row: &R| {
            Value::Figure(row.recorded().incident_shares)
        }),
        Column::new("customers", Kind::Count, "Customers hit, summed over incidents.", |row: &R| {
            Value::maybe_count(row.recorded().customers)
        })
        .nullable(),
        Column::new("effort_hours", Kind::Figure, "Hours of work, by share.", |row: &R| {
            row.recorded().hours.effort.map_or(Value::None, Value::Figure)
        })
        .nullable(),
        Column::new("elapsed_hours", Kind::Figure, "Hours from beginning to end, by share.", |row: &R| {
            row.recorded().hours.elapsed.map_or(Value::None, Value::Figure)
        })
        .nullable(),
    ];
    columns.extend(share_columns());
    columns.extend(interval_columns());
    columns.extend([
        Column::new("cost_so_far", Kind::Money, "Cost so far, recorded and modelled.", |row: &R| {
            Value::Money(row.recorded().costs.clone())
        }),
        Column::new("modelled_cost_so_far", Kind::Money, "Of that, modelled cost.", |row: &R| {
            Value::Money(row.recorded().modelled.clone())
        }),
        Column::new("expected_cost_per_year_low", Kind::Money, "10 % quantile.", |row: &R| {
            expected(row.forecast(), |it| it.low)
        }),
        Column::new("expected_cost_per_year_mean", Kind::Money, "Expected value.", |row: &R| {
            expected(row.forecast(), |it| it.mean)
        }),
        Column::new("expected_cost_per_year_high", Kind::Money, "90 % quantile.", |row: &R| {
            expected(row.forecast(), |it| it.high)
        }),
    ]);
    columns
}

fn share_columns<R: Ranked>() -> Vec<Column<R>> {
    fn of<R: Ranked>(row: &R, part: fn(&ShareParts) -> f64) -> Value {
        Value::Figure(part(&row.forecast().shares))
    }
    let column = |key, doc, value| Column::new(key, Kind::Figure, doc, value);
    vec![
        column("expected_share", "Share of all incidents to expect.", |row: &R| of(row, ShareParts::total)),
        column("expected_share_size", "The part from size.", |row: &R| of(row, |it| it.size)),
        column("expected_share_change", "What change adds.", |row: &R| of(row, |it| it.change)),
        column("expected_share_complexity", "What complexity adds.", |row: &R| of(row, |it| it.complexity)),
        column("expected_share_surroundings", "What neighbours add.", |row: &R| {
            of(row, |it| it.surroundings)
        }),
        column("expected_share_own_incidents", "The part from own incidents.", |row: &R| {
            of(row, |it| it.own)
        }),
    ]
}

fn interval_columns<R: Ranked>() -> Vec<Column<R>> {
    fn of<R: Ranked>(row: &R, end: fn(&Interval) -> f64) -> Value {
        row.forecast().incidents.as_ref().map_or(Value::None, |it| Value::Figure(end(it)))
    }
    let column = |key, doc, value| Column::new(key, Kind::Figure, doc, value).nullable();
    vec![
        column("expected_incidents_per_year_low", "10 % quantile.", |row: &R| of(row, |it| it.low)),
        column("expected_incidents_per_year_mean", "Expected value.", |row: &R| of(row, |it| it.mean)),
        column("expected_incidents_per_year_high", "90 % quantile.", |row: &R| of(row, |it| it.high)),
    ]
}

/// One end of the expected cost per year; nothing in a currency without forecast.
fn expected(forecast: &Forecast, end: fn(&Interval) -> f64) -> Value {
    let mut costs = Costs::default();
    for cost in &forecast.costs {
        costs.add(Money { minor: nearest(end(&cost.minor)), currency: cost.currency });
    }
    Value::KnownMoney(costs)
}
