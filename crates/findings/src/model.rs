//! The constants and totals that turn shares into expectations.

use debtscan_incidents::Currency;

/// The constants and totals that turn shares into expectations.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingModel {
    /// Y: sum of the decayed incident weights.
    pub incident_weight: f64,
    /// Weight of a file's own incidents in its share: `linked share x 0.18 x Y / (Y + 20)`.
    pub omega: f64,
    /// N: expected incidents per year over all ranked files that are scanned; `None` without dated incidents.
    pub incidents_per_year: Option<f64>,
    /// Incidents of the 365 days to `as_of` that take part.
    pub incidents_last_year: u32,
    /// Incidents that take part in the ranking.
    pub incidents_used: u32,
    /// Share of the past incidents whose location is known, `0..=1`; a factor of `omega`.
    pub linked_share: f64,
    /// Mean cost of one incident per currency: sorted by currency.
    pub mean_costs: Vec<MeanCost>,
    /// Lines of code of all ranked files.
    pub source_lines: u64,
    /// Constants that the configuration changes, in the order of their definition in the reporter.
    pub changed_constants: Vec<ChangedConstant>,
}

/// What one incident costs on average in one currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanCost {
    /// The currency.
    pub currency: Currency,
    /// The mean in minor units, over incidents with a cost in any currency (zero included; zero in the
    /// other currencies, so that the expectations of several currencies add up).
    // A factor of the forecast rather than an amount, so it is not rounded to whole minor units.
    pub minor: f64,
    /// How many incidents those are.
    pub incidents: u32,
    /// Of these, how many a model priced.
    pub modelled: u32,
    /// Of these, how many have no cost and are taken at the mean of their severity.
    pub assumed: u32,
    /// The largest cost as it is and as it counts, in minor units; `None` when it counts as it is.
    pub winsorised: Option<(u64, u64)>,
}

/// A constant that differs from the shipped value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangedConstant {
    /// Its name: the field of `RankingParameters`, and the key of the configuration.
    pub name: &'static str,
    /// The value in force.
    pub value: f64,
    /// The value of `RankingParameters::default`.
    pub shipped: f64,
}
