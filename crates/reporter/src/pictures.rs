//! What the pictures of a report show besides its rows.

mod quarters;
#[cfg(test)]
mod tests;
mod years;

use crate::analysis::Analysis;
use crate::explain::explained_area;
use debtscan_findings::{Corners, Explanation, FilePicture, Pictures, Report};

/// Least commits of a year in a busy file: one a month. A default.
const BUSY_FROM: u32 = 12;
/// Least cognitive complexity of a complex file: about 13 functions at `SonarSource`'s limit of 15. A default.
const COMPLEX_FROM: u64 = 200;

/// Makes what the pictures of the report of an analysis show.
pub fn pictures(analysis: &Analysis<'_>, report: &Report) -> Pictures {
    let recent = years::incidents_per_file(analysis);
    let files: Vec<FilePicture> = report
        .files
        .iter()
        .map(|file| {
            let index = analysis.scan.find_file(&file.path).expect("the report lists files of the scan");
            let share = file.forecast.shares.total();
            let is_dense = file.rank.is_some() && file.sloc > 0 && report.model.source_lines > 0;
            FilePicture {
                incidents_last_year: recent[index.get()],
                density: is_dense.then(|| share / (f64::from(file.sloc) / report.model.source_lines as f64)),
            }
        })
        .collect();
    let (years, area_years) = years::of(analysis);
    let quarters = quarters::of(analysis, report);
    let all = analysis.ranking.sum(0..analysis.ranked.files.len());
    Pictures {
        whole: analysis.forecaster.forecast(all, analysis.ranking.omega),
        years,
        area_years,
        dense_files: files.iter().filter(|file| file.density >= Some(Pictures::DENSE)).count(),
        corners: corners(report, &files),
        files,
        quarters: quarters.shown,
        earlier_incidents: quarters.earlier,
        undated_incidents: quarters.undated,
        trails: trails(analysis),
    }
}

fn trails(analysis: &Analysis<'_>) -> Vec<Explanation> {
    let ranked = analysis.area_orders.by_share.iter().take(analysis.area_orders.n_ranked());
    ranked.take(Pictures::TRAILS).map(|area| explained_area(analysis, *area)).collect()
}

/// How the files lie in the scatter of change against complexity.
fn corners(report: &Report, pictures: &[FilePicture]) -> Option<Corners> {
    let mut corners = Corners {
        busy_from: BUSY_FROM,
        complex_from: COMPLEX_FROM,
        files: 0,
        unmeasured: 0,
        in_corner: 0,
        corner_lines: 0,
        lines: report.model.source_lines,
        corner_incidents: 0.0,
        incidents: 0.0,
        by_size: 0.0,
    };
    // Of all files, ranked or not: the corner is compared with everything.
    for picture in pictures {
        corners.incidents += picture.incidents_last_year;
    }
    for (file, picture) in report.files.iter().zip(pictures).filter(|(file, _)| file.rank.is_some()) {
        let Some(cognitive) = file.cognitive else {
            corners.unmeasured += 1;
            continue;
        };
        corners.files += 1;
        if cognitive >= COMPLEX_FROM && file.revisions_last_year >= BUSY_FROM {
            corners.in_corner += 1;
            corners.corner_lines += u64::from(file.sloc);
            corners.corner_incidents += picture.incidents_last_year;
        }
    }
    if corners.lines > 0 {
        corners.by_size = corners.incidents * corners.corner_lines as f64 / corners.lines as f64;
    }
    (corners.files > 0).then_some(corners)
}
