//! Report -> findings: one per place and rule, for pipelines and dashboards.
//!
//! Rules of files and functions look only where half of the future cost is. Elsewhere they are true and not worth a
//! line in somebody's pull request.

mod code;
mod place;
#[cfg(test)]
mod tests;

use self::place::FoundPlaces;
use crate::analysis::Analysis;
use crate::knowledge;
use crate::rank::fewest_for_half;
use debtscan_findings::{Finding, FindingLevel, FindingSubject, FindingValues, INACTIVE_DAYS, Report};

/// The findings of a report: most serious first, then by expected share, rule and place.
///
/// `report` must be the report of this analysis.
pub fn findings(analysis: &Analysis<'_>, report: &Report) -> Vec<Finding> {
    let places = FoundPlaces { scan: analysis.scan, report };
    let shares: Vec<f64> = report.areas.iter().map(|area| area.forecast.shares.total()).collect();
    let costly = fewest_for_half(&shares);
    let mut found = agreed(&places);
    found.extend(broken_years(&places));
    found.extend(lost_knowledge(&places, analysis, &costly));
    found.extend(code::findings(&places, &costly));
    found.extend(unplaced(report));
    let share = |finding: &Finding| finding.expected.as_ref().map_or(0.0, |expected| expected.share);
    let first_line = |finding: &Finding| finding.lines.map(|lines| lines.first);
    found.sort_by(|a, b| {
        let by_cost = a.level.cmp(&b.level).then(share(b).total_cmp(&share(a)));
        let by_place = by_cost.then(a.rule().cmp(&b.rule())).then_with(|| a.path.cmp(&b.path));
        by_place.then_with(|| first_line(a).cmp(&first_line(b)))
    });
    found
}

fn agreed(places: &FoundPlaces<'_>) -> Vec<Finding> {
    let report = places.report;
    let fired = report.agreed.iter().filter_map(|agreed| {
        let rule = agreed.rule.as_ref().filter(|rule| rule.is_fired())?;
        let area = report.areas.iter().find(|area| area.id == agreed.area)?;
        let values = FindingValues::AgreedRule { limit: rule.limit, incidents: rule.incidents.clone() };
        Some(places.of_area(area, FindingLevel::Warning, values))
    });
    fired.collect()
}

fn broken_years(places: &FoundPlaces<'_>) -> Vec<Finding> {
    let broken = places.report.areas.iter().filter_map(|area| {
        let broken = area.change.broken.clone()?;
        let values = FindingValues::BrokenYear { last_year: area.change.last_year, broken };
        Some(places.of_area(area, FindingLevel::Warning, values))
    });
    broken.collect()
}

/// Costly areas whose knowledge is lost, or that one person knows.
fn lost_knowledge(places: &FoundPlaces<'_>, analysis: &Analysis<'_>, costly: &[bool]) -> Vec<Finding> {
    let rows = knowledge::of_areas(analysis, INACTIVE_DAYS);
    let areas = places.report.areas.iter().zip(costly).filter(|(_, is_costly)| **is_costly);
    let found = areas.filter_map(|(area, _)| {
        let row = rows.iter().find(|row| row.area.as_ref() == Some(&area.id))?;
        // What is lost cannot be passed on any more, so that an area has one of the two.
        if row.is_lost() {
            let values = FindingValues::KnowledgeLost {
                lost: row.lost,
                source_lines: row.source_lines,
                inactive_days: INACTIVE_DAYS,
            };
            return Some(places.of_area(area, FindingLevel::Warning, values));
        }
        (row.bus_factor == Some(1)).then(|| {
            let values = FindingValues::KnowledgeIsland {
                source_lines: row.source_lines,
                contributors: row.contributors,
            };
            places.of_area(area, FindingLevel::Note, values)
        })
    });
    found.collect()
}

fn unplaced(report: &Report) -> Option<Finding> {
    let totals = &report.totals;
    let incidents = totals.incidents - totals.incidents_attributed;
    (incidents > 0).then(|| Finding {
        level: FindingLevel::Note,
        subject: FindingSubject::Repository,
        area: None,
        path: None,
        origin: None,
        lines: None,
        expected: None,
        values: FindingValues::UnplacedCost {
            incidents,
            of: totals.incidents,
            costs: totals.unattributed.clone(),
        },
    })
}
