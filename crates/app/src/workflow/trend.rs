//! Complexity at past dates.

use debtscan_findings::TrendList;
use debtscan_reporter::trend::{self, TrendSubject};
use debtscan_scanner::{Keep, Progress, TimelineOptions};

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::inputs::Inputs;
use crate::request::ReportRequest;

/// A subject to follow into the past.
#[derive(Debug, Clone)]
pub struct TrendRequest {
    /// History and incidents.
    pub report: ReportRequest,
    /// An area, file, folder, or function as `path:name`.
    pub target: String,
    /// A function of the file `target`.
    pub function: Option<String>,
    /// How far apart the points are, for people.
    pub every: String,
    /// The points. The paths are found by the workflow.
    pub timeline: TimelineOptions,
}

/// Measures a file, function, folder or area at past dates.
///
/// # Errors
/// As [`report`](crate::report()), or when the target does not exist.
pub fn trend(request: &TrendRequest, progress: &dyn Progress) -> Result<Answer<TrendList>, AppError> {
    let inputs = Inputs::read(&request.report)?;
    let mut repository = inputs.open(&request.report)?;
    let scan = repository.scan(Keep::Nothing, progress)?;
    let subject = TrendSubject::find(&scan, &request.target, request.function.as_deref(), &inputs.options)?;
    let timeline = TimelineOptions { paths: subject.names(&scan), ..request.timeline.clone() };
    // In two steps: only the reporter knows which paths of each date are in the area, and measuring
    // every file of every date would take too long.
    let trees = repository.past_trees(&timeline)?;
    let wanted = subject.select(&scan, &trees.paths(), &inputs.options)?;
    let timeline = repository.timeline(trees, |path| wanted.contains(path), progress)?;
    let cache = repository.finish();
    let findings = trend::trend(inputs.list(&scan), &subject, &timeline, request.every.clone())?;
    let warnings = Warnings::of_report(&findings.head.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}
