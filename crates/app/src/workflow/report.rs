//! The ranking.

use debtscan_findings::Report;
use debtscan_reporter::{build, introduce_report};
use debtscan_scanner::Progress;

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::inputs::Inputs;
use crate::introducers;
use crate::request::ReportRequest;

/// Ranks areas and files by expected cost.
///
/// # Errors
/// When a file or the repository cannot be read, or the figures cannot be computed.
pub fn report(request: &ReportRequest, progress: &dyn Progress) -> Result<Answer<Report>, AppError> {
    let inputs = Inputs::read(request)?;
    let mut repository = inputs.open(request)?;
    let (scan, origins) = introducers::scan(&mut repository, request, &inputs, progress)?;
    let cache = repository.finish();
    let mut findings = build(&scan, &inputs.incidents, &inputs.options)?;
    if let Some(origins) = &origins {
        findings = introduce_report(findings, &scan, origins);
    }
    let warnings = Warnings::of_report(&findings.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}
