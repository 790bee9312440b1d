//! How long changes take.

use debtscan_findings::DeliveryList;
use debtscan_reporter::delivery::{DeliveryOptions, delivery as list};
use debtscan_scanner::{Keep, Progress};

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::inputs::Inputs;
use crate::request::ReportRequest;

/// Lists how long changes take.
///
/// # Errors
/// As [`report`](crate::report()).
pub fn delivery(
    request: &ReportRequest,
    options: &DeliveryOptions,
    progress: &dyn Progress,
) -> Result<Answer<DeliveryList>, AppError> {
    let inputs = Inputs::read(request)?;
    let mut repository = inputs.open(request)?;
    let scan = repository.scan(Keep::Nothing, progress)?;
    let cache = repository.finish();
    let findings = list(inputs.list(&scan), options)?;
    let warnings = Warnings::of_report(&findings.head.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}
