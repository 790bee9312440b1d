//! The columns of a backtest: scores, cut dates and, for CSV, single figures.

use debtscan_findings::{BacktestReport, CutReport, Metric, Score, ScoreReport, Uncounted, UncountedCut};

use super::sentence::whole;
use crate::document::Cell;
use crate::json::{Estimates, ScoreFigures, estimates, score_figures};
use crate::listing::{Column, Kind, Value, arranged};
use crate::number::{count, day};

/// The columns of a score.
pub(crate) fn score_columns() -> Vec<Column<ScoreReport>> {
    vec![
        Column::new("score", Kind::Word, "Stable identifier.", |it: &ScoreReport| Value::word(it.score.id())),
        Column::new("name", Kind::Text, "The name for people.", |it: &ScoreReport| {
            Value::text(it.score.name())
        }),
        Column::nested::<Estimates>(
            "figures",
            "By figure (`c10`, `c20`, `popt`, ...).",
            |it: &ScoreReport| Value::nested(Some(estimates(&it.figures))),
        ),
        Column::nested::<Option<Estimates>>(
            "debtscan_has_more",
            "What debtscan's score has more, drawn in pairs; `null` for debtscan itself.",
            |it: &ScoreReport| {
                let is_own = it.score == Score::Debtscan;
                // The difference from itself is 0 without a range, which would look like a
                // measurement.
                Value::nested((!is_own).then(|| estimates(&it.debtscan_has_more)))
            },
        )
        .nullable(),
    ]
}

/// The columns of the table of cut dates.
const CUT_TABLE: [&str; 11] = [
    "date",
    "known",
    "came",
    "rankable_share",
    "expected",
    "debtscan_c10",
    "debtscan_popt",
    "hotspot_c10",
    "hotspot_popt",
    "revision",
    "source_lines",
];

/// The columns of a cut date in tables.
pub(super) fn cut_table() -> Vec<Column<CutReport>> {
    let mut columns = cut_columns();
    columns.extend(cut_figures());
    arranged(columns, &CUT_TABLE)
}

/// Figures of a cut date that tables show, from the object `figures` of JSON.
fn cut_figures() -> Vec<Column<CutReport>> {
    fn of(cut: &CutReport, score: Score, metric: Metric) -> Value {
        let position = Score::ALL.iter().position(|known| *known == score).expect("every score is listed");
        Value::word(decimals(cut.figures[position][metric.position()]))
    }
    let column = |key, title, drop, value| {
        // A word, because the number of decimals is chosen here. It is aligned like the number that
        // it is.
        Column::new(key, Kind::Word, "", value).only_table().shown(title, drop).like_number()
    };
    vec![
        column("debtscan_c10", "debtscan\n10%", 0, |it: &CutReport| of(it, Score::Debtscan, Metric::C10)),
        column("debtscan_popt", "debtscan\nPopt", 3, |it: &CutReport| of(it, Score::Debtscan, Metric::Popt)),
        column("hotspot_c10", "hotspot\n10%", 1, |it: &CutReport| of(it, Score::HotspotProduct, Metric::C10)),
        column("hotspot_popt", "hotspot\nPopt", 4, |it: &CutReport| {
            of(it, Score::HotspotProduct, Metric::Popt)
        }),
    ]
}

/// The columns of a cut date that counts.
pub(crate) fn cut_columns() -> Vec<Column<CutReport>> {
    let time = |key, doc, value| Column::new(key, Kind::Time, doc, value);
    let number = |key, doc, value| Column::new(key, Kind::Count, doc, value);
    let mut columns = vec![
        time("date", "The cut: what was known by then is known.", |it: &CutReport| Value::Time(it.date))
            .shown("cut date", 0)
            .cell(|it| Cell::new(day(it.date))),
        time("end", "The last second of the window after it.", |it: &CutReport| Value::Time(it.end)),
        Column::new(
            "revision",
            Kind::Word,
            "Full id of the commit whose tree was ranked.",
            |it: &CutReport| Value::word(it.revision.to_string()),
        )
        .shown("commit", 5)
        .cell(|it| Cell::new(it.revision.short())),
        number("files", "Ranked files.", |it: &CutReport| Value::count(it.files)),
        number("source_lines", "Lines of code of the ranked files.", |it: &CutReport| Value::count(it.lines))
            .shown("lines\nof code", 6),
        number("areas", "Areas with ranked files.", |it: &CutReport| Value::count(it.areas)),
        Column::new("area_source", Kind::Word, "What the areas were made from.", |it: &CutReport| {
            Value::word(it.area_source.to_string())
        }),
    ];
    columns.extend(cut_counts());
    columns
}

fn cut_counts() -> Vec<Column<CutReport>> {
    let number = |key, doc, value| Column::new(key, Kind::Count, doc, value);
    vec![
        number("known", "Incidents that were known and take part in the ranking.", |it: &CutReport| {
            Value::count(it.known)
        })
        .shown("known\nbefore", 0)
        .cell(|it| Cell::new(count(it.known))),
        number("came", "Later incidents that are placed in source files.", |it: &CutReport| {
            Value::count(it.came)
        })
        .shown("actual\nafter", 0)
        .cell(|it| Cell::new(count(it.came))),
        number("rankable", "Of these, those with a part on a ranked file.", |it: &CutReport| {
            Value::count(it.rankable)
        }),
        Column::new(
            "rankable_share",
            Kind::Figure,
            "The part of the later incidents that fell on ranked files, `0..=1`.",
            |it: &CutReport| Value::Figure(it.rankable_share),
        )
        .shown("on ranked\nfiles", 1)
        .cell(|it| Cell::new(format!("{}%", whole(it.rankable_share)))),
        number("unplaced", "Later incidents that are placed in no source file.", |it: &CutReport| {
            Value::count(it.unplaced)
        }),
        number(
            "wide",
            "Later incidents excluded because their fix touches too many files.",
            |it: &CutReport| Value::count(it.wide),
        ),
        number("last_year", "Incidents of the 365 days before the cut.", |it: &CutReport| {
            Value::count(it.last_year)
        }),
        Column::new(
            "expected",
            Kind::Figure,
            "Incidents expected in the window; `null` when nothing was known.",
            |it: &CutReport| Value::figure(it.expected),
        )
        .nullable()
        .shown("expected", 2)
        .cell(|it| Cell::new(it.expected.map_or_else(String::new, |expected| format!("{expected:.0}")))),
        Column::nested::<ScoreFigures>("figures", "By score, then by figure.", |it: &CutReport| {
            Value::nested(Some(score_figures(&it.figures)))
        }),
    ]
}

/// The columns of a cut date that does not count.
pub(crate) fn uncounted_columns() -> Vec<Column<UncountedCut>> {
    let number = |key, doc, value| Column::new(key, Kind::Count, doc, value);
    vec![
        Column::new("date", Kind::Time, "The cut.", |it: &UncountedCut| Value::Time(it.date)),
        Column::new("reason", Kind::Word, "`too-few`, `no-commit` or `not-over`.", |it: &UncountedCut| {
            Value::word(match it.reason {
                Uncounted::TooFew => "too-few",
                Uncounted::NoCommit => "no-commit",
                Uncounted::NotOver => "not-over",
            })
        }),
        number("known", "Known incidents, at most.", |it: &UncountedCut| Value::count(it.known)),
        number("came", "Later incidents on ranked files, at most.", |it: &UncountedCut| {
            Value::count(it.came)
        }),
    ]
}

/// A row of the CSV: one figure of one score.
pub(crate) struct FigureRow<'a> {
    /// `None`: the mean over the cut dates, which has an interval.
    cut: Option<&'a CutReport>,
    score: Score,
    metric: Metric,
    value: f64,
    interval: Option<(f64, f64)>,
}

/// One row per score and figure: first of each cut date, then of the mean over cut dates.
pub(crate) fn figure_rows(report: &BacktestReport) -> Vec<FigureRow<'_>> {
    let mut rows = Vec::new();
    for cut in &report.cuts {
        for (score, figures) in Score::ALL.iter().zip(&cut.figures) {
            rows.extend(Metric::ALL.iter().zip(figures).map(|(metric, value)| FigureRow {
                cut: Some(cut),
                score: *score,
                metric: *metric,
                value: *value,
                // A single cut has nothing to resample.
                interval: None,
            }));
        }
    }
    for score in &report.scores {
        rows.extend(Metric::ALL.iter().zip(&score.figures).map(|(metric, it)| FigureRow {
            cut: None,
            score: score.score,
            metric: *metric,
            value: it.mean,
            interval: Some((it.low, it.high)),
        }));
    }
    rows
}

/// The columns of the CSV; date and revision are empty for a mean.
pub(crate) fn figure_columns<'a>() -> Vec<Column<FigureRow<'a>>> {
    let word = |key, value| Column::new(key, Kind::Word, "", value);
    let figure = |key, value| Column::new(key, Kind::Figure, "", value);
    vec![
        word("date", |it: &FigureRow<'a>| Value::maybe_word(it.cut.map(|cut| day(cut.date)))),
        word("revision", |it: &FigureRow<'a>| Value::maybe_word(it.cut.map(|cut| cut.revision.to_string()))),
        word("score", |it: &FigureRow<'a>| Value::word(it.score.id())),
        word("figure", |it: &FigureRow<'a>| Value::word(it.metric.id())),
        figure("value", |it: &FigureRow<'a>| Value::Figure(it.value)),
        figure("low", |it: &FigureRow<'a>| Value::figure(it.interval.map(|(low, _)| low))),
        figure("high", |it: &FigureRow<'a>| Value::figure(it.interval.map(|(_, high)| high))),
    ]
}

/// Three decimals without the leading zero, as in the literature: `.231`, `1.000`.
pub(super) fn decimals(value: f64) -> String {
    let text = format!("{value:.3}");
    text.strip_prefix('0').map_or(text.clone(), ToOwned::to_owned)
}
