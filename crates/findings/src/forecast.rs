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

/// The forecast for a file or area: the 365 days after `as_of`.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The parts of its share.
    pub shares: ShareParts,
    /// Incidents per year; `None` when no dated incident is known.
    pub incidents: Option<Interval>,
    /// Cost per year: sorted by currency, only currencies with recorded cost.
    pub costs: Vec<CostForecast>,
}
