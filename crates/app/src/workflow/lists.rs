//! Lists made from a single scan: hotspots, functions, coupling and areas.

use debtscan_findings::{AreaList, CouplingList, FunctionList, Grouping, HotspotList};
use debtscan_model::Scan;
use debtscan_reporter::{CouplingOptions, HotspotOptions};
use debtscan_scanner::{CacheOutcome, Keep, LineLimits, Progress};

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::inputs::Inputs;
use crate::request::ReportRequest;

/// Lists files, folders or areas that are complex and change often.
///
/// # Errors
/// As [`report`](crate::report()).
pub fn hotspots(
    request: &ReportRequest,
    options: &HotspotOptions,
    progress: &dyn Progress,
) -> Result<Answer<HotspotList>, AppError> {
    let inputs = Inputs::read(request)?;
    let (scan, cache) = scan(request, &inputs, progress)?;
    let findings = debtscan_reporter::hotspots(inputs.list(&scan), options)?;
    let warnings = Warnings::of_report(&findings.head.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}

/// Lists the functions of the top hotspot files, at most `max_files` of them; `None` for all files.
///
/// # Errors
/// As [`report`](crate::report()).
pub fn functions(
    request: &ReportRequest,
    max_files: Option<usize>,
    progress: &dyn Progress,
) -> Result<Answer<FunctionList>, AppError> {
    let inputs = Inputs::read(request)?;
    let mut repository = inputs.open(request)?;
    let scan = repository.scan(Keep::LineHistory, progress)?;
    // Following lines through history is the expensive part, so only the top files are followed.
    let files = debtscan_reporter::hottest_files(&scan, &inputs.options, max_files);
    let lines = repository.lines(&scan, &files, LineLimits::default(), progress)?;
    let cache = repository.finish();
    let scan = scan.with_skipped(&lines.skipped);
    let findings = debtscan_reporter::functions(inputs.list(&scan), &lines)?;
    let warnings = Warnings::of_report(&findings.head.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}

/// Lists pairs of files, folders or areas that change in the same commits.
///
/// # Errors
/// As [`report`](crate::report()).
pub fn coupling(
    request: &ReportRequest,
    options: &CouplingOptions,
    progress: &dyn Progress,
) -> Result<Answer<CouplingList>, AppError> {
    let inputs = Inputs::read(request)?;
    let (scan, cache) = scan(request, &inputs, progress)?;
    let findings = debtscan_reporter::coupling(inputs.list(&scan), options)?;
    let warnings = Warnings::of_report(&findings.head.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}

/// Lists areas with the rule behind each.
///
/// # Errors
/// As [`report`](crate::report()).
pub fn areas(
    request: &ReportRequest,
    grouping: Grouping,
    progress: &dyn Progress,
) -> Result<Answer<AreaList>, AppError> {
    let inputs = Inputs::read(request)?;
    let (scan, cache) = scan(request, &inputs, progress)?;
    let findings = debtscan_reporter::areas(inputs.list(&scan), grouping)?;
    let warnings = Warnings::of_report(&findings.head.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}

fn scan(
    request: &ReportRequest,
    inputs: &Inputs,
    progress: &dyn Progress,
) -> Result<(Scan, CacheOutcome), AppError> {
    let mut repository = inputs.open(request)?;
    let scan = repository.scan(Keep::Nothing, progress)?;
    Ok((scan, repository.finish()))
}
