//! Where to start: what is expected per line of code, which is what an inspection has to read.

use super::figures::{self, Drops, Lead};
use crate::render::document::{Block, Cell, Column, Limit, Look, Note, Section};
use crate::render::number::{count, counted, figure, grouped};
use crate::render::text::visible;
use crate::render::{Group, RenderOptions};
use crate::{AreaReport, FileReport, Forecast, Recorded, Report};

/// Files below this share of what is expected are left out of the list for people: six lines that
/// broke once have the highest rate per line and nothing to gain. A default of this tool; ranks and
/// machine formats know no such limit.
const LEAST_SHARE: f64 = 0.0025;

/// The work order: areas (unless files are asked for, or there is only one), then files.
pub(super) fn section(report: &Report, lead: Lead, options: &RenderOptions) -> Option<Section> {
    let limit = Limit::new(options.top, 5);
    let mut blocks = Vec::new();
    if options.group == Group::Area && report.areas.len() > 1 {
        let mut areas: Vec<&AreaReport> =
            report.areas.iter().filter(|area| area.start_rank.is_some()).collect();
        areas.sort_by_key(|area| area.start_rank);
        let rows = areas.iter().take(limit.rows()).map(|area| {
            let name = visible(area.name.as_bytes());
            row(report, lead, area.start_rank, name, area.source_lines, &area.recorded, &area.forecast)
        });
        blocks.push(Block { subject: Some("area"), rows: rows.collect(), more: limit.more(areas.len()) });
    }
    let mut files: Vec<&FileReport> = report.files.iter().filter(|file| file.start_rank.is_some()).collect();
    files.sort_by_key(|file| file.start_rank);
    let n_ranked = files.len();
    if files.iter().any(|file| is_material(file)) {
        files.retain(|file| is_material(file));
    }
    let n_small = n_ranked - files.len();
    let rows = files.iter().take(limit.rows()).map(|file| {
        let path = visible(file.path.as_bytes());
        row(report, lead, file.start_rank, path, u64::from(file.sloc), &file.recorded, &file.forecast)
    });
    blocks.push(Block { subject: Some("file"), rows: rows.collect(), more: limit.more(files.len()) });
    blocks.retain(|block| !block.rows.is_empty());
    if blocks.is_empty() {
        return None;
    }
    Some(Section {
        title: "WHERE TO START".to_owned(),
        aside: match lead {
            Lead::Cost => "the most expected cost per line read",
            Lead::Incidents => "the most expected incidents per line read",
            Lead::Share => "the largest share per line read",
        }
        .to_owned(),
        columns: columns(report, lead),
        blocks,
        notes: if n_small > 0 { vec![small_files(n_small)] } else { Vec::new() },
    })
}

fn is_material(file: &FileReport) -> bool {
    file.forecast.shares.total() >= LEAST_SHARE
}

fn small_files(n_small: usize) -> Note {
    let (files, share) = (counted(n_small, "file", "files"), figure(LEAST_SHARE * 100.0));
    Note::new("", format!("without {files} of which less than {share} % of all is expected"), Look::Dim)
}

fn columns(report: &Report, lead: Lead) -> Vec<Column> {
    let mut columns =
        vec![Column::number("#", 0), Column::path("", 24, 0), Column::number("lines\nof code", 3)];
    columns.extend(figures::columns(report, lead, Drops { incidents: 6, cost_so_far: 4, range: 5 }));
    columns.push(Column::number(figures::density_title(lead), 0));
    columns.push(Column::word("mainly\nbecause", 2));
    columns
}

fn row(
    report: &Report,
    lead: Lead,
    rank: Option<usize>,
    name: String,
    lines: u64,
    recorded: &Recorded,
    forecast: &Forecast,
) -> Vec<Cell> {
    let mut cells =
        vec![Cell::dim(rank.map_or_else(String::new, count)), Cell::new(name), Cell::new(grouped(lines))];
    let look = Look::Plain;
    cells.extend(figures::cells(report, lead, recorded, forecast, look, 2));
    cells.push(figures::density(report, lead, forecast, lines));
    cells.push(figures::why(forecast));
    cells
}
