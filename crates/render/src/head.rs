//! The first line of an output for people: what was scanned.

use debtscan_findings::{DataQuality, ListHead, Report, Totals};
use debtscan_model::{CommitId, RepoPath, TimeWindow, Timestamp};

use super::number::{counted, day, grouped};
use super::remark::INVENTED;
use super::text::{shorten_end, visible};

/// Columns of the header that a project's name may take.
const LONGEST_PROJECT: usize = 30;

/// What precedes an output whose data are invented; empty for real data.
pub(super) fn banner(quality: &DataQuality) -> String {
    if quality.is_invented() { format!("DEMO: {INVENTED}") } else { String::new() }
}

/// The first line of a report.
pub(super) fn of_report(report: &Report) -> Vec<String> {
    let Report { tool_version, project, revision, as_of, window, scope, totals, quality, .. } = report;
    let span = span_of(*window, quality);
    header_of(tool_version, project.as_deref(), (*revision, *as_of), &span, scope.as_ref(), totals)
}

/// The first line of a list.
pub(super) fn of_list(head: &ListHead) -> Vec<String> {
    let ListHead { tool_version, project, revision, as_of, window, scope, totals, quality, .. } = head;
    let span = span_of(*window, quality);
    header_of(tool_version, project.as_deref(), (*revision, *as_of), &span, scope.as_ref(), totals)
}

/// The scanned part of the history, before a count; nothing for the full one, which a shallow clone never has.
fn span_of(window: TimeWindow, quality: &DataQuality) -> String {
    match (window.since, window.until) {
        (None, None) if quality.is_shallow() => "partial history (shallow clone): ".to_owned(),
        (None, None) => String::new(),
        (Some(since), None) => format!("since {}: ", day(since)),
        // A window is half-open, so its end is the first day that is not in it.
        (None, Some(until)) => format!("before {}: ", day(until)),
        (Some(since), Some(until)) => format!("{} to {}: ", day(since), day(until)),
    }
}

fn header_of(
    tool_version: &str,
    project: Option<&str>,
    (revision, as_of): (CommitId, Timestamp),
    span: &str,
    scope: Option<&RepoPath>,
    totals: &Totals,
) -> Vec<String> {
    let mut parts = vec![format!("debtscan {}", visible(tool_version.as_bytes()))];
    let revision = revision.short();
    parts.push(match project {
        Some(project) => {
            format!("{} {revision}", shorten_end(&visible(project.as_bytes()), LONGEST_PROJECT))
        }
        None => revision,
    });
    // Early, because parts that do not fit are cut from the end.
    if let Some(scope) = scope {
        parts.push(format!("below {}/", visible(scope.as_bytes())));
    }
    parts.push(format!("as of {}", day(as_of)));
    let mut commits = counted(totals.commits, "commit", "commits");
    // In a folder the merges are those of the whole history.
    if totals.merges > 0 && scope.is_none() {
        commits = format!("{commits} and {}", counted(totals.merges, "merge", "merges"));
    }
    parts.push(format!("{span}{commits} by {}", counted(totals.authors, "author", "authors")));
    let lines = if totals.source_lines == 1 { "line" } else { "lines" };
    parts.push(format!("{} {lines} of code", grouped(totals.source_lines)));
    parts
}
