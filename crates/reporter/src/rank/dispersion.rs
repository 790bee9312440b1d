//! How far a count of incidents scatters around its expectation.

use crate::parameters::RankingParameters;

/// A negative binomial distribution of incidents per year, by mean and shape.
///
/// Probability of k: `Gamma(k + r) / (k! Gamma(r)) x (r / (r + mu))^r x (mu / (r + mu))^k`; variance
/// `mu + mu^2 / r`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NegativeBinomial {
    /// Expected count `mu`; at least 0.
    pub mean: f64,
    /// Shape `r`; above 0. Small is wide.
    pub shape: f64,
}

impl NegativeBinomial {
    /// The distribution for a share of the yearly total:
    /// `mu = N x share`, `1 / r = 1 / (1 + (20 + Y) x share) + 0.18 + 3 / (N + 1)`.
    ///
    /// The first part is how uncertain the share is, the others how uncertain the yearly total: one
    /// that rests on few incidents is less certain.
    pub fn of_share(
        incidents_per_year: f64,
        incident_weight: f64,
        share: f64,
        parameters: &RankingParameters,
    ) -> Self {
        let evidence = (parameters.history_saturation + incident_weight) * share;
        let of_total =
            parameters.dispersion_floor + parameters.dispersion_of_few / (incidents_per_year.max(0.0) + 1.0);
        let inverse = 1.0 / (parameters.dispersion_offset + evidence) + of_total;
        Self { mean: incidents_per_year * share, shape: 1.0 / inverse }
    }

    /// The factor `mu / (r + mu)` between far successive probabilities, `0..1`.
    pub fn ratio(&self) -> f64 {
        self.mean / (self.shape + self.mean)
    }

    /// The probability of no incident at all.
    pub fn none(&self) -> f64 {
        (-self.shape * (self.mean / self.shape).ln_1p()).exp()
    }

    /// The variance `mu + mu^2 / r`.
    pub fn variance(&self) -> f64 {
        self.mean + self.mean * self.mean / self.shape
    }

    /// Coverage of a count by the interval between two probabilities, `0..=1`: the part of the step from
    /// `P(count < k)` to `P(count <= k)` between `low` and `high`.
    ///
    /// A closed interval of whole counts covers more than it promises, most of all where few are
    /// expected: where none comes in 95 % of the years, `0..=0` covers 95 %. This is the expectation
    /// of the randomised interval, which covers exactly `high - low` if the distribution is right
    /// (Czado, Gneiting & Held 2009).
    pub fn coverage(&self, count: u64, low: f64, high: f64) -> f64 {
        let ratio = self.ratio();
        let mut term = self.none();
        let mut below = 0.0;
        for number in 0..count {
            below += term;
            term *= ratio * (number as f64 + self.shape) / (number as f64 + 1.0);
        }
        // Below what a float can express: the count is far outside.
        if term <= 0.0 {
            return 0.0;
        }
        let inside = (below + term).min(high) - below.max(low);
        (inside / term).clamp(0.0, 1.0)
    }

    /// The probability of at most `count` incidents, `0..=1`.
    pub fn at_most(&self, count: u64) -> f64 {
        let ratio = self.ratio();
        let mut term = self.none();
        let mut sum = term;
        for number in 0..count {
            term *= ratio * (number as f64 + self.shape) / (number as f64 + 1.0);
            sum += term;
        }
        sum.min(1.0)
    }

    /// The same distribution over a part of the time, or after a part of the incidents is prevented: incidents of a
    /// gamma distributed rate, each kept with the probability `part`.
    #[must_use]
    pub fn thinned(&self, part: f64) -> Self {
        Self { mean: self.mean * part, ..*self }
    }

    /// The smallest count k with `P(count <= k) >= probability`, for a probability in `0..1`.
    ///
    /// Sums the probabilities one by one: work in proportion to the result, and so, over all files,
    /// to the yearly total.
    pub fn quantile(&self, probability: f64) -> u64 {
        let ratio = self.ratio();
        // Cantelli: P(X >= mean + t sd) <= 1 / (1 + t^2), so no quantile lies beyond. It ends the
        // loop should the summed probabilities stay short of the target by rounding.
        let reach = (probability / (1.0 - probability)).sqrt();
        let bound = (self.mean + reach * self.variance().sqrt()).ceil();
        let mut count = 0_u64;
        let mut term = self.none();
        let mut sum = term;
        while sum < probability && (count as f64) < bound {
            term *= ratio * (count as f64 + self.shape) / (count as f64 + 1.0);
            sum += term;
            count += 1;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::NegativeBinomial;
    use crate::parameters::RankingParameters;

    #[test]
    fn quantiles_agree_with_scipy_from_a_billionth_to_a_hundred_thousand() {
        // scipy 1.17.1: [int(scipy.stats.nbinom.ppf(p, r, r / (r + mu))) for p in (.1, .9)]
        let cases = [
            (1e-9, 1.0, 0, 0),
            (0.05, 1.0, 0, 0),
            (0.2, 1.0, 0, 1),
            (0.5, 1.2, 0, 2),
            (1.0, 1.5, 0, 3),
            (3.0, 2.0, 0, 7),
            (10.0, 2.5, 2, 19),
            (100.0, 2.7, 33, 183),
            (1e4, 2.7, 3_412, 18_158),
            (1e5, 2.75, 34_585, 180_831),
        ];
        for (mean, shape, low, high) in cases {
            let counts = NegativeBinomial { mean, shape };
            assert_eq!((counts.quantile(0.1), counts.quantile(0.9)), (low, high), "mean {mean}");
        }
    }

    #[test]
    fn at_most_sums_the_first_probabilities() {
        // r = 1, mean 1: 1/2, 1/4, 1/8.
        let counts = NegativeBinomial { mean: 1.0, shape: 1.0 };
        for (count, sum) in [(0, 0.5), (1, 0.75), (2, 0.875)] {
            assert!((counts.at_most(count) - sum).abs() < 1e-12);
        }
        // Of every incident kept with probability 1/2: geometric again, with mean 1/2.
        assert!((counts.thinned(0.5).none() - 1.0 / 1.5).abs() < 1e-12);
    }

    #[test]
    fn small_quantiles_follow_from_the_first_probabilities() {
        // r = 1 is the geometric distribution: P(k) = 1/2^(k+1) at mean 1, so the sums are
        // .5, .75, .875, .9375; P(0) = 1/1.1 = .909 at mean 0.1.
        assert_eq!(NegativeBinomial { mean: 1.0, shape: 1.0 }.quantile(0.9), 3);
        assert_eq!(NegativeBinomial { mean: 0.1, shape: 1.0 }.quantile(0.9), 0);
        assert!((NegativeBinomial { mean: 0.1, shape: 1.0 }.none() - 1.0 / 1.1).abs() < 1e-12);
    }

    #[test]
    fn a_step_is_covered_by_its_part_between_the_two_probabilities() {
        // r = 1, mean 1: steps of 1/2, 1/4, 1/8, 1/16 end at .5, .75, .875, .9375.
        let counts = NegativeBinomial { mean: 1.0, shape: 1.0 };
        let covered = [0, 1, 2, 3, 4].map(|count| counts.coverage(count, 0.1, 0.9));
        let expected = [0.8, 1.0, 1.0, 0.4, 0.0];
        assert!(covered.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{covered:?}");
        let sum: f64 = covered.iter().zip([0.5, 0.25, 0.125, 0.0625]).map(|(a, b)| a * b).sum();
        assert!((sum - 0.8).abs() < 1e-12);
        assert!(NegativeBinomial { mean: 0.0, shape: 1.0 }.coverage(3, 0.1, 0.9) < 1e-12);
    }

    #[test]
    fn nothing_is_expected_of_a_share_of_zero() {
        let counts = NegativeBinomial::of_share(300.0, 40.0, 0.0, &RankingParameters::default());
        assert_eq!((counts.quantile(0.1), counts.quantile(0.9)), (0, 0));
    }

    #[test]
    fn the_shape_grows_with_the_evidence_behind_a_share() {
        let parameters = RankingParameters::default();
        // 1 / (1 / (1 + 60 x .25) + .18 + 3 / 13) = 1 / (1/16 + .18 + 3/13) = 2.11296
        let quarter = NegativeBinomial::of_share(12.0, 40.0, 0.25, &parameters);
        assert!((quarter.shape - 2.112_962_210_5).abs() < 1e-9);
        assert!((quarter.mean - 3.0).abs() < 1e-12);
        // 1 / (1/61 + .18 + 3/13) = 2.34103
        let whole = NegativeBinomial::of_share(12.0, 40.0, 1.0, &parameters);
        assert!((whole.shape - 2.341_028_517_4).abs() < 1e-9);
        // scipy as above: nbinom.ppf(.1 | .9, 2.11296.., ..) = 0, 7 and (2.34102.., ..) = 3, 23
        assert_eq!((quarter.quantile(0.1), quarter.quantile(0.9)), (0, 7));
        assert_eq!((whole.quantile(0.1), whole.quantile(0.9)), (3, 23));
    }

    #[test]
    fn a_total_of_few_incidents_is_less_certain() {
        let parameters = RankingParameters::default();
        let shape = |total| NegativeBinomial::of_share(total, 1e12, 1.0, &parameters).shape;
        // With all the evidence for the share: 1 / (.18 + 3/2), and 1 / .18 in the limit.
        assert!((shape(1.0) - 1.0 / 1.68).abs() < 1e-9);
        assert!((shape(1e12) - 1.0 / 0.18).abs() < 1e-9);
    }
}
