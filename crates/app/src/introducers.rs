//! Scans, and looks for the commits that introduced incidents if the request says so.

use debtscan_model::{Origins, Scan};
use debtscan_reporter::fix_commits;
use debtscan_scanner::{Keep, OriginRules, Progress, Repository};

use crate::error::AppError;
use crate::inputs::Inputs;
use crate::request::{FindIntroducers, ReportRequest};

/// The scan, and the origins of the lines that fixes deleted; `None` if nobody asked for them.
pub(crate) fn scan(
    repository: &mut Repository,
    request: &ReportRequest,
    inputs: &Inputs,
    progress: &dyn Progress,
) -> Result<(Scan, Option<Origins>), AppError> {
    if request.introducers == FindIntroducers::Off {
        return Ok((repository.scan(Keep::Nothing, progress)?, None));
    }
    let scan = repository.scan(Keep::LineHistory, progress)?;
    let fixes = fix_commits(&scan, &inputs.incidents, &inputs.options)?;
    let rules = OriginRules { max_source_files: inputs.options.max_files_per_commit };
    let origins = repository.origins(&scan, &fixes, rules, progress)?;
    Ok((scan.with_skipped(&origins.skipped), Some(origins)))
}
