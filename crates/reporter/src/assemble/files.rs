//! The rows of files.

use std::cmp::Reverse;

use debtscan_model::{CommitIdx, FileIdx, to_u32};

use super::churn::{GroupChurn, by_group};
use crate::analysis::{Analysis, complex_functions, minors};
use crate::attribution::Placement;
use crate::rank::{by_share, ranks};
use debtscan_findings::{FileReport, InComplexFunctions};

/// Positions in the report's lists.
pub(super) struct Places {
    /// By [`FileIdx`], the position in `Report::files`; `None` when it is not listed.
    pub(super) file: Vec<Option<usize>>,
}

/// All ranked files by rank, then unranked files with a part in an incident by (cost, path).
pub(super) fn report(analysis: &Analysis<'_>) -> (Vec<FileReport>, Places) {
    let ranked = analysis.file_orders.by_share.iter().map(|position| analysis.ranked.files[*position].file);
    let listed: Vec<FileIdx> = ranked.chain(unranked(analysis)).collect();
    let mut file = vec![None; analysis.scan.files.len()];
    for (position, listed) in listed.iter().enumerate() {
        file[listed.get()] = Some(position);
    }
    let hotspot_ranks = hotspot_ranks(analysis);
    let changed = by_group(analysis, listed.len(), |index| file[index.get()]);
    let rows = listed.iter().zip(&changed);
    let reports = rows.map(|(file, changed)| row(analysis, *file, changed, &hotspot_ranks)).collect();
    (reports, Places { file })
}

/// Files that carry a part of an incident and are not ranked.
fn unranked(analysis: &Analysis<'_>) -> Vec<FileIdx> {
    let mut files: Vec<FileIdx> = analysis
        .attribution
        .incidents
        .iter()
        .filter_map(|incident| match &incident.placement {
            Placement::Attributed { links, .. } => Some(links),
            Placement::Unplaced(_) => None,
        })
        .flatten()
        .map(|link| link.file)
        .filter(|file| analysis.ranked.get(*file).is_none())
        .collect();
    files.sort_unstable();
    files.dedup();
    files.sort_by_key(|file| {
        (Reverse(minors(&analysis.currencies, &analysis.recorded[file.get()].costs)), *file)
    });
    files
}

fn hotspot_ranks(analysis: &Analysis<'_>) -> Vec<Option<usize>> {
    let scores: Vec<f64> = analysis.ranked.files.iter().map(crate::rank::RankedFile::hotspot).collect();
    let mut order = by_share(&scores);
    // A file that is flat or at rest has no place among the hotspots.
    order.retain(|position| scores[*position] > 0.0);
    ranks(&order, scores.len())
}

fn row(
    analysis: &Analysis<'_>,
    index: FileIdx,
    changed: &GroupChurn,
    hotspot_ranks: &[Option<usize>],
) -> FileReport {
    let file = analysis.scan.file(index);
    let position = analysis.ranked.position_of[index.get()];
    let ranked = position.map(|position| &analysis.ranked.files[position]);
    let complexity = file.complexity();
    // Indentation knows no functions: such figures are absent, not 0.
    let parsed =
        complexity.filter(|complexity| complexity.measure == debtscan_model::ComplexityMeasure::SyntaxTree);
    let worst = parsed.and_then(|complexity| {
        // `max_by_key` takes the last of equals; the reversed line makes that the first function.
        complexity.functions.iter().max_by_key(|function| (function.cognitive, Reverse(function.first_line)))
    });
    let area = analysis.areas.area_of[index.get()];
    FileReport {
        path: file.path.clone(),
        is_present: file.present.is_some(),
        area: analysis.area_orders.place[area],
        class: file.class,
        language: file.present.as_ref().and_then(|present| present.language),
        rank: position.and_then(|position| analysis.file_orders.rank[position]),
        start_rank: position.and_then(|position| analysis.file_orders.start_rank[position]),
        in_complex: position.and_then(|position| in_complex(analysis, position)),
        complex_functions: parsed.map_or(0, |complexity| complex_functions(complexity).count()),
        sloc: complexity.map_or(0, |complexity| complexity.sloc),
        measure: complexity.map(|complexity| complexity.measure),
        cyclomatic: parsed.map(debtscan_model::FileComplexity::cyclomatic),
        cognitive: parsed.map(debtscan_model::FileComplexity::cognitive),
        max_nesting: parsed.map(debtscan_model::FileComplexity::max_nesting),
        functions: parsed.map(|complexity| complexity.functions.len()),
        worst_function: worst
            .map(|function| (function.name.clone(), function.first_line, function.cognitive)),
        indentation: complexity.map_or(0, |complexity| complexity.indentation),
        had_syntax_errors: complexity.is_some_and(|complexity| complexity.had_syntax_errors),
        churn: changed.churn,
        revisions_last_year: changed.revisions_last_year,
        recent_revisions: ranked.map_or(0.0, |file| file.recent_revisions),
        hotspot: ranked.map_or(0.0, crate::rank::RankedFile::hotspot),
        hotspot_rank: position.and_then(|position| hotspot_ranks[position]),
        recorded: analysis.recorded[index.get()].clone(),
        forecast: analysis.file_forecast(index),
    }
}

/// What is expected in the too complex functions of a ranked file.
fn in_complex(analysis: &Analysis<'_>, position: usize) -> Option<InComplexFunctions> {
    let of_complexity = analysis.complex_parts[position];
    let forecast = analysis.file_forecast(analysis.ranked.files[position].file);
    (of_complexity > 0.0).then(|| InComplexFunctions {
        of_complexity,
        share: forecast.shares.total() * of_complexity,
        incidents: forecast.incidents.map(|incidents| incidents.mean * of_complexity),
        costs: forecast.costs.iter().map(|cost| (cost.currency, cost.minor.mean * of_complexity)).collect(),
    })
}

/// Different commits that touched any of the files, ascending.
pub(crate) fn commits_of(
    analysis: &Analysis<'_>,
    files: impl IntoIterator<Item = FileIdx>,
) -> Vec<CommitIdx> {
    let mut commits: Vec<CommitIdx> = files
        .into_iter()
        .flat_map(|file| &analysis.scan.file(file).history)
        .map(|change| analysis.scan.change(*change).commit)
        .collect();
    commits.sort_unstable();
    commits.dedup();
    commits
}

/// Different commits of the 365 days to `as_of` that touched any of the files.
pub(crate) fn revisions_last_year(analysis: &Analysis<'_>, files: impl IntoIterator<Item = FileIdx>) -> u32 {
    let as_of = analysis.scan.as_of;
    let year_ago = analysis.parameters.year_before(as_of);
    let is_recent = |commit: &&CommitIdx| {
        let time = analysis.scan.commit(**commit).time;
        year_ago < time && time <= as_of
    };
    to_u32(commits_of(analysis, files).iter().filter(is_recent).count())
}
