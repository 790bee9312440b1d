//! The columns of a report's areas and files.
//!
//! To add a figure of an area: its value in [`AreaReport`], its computation in the reporter, and one column
//! here, with a title if people should see it. Table, Markdown, JSON, NDJSON, CSV and the JSON Schema follow.
//! The columns are in the order of JSON. CSV has another order, because it is older, and other names.

use debtscan_findings::{AreaReport, FileReport, Forecast, Recorded, Report};
use debtscan_incidents::{Costs, Money};
use debtscan_model::{Churn, ComplexityMeasure};

use crate::document::Cell;
use crate::figure_columns::{Changed, Ranked, churn_columns, figure_columns, showing};
use crate::json::{ChangeJson, ImpactJson, InComplexJson};
use crate::listing::{Column, JsonObject, Kind, Value, csv_columns};
use crate::number::{decimal, grouped};
use crate::options::Sort;
use crate::overview::figures::score;
use crate::text::visible;

/// The first columns of an area's CSV.
// New columns follow these, so that scripts that read by position still work.
const AREA_CSV: [&str; 23] = [
    "rank",
    "start_rank",
    "area_id",
    "area",
    "owner",
    "origin",
    "files",
    "source_files",
    "source_lines",
    "revisions",
    "revisions_last_year",
    "lines_added",
    "lines_deleted",
    "authors",
    "hotspot_score",
    "accounts_hit",
    "account_hits",
    "account_revenue_per_year",
    "renewals_ahead",
    "next_renewal",
    "incidents",
    "incident_shares",
    "customers",
];

/// The first columns of a file's CSV.
const FILE_CSV: [&str; 24] = [
    "rank",
    "start_rank",
    "path",
    "present",
    "area_id",
    "class",
    "language",
    "source_lines",
    "complexity_measure",
    "cyclomatic",
    "cognitive",
    "max_nesting",
    "worst_function",
    "worst_function_cognitive",
    "indentation",
    "revisions",
    "revisions_last_year",
    "lines_added",
    "lines_deleted",
    "authors",
    "hotspot_score",
    "incidents",
    "incident_shares",
    "customers",
];

const COMPLEXITY: JsonObject = JsonObject {
    key: "complexity",
    name: "ComplexityJson",
    doc: "How complex a file is.",
    is_nullable: false,
};

const WORST_FUNCTION: JsonObject = JsonObject {
    key: "worst_function",
    name: "FunctionJson",
    doc: "The function with the largest cognitive complexity; `null` when there is none.",
    is_nullable: true,
};

/// The columns of an area's CSV.
pub(crate) fn area_csv() -> Vec<Column<AreaReport>> {
    csv_columns(area_columns(), &AREA_CSV)
}

/// The columns of a file's CSV.
pub(crate) fn file_csv<'a>() -> Vec<Column<FileRow<'a>>> {
    csv_columns(file_columns(), &FILE_CSV)
}

/// The columns of an area.
pub(crate) fn area_columns() -> Vec<Column<AreaReport>> {
    let mut columns = area_identity();
    columns.extend(showing(
        churn_columns(),
        &[("revisions_last_year", "commits\nlast year", 8), ("authors", "authors", 12)],
    ));
    let doc = "Sum of the hotspot scores of its source files.";
    columns.push(
        Column::new("hotspot_score", Kind::Figure, doc, |area: &AreaReport| Value::Figure(area.hotspot))
            .shown("hotspot\nscore", 14)
            .cell(|area| score(area.hotspot)),
    );
    columns.extend(showing(figure_columns(), &[("customers", "customers\nhit", 10)]));
    columns.extend(customer_columns());
    columns.extend(change_columns());
    columns.extend([
        Column::new(
            "incidents_last_12_months",
            Kind::Count,
            "Different incidents with any part here that began in the 365 days to `as_of`.",
            |area: &AreaReport| Value::count(area.incidents_last_12_months),
        )
        .shown("incidents\nlast year", 2),
        Column::new(
            "incidents_previous_12_months",
            Kind::Count,
            "The same of the 365 days before those.",
            |area: &AreaReport| Value::count(area.incidents_previous_12_months),
        )
        .shown("year\nbefore", 5),
        Column::new(
            "last_incident_at",
            Kind::Time,
            "When the newest incident with any part here began; `null` without a dated one.",
            |area: &AreaReport| Value::time(area.last_incident),
        )
        .nullable()
        .shown("last\nincident", 15),
    ]);
    columns
}

fn area_identity() -> Vec<Column<AreaReport>> {
    let count = |key, doc, value| Column::new(key, Kind::Count, doc, value);
    let text = |key, doc, value| Column::new(key, Kind::Text, doc, value);
    vec![
        Column::new(
            "area_id",
            Kind::Word,
            "Stable identifier: the key to join runs by.",
            |area: &AreaReport| Value::word(area.id.as_str()),
        )
        // Within the object of an area the key needs no prefix; a flat CSV does.
        .json("id"),
        text("area", "The name for people.", |area: &AreaReport| Value::text(area.name.as_str()))
            .json("name")
            .shown("area", 0)
            .comfort(15),
        text("owner", "Who answers for it; `null` when unknown.", |area: &AreaReport| {
            Value::maybe_text(area.owner.as_deref())
        })
        .nullable()
        .shown("owner", 9),
        text("origin", "The rule that made it.", |area: &AreaReport| Value::text(area.origin.as_str())),
        count(
            "rank",
            "1 for the largest expected cost (without prices incidents, without incidents share); `null` \
             without source files.",
            |area: &AreaReport| Value::maybe_count(area.rank),
        )
        .nullable(),
        count(
            "start_rank",
            "1 for the largest expected cost per line of code; `null` without lines.",
            |area: &AreaReport| Value::maybe_count(area.start_rank),
        )
        .nullable(),
        count("files", "Present files of any class.", |area: &AreaReport| Value::count(area.files)),
        count("source_files", "Present source files.", |area: &AreaReport| Value::count(area.source_files))
            .shown("files", 11),
        count("source_lines", "Lines of code of the source files.", |area: &AreaReport| {
            Value::count(area.source_lines)
        })
        .shown("lines\nof code", 7),
    ]
}

/// The areas in the order that is asked for; those that did not change come last, by rank.
pub(crate) fn areas_in_order(report: &Report, sort: Sort) -> Vec<&AreaReport> {
    let mut areas: Vec<&AreaReport> = report.areas.iter().collect();
    if sort == Sort::Changed {
        areas.sort_by_key(|area| (area.change.rank.is_none(), area.change.rank));
    }
    areas
}

fn change_columns() -> Vec<Column<AreaReport>> {
    let count = |key, value| Column::new(key, Kind::Count, "", value).nullable().only_csv();
    vec![
        Column::nested::<ChangeJson>(
            "change",
            "What changed within a year; here an incident counts in one area alone.",
            |area: &AreaReport| Value::nested(Some(ChangeJson::new(&area.change))),
        ),
        count("change_rank", |area: &AreaReport| Value::maybe_count(area.change.rank)),
        count("main_incidents_last_12_months", |area: &AreaReport| Value::count(area.change.last_year)),
        count("main_incidents_previous_12_months", |area: &AreaReport| Value::count(area.change.year_before)),
        Column::new("rise_by_chance", Kind::Figure, "", |area: &AreaReport| {
            Value::figure(area.change.by_chance)
        })
        .nullable()
        .only_csv(),
    ]
}

fn customer_columns() -> Vec<Column<AreaReport>> {
    // JSON has the same figures in one nested object; CSV cannot nest.
    let of = |key, kind, doc, value| Column::new(key, kind, doc, value).nullable().only_csv();
    vec![
        Column::nested::<Option<ImpactJson>>(
            "customer_impact",
            "The customer accounts that its incidents hit; `null` without an accounts file.",
            |area: &AreaReport| Value::nested(area.customers.as_ref().map(ImpactJson::new)),
        )
        .json("customers")
        .nullable(),
        of("accounts_hit", Kind::Count, "", |area: &AreaReport| {
            Value::maybe_count(area.customers.as_ref().map(|it| it.accounts.len()))
        }),
        of("account_hits", Kind::Count, "", |area: &AreaReport| {
            Value::maybe_count(area.customers.as_ref().map(|it| it.hits))
        }),
        // One cell for all currencies: accounts are rarely billed in those of the costs, for which
        // CSV has columns.
        of("account_revenue_per_year", Kind::Word, "", |area: &AreaReport| {
            Value::maybe_word(area.customers.as_ref().map(|it| amounts(&it.revenue)))
        }),
        of("renewals_ahead", Kind::Count, "", |area: &AreaReport| {
            Value::maybe_count(area.customers.as_ref().map(|it| it.renewals))
        }),
        of("next_renewal", Kind::Time, "", |area: &AreaReport| {
            Value::time(area.customers.as_ref().and_then(|it| it.next_renewal))
        }),
    ]
}

/// `USD 1200.00; EUR 3.50`
fn amounts(costs: &Costs) -> String {
    let amount = |money: Money| format!("{} {}", money.currency, decimal(money.minor, money.currency));
    costs.iter().map(amount).collect::<Vec<_>>().join("; ")
}

/// A file with its area.
pub(crate) struct FileRow<'a> {
    file: &'a FileReport,
    area_id: &'a str,
    area_name: &'a str,
}

impl<'a> FileRow<'a> {
    pub(crate) fn new(report: &'a Report, file: &'a FileReport) -> Self {
        // Every file has an area: what no rule matches is in a catch-all area.
        let area = &report.areas[file.area];
        Self { file, area_id: &area.id, area_name: &area.name }
    }
}

impl Ranked for AreaReport {
    fn recorded(&self) -> &Recorded {
        &self.recorded
    }

    fn forecast(&self) -> &Forecast {
        &self.forecast
    }
}

impl Changed for AreaReport {
    fn churn(&self) -> (&Churn, u32) {
        (&self.churn, self.revisions_last_year)
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

impl Changed for FileRow<'_> {
    fn churn(&self) -> (&Churn, u32) {
        (&self.file.churn, self.file.revisions_last_year)
    }
}

/// The columns of a file.
pub(crate) fn file_columns<'a>() -> Vec<Column<FileRow<'a>>> {
    let mut columns = file_identity();
    columns.extend(complexity_columns());
    columns.extend(showing(
        churn_columns(),
        &[("revisions_last_year", "commits\nlast year", 7), ("last_change_at", "last\nchange", 13)],
    ));
    columns.extend(hotspot_columns());
    columns.extend(figure_columns());
    columns
}

fn file_identity<'a>() -> Vec<Column<FileRow<'a>>> {
    let count = |key, doc, value| Column::new(key, Kind::Count, doc, value);
    let word = |key, doc, value| Column::new(key, Kind::Word, doc, value);
    vec![
        Column::new("path", Kind::Path, "Its path, or the last one it had.", |it: &FileRow<'a>| {
            Value::Path(it.file.path.clone())
        })
        .shown("file", 0),
        Column::new("present", Kind::Flag, "Whether it exists at the scanned commit.", |it: &FileRow<'a>| {
            Value::Flag(it.file.is_present)
        }),
        word("area_id", "`id` of its area.", |it: &FileRow<'a>| Value::word(it.area_id))
            .json("area")
            .shown("area", 11)
            .like_path(10)
            .cell(|it| Cell::new(visible(it.area_name.as_bytes()))),
        word(
            "class",
            "`source`, `test`, `example`, `docs`, `generated`, `vendored` or `other`.",
            |it: &FileRow<'a>| Value::word(it.file.class.name()),
        ),
        word("language", "Its language as GitHub names it; `null` when unknown.", |it: &FileRow<'a>| {
            Value::maybe_word(it.file.language.map(|language| language.0))
        })
        .nullable()
        .shown("language", 12),
        count(
            "rank",
            "1 for the largest expected cost; `null` when it is not ranked.",
            |it: &FileRow<'a>| Value::maybe_count(it.file.rank),
        )
        .nullable(),
        count(
            "start_rank",
            "1 for the largest expected cost in functions of a cognitive complexity above 15; `null` without one.",
            |it: &FileRow<'a>| Value::maybe_count(it.file.start_rank),
        )
        .nullable(),
        Column::nested::<Option<InComplexJson>>(
            "in_complex_functions",
            "What is expected in its functions of a cognitive complexity above 15; `null` without one.",
            |it: &FileRow<'a>| Value::nested(it.file.in_complex.as_ref().map(InComplexJson::new)),
        )
        .nullable(),
        count("source_lines", "Lines of code; 0 when unknown.", |it: &FileRow<'a>| {
            Value::count(it.file.sloc)
        })
        .shown("lines\nof code", 6)
        // A deleted file has no lines today; 0 would look like an empty one.
        .cell(|it| Cell::new(if it.file.is_present { grouped(it.file.sloc) } else { String::new() })),
    ]
}

fn complexity_columns<'a>() -> Vec<Column<FileRow<'a>>> {
    let count = |key, doc, value| Column::new(key, Kind::Count, doc, value).inside(&[&COMPLEXITY]);
    let worst =
        |key, kind, doc, value| Column::new(key, kind, doc, value).inside(&[&COMPLEXITY, &WORST_FUNCTION]);
    vec![
        Column::new(
            "complexity_measure",
            Kind::Word,
            "`syntax-tree`, `indentation`, or `null` when it was not measured.",
            |it: &FileRow<'a>| {
                Value::maybe_word(it.file.measure.map(|measure| match measure {
                    ComplexityMeasure::SyntaxTree => "syntax-tree",
                    ComplexityMeasure::Indentation => "indentation",
                }))
            },
        )
        .json("measure")
        .inside(&[&COMPLEXITY])
        .nullable(),
        count(
            "cyclomatic",
            "Cyclomatic complexity summed over functions; `null` when not parsed.",
            |it: &FileRow<'a>| Value::maybe_count(it.file.cyclomatic),
        )
        .nullable(),
        count(
            "cognitive",
            "Cognitive complexity summed over functions; `null` when not parsed.",
            |it: &FileRow<'a>| Value::maybe_count(it.file.cognitive),
        )
        .nullable(),
        count(
            "max_nesting",
            "Deepest nesting of control structures; `null` when not parsed.",
            |it: &FileRow<'a>| Value::maybe_count(it.file.max_nesting),
        )
        .nullable(),
        count("functions", "Number of functions; `null` when not parsed.", |it: &FileRow<'a>| {
            Value::maybe_count(it.file.functions)
        })
        .nullable()
        .only_json(),
        worst("worst_function", Kind::Text, "Its name with enclosing types.", |it: &FileRow<'a>| {
            Value::maybe_text(it.file.worst_function.as_ref().map(|(name, _, _)| name.as_str()))
        })
        .json("name")
        .shown("worst function", 10)
        .like_function()
        .cell(|it| {
            Cell::new(
                it.file.worst_function.as_ref().map_or_else(String::new, |(name, line, _)| {
                    format!("{}:{line}", visible(name.as_bytes()))
                }),
            )
        }),
        worst("first_line", Kind::Count, "Its first line, counted from 1.", |it: &FileRow<'a>| {
            Value::maybe_count(it.file.worst_function.as_ref().map(|(_, line, _)| *line))
        })
        .only_json(),
        worst("worst_function_cognitive", Kind::Count, "Its cognitive complexity.", |it: &FileRow<'a>| {
            Value::maybe_count(it.file.worst_function.as_ref().map(|(_, _, cognitive)| *cognitive))
        })
        .json("cognitive")
        .shown("worst fn\ncognitive", 3),
        count("indentation", "Sum of the lines' indentation levels; 0 when unknown.", |it: &FileRow<'a>| {
            Value::count(it.file.indentation)
        }),
        Column::new(
            "had_syntax_errors",
            Kind::Flag,
            "Whether the parser had to repair the text.",
            |it: &FileRow<'a>| Value::Flag(it.file.had_syntax_errors),
        )
        .inside(&[&COMPLEXITY])
        .only_json(),
    ]
}

fn hotspot_columns<'a>() -> Vec<Column<FileRow<'a>>> {
    vec![
        Column::new(
            "recent_revisions",
            Kind::Figure,
            "Revisions weighted by age (half-life 180 days), without wide commits.",
            |it: &FileRow<'a>| Value::Figure(it.file.recent_revisions),
        )
        .only_json(),
        Column::new(
            "hotspot_score",
            Kind::Figure,
            "sqrt(recent revisions x indentation complexity).",
            |it: &FileRow<'a>| Value::Figure(it.file.hotspot),
        )
        .shown("hotspot\nscore", 9)
        .cell(|it| score(it.file.hotspot)),
        Column::new(
            "hotspot_rank",
            Kind::Count,
            "1 for the largest hotspot score; `null` when the score is 0.",
            |it: &FileRow<'a>| Value::maybe_count(it.file.hotspot_rank),
        )
        .nullable()
        .only_json(),
    ]
}
