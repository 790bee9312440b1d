//! The columns of areas, sizes and sources.

use super::words::{basis_word, source_words, span, times_word};
use crate::document::{Cell, Look};
use crate::listing::{Column, Kind, Value};
use crate::number::percent;
use crate::text::visible;
use debtscan_findings::{AreaDelivery, DeliveryList, DeliverySource, DeliveryTimes, SizeRow, SourceRow};

/// A row with times.
trait HasTimes {
    fn times(&self) -> Option<&DeliveryTimes>;
}

impl HasTimes for AreaDelivery {
    fn times(&self) -> Option<&DeliveryTimes> {
        Some(&self.times)
    }
}

impl HasTimes for SizeRow {
    fn times(&self) -> Option<&DeliveryTimes> {
        Some(&self.times)
    }
}

impl HasTimes for SourceRow {
    fn times(&self) -> Option<&DeliveryTimes> {
        self.times.as_ref()
    }
}

fn figure<R: HasTimes>(row: &R, of: fn(&DeliveryTimes) -> Option<f64>) -> Value {
    row.times().and_then(of).map_or(Value::None, Value::Figure)
}

fn span_cell<R: HasTimes>(row: &R, of: fn(&DeliveryTimes) -> Option<f64>) -> Cell {
    Cell::new(row.times().and_then(of).map_or_else(String::new, span))
}

fn share<R: HasTimes>(row: &R, of: fn(&DeliveryTimes) -> f64) -> Value {
    row.times().map_or(Value::None, |times| Value::Share(of(times)))
}

/// Number of changes, and their times.
fn time_columns<R: HasTimes + 'static>() -> Vec<Column<R>> {
    vec![
        Column::new("changes", Kind::Count, "Changes with a time.", |row: &R| {
            Value::count(row.times().map_or(0, |times| times.changes))
        })
        .shown("changes", 0),
        Column::new(
            "median_days",
            Kind::Figure,
            "Median in days; `null` if a third or more took no time.",
            |row: &R| figure(row, |times| times.median_days),
        )
        .nullable()
        .shown("median", 3)
        .cell(|row| span_cell(row, |times| times.median_days)),
        Column::new("p75_days", Kind::Figure, "75% quantile in days.", |row: &R| {
            figure(row, |times| Some(times.p75_days))
        })
        .nullable()
        .shown("3 of 4\nwithin", 2)
        .cell(|row| span_cell(row, |times| Some(times.p75_days))),
        Column::new("over_7_days", Kind::Share, "Share of more than 7 days, `0..=1`.", |row: &R| {
            share(row, |times| times.over_week)
        })
        .nullable()
        .shown("over\n7 days", 4),
        Column::new("over_30_days", Kind::Share, "Share of more than 30 days, `0..=1`.", |row: &R| {
            share(row, |times| times.over_month)
        })
        .nullable()
        .shown("over\n30 days", 2),
        Column::new("zero", Kind::Share, "Share that took no time, `0..=1`.", |row: &R| {
            share(row, |times| times.zero)
        })
        .nullable(),
    ]
}

pub(super) fn area_columns() -> Vec<Column<AreaDelivery>> {
    let mut columns = vec![
        Column::new("name", Kind::Text, "Display name of the area.", |row: &AreaDelivery| {
            Value::text(row.name.as_str())
        })
        .shown("area", 0)
        .like_path(20)
        .cell(|row| Cell::new(visible(row.name.as_bytes()))),
        Column::new("area_id", Kind::Word, "ID of the area.", |row: &AreaDelivery| {
            Value::word(row.area.as_str())
        }),
    ];
    columns.extend(time_columns());
    columns.extend([
        Column::new(
            "ratio",
            Kind::Range,
            "Time per change against that of equally large changes elsewhere, with its 80% range; `null` with fewer than \
             20 changes on a side.",
            |row: &AreaDelivery| row.ratio.map_or(Value::None, |ratio| Value::Range(ratio.adjusted)),
        )
        .nullable()
        .shown("like for like", 0)
        .cell(ratio_cell),
        Column::new("is_clear", Kind::Flag, "Whether that range excludes 1.", |row: &AreaDelivery| {
            Value::Flag(row.ratio.is_some_and(|ratio| ratio.is_clear()))
        }),
        Column::new(
            "raw_ratio",
            Kind::Figure,
            "The same without regard to size.",
            |row: &AreaDelivery| Value::figure(row.ratio.map(|ratio| ratio.raw)),
        )
        .nullable()
        .shown("as it is", 0)
        .cell(|row| Cell::dim(row.ratio.map_or_else(String::new, |ratio| times_word(ratio.raw)))),
        Column::new(
            "basis",
            Kind::Word,
            "What the ratios compare: `median`, or `p75` if a third or more took no time.",
            |row: &AreaDelivery| Value::maybe_word(row.ratio.map(|ratio| basis_word(ratio.basis))),
        )
        .nullable()
        .shown("by", 5),
        Column::new(
            "here_days",
            Kind::Figure,
            "That figure here, in days, of changes with equals elsewhere.",
            |row: &AreaDelivery| Value::figure(row.ratio.map(|ratio| ratio.here_days)),
        )
        .nullable(),
        Column::new(
            "others_days",
            Kind::Figure,
            "That figure elsewhere, in days, weighted to the sizes here.",
            |row: &AreaDelivery| Value::figure(row.ratio.map(|ratio| ratio.others_days)),
        )
        .nullable(),
        Column::new(
            "others",
            Kind::Count,
            "Changes elsewhere in the same size classes.",
            |row: &AreaDelivery| Value::maybe_count(row.ratio.map(|ratio| ratio.others)),
        )
        .nullable()
        .shown("compared\nwith", 6),
    ]);
    columns
}

fn ratio_cell(row: &AreaDelivery) -> Cell {
    let Some(ratio) = &row.ratio else { return Cell::new(String::new()) };
    let text =
        format!("{} ({:.2}–{:.2})", times_word(ratio.adjusted.mean), ratio.adjusted.low, ratio.adjusted.high);
    Cell::with_look(text, if ratio.is_clear() { Look::Bold } else { Look::Dim })
}

pub(super) fn size_columns() -> Vec<Column<SizeRow>> {
    let mut columns = vec![
        Column::new("from_files", Kind::Count, "Fewest files touched.", |row: &SizeRow| {
            Value::count(row.from_files)
        })
        .shown("files touched", 0)
        .like_word()
        .cell(|row| {
            Cell::new(match row.to_files {
                Some(to) if to == row.from_files => to.to_string(),
                Some(to) => format!("{}–{to}", row.from_files),
                None => format!("{} or more", row.from_files),
            })
        }),
        Column::new(
            "to_files",
            Kind::Count,
            "Most files touched; `null` without an end.",
            |row: &SizeRow| Value::maybe_count(row.to_files),
        )
        .nullable(),
    ];
    columns.extend(time_columns());
    columns
}

pub(super) fn source_columns() -> Vec<Column<SourceRow>> {
    let mut columns = vec![
        Column::new(
            "source",
            Kind::Word,
            "`ticket`, `branch`, `request` or `applied`.",
            |row: &SourceRow| Value::word(row.source.name()),
        )
        .shown("source", 0),
        Column::new("is_lower_bound", Kind::Flag, "Whether times are minimums.", |row: &SourceRow| {
            Value::Flag(row.source.is_lower_bound())
        }),
        Column::new(
            "coverage",
            Kind::Share,
            "Share of the commits by people for which it is the most trusted source, `0..=1`.",
            |row: &SourceRow| Value::Share(row.coverage),
        )
        .shown("coverage", 0)
        .cell(|row| Cell::new(percent(row.coverage))),
        Column::new("commits", Kind::Count, "Their number.", |row: &SourceRow| Value::count(row.commits))
            .shown("commits", 5),
    ];
    columns.extend(time_columns());
    columns.push(
        Column::new("measures", Kind::Text, "What is measured.", |row: &SourceRow| {
            Value::text(source_words(row.source))
        })
        .shown("measures", 6),
    );
    columns
}

pub(super) fn summary() -> Vec<Column<DeliveryList>> {
    vec![
        Column::new("from", Kind::Time, "Start of the period; its end is `as_of`.", |list: &DeliveryList| {
            Value::Time(list.from)
        }),
        Column::new("commits", Kind::Count, "Commits by people, without merges.", |list: &DeliveryList| {
            Value::count(list.commits)
        }),
        Column::new(
            "source",
            Kind::Word,
            "The source of sizes and areas; `null` if none has 40 changes.",
            |list: &DeliveryList| Value::maybe_word(list.source.map(DeliverySource::name)),
        )
        .nullable(),
        Column::new(
            "check_changes",
            Kind::Count,
            "Changes with a branch and a pull-request number; `null` below 20.",
            |list: &DeliveryList| Value::maybe_count(list.check.map(|check| check.changes)),
        )
        .nullable(),
        Column::new(
            "check_correlation",
            Kind::Figure,
            "Rank correlation of their two times; `null` below 20 changes.",
            |list: &DeliveryList| Value::figure(list.check.map(|check| check.correlation)),
        )
        .nullable(),
        Column::new(
            "check_not_above",
            Kind::Share,
            "Share of them where the pull-request clock is not above the branch's time; `null` below 20 changes.",
            |list: &DeliveryList| list.check.map_or(Value::None, |check| Value::Share(check.not_above)),
        )
        .nullable(),
        Column::new("excluded_robots", Kind::Count, "Changes by robots.", |list: &DeliveryList| {
            Value::count(list.excluded.robots)
        }),
        Column::new("excluded_back_merges", Kind::Count, "Merges of a main branch.", |list: &DeliveryList| {
            Value::count(list.excluded.back_merges)
        }),
        Column::new("excluded_long_branches", Kind::Count, "Branches of more than 50 commits.", |list: &DeliveryList| {
            Value::count(list.excluded.long_branches)
        }),
        Column::new("excluded_cut_branches", Kind::Count, "Branches that reach back before the window.", |list: &DeliveryList| {
            Value::count(list.excluded.cut_branches)
        }),
        Column::new("excluded_broken_dates", Kind::Count, "Changes with broken dates.", |list: &DeliveryList| {
            Value::count(list.excluded.broken_dates)
        }),
        Column::new("excluded_odd_numbers", Kind::Count, "Pull-request numbers out of line.", |list: &DeliveryList| {
            Value::count(list.excluded.odd_numbers)
        }),
        Column::new("excluded_copies", Kind::Count, "Cherry-picks.", |list: &DeliveryList| {
            Value::count(list.excluded.copies)
        }),
        Column::new(
            "excluded_empty_merges",
            Kind::Count,
            "Merges of a pull request without commits of their own.",
            |list: &DeliveryList| Value::count(list.excluded.empty_merges),
        ),
    ]
}
