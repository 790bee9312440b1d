//! All areas, by what they may cost and by what changed.

use debtscan_findings::brief::{AtRisk, CasePricing, Goal, PortfolioRow, Product, Regression};
use debtscan_findings::{AreaChange, Basis, Interval};
use debtscan_incidents::{Costs, MoneyOverflow};
use debtscan_model::Timestamp;

use super::area::{AreaIncidents, AreaPart};
use super::customers::{CaseAccounts, at_risk};
use super::draws::draws;
use super::past::handling;
use crate::analysis::Analysis;
use crate::change::sort_key;
use crate::yearly::Yearly;

/// Pairs of years that a statement on past years rests on. A plain default.
const LEAST_YEARS: u32 = 5;

/// Facts of the whole product.
pub(super) fn product(analysis: &Analysis<'_>, yearly: &Yearly) -> Product {
    Product {
        last_year: yearly.of_all(0),
        year_before: yearly.of_all(1),
        last_recorded_cost: last_recorded_cost(analysis),
        regression: regression(yearly),
    }
}

fn last_recorded_cost(analysis: &Analysis<'_>) -> Option<Timestamp> {
    let attributed = analysis.attribution.incidents.iter();
    let paid = attributed.filter(|attributed| {
        let price = analysis.pricing.prices[attributed.incident].as_ref();
        price.is_some_and(|price| price.basis == Basis::Recorded && price.amount.minor > 0)
    });
    paid.filter_map(|attributed| attributed.opened).filter(|opened| *opened <= analysis.scan.as_of).max()
}

/// What became of the worst areas of past years; `None` with too few years.
fn regression(yearly: &Yearly) -> Option<Regression> {
    let count = |area: usize, year: usize| yearly.count(area, year);
    let mut found = Regression { years: 0, worst: 0, after: 0 };
    for year in 1..yearly.years() {
        // Of equal ones the first by name: any rule that does not look at the year after will do.
        let worst = (0..yearly.areas()).rev().max_by_key(|area| count(*area, year));
        let Some(worst) = worst.filter(|area| count(*area, year) > 0) else { continue };
        found.years += 1;
        found.worst += count(worst, year);
        found.after += count(worst, year - 1);
    }
    (found.years >= LEAST_YEARS).then_some(found)
}

/// The row of an area, by position in `areas.areas`.
pub(super) fn row(
    analysis: &Analysis<'_>,
    pricing: &CasePricing,
    accounts: Option<&CaseAccounts<'_>>,
    change: &AreaChange,
    (position, incidents): (usize, &AreaIncidents),
    goal: Option<Goal>,
) -> Result<PortfolioRow, MoneyOverflow> {
    let area = &analysis.areas.areas[position];
    let sums = &analysis.area_sums[position];
    let last: Vec<&AreaPart> = incidents.main_of_year(0).collect();
    let parts: Vec<&AreaPart> = incidents.of_year(0).collect();
    let (mut cost_last_year, mut modelled_last_year) = (Costs::default(), Costs::default());
    for part in &parts {
        if let Some(cost) = part.cost {
            cost_last_year.try_add(cost)?;
            let price = analysis.pricing.prices[part.incident].as_ref();
            if price.is_some_and(|price| price.basis == Basis::Modelled) {
                modelled_last_year.try_add(cost)?;
            }
        }
    }
    let counts = analysis.forecaster.counts(sums.shares.total());
    let cost = match (counts, draws(analysis, pricing, incidents)?) {
        (Some(counts), Some((draws, _))) => {
            let (low, high) = draws.interval(counts, &analysis.parameters);
            Some(Interval { low, mean: counts.mean * draws.mean(), high })
        }
        _ => None,
    };
    let lines = analysis.ranked.source_lines();
    Ok(PortfolioRow {
        id: area.id.clone(),
        name: area.name.clone(),
        owner: area.owner.clone(),
        rank: analysis.area_orders.rank[position],
        source_lines: sums.source_lines,
        code_share: if lines == 0 { 0.0 } else { sums.source_lines as f64 / lines as f64 },
        last_year: change.last_year,
        year_before: change.year_before,
        rise_by_chance: change.by_chance,
        cost_last_year,
        modelled_last_year,
        handling_last_year: handling(pricing, &parts)?.map(|handling| handling.cost),
        incidents: analysis.area_forecast(position).incidents,
        cost,
        at_risk: accounts.map(|accounts| risk(analysis, accounts, &last)),
        goal,
    })
}

fn risk(analysis: &Analysis<'_>, accounts: &CaseAccounts<'_>, last: &[&AreaPart]) -> AtRisk {
    at_risk(&accounts.hits(analysis, last.iter().map(|part| part.incident)))
}

/// Positions by the rise of incidents over the year before, then by last year's; without areas that had none.
pub(super) fn by_change(rows: &[PortfolioRow]) -> Vec<usize> {
    let known = |position: &usize| rows[*position].last_year + rows[*position].year_before > 0;
    let mut order: Vec<usize> = (0..rows.len()).filter(known).collect();
    order.sort_by_key(|position| sort_key(rows[*position].last_year, rows[*position].year_before));
    order
}
