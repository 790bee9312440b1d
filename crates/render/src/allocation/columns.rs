//! The columns of kinds, months, areas, rules and accuracy.

use super::words::{count_cell, days_cell, kind_words, name_cell, rounded, share_text};
use crate::document::{Cell, Look};
use crate::listing::{Column, Kind, Value};
use debtscan_findings::{AccuracyRow, KindRow, RuleRow, WorkKind, WorkMeasure, WorkRow, WorkShare};

fn range(share: &WorkShare) -> Value {
    share.corrected.map_or(Value::None, Value::Range)
}

const CHANGES: usize = WorkMeasure::Changes as usize;
const DAYS: usize = WorkMeasure::AuthorDays as usize;
const LINES: usize = WorkMeasure::SourceLines as usize;

pub(super) fn kind_columns() -> Vec<Column<KindRow>> {
    vec![
        Column::new(
            "kind",
            Kind::Word,
            "`new`, `repair`, `better`, `robots` or `unclassified`.",
            |row: &KindRow| Value::word(row.kind.name()),
        )
        .shown("kind of work", 0)
        .cell(|row| Cell::new(kind_words(row.kind))),
        kind_share::<DAYS>(
            "share_of_author_days",
            "Share of the author-days, `0..=1`, corrected, with its 80% range; `null` of too few changes.",
            "share of\nauthor-days",
            0,
        ),
        kind_share::<LINES>(
            "share_of_source_lines",
            "Share of the changed source lines, likewise.",
            "of source\nlines",
            1,
        ),
        kind_share::<CHANGES>("share_of_changes", "Share of the commits, likewise.", "of\nchanges", 2),
        Column::new(
            "seen_changes",
            Kind::Count,
            "Commits that the classifier sees as such.",
            |row: &KindRow| Value::count(row.seen_changes),
        )
        .shown("changes\nas seen", 3),
        kind_seen::<DAYS>("seen_share_of_author_days", "Share of the author-days as the classifier sees it."),
        kind_seen::<LINES>(
            "seen_share_of_source_lines",
            "Share of the source lines as the classifier sees it.",
        ),
        kind_seen::<CHANGES>("seen_share_of_changes", "Share of the commits as the classifier sees it."),
    ]
}

fn kind_share<const MEASURE: usize>(
    key: &'static str,
    doc: &'static str,
    title: &'static str,
    drop: u8,
) -> Column<KindRow> {
    Column::new(key, Kind::Range, doc, |row: &KindRow| range(&row.shares[MEASURE]))
        .nullable()
        .shown(title, drop)
        .cell(|row| Cell::new(share_text(&row.shares[MEASURE])))
}

fn kind_seen<const MEASURE: usize>(key: &'static str, doc: &'static str) -> Column<KindRow> {
    Column::new(key, Kind::Share, doc, |row: &KindRow| Value::Share(row.shares[MEASURE].seen))
}

/// The columns of months, or of areas.
pub(super) fn row_columns(title: &'static str, is_area: bool) -> Vec<Column<WorkRow>> {
    let doc = if is_area { "Display name." } else { "The month: `2026-08`." };
    let name = Column::new(if is_area { "name" } else { "month" }, Kind::Text, doc, |row: &WorkRow| {
        Value::text(row.name.as_str())
    });
    let name = name.shown(title, 0).cell(|row| Cell::new(name_cell(row)));
    let mut columns = vec![if is_area { name.like_path(20) } else { name.like_word() }];
    if is_area {
        columns.push(Column::new("area_id", Kind::Word, "ID of the area.", |row: &WorkRow| {
            Value::maybe_word(row.area.clone())
        }));
    } else {
        columns.push(Column::new(
            "is_partial",
            Kind::Flag,
            "Whether the period covers only part of the month.",
            |row: &WorkRow| Value::Flag(row.is_partial),
        ));
    }
    columns.extend([
        Column::new("changes", Kind::Count, "Commits that touch it.", |row: &WorkRow| {
            Value::count(row.changes)
        })
        .shown("changes", 6),
        Column::new(
            "author_days",
            Kind::Figure,
            "Days on which a person committed, divided among the commits of the day.",
            |row: &WorkRow| Value::Figure(row.measures[DAYS].total),
        )
        .shown("author-\ndays", 1)
        .cell(|row| Cell::new(days_cell(row.measures[DAYS].total))),
        Column::new(
            "source_lines",
            Kind::Count,
            "Lines of source files added and deleted.",
            |row: &WorkRow| Value::count(rounded(row.measures[LINES].total)),
        )
        .shown("source\nlines", 7),
        row_share::<NEW, DAYS>("new_of_author_days", DAYS_DOC).shown("new\nvalue", 3).cell(cell::<NEW, DAYS>),
        row_share::<REPAIR, DAYS>("repair_of_author_days", DAYS_DOC)
            .shown("keeping it\nrunning", 0)
            .cell(cell::<REPAIR, DAYS>),
        row_share::<BETTER, DAYS>("better_of_author_days", DAYS_DOC)
            .shown("making it\nbetter", 0)
            .cell(cell::<BETTER, DAYS>),
        row_share::<ROBOTS, DAYS>("robots_of_author_days", DAYS_DOC)
            .shown("robots", 5)
            .cell(cell::<ROBOTS, DAYS>),
        row_share::<NONE, DAYS>("unclassified_of_author_days", DAYS_DOC)
            .shown("unclassified", 4)
            .cell(cell::<NONE, DAYS>),
        row_share::<NEW, LINES>("new_of_source_lines", LINES_DOC),
        row_share::<REPAIR, LINES>("repair_of_source_lines", LINES_DOC)
            .shown("running,\nby lines", 8)
            .cell(cell::<REPAIR, LINES>),
        row_share::<BETTER, LINES>("better_of_source_lines", LINES_DOC)
            .shown("better,\nby lines", 8)
            .cell(cell::<BETTER, LINES>),
        row_share::<ROBOTS, LINES>("robots_of_source_lines", LINES_DOC),
        row_share::<NONE, LINES>("unclassified_of_source_lines", LINES_DOC),
        row_seen::<NEW, CHANGES>("seen_new_of_changes", SEEN_DOC),
        row_seen::<REPAIR, CHANGES>("seen_repair_of_changes", SEEN_DOC),
        row_seen::<BETTER, CHANGES>("seen_better_of_changes", SEEN_DOC),
        row_seen::<ROBOTS, CHANGES>("seen_robots_of_changes", SEEN_DOC),
        row_seen::<NONE, CHANGES>("seen_unclassified_of_changes", SEEN_DOC),
    ]);
    columns
}

const NEW: usize = WorkKind::New as usize;
const REPAIR: usize = WorkKind::Repair as usize;
const BETTER: usize = WorkKind::Better as usize;
const ROBOTS: usize = WorkKind::Robots as usize;
const NONE: usize = WorkKind::Unclassified as usize;

const DAYS_DOC: &str =
    "Share of its author-days, `0..=1`, corrected, with its 80% range; `null` of too few changes.";
const LINES_DOC: &str =
    "Share of its source lines, `0..=1`, corrected, with its 80% range; `null` of too few changes.";
const SEEN_DOC: &str = "Share of its commits as the classifier sees it, `0..=1`.";

fn row_share<const KIND: usize, const MEASURE: usize>(
    key: &'static str,
    doc: &'static str,
) -> Column<WorkRow> {
    Column::new(key, Kind::Range, doc, |row: &WorkRow| range(&row.measures[MEASURE].kinds[KIND])).nullable()
}

fn row_seen<const KIND: usize, const MEASURE: usize>(
    key: &'static str,
    doc: &'static str,
) -> Column<WorkRow> {
    Column::new(key, Kind::Share, doc, |row: &WorkRow| Value::Share(row.measures[MEASURE].kinds[KIND].seen))
}

fn cell<const KIND: usize, const MEASURE: usize>(row: &WorkRow) -> Cell {
    Cell::new(share_text(&row.measures[MEASURE].kinds[KIND]))
}

pub(super) fn rule_columns() -> Vec<Column<RuleRow>> {
    vec![
        Column::new(
            "rule",
            Kind::Word,
            "`robot`, `incident`, `prefix`, `trailer`, `paths`, `words` or `nothing`.",
            |row: &RuleRow| Value::word(row.rule.name()),
        )
        .shown("evidence", 0),
        Column::new("share", Kind::Share, "Share of all commits, `0..=1`.", |row: &RuleRow| {
            Value::Share(row.share)
        })
        .shown("share of\nchanges", 0),
        rule_kind::<NEW>("new", "new\nvalue"),
        rule_kind::<REPAIR>("repair", "keeping it\nrunning"),
        rule_kind::<BETTER>("better", "making it\nbetter"),
        rule_kind::<ROBOTS>("robots", "robots"),
        rule_kind::<NONE>("unclassified", "unclassified"),
    ]
}

fn rule_kind<const KIND: usize>(key: &'static str, title: &'static str) -> Column<RuleRow> {
    Column::new(key, Kind::Count, "Commits of this kind.", |row: &RuleRow| Value::count(row.by_kind[KIND]))
        .shown(title, 1)
}

pub(super) fn accuracy_columns() -> Vec<Column<AccuracyRow>> {
    vec![
        Column::new(
            "kind",
            Kind::Word,
            "`new`, `repair`, `better` or `unclassified`.",
            |row: &AccuracyRow| Value::word(row.kind.name()),
        )
        .shown("kind of work", 0)
        .cell(|row| Cell::new(kind_words(row.kind))),
        Column::new("labelled", Kind::Count, "Labelled changes of this kind.", |row: &AccuracyRow| {
            Value::count(row.labelled)
        })
        .shown("labelled", 0),
        Column::new(
            "recall",
            Kind::Share,
            "Share of these that the classifier sees as this kind, `0..=1`; `null` of none.",
            |row: &AccuracyRow| row.recall.map_or(Value::None, Value::Share),
        )
        .nullable()
        .shown("recognised", 0),
        Column::new(
            "seen",
            Kind::Count,
            "Labelled changes that the classifier sees as this kind.",
            |row: &AccuracyRow| Value::count(row.seen),
        )
        .shown("seen\nas such", 1),
        Column::new(
            "precision",
            Kind::Share,
            "Share of these that are of this kind, `0..=1`; `null` of none.",
            |row: &AccuracyRow| row.precision.map_or(Value::None, Value::Share),
        )
        .nullable()
        .shown("of them\nright", 0),
        seen_as::<0>("seen_as_new", "Labelled changes of this kind that the classifier sees as `new`."),
        seen_as::<1>("seen_as_repair", "Labelled changes of this kind that the classifier sees as `repair`."),
        seen_as::<2>("seen_as_better", "Labelled changes of this kind that the classifier sees as `better`."),
        seen_as::<3>(
            "seen_as_unclassified",
            "Labelled changes of this kind that the classifier does not place.",
        ),
        Column::new("agreed", Kind::Count, "Labelled changes where both agree.", |row: &AccuracyRow| {
            Value::count(row.agreed)
        })
        .shown("agreed", 2)
        .cell(|row| Cell::with_look(count_cell(row.agreed), Look::Dim)),
    ]
}

fn seen_as<const KIND: usize>(key: &'static str, doc: &'static str) -> Column<AccuracyRow> {
    Column::new(key, Kind::Count, doc, |row: &AccuracyRow| Value::count(row.seen_as[KIND]))
}
