//! (scan, incidents, options) -> report: the whole pipeline on one screen.

mod areas;
mod churn;
mod customers;
mod files;
mod incidents;
#[cfg(test)]
mod price_tests;
mod prices;
mod remarks;
#[cfg(test)]
mod tests;
mod totals;

use debtscan_model::Scan;

pub(crate) use areas::churn as churn_of;
pub(crate) use files::{commits_of, revisions_last_year};
pub use remarks::rejected_values;
pub(crate) use remarks::report as data_quality;
pub(crate) use totals::report as totals;

use crate::analysis::Analysis;
use crate::change::broken_years;
use crate::error::BuildError;
use crate::options::ReportOptions;
use crate::yearly::Yearly;
use debtscan_findings::Report;
use debtscan_incidents::Incidents;

/// Makes the report of a scan and its incidents.
///
/// # Errors
/// When the areas cannot be made as asked, or the sum of costs, revenue or customers leaves the 64-bit range.
pub fn build(scan: &Scan, incidents: &Incidents, options: &ReportOptions) -> Result<Report, BuildError> {
    Ok(report(&Analysis::of(scan, incidents, options)?))
}

/// Makes the report of an analysis, without the last year and what was agreed.
pub(crate) fn report(analysis: &Analysis<'_>) -> Report {
    let scan = analysis.scan;
    let (files, places) = files::report(analysis);
    let (customers, impacts) = customers::report(analysis);
    let yearly = Yearly::of(analysis);
    let areas = areas::report(analysis, &places, &yearly, impacts);
    let incidents = incidents::report(analysis, &places);
    let totals = totals(analysis);
    let quality = data_quality(analysis, &totals);
    Report {
        tool_version: analysis.options.tool_version,
        project: analysis.options.project.clone(),
        revision: scan.repository.revision,
        root: scan.repository.root,
        as_of: scan.as_of,
        window: scan.window,
        scope: scan.repository.scope.clone(),
        first_parent: scan.repository.first_parent,
        area_source: analysis.areas.source,
        totals,
        currencies: analysis.currencies.clone(),
        model: analysis.model(),
        forecast: analysis.whole_forecast(),
        backtest: None,
        broken_years: broken_years(&yearly),
        areas,
        files,
        incidents,
        customers,
        past_year: None,
        agreed: Vec::new(),
        quality,
    }
}
