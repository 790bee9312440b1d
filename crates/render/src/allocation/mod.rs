//! Where past work went: columns and sentences.

mod columns;
mod sample;
pub(super) mod words;

use self::columns::{accuracy_columns, kind_columns, row_columns, rule_columns};
pub(super) use self::sample::write as write_sample;
use self::words::{rounded, share_text};
use super::document::{Look, Note};
use super::listing::{self, Caption, Column, Kind, Shape, Sheet, SheetShape, Value, View};
use super::number::{counted, day, grouped, percent};
use crate::options::RenderOptions;
use debtscan_findings::{AllocationGrouping, AllocationList, WorkKind, WorkMeasure};

/// The shape of the list.
pub(super) fn shape() -> Shape {
    Shape {
        name: "allocation",
        doc: "Where past work went, by kind of work, month and area.",
        summary: summary().iter().map(|column| column.field).collect(),
        sheets: vec![kinds_shape(), months_shape(), areas_shape(), rules_shape(), accuracy_shape()],
    }
}

fn kinds_shape() -> SheetShape {
    SheetShape::new("kinds", "kind", "A kind of work over the whole period.", &kind_columns())
}

fn months_shape() -> SheetShape {
    SheetShape::new("months", "month", "The work of a calendar month (UTC).", &row_columns("month", false))
}

fn areas_shape() -> SheetShape {
    let doc = "The work in an area over the whole period.";
    SheetShape::new("areas", "area", doc, &row_columns("area", true))
}

fn rules_shape() -> SheetShape {
    let doc = "How many changes a piece of evidence decided.";
    SheetShape::new("rules", "rule", doc, &rule_columns())
}

fn accuracy_shape() -> SheetShape {
    let doc = "How often the classifier is right about a kind, on labelled changes.";
    SheetShape::new("accuracy", "accuracy", doc, &accuracy_columns())
}

/// The list with its rows.
pub(super) fn view<'a>(list: &'a AllocationList, options: &RenderOptions) -> View<'a> {
    let kinds = Sheet::new(kinds_shape(), &kind_columns(), &list.kinds, kinds_caption(list), options);
    let months =
        Sheet::new(months_shape(), &row_columns("month", false), &list.months, months_caption(list), options);
    let areas = Sheet::new(areas_shape(), &row_columns("area", true), &list.areas, areas_caption(), options);
    let rules = Sheet::new(rules_shape(), &rule_columns(), &list.rules, rules_caption(list), options);
    let accuracy =
        Sheet::new(accuracy_shape(), &accuracy_columns(), &list.accuracy, accuracy_caption(list), options);
    let mut sheets = vec![kinds, months, areas, rules, accuracy];
    match list.grouping {
        AllocationGrouping::Kind => {}
        AllocationGrouping::Month => sheets.swap(0, 1),
        AllocationGrouping::Area => sheets[..3].rotate_right(1),
    }
    View {
        name: "allocation",
        head: &list.head,
        group: Some(grouping_word(list.grouping)),
        summary: listing::summary(&summary(), list),
        lead: lead(list),
        sheets,
        next: next(list, options),
    }
}

fn grouping_word(grouping: AllocationGrouping) -> &'static str {
    match grouping {
        AllocationGrouping::Kind => "kind",
        AllocationGrouping::Month => "month",
        AllocationGrouping::Area => "area",
    }
}

fn lead(list: &AllocationList) -> Vec<String> {
    let all = &list.all;
    if all.changes == 0 {
        return vec![format!("No changes since {}.", day(list.from))];
    }
    let days = all.by(WorkMeasure::AuthorDays);
    let period = format!(
        "{} to {}: {}, {} author-days, {} changed source lines.",
        day(list.from),
        day(list.head.as_of),
        counted(usize::try_from(all.changes).unwrap_or(usize::MAX), "change", "changes"),
        grouped(rounded(days.total)),
        grouped(rounded(all.by(WorkMeasure::SourceLines).total)),
    );
    let share = |kind: WorkKind| share_text(&days.of(kind));
    if days.of(WorkKind::Repair).corrected.is_none() {
        return vec![
            period,
            "Too few changes to say where the work went: at least 20 are needed.".to_owned(),
        ];
    }
    let answer = format!(
        "Author-days: {} for keeping it running, {} for making it better, {} for new value (80% ranges).",
        share(WorkKind::Repair),
        share(WorkKind::Better),
        share(WorkKind::New),
    );
    vec![answer, period]
}

fn kinds_caption(list: &AllocationList) -> Caption {
    let mut notes = vec![
        Note::new(
            "",
            "keeping it running: fixes and reverts, in the product, its build and its tests",
            Look::Dim,
        ),
        Note::new("", "making it better: structure, tests, build, dependencies, docs, speed", Look::Dim),
        Note::new("", "unclassified: releases, version numbers, and what nothing tells", Look::Dim),
        Note::new(
            "",
            "shares are corrected for the known errors of the classifier, with 80% ranges; as seen: --format json",
            Look::Dim,
        ),
    ];
    if list.wide > 0 {
        let text = format!(
            "{} of {} source lines do not count by lines: they touch many source files or reformat",
            counted(usize::try_from(list.wide).unwrap_or(usize::MAX), "change", "changes"),
            grouped(list.wide_lines)
        );
        notes.push(Note::new("", text, Look::Dim));
    }
    if list.unread > 0 {
        let share = list.unread as f64 / list.all.changes.max(1) as f64;
        let text = format!(
            "{} of the changes ({}) are unclassified because their messages are not in Latin script",
            grouped(list.unread),
            percent(share)
        );
        notes.push(Note::new("!", text, Look::Accent));
    }
    Caption {
        title: "WHERE THE WORK WENT".to_owned(),
        aside: format!("{} to {}", day(list.from), day(list.head.as_of)),
        notes,
        default_top: 10,
        ..Caption::default()
    }
}

fn months_caption(list: &AllocationList) -> Caption {
    let mut notes = vec![Note::new("", "shares of author-days; empty below 20 changes", Look::Dim)];
    if list.months.iter().any(|row| row.is_partial) {
        notes.push(Note::new("", "* part of the month", Look::Dim));
    }
    Caption {
        title: "BY MONTH".to_owned(),
        aside: "oldest first".to_owned(),
        notes,
        default_top: 24,
        ..Caption::default()
    }
}

fn areas_caption() -> Caption {
    Caption {
        title: "BY AREA".to_owned(),
        aside: "most author-days first".to_owned(),
        notes: vec![Note::new(
            "",
            "author-days of a change are divided among its areas by files; empty below 20 changes",
            Look::Dim,
        )],
        default_top: 10,
        ..Caption::default()
    }
}

fn rules_caption(list: &AllocationList) -> Caption {
    let seen =
        list.kinds.iter().find(|row| row.kind == WorkKind::Unclassified).map_or(0, |row| row.seen_changes);
    let text = format!(
        "{} unclassified as seen; the correction says what they probably are",
        percent(seen as f64 / list.all.changes.max(1) as f64)
    );
    Caption {
        title: "WHAT DECIDED".to_owned(),
        aside: "most trusted evidence first; changes by kind as seen".to_owned(),
        notes: vec![Note::new("", text, Look::Dim)],
        default_top: 10,
        ..Caption::default()
    }
}

fn accuracy_caption(list: &AllocationList) -> Caption {
    let own = list.calibration.own;
    let text = if own > 0 {
        format!(
            "measured on {} changes of this repository (--labels); the correction also uses {} of public projects",
            grouped(own),
            grouped(list.calibration.public)
        )
    } else {
        format!(
            "measured on {} labelled changes of curl, kafka, ripgrep, git and redis, not on this repository",
            grouped(list.calibration.public)
        )
    };
    let mut notes = vec![Note::new("", text, Look::Dim)];
    if list.calibration.unknown > 0 {
        let text = format!("{} name no commit of the scanned history", labels(list.calibration.unknown));
        notes.push(Note::new("!", text, Look::Accent));
    }
    if list.calibration.robots > 0 {
        let text = format!("{} on changes of robots do not count", labels(list.calibration.robots));
        notes.push(Note::new("", text, Look::Dim));
    }
    Caption {
        title: "HOW OFTEN THE CLASSIFIER IS RIGHT".to_owned(),
        notes,
        default_top: 10,
        ..Caption::default()
    }
}

fn labels(number: u64) -> String {
    counted(usize::try_from(number).unwrap_or(usize::MAX), "label", "labels")
}

fn next(list: &AllocationList, options: &RenderOptions) -> Vec<(String, String)> {
    let command = |words: &str| options.invocation.command(words);
    let mut next = Vec::new();
    if list.calibration.own == 0 {
        next.push((
            command("allocation --sample 40 --output labels.csv"),
            "changes to label, for ranges of your own project".to_owned(),
        ));
    }
    next.push((command("allocation --group area --format csv"), "all areas for a spreadsheet".to_owned()));
    next
}

fn summary() -> Vec<Column<AllocationList>> {
    vec![
        Column::new(
            "from",
            Kind::Time,
            "Start of the period; its end is `as_of`.",
            |list: &AllocationList| Value::Time(list.from),
        ),
        Column::new("changes", Kind::Count, "Commits in the period.", |list: &AllocationList| {
            Value::count(list.all.changes)
        }),
        Column::new(
            "author_days",
            Kind::Figure,
            "Days on which a person committed, summed over people.",
            |list: &AllocationList| Value::Figure(list.all.by(WorkMeasure::AuthorDays).total),
        ),
        Column::new(
            "source_lines",
            Kind::Count,
            "Lines of source files added and deleted, without wide changes.",
            |list: &AllocationList| Value::count(rounded(list.all.by(WorkMeasure::SourceLines).total)),
        ),
        Column::new(
            "wide_changes",
            Kind::Count,
            "Commits whose lines do not count, as they touch many source files or reformat.",
            |list: &AllocationList| Value::count(list.wide),
        ),
        Column::new("wide_lines", Kind::Count, "Their source lines.", |list: &AllocationList| {
            Value::count(list.wide_lines)
        }),
        Column::new(
            "unread_changes",
            Kind::Count,
            "Commits with a subject in a script whose words are not known.",
            |list: &AllocationList| Value::count(list.unread),
        ),
        Column::new(
            "labels_public",
            Kind::Count,
            "Labelled changes of public projects that the correction uses.",
            |list: &AllocationList| Value::count(list.calibration.public),
        ),
        Column::new(
            "labels_own",
            Kind::Count,
            "Labelled changes of this repository (`--labels`).",
            |list: &AllocationList| Value::count(list.calibration.own),
        ),
        Column::new(
            "labels_unknown",
            Kind::Count,
            "Labels whose commit is not in the scanned history.",
            |list: &AllocationList| Value::count(list.calibration.unknown),
        ),
        Column::new(
            "labels_of_robots",
            Kind::Count,
            "Labels on changes of programs, which do not count.",
            |list: &AllocationList| Value::count(list.calibration.robots),
        ),
    ]
}
