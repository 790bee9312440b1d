//! What may come: outcomes, options and payback.

use debtscan_incidents::{Costs, Currency, Money};
use debtscan_model::Timestamp;

use crate::forecast::Interval;

/// Equally likely years that represent a distribution.
// The texts of a business case state odds in twentieths.
pub const YEARS: usize = 20;

/// The year ahead as a distribution of outcomes, from the model of the ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Incidents: mean, and the range of 8 of 10 years.
    pub incidents: Interval,
    /// Shape of the negative binomial distribution of the incidents.
    pub shape: f64,
    /// Incidents of equally likely years, ascending: quantiles at the middle of each twentieth.
    pub incident_years: [u64; YEARS],
    /// The probability of at least as many incidents as last year's shares here, rounded, `0..=1`; only if nothing is
    /// done.
    pub as_many_as_last_year: Option<f64>,
    /// Their cost; `None` without a price.
    pub cost: Option<CostOutcome>,
}

/// The cost of the year ahead in minor units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CostOutcome {
    /// Mean, and the range of 8 of 10 years.
    pub range: Interval,
    /// Equally likely years, ascending.
    pub years: [u64; YEARS],
    /// Of these, years above the price of the fixes; `None` without one.
    pub above_fixes: Option<u32>,
}

/// What an incident costs on average, and from which incidents that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CostPerIncident {
    /// The mean in minor units.
    pub mean: f64,
    /// The currency.
    pub currency: Currency,
    /// Incidents behind it.
    pub incidents: u32,
    /// Whose they are.
    pub of: CostSample,
}

/// Whose incidents the prices of incidents to come are drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostSample {
    /// This area's, of the last 24 months.
    AreaRecent,
    /// The whole product's, of the last 24 months.
    ProductRecent,
    /// The whole product's, of all years.
    Product,
}

/// When the fixes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// In the next sprint.
    Now,
    /// A quarter later.
    Later,
    /// Not at all.
    Never,
}

/// One of three ways to decide.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseOption {
    /// When the fixes are made.
    pub when: When,
    /// The first day of work on them; `None` for never.
    pub start: Option<Timestamp>,
    /// From when on they prevent incidents; `None` for never.
    pub effective: Option<Timestamp>,
    /// The price of the fixes; 0 for never, `None` without an effort or the price of an engineer-day.
    pub fixes: Option<EffortPrice>,
    /// Incidents and cost of the 365 days after `as_of`; `None` without an assumed effect.
    pub outcome: Option<Outcome>,
    /// What the delay of planned items costs; empty without a plan that says.
    pub delay: Costs,
    /// Price of the fixes, mean cost of incidents and cost of delay, in minor units; `None` when one of the first two
    /// is.
    pub together: Option<f64>,
    /// Accounts at risk that renew before the fixes take effect, or within the year for never: positions in
    /// [`Past::customers`](super::Past::customers); `None` without an accounts file.
    pub renewals: Option<Vec<usize>>,
}

/// The price of an effort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EffortPrice {
    /// If it goes well.
    pub low: Money,
    /// Most likely.
    pub likely: Money,
    /// If it goes badly.
    pub high: Money,
}

impl EffortPrice {
    /// The mean of a triangular distribution, in minor units.
    pub fn mean(&self) -> f64 {
        // A mean of the model, so a float: the sum of three amounts could exceed 64 bits.
        (self.low.minor as f64 + self.likely.minor as f64 + self.high.minor as f64) / 3.0
    }
}

/// When the fixes pay for themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Payback {
    /// The effect at which the fixes pay for themselves on average within four quarters, as a share of the area's
    /// incidents; above 1 when no effect is enough, `None` when no cost is expected.
    pub break_even_4: Option<f64>,
    /// The same within eight quarters.
    pub break_even_8: Option<f64>,
    /// The course with the assumed effect; `None` without one.
    pub course: Option<PaybackCourse>,
}

/// Net benefit over time: incidents prevented less the price of the fixes.
#[derive(Debug, Clone, PartialEq)]
pub struct PaybackCourse {
    /// By month from 0 to 24 after `as_of`.
    pub months: Vec<PaybackMonth>,
    /// The first month after which the mean net benefit is at least 0; `None` beyond two years.
    pub on_average: Option<u32>,
    /// The day that ends this month.
    pub on_average_by: Option<Timestamp>,
}

/// The net benefit after a number of months, in minor units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PaybackMonth {
    /// Months after `as_of`.
    pub month: u32,
    /// Mean.
    pub mean: f64,
    /// Quantiles of 10, 25, 50, 75 and 90%.
    pub quantiles: [f64; 5],
    /// The probability that the fixes have paid for themselves, `0..=1`.
    pub paid_back: f64,
}
