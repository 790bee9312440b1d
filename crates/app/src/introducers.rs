//! The commits that introduced incidents, if the request asks for them.

use debtscan_model::{Origins, Scan};
use debtscan_reporter::{Analysis, fix_commits};
use debtscan_scanner::{Keep, OriginRules, Progress, Repository};

use crate::error::AppError;
use crate::request::{FindIntroducers, ReportRequest};

/// Scans, and keeps what [`origins`] needs.
pub(crate) fn scan(
    repository: &mut Repository,
    request: &ReportRequest,
    progress: &dyn Progress,
) -> Result<Scan, AppError> {
    let keep = match request.introducers {
        FindIntroducers::Off => Keep::Nothing,
        // Asked for before the scan: changes that were not kept would have to be compared a second
        // time.
        FindIntroducers::On => Keep::LineHistory,
    };
    Ok(repository.scan(keep, progress)?)
}

/// The origins of the lines that fixes deleted; `None` if nobody asked for them.
pub(crate) fn origins(
    repository: &mut Repository,
    request: &ReportRequest,
    analysis: &Analysis<'_>,
    scan: &Scan,
    progress: &dyn Progress,
) -> Result<Option<Origins>, AppError> {
    if request.introducers == FindIntroducers::Off {
        return Ok(None);
    }
    let rules = OriginRules { max_source_files: request.options.max_files_per_commit };
    Ok(Some(repository.origins(scan, &fix_commits(analysis), rules, progress)?))
}
