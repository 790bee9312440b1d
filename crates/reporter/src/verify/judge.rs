//! What chance explains: the distribution of the incidents of an area if nothing had been done.

use debtscan_findings::Interval;
use debtscan_findings::verify::{AreaOutcome, AreaRole, Trend, Verdict};
use debtscan_model::Timestamp;

use super::period::{AreaPeriod, FixPeriod};
use crate::rank::NegativeBinomial;

/// The probability with which chance alone may look like an improvement, or like the opposite. A plain default.
pub(super) const LUCK: f64 = 0.1;
/// The probability with which an effect should be seen.
pub(super) const ENOUGH: f64 = 0.8;
/// The effect that should be seen: half as many incidents.
const HALF: f64 = 0.5;
/// Beyond this nobody waits.
const MOST_MONTHS: u32 = 120;

/// The incidents of an area if nothing had been done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judge {
    /// A year's.
    yearly: NegativeBinomial,
    years: f64,
}

impl Judge {
    /// The model of the day of the fix, with the trend of other areas.
    ///
    /// The model's shape has two parts: how uncertain the area's share is, and how uncertain the yearly total. The
    /// trend replaces the second part by its own error.
    pub(super) fn new(
        area: &AreaPeriod,
        others: &[&AreaPeriod],
        trend: Option<&Trend>,
        period: &FixPeriod,
    ) -> Self {
        let shape = area.shape.unwrap_or(1.0);
        let yearly = area.forecast / period.years;
        let Some(trend) = trend else {
            let inverse = 1.0 / shape + period.total_inverse;
            return Self {
                yearly: NegativeBinomial { mean: yearly, shape: 1.0 / inverse },
                years: period.years,
            };
        };
        let factor = f64::from(trend.observed) / trend.expected;
        let variance = others.iter().fold(0.0, |sum, other| {
            let mean = other.forecast * factor;
            sum + mean + mean * mean / other.shape.unwrap_or(1.0)
        });
        let error = variance / (trend.expected * factor).powi(2);
        let inverse = 1.0 / shape + error + unforeseen(others, factor);
        Self { yearly: NegativeBinomial { mean: yearly * factor, shape: 1.0 / inverse }, years: period.years }
    }

    fn counts(&self, years: f64) -> NegativeBinomial {
        self.yearly.thinned(years)
    }

    /// The probability of no incident in some years.
    pub(super) fn none(&self, years: f64) -> f64 {
        self.counts(years).none()
    }

    /// The probability with which half as many incidents are called better after some years.
    pub(super) fn power(&self, years: f64) -> f64 {
        let counts = self.counts(years);
        let Some(limit) = limit(counts) else { return 0.0 };
        counts.thinned(HALF).at_most(limit)
    }

    /// What was expected of an area and what came; name and part are left empty.
    pub(super) fn outcome(&self, area: &AreaPeriod) -> AreaOutcome {
        let counts = self.counts(self.years);
        let observed = u64::from(area.observed);
        let at_most = counts.at_most(observed);
        let at_least = 1.0 - observed.checked_sub(1).map_or(0.0, |fewer| counts.at_most(fewer));
        let verdict = if at_most <= LUCK {
            Verdict::Better
        } else if at_least <= LUCK {
            Verdict::Worse
        } else if counts.none() > LUCK {
            Verdict::TooEarly
        } else {
            Verdict::NoClearChange
        };
        AreaOutcome {
            id: String::new(),
            name: String::new(),
            role: AreaRole::Control,
            before: area.before,
            observed: area.observed,
            forecast: area.forecast,
            expected: Interval {
                low: counts.quantile(LUCK) as f64,
                mean: counts.mean,
                high: counts.quantile(1.0 - LUCK) as f64,
            },
            shape: counts.shape,
            at_most,
            at_least: at_least.clamp(0.0, 1.0),
            verdict,
            together: 0.0,
        }
    }
}

/// The first day after `since` on which something holds of the years since, by months; `None` if it takes too long.
pub(super) fn first_day(since: Timestamp, holds: impl Fn(f64) -> bool) -> Option<Timestamp> {
    let month = (1..=MOST_MONTHS).find(|month| holds(f64::from(*month) / 12.0))?;
    Some(since.plus_days(i64::from(month) * 365 / 12))
}

/// What the untreated areas scatter more than the model foresees, as an addition to the inverse shape; at least 0.
///
/// With it, the squared differences from what was expected are on average as large as their variance. One area less
/// counts, because the trend was taken from the same areas.
fn unforeseen(others: &[&AreaPeriod], factor: f64) -> f64 {
    /// Beyond this an area says nothing at all.
    const MOST: f64 = 16.0;
    const STEPS: u32 = 50;
    let scatter = |more: f64| {
        others.iter().filter(|other| other.forecast > 0.0).fold(0.0, |sum, other| {
            let mean = other.forecast * factor;
            let inverse = 1.0 / other.shape.unwrap_or(1.0) + more;
            sum + (f64::from(other.observed) - mean).powi(2) / (mean + mean * mean * inverse)
        })
    };
    let wanted = (others.len() as f64 - 1.0).max(1.0);
    if scatter(0.0) <= wanted {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, MOST);
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if scatter(middle) > wanted { low = middle } else { high = middle }
    }
    high
}

/// The largest number of incidents that is called better; `None` when even 0 is not.
fn limit(counts: NegativeBinomial) -> Option<u64> {
    if counts.none() > LUCK {
        return None;
    }
    let next = counts.quantile(LUCK);
    // The quantile is the first count with at least this probability.
    if counts.at_most(next) <= LUCK { Some(next) } else { next.checked_sub(1) }
}

#[cfg(test)]
mod tests {
    use super::super::period::AreaPeriod;
    use super::{Judge, first_day, limit, unforeseen};
    use crate::rank::NegativeBinomial;
    use crate::sample::AS_OF;

    /// So large a shape is a Poisson distribution.
    const POISSON: f64 = 1e9;

    #[test]
    fn the_limit_is_that_of_a_poisson_distribution() {
        // Largest k with P(X <= k) <= 0.1: e^-2.4 = 0.0907; P(X <= 1) of 4 is 0.0916; of 10, P(X <= 6) is 0.1301 and
        // P(X <= 5) 0.0671.
        let of = |mean| limit(NegativeBinomial { mean, shape: POISSON });
        assert_eq!([2.2, 2.4, 4.0, 10.0].map(of), [None, Some(0), Some(1), Some(5)]);
    }

    #[test]
    fn what_the_model_does_not_foresee_is_taken_from_the_other_areas() {
        let area =
            |observed| AreaPeriod { observed, forecast: 10.0, shape: Some(POISSON), ..AreaPeriod::default() };
        let of = |counts: [u32; 3]| {
            let areas = counts.map(area);
            unforeseen(&areas.iter().collect::<Vec<_>>(), 1.0)
        };
        assert!(of([9, 10, 11]).abs() < 1e-9, "less than a Poisson distribution scatters");
        // Squares of 10, 0 and 10 by 10 + 100 e are 2 in all: 200 / (10 + 100 e) = 2, so e = 0.9.
        assert!((of([20, 10, 0]) - 0.9).abs() < 1e-6);
    }

    #[test]
    fn it_is_too_early_until_no_incident_would_be_telling() {
        let judge = Judge { yearly: NegativeBinomial { mean: 2.4, shape: POISSON }, years: 0.5 };
        // ln 10 / 2.4 is 0.959 years: the twelfth month.
        assert_eq!(first_day(AS_OF, |years| judge.none(years) <= 0.1), Some(AS_OF.plus_days(365)));
        assert!(judge.power(0.5) < 1e-12);
        // In two years 4.8 are expected: at most 1 is better (0.0477; 0.1425 for 2). Of 2.4, P(X <= 1) is 0.3084.
        assert!((judge.power(2.0) - 0.3084).abs() < 1e-4);
        let rare = Judge { yearly: NegativeBinomial { mean: 0.1, shape: POISSON }, years: 1.0 };
        assert_eq!(first_day(AS_OF, |years| rare.none(years) <= 0.1), None);
    }
}
