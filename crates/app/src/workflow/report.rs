//! The ranking.

use debtscan_findings::{Illustrated, Report, ReportFindings};
use debtscan_reporter::{Analysis, introduce_report};
use debtscan_scanner::{Keep, Progress};

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::inputs::Inputs;
use crate::introducers;
use crate::kept;
use crate::request::ReportRequest;

/// Ranks areas and files by expected cost.
///
/// # Errors
/// When a file or the repository cannot be read, or the figures cannot be computed.
pub fn report(request: &ReportRequest, progress: &dyn Progress) -> Result<Answer<Report>, AppError> {
    let inputs = Inputs::read(request)?;
    let mut repository = inputs.open(request)?;
    let scan = introducers::scan(&mut repository, request, progress)?;
    let analysis = inputs.analyse(&scan)?;
    let origins = introducers::origins(&mut repository, request, &analysis, &scan, progress)?;
    let backtest = kept::recall(&mut repository, &inputs, request, &scan);
    let cache = repository.finish();
    let findings = match &origins {
        None => debtscan_reporter::report(&analysis),
        Some(origins) => {
            // The ranking does not change by this, only the data quality does.
            let analysis = analysis.with_skipped(&origins.skipped);
            introduce_report(debtscan_reporter::report(&analysis), &scan, origins)
        }
    };
    let findings = Report { backtest, ..findings };
    let warnings = Warnings::of_report(&findings.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}

/// Ranks areas and files by expected cost, with what the pictures of the report show. Introducers are not searched.
///
/// # Errors
/// Those of [`report`].
pub fn illustrated_report(
    request: &ReportRequest,
    progress: &dyn Progress,
) -> Result<Answer<Illustrated>, AppError> {
    report_with(request, progress, |analysis, report| Illustrated {
        pictures: debtscan_reporter::pictures(analysis, &report),
        report,
    })
}

/// Ranks areas and files by expected cost, with one finding per rule and place. Introducers are not searched.
///
/// # Errors
/// Those of [`report`].
pub fn report_findings(
    request: &ReportRequest,
    progress: &dyn Progress,
) -> Result<Answer<ReportFindings>, AppError> {
    report_with(request, progress, |analysis, report| ReportFindings {
        findings: debtscan_reporter::findings(analysis, &report),
        report,
    })
}

/// A report, and what is computed from it and its analysis.
fn report_with<T>(
    request: &ReportRequest,
    progress: &dyn Progress,
    complete: impl FnOnce(&Analysis<'_>, Report) -> T,
) -> Result<Answer<T>, AppError> {
    let inputs = Inputs::read(request)?;
    let mut repository = inputs.open(request)?;
    let scan = repository.scan(Keep::Nothing, progress)?;
    let backtest = kept::recall(&mut repository, &inputs, request, &scan);
    let cache = repository.finish();
    let analysis = inputs.analyse(&scan)?;
    let report = Report { backtest, ..debtscan_reporter::report(&analysis) };
    let warnings = Warnings::of_report(&report.quality, cache);
    let findings = complete(&analysis, report);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}
