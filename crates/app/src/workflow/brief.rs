//! The business case.

use debtscan_findings::brief::Brief;
use debtscan_incidents::{IncidentFile, PlanningError, ReadOptions, read_fixes, read_plan};
use debtscan_reporter::Privacy;
use debtscan_reporter::case::{CaseOptions, brief as make, files_to_follow};
use debtscan_scanner::{Keep, LineLimits, Progress};

use crate::answer::{Answer, Warnings};
use crate::boundary::Boundary;
use crate::error::AppError;
use crate::files::{FileRole, FileSource};
use crate::inputs::Inputs;
use crate::kept;
use crate::request::ReportRequest;

/// A case to make.
#[derive(Debug, Clone)]
pub struct BriefRequest {
    /// History and incidents.
    pub report: ReportRequest,
    /// Prices, teams, goals, and the areas with a page. Fixes and plan are read from the files below.
    pub case: CaseOptions,
    /// The fixes that are asked for; `None` to propose some.
    pub fixes: Option<FileSource>,
    /// What the teams have planned.
    pub plan: Option<FileSource>,
}

/// Makes the business case of areas, or of the portfolio.
///
/// # Errors
/// As [`report`](crate::report()), or when an area is unknown, or the fixes or the plan cannot be read.
pub fn brief(request: &BriefRequest, progress: &dyn Progress) -> Result<Answer<Brief>, AppError> {
    let inputs = Inputs::read(&request.report)?;
    let case = case_of(request)?;
    let mut repository = inputs.open(&request.report)?;
    // The portfolio proposes no fixes, so it follows no functions.
    let keep = if case.areas.is_empty() { Keep::Nothing } else { Keep::LineHistory };
    let scan = repository.scan(keep, progress)?;
    let analysis = inputs.analyse(&scan)?;
    let files = files_to_follow(&analysis, &case)?;
    let lines = repository.lines(&scan, &files, LineLimits::default(), progress)?;
    let backtest = kept::recall(&mut repository, &inputs, &request.report, &scan);
    let cache = repository.finish();
    // Files whose history was too long to follow are in the data quality of the page.
    let findings = Brief { backtest, ..make(&analysis.with_skipped(&lines.skipped), &lines, &case)? };
    let warnings = Warnings::of_report(&findings.head.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}

/// The options of a case, with its files.
pub(crate) fn case_of(request: &BriefRequest) -> Result<CaseOptions, AppError> {
    Ok(CaseOptions {
        fixes: read(request, request.fixes.as_ref(), FileRole::Fixes, read_fixes)?,
        plan: read(request, request.plan.as_ref(), FileRole::Plan, read_plan)?,
        ..request.case.clone()
    })
}

/// Reads one optional file.
fn read<T>(
    request: &BriefRequest,
    source: Option<&FileSource>,
    role: FileRole,
    parse: fn(&IncidentFile, &ReadOptions) -> Result<T, PlanningError>,
) -> Result<Option<T>, AppError> {
    let Some(source) = source else { return Ok(None) };
    let boundary = Boundary::around(&request.report.history.scan.path);
    let file = IncidentFile { name: source.name(), content: source.read(role, &boundary)? };
    let parsed = parse(&file, &request.report.reading);
    parsed.map(Some).map_err(|error| match request.report.options.privacy {
        Privacy::Open => error.into(),
        Privacy::Redacted => error.redacted().into(),
    })
}
