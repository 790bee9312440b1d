//! The whole distribution of a yearly cost, where two quantiles are not enough.

use super::compound::FINE_ENOUGH;
use super::{CostDraws, NegativeBinomial};
use crate::parameters::RankingParameters;

/// The probability up to which a distribution is computed.
const REACH: f64 = 0.999;

/// A cost as a distribution on a lattice, in minor units.
#[derive(Debug, Clone, PartialEq)]
pub struct CostDistribution {
    /// Distance of two points in minor units.
    step: u128,
    /// The probability of each point, from 0 on. What is missing from 1 lies above the last.
    density: Vec<f64>,
}

impl CostDraws {
    /// The distribution of the cost of a random number of incidents, by Panjer's recursion.
    ///
    /// Exact where the costs have a common divisor that suffices, as prices by severity have; else off by a few
    /// steps of 1/1024 to 1/256 of the 99.9% quantile.
    pub fn distribution(&self, counts: NegativeBinomial, parameters: &RankingParameters) -> CostDistribution {
        let points = f64::from(parameters.lattice_points);
        let mut bound = self.upper_bound(counts, REACH);
        let mut found: Option<CostDistribution> = None;
        loop {
            let step = self.step(bound / points);
            // A stretched lattice that is no finer than the one before adds nothing.
            if let Some(found) = found.take_if(|found| step >= found.step) {
                return found;
            }
            match self.density(step, counts, parameters) {
                Some(density) => {
                    let last = density.len() as f64;
                    let distribution = CostDistribution { step, density };
                    if step == u128::from(self.unit) || last >= points * FINE_ENOUGH {
                        return distribution;
                    }
                    found = Some(distribution);
                    // Twice what was found, so that a finer lattice still reaches the last
                    // probability.
                    bound = 2.0 * last * step as f64;
                }
                None => bound *= 2.0,
            }
        }
    }

    /// The probabilities of the lattice points up to [`REACH`]; `None` when the lattice ends below.
    fn density(
        &self,
        step: u128,
        counts: NegativeBinomial,
        parameters: &RankingParameters,
    ) -> Option<Vec<f64>> {
        let points = parameters.lattice_points as usize;
        let (free, costs) = self.discretise(step, points);
        let a = counts.ratio();
        let b = (counts.shape - 1.0) * a;
        let scale = 1.0 / (1.0 - a * free);
        let mut density = vec![(-counts.shape * (counts.mean / counts.shape * (1.0 - free)).ln_1p()).exp()];
        let mut sum = density[0];
        while sum < REACH {
            let point = density.len();
            if point > points {
                return None;
            }
            let terms = costs.iter().take_while(|(cost, _)| *cost <= point);
            let term = terms.fold(0.0, |term, (cost, probability)| {
                term + (a + b * *cost as f64 / point as f64) * probability * density[point - cost]
            });
            density.push(scale * term);
            sum += scale * term;
        }
        Some(density)
    }
}

impl CostDistribution {
    /// The smallest cost that is not exceeded with this probability, in minor units; of probabilities above 99.9%,
    /// that of 99.9%.
    pub fn quantile(&self, probability: f64) -> u64 {
        let mut sum = 0.0;
        let point = self.density.iter().position(|term| {
            sum += term;
            sum >= probability
        });
        let point = point.unwrap_or(self.density.len() - 1) as u128;
        u64::try_from(point.saturating_mul(self.step)).unwrap_or(u64::MAX)
    }

    /// The probability of at least so much, `0..=1`; above 99.9% of the distribution, 0.1%.
    pub fn at_least(&self, minor: f64) -> f64 {
        let below = self.points().take_while(|(cost, _)| *cost < minor);
        (1.0 - below.fold(0.0, |sum, (_, term)| sum + term)).clamp(0.0, 1.0)
    }

    /// The costs in minor units with their probabilities, ascending; what is missing from 1 is added to the last.
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let last = self.density.len() - 1;
        // What is beyond the lattice, at most a thousandth, is added to its last point, so that all
        // sum to 1.
        let missing = 1.0 - self.density.iter().fold(0.0, |sum, term| sum + term);
        self.density.iter().enumerate().map(move |(point, term)| {
            let term = if point == last { term + missing.max(0.0) } else { *term };
            (point as f64 * self.step as f64, term)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::parameters::RankingParameters;
    use crate::rank::{CostDraws, NegativeBinomial};

    #[test]
    fn one_price_makes_the_cost_a_multiple_of_the_count() {
        let draws = CostDraws::new(&[700, 700]).expect("costs");
        let counts = NegativeBinomial { mean: 3.0, shape: 2.0 };
        let costs = draws.distribution(counts, &RankingParameters::default());
        for probability in [0.025, 0.1, 0.5, 0.9, 0.975] {
            assert_eq!(costs.quantile(probability), 700 * counts.quantile(probability));
        }
        // At least 1,400 is at least two incidents.
        assert!((costs.at_least(1_400.0) - (1.0 - counts.at_most(1))).abs() < 1e-9);
        assert!((costs.points().map(|(_, term)| term).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_two_quantiles_of_the_ranking_are_those_of_the_distribution() {
        let parameters = RankingParameters::default();
        let draws = CostDraws::new(&[0, 0, 1_234, 98_765, 4_321, 77]).expect("costs");
        let counts = NegativeBinomial { mean: 5.0, shape: 1.7 };
        let (low, high) = draws.interval(counts, &parameters);
        let costs = draws.distribution(counts, &parameters);
        assert!((costs.quantile(0.1) as f64 - low).abs() < 0.02 * high, "{low}");
        assert!((costs.quantile(0.9) as f64 - high).abs() < 0.02 * high, "{high}");
    }

    #[test]
    fn nothing_expected_costs_nothing() {
        let draws = CostDraws::new(&[500]).expect("costs");
        let none = NegativeBinomial { mean: 0.0, shape: 1.0 };
        let costs = draws.distribution(none, &RankingParameters::default());
        assert_eq!((costs.quantile(0.975), costs.at_least(1.0) < 1e-12), (0, true));
    }
}
