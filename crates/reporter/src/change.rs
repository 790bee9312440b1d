//! What changed in each area: this year's incidents against the year before, and years that broke with the past.

use std::cmp::Reverse;

use debtscan_findings::{AreaChange, BrokenYear, BrokenYears};

use crate::analysis::Analysis;
use crate::rank::NegativeBinomial;
use crate::yearly::Yearly;

/// Years that a year is compared with at most. A plain default: older ones say little of the code of today.
const MOST_PAST_YEARS: usize = 5;
/// Fewer years are no past. A plain default.
const LEAST_PAST_YEARS: usize = 2;
/// Fewer incidents break with nothing. A plain default.
const LEAST_INCIDENTS: u32 = 5;
/// A year breaks with its past if its incidents are less likely than this. A plain default.
const UNLIKELY: f64 = 0.01;

/// The change of every area, by position in `areas.areas`.
pub(crate) fn changes(analysis: &Analysis<'_>, yearly: &Yearly) -> Vec<AreaChange> {
    let change = |area: usize| {
        let (last_year, year_before) = (yearly.count(area, 0), yearly.count(area, 1));
        AreaChange {
            last_year,
            year_before,
            rank: None,
            by_chance: by_chance([last_year, year_before], [yearly.of_all(0), yearly.of_all(1)]),
            broken: broken(analysis, yearly, area),
        }
    };
    let mut changes: Vec<AreaChange> = (0..yearly.areas()).map(change).collect();
    let mut order: Vec<usize> = analysis.area_orders.by_share.clone();
    order.retain(|area| changes[*area].last_year + changes[*area].year_before > 0);
    // Stable: equal ones stay in the order of expected cost.
    order.sort_by_key(|area| sort_key(changes[*area].last_year, changes[*area].year_before));
    for (position, area) in order.into_iter().enumerate() {
        changes[area].rank = Some(position + 1);
    }
    changes
}

/// The order of what changed: by the rise of incidents over the year before, then by last year's.
pub(crate) fn sort_key(last_year: u32, year_before: u32) -> impl Ord {
    (Reverse(i64::from(last_year) - i64::from(year_before)), Reverse(last_year))
}

/// The probability that at least the first of an area's incidents of both years fall in the last year, each with the
/// probability of the whole product: the upper tail of a binomial distribution. `None` without incidents.
fn by_chance([last, before]: [u32; 2], [all_last, all_before]: [u32; 2]) -> Option<f64> {
    let all = f64::from(all_last) + f64::from(all_before);
    let number = last.checked_add(before).filter(|number| *number > 0)?;
    if all <= 0.0 {
        return None;
    }
    let part = f64::from(all_last) / all;
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

/// A past to compare a year with.
#[derive(Debug, Clone, Copy)]
struct PastYears {
    years: u32,
    incidents: u32,
}

impl PastYears {
    /// The years before the one that ends this many whole years before `as_of`; `None` if they are too few.
    fn before(yearly: &Yearly, area: usize, years_ago: usize) -> Option<Self> {
        let first = years_ago + 1;
        let end = yearly.whole_years(area).min(first + MOST_PAST_YEARS);
        let years = end.checked_sub(first).filter(|years| *years >= LEAST_PAST_YEARS)?;
        let incidents = (first..end).map(|years_ago| yearly.count(area, years_ago)).sum();
        Some(Self { years: u32::try_from(years).expect("at most five"), incidents })
    }

    /// The probability of at least this number of incidents in one more year: of a Poisson distribution whose rate has
    /// Jeffreys' prior, which is a negative binomial distribution.
    fn at_least(self, incidents: u32) -> f64 {
        let shape = f64::from(self.incidents) + 0.5;
        let counts = NegativeBinomial { mean: shape / f64::from(self.years), shape };
        let fewer = incidents.checked_sub(1).map_or(0.0, |most| counts.at_most(u64::from(most)));
        (1.0 - fewer).max(0.0)
    }

    /// Whether a year of this number of incidents breaks with it.
    fn breaks(self, incidents: u32) -> bool {
        incidents >= LEAST_INCIDENTS && self.at_least(incidents) < UNLIKELY
    }
}

/// The last year of an area, if it broke with its past and is beyond what the model expects of the next.
fn broken(analysis: &Analysis<'_>, yearly: &Yearly, area: usize) -> Option<BrokenYear> {
    let last_year = yearly.count(area, 0);
    let past = PastYears::before(yearly, area, 0).filter(|past| past.breaks(last_year))?;
    let shares = analysis.area_sums[area].shares;
    let counts = analysis.forecaster.counts(shares.total())?;
    let expected = analysis.forecaster.forecast(shares, analysis.ranking.omega).incidents?;
    if f64::from(last_year) <= expected.high {
        return None;
    }
    Some(BrokenYear {
        past_years: past.years,
        past_incidents: past.incidents,
        by_past: past.at_least(last_year),
        expected,
        of_past_incidents: if shares.total() > 0.0 { shares.own / shares.total() } else { 0.0 },
        again: (1.0 - counts.at_most(u64::from(last_year - 1))).max(0.0),
    })
}

/// What became of such years of any area, as far as a whole year followed.
pub(crate) fn broken_years(yearly: &Yearly) -> BrokenYears {
    let mut found = BrokenYears::default();
    for area in 0..yearly.areas() {
        for years_ago in 1..yearly.whole_years(area) {
            let incidents = yearly.count(area, years_ago);
            let Some(past) = PastYears::before(yearly, area, years_ago) else { break };
            if !past.breaks(incidents) {
                continue;
            }
            let after = yearly.count(area, years_ago - 1);
            found.years += 1;
            found.followed += u32::from(past.breaks(after));
            found.incidents += incidents;
            found.after += after;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{PastYears, broken_years, by_chance, changes};
    use crate::analysis::Analysis;
    use crate::sample::{SampleScan, days_ago, incident, incidents, options};
    use crate::yearly::Yearly;
    use debtscan_findings::BrokenYears;
    use debtscan_incidents::Incident;

    #[test]
    fn a_rise_is_held_against_that_of_the_whole_product() {
        // Of 3 incidents at 1/2 each, all three: 1/8; at least two: 4/8.
        assert!((by_chance([3, 0], [20, 20]).expect("some") - 0.125).abs() < 1e-12);
        assert!((by_chance([2, 1], [20, 20]).expect("some") - 0.5).abs() < 1e-12);
        // Where all incidents are of the last year, that is no news.
        assert!((by_chance([4, 0], [9, 0]).expect("some") - 1.0).abs() < 1e-12);
        assert_eq!(by_chance([0, 0], [20, 20]), None);
        // Python: sum(comb(15, k) * (38 / 47)**k * (9 / 47)**(15 - k) for k in (13, 14, 15))
        let many = by_chance([13, 2], [38, 9]).expect("some");
        assert!((many - 0.430_617_255).abs() < 1e-9, "{many}");
    }

    #[test]
    fn a_year_is_held_against_the_years_before() {
        // Python: 1 - sum of gamma(i + r) / (i! gamma(r)) p^r (1 - p)^i for i < k; r = 9.5, p = 5/6
        let past = PastYears { years: 5, incidents: 9 };
        let cases = [(1, 0.823_079_498_2), (5, 0.059_688_564_3), (7, 0.008_203_167_0), (13, 0.000_005_916_2)];
        for (incidents, probability) in cases {
            let found = past.at_least(incidents);
            assert!((found - probability).abs() < 1e-9, "{incidents}: {found}");
        }
        assert!(past.breaks(7) && !past.breaks(6));
        // After three years without any, four are unlikely, but few.
        assert!(!PastYears { years: 3, incidents: 0 }.breaks(4));
    }

    /// One area with a number of incidents in each year, the last year first.
    fn sample(by_year: &[i64]) -> (debtscan_model::Scan, Vec<Incident>) {
        let scan = SampleScan::new()
            .source("a/x.c", 100, 0)
            .source("b/y.c", 90_000, 0)
            .commit(3_650, &[("a/x.c", 100, 0), ("b/y.c", 90_000, 0)])
            .build();
        let opened = |year: i64, nth: i64| days_ago(year * 365 + 10 + nth);
        let year = |(year, count): (usize, &i64)| {
            let year = i64::try_from(year).expect("few");
            (0..*count).map(move |nth| (year, nth)).collect::<Vec<_>>()
        };
        let all = by_year.iter().enumerate().flat_map(year);
        let list = all.map(|(year, nth)| Incident {
            opened: Some(opened(year, nth)),
            paths: vec!["a/x.c".to_owned()],
            ..incident(&format!("I-{year}-{nth}"))
        });
        (scan, list.collect())
    }

    #[test]
    fn years_that_broke_with_their_past_are_counted_with_what_followed() {
        // The oldest whole year is the eighth; the ninth has the first incident.
        let (scan, list) = sample(&[2, 8, 1, 1, 0, 9, 10, 1, 1, 1]);
        let (list, options) = (incidents(list), options());
        let analysis = Analysis::of(&scan, &list, &options).expect("folders");
        let found = broken_years(&Yearly::of(&analysis));
        // By the same formula: 10 after 2 in two years .0003, and 9 after the same past .0007; 9 after 12 in three
        // years .05, 8 after 21 in five years .09.
        assert_eq!(found, BrokenYears { years: 1, followed: 1, incidents: 10, after: 9 });
    }

    #[test]
    fn a_year_breaks_if_neither_the_past_nor_the_model_leads_to_expect_it() {
        let (scan, list) = sample(&[13, 2, 1, 3, 1, 2, 1]);
        let (list, options) = (incidents(list), options());
        let analysis = Analysis::of(&scan, &list, &options).expect("folders");
        let yearly = Yearly::of(&analysis);
        let area = analysis.areas.areas.iter().position(|area| area.name == "a").expect("there");
        let change = &changes(&analysis, &yearly)[area];
        assert_eq!((change.last_year, change.year_before, change.rank), (13, 2, Some(1)));
        let model = analysis.area_forecast(area).incidents;
        let broken = change.broken.as_ref().unwrap_or_else(|| panic!("13 after 9 in five years; {model:?}"));
        assert_eq!((broken.past_years, broken.past_incidents), (5, 9));
        assert!((broken.by_past - 0.000_005_916_2).abs() < 1e-9, "{}", broken.by_past);
        assert!(broken.expected.high < 13.0 && broken.again < 0.1 && broken.again > 0.0, "{broken:?}");
        // A quiet year breaks with nothing.
        let (scan, list) = sample(&[3, 2, 1, 3, 1, 2, 1]);
        let list = incidents(list);
        let analysis = Analysis::of(&scan, &list, &options).expect("folders");
        assert!(changes(&analysis, &Yearly::of(&analysis)).iter().all(|change| change.broken.is_none()));
    }
}
