//! The last 365 days and those before.

use std::collections::BTreeMap;

use debtscan_model::{Change, FileIdx, LineDelta};

use crate::analysis::Analysis;
use crate::attribution::{Link, Placement};
use debtscan_findings::Year;

/// The position of the year of a time: 0 for the last, 1 for the one before.
fn year_of(analysis: &Analysis<'_>, time: debtscan_model::Timestamp) -> Option<usize> {
    let days = analysis.parameters.horizon_days;
    let as_of = analysis.scan.as_of;
    let ends = [as_of, as_of.plus_days(-days), as_of.plus_days(-2 * days)];
    (0..2).find(|year| ends[year + 1] < time && time <= ends[*year])
}

/// Incidents with their year and files.
fn recent<'a>(analysis: &'a Analysis<'_>) -> impl Iterator<Item = (usize, RecentIncident<'a>)> {
    analysis.attribution.incidents.iter().filter_map(|attributed| {
        let placement = &attributed.placement;
        let Placement::Attributed { links, hidden, .. } = placement else { return None };
        // Files that the view excludes keep their part of the incident.
        let weight = links.iter().map(|link| u128::from(link.weight)).sum::<u128>() + hidden.weight;
        let incident = RecentIncident { placement, links, weight: weight as f64 };
        Some((year_of(analysis, attributed.opened?)?, incident))
    })
}

/// A placed incident of the last two years.
struct RecentIncident<'a> {
    placement: &'a Placement,
    links: &'a [Link],
    /// The sum of the weights of all its files.
    weight: f64,
}

/// By [`FileIdx`]: the shares of the incidents of the last year.
pub(super) fn incidents_per_file(analysis: &Analysis<'_>) -> Vec<f64> {
    let mut shares = vec![0.0; analysis.scan.files.len()];
    for (_, incident) in recent(analysis).filter(|(year, _)| *year == 0) {
        for link in incident.links {
            shares[link.file.get()] += link.weight as f64 / incident.weight;
        }
    }
    shares
}

/// The two years of everything, and of each area in the order of the report.
pub(super) fn of(analysis: &Analysis<'_>) -> ([Year; 2], Vec<[Year; 2]>) {
    let mut whole = <[Year; 2]>::default();
    let mut areas = vec![<[Year; 2]>::default(); analysis.areas.areas.len()];
    let area_of = |file: FileIdx| analysis.area_orders.place[analysis.areas.area_of[file.get()]];
    for (year, incident) in recent(analysis) {
        whole[year].incidents += 1;
        let mut parts: BTreeMap<usize, u128> = BTreeMap::new();
        for link in incident.links {
            *parts.entry(area_of(link.file)).or_default() += u128::from(link.weight);
            whole[year].costs.add_some(link.cost);
            areas[area_of(link.file)][year].costs.add_some(link.cost);
        }
        for (area, weight) in parts {
            let share = weight as f64 / incident.weight;
            whole[year].incident_shares += share;
            areas[area][year].incident_shares += share;
        }
        for area in incident.placement.counted_in(area_of) {
            areas[area][year].incidents += 1;
        }
    }
    work(analysis, area_of, &mut whole, &mut areas);
    (whole, areas)
}

/// Adds commits and lines, in one pass over the changes.
fn work(
    analysis: &Analysis<'_>,
    area_of: impl Fn(FileIdx) -> usize,
    whole: &mut [Year; 2],
    areas: &mut [[Year; 2]],
) {
    let scan = analysis.scan;
    for changes in scan.changes.chunk_by(|a: &Change, b: &Change| a.commit == b.commit) {
        let Some(year) = year_of(analysis, scan.commit(changes[0].commit).time) else { continue };
        let mut lines: BTreeMap<usize, u64> = BTreeMap::new();
        for change in changes.iter().filter(|change| analysis.ranked.get(change.file).is_some()) {
            let changed = change.lines.map_or(0, LineDelta::total);
            *lines.entry(area_of(change.file)).or_default() += changed;
        }
        whole[year].commits += u32::from(!lines.is_empty());
        for (area, lines) in lines {
            areas[area][year].commits += 1;
            areas[area][year].lines += lines;
            whole[year].lines += lines;
        }
    }
}
