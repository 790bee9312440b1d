//! The evidence behind the figures: incidents, commits, and the files of an area.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use bstr::ByteSlice;
use debtscan_model::{CommitIdx, FileIdx, LineDelta};

use super::target::Subject;
use crate::analysis::Analysis;
use crate::attribution::{AttributedIncident, Placement, date_basis};
use crate::rank::{UsedIncident, revision_weights, source_files_per_commit, work_of};
use debtscan_findings::{ExplainedCommit, ExplainedFile, ExplainedIncident};
use debtscan_incidents::{Costs, Money};

/// Incidents with a part in the subject: largest part of the cost first, then newest, then by id.
pub(super) fn incidents(analysis: &Analysis<'_>, subject: &Subject) -> Vec<ExplainedIncident> {
    let used: BTreeMap<usize, &UsedIncident> =
        analysis.history.used.iter().map(|used| (used.incident, used)).collect();
    let ranked = subject.ranked_files(analysis);
    let mut incidents: Vec<ExplainedIncident> = analysis
        .attribution
        .incidents
        .iter()
        .filter_map(|attributed| {
            let weight = used.get(&attributed.incident).map_or(0.0, |used| weight(used, &ranked));
            incident(analysis, *subject, attributed, weight)
        })
        .collect();
    // Cached, because each key allocates.
    incidents.sort_by_cached_key(|incident| {
        let cost = incident.cost;
        let minor = |currency| cost.filter(|cost| cost.currency == currency).map_or(0, |cost| cost.minor);
        let minors: Vec<i64> = analysis.currencies.iter().copied().map(minor).collect();
        (Reverse(minors), Reverse(incident.opened), incident.id.clone())
    });
    incidents
}

/// The incident's weight in the ranking over some ranked files.
fn weight(used: &UsedIncident, ranked: &[usize]) -> f64 {
    let is_in = |position: &usize| ranked.binary_search(position).is_ok();
    let parts = used.parts.iter().filter(|(position, _)| is_in(position));
    used.decay * parts.fold(0.0, |sum, (_, share)| sum + share)
}

fn incident(
    analysis: &Analysis<'_>,
    subject: Subject,
    attributed: &AttributedIncident,
    weight: f64,
) -> Option<ExplainedIncident> {
    let Placement::Attributed { method, confidence, links, fixes, changes, support, .. } =
        &attributed.placement
    else {
        return None;
    };
    let total = attributed.placement.total_weight();
    let own: Vec<_> = links.iter().filter(|link| subject.holds(analysis, link.file)).collect();
    if own.is_empty() {
        return None;
    }
    let own_weight: u128 = own.iter().map(|link| u128::from(link.weight)).sum();
    let incident = &analysis.incidents().list[attributed.incident];
    let mut costs = Costs::default();
    for cost in own.iter().filter_map(|link| link.cost) {
        costs.add(cost);
    }
    let fix_lines = changes
        .iter()
        .map(|change| analysis.scan.change(*change))
        .filter(|change| subject.holds(analysis, change.file))
        .map(|change| change.lines.map_or(0, LineDelta::total))
        .sum();
    Some(ExplainedIncident {
        id: incident.id.clone(),
        title: analysis.title(incident),
        opened: attributed.opened,
        dated_by: date_basis(incident, attributed.opened),
        known: attributed.known,
        method: *method,
        confidence: *confidence,
        support: support.clone(),
        price: analysis.pricing.prices[attributed.incident].clone(),
        share: own_weight as f64 / total as f64,
        cost: incident.cost.map(|cost| Money { minor: costs.minor(cost.currency), currency: cost.currency }),
        fix_commits: fixes.clone(),
        fix_lines,
        weight,
        introduced: None,
    })
}

/// Commits that touched the subject, newest first; for an area, its ranked files.
pub(super) fn commits(analysis: &Analysis<'_>, subject: &Subject) -> Vec<ExplainedCommit> {
    let files: Vec<FileIdx> = match subject {
        Subject::File(file) => vec![*file],
        Subject::Area(_) => {
            let ranked = subject.ranked_files(analysis);
            ranked.iter().map(|position| analysis.ranked.files[*position].file).collect()
        }
    };
    let mut lines: BTreeMap<CommitIdx, (u64, u64)> = BTreeMap::new();
    for change in files.iter().flat_map(|file| &analysis.scan.file(*file).history) {
        let change = analysis.scan.change(*change);
        let (added, deleted) = lines.entry(change.commit).or_insert((0, 0));
        if let Some(counted) = change.lines {
            *added += u64::from(counted.added);
            *deleted += u64::from(counted.deleted);
        }
    }
    let weights = revision_weights(analysis.scan, analysis.scan.as_of, &analysis.parameters);
    let source_files = source_files_per_commit(analysis.scan);
    let mut commits: Vec<ExplainedCommit> = lines
        .into_iter()
        .rev()
        .map(|(index, (lines_added, lines_deleted))| {
            let commit = analysis.scan.commit(index);
            ExplainedCommit {
                id: commit.id,
                time: commit.time,
                summary: commit.summary.to_str_lossy().into_owned(),
                lines_added,
                lines_deleted,
                source_files: source_files[index.get()],
                weight: weights[index.get()],
                work: work_of(analysis.scan, index, analysis.scan.as_of, &analysis.parameters),
            }
        })
        .collect();
    // Stable: of commits with the same time, the later in history stays first.
    commits.sort_by_key(|commit| Reverse(commit.time));
    commits
}

/// The files of an area that the report lists: ranked ones by rank, then unranked ones with a part
/// in an incident, by path. Empty for a file.
pub(super) fn files(analysis: &Analysis<'_>, subject: &Subject) -> Vec<ExplainedFile> {
    let Subject::Area(area) = *subject else { return Vec::new() };
    let rank = |file: FileIdx| {
        analysis.ranked.position_of[file.get()].map(|position| analysis.file_orders.rank[position])
    };
    let mut files: Vec<FileIdx> = analysis.areas.areas[area]
        .files
        .iter()
        .copied()
        .filter(|file| rank(*file).is_some() || analysis.recorded[file.get()].incidents > 0)
        .collect();
    files.sort_by_key(|file| (rank(*file).is_none(), rank(*file), *file));
    files
        .into_iter()
        .map(|file| ExplainedFile {
            path: analysis.scan.file(file).path.clone(),
            recorded: analysis.recorded[file.get()].clone(),
            forecast: analysis.file_forecast(file),
        })
        .collect()
}
