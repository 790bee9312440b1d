//! The list of self-admitted debt: columns and sentences.

use debtscan_model::RepoPath;

use super::document::{Cell, Look, Note};
use super::listing::{self, Caption, Column, Kind, Shape, Sheet, SheetShape, Value, View};
use super::number::{count, counted, grouped};
use super::text::visible;
use crate::options::RenderOptions;
use debtscan_findings::{Grouping, TodoList, TodoRow, TodoSum};

/// The shape of the list.
pub(super) fn shape() -> Shape {
    Shape {
        name: "todos",
        doc: "Self-admitted debt: comments with TODO, FIXME, HACK or XXX, with their age.",
        summary: summary().iter().map(|column| column.field).collect(),
        sheets: vec![rows_shape(), sums_shape()],
    }
}

fn rows_shape() -> SheetShape {
    let doc = "A debt comment; at most one per line, the first.";
    SheetShape::new("todos", "todo", doc, &columns())
}

fn sums_shape() -> SheetShape {
    let doc = "The debt comments of a file, folder or area (`group`).";
    SheetShape::new("sums", "sum", doc, &sum_columns())
}

/// The list with its rows.
pub(super) fn view<'a>(list: &'a TodoList, options: &RenderOptions) -> View<'a> {
    View {
        name: "todos",
        head: &list.head,
        group: Some(list.grouping.word()),
        summary: listing::summary(&summary(), list),
        lead: lead(list),
        sheets: vec![
            Sheet::new(rows_shape(), &columns(), &list.rows, rows_caption(), options),
            Sheet::new(sums_shape(), &sum_columns(), &list.sums, sums_caption(list), options),
        ],
        next: next(list, options),
    }
}

fn lead(list: &TodoList) -> Vec<String> {
    if list.rows.is_empty() {
        return vec!["There are no debt comments.".to_owned()];
    }
    let words: Vec<String> = debtscan_model::TodoWord::ALL
        .iter()
        .zip(list.all.by_word)
        .filter(|(_, n)| *n > 0)
        .map(|(word, n)| format!("{} {}", count(n), word.name()))
        .collect();
    let mut sentences = vec![format!(
        "{} in {} lines of code: {}.",
        counted(list.rows.len(), "debt comment", "debt comments"),
        grouped(list.all.source_lines),
        words.join(", "),
    )];
    // A comment may be older than the scanned history, so ages may be unknown.
    if let (Some(median), Some(oldest)) = (list.all.median_days, list.all.oldest_days) {
        sentences.push(format!("Median age {}; the oldest is {} old.", age(median), age(oldest)));
    }
    sentences
}

/// An age in days or years.
fn age(days: u64) -> String {
    match days {
        0 => "less than a day".to_owned(),
        1 => "1 day".to_owned(),
        // Up to two years days are exact and still easy to picture.
        2..=729 => format!("{} days", grouped(days)),
        // The mean year of the calendar: over decades the leap days add up.
        _ => format!("{:.1} years", days as f64 / 365.25),
    }
}

fn rows_caption() -> Caption {
    Caption {
        title: "SELF-ADMITTED DEBT".to_owned(),
        aside: "oldest first".to_owned(),
        default_top: 20,
        ..Caption::default()
    }
}

fn sums_caption(list: &TodoList) -> Caption {
    let (one, title) = match list.grouping {
        Grouping::File => ("file", "BY FILE"),
        Grouping::Directory => ("folder", "BY FOLDER"),
        Grouping::Area => ("area", "BY AREA"),
    };
    let mut notes = vec![Note::new(
        "",
        "age: time since the line last changed, by git blame; source, test and example files",
        Look::Dim,
    )];
    if list.by_sign > 0 {
        let text = format!(
            "{} in languages without a grammar: recognised by a comment sign before the word",
            count(list.by_sign)
        );
        notes.push(Note::new("", text, Look::Dim));
    }
    if list.undated > 0 {
        notes.push(Note::new("", format!("{} of unknown age", count(list.undated)), Look::Dim));
    }
    if list.unread > 0 {
        let files = counted(list.unread, "file", "files");
        notes.push(Note::new("!", format!("{files} could not be read"), Look::Accent));
    }
    Caption { title: title.to_owned(), subject: Some(one), notes, default_top: 10, ..Caption::default() }
}

fn next(list: &TodoList, options: &RenderOptions) -> Vec<(String, String)> {
    let words = match list.grouping {
        Grouping::Area => ("todos --group file", "totals by file"),
        Grouping::File | Grouping::Directory => ("todos --group area", "totals by area"),
    };
    vec![(options.invocation.command(words.0), words.1.to_owned())]
}

fn summary() -> Vec<Column<TodoList>> {
    vec![
        Column::new("comments", Kind::Count, "Debt comments.", |list: &TodoList| {
            Value::count(list.rows.len())
        }),
        Column::new(
            "source_lines",
            Kind::Count,
            "Lines of code of the source, test and example files.",
            |list: &TodoList| Value::count(list.all.source_lines),
        ),
        Column::new(
            "median_days",
            Kind::Count,
            "Median age in days, the lower of two; `null` if no age is known.",
            |list: &TodoList| Value::maybe_count(list.all.median_days),
        )
        .nullable(),
        Column::new(
            "oldest_days",
            Kind::Count,
            "Age of the oldest in days; `null` if no age is known.",
            |list: &TodoList| Value::maybe_count(list.all.oldest_days),
        )
        .nullable(),
        Column::new(
            "by_sign",
            Kind::Count,
            "Comments recognised by a comment sign, without a grammar.",
            |list: &TodoList| Value::count(list.by_sign),
        ),
        Column::new("undated", Kind::Count, "Comments of unknown age.", |list: &TodoList| {
            Value::count(list.undated)
        }),
        Column::new("unread_files", Kind::Count, "Files that could not be read.", |list: &TodoList| {
            Value::count(list.unread)
        }),
    ]
}

fn columns() -> Vec<Column<TodoRow>> {
    vec![
        Column::new("path", Kind::Path, "The file.", |row: &TodoRow| Value::Path(row.path.clone()))
            .shown("location", 0)
            .like_path(20)
            // As compilers write it, so that editors and terminals can open the place.
            .cell(|row| Cell::new(format!("{}:{}", visible(row.path.as_bytes()), row.line))),
        Column::new("line", Kind::Count, "The line, from 1.", |row: &TodoRow| Value::count(row.line)),
        Column::new("word", Kind::Word, "`TODO`, `FIXME`, `HACK` or `XXX`.", |row: &TodoRow| {
            Value::word(row.word.name())
        }),
        Column::new(
            "age_days",
            Kind::Count,
            "Days since the line last changed; `null` if unknown.",
            |row: &TodoRow| Value::maybe_count(row.age_days),
        )
        .nullable()
        .shown("age\n(days)", 0),
        Column::new(
            "text",
            Kind::Text,
            "The comment from the word to the end of its line; empty with `--anonymize`.",
            |row: &TodoRow| Value::text(row.text.as_str()),
        )
        .shown("comment", 0)
        .comfort(28)
        .cell(|row| {
            // Comments name people ("ask Bob"), so `--anonymize` hides the text and leaves the
            // word.
            let text = if row.text.is_empty() { row.word.name() } else { row.text.as_str() };
            Cell::new(visible(text.as_bytes()))
        }),
        Column::new("area_id", Kind::Word, "ID of the file's area.", |row: &TodoRow| {
            Value::word(row.area.as_str())
        })
        .shown("area", 3)
        .like_path(12)
        .cell(|row| Cell::new(visible(row.area_name.as_bytes()))),
        Column::new("class", Kind::Word, "`source`, `test` or `example`.", |row: &TodoRow| {
            Value::word(row.class.name())
        })
        .shown("class", 4),
        Column::new(
            "written_at",
            Kind::Time,
            "Time of the line's last change; `null` if unknown.",
            |row: &TodoRow| row.written.map_or(Value::None, |(_, time)| Value::Time(time)),
        )
        .nullable()
        .shown("last\nchanged", 2),
        Column::new(
            "commit",
            Kind::Word,
            "The commit that last changed it; `null` if unknown.",
            |row: &TodoRow| row.written.map_or(Value::None, |(commit, _)| Value::word(commit.to_string())),
        )
        .nullable(),
        Column::new(
            "by_syntax_tree",
            Kind::Flag,
            "Whether a syntax tree identifies the comment, rather than a comment sign.",
            |row: &TodoRow| Value::Flag(row.by_syntax_tree),
        ),
    ]
}

impl listing::PlaceColumns for TodoSum {
    fn name(&self) -> &str {
        &self.name
    }

    fn path(&self) -> Option<&RepoPath> {
        self.path.as_ref()
    }

    fn area(&self) -> Option<&str> {
        self.area.as_deref()
    }
}

fn sum_columns() -> Vec<Column<TodoSum>> {
    vec![
        listing::name_column("area", 20),
        listing::path_column(),
        listing::area_column(),
        Column::new("comments", Kind::Count, "Debt comments.", |row: &TodoSum| Value::count(row.count()))
            .shown("comments", 0),
        // The numbers are positions in `TodoWord::ALL`.
        word_column::<0>("todo", "Comments with TODO.", "TODO"),
        word_column::<1>("fixme", "Comments with FIXME.", "FIXME"),
        word_column::<2>("hack", "Comments with HACK.", "HACK"),
        word_column::<3>("xxx", "Comments with XXX.", "XXX"),
        Column::new("source_lines", Kind::Count, "Lines of code.", |row: &TodoSum| {
            Value::count(row.source_lines)
        })
        .shown("lines\nof code", 4),
        Column::new(
            "per_thousand_lines",
            Kind::Figure,
            "Comments per 1,000 lines of code; `null` without lines of code.",
            |row: &TodoSum| {
                let lines = row.source_lines as f64;
                if row.source_lines == 0 {
                    Value::None
                } else {
                    Value::Figure(row.count() as f64 * 1000.0 / lines)
                }
            },
        )
        .nullable()
        .shown("per 1,000\nlines", 2)
        .cell(|row| {
            let per_thousand = row.count() as f64 * 1000.0 / row.source_lines as f64;
            Cell::new(if row.source_lines == 0 { String::new() } else { format!("{per_thousand:.1}") })
        }),
        Column::new(
            "median_days",
            Kind::Count,
            "Median age in days, the lower of two; `null` if no age is known.",
            |row: &TodoSum| Value::maybe_count(row.median_days),
        )
        .nullable()
        .shown("median age\n(days)", 1),
        Column::new(
            "oldest_days",
            Kind::Count,
            "Age of the oldest in days; `null` if no age is known.",
            |row: &TodoSum| Value::maybe_count(row.oldest_days),
        )
        .nullable()
        .shown("oldest\n(days)", 0),
    ]
}

fn word_column<const NTH: usize>(
    key: &'static str,
    doc: &'static str,
    title: &'static str,
) -> Column<TodoSum> {
    Column::new(key, Kind::Count, doc, |row: &TodoSum| Value::count(row.by_word[NTH])).shown(title, 3)
}
