//! Whether a fix paid.

use debtscan_findings::verify::Verification;
use debtscan_model::Timestamp;
use debtscan_reporter::verify::{VerifyOptions, verify as make};
use debtscan_scanner::Progress;

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::inputs::Inputs;
use crate::request::ReportRequest;

/// A fix to verify.
#[derive(Debug, Clone)]
pub struct VerifyRequest {
    /// History and incidents.
    pub report: ReportRequest,
    /// The area of the fix, by name or id.
    pub area: String,
    /// The day from which the fix is in force.
    pub since: Timestamp,
}

/// Compares the incidents of an area since a fix with those expected if nothing had been done.
///
/// # Errors
/// As [`report`](crate::report()), or when the area is unknown or there is nothing to compare with.
pub fn verify(request: &VerifyRequest, progress: &dyn Progress) -> Result<Answer<Verification>, AppError> {
    let inputs = Inputs::read(&request.report)?;
    let mut repository = inputs.open(&request.report)?;
    let scan = repository.scan_unfiltered(progress)?;
    let past = repository.scan_at(request.since, progress)?;
    let options =
        VerifyOptions { report: inputs.options.clone(), area: request.area.clone(), since: request.since };
    let findings = make(&scan, past.as_ref(), &inputs.incidents, &options)?;
    let warnings = Warnings::of_report(&findings.head.quality, repository.finish());
    Ok(Answer { findings, warnings, scan: Some(scan) })
}
