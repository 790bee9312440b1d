//! What the script searches and zooms into: every ranked file, with its figures as text.

use serde::Serialize;

use super::treemap::colour;
use crate::number::{grouped, incidents, percent};
use crate::overview::Lead;
use crate::text::visible;
use debtscan_findings::{FilePicture, FileReport, Illustrated};

/// Most files that a page carries; beyond, only the first by rank can be found.
pub(super) const MOST: usize = 15_000;

#[derive(Serialize)]
struct Data<'a> {
    /// Area names by position.
    areas: Vec<String>,
    /// Headings of the result table.
    heads: [&'a str; 6],
    /// Ranked files: path, area, lines, colour, commits, incidents, expectation.
    files: Vec<(String, usize, u32, usize, String, String, String)>,
    /// Number of files that are not in the list.
    omitted: usize,
}

/// JSON for the script.
pub(super) fn json(illustrated: &Illustrated, lead: Lead) -> String {
    let Illustrated { report, pictures } = illustrated;
    let ranked = || report.files.iter().zip(&pictures.files).filter(|(file, _)| file.rank.is_some());
    let data = Data {
        areas: report.areas.iter().map(|area| visible(area.name.as_bytes())).collect(),
        heads: [
            "File",
            "Area",
            "Lines of code",
            "Commits last year",
            "Incidents to date",
            match lead {
                Lead::Cost | Lead::Incidents => "Expected incidents next year",
                Lead::Share => "Share of next year",
            },
        ],
        files: ranked().take(MOST).map(|(file, picture)| row(file, *picture)).collect(),
        omitted: ranked().count().saturating_sub(MOST),
    };
    serde_json::to_string(&data).expect("strings and numbers are JSON")
}

fn row(file: &FileReport, picture: FilePicture) -> (String, usize, u32, usize, String, String, String) {
    let expected = match &file.forecast.incidents {
        Some(interval) => incidents(interval.mean, 2),
        None => percent(file.forecast.shares.total()),
    };
    (
        // The script inserts text as text. This is for the eye: a name must not hide or reorder its
        // letters.
        visible(file.path.as_bytes()),
        file.area,
        file.sloc,
        // Computed here, so that the map of an area in the script has the colours of the whole map.
        colour(picture.density.unwrap_or(0.0)),
        grouped(file.revisions_last_year),
        grouped(file.recorded.incidents),
        expected,
    )
}
