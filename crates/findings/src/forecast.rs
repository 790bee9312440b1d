//! The forecast for a file or area.

use debtscan_incidents::Currency;

/// A mean with its 80% range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// 10% quantile.
    pub low: f64,
    /// Expected value.
    pub mean: f64,
    /// 90% quantile.
    pub high: f64,
}

/// Expected cost per year in one currency, in minor units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CostForecast {
    /// The currency.
    pub currency: Currency,
    /// Minor units per year.
    pub minor: Interval,
}

/// The named parts of a share; their sum is the share.
///
/// Size and past incidents are at least 0. The others are differences from size alone, and may be
/// negative.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ShareParts {
    /// From its share of the code.
    pub size: f64,
    /// From its change rate: recent work, growth, and changes together with tests.
    pub change: f64,
    /// From its complexity per line.
    pub complexity: f64,
    /// From its neighbours: the work in its folder, and the incidents of files that change with it.
    pub surroundings: f64,
    /// From its past incidents.
    pub own: f64,
}

impl ShareParts {
    /// The share of next year's incidents expected here, `0..=1`.
    pub fn total(&self) -> f64 {
        let total = self.size + self.change + self.complexity + self.surroundings + self.own;
        // Parts that cancel leave a rounding error, which must not become a negative expectation.
        total.max(0.0)
    }

    /// What multiplies the share that size alone gives, where `omega` is the weight of incident history
    /// (`RankingModel::omega`); `None` for a share of 0. `size x` all four is the share.
    ///
    /// The parts of the code are differences weighted by a logarithmic mean (LMDI, Ang 2004), so that a factor is
    /// the exponential of its part divided by that mean. For a file they are the multipliers of the ranking.
    pub fn factors(&self, omega: f64) -> Option<ShareFactors> {
        let code = self.size + self.change + self.complexity + self.surroundings;
        // Each of these would divide by zero or take the logarithm of nothing.
        if self.size <= 0.0 || code <= 0.0 || omega >= 1.0 {
            return None;
        }
        let ratio = code / self.size;
        // Where both are nearly equal, their logarithmic mean is their mean, without 0 / 0.
        // At this distance the two means differ by 1e-13 of their size, while the quotient below
        // has already lost more than that to cancellation.
        let mean = if (ratio - 1.0).abs() < 1e-6 {
            f64::midpoint(code, self.size)
        } else {
            (code - self.size) / ratio.ln()
        };
        Some(ShareFactors {
            // The model weighs code with 1 - omega and past incidents with omega. The weight moves
            // from the size to the last factor, so that the first one is the plain share of lines.
            size: self.size / (1.0 - omega),
            change: (self.change / mean).exp(),
            complexity: (self.complexity / mean).exp(),
            surroundings: (self.surroundings / mean).exp(),
            own: (1.0 - omega) * (code + self.own) / code,
        })
    }

    /// The parts of two together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            // Parts are differences, so they add up over files; factors do not. An area's factors
            // are therefore computed from the sum of its parts.
            size: self.size + other.size,
            change: self.change + other.change,
            complexity: self.complexity + other.complexity,
            surroundings: self.surroundings + other.surroundings,
            own: self.own + other.own,
        }
    }
}

/// A share as a product: the share of size, times what sets the row apart. 1 is the average of the code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareFactors {
    /// Its share of all lines of code, `0..=1`.
    pub size: f64,
    /// Recent work on it, its growth, and changes together with tests; above 0.
    pub change: f64,
    /// Its complexity per line; above 0.
    pub complexity: f64,
    /// The work in its folder, and the incidents of files that change with it; above 0.
    pub surroundings: f64,
    /// Its own incidents; above 0, below 1 where it had few.
    pub own: f64,
}

/// The forecast for a file or area: the 365 days after `as_of`.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The parts of its share.
    pub shares: ShareParts,
    /// The same share as a product; `None` for a share of 0.
    pub factors: Option<ShareFactors>,
    /// Incidents per year; `None` when no dated incident is known.
    pub incidents: Option<Interval>,
    /// Cost per year: sorted by currency, only currencies with recorded cost.
    pub costs: Vec<CostForecast>,
}

#[cfg(test)]
mod tests {
    use super::ShareParts;

    #[test]
    fn the_factors_multiply_to_the_share() {
        // size .2 of the lines, twice as much through change, half through complexity; own: .1 x .5
        let omega: f64 = 0.1;
        let size: f64 = (1.0 - omega) * 0.2;
        let code = size * 3.0 * 0.5;
        let mean = (code - size) / (code / size).ln();
        let parts = ShareParts {
            size,
            change: mean * 3.0_f64.ln(),
            complexity: mean * 0.5_f64.ln(),
            surroundings: 0.0,
            own: omega * 0.5,
        };
        let factors = parts.factors(omega).unwrap();
        let is_close = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(is_close(factors.size, 0.2) && is_close(factors.change, 3.0), "{factors:?}");
        assert!(is_close(factors.complexity, 0.5) && is_close(factors.surroundings, 1.0), "{factors:?}");
        let product = factors.size * factors.change * factors.complexity * factors.surroundings * factors.own;
        assert!(is_close(product, parts.total()), "{product} instead of {}", parts.total());
        assert_eq!(ShareParts::default().factors(omega), None);
    }
}
