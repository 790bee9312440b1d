//! The hotspot list: columns and sentences.

use debtscan_model::{ComplexityMeasure, RepoPath};

use super::document::{Cell, Look, Note};
use super::listing::{self, Caption, Column, Kind, Shape, Sheet, SheetShape, Value, View};
use super::number::{count, counted, figure, grouped, percent};
use super::overview::figures;
use super::shell::shell_word;
use super::text::visible;
use crate::options::RenderOptions;
use debtscan_findings::{Band, Grouping, HotspotClass, HotspotList, HotspotRow, Quadrant};

/// The shape of the list.
pub(super) fn shape() -> Shape {
    Shape {
        name: "hotspots",
        doc: "Hotspots: complex code that changes often, per file, folder or area.",
        summary: summary().iter().map(|column| column.field).collect(),
        sheets: vec![rows_shape(), quadrants_shape(), bands_shape()],
    }
}

fn rows_shape() -> SheetShape {
    let doc = "A file, folder or area (`group`). Only present source files count.";
    SheetShape::new("hotspots", "hotspot", doc, &columns())
}

fn quadrants_shape() -> SheetShape {
    let doc = "The source files of one quadrant, regardless of `group`.";
    SheetShape::new("quadrants", "quadrant", doc, &class_columns("quadrant", "quadrant"))
}

fn bands_shape() -> SheetShape {
    let doc = "The source files of one score band, regardless of `group`.";
    SheetShape::new("bands", "band", doc, &class_columns("band", "band"))
}

/// The list with its rows.
pub(super) fn view<'a>(list: &'a HotspotList, options: &RenderOptions) -> View<'a> {
    let quadrants: Vec<Class> = Quadrant::ALL
        .iter()
        .zip(list.quadrants)
        .map(|(quadrant, class)| Class::new(quadrant.code(), quadrant.phrase(), class, list))
        .collect();
    let bands: Vec<Class> = Band::ALL
        .iter()
        .zip(list.bands)
        .map(|(band, class)| Class::new(band.word(), band.word(), class, list))
        .collect();
    let quadrant_columns = class_columns("quadrant", "quadrant");
    let band_columns = class_columns("band", "band");
    View {
        name: "hotspots",
        head: &list.head,
        group: Some(list.grouping.word()),
        summary: listing::summary(&summary(), list),
        lead: lead(list),
        sheets: vec![
            Sheet::new(rows_shape(), &columns(), &list.rows, caption(list), options),
            Sheet::new(quadrants_shape(), &quadrant_columns, &quadrants, quadrants_caption(list), options),
            Sheet::new(bands_shape(), &band_columns, &bands, bands_caption(list), options),
        ],
        next: next(list, options),
    }
}

fn lead(list: &HotspotList) -> Vec<String> {
    // Without files every share would be 0%, which reads like a good result.
    if list.all.files == 0 {
        return vec!["There are no source files.".to_owned()];
    }
    // `quadrants` is in the order of `Quadrant::ALL`, which is that of the declaration.
    let pressing = &list.quadrants[Quadrant::ComplexActive as usize];
    let share = |part: f64, all: f64| if all > 0.0 { percent(part / all) } else { percent(0.0) };
    vec![format!(
        "{} of {} {} complex and active; {} {} of the code and {} of the score.",
        count(pressing.files),
        counted(list.all.files, "source file", "source files"),
        if pressing.files == 1 { "is" } else { "are" },
        if pressing.files == 1 { "it holds" } else { "they hold" },
        share(pressing.source_lines as f64, list.all.source_lines as f64),
        share(pressing.score, list.all.score),
    )]
}

fn caption(list: &HotspotList) -> Caption {
    let half = list.all.score / 2.0;
    let mut sum = 0.0;
    let n_half = list.rows.iter().take_while(|row| {
        // The row that crosses the half still belongs to it.
        let is_before = sum < half;
        sum += row.score;
        is_before
    });
    let n_half = n_half.count();
    let (one, many, title) = match list.grouping {
        Grouping::File => ("file", "files", "HOTSPOTS"),
        Grouping::Directory => ("folder", "folders", "HOTSPOTS BY FOLDER"),
        Grouping::Area => ("area", "areas", "HOTSPOTS BY AREA"),
    };
    let aside = if list.all.score > 0.0 {
        let verb = if n_half == 1 { "makes" } else { "make" };
        format!("{} of {} {verb} up half of the score", count(n_half), counted(list.rows.len(), one, many))
    } else {
        String::new()
    };
    Caption { title: title.to_owned(), aside, subject: Some(one), default_top: 10, ..Caption::default() }
}

fn quadrants_caption(list: &HotspotList) -> Caption {
    let thresholds = &list.thresholds;
    let note = format!(
        "complex: a function with cognitive complexity above {}; without a syntax tree, indentation \
         complexity of at least {}. active: recent activity R of at least {}; commit half-life {} days. Both are \
         of the whole file, whatever its size; the ranking and explain compare per line",
        thresholds.complex_above,
        grouped(thresholds.complex_indentation_from),
        figure(thresholds.active_from),
        list.half_life_days,
    );
    Caption {
        title: "QUADRANTS".to_owned(),
        aside: "all source files, fixed thresholds".to_owned(),
        notes: vec![Note::new("", note, Look::Dim)],
        // There are four: none is hidden unless the user asks for fewer.
        default_top: 4,
        ..Caption::default()
    }
}

fn bands_caption(list: &HotspotList) -> Caption {
    let [moderate, high, severe] = list.thresholds.bands.map(figure);
    let note = format!(
        "score = √(recent activity R × indentation complexity); fixed thresholds: severe from {severe}, high \
         from {high}, moderate from {moderate}"
    );
    Caption {
        title: "BANDS".to_owned(),
        aside: "all source files, fixed score thresholds".to_owned(),
        notes: vec![Note::new("", note, Look::Dim)],
        // There are five.
        default_top: 5,
        ..Caption::default()
    }
}

fn next(list: &HotspotList, options: &RenderOptions) -> Vec<(String, String)> {
    let invocation = &options.invocation;
    // Only files have a quadrant, and only files and areas can be explained.
    let files = list.rows.iter().filter(|row| row.quadrant.is_some());
    // The first path that a shell can be given; a few names cannot be typed safely.
    let word = files.filter_map(|row| row.path.as_ref()).find_map(|path| shell_word(path.as_bytes()));
    let explain =
        word.map(|word| (invocation.command(&format!("explain {word}")), "how its figures were computed"));
    let by_area = (list.grouping == Grouping::File)
        .then(|| (invocation.command("hotspots --group area"), "the same by area"));
    let coupling = (invocation.command("coupling"), "files that change together");
    let all = explain.into_iter().chain(by_area).chain([coupling]);
    all.map(|(command, gives)| (command, gives.to_owned())).collect()
}

/// A class of files, with its shares of all source files.
struct Class {
    code: &'static str,
    phrase: &'static str,
    files: HotspotClass,
    share_of_lines: f64,
    share_of_score: f64,
}

impl Class {
    fn new(code: &'static str, phrase: &'static str, class: HotspotClass, list: &HotspotList) -> Self {
        // The sum of the classes may exceed the sum of all by a rounding error, and the schema ends
        // at 1.
        let share = |part: f64, all: f64| if all > 0.0 { (part / all).min(1.0) } else { 0.0 };
        Self {
            code,
            phrase,
            files: class,
            share_of_lines: share(class.source_lines as f64, list.all.source_lines as f64),
            share_of_score: share(class.score, list.all.score),
        }
    }
}

fn class_columns(key: &'static str, title: &'static str) -> Vec<Column<Class>> {
    vec![
        Column::new(key, Kind::Word, "Code of the class.", |row: &Class| Value::word(row.code))
            .shown(title, 0)
            .cell(|row| Cell::new(row.phrase)),
        Column::new("files", Kind::Count, "Source files in the class.", |row: &Class| {
            Value::count(row.files.files)
        })
        .shown("files", 0),
        Column::new("source_lines", Kind::Count, "Their lines of code.", |row: &Class| {
            Value::count(row.files.source_lines)
        })
        .shown("lines\nof code", 0),
        Column::new("share_of_lines", Kind::Share, "Their share of all lines of code.", |row: &Class| {
            Value::Share(row.share_of_lines)
        })
        .shown("share\nof lines", 1),
        Column::new("score", Kind::Figure, "Sum of their scores.", |row: &Class| {
            Value::Figure(row.files.score)
        })
        .shown("score", 2)
        .cell(|row| figures::score(row.files.score)),
        Column::new("share_of_score", Kind::Share, "Their share of all scores.", |row: &Class| {
            Value::Share(row.share_of_score)
        })
        .shown("share\nof score", 0),
        Column::new(
            "incident_shares",
            Kind::Figure,
            "Sum of the shares of incidents in these files.",
            |row: &Class| Value::Figure(row.files.incident_shares),
        )
        .shown("incidents", 1)
        .cell(|row| {
            let shares = row.files.incident_shares;
            Cell::new(if shares > 0.0 { super::number::incidents(shares, 1) } else { String::new() })
        }),
    ]
}

fn summary() -> Vec<Column<HotspotList>> {
    vec![
        Column::new("files", Kind::Count, "Present source files.", |list: &HotspotList| {
            Value::count(list.all.files)
        }),
        Column::new("source_lines", Kind::Count, "Their lines of code.", |list: &HotspotList| {
            Value::count(list.all.source_lines)
        }),
        Column::new("score", Kind::Figure, "Sum of their scores.", |list: &HotspotList| {
            Value::Figure(list.all.score)
        }),
        Column::new(
            "half_life_days",
            Kind::Figure,
            "Half-life of a commit in R, in days.",
            |list: &HotspotList| Value::Figure(list.half_life_days),
        ),
        Column::new(
            "moderate_from",
            Kind::Figure,
            "Lowest score of the band `moderate`.",
            |list: &HotspotList| Value::Figure(list.thresholds.bands[0]),
        ),
        Column::new("high_from", Kind::Figure, "Lowest score of the band `high`.", |list: &HotspotList| {
            Value::Figure(list.thresholds.bands[1])
        }),
        Column::new(
            "severe_from",
            Kind::Figure,
            "Lowest score of the band `severe`.",
            |list: &HotspotList| Value::Figure(list.thresholds.bands[2]),
        ),
        Column::new("active_from", Kind::Figure, "Lowest R of an active file.", |list: &HotspotList| {
            Value::Figure(list.thresholds.active_from)
        }),
        Column::new(
            "complex_above",
            Kind::Count,
            "A file is complex if the cognitive complexity of one of its functions is above this.",
            |list: &HotspotList| Value::count(list.thresholds.complex_above),
        ),
        Column::new(
            "complex_indentation_from",
            Kind::Count,
            "Lowest indentation complexity of a complex file without a syntax tree.",
            |list: &HotspotList| Value::count(list.thresholds.complex_indentation_from),
        ),
    ]
}

fn columns() -> Vec<Column<HotspotRow>> {
    let mut columns = place_columns();
    columns.extend(size_columns());
    columns.extend(change_columns());
    columns.extend(complexity_columns());
    columns.extend(function_columns());
    columns.extend(incident_columns());
    columns
}

impl listing::PlaceColumns for HotspotRow {
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

fn place_columns() -> Vec<Column<HotspotRow>> {
    vec![
        Column::new(
            "rank",
            Kind::Count,
            "Rank within the list, 1 for the highest score; `null` for a score of 0.",
            |row: &HotspotRow| Value::maybe_count(row.rank),
        )
        .nullable()
        .shown("#", 0)
        .cell(|row| Cell::dim(row.rank.map_or_else(|| "–".to_owned(), count))),
        listing::name_column("file", 24),
        listing::path_column(),
        listing::area_column()
        .shown("area", 11)
        .like_path(10)
        .cell(|row| {
            // In a list of areas the name is the area.
            let area = row.area_name.as_deref().filter(|_| row.path.is_some()).unwrap_or("");
            Cell::new(visible(area.as_bytes()))
        }),
        Column::new(
            "score",
            Kind::Figure,
            "sqrt(R x indentation) for a file; otherwise the sum over its files. Absolute, at least 0.",
            |row: &HotspotRow| Value::Figure(row.score),
        )
        .shown("score", 0)
        .cell(|row| figures::score(row.score)),
        Column::new(
            "band",
            Kind::Word,
            "`severe`, `high`, `moderate`, `low` or `none`: the score against fixed thresholds; for a folder or \
             area, the band of its top file.",
            |row: &HotspotRow| Value::word(row.band.word()),
        )
        .shown("band", 3)
        .cell(|row| {
            let look = if row.band == Band::Severe { Look::Accent } else { Look::Plain };
            Cell::with_look(row.band.word(), look)
        }),
        Column::new(
            "quadrant",
            Kind::Word,
            "`complex-active`, `complex-quiet`, `simple-active` or `simple-quiet`; `null` for a folder or area.",
            |row: &HotspotRow| row.quadrant.map_or(Value::None, |quadrant| Value::word(quadrant.code())),
        )
        .nullable()
        .shown("quadrant", 4)
        .cell(|row| Cell::new(row.quadrant.map_or("", Quadrant::phrase))),
        // The numbers are positions in `Quadrant::ALL`.
        quadrant_column::<0>("complex_active_files", "Files that are complex and active.", "complex,\nactive", 4),
        quadrant_column::<1>("complex_quiet_files", "Files that are complex and quiet.", "complex,\nquiet", 9),
        quadrant_column::<2>("simple_active_files", "Files that are simple and active.", "simple,\nactive", 10),
        quadrant_column::<3>("simple_quiet_files", "Files that are simple and quiet.", "simple,\nquiet", 13),
    ]
}

/// The number of files in a quadrant; tables leave it empty for single files.
fn quadrant_column<const POSITION: usize>(
    key: &'static str,
    doc: &'static str,
    title: &'static str,
    drop: u8,
) -> Column<HotspotRow> {
    Column::new(key, Kind::Count, doc, |row: &HotspotRow| Value::count(row.quadrants[POSITION]))
        .shown(title, drop)
        .cell(|row| {
            let files = row.quadrants[POSITION];
            // A file is in exactly one quadrant, which has a column of its own. Empty columns are
            // not shown.
            Cell::new(if row.quadrant.is_some() { String::new() } else { count(files) })
        })
}

fn size_columns() -> Vec<Column<HotspotRow>> {
    vec![
        Column::new("files", Kind::Count, "Present source files.", |row: &HotspotRow| {
            Value::count(row.files)
        })
        .shown("files", 12)
        .cell(|row| Cell::new(if row.quadrant.is_some() { String::new() } else { count(row.files) })),
        Column::new("source_lines", Kind::Count, "Lines of code.", |row: &HotspotRow| {
            Value::count(row.source_lines)
        })
        .shown("lines\nof code", 2),
        Column::new("language", Kind::Word, "A file's language; `null` when unknown.", |row: &HotspotRow| {
            row.language.map_or(Value::None, |language| Value::word(language.0))
        })
        .nullable()
        .shown("language", 16),
    ]
}

fn change_columns() -> Vec<Column<HotspotRow>> {
    vec![
        Column::new("revisions", Kind::Count, "Commits that touched it in the window.", |row: &HotspotRow| {
            Value::count(row.churn.revisions)
        })
        .shown("commits", 8),
        Column::new(
            "revisions_last_year",
            Kind::Count,
            "Commits that touched it in the 365 days to `as_of`.",
            |row: &HotspotRow| Value::count(row.revisions_last_year),
        )
        .shown("commits\nlast year", 6),
        Column::new(
            "recent_revisions",
            Kind::Figure,
            "Recent activity R: its commits, each weighted 2^(-age / half-life), without those of too many files.",
            |row: &HotspotRow| Value::Figure(row.recent_revisions),
        )
        .shown("recent\nactivity", 5)
        .cell(|row| Cell::new(super::number::incidents(row.recent_revisions, 1))),
        Column::new("lines_added", Kind::Count, "Lines added in the window.", |row: &HotspotRow| {
            Value::count(row.churn.lines_added)
        }),
        Column::new("lines_deleted", Kind::Count, "Lines deleted in the window.", |row: &HotspotRow| {
            Value::count(row.churn.lines_deleted)
        }),
        Column::new("churn", Kind::Count, "Lines added and deleted in the window.", |row: &HotspotRow| {
            Value::count(row.churn.lines_added + row.churn.lines_deleted)
        })
        .shown("churn,\nlines", 12),
        Column::new(
            "authors",
            Kind::Count,
            "Authors of its commits, without bots.",
            |row: &HotspotRow| Value::count(row.churn.authors),
        )
        .shown("authors", 10),
        Column::new(
            "last_change_at",
            Kind::Time,
            "Time of its last change; `null` without changes.",
            |row: &HotspotRow| Value::time(row.churn.last_change),
        )
        .nullable()
        .shown("last\nchange", 15),
    ]
}

fn complexity_columns() -> Vec<Column<HotspotRow>> {
    vec![
        Column::new("indentation", Kind::Count, "Indentation complexity.", |row: &HotspotRow| {
            Value::count(row.indentation)
        })
        .shown("inden-\ntation", 7),
        Column::new(
            "complexity_measure",
            Kind::Word,
            "`syntax-tree` or `indentation`; `null` for a folder or area, and for an unmeasured file.",
            |row: &HotspotRow| {
                row.measure.map_or(Value::None, |measure| {
                    Value::word(match measure {
                        ComplexityMeasure::SyntaxTree => "syntax-tree",
                        ComplexityMeasure::Indentation => "indentation",
                    })
                })
            },
        )
        .nullable(),
        Column::new(
            "cyclomatic",
            Kind::Count,
            "Cyclomatic complexity over all functions; `null` when nothing was parsed.",
            |row: &HotspotRow| Value::maybe_count(row.cyclomatic),
        )
        .nullable()
        .shown("total\ncyclomatic", 17),
        Column::new(
            "cognitive",
            Kind::Count,
            "Cognitive complexity over all functions; `null` when nothing was parsed.",
            |row: &HotspotRow| Value::maybe_count(row.cognitive),
        )
        .nullable()
        .shown("total\ncognitive", 14),
    ]
}

fn function_columns() -> Vec<Column<HotspotRow>> {
    vec![
        Column::new(
            "worst_function",
            Kind::Text,
            "The function with the highest cognitive complexity; `null` without functions.",
            |row: &HotspotRow| {
                row.worst_function
                    .as_ref()
                    .map_or(Value::None, |function| Value::text(function.name.as_str()))
            },
        )
        .nullable()
        .shown("worst function", 11)
        .like_function()
        .cell(|row| {
            let function = row.worst_function.as_ref();
            Cell::new(function.map_or_else(String::new, |function| {
                format!("{}:{}", visible(function.name.as_bytes()), function.first_line)
            }))
        }),
        Column::new("worst_function_path", Kind::Path, "Its file.", |row: &HotspotRow| {
            row.worst_function.as_ref().map_or(Value::None, |function| Value::Path(function.path.clone()))
        })
        .nullable(),
        Column::new("worst_function_line", Kind::Count, "Its first line, from 1.", |row: &HotspotRow| {
            Value::maybe_count(row.worst_function.as_ref().map(|function| function.first_line))
        })
        .nullable(),
        Column::new(
            "worst_function_cognitive",
            Kind::Count,
            "Its cognitive complexity.",
            |row: &HotspotRow| {
                Value::maybe_count(row.worst_function.as_ref().map(|function| function.cognitive))
            },
        )
        .nullable()
        .shown("worst fn\ncognitive", 1),
        Column::new(
            "worst_function_cyclomatic",
            Kind::Count,
            "Its cyclomatic complexity.",
            |row: &HotspotRow| {
                Value::maybe_count(row.worst_function.as_ref().map(|function| function.cyclomatic))
            },
        )
        .nullable(),
        Column::new(
            "files_with_syntax_errors",
            Kind::Count,
            "Files with parse errors; their complexity is approximate.",
            |row: &HotspotRow| Value::count(row.files_with_syntax_errors),
        ),
        Column::new(
            // The key is older than the title, and scripts read it.
            "hottest_file",
            Kind::Path,
            "The file with the highest score; `null` for a file, and if all scores are 0.",
            |row: &HotspotRow| row.hottest_file.clone().map_or(Value::None, Value::Path),
        )
        .nullable()
        .shown("top file", 11),
    ]
}

fn incident_columns() -> Vec<Column<HotspotRow>> {
    vec![
        Column::new("incidents", Kind::Count, "Incidents with any share here.", |row: &HotspotRow| {
            Value::count(row.recorded.incidents)
        })
        .shown("incidents\nto date", 2)
        .cell(|row| {
            // Blank instead of 0, so that the few places with incidents are easy to see.
            let incidents = row.recorded.incidents;
            Cell::new(if incidents == 0 { String::new() } else { grouped(incidents) })
        }),
        Column::new(
            "incident_shares",
            Kind::Figure,
            "Sum of the shares of incidents here.",
            |row: &HotspotRow| Value::Figure(row.recorded.incident_shares),
        ),
        Column::new(
            "cost_so_far",
            Kind::Money,
            "Recorded cost of the incidents here.",
            |row: &HotspotRow| Value::Money(row.recorded.costs.clone()),
        )
        .shown("cost\nto date", 1),
    ]
}
