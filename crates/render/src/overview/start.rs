//! Where to start: expected cost per line of code, since reviewing takes time per line.

use super::figures::{self, Drops, Lead};
use crate::document::{Block, Cell, Column, Limit, Look, Note, Section};
use crate::number::{count, counted, figure, grouped};
use crate::options::RenderOptions;
use crate::text::visible;
use debtscan_findings::Grouping;
use debtscan_findings::{AreaReport, FileReport, Forecast, Recorded, Report};

/// Files below this share of the expected total are hidden from people: a file of six lines with one incident
/// has the highest rate per line, and fixing it gains nothing. A default; ranks and machine formats ignore it.
const LEAST_FILE_SHARE: f64 = 0.0025;
/// The same for areas: there are fewer of them.
const LEAST_AREA_SHARE: f64 = 0.01;

/// The list: areas (unless files are requested, or there is only one area), then files.
pub(super) fn section(report: &Report, lead: Lead, options: &RenderOptions) -> Option<Section> {
    let limit = Limit::new(options.top, 5);
    let (mut blocks, mut notes) = (Vec::new(), Vec::new());
    if options.group == Grouping::Area && report.areas.len() > 1 {
        let mut areas: Vec<&AreaReport> =
            report.areas.iter().filter(|area| area.start_rank.is_some()).collect();
        areas.sort_by_key(|area| area.start_rank);
        let is_empty = |area: &&AreaReport| area.rank.is_some() && area.start_rank.is_none();
        let n_empty = report.areas.iter().filter(is_empty).count();
        let n_small = keep_material(&mut areas, |area| &area.forecast, LEAST_AREA_SHARE);
        notes.extend(left_out(n_small, n_empty, "area", LEAST_AREA_SHARE));
        let rows = areas.iter().enumerate().take(limit.rows()).map(|(position, area)| {
            let name = visible(area.name.as_bytes());
            row(report, lead, position + 1, name, area.source_lines, &area.recorded, &area.forecast)
        });
        blocks.push(Block { subject: Some("area"), rows: rows.collect(), more: limit.more(areas.len()) });
    }
    let mut files: Vec<&FileReport> = report.files.iter().filter(|file| file.start_rank.is_some()).collect();
    files.sort_by_key(|file| file.start_rank);
    let is_empty = |file: &&FileReport| file.rank.is_some() && file.start_rank.is_none();
    let n_empty = report.files.iter().filter(is_empty).count();
    let n_small = keep_material(&mut files, |file| &file.forecast, LEAST_FILE_SHARE);
    notes.extend(left_out(n_small, n_empty, "file", LEAST_FILE_SHARE));
    let rows = files.iter().enumerate().take(limit.rows()).map(|(position, file)| {
        let path = visible(file.path.as_bytes());
        row(report, lead, position + 1, path, u64::from(file.sloc), &file.recorded, &file.forecast)
    });
    blocks.push(Block { subject: Some("file"), rows: rows.collect(), more: limit.more(files.len()) });
    blocks.retain(|block| !block.rows.is_empty());
    if blocks.is_empty() {
        return None;
    }
    Some(Section {
        title: "WHERE TO START".to_owned(),
        aside: match lead {
            Lead::Cost => "highest expected cost per 1,000 lines of code",
            Lead::Incidents => "most expected incidents per 1,000 lines of code",
            Lead::Share => "largest share of expected incidents per line of code",
        }
        .to_owned(),
        columns: columns(report, lead),
        blocks,
        notes,
    })
}

/// Keeps rows with at least the share `least` of the expected total, or all rows if there are none; returns the
/// number of rows removed.
fn keep_material<T>(rows: &mut Vec<&T>, forecast: impl Fn(&T) -> &Forecast, least: f64) -> usize {
    let n_ranked = rows.len();
    let is_material = |row: &&T| forecast(row).shares.total() >= least;
    if rows.iter().any(is_material) {
        rows.retain(is_material);
    }
    n_ranked - rows.len()
}

/// Ranked rows that the list hides. Together with the rows and the `more` of a block, these are all ranked rows.
fn left_out(n_small: usize, n_empty: usize, noun: &str, least: f64) -> Option<Note> {
    let small = format!("with less than {}% of the expected total", figure(least * 100.0));
    let groups = [(n_small, small.as_str()), (n_empty, "without lines of code")];
    let groups = groups.iter().filter(|(n, _)| *n > 0);
    let texts: Vec<String> =
        groups.map(|(n, which)| format!("{} {which}", counted(*n, noun, &format!("{noun}s")))).collect();
    (!texts.is_empty()).then(|| Note::new("", format!("not listed: {}", texts.join(", and ")), Look::Dim))
}

fn columns(report: &Report, lead: Lead) -> Vec<Column> {
    let mut columns =
        vec![Column::number("#", 0), Column::path("", 24, 0), Column::number("lines\nof code", 3)];
    columns.extend(figures::columns(report, lead, Drops { incidents: 6, cost_so_far: 4, range: 5 }));
    columns.push(Column::number(figures::density_title(lead), 0));
    columns.push(Column::word("driver\nbesides size", 2));
    columns
}

fn row(
    report: &Report,
    lead: Lead,
    number: usize,
    name: String,
    lines: u64,
    recorded: &Recorded,
    forecast: &Forecast,
) -> Vec<Cell> {
    let mut cells = vec![Cell::dim(count(number)), Cell::new(name), Cell::new(grouped(lines))];
    let look = Look::Plain;
    cells.extend(figures::cells(report, lead, recorded, forecast, look, 2));
    cells.push(figures::density(report, lead, forecast, lines));
    cells.push(figures::why(forecast));
    cells
}
