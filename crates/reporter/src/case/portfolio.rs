//! All areas, by what they may cost and by what changed.

use std::cmp::Reverse;

use debtscan_findings::brief::{AtRisk, CasePricing, Goal, PortfolioRow, Product, Regression};
use debtscan_findings::{Basis, Interval};
use debtscan_incidents::{Costs, MoneyOverflow};
use debtscan_model::Timestamp;

use super::area::{AreaIncidents, AreaPart, Period};
use super::customers::{CaseAccounts, at_risk};
use super::draws::draws;
use super::past::handling;
use crate::analysis::Analysis;
use crate::attribution::Placement;

/// Pairs of years that a statement on past years rests on. A plain default.
const LEAST_YEARS: u32 = 5;

/// Facts of the whole product.
pub(super) fn product(analysis: &Analysis<'_>, areas: &[AreaIncidents]) -> Product {
    let (as_of, days) = (analysis.scan.as_of, analysis.parameters.horizon_days);
    let began_in = |years_ago: i64| {
        let until = as_of.plus_days(-days * years_ago);
        let since = until.plus_days(-days);
        // Areas are compared with this number, and unplaced incidents are in none.
        let placed = analysis.attribution.incidents.iter().filter(|attributed| {
            matches!(attributed.placement, Placement::Attributed { .. })
                && attributed.opened.is_some_and(|opened| since < opened && opened <= until)
        });
        u32::try_from(placed.count()).expect("fewer than 2^32 incidents")
    };
    Product {
        last_year: began_in(0),
        year_before: began_in(1),
        last_recorded_cost: last_recorded_cost(analysis),
        regression: regression(areas),
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
fn regression(areas: &[AreaIncidents]) -> Option<Regression> {
    let counts: Vec<Vec<u32>> = areas.iter().map(per_year).collect();
    let years = counts.iter().map(Vec::len).max().unwrap_or(0);
    let count = |area: usize, year: usize| counts[area].get(year).copied().unwrap_or(0);
    let mut found = Regression { years: 0, worst: 0, after: 0 };
    for year in 1..years {
        // Of equal ones the first by name: any rule that does not look at the year after will do.
        let worst = (0..areas.len()).rev().max_by_key(|area| count(*area, year));
        let Some(worst) = worst.filter(|area| count(*area, year) > 0) else { continue };
        found.years += 1;
        found.worst += count(worst, year);
        found.after += count(worst, year - 1);
    }
    (found.years >= LEAST_YEARS).then_some(found)
}

/// Incidents by years before `as_of`.
fn per_year(area: &AreaIncidents) -> Vec<u32> {
    let mut counts = Vec::new();
    for part in area.main() {
        let Period::YearsAgo(years) = part.period else { continue };
        let years = years as usize;
        if counts.len() <= years {
            counts.resize(years + 1, 0);
        }
        counts[years] += 1;
    }
    counts
}

/// The row of an area, by position in `areas.areas`.
pub(super) fn row(
    analysis: &Analysis<'_>,
    pricing: &CasePricing,
    accounts: Option<&CaseAccounts<'_>>,
    product: &Product,
    (position, incidents): (usize, &AreaIncidents),
    goal: Option<Goal>,
) -> Result<PortfolioRow, MoneyOverflow> {
    let area = &analysis.areas.areas[position];
    let sums = &analysis.area_sums[position];
    let last: Vec<&AreaPart> = incidents.main_of_year(0).collect();
    let parts: Vec<&AreaPart> = incidents.of_year(0).collect();
    let before = incidents.main_of_year(1).count();
    let number = |count: usize| u32::try_from(count).expect("fewer than 2^32 incidents");
    let mut cost_last_year = Costs::default();
    for part in &parts {
        if let Some(cost) = part.cost {
            cost_last_year.try_add(cost)?;
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
        last_year: number(last.len()),
        year_before: number(before),
        rise_by_chance: rise_by_chance(number(last.len()), number(before), product),
        cost_last_year,
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

/// The probability that at least `last` of the incidents of both years fall in the last one, each with the
/// probability of the whole product: the upper tail of a binomial distribution.
fn rise_by_chance(last: u32, before: u32, product: &Product) -> Option<f64> {
    let all = f64::from(product.last_year) + f64::from(product.year_before);
    let number = last.checked_add(before).filter(|number| *number > 0)?;
    if all <= 0.0 {
        return None;
    }
    let part = f64::from(product.last_year) / all;
    // In logarithms, because binomial coefficients of large counts exceed a float.
    let (log_in, log_out) = (part.ln(), (1.0 - part).ln());
    let mut log_choose = 0.0;
    let mut sum = 0.0;
    for count in 0..=number {
        if count > 0 {
            log_choose += (f64::from(number - count + 1) / f64::from(count)).ln();
        }
        if count >= last {
            // 0 times the logarithm of 0 counts as 0, not as NaN.
            let times = |count: u32, log: f64| if count == 0 { 0.0 } else { f64::from(count) * log };
            sum += (log_choose + times(count, log_in) + times(number - count, log_out)).exp();
        }
    }
    Some(f64::min(sum, 1.0))
}

/// Positions by the rise of incidents over the year before, then by last year's; without areas that had none.
pub(super) fn by_change(rows: &[PortfolioRow]) -> Vec<usize> {
    let known = |position: &usize| rows[*position].last_year + rows[*position].year_before > 0;
    let mut order: Vec<usize> = (0..rows.len()).filter(known).collect();
    order.sort_by_key(|position| {
        let row = &rows[*position];
        let rise = i64::from(row.last_year) - i64::from(row.year_before);
        (Reverse(rise), Reverse(row.last_year))
    });
    order
}

#[cfg(test)]
mod tests {
    use debtscan_findings::brief::Product;

    use super::rise_by_chance;

    #[test]
    fn a_rise_is_held_against_that_of_the_whole_product() {
        let product = |last_year, year_before| Product {
            last_year,
            year_before,
            last_recorded_cost: None,
            regression: None,
        };
        // Of 3 incidents at 1/2 each, all three: 1/8; at least two: 4/8.
        let even = product(20, 20);
        assert!((rise_by_chance(3, 0, &even).expect("some") - 0.125).abs() < 1e-12);
        assert!((rise_by_chance(2, 1, &even).expect("some") - 0.5).abs() < 1e-12);
        // Where all incidents are of the last year, that is no news.
        assert!((rise_by_chance(4, 0, &product(9, 0)).expect("some") - 1.0).abs() < 1e-12);
        assert_eq!(rise_by_chance(0, 0, &even), None);
        // Python: sum(comb(15, k) * (38 / 47)**k * (9 / 47)**(15 - k) for k in (13, 14, 15))
        let many = rise_by_chance(13, 2, &product(38, 9)).expect("some");
        assert!((many - 0.430_617_255).abs() < 1e-9, "{many}");
    }
}
