//! The rows of areas.

use debtscan_model::{Churn, FileIdx, Timestamp, to_u32};

use super::churn::{GroupChurn, by_group};
use super::files::{Places, commits_of};
use crate::analysis::Analysis;
use crate::change::changes;
use crate::yearly::Yearly;
use debtscan_findings::{AreaChange, AreaReport, CustomerImpact};

/// All areas by rank; with `impacts`, by position, what they mean for customers.
pub(super) fn report(
    analysis: &Analysis<'_>,
    places: &Places,
    yearly: &Yearly,
    mut impacts: Option<Vec<CustomerImpact>>,
) -> Vec<AreaReport> {
    let mut take = |area: usize| impacts.as_mut().map(|impacts| std::mem::take(&mut impacts[area]));
    let area_of = |file| analysis.ranked.get(file).map(|_| analysis.areas.area_of[file.get()]);
    let changed = by_group(analysis, analysis.areas.areas.len(), area_of);
    let recent = recent_incidents(analysis);
    let changes = changes(analysis, yearly);
    let by_share = analysis.area_orders.by_share.iter();
    by_share
        .map(|area| AreaReport {
            incidents_last_12_months: recent[*area].last_year,
            incidents_previous_12_months: recent[*area].year_before,
            last_incident: recent[*area].newest,
            change: changes[*area].clone(),
            ..row(analysis, places, *area, &changed[*area], take(*area))
        })
        .collect()
}

/// The incidents of one area by when they began.
#[derive(Debug, Clone, Copy, Default)]
struct RecentIncidents {
    last_year: u32,
    year_before: u32,
    newest: Option<Timestamp>,
}

/// Per area, by position in `areas.areas`.
fn recent_incidents(analysis: &Analysis<'_>) -> Vec<RecentIncidents> {
    let as_of = analysis.scan.as_of;
    let year_ago = analysis.parameters.year_before(as_of);
    let two_years_ago = analysis.parameters.year_before(year_ago);
    let mut recent = vec![RecentIncidents::default(); analysis.areas.areas.len()];
    for attributed in &analysis.attribution.incidents {
        let Some(opened) = attributed.opened.filter(|opened| *opened <= as_of) else { continue };
        for area in attributed.placement.counted_in(|file| analysis.areas.area_of[file.get()]) {
            let recent = &mut recent[area];
            // Half-open periods: nothing is in both years.
            recent.last_year += u32::from(year_ago < opened);
            recent.year_before += u32::from(two_years_ago < opened && opened <= year_ago);
            recent.newest = recent.newest.max(Some(opened));
        }
    }
    recent
}

fn row(
    analysis: &Analysis<'_>,
    places: &Places,
    position: usize,
    changed: &GroupChurn,
    customers: Option<CustomerImpact>,
) -> AreaReport {
    let area = &analysis.areas.areas[position];
    let sums = &analysis.area_sums[position];
    let ranked = || sums.ranked_files.iter().map(|position| &analysis.ranked.files[*position]);
    let is_present = |file: &&FileIdx| analysis.scan.file(**file).present.is_some();
    let mut file_positions: Vec<usize> =
        area.files.iter().filter_map(|file| places.file[file.get()]).collect();
    file_positions.sort_unstable();
    AreaReport {
        id: area.id.clone(),
        name: area.name.clone(),
        owner: area.owner.clone(),
        origin: area.origin.clone(),
        rank: analysis.area_orders.rank[position],
        start_rank: analysis.area_orders.start_rank[position],
        files: area.files.iter().filter(is_present).count(),
        source_files: sums.ranked_files.len(),
        source_lines: sums.source_lines,
        churn: changed.churn,
        revisions_last_year: changed.revisions_last_year,
        hotspot: ranked().fold(0.0, |sum, file| sum + file.hotspot()),
        recorded: sums.recorded.clone(),
        incidents_last_12_months: 0,
        incidents_previous_12_months: 0,
        last_incident: None,
        change: AreaChange::default(),
        forecast: analysis.area_forecast(position),
        customers,
        file_positions,
    }
}

/// The churn of some files together: lines summed, each commit and person counted once.
pub(crate) fn churn(analysis: &Analysis<'_>, files: impl Iterator<Item = FileIdx> + Clone) -> Churn {
    let mut churn = Churn::default();
    for change in files.clone().flat_map(|file| &analysis.scan.file(file).history) {
        if let Some(lines) = analysis.scan.change(*change).lines {
            churn.lines_added += u64::from(lines.added);
            churn.lines_deleted += u64::from(lines.deleted);
        }
    }
    let commits = commits_of(analysis, files);
    let times = || commits.iter().map(|commit| analysis.scan.commit(*commit).time);
    churn.revisions = to_u32(commits.len());
    churn.authors = analysis.scan.count_people(commits.iter().copied());
    churn.first_change = times().min();
    churn.last_change = times().max();
    churn
}
