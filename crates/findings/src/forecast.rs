//! What is expected of a file or area in the year ahead.

use debtscan_incidents::Currency;

/// A mean with the interval that holds the true value with a probability of 80 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// 10 % quantile.
    pub low: f64,
    /// Expected value.
    pub mean: f64,
    /// 90 % quantile.
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
/// Size and own incidents are at least 0. The others are what they add to, or take from, what size
/// alone would say, and may be below 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ShareParts {
    /// From holding so much of the code.
    pub size: f64,
    /// From recent work on it, its growth, and changes together with tests.
    pub change: f64,
    /// From its complexity per line.
    pub complexity: f64,
    /// From the work in its folder, and the incidents of files that change with it.
    pub surroundings: f64,
    /// From its own incidents.
    pub own: f64,
}

impl ShareParts {
    /// The share of next year's incidents expected here, `0..=1`.
    pub fn total(&self) -> f64 {
        let total = self.size + self.change + self.complexity + self.surroundings + self.own;
        // Parts that cancel leave a rounding error, which must not become a negative expectation.
        total.max(0.0)
    }

    /// The parts of two together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            size: self.size + other.size,
            change: self.change + other.change,
            complexity: self.complexity + other.complexity,
            surroundings: self.surroundings + other.surroundings,
            own: self.own + other.own,
        }
    }
}

/// What is expected of a file or area in the 365 days after `as_of`.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The parts of its share.
    pub shares: ShareParts,
    /// Incidents per year; `None` when no dated incident is known.
    pub incidents: Option<Interval>,
    /// Cost per year: sorted by currency, only currencies with recorded cost.
    pub costs: Vec<CostForecast>,
}
