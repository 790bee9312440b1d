//! The business case: from a ranked area to a decision.
//!
//! [`brief`] takes the analysis behind the ranking, prices the incidents to come, and puts fixes against them. The
//! year ahead is the ranking's own negative binomial distribution; all its quantiles are computed, none is drawn.
//! Formulas: `docs/metrics.md`.

mod area;
mod ask;
mod avoided;
mod calendar;
mod common;
mod customers;
mod draws;
mod future;
mod goals;
mod options;
mod pace;
mod page;
mod past;
mod payback;
mod places;
#[cfg(test)]
mod plan_tests;
mod planner;
mod portfolio;
mod prices;
mod proposals;
mod review;
mod schedule;
mod scope;
#[cfg(test)]
mod tests;
mod triangular;

use debtscan_findings::brief::{Brief, PortfolioRow};
use debtscan_incidents::MoneyOverflow;
use debtscan_model::Lines;

pub(crate) use self::goals::agreed_areas;
pub use self::options::{CaseOptions, Team};
pub use self::planner::{PlanOptions, files_for_plan, plan};
pub use self::scope::{CaseError, files_to_follow};

use self::common::Case;
use self::page::page;
use self::scope::{reject, wanted};
use crate::analysis::Analysis;
use crate::listing::list_head;

/// Makes the business case. `lines` are those of [`files_to_follow`].
///
/// # Errors
/// When an area is unknown, or costs leave the 64-bit range.
pub fn brief(analysis: &Analysis<'_>, lines: &Lines, options: &CaseOptions) -> Result<Brief, CaseError> {
    let case = Case::of(analysis, lines, options)?;
    let order = analysis.area_orders.by_share.iter().copied();
    let is_shown = |area: &usize| {
        // An area without code and incidents has no row to show.
        !analysis.area_sums[*area].ranked_files.is_empty() || !case.areas[*area].parts.is_empty()
    };
    let mut portfolio =
        order.filter(is_shown).map(|area| case.row(area)).collect::<Result<Vec<_>, MoneyOverflow>>()?;
    // Stable: areas of equal cost stay by rank.
    portfolio.sort_by(|a, b| {
        // Areas without a forecast come after those that cost nothing.
        let cost = |row: &PortfolioRow| row.cost.map_or(-1.0, |cost| cost.mean);
        cost(b).total_cmp(&cost(a))
    });
    let mut pages = Vec::new();
    for area in wanted(analysis, &options.areas)? {
        pages.push(page(&case, area)?);
    }
    let mut head = list_head(analysis);
    reject(&mut head.quality, options, analysis);
    if let Some(remark) = case.unknown() {
        head.quality.add(remark);
    }
    Ok(Brief {
        head,
        given: case.given(),
        by_change: portfolio::by_change(&portfolio),
        portfolio,
        pages,
        product: case.product,
        backtest: None,
        broken_years: case.broken_years,
        pricing: case.pricing,
    })
}
