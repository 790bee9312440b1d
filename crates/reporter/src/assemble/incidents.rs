//! The rows of incidents, and what would place the unplaced ones.

use std::cmp::Reverse;

use super::files::Places;
use crate::analysis::Analysis;
use crate::attribution::{AttributedIncident, Link, Placement, date_basis};
use crate::hours::hours_of;
use debtscan_findings::{
    IncidentReport, LinkReport, PlacementReport, RankingExclusion, Remedy, UnplacedReason,
};
use debtscan_incidents::Incident;

/// All incidents: costliest first, then by (opened, id).
pub(super) fn report(analysis: &Analysis<'_>, places: &Places) -> Vec<IncidentReport> {
    let attributed = analysis.attribution.incidents.iter().zip(&analysis.history.excluded);
    let mut reports: Vec<IncidentReport> =
        attributed.map(|(incident, excluded)| row(analysis, places, incident, *excluded)).collect();
    let minors = |report: &IncidentReport| -> Vec<i64> {
        let minor =
            |currency| report.cost.filter(|cost| cost.currency == currency).map_or(0, |cost| cost.minor);
        analysis.currencies.iter().copied().map(minor).collect()
    };
    // Cached, because each key allocates.
    reports.sort_by_cached_key(|report| (Reverse(minors(report)), report.opened, report.id.clone()));
    reports
}

fn row(
    analysis: &Analysis<'_>,
    places: &Places,
    attributed: &AttributedIncident,
    excluded: Option<RankingExclusion>,
) -> IncidentReport {
    let incident = &analysis.incidents().list[attributed.incident];
    let placement = match &attributed.placement {
        Placement::Attributed { method, confidence, links, fixes, support, .. } => {
            PlacementReport::Attributed {
                method: *method,
                confidence: *confidence,
                links: link_rows(links, attributed.placement.total_weight(), places),
                commits: fixes.clone(),
                support: support.clone(),
            }
        }
        Placement::Unplaced(reason) => {
            PlacementReport::Unplaced { reason: *reason, remedy: remedy(analysis, incident, *reason) }
        }
    };
    IncidentReport {
        id: incident.id.clone(),
        title: analysis.title(incident),
        opened: attributed.opened,
        dated_by: date_basis(incident, attributed.opened),
        resolved: incident.resolved,
        severity: incident.severity.clone(),
        cost: incident.cost,
        price: analysis.pricing.prices[attributed.incident].clone(),
        hours: hours_of(incident),
        customers: incident.customers,
        url: incident.url.clone(),
        placement,
        excluded,
        introduced: None,
    }
}

fn link_rows(links: &[Link], total: u128, places: &Places) -> Vec<LinkReport> {
    let mut sorted: Vec<&Link> = links.iter().collect();
    // Files are in path order, so equal weights are by path.
    sorted.sort_by_key(|link| (Reverse(link.weight), link.file));
    sorted
        .into_iter()
        .map(|link| LinkReport {
            file: places.file[link.file.get()].expect("every file with a link is listed"),
            share: link.weight as f64 / total as f64,
            cost: link.cost,
        })
        .collect()
}

fn remedy(analysis: &Analysis<'_>, incident: &Incident, reason: UnplacedReason) -> Remedy {
    match reason {
        UnplacedReason::NoEvidence => Remedy::NameFix,
        UnplacedReason::CommitNotFound if analysis.scan.repository.is_shallow => Remedy::FetchHistory,
        UnplacedReason::CommitNotFound => Remedy::CheckBranch,
        UnplacedReason::MergeCommit => Remedy::NameCommits,
        UnplacedReason::OutsideWindow => Remedy::WidenWindow,
        UnplacedReason::FixedLater => Remedy::ScanLater,
        UnplacedReason::NoSourceChange => Remedy::NamePath,
        UnplacedReason::UnknownPlace if incident.place_names().is_empty() => Remedy::GivePathOrFix,
        UnplacedReason::UnknownPlace => Remedy::AddAlias,
    }
}
