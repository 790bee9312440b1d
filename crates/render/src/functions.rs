//! A list of functions: its columns and its sentences.

use super::RenderOptions;
use super::document::{Cell, Look, Note};
use super::listing::{self, Caption, Column, Kind, Shape, Sheet, SheetShape, Value, View};
use super::number::{count, counted, grouped};
use super::overview::{figures, shell_word};
use super::text::visible;
use debtscan_findings::{FunctionList, FunctionRow};

/// What the list consists of.
pub(super) fn shape() -> Shape {
    Shape {
        name: "functions",
        doc: "Functions that are complex and keep changing, of the files whose lines were followed.",
        summary: summary().iter().map(|column| column.field).collect(),
        sheets: vec![rows_shape()],
    }
}

fn rows_shape() -> SheetShape {
    let doc = "A function at the scanned revision, with the commits that its lines lead back to.";
    SheetShape::new("functions", "function", doc, &columns())
}

/// The list with its rows.
pub(super) fn view<'a>(list: &'a FunctionList, options: &RenderOptions) -> View<'a> {
    View {
        name: "functions",
        head: &list.head,
        group: Some("function"),
        summary: listing::summary(&summary(), list),
        lead: lead(list),
        sheets: vec![Sheet::new(rows_shape(), &columns(), &list.rows, caption(list), options)],
        next: next(list, options),
    }
}

fn lead(list: &FunctionList) -> Vec<String> {
    if list.rows.is_empty() {
        return vec!["There is no function to look at: none of the files was parsed.".to_owned()];
    }
    let touched = list.rows.iter().filter(|row| !row.incidents.is_empty()).count();
    let fixed = if touched == 0 {
        String::new()
    } else {
        format!("; fixes of incidents touched {}", counted(touched, "function", "functions"))
    };
    vec![format!(
        "{} in {}{fixed}.",
        counted(list.rows.len(), "function", "functions"),
        counted(list.files, "followed file", "followed files"),
    )]
}

fn caption(list: &FunctionList) -> Caption {
    let note = format!(
        "score = √(recent revisions R × cognitive complexity), where a change counts half after {} days; \
         a function's lines are followed through renames of its file and moves inside it",
        list.half_life_days
    );
    Caption {
        title: "HOTSPOTS BY FUNCTION".to_owned(),
        notes: vec![Note::new("", note, Look::Dim)],
        default_top: 10,
        ..Caption::default()
    }
}

fn next(list: &FunctionList, options: &RenderOptions) -> Vec<(String, String)> {
    let first = list.rows.iter().find_map(|row| Some((row, shell_word(row.path.as_bytes())?)));
    let Some((row, file)) = first else { return Vec::new() };
    let folder =
        options.invocation.repository.as_ref().map_or_else(String::new, |path| format!("-C {path} "));
    let (start, end) = (row.function.first_line, row.function.last_line);
    vec![
        (
            format!("git {folder}log -L{start},{end}:{file} {}", list.head.revision.short()),
            "the history of the first one".to_owned(),
        ),
        (options.invocation.command("hotspots"), "the same by file".to_owned()),
    ]
}

fn summary() -> Vec<Column<FunctionList>> {
    vec![
        Column::new("files", Kind::Count, "Files whose lines were followed.", |list: &FunctionList| {
            Value::count(list.files)
        }),
        Column::new(
            "half_life_days",
            Kind::Figure,
            "Days after which a change counts half in R.",
            |list: &FunctionList| Value::Figure(list.half_life_days),
        ),
    ]
}

fn columns() -> Vec<Column<FunctionRow>> {
    let mut columns = what_columns();
    columns.extend(change_columns());
    columns.extend(complexity_columns());
    columns.extend(incident_columns());
    columns
}

fn what_columns() -> Vec<Column<FunctionRow>> {
    vec![
        Column::new(
            "rank",
            Kind::Count,
            "1 for the largest score of the list; `null` for a score of 0. Relative to the list.",
            |row: &FunctionRow| Value::maybe_count(row.rank),
        )
        .nullable()
        .shown("#", 0)
        .cell(|row| Cell::dim(row.rank.map_or_else(|| "–".to_owned(), count))),
        Column::new(
            "function",
            Kind::Text,
            "Its name with enclosing types, or `<anonymous>`.",
            |row: &FunctionRow| Value::text(row.function.name.as_str()),
        )
        .shown("function", 0)
        .like_path(18),
        Column::new("path", Kind::Path, "Its file.", |row: &FunctionRow| Value::Path(row.path.clone()))
            .shown("file", 0)
            .cell(|row| {
                let path = visible(row.path.as_bytes());
                Cell::new(format!("{path}:{}", row.function.first_line))
            }),
        Column::new("first_line", Kind::Count, "Its first line, from 1.", |row: &FunctionRow| {
            Value::count(row.function.first_line)
        }),
        Column::new("last_line", Kind::Count, "Its last line, inclusive.", |row: &FunctionRow| {
            Value::count(row.function.last_line)
        }),
        Column::new("area_id", Kind::Word, "Id of the area that holds its file.", |row: &FunctionRow| {
            Value::word(row.area.as_str())
        })
        .shown("area", 12)
        .like_path(10)
        .cell(|row| Cell::new(visible(row.area_name.as_bytes()))),
        Column::new(
            "score",
            Kind::Figure,
            "sqrt(R x cognitive complexity). Absolute, at least 0.",
            |row: &FunctionRow| Value::Figure(row.score),
        )
        .shown("score", 0)
        .cell(|row| figures::score(row.score)),
    ]
}

fn change_columns() -> Vec<Column<FunctionRow>> {
    vec![
        Column::new(
            "revisions",
            Kind::Count,
            "Commits that touched it in the window.",
            |row: &FunctionRow| Value::count(row.churn.revisions),
        )
        .shown("revs", 3),
        Column::new(
            "revisions_last_year",
            Kind::Count,
            "Commits of the 365 days to `as_of` that touched it.",
            |row: &FunctionRow| Value::count(row.revisions_last_year),
        )
        .shown("revs\na year", 6),
        Column::new(
            "recent_revisions",
            Kind::Figure,
            "Recency-weighted revisions R.",
            |row: &FunctionRow| Value::Figure(row.recent_revisions),
        )
        .shown("recent\nrevs R", 5)
        .cell(|row| Cell::new(super::number::incidents(row.recent_revisions, 1))),
        Column::new("lines_added", Kind::Count, "Lines added inside it.", |row: &FunctionRow| {
            Value::count(row.churn.lines_added)
        }),
        Column::new("lines_deleted", Kind::Count, "Lines deleted inside it.", |row: &FunctionRow| {
            Value::count(row.churn.lines_deleted)
        }),
        Column::new("churn", Kind::Count, "Lines added and deleted inside it.", |row: &FunctionRow| {
            Value::count(row.churn.lines_added + row.churn.lines_deleted)
        })
        .shown("lines\nchanged", 10),
        Column::new(
            "authors",
            Kind::Count,
            "People who wrote those commits, bots left out.",
            |row: &FunctionRow| Value::count(row.churn.authors),
        )
        .shown("authors", 4),
        Column::new(
            "last_change_at",
            Kind::Time,
            "Its last change; `null` without changes.",
            |row: &FunctionRow| Value::time(row.churn.last_change),
        )
        .nullable()
        .shown("last\nchange", 9),
    ]
}

fn complexity_columns() -> Vec<Column<FunctionRow>> {
    vec![
        Column::new("source_lines", Kind::Count, "Its lines of code.", |row: &FunctionRow| {
            Value::count(row.function.sloc)
        })
        .shown("lines\nof code", 7),
        Column::new("cyclomatic", Kind::Count, "Its cyclomatic complexity.", |row: &FunctionRow| {
            Value::count(row.function.cyclomatic)
        })
        .shown("cyclo-\nmatic", 11),
        Column::new("cognitive", Kind::Count, "Its cognitive complexity.", |row: &FunctionRow| {
            Value::count(row.function.cognitive)
        })
        .shown("cogni-\ntive", 1),
        Column::new("max_nesting", Kind::Count, "Its deepest nesting.", |row: &FunctionRow| {
            Value::count(row.function.max_nesting)
        }),
        Column::new("parameters", Kind::Count, "Its declared parameters.", |row: &FunctionRow| {
            Value::count(row.function.parameters)
        }),
    ]
}

fn incident_columns() -> Vec<Column<FunctionRow>> {
    vec![
        Column::new(
            "fixes",
            Kind::Count,
            "Commits that touched it and fixed an incident.",
            |row: &FunctionRow| Value::count(row.fixes),
        ),
        Column::new("incidents", Kind::Count, "Incidents whose fixes touched it.", |row: &FunctionRow| {
            Value::count(row.incidents.len())
        })
        .shown("incidents\nfixed in it", 2)
        .cell(|row| {
            let n = row.incidents.len();
            Cell::new(if n == 0 { String::new() } else { grouped(u64::try_from(n).expect("few incidents")) })
        }),
        Column::new("incident_ids", Kind::Words, "Their ids: sorted.", |row: &FunctionRow| {
            Value::Words(row.incidents.clone())
        }),
    ]
}
