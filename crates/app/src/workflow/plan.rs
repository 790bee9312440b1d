//! A plan of fixes.

use debtscan_findings::plan::FixPlan;
use debtscan_incidents::{EarlierPlan, IncidentFile, read_earlier_plan};
use debtscan_reporter::case::{PlanOptions, files_for_plan, plan as make};
use debtscan_scanner::{Keep, LineLimits, Progress};

use crate::answer::{Answer, Warnings};
use crate::boundary::Boundary;
use crate::error::AppError;
use crate::files::{FileRole, FileSource};
use crate::inputs::Inputs;
use crate::workflow::brief::{BriefRequest, case_of};

/// Fixes to plan.
#[derive(Debug, Clone)]
pub struct PlanRequest {
    /// History, incidents, prices, teams, fixes and what the teams have planned.
    pub brief: BriefRequest,
    /// The share of each team's capacity for fixes, in thousandths.
    pub capacity: u32,
    /// Sprints of each team.
    pub sprints: u32,
    /// The JSON of the plan that this one follows.
    pub earlier: Option<FileSource>,
}

/// Plans fixes over all areas, sprint by sprint.
///
/// # Errors
/// As [`brief`](crate::brief()), or when the earlier plan cannot be read.
pub fn plan(request: &PlanRequest, progress: &dyn Progress) -> Result<Answer<FixPlan>, AppError> {
    let inputs = Inputs::read(&request.brief.report)?;
    let case = case_of(&request.brief)?;
    let earlier = request.earlier.as_ref().map(|source| earlier(request, source)).transpose()?;
    let options = PlanOptions { capacity: request.capacity, sprints: request.sprints, earlier };
    let mut repository = inputs.open(&request.brief.report)?;
    let scan = repository.scan(Keep::LineHistory, progress)?;
    let analysis = inputs.analyse(&scan)?;
    let files = files_for_plan(&analysis, &case)?;
    let lines = repository.lines(&scan, &files, LineLimits::default(), progress)?;
    let cache = repository.finish();
    let findings = make(&analysis.with_skipped(&lines.skipped), &lines, &case, &options)?;
    let warnings = Warnings::of_report(&findings.head.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}

fn earlier(request: &PlanRequest, source: &FileSource) -> Result<EarlierPlan, AppError> {
    let boundary = Boundary::around(&request.brief.report.history.scan.path);
    let file = IncidentFile { name: source.name(), content: source.read(FileRole::EarlierPlan, &boundary)? };
    Ok(read_earlier_plan(&file)?)
}
