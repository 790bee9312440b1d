//! Folders and areas as hotspots: sums over their files.

use std::collections::BTreeMap;

use bstr::{BStr, ByteSlice};
use debtscan_model::{ComplexityMeasure, FileComplexity, FileIdx, RepoPath};

use super::rows::{Measured, complexity, rank, worst_function};
use crate::analysis::{Analysis, recorded_by};
use crate::assemble::{churn_of, commits_of, revisions_last_year};
use crate::rank::revision_weights;
use debtscan_findings::{Band, HotspotRow, Quadrant, ROOT, Recorded};

/// One row per folder that holds source files itself.
pub(super) fn folders(analysis: &Analysis<'_>, measured: &[Measured]) -> Vec<HotspotRow> {
    let scan = analysis.scan;
    let folder_of = |file: FileIdx| scan.file(file).path.folder();
    let mut numbers: BTreeMap<&BStr, usize> = BTreeMap::new();
    // Of all files, because unranked ones can have recorded incidents, too.
    for position in 0..scan.files.len() {
        let next = numbers.len();
        numbers.entry(folder_of(FileIdx::new(position))).or_insert(next);
    }
    let number_of = |file: FileIdx| numbers[folder_of(file)];
    let recorded = recorded_by(&analysis.pricing, &analysis.attribution, numbers.len(), &number_of);
    let mut members: BTreeMap<&BStr, Vec<usize>> = BTreeMap::new();
    for (position, file) in analysis.ranked.files.iter().enumerate() {
        members.entry(folder_of(file.file)).or_default().push(position);
    }
    let weights = revision_weights(scan, scan.as_of, &analysis.parameters);
    let groups = members.into_iter().map(|(folder, positions)| {
        let path = RepoPath::new(folder.to_vec()).ok();
        let name = if folder.is_empty() { ROOT.to_owned() } else { folder.to_str_lossy().into_owned() };
        let mut areas: Vec<usize> = positions
            .iter()
            .map(|position| analysis.areas.area_of[analysis.ranked.files[*position].file.get()])
            .collect();
        // Unsorted, but all that matters is whether there is a single area.
        areas.dedup();
        let area = match areas[..] {
            [only] => Some(analysis.areas.areas[only].id.clone()),
            _ => None,
        };
        Group { name, path, area, positions, recorded: recorded[numbers[folder]].clone() }
    });
    let mut rows: Vec<HotspotRow> = groups.map(|group| row(analysis, measured, &weights, group)).collect();
    rank(&mut rows);
    rows
}

/// One row per area with source files.
pub(super) fn areas(analysis: &Analysis<'_>, measured: &[Measured]) -> Vec<HotspotRow> {
    let weights = revision_weights(analysis.scan, analysis.scan.as_of, &analysis.parameters);
    let groups = analysis.areas.areas.iter().zip(&analysis.area_sums);
    let mut rows: Vec<HotspotRow> = groups
        .filter(|(_, sums)| !sums.ranked_files.is_empty())
        .map(|(area, sums)| Group {
            name: area.name.clone(),
            path: None,
            area: Some(area.id.clone()),
            positions: sums.ranked_files.clone(),
            recorded: sums.recorded.clone(),
        })
        .map(|group| row(analysis, measured, &weights, group))
        .collect();
    rank(&mut rows);
    rows
}

struct Group {
    name: String,
    path: Option<RepoPath>,
    area: Option<String>,
    /// In the ranked files, ascending; not empty.
    positions: Vec<usize>,
    recorded: Recorded,
}

fn row(analysis: &Analysis<'_>, measured: &[Measured], weights: &[f64], group: Group) -> HotspotRow {
    let positions = &group.positions;
    let files = || positions.iter().map(|position| analysis.ranked.files[*position].file);
    let complexities = || files().filter_map(|file| complexity(analysis, file));
    let parsed = || complexities().filter(|it| it.measure == ComplexityMeasure::SyntaxTree);
    let sum = |figure: fn(&FileComplexity) -> u64| {
        parsed().next().is_some().then(|| parsed().map(figure).sum::<u64>())
    };
    // `max_by` takes the last of equals; in reverse order, that is the first.
    let hottest = positions
        .iter()
        .rev()
        .max_by(|a, b| measured[**a].score.total_cmp(&measured[**b].score))
        .filter(|position| measured[**position].score > 0.0);
    let commits = commits_of(analysis, files());
    HotspotRow {
        rank: None,
        name: group.name,
        path: group.path,
        area_name: group.area.as_deref().and_then(|id| analysis.areas.name_of_id(id)),
        area: group.area,
        score: positions.iter().fold(0.0, |sum, position| sum + measured[*position].score),
        // The band of its worst file, because sums over files are not comparable.
        band: positions.iter().map(|position| measured[*position].band).min().unwrap_or(Band::None),
        quadrant: None,
        quadrants: Quadrant::ALL
            .map(|quadrant| positions.iter().filter(|it| measured[**it].quadrant == quadrant).count()),
        files: positions.len(),
        source_lines: positions.iter().map(|it| u64::from(analysis.ranked.files[*it].sloc)).sum(),
        language: None,
        measure: None,
        churn: churn_of(analysis, files()),
        revisions_last_year: revisions_last_year(analysis, files()),
        // Each commit counts once, so that this is not the sum over the files.
        recent_revisions: commits.iter().fold(0.0, |sum, commit| sum + weights[commit.get()]),
        indentation: positions.iter().map(|position| analysis.ranked.files[*position].indentation).sum(),
        cyclomatic: sum(FileComplexity::cyclomatic),
        cognitive: sum(FileComplexity::cognitive),
        worst_function: files()
            .rev()
            .filter_map(|file| worst_function(analysis, file))
            .max_by_key(|function| (function.cognitive, function.cyclomatic)),
        files_with_syntax_errors: complexities().filter(|it| it.had_syntax_errors).count(),
        hottest_file: hottest
            .map(|position| analysis.scan.file(analysis.ranked.files[*position].file).path.clone()),
        recorded: group.recorded,
    }
}
