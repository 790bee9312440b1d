//! The options of a backtest.

use debtscan_findings::Rules;
use debtscan_model::Timestamp;

use crate::options::ReportOptions;

/// The options of a backtest.
#[derive(Debug, Clone, PartialEq)]
pub struct BacktestOptions {
    /// How each cut is ranked.
    pub report: ReportOptions,
    /// The rules.
    pub rules: Rules,
    /// The cuts, ascending; `None`: 1 January (UTC) of each year, as far as windows fit without
    /// overlap into the history.
    pub cuts: Option<Vec<Timestamp>>,
}
