//! The incidents of each area, with its part of every one.

use std::collections::BTreeMap;

use debtscan_incidents::{EngineerDays, Money, MoneyOverflow};
use debtscan_model::{CommitIdx, Timestamp};

use super::prices::handling_price;
use crate::analysis::Analysis;
use crate::attribution::Placement;
use crate::yearly::{Period, main_area};
use debtscan_findings::brief::CasePricing;

/// Days that count as recent: evidence older than this does not carry a case.
pub(super) const RECENT_YEARS: i64 = 2;

/// The incidents of one area.
#[derive(Debug, Clone, Default)]
pub(super) struct AreaIncidents {
    /// In the order of the incidents.
    pub(super) parts: Vec<AreaPart>,
}

/// An area's part of an incident.
#[derive(Debug, Clone)]
pub(super) struct AreaPart {
    /// Position in the list of incidents.
    pub(super) incident: usize,
    /// When it began.
    pub(super) opened: Option<Timestamp>,
    /// When, as a period before `as_of`.
    pub(super) period: Period,
    /// Its share here, `0..=1`.
    pub(super) share: f64,
    /// Whether no other area has a larger share: each incident counts in one area.
    pub(super) is_main: bool,
    /// Its part of the cost.
    pub(super) cost: Option<Money>,
    /// Its part of what handling takes.
    pub(super) handling: Option<(EngineerDays, Money)>,
    /// The fix commits found.
    pub(super) commits: Vec<CommitIdx>,
}

impl AreaPart {
    /// Whether it began in the last 24 months.
    pub(super) fn is_recent(&self) -> bool {
        matches!(self.period, Period::YearsAgo(years) if i64::from(years) < RECENT_YEARS)
    }
}

impl AreaIncidents {
    /// Those that count here, each in one area.
    pub(super) fn main(&self) -> impl Iterator<Item = &AreaPart> {
        self.parts.iter().filter(|part| part.is_main)
    }

    /// Those of the last 24 months that count here.
    pub(super) fn recent(&self) -> impl Iterator<Item = &AreaPart> {
        self.main().filter(|part| part.is_recent())
    }

    /// Those of one year that count here.
    pub(super) fn main_of_year(&self, years_ago: u32) -> impl Iterator<Item = &AreaPart> {
        self.of_year(years_ago).filter(|part| part.is_main)
    }

    /// Those of one year with any part here.
    pub(super) fn of_year(&self, years_ago: u32) -> impl Iterator<Item = &AreaPart> {
        self.parts.iter().filter(move |part| part.period == Period::YearsAgo(years_ago))
    }
}

/// The incidents of every area, by position in `areas.areas`. The parts of an incident's cost and handling sum to
/// the whole.
pub(super) fn by_area(
    analysis: &Analysis<'_>,
    pricing: &CasePricing,
) -> Result<Vec<AreaIncidents>, MoneyOverflow> {
    let mut areas = vec![AreaIncidents::default(); analysis.areas.areas.len()];
    let (as_of, year) = (analysis.scan.as_of, analysis.parameters.horizon_days);
    for attributed in &analysis.attribution.incidents {
        let Placement::Attributed { links, hidden, commits, .. } = &attributed.placement else { continue };
        let mut weights: BTreeMap<usize, (u64, Option<Money>)> = BTreeMap::new();
        for link in links {
            let (weight, cost) = weights.entry(analysis.areas.area_of[link.file.get()]).or_default();
            *weight += link.weight;
            *cost = match (*cost, link.cost) {
                (Some(sum), Some(part)) => {
                    let minor = sum.minor.checked_add(part.minor).ok_or(MoneyOverflow)?;
                    Some(Money { minor, ..sum })
                }
                (sum, part) => sum.or(part),
            };
        }
        let shares: Vec<u64> = weights.values().map(|(weight, _)| *weight).collect();
        let total = attributed.placement.total_weight();
        let main = main_area(&analysis.areas, &attributed.placement);
        let handled = handling_price(&analysis.incidents().list[attributed.incident], pricing)?;
        let handled: Vec<Option<(EngineerDays, Money)>> = match handled {
            None => vec![None; shares.len()],
            Some((days, price)) => {
                // The part on hidden files comes last and is dropped.
                let all = [shares.as_slice(), &[u64::try_from(hidden.weight).unwrap_or(u64::MAX)]].concat();
                let days = split_days(days, &all).into_iter().zip(price.split(&all));
                days.take(shares.len()).map(Some).collect()
            }
        };
        for ((area, (weight, cost)), handling) in weights.into_iter().zip(handled) {
            areas[area].parts.push(AreaPart {
                incident: attributed.incident,
                opened: attributed.opened,
                period: Period::of(attributed.opened, as_of, year),
                share: weight as f64 / total as f64,
                is_main: main == Some(area),
                cost,
                handling,
                commits: commits.clone(),
            });
        }
    }
    Ok(areas)
}

/// Splits engineer-days by weight, so that the parts sum to the whole.
fn split_days(days: EngineerDays, weights: &[u64]) -> Vec<EngineerDays> {
    let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    let mut before = 0_u128;
    let mut taken = 0_u128;
    weights
        .iter()
        .map(|weight| {
            // Cumulative, so that rounding loses no tenth.
            before += u128::from(*weight);
            let until = u128::from(days.0) * before / total.max(1);
            let part = until - taken;
            taken = until;
            EngineerDays(u32::try_from(part).expect("a part is at most the whole"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::split_days;
    use debtscan_incidents::EngineerDays;

    #[test]
    fn days_are_split_without_a_rest() {
        let parts = split_days(EngineerDays(100), &[1, 1, 1]);
        assert_eq!(parts, [33, 33, 34].map(EngineerDays));
        assert_eq!(split_days(EngineerDays(7), &[5]), [EngineerDays(7)]);
    }
}
