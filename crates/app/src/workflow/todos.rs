//! Debt comments.

use debtscan_findings::{Grouping, TodoList};
use debtscan_model::FileIdx;
use debtscan_reporter::todos::todos as list_todos;
use debtscan_scanner::{Keep, LineLimits, Progress};

use crate::answer::{Answer, Warnings};
use crate::error::AppError;
use crate::inputs::Inputs;
use crate::request::ReportRequest;

/// Lists debt comments with the age of their lines.
///
/// # Errors
/// As [`report`](crate::report()).
pub fn todos(
    request: &ReportRequest,
    grouping: Grouping,
    progress: &dyn Progress,
) -> Result<Answer<TodoList>, AppError> {
    let inputs = Inputs::read(request)?;
    let mut repository = inputs.open(request)?;
    let scan = repository.scan(Keep::LineHistory, progress)?;
    let mut notes = repository.notes(&scan, progress)?;
    let mut files: Vec<FileIdx> = notes.comments.iter().map(|note| note.file).collect();
    // Comments are sorted by file.
    files.dedup();
    let lines = repository.lines(&scan, &files, LineLimits::default(), progress)?;
    let cache = repository.finish();
    for note in &mut notes.comments {
        // Only files with a comment are followed, which are few in most repositories.
        note.written = lines.of(note.file).and_then(|lines| lines.writer(note.line));
    }
    let findings = list_todos(inputs.list(&scan), &notes.comments, notes.skipped.len(), grouping)?;
    let warnings = Warnings::of_report(&findings.head.quality, cache);
    Ok(Answer { findings, warnings, scan: Some(scan) })
}
