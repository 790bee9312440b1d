//! Where past work went.

use debtscan_findings::{AllocationList, SampledChange};
use debtscan_incidents::{IncidentFile, Labels, read_labels};
use debtscan_reporter::Privacy;
use debtscan_reporter::work::{AllocationOptions, allocation as list, sample};
use debtscan_scanner::{Keep, Progress};

use crate::answer::{Answer, Warnings};
use crate::boundary::Boundary;
use crate::error::AppError;
use crate::files::{FileRole, FileSource};
use crate::inputs::Inputs;
use crate::request::ReportRequest;

/// What to say about past work.
#[derive(Debug, Clone)]
pub struct AllocationRequest {
    /// History, areas and incidents.
    pub report: ReportRequest,
    /// Grouping and period. The labels are read from the file below.
    pub options: AllocationOptions,
    /// Changes that people labelled.
    pub labels: Option<FileSource>,
}

/// Lists where past work went.
///
/// # Errors
/// As [`report`](crate::report()), or when the labels cannot be read.
pub fn allocation(
    request: &AllocationRequest,
    progress: &dyn Progress,
) -> Result<Answer<AllocationList>, AppError> {
    let inputs = Inputs::read(&request.report)?;
    let options = AllocationOptions { labels: labels(request)?, ..request.options.clone() };
    let mut repository = inputs.open(&request.report)?;
    let scan = repository.scan(Keep::Nothing, progress)?;
    let cache = repository.finish();
    let findings = list(inputs.list(&scan), &options)?;
    let warnings = Warnings::of_report(&findings.head.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}

/// Chooses changes for people to label.
///
/// # Errors
/// As [`report`](crate::report()).
pub fn labelling_sample(
    request: &AllocationRequest,
    count: usize,
    progress: &dyn Progress,
) -> Result<Answer<Vec<SampledChange>>, AppError> {
    let inputs = Inputs::read(&request.report)?;
    let mut repository = inputs.open(&request.report)?;
    let scan = repository.scan(Keep::Nothing, progress)?;
    let warnings = Warnings::of_scan(&scan, &request.report.history.losses, repository.finish());
    let findings = sample(&inputs.analyse(&scan)?, request.options.days, count);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}

fn labels(request: &AllocationRequest) -> Result<Labels, AppError> {
    let Some(source) = &request.labels else { return Ok(Labels::default()) };
    let boundary = Boundary::around(&request.report.history.scan.path);
    let file = IncidentFile { name: source.name(), content: source.read(FileRole::Labels, &boundary)? };
    read_labels(&file, &request.report.reading).map_err(|error| match request.report.options.privacy {
        Privacy::Open => error.into(),
        Privacy::Redacted => error.redacted().into(),
    })
}
