//! (scan, incidents, options) -> report: the whole pipeline on one screen.

mod analysis;
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

pub(crate) use analysis::{Analysis, recorded_by};
pub(crate) use areas::churn as churn_of;
pub(crate) use files::{commits_of, revisions_last_year};
pub(crate) use remarks::report as data_quality;
pub(crate) use totals::report as totals;

use crate::area::AreaError;
use crate::parameters::RankingParameters;
use crate::price::PriceModel;
use debtscan_findings::{AreaRule, AreaSource, Report};
use debtscan_incidents::{Accounts, Incidents, MoneyOverflow};

/// Everything that a report depends on besides the scan and the incidents.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportOptions {
    /// Where the areas come from.
    pub area_source: AreaSource,
    /// `[[area]]` rules, in file order.
    pub area_rules: Vec<AreaRule>,
    /// Commits that touch more source files than this are not recent activity; they stay in the churn.
    pub max_files_per_commit: usize,
    /// The constants of the ranking; their limit of wide commits gives way to `max_files_per_commit`.
    pub ranking: RankingParameters,
    /// The model for incidents without a recorded cost, and exchange rates.
    pub price: PriceModel,
    /// Customer accounts; `None` without an accounts file.
    pub accounts: Option<Accounts>,
    /// Whether every output hides titles of incidents and names of accounts.
    pub privacy: Privacy,
    /// The project's name, shown in outputs.
    pub project: Option<String>,
    /// Version of debtscan, shown in outputs.
    pub tool_version: &'static str,
}

impl ReportOptions {
    /// The constants in force.
    pub(crate) fn parameters(&self) -> RankingParameters {
        RankingParameters { max_commit_source_files: self.max_files_per_commit, ..self.ranking }
    }
}

/// What of the incidents may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Privacy {
    /// All of it.
    #[default]
    Open,
    /// No titles, no names of accounts, and no values of rejected cells, which may hold either.
    Redacted,
}

/// A report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The files cannot be put into areas as asked.
    #[error("divide the files into areas")]
    Areas(#[from] AreaError),
    /// The costs of one currency cannot be summed.
    #[error("sum the costs of the incidents")]
    Costs(#[from] MoneyOverflow),
    /// The revenue of the accounts cannot be summed.
    #[error("sum the revenue of the accounts: it is beyond 9.2e18 minor units")]
    Revenue,
    /// The customers of the incidents cannot be summed.
    #[error("sum the customers of the incidents: they are more than 1.8e19")]
    Customers,
}

/// Makes the report of a scan and its incidents.
///
/// # Errors
/// When the areas cannot be made as asked, or the sum of costs, revenue or customers leaves the 64-bit range.
pub fn build(scan: &Scan, incidents: &Incidents, options: &ReportOptions) -> Result<Report, BuildError> {
    let analysis = Analysis::of(scan, incidents, options)?;
    let (files, places) = files::report(&analysis);
    let (customers, impacts) = customers::report(&analysis);
    let areas = areas::report(&analysis, &places, impacts);
    let incident_reports = incidents::report(&analysis, &places);
    let totals = totals(&analysis);
    let quality = data_quality(&analysis, &totals);
    Ok(Report {
        tool_version: options.tool_version,
        project: options.project.clone(),
        revision: scan.repository.revision,
        as_of: scan.as_of,
        window: scan.window,
        scope: scan.repository.scope.clone(),
        first_parent: scan.repository.first_parent,
        area_source: analysis.areas.source,
        totals,
        currencies: analysis.currencies.clone(),
        model: analysis.model(),
        areas,
        files,
        incidents: incident_reports,
        customers,
        quality,
    })
}
