//! The computation behind the figures of one area or file.

use debtscan_findings::Explanation;
use debtscan_reporter::introduce_explanation;
use debtscan_scanner::Progress;

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::inputs::Inputs;
use crate::introducers;
use crate::request::ReportRequest;

/// An area or file whose figures to explain.
#[derive(Debug, Clone)]
pub struct ExplainRequest {
    /// History and incidents.
    pub report: ReportRequest,
    /// Name or id of an area, or path of a file.
    pub target: String,
}

/// Explains the figures of an area or file, down to commits and incidents.
///
/// # Errors
/// As [`report`](crate::report()), or when the target does not exist.
pub fn explain(request: &ExplainRequest, progress: &dyn Progress) -> Result<Answer<Explanation>, AppError> {
    let ExplainRequest { report, target } = request;
    let inputs = Inputs::read(report)?;
    let mut repository = inputs.open(report)?;
    let scan = introducers::scan(&mut repository, report, progress)?;
    let analysis = inputs.analyse(&scan)?;
    // After the analysis, which knows the fixes whose lines are followed.
    let origins = introducers::origins(&mut repository, report, &analysis, &scan, progress)?;
    let cache = repository.finish();
    let findings = match &origins {
        None => debtscan_reporter::explain(&analysis, target)?,
        Some(origins) => {
            let analysis = analysis.with_skipped(&origins.skipped);
            introduce_explanation(debtscan_reporter::explain(&analysis, target)?, &scan, origins)
        }
    };
    let warnings = Warnings::of_report(&findings.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}
