//! Where to start: the files in which splitting functions would take most off what is expected; and areas by expected
//! cost per line of code, since reviewing takes time per line.

use super::figures::{self, Drops, Lead};
use crate::document::{Block, Cell, Limit, Look, Note, Section, TableColumn};
use crate::number::{amount, count, counted, figure, grouped, incidents, percent};
use crate::text::visible;
use debtscan_findings::{AreaReport, FileReport, Forecast, Report};

/// Areas below this share of the expected total are hidden from people: the smallest ones have the highest rate per
/// line, and fixing them gains nothing. A default; ranks and machine formats ignore it.
const LEAST_AREA_SHARE: f64 = 0.01;

/// The files to start with; `None` without any.
pub(super) fn files(report: &Report, lead: Lead, top: Option<usize>) -> Option<Section> {
    let limit = Limit::new(top, 5);
    let mut files: Vec<&FileReport> = report.files.iter().filter(|file| file.start_rank.is_some()).collect();
    if files.is_empty() {
        return None;
    }
    files.sort_by_key(|file| file.start_rank);
    // The reporter ranks files with complex functions first, and falls back to all files if there
    // are none.
    let is_complex = files[0].complex_functions > 0;
    let rows = files.iter().take(limit.rows()).map(|file| file_row(report, lead, file, is_complex)).collect();
    let what = match lead {
        Lead::Cost => "expected cost",
        Lead::Incidents | Lead::Share => "expected incidents",
    };
    Some(Section {
        title: "WHERE TO START".to_owned(),
        aside: if is_complex {
            format!("most {what} in functions of a cognitive complexity above 15")
        } else {
            format!("most {what}; no function has a cognitive complexity above 15")
        },
        columns: file_columns(report, lead, is_complex),
        blocks: vec![Block { subject: None, rows, more: limit.more(files.len()) }],
        notes: Vec::new(),
    })
}

fn file_columns(report: &Report, lead: Lead, is_complex: bool) -> Vec<TableColumn> {
    let mut columns = vec![
        TableColumn::number("#", 0),
        TableColumn::path("file", 24, 0),
        TableColumn::number("lines\nof code", 8),
        TableColumn::number("functions\nto split", 6),
        TableColumn::function("worst function", 24, 1),
        TableColumn::number("at\nline", 1),
        TableColumn::number("its\ncomplexity", 3),
    ];
    // The order is by the first of the expected figures.
    if is_complex {
        columns.push(TableColumn::number("expected\nin these", 0));
        columns.extend(figures::columns(report, lead, Drops { incidents: 5, cost_so_far: 9, range: 7 }));
        let of_file = columns.iter_mut().rev().find(|column| column.title.ends_with("next year"));
        if let Some(of_file) = of_file {
            *of_file = TableColumn::number("in the\nfile", 4);
        }
    } else {
        columns.extend(figures::columns(report, lead, Drops { incidents: 4, cost_so_far: 9, range: 7 }));
    }
    columns.push(TableColumn::word(figures::WHY, 2));
    columns
}

fn file_row(report: &Report, lead: Lead, file: &FileReport, is_complex: bool) -> Vec<Cell> {
    let [name, line, complexity] = match &file.worst_function {
        // A line is typed into an editor, so it has no separators.
        Some((name, line, cognitive)) => [visible(name.as_bytes()), line.to_string(), grouped(*cognitive)],
        None => [const { String::new() }; 3],
    };
    let mut cells = vec![
        Cell::dim(file.start_rank.map_or_else(String::new, count)),
        Cell::new(visible(file.path.as_bytes())),
        Cell::new(grouped(file.sloc)),
        Cell::new(count(file.complex_functions)),
        Cell::new(name),
        Cell::new(line),
        Cell::new(complexity),
    ];
    if is_complex {
        cells.push(in_complex(report, lead, file));
    }
    let look = if is_complex { Look::Plain } else { Look::Bold };
    cells.extend(figures::cells(report, lead, &file.recorded, &file.forecast, look, 2));
    cells.push(figures::why(&file.forecast));
    cells
}

/// What is expected in the functions that are too complex, with one line per currency of the file.
fn in_complex(report: &Report, lead: Lead, file: &FileReport) -> Cell {
    let Some(found) = &file.in_complex else { return Cell::new("") };
    match lead {
        Lead::Cost => {
            let costs = figures::shown_currencies(report, &file.recorded, &file.forecast).into_iter();
            let cost = |currency| found.costs.iter().find(|(known, _)| *known == currency);
            let texts = costs
                .map(|currency| cost(currency).map_or_else(String::new, |(_, it)| amount(*it, currency)));
            Cell::stacked(texts, Look::Bold)
        }
        Lead::Incidents => {
            Cell::with_look(found.incidents.map_or_else(String::new, |it| incidents(it, 2)), Look::Bold)
        }
        Lead::Share => Cell::with_look(percent(found.share), Look::Bold),
    }
}

/// The areas by what is expected per line; `None` for fewer than two.
pub(super) fn areas(report: &Report, lead: Lead, top: Option<usize>) -> Option<Section> {
    let limit = Limit::new(top, 5);
    let mut areas: Vec<&AreaReport> = report.areas.iter().filter(|area| area.start_rank.is_some()).collect();
    // An order of one area is none.
    if areas.len() < 2 {
        return None;
    }
    areas.sort_by_key(|area| area.start_rank);
    let is_empty = |area: &&AreaReport| area.rank.is_some() && area.start_rank.is_none();
    let n_empty = report.areas.iter().filter(is_empty).count();
    // Only here, not in the ranks: machine formats list every area with the rank that people see.
    let n_small = keep_material(&mut areas, |area| &area.forecast, LEAST_AREA_SHARE);
    let shown = areas.iter().enumerate().take(limit.rows());
    let rows = shown.map(|(position, area)| area_row(report, lead, position + 1, area)).collect();
    Some(Section {
        title: match lead {
            Lead::Cost => "EXPECTED COST PER LINE",
            Lead::Incidents | Lead::Share => "EXPECTED INCIDENTS PER LINE",
        }
        .to_owned(),
        aside: String::new(),
        columns: area_columns(report, lead),
        blocks: vec![Block { subject: None, rows, more: limit.more(areas.len()) }],
        notes: left_out(n_small, n_empty).into_iter().collect(),
    })
}

fn area_columns(report: &Report, lead: Lead) -> Vec<TableColumn> {
    let mut columns = vec![
        TableColumn::number("#", 0),
        TableColumn::text("area", 15, 0),
        TableColumn::number("lines\nof code", 3),
    ];
    columns.extend(figures::columns(report, lead, Drops { incidents: 6, cost_so_far: 4, range: 5 }));
    columns.push(TableColumn::number(figures::density_title(lead), 0));
    columns.push(TableColumn::word(figures::WHY, 2));
    columns
}

fn area_row(report: &Report, lead: Lead, number: usize, area: &AreaReport) -> Vec<Cell> {
    let lines = area.source_lines;
    let mut cells =
        vec![Cell::dim(count(number)), Cell::new(visible(area.name.as_bytes())), Cell::new(grouped(lines))];
    cells.extend(figures::cells(report, lead, &area.recorded, &area.forecast, Look::Plain, 2));
    cells.push(figures::density(report, lead, &area.forecast, lines));
    cells.push(figures::why(&area.forecast));
    cells
}

/// Keeps rows with at least the share `least` of the expected total, or all rows if there are none; returns the
/// number of rows removed.
fn keep_material<T>(rows: &mut Vec<&T>, forecast: impl Fn(&T) -> &Forecast, least: f64) -> usize {
    let n_ranked = rows.len();
    let is_material = |row: &&T| forecast(row).shares.total() >= least;
    // With very many small areas none may reach the share, and an empty list would be worse.
    if rows.iter().any(is_material) {
        rows.retain(is_material);
    }
    n_ranked - rows.len()
}

/// Ranked areas that the list hides. Together with the rows and the `more` of the block, these are all ranked areas.
fn left_out(n_small: usize, n_empty: usize) -> Option<Note> {
    let small = format!("with less than {}% of the expected total", figure(LEAST_AREA_SHARE * 100.0));
    let groups = [(n_small, small.as_str()), (n_empty, "without lines of code")];
    let groups = groups.iter().filter(|(n, _)| *n > 0);
    let texts: Vec<String> =
        groups.map(|(n, which)| format!("{} {which}", counted(*n, "area", "areas"))).collect();
    (!texts.is_empty()).then(|| Note::new("", format!("not listed: {}", texts.join(", and ")), Look::Dim))
}
