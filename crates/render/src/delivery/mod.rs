//! How long changes take: columns and sentences.

mod columns;
pub(super) mod words;

use self::columns::{area_columns, size_columns, source_columns, summary};
use self::words::{source_words, span};
use super::document::{Look, Note};
use super::listing::{self, Caption, Shape, Sheet, SheetShape, View};
use super::number::{day, grouped};
use crate::options::RenderOptions;
use debtscan_findings::{
    AreaDelivery, DeliveryExcluded, DeliveryList, DeliverySource, DeliveryTimes, RatioBasis,
};

/// The shape of the list.
pub(super) fn shape() -> Shape {
    Shape {
        name: "delivery",
        doc: "How long changes take, by source of the times, size and area.",
        summary: summary().iter().map(|column| column.field).collect(),
        sheets: vec![areas_shape(), sizes_shape(), sources_shape()],
    }
}

fn areas_shape() -> SheetShape {
    let doc = "The changes that touch an area, compared with equally large changes elsewhere.";
    SheetShape::new("areas", "area", doc, &area_columns())
}

fn sizes_shape() -> SheetShape {
    SheetShape::new("sizes", "size", "Changes by the number of files that they touch.", &size_columns())
}

fn sources_shape() -> SheetShape {
    let doc = "Where the time of a change is known from; times of different sources are never mixed.";
    SheetShape::new("sources", "source", doc, &source_columns())
}

/// The list with its rows.
pub(super) fn view<'a>(list: &'a DeliveryList, options: &RenderOptions) -> View<'a> {
    View {
        name: "delivery",
        head: &list.head,
        group: None,
        summary: listing::summary(&summary(), list),
        lead: lead(list),
        sheets: vec![
            Sheet::new(areas_shape(), &area_columns(), &list.areas, areas_caption(list), options),
            Sheet::new(sizes_shape(), &size_columns(), &list.sizes, sizes_caption(list), options),
            Sheet::new(sources_shape(), &source_columns(), &list.sources, sources_caption(list), options),
        ],
        next: vec![(
            options.invocation.command("delivery --format csv"),
            "every area for a spreadsheet".to_owned(),
        )],
    }
}

fn lead(list: &DeliveryList) -> Vec<String> {
    let Some(source) = list.source else {
        return vec![format!(
            "History does not say how long changes take: no source has enough of the {} changes since {}.",
            grouped(list.commits),
            day(list.from)
        )];
    };
    let row = list.sources.iter().find(|row| row.source == source);
    let mut sentences = Vec::new();
    sentences.extend(row.and_then(|row| row.times).map(|times| overall(source, &times)));
    sentences.push(areas_sentence(list));
    sentences
}

fn overall(source: DeliverySource, times: &DeliveryTimes) -> String {
    let changes = grouped(times.changes);
    let quarter = slowest(times.p75_days);
    let middle = match times.median_days {
        Some(median) if median < HOUR => format!("half of {changes} changes took less than 1 h, {quarter}"),
        Some(median) => format!("half of {changes} changes took {} or more, {quarter}", span(median)),
        None => format!("of {changes} changes {quarter}"),
    };
    format!(
        "Time per change, {}: {middle}, and {:.0}% more than 30 days.",
        source_words(source),
        times.over_month * 100.0
    )
}

/// An hour in days. Shorter times are not told apart.
const HOUR: f64 = 1.0 / 24.0;

/// What the slowest quarter took.
fn slowest(p75_days: f64) -> String {
    if p75_days < HOUR {
        "three quarters took less than 1 h".to_owned()
    } else {
        format!("a quarter took {} or more", span(p75_days))
    }
}

fn areas_sentence(list: &DeliveryList) -> String {
    let compared = || list.areas.iter().filter_map(|area| area.ratio);
    let n = compared().count();
    if n == 0 {
        return "No area has 20 changes to compare with 20 elsewhere.".to_owned();
    }
    let raw = compared().filter(|ratio| ratio.raw > 1.0).count();
    let slower = compared().filter(|ratio| ratio.adjusted.low > 1.0).count();
    let faster = compared().filter(|ratio| ratio.adjusted.high < 1.0).count();
    format!(
        "{raw} of {n} areas look slow; compared with equally large changes, {slower} are slower and {faster} faster \
         (about {:.0} would be by chance).",
        n as f64 * 0.2
    )
}

fn areas_caption(list: &DeliveryList) -> Caption {
    let mut notes = vec![
        Note::new(
            "",
            "like for like: within size classes by files touched (1, 2–3, 4–10, more), 80% range",
            Look::Dim,
        ),
        Note::new("", "as it is: without regard to size, which makes most areas look slow", Look::Dim),
        Note::new(
            "",
            "a change that touches several areas counts in each; empty with fewer than 20 changes on a side",
            Look::Dim,
        ),
    ];
    let is_upper =
        |area: &AreaDelivery| area.ratio.is_some_and(|ratio| ratio.basis == RatioBasis::UpperQuartile);
    if list.areas.iter().any(is_upper) {
        notes.push(Note::new(
            "",
            "p75: compared by the time that 3 of 4 changes do not exceed, because a third or more took no time",
            Look::Dim,
        ));
    }
    Caption {
        title: "TIME PER CHANGE BY AREA".to_owned(),
        aside: list.source.map_or_else(String::new, |source| source_words(source).to_owned()),
        notes,
        default_top: 15,
        ..Caption::default()
    }
}

fn sizes_caption(list: &DeliveryList) -> Caption {
    Caption {
        title: "BY SIZE".to_owned(),
        aside: list.source.map_or_else(String::new, |source| source_words(source).to_owned()),
        default_top: 10,
        ..Caption::default()
    }
}

fn sources_caption(list: &DeliveryList) -> Caption {
    let mut notes = vec![Note::new(
        "",
        "coverage: commits by people for which it is the most trusted source; times count all changes that have it",
        Look::Dim,
    )];
    if let Some(check) = &list.check {
        let text = format!(
            "check of the pull-request clock on {} changes with a branch: rank correlation {:.2}, not above the \
             branch's time in {:.0}%",
            grouped(check.changes),
            check.correlation,
            check.not_above * 100.0
        );
        notes.push(Note::new("", text, Look::Dim));
    }
    notes.extend(excluded(&list.excluded));
    let known: u64 = list.sources.iter().map(|row| row.commits).sum();
    if known < list.commits {
        let text = format!(
            "nothing says how long {} of {} commits took: the same person wrote and applied them",
            grouped(list.commits - known),
            grouped(list.commits)
        );
        notes.push(Note::new("", text, Look::Dim));
    }
    Caption {
        title: "WHERE TIMES ARE KNOWN FROM".to_owned(),
        aside: "most trusted first".to_owned(),
        notes,
        default_top: 10,
        ..Caption::default()
    }
}

fn excluded(excluded: &DeliveryExcluded) -> Option<Note> {
    let parts = [
        (excluded.robots, "robots"),
        (excluded.back_merges, "merges of a main branch"),
        (excluded.long_branches, "branches of more than 50 commits"),
        (excluded.cut_branches, "branches from before the window"),
        (excluded.broken_dates, "broken dates"),
        (excluded.odd_numbers, "pull-request numbers out of line"),
        (excluded.copies, "cherry-picks"),
        (excluded.empty_merges, "merges without commits of their own"),
    ];
    let words: Vec<String> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, words)| format!("{words} {}", grouped(number)))
        .collect();
    (!words.is_empty()).then(|| Note::new("", format!("not used: {}", words.join(", ")), Look::Dim))
}
