//! Past rankings, tested against the incidents that followed.

use debtscan_findings::{BacktestReport, Rules};
use debtscan_model::Timestamp;
use debtscan_reporter::backtest::{Backtest, BacktestOptions, Hindsight};
use debtscan_scanner::Progress;

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::inputs::Inputs;
use crate::kept;
use crate::request::ReportRequest;

/// Rankings to test.
#[derive(Debug, Clone)]
pub struct BacktestRequest {
    /// History and incidents.
    pub report: ReportRequest,
    /// How to test.
    pub rules: Rules,
    /// Dates of the rankings, ascending; `None` for the dates that the history suggests.
    pub cuts: Option<Vec<Timestamp>>,
}

/// Ranks the code as of past dates, and compares each ranking with the incidents that followed.
///
/// # Errors
/// As [`report`](crate::report()).
pub fn backtest(
    request: &BacktestRequest,
    progress: &dyn Progress,
) -> Result<Answer<BacktestReport>, AppError> {
    let inputs = Inputs::read(&request.report)?;
    let options =
        BacktestOptions { report: inputs.options.clone(), rules: request.rules, cuts: request.cuts.clone() };
    let mut repository = inputs.open(&request.report)?;
    // Unfiltered: the rules of today's tree must not hide what a past scan has to see, which applies
    // the rules of its own tree.
    let scan = repository.scan_unfiltered(progress)?;
    let hindsight = Hindsight::of(&scan, &inputs.incidents, &options)?;
    let mut backtest = Backtest::new(&hindsight, &options);
    // One at a time: a past scan is as large as the present one, and is dropped before the next.
    for date in backtest.dates() {
        let past = repository.scan_at(date, progress)?;
        backtest.add(date, past.as_ref())?;
    }
    let findings = backtest.finish();
    // A report may only cite a backtest of the default kind.
    if request.rules == Rules::default() && request.cuts.is_none() {
        kept::keep(&mut repository, &inputs, &request.report, &scan, findings.summary().as_ref());
    }
    let warnings = Warnings::of_report(&findings.head.quality, repository.finish());
    Ok(Answer { findings, warnings, scan: Some(scan) })
}
