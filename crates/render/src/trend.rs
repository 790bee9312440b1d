//! The trend: measures with their change, and points.

use super::document::{Cell, Look, Note};
use super::listing::{self, Caption, Column, Kind, Shape, Sheet, SheetShape, Value, View};
use super::number::{count, counted, day, figure, grouped};
use super::overview::figures;
use super::text::visible;
use crate::options::Format;
use crate::options::RenderOptions;
use debtscan_findings::{
    GrowthShape, MeasureTrend, TrendFigures, TrendKind, TrendList, TrendMeasure, TrendPoint,
};

/// Characters of the longest sparkline.
const SPARKLINE: usize = 24;

/// The shape of the list.
pub(super) fn shape() -> Shape {
    Shape {
        name: "trend",
        doc: "Size and complexity of a file, function, folder or area at past dates.",
        summary: summary().iter().map(|column| column.field).collect(),
        sheets: vec![points_shape(), measures_shape()],
    }
}

fn points_shape() -> SheetShape {
    let doc = "The state at one point. Figures are `null` if it did not exist.";
    SheetShape::new("points", "point", doc, &point_columns())
}

fn measures_shape() -> SheetShape {
    let doc = "One measure over all points.";
    SheetShape::new("measures", "measure", doc, &measure_columns())
}

/// The list with its rows: tables start with the measures and the newest points.
pub(super) fn view<'a>(list: &'a TrendList, options: &RenderOptions) -> View<'a> {
    let is_for_people = matches!(options.format, Format::Table | Format::Markdown | Format::Html);
    let mut rows: Vec<TrendPoint> = list.points.clone();
    if is_for_people {
        // People look for today first; programs draw from left to right.
        rows.reverse();
    }
    let points = Sheet::new(points_shape(), &point_columns(), &rows, points_caption(list), options);
    let measures =
        Sheet::new(measures_shape(), &measure_columns(), &list.measures, measures_caption(list), options);
    View {
        name: "trend",
        head: &list.head,
        group: None,
        summary: listing::summary(&summary(), list),
        lead: lead(list),
        // CSV has the first table only, and points are what a program wants.
        sheets: if is_for_people { vec![measures, points] } else { vec![points, measures] },
        next: next(list, options),
    }
}

fn next(list: &TrendList, options: &RenderOptions) -> Vec<(String, String)> {
    let commands = match list.kind {
        TrendKind::File => vec![
            ("hotspots --group function", "hotspots among its functions"),
            ("coupling", "files that change with it"),
        ],
        TrendKind::Function => vec![("hotspots --group function", "hotspots by function")],
        TrendKind::Area | TrendKind::Folder => {
            vec![("hotspots", "hotspots by file"), ("knowledge", "authors and knowledge loss")]
        }
    };
    let with_path = |(words, gives): (&str, &str)| (options.invocation.command(words), gives.to_owned());
    commands.into_iter().map(with_path).collect()
}

fn lead(list: &TrendList) -> Vec<String> {
    let name = visible(list.name.as_bytes());
    let Some((first, last)) = list.ends() else {
        // A folder of documents exists, so "exists at fewer than two points" would be wrong.
        if list.other_files > 0 && list.points.iter().all(|point| point.figures.is_none()) {
            let files = counted(list.other_files, "file", "files");
            return vec![format!(
                "{} {name} has {files}, but no source files (tests, docs and data do not count), so there is no trend.",
                list.kind.code()
            )];
        }
        return vec![format!(
            "{} {name} exists at fewer than two points, so there is no trend.",
            list.kind.code()
        )];
    };
    let lines = |point: &TrendPoint| point.figures.as_ref().map_or(0, |figures| figures.sloc);
    let (before, after) = (lines(first), lines(last));
    vec![format!(
        "{} {name}: {} lines of code on {}, {} on {}{}.",
        list.kind.code(),
        grouped(before),
        day(first.at),
        grouped(after),
        day(last.at),
        growth(before as f64, after as f64)
            .map_or_else(String::new, |growth| format!(" ({})", signed(growth))),
    )]
}

/// The change relative to the value before; `None` if that is 0.
fn growth(before: f64, after: f64) -> Option<f64> {
    // From nothing to something is no percentage.
    (before > 0.0).then(|| after / before - 1.0)
}

fn signed(share: f64) -> String {
    format!("{:+.1}%", share * 100.0)
}

/// The display name of a measure.
fn title(measure: TrendMeasure) -> &'static str {
    match measure {
        TrendMeasure::Files => "files",
        TrendMeasure::Lines => "lines",
        TrendMeasure::SourceLines => "lines of code",
        TrendMeasure::Functions => "functions",
        TrendMeasure::Cyclomatic => "cyclomatic",
        TrendMeasure::Cognitive => "cognitive",
        TrendMeasure::MaxNesting => "max nesting",
        TrendMeasure::Indentation => "indentation",
        TrendMeasure::HotspotScore => "hotspot score",
    }
}

/// Values as blocks of eight heights, from 0 to the maximum; blank for a missing value. If there are too
/// many values, each block shows the last of several.
fn sparkline(values: &[Option<f64>]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    // From 0, not from the smallest value: a change of 2% must not look like one of 200%.
    let largest = values.iter().flatten().copied().fold(0.0, f64::max);
    let shown = values.len().min(SPARKLINE);
    let block = |nth: usize| {
        // The last of each group, so that the last block is today's value.
        let last = (nth + 1) * values.len() / shown - 1;
        match values[last] {
            None => ' ',
            Some(value) if largest > 0.0 => {
                // At least one eighth: a gap stands for a point without the subject.
                let height = super::number::nearest(value / largest * 8.0).clamp(1, 8);
                BLOCKS[usize::try_from(height).expect("clamped to the blocks") - 1]
            }
            Some(_) => BLOCKS[0],
        }
    };
    (0..shown).map(block).collect()
}

fn measure_columns() -> Vec<Column<MeasureTrend>> {
    vec![
        Column::new("measure", Kind::Word, "Name of the measure, as in the points.", |row: &MeasureTrend| {
            Value::word(row.measure.code())
        })
        .shown("measure", 0)
        .cell(|row| Cell::new(title(row.measure))),
        Column::new("first", Kind::Figure, "The value at the first point with one.", |row: &MeasureTrend| {
            row.ends().map_or(Value::None, |(first, _)| Value::Figure(first))
        })
        .nullable()
        .shown("first", 0)
        .cell(|row| row.ends().map_or_else(|| Cell::new(""), |(first, _)| number(first))),
        Column::new(
            "sparkline",
            Kind::Text,
            "The values as blocks, from 0 to the maximum, for display.",
            |row: &MeasureTrend| Value::text(sparkline(&row.values)),
        )
        .shown("0 to maximum", 2)
        .comfort(SPARKLINE),
        Column::new("last", Kind::Figure, "The value at the last point with one.", |row: &MeasureTrend| {
            row.ends().map_or(Value::None, |(_, last)| Value::Figure(last))
        })
        .nullable()
        .shown("last", 0)
        .cell(|row| row.ends().map_or_else(|| Cell::new(""), |(_, last)| number(last))),
        Column::new("growth", Kind::Figure, "last / first - 1; `null` if first is 0.", |row: &MeasureTrend| {
            row.ends().and_then(|(first, last)| growth(first, last)).map_or(Value::None, Value::Figure)
        })
        .nullable()
        .shown("change", 0)
        .cell(|row| {
            let growth = row.ends().and_then(|(first, last)| growth(first, last));
            Cell::with_look(growth.map_or_else(String::new, signed), Look::Bold)
        }),
        Column::new(
            "shape",
            Kind::Word,
            "Direction: `flat` if the values span less than 10% of the largest; otherwise `rising` or `falling` if \
             Kendall's tau between value and time is at least 0.5 or at most -0.5, else `mixed`; `null` for \
             fewer than three values.",
            |row: &MeasureTrend| {
                row.shape.map_or(Value::None, |shape| Value::word(shape.code()))
            },
        )
        .nullable()
        .shown("trend", 0)
        .cell(|row| match row.shape {
            None => Cell::new(""),
            // The only direction that asks for attention.
            Some(GrowthShape::Rising) => Cell::with_look("rising", Look::Accent),
            Some(shape) => Cell::new(shape.code()),
        }),
    ]
}

fn number(value: f64) -> Cell {
    // Counts have no decimals; the hotspot score has one.
    Cell::new(if value.fract() == 0.0 { figure(value) } else { super::number::incidents(value, 1) })
}

fn measures_caption(list: &TrendList) -> Caption {
    let unparsed = list.points.iter().filter_map(|point| point.figures.as_ref());
    // The largest number over all points: a grammar does not change, but files come and go.
    let unparsed = unparsed.map(|figures| figures.unparsed_files).max().unwrap_or(0);
    let mut notes = Vec::new();
    let mut note = |text: String| notes.push(Note::new("", text, Look::Dim));
    note(
        "trend: flat if the values span less than 10% of the largest; rising or falling if at least three \
         quarters of all pairs of points agree; otherwise mixed"
            .to_owned(),
    );
    if list.kind == TrendKind::Area {
        note("areas use today's rules, applied to the paths of each date".to_owned());
    }
    if unparsed > 0 {
        let files = counted(usize::try_from(unparsed).unwrap_or(usize::MAX), "file", "files");
        note(format!("up to {files} without a syntax tree: functions and decisions there are not counted"));
    }
    if list.older_points > 0 {
        note(format!("{} older points not shown: use --points N for more", count(list.older_points)));
    }
    if list.unmeasured > 0 {
        note(format!(
            "{} of past revisions could only be measured in part",
            counted(list.unmeasured, "file", "files")
        ));
    }
    Caption {
        title: "TREND".to_owned(),
        aside: format!("{}, every {}", counted(list.points.len(), "point", "points"), list.every),
        notes,
        default_top: 9,
        ..Caption::default()
    }
}

fn points_caption(list: &TrendList) -> Caption {
    let aside = "newest first, along first-parent history".to_owned();
    let default_top = list.points.len().min(12);
    Caption { title: "POINTS".to_owned(), aside, default_top, ..Caption::default() }
}

fn summary() -> Vec<Column<TrendList>> {
    vec![
        Column::new("kind", Kind::Word, "`area`, `folder`, `file` or `function`.", |list: &TrendList| {
            Value::word(list.kind.code())
        }),
        Column::new("subject", Kind::Text, "Name or path; of a function `path:name`.", |list: &TrendList| {
            Value::text(list.name.as_str())
        }),
        Column::new("every", Kind::Text, "Interval between the points.", |list: &TrendList| {
            Value::text(list.every.as_str())
        }),
        Column::new("left_out", Kind::Count, "Older points beyond the limit.", |list: &TrendList| {
            Value::count(list.older_points)
        }),
        Column::new(
            "unmeasured",
            Kind::Count,
            "Files of past revisions that could only be measured in part.",
            |list: &TrendList| Value::count(list.unmeasured),
        ),
    ]
}

fn count_of(row: &TrendPoint, figure: fn(&TrendFigures) -> u64) -> Value {
    row.figures.as_ref().map_or(Value::None, |figures| Value::Count(figure(figures)))
}

fn point_columns() -> Vec<Column<TrendPoint>> {
    let mut columns = vec![
        Column::new(
            "at",
            Kind::Time,
            "Date of the point: the end of a month, quarter or year, or the commit's own time.",
            |row: &TrendPoint| Value::Time(row.at),
        )
        .shown("date", 0),
        Column::new("commit", Kind::Word, "The commit whose tree was measured.", |row: &TrendPoint| {
            Value::word(row.commit.to_string())
        })
        .shown("commit", 2)
        .cell(|row| Cell::dim(row.commit.short())),
        Column::new("committed_at", Kind::Time, "Its committer time.", |row: &TrendPoint| {
            Value::Time(row.time)
        }),
        Column::new(
            "path",
            Kind::Path,
            "Path of the file, or of the function's file, at that time.",
            |row: &TrendPoint| row.path.clone().map_or(Value::None, Value::Path),
        )
        .nullable()
        .shown("path", 4),
    ];
    columns.extend(figure_columns());
    columns
}

fn figure_columns() -> Vec<Column<TrendPoint>> {
    vec![
        Column::new("files", Kind::Count, "Source files.", |row: &TrendPoint| count_of(row, |it| it.files))
            .nullable()
            .shown("files", 5),
        Column::new("unparsed_files", Kind::Count, "Files without a syntax tree.", |row: &TrendPoint| {
            count_of(row, |it| it.unparsed_files)
        })
        .nullable(),
        Column::new("lines", Kind::Count, "All lines.", |row: &TrendPoint| count_of(row, |it| it.lines))
            .nullable(),
        Column::new("source_lines", Kind::Count, "Lines of code.", |row: &TrendPoint| {
            count_of(row, |it| it.sloc)
        })
        .nullable()
        .shown("lines\nof code", 0),
        Column::new("functions", Kind::Count, "Functions.", |row: &TrendPoint| {
            count_of(row, |it| it.functions)
        })
        .nullable()
        .shown("functions", 3),
        Column::new("cyclomatic", Kind::Count, "Cyclomatic complexity.", |row: &TrendPoint| {
            count_of(row, |it| it.cyclomatic)
        })
        .nullable()
        .shown("cyclo-\nmatic", 1),
        Column::new("cognitive", Kind::Count, "Cognitive complexity.", |row: &TrendPoint| {
            count_of(row, |it| it.cognitive)
        })
        .nullable()
        .shown("cognitive", 0),
        Column::new("max_nesting", Kind::Count, "Deepest nesting.", |row: &TrendPoint| {
            count_of(row, |it| it.max_nesting)
        })
        .nullable()
        .shown("max\nnesting", 3),
        Column::new(
            "indentation",
            Kind::Count,
            "Indentation complexity; `null` for a function.",
            |row: &TrendPoint| {
                let value = row.figures.as_ref().and_then(|figures| figures.indentation);
                value.map_or(Value::None, Value::Count)
            },
        )
        .nullable()
        .shown("inden-\ntation", 2),
        Column::new(
            "hotspot_score",
            Kind::Figure,
            "Sum of sqrt(R x indentation) at that time; `null` for a function.",
            |row: &TrendPoint| {
                let value = row.figures.as_ref().and_then(|figures| figures.hotspot);
                value.map_or(Value::None, Value::Figure)
            },
        )
        .nullable()
        .shown("hotspot\nscore", 1)
        .cell(|row| {
            let value = row.figures.as_ref().and_then(|figures| figures.hotspot);
            value.map_or_else(|| Cell::new(""), figures::score)
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::{growth, signed, sparkline};

    #[test]
    fn a_sparkline_starts_at_zero_and_has_gaps() {
        assert_eq!(sparkline(&[Some(0.0), None, Some(4.0), Some(8.0)]), "▁ ▄█");
        assert_eq!(sparkline(&[Some(0.0), Some(0.0)]), "▁▁");
        assert_eq!(sparkline(&[]), "");
        let many: Vec<Option<f64>> = (1..=60).map(|value| Some(f64::from(value))).collect();
        assert_eq!(sparkline(&many).chars().count(), 24);
        assert!(sparkline(&many).ends_with('█'));
    }

    #[test]
    fn growth_is_relative_to_the_first_value() {
        assert_eq!(growth(50.0, 75.0).map(signed).as_deref(), Some("+50.0%"));
        assert_eq!(growth(50.0, 40.0).map(signed).as_deref(), Some("-20.0%"));
        assert_eq!(growth(0.0, 40.0), None);
    }
}
