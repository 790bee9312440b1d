//! The function list: columns and sentences.

use super::document::{Cell, Look, Note};
use super::listing::{self, Caption, Column, Kind, Shape, Sheet, SheetShape, Value, View};
use super::number::{count, counted, grouped};
use super::overview::figures;
use super::shell::shell_word;
use super::text::visible;
use crate::options::RenderOptions;
use debtscan_findings::{FunctionList, FunctionRow};

/// The shape of the list.
pub(super) fn shape() -> Shape {
    Shape {
        name: "functions",
        doc: "Hotspots by function: complex functions that change often, in the top files.",
        summary: summary().iter().map(|column| column.field).collect(),
        sheets: vec![rows_shape()],
    }
}

fn rows_shape() -> SheetShape {
    let doc = "A function of the scanned revision, with the commits that changed its lines.";
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
        return vec!["There are no functions: no file could be parsed.".to_owned()];
    }
    let touched = list.rows.iter().filter(|row| !row.incidents.is_empty()).count();
    let fixed = if touched == 0 {
        String::new()
    } else {
        format!("; incident fixes touched {}", counted(touched, "function", "functions"))
    };
    vec![format!(
        "{} in {}{fixed}.",
        counted(list.rows.len(), "function", "functions"),
        counted(list.files, "file", "files"),
    )]
}

fn caption(list: &FunctionList) -> Caption {
    let note = format!(
        "score = √(recent activity R × cognitive complexity); commit half-life {} days; a function's lines \
         are followed through file renames and moves within the file",
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
    // The first row whose path can be typed: a hostile name costs one example, not the suggestion.
    let first = list.rows.iter().find_map(|row| Some((row, shell_word(row.path.as_bytes())?)));
    let Some((row, file)) = first else { return Vec::new() };
    let folder =
        // `git -C` takes the folder that debtscan was given.
        options.invocation.repository.as_ref().map_or_else(String::new, |path| format!("-C {path} "));
    let (start, end) = (row.function.first_line, row.function.last_line);
    vec![
        (
            // With the revision: at another commit these lines are those of other functions.
            format!("git {folder}log -L{start},{end}:{file} {}", list.head.revision.short()),
            "history of the top function".to_owned(),
        ),
        (options.invocation.command("hotspots"), "the same by file".to_owned()),
    ]
}

fn summary() -> Vec<Column<FunctionList>> {
    vec![
        Column::new("files", Kind::Count, "Files with traced lines.", |list: &FunctionList| {
            Value::count(list.files)
        }),
        Column::new(
            "half_life_days",
            Kind::Figure,
            "Half-life of a commit in R, in days.",
            |list: &FunctionList| Value::Figure(list.half_life_days),
        ),
    ]
}

fn columns() -> Vec<Column<FunctionRow>> {
    let mut columns = place_columns();
    columns.extend(change_columns());
    columns.extend(complexity_columns());
    columns.extend(incident_columns());
    columns
}

fn place_columns() -> Vec<Column<FunctionRow>> {
    vec![
        Column::new(
            "rank",
            Kind::Count,
            "Rank within the list, 1 for the highest score; `null` for a score of 0.",
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
        .like_function()
        .comfort(18),
        // Tables add the line, which editors and terminals turn into a link. Data has it in a
        // column.
        Column::new("path", Kind::Path, "Its file.", |row: &FunctionRow| Value::Path(row.path.clone()))
            .shown("file:line", 0)
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
        Column::new("area_id", Kind::Word, "ID of its file's area.", |row: &FunctionRow| {
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
        .shown("commits", 6),
        Column::new(
            "revisions_last_year",
            Kind::Count,
            "Commits that touched it in the 365 days to `as_of`.",
            |row: &FunctionRow| Value::count(row.revisions_last_year),
        )
        .shown("commits\nlast year", 3),
        Column::new(
            "recent_revisions",
            Kind::Figure,
            "Recent activity R: its commits, weighted by age.",
            |row: &FunctionRow| Value::Figure(row.recent_revisions),
        )
        .shown("recent\nactivity", 5)
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
        .shown("churn,\nlines", 10),
        Column::new(
            "authors",
            Kind::Count,
            "Authors of those commits, without bots.",
            |row: &FunctionRow| Value::count(row.churn.authors),
        )
        .shown("authors", 4),
        Column::new(
            "last_change_at",
            Kind::Time,
            "Time of its last change; `null` without changes.",
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
        .shown("cyclomatic", 11),
        Column::new("cognitive", Kind::Count, "Its cognitive complexity.", |row: &FunctionRow| {
            Value::count(row.function.cognitive)
        })
        .shown("cognitive", 1),
        Column::new("max_nesting", Kind::Count, "Its deepest nesting.", |row: &FunctionRow| {
            Value::count(row.function.max_nesting)
        }),
        Column::new("parameters", Kind::Count, "Number of declared parameters.", |row: &FunctionRow| {
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
        .shown("incident\nfixes", 2)
        .cell(|row| {
            let n = row.incidents.len();
            Cell::new(if n == 0 { String::new() } else { grouped(u64::try_from(n).expect("few incidents")) })
        }),
        Column::new("incident_ids", Kind::Words, "IDs of those incidents, sorted.", |row: &FunctionRow| {
            Value::Words(row.incidents.clone())
        }),
    ]
}
