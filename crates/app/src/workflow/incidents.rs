//! A dry run of incident files.

use debtscan_findings::{DryRun, Report};
use debtscan_incidents::{IncidentError, Incidents};
use debtscan_model::{Scan, Timestamp};
use debtscan_reporter::{Later, Privacy, dry_run};
use debtscan_scanner::{CacheOutcome, GitError, Keep, Progress, ScanError};

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::inputs::Inputs;
use crate::request::ReportRequest;

/// Where to place incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceIn {
    /// The repository of the request.
    Repository,
    /// The repository of the request, if there is one with a commit.
    RepositoryIfAny,
    /// Nowhere: look at the files alone.
    Nowhere,
}

/// Incident files to check.
#[derive(Debug, Clone)]
pub struct IncidentsRequest {
    /// Incidents, and the history to place them in.
    pub report: ReportRequest,
    /// Where to place them.
    pub place_in: PlaceIn,
}

/// How incident files were read, and where each incident is placed.
#[derive(Debug)]
pub struct CheckedIncidents {
    incidents: Incidents,
    report: Option<Report>,
    tool_version: &'static str,
}

impl CheckedIncidents {
    /// The findings.
    pub fn dry_run(&self) -> DryRun<'_> {
        dry_run(&self.incidents, self.report.as_ref(), self.tool_version)
    }

    /// The problem of the first file that is of no use; `None` if all are usable.
    pub fn problem(&self) -> Option<&IncidentError> {
        self.incidents.files.iter().find_map(|file| file.problem.as_ref())
    }
}

/// Reads incident files, and places the incidents where the request says.
///
/// # Errors
/// As [`report`](crate::report()); but a file without any usable incident is a finding.
pub fn incidents(
    request: &IncidentsRequest,
    progress: &dyn Progress,
) -> Result<Answer<CheckedIncidents>, AppError> {
    let mut inputs = Inputs::examine(&request.report)?;
    // A dry run shows where every incident would be placed, those after the scanned commit too.
    inputs.options.later = Later::Kept;
    let (scan, cache) = match scan(request, &inputs, progress)? {
        Some((scan, cache)) => (Some(scan), cache),
        None => (None, CacheOutcome::default()),
    };
    let build = |scan| debtscan_reporter::build(scan, &inputs.incidents, &inputs.options);
    let report = scan.as_ref().map(build).transpose()?;
    // Titles and texts are evidence, so they go only once every incident is placed.
    if inputs.options.privacy == Privacy::Redacted {
        inputs.incidents.redact();
    }
    let quality = report.as_ref().map(|report| &report.quality);
    // Without a scan, there is no date for an acceptance to expire by.
    let as_of = quality.map_or(Timestamp(i64::MIN), |quality| quality.as_of);
    let rules = (&inputs.options.losses, as_of);
    let warnings = Warnings::of_incidents(&inputs.incidents, quality, rules, cache);
    let Inputs { incidents, options, .. } = inputs;
    let findings = CheckedIncidents { incidents, report, tool_version: options.tool_version };
    Ok(Answer { findings, warnings, scan })
}

/// The scan to place incidents in; `None` if there is nowhere to place them.
fn scan(
    request: &IncidentsRequest,
    inputs: &Inputs,
    progress: &dyn Progress,
) -> Result<Option<(Scan, CacheOutcome)>, AppError> {
    if request.place_in == PlaceIn::Nowhere {
        return Ok(None);
    }
    // Nothing is lost where there is nothing to place in. A damaged repository is an error, not a reason
    // to go on without it.
    let mut repository =
        match inputs.open(&request.report) {
            Ok(repository) => repository,
            Err(AppError::Scan(ScanError::Git(
                GitError::NotARepository { .. } | GitError::Unborn { .. },
            ))) if request.place_in == PlaceIn::RepositoryIfAny => return Ok(None),
            Err(error) => return Err(error),
        };
    let scan = repository.scan(Keep::Nothing, progress)?;
    Ok(Some((scan, repository.finish())))
}
