//! The cost of a random number of incidents, each drawn from past costs.

use std::collections::BTreeMap;

use debtscan_model::to_u32;

use super::NegativeBinomial;
use crate::parameters::RankingParameters;

/// Past incident costs in one currency, from which future ones are drawn with equal probability.
#[derive(Debug, Clone, PartialEq)]
pub struct CostDraws {
    /// Different costs above 0 in minor units and how often each occurs: sorted, unique.
    costs: Vec<(u64, u32)>,
    /// Number of costs, zeros and assumed ones included; at least 1.
    recorded: u32,
    /// Of these, assumed ones.
    assumed: u32,
    /// Their sum in minor units.
    assumed_total: i128,
    /// Sum in minor units, credits included, with the largest cost as winsorised.
    total: i128,
    /// The largest cost as it is and as it counts, in minor units; `None` when they are the same.
    winsorised: Option<(u64, u64)>,
    /// Greatest common divisor of `costs`; 1 when there are none.
    pub(super) unit: u64,
}

impl CostDraws {
    /// Takes recorded costs in minor units; `None` when there are none.
    ///
    /// The sample is winsorised once: of ten or more costs above 0, the largest counts as the second
    /// largest. In samples from skewed distributions that lowers the mean squared error of the mean
    /// (Rivest 1994, Biometrika 81, 373-383); one outage of a lifetime no longer doubles every
    /// expectation. Credits (below 0) lower the mean, and count as 0 in the draws, because the
    /// recursion behind [`CostDraws::interval`] needs costs that are not negative.
    pub fn new(recorded: &[i64]) -> Option<Self> {
        if recorded.is_empty() {
            return None;
        }
        let mut total: i128 = recorded.iter().map(|cost| i128::from(*cost)).sum();
        let mut sorted: Vec<u64> =
            recorded.iter().filter(|cost| **cost > 0).map(|cost| cost.unsigned_abs()).collect();
        sorted.sort_unstable();
        let winsorised = winsorise(&mut sorted);
        if let Some((largest, counted)) = winsorised {
            total -= i128::from(largest - counted);
        }
        let costs = sorted.chunk_by(|a, b| a == b).map(|equal| (equal[0], to_u32(equal.len()))).collect();
        Some(Self {
            costs,
            recorded: to_u32(recorded.len()),
            assumed: 0,
            assumed_total: 0,
            total,
            winsorised,
            unit: sorted.iter().copied().fold(0, greatest_common_divisor).max(1),
        })
    }

    /// Adds costs that are assumed for incidents without one.
    #[must_use]
    pub fn with_assumed(self, assumed: &[i64]) -> Self {
        let number = u32::try_from(assumed.len()).expect("fewer than 2^32 incidents");
        let mut counts: BTreeMap<u64, u32> = self.costs.into_iter().collect();
        for cost in assumed.iter().filter(|cost| **cost > 0) {
            *counts.entry(cost.unsigned_abs()).or_insert(0) += 1;
        }
        let costs: Vec<(u64, u32)> = counts.into_iter().collect();
        let assumed_total = assumed.iter().map(|cost| i128::from(*cost)).sum::<i128>();
        Self {
            unit: costs.iter().map(|(cost, _)| *cost).fold(0, greatest_common_divisor).max(1),
            costs,
            recorded: self.recorded + number,
            assumed: number,
            assumed_total,
            total: self.total + assumed_total,
            winsorised: self.winsorised,
        }
    }

    /// How many costs are assumed for incidents without one.
    pub fn assumed(&self) -> u32 {
        self.assumed
    }

    /// The sum of the assumed costs in minor units.
    pub fn assumed_total(&self) -> i128 {
        self.assumed_total
    }

    /// The mean of the costs in minor units, winsorised as [`CostDraws::new`] says.
    pub fn mean(&self) -> f64 {
        self.total as f64 / f64::from(self.recorded)
    }

    /// The sum behind the mean in minor units.
    pub fn total(&self) -> i128 {
        self.total
    }

    /// The largest cost as it is and as it counts, in minor units; `None` when it counts as it is.
    pub fn winsorised(&self) -> Option<(u64, u64)> {
        self.winsorised
    }

    /// How many costs there are, zeros and assumed ones included.
    pub fn recorded(&self) -> u32 {
        self.recorded
    }

    /// The low and high quantile of the yearly cost in minor units.
    ///
    /// The smallest lattice points at which the distribution function of the compound negative
    /// binomial reaches the two probabilities, by Panjer's recursion (Panjer 1981). The lattice step
    /// is the common divisor of the costs if the lattice is long enough for it; then the result is exact.
    /// Otherwise costs are split between the two nearest points so that the mean stays (Gerber
    /// 1982), and the result is off by a few steps of 1/1024 to 1/256 of the upper end.
    pub fn interval(&self, counts: NegativeBinomial, parameters: &RankingParameters) -> (f64, f64) {
        let free = self.recorded - self.costs.iter().map(|(_, count)| count).sum::<u32>();
        let free = f64::from(free) / f64::from(self.recorded);
        // P(cost = 0): the probability generating function of the count, at the part of free ones.
        let nothing = (-counts.shape * (counts.mean / counts.shape * (1.0 - free)).ln_1p()).exp();
        if nothing >= parameters.interval_high {
            return (0.0, 0.0);
        }
        let points = f64::from(parameters.lattice_points);
        let mut bound = self.upper_bound(counts, parameters.interval_high);
        let mut found: Option<(f64, f64)> = None;
        let mut coarser = u128::MAX;
        loop {
            let step = self.step(bound / points);
            if let Some(answer) = found.filter(|_| step >= coarser) {
                return answer;
            }
            match self.on_lattice(step, counts, parameters) {
                Some((low, high)) => {
                    let result = (low as f64 * step as f64, high as f64 * step as f64);
                    // Fine enough, or exact: done. Else zoom in on what was found.
                    if step == u128::from(self.unit) || high as f64 >= points * FINE_ENOUGH {
                        return result;
                    }
                    found = Some(result);
                    coarser = step;
                    // Twice what was found, so that the finer lattice still reaches the quantile.
                    bound = 2.0 * (high as f64 + 1.0) * step as f64;
                }
                // A lattice that ends short of the quantile is stretched; once that makes it no
                // finer than the one before, the answer of that one is kept.
                None => bound *= 2.0,
            }
        }
    }

    /// A cost that the quantile does not exceed, by Cantelli's inequality.
    pub(super) fn upper_bound(&self, counts: NegativeBinomial, probability: f64) -> f64 {
        let moment = |power: i32| {
            let sum = self
                .costs
                .iter()
                .fold(0.0, |sum, (cost, count)| sum + (*cost as f64).powi(power) * f64::from(*count));
            sum / f64::from(self.recorded)
        };
        let (first, second) = (moment(1), moment(2));
        // Of a random sum: E(N) Var(X) + Var(N) E(X)^2.
        let variance = counts.mean * (second - first * first).max(0.0) + counts.variance() * first * first;
        counts.mean * first + (probability / (1.0 - probability)).sqrt() * variance.sqrt()
    }

    /// The lattice step of at least `least`: a multiple of the common divisor.
    pub(super) fn step(&self, least: f64) -> u128 {
        let multiple = (least / self.unit as f64).ceil().max(1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at least 1; costs of 64 bits times any count stay far below 128 bits"
        )]
        let multiple = multiple as u128;
        multiple.saturating_mul(u128::from(self.unit))
    }

    /// The two quantiles in lattice points; `None` when the last point is below the higher one.
    fn on_lattice(
        &self,
        step: u128,
        counts: NegativeBinomial,
        parameters: &RankingParameters,
    ) -> Option<(usize, usize)> {
        let points = parameters.lattice_points as usize;
        let (free, costs) = self.discretise(step, points);
        // Panjer's class of the negative binomial: p(k) = (a + b / k) p(k - 1).
        let a = counts.ratio();
        let b = (counts.shape - 1.0) * a;
        let scale = 1.0 / (1.0 - a * free);
        let mut density = Vec::with_capacity(points + 1);
        density.push((-counts.shape * (counts.mean / counts.shape * (1.0 - free)).ln_1p()).exp());
        let mut sum = density[0];
        let mut low = (sum >= parameters.interval_low).then_some(0);
        let mut point = 0;
        // Stops at the high quantile: the rest of the lattice is never computed.
        while sum < parameters.interval_high {
            point += 1;
            if point > points {
                return None;
            }
            let terms = costs.iter().take_while(|(cost, _)| *cost <= point);
            let term = terms.fold(0.0, |term, (cost, probability)| {
                term + (a + b * *cost as f64 / point as f64) * probability * density[point - cost]
            });
            density.push(scale * term);
            sum += density[point];
            if low.is_none() && sum >= parameters.interval_low {
                low = Some(point);
            }
        }
        Some((low.expect("the low quantile is at most the high one"), point))
    }

    /// The probability of a free incident, and (lattice point, probability) of the others up to
    /// `points`: sorted, unique.
    pub(super) fn discretise(&self, step: u128, points: usize) -> (f64, Vec<(usize, f64)>) {
        // Room for the upper part of a cost at the last point.
        let mut mass = vec![0.0; points + 2];
        // The others cost nothing or were credits: both count as 0 in the draws.
        let paid: u32 = self.costs.iter().map(|(_, count)| count).sum();
        mass[0] = f64::from(self.recorded - paid);
        for (cost, count) in &self.costs {
            // Costs beyond the lattice cannot contribute to any of its points.
            let Ok(below) = usize::try_from(u128::from(*cost) / step) else { continue };
            if below > points {
                continue;
            }
            let upper_part = (u128::from(*cost) % step) as f64 / step as f64;
            mass[below] += f64::from(*count) * (1.0 - upper_part);
            mass[below + 1] += f64::from(*count) * upper_part;
        }
        let total = f64::from(self.recorded);
        let costs = (1..=points)
            .filter(|point| mass[*point] > 0.0)
            .map(|point| (point, mass[point] / total))
            .collect();
        (mass[0] / total, costs)
    }
}

/// Sets the largest of enough sorted values to the second largest; returns both when they differ.
fn winsorise(sorted: &mut [u64]) -> Option<(u64, u64)> {
    /// Below this there is no tail to speak of; the least at which the backtest made a forecast.
    const ENOUGH: usize = 10;
    let [.., second, largest] = sorted else { return None };
    let values = (*largest, *second);
    if sorted.len() < ENOUGH || values.0 == values.1 {
        return None;
    }
    let last = sorted.len() - 1;
    sorted[last] = values.1;
    Some(values)
}

/// A quantile at this part of the lattice or beyond is not computed again on a finer one.
pub(super) const FINE_ENOUGH: f64 = 0.25;

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::{CostDraws, NegativeBinomial};
    use crate::parameters::RankingParameters;

    fn interval(costs: &[i64], mean: f64, shape: f64) -> (f64, f64) {
        let draws = CostDraws::new(costs).expect("some costs");
        draws.interval(NegativeBinomial { mean, shape }, &RankingParameters::default())
    }

    #[track_caller]
    fn check_exact(costs: &[i64], mean: f64, shape: f64, expected: (f64, f64)) {
        let actual = interval(costs, mean, shape);
        assert!(
            (actual.0 - expected.0).abs() < 1e-9 && (actual.1 - expected.1).abs() < 1e-9,
            "{actual:?} instead of {expected:?}"
        );
    }

    // Expected values of the next tests: the sum over k of nbinom.pmf(k, r, r / (r + mu)) times the
    // k-fold convolution of the cost distribution on a lattice of one minor unit (numpy, scipy
    // 1.17.1), then the first point where the running sum reaches .1 and .9.

    #[test]
    fn equal_costs_and_costs_with_a_common_unit_are_exact() {
        // Equal costs: the count's quantiles (0, 7), times the cost.
        check_exact(&[500], 3.0, 2.0, (0.0, 3_500.0));
        check_exact(&[0, 0, 100, 300], 2.0, 1.5, (0.0, 600.0));
    }

    #[test]
    fn odd_costs_are_within_half_a_percent_of_the_exact_upper_end() {
        let cases = [
            (&[1, 7, 50, 333, 2_500][..], 4.0, 2.0, (0.0, 5_730.0)),
            (&[0, 1, 1, 1, 1, 1, 1, 1, 1, 20_001][..], 1.0, 1.5, (0.0, 5.0)),
            (&[3, 1_000, 1_001, 997, 1_234, 777, 4_321][..], 8.0, 2.2, (1_234.0, 22_573.0)),
        ];
        for (costs, mean, shape, expected) in cases {
            let actual = interval(costs, mean, shape);
            let tolerance = 0.005 * expected.1;
            assert!((actual.0 - expected.0).abs() <= tolerance, "{costs:?}: {actual:?}");
            assert!((actual.1 - expected.1).abs() <= tolerance, "{costs:?}: {actual:?}");
        }
    }

    #[test]
    fn every_size_of_expectation_gives_an_ordered_finite_interval() {
        let costs: Vec<i64> = (0..200).map(|number| number * number * 37 + 1).collect();
        for exponent in -9..=5 {
            let mean = 10_f64.powi(exponent);
            let (low, high) = interval(&costs, mean, 2.0);
            assert!(low <= high && high.is_finite(), "mean {mean}: {low} {high}");
            assert_eq!(high > 0.0, exponent >= 0 || mean > 0.11, "mean {mean}: {high}");
        }
        // 1 incident in 1e-9 years at the largest amount, and very many of them.
        assert!(interval(&[i64::MAX], 1e-9, 1.0).1 < 1.0);
        assert!(interval(&[i64::MAX, 1], 1e5, 2.0).1.is_finite());
    }

    #[test]
    fn many_incidents_scatter_as_the_count_does() {
        // At mu = 1e5 the mean of the draws is sharp: scipy's count quantiles 34 585 and 180 831
        // (r = 2.75) times the mean cost of 200.
        let (low, high) = interval(&[100, 301, 199], 1e5, 2.75);
        let tolerance = 0.005 * 180_831.0 * 200.0;
        assert!((low - 34_585.0 * 200.0).abs() < tolerance, "{low}");
        assert!((high - 180_831.0 * 200.0).abs() < tolerance, "{high}");
    }

    #[test]
    fn the_largest_of_ten_costs_counts_as_the_second_largest() {
        let mean_and_tail = |costs: &[i64]| {
            let draws = CostDraws::new(costs).expect("some costs");
            (draws.mean(), draws.winsorised())
        };
        // 1 + ... + 9 = 45; the tenth counts 9 instead of 1,000
        let skewed = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1_000];
        let (mean, tail) = mean_and_tail(&skewed);
        assert!((mean - 5.4).abs() < 1e-12, "{mean}");
        assert_eq!(tail, Some((1_000, 9)));
        // free ones are no tail: nine costs above 0 are too few
        let (mean, tail) = mean_and_tail(&[0, 0, 2, 3, 4, 5, 6, 7, 8, 9, 1_000]);
        assert!((mean - 1_044.0 / 11.0).abs() < 1e-12, "{mean}");
        assert_eq!(tail, None);
        assert_eq!(mean_and_tail(&[5; 12]).1, None);
    }

    #[test]
    fn free_incidents_and_credits_do_not_widen_the_interval() {
        check_exact(&[0, 0], 50.0, 2.0, (0.0, 0.0));
        check_exact(&[-700], 50.0, 2.0, (0.0, 0.0));
        let draws = CostDraws::new(&[-100, 300, 0, 0]).expect("some costs");
        assert!((draws.mean() - 50.0).abs() < 1e-12);
        assert_eq!(draws.recorded(), 4);
        assert_eq!(CostDraws::new(&[]), None);
    }
}
