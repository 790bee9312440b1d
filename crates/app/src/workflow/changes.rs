//! History row by row.

use debtscan_model::Scan;
use debtscan_scanner::{Keep, Progress};

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::inputs::open_history;
use crate::request::HistoryRequest;

/// Lists every change of every commit.
///
/// # Errors
/// When the key of pseudonyms or the repository cannot be read.
pub fn changes(request: &HistoryRequest, progress: &dyn Progress) -> Result<Answer<Scan>, AppError> {
    let mut repository = open_history(request)?;
    let findings = repository.scan(Keep::Nothing, progress)?;
    let cache = repository.finish();
    let warnings = Warnings::of_scan(&findings, &request.losses, cache);
    Ok(Answer { findings, warnings, scan: None })
}
