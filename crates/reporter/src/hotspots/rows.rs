//! Files as hotspots.

use std::cmp::Reverse;

use debtscan_model::{ComplexityMeasure, FileComplexity, FileIdx};

use super::threshold::{band, quadrant};
use crate::analysis::Analysis;
use crate::assemble::revisions_last_year;
use debtscan_findings::{Band, HotspotRow, HotspotThresholds, Quadrant, WorstFunction};

/// What is computed once per ranked file.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    pub(super) score: f64,
    pub(super) band: Band,
    pub(super) quadrant: Quadrant,
}

/// Score, band and quadrant of every ranked file, in the order of the ranked files.
pub(super) fn measure(analysis: &Analysis<'_>, thresholds: &HotspotThresholds) -> Vec<Measured> {
    let files = analysis.ranked.files.iter();
    files
        .map(|file| {
            let score = file.hotspot();
            let quadrant = quadrant(thresholds, file.recent_revisions, complexity(analysis, file.file));
            Measured { score, band: band(thresholds, score), quadrant }
        })
        .collect()
}

/// One row per ranked file.
pub(super) fn files(analysis: &Analysis<'_>, measured: &[Measured]) -> Vec<HotspotRow> {
    let files = analysis.ranked.files.iter().zip(measured);
    let mut rows: Vec<HotspotRow> = files
        .map(|(ranked, measured)| {
            let file = analysis.scan.file(ranked.file);
            let complexity = complexity(analysis, ranked.file);
            let parsed = complexity.filter(|it| it.measure == ComplexityMeasure::SyntaxTree);
            HotspotRow {
                rank: None,
                name: file.path.to_string(),
                path: Some(file.path.clone()),
                area: Some(analysis.areas.area(ranked.file).id.clone()),
                area_name: Some(analysis.areas.area(ranked.file).name.clone()),
                score: measured.score,
                band: measured.band,
                quadrant: Some(measured.quadrant),
                quadrants: Quadrant::ALL.map(|quadrant| usize::from(quadrant == measured.quadrant)),
                files: 1,
                source_lines: u64::from(ranked.sloc),
                language: file.present.as_ref().and_then(|present| present.language),
                measure: complexity.map(|complexity| complexity.measure),
                churn: analysis.scan.churn(ranked.file),
                revisions_last_year: revisions_last_year(analysis, [ranked.file]),
                recent_revisions: ranked.recent_revisions,
                indentation: ranked.indentation,
                cyclomatic: parsed.map(FileComplexity::cyclomatic),
                cognitive: parsed.map(FileComplexity::cognitive),
                worst_function: worst_function(analysis, ranked.file),
                files_with_syntax_errors: usize::from(complexity.is_some_and(|it| it.had_syntax_errors)),
                hottest_file: None,
                recorded: analysis.recorded[ranked.file.get()].clone(),
            }
        })
        .collect();
    rank(&mut rows);
    rows
}

/// Sorts rows by score, then by name, and numbers those with a score.
pub(super) fn rank(rows: &mut [HotspotRow]) {
    rows.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| a.path.cmp(&b.path)).then_with(|| a.name.cmp(&b.name))
    });
    for (position, row) in rows.iter_mut().enumerate() {
        row.rank = (row.score > 0.0).then_some(position + 1);
    }
}

/// What the scanned tree says about a file's code.
pub(super) fn complexity<'a>(analysis: &Analysis<'a>, file: FileIdx) -> Option<&'a FileComplexity> {
    analysis.scan.file(file).complexity()
}

/// The function of a file with the largest cognitive complexity; of several the first.
pub(super) fn worst_function(analysis: &Analysis<'_>, file: FileIdx) -> Option<WorstFunction> {
    let functions = &complexity(analysis, file)?.functions;
    let worst = functions.iter().max_by_key(|it| (it.cognitive, it.cyclomatic, Reverse(it.first_line)))?;
    Some(WorstFunction {
        path: analysis.scan.file(file).path.clone(),
        name: worst.name.clone(),
        first_line: worst.first_line,
        cognitive: worst.cognitive,
        cyclomatic: worst.cyclomatic,
    })
}
