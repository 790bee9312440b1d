//! The kind of work of every change, by the order of evidence.

use debtscan_findings::{WorkKind, WorkRule};
use debtscan_model::{CommitIdx, Scan, Trailer, TypePrefix, WordFamilies, WordFamily, Wording};

use super::paths::{PathPurpose, purpose};
use crate::analysis::Analysis;
use crate::introduced::fix_commits;

/// The kind of every commit of the scan, and what decided, by [`CommitIdx`].
pub(super) fn classified(analysis: &Analysis<'_>) -> Vec<(WorkKind, WorkRule)> {
    let fixes = fix_commits(analysis);
    let commits = (0..analysis.scan.commits.len()).map(CommitIdx::new);
    commits
        .map(|commit| {
            let is_fix = fixes.binary_search(&commit).is_ok();
            classify(analysis.scan, commit, is_fix)
        })
        .collect()
}

/// The kind of one commit; `is_fix` if it fixed an incident.
pub(super) fn classify(scan: &Scan, index: CommitIdx, is_fix: bool) -> (WorkKind, WorkRule) {
    let commit = scan.commit(index);
    if scan.bots.binary_search(&commit.author).is_ok() {
        return (WorkKind::Robots, WorkRule::Robot);
    }
    if is_fix {
        return (WorkKind::Repair, WorkRule::Incident);
    }
    let wording = &commit.wording;
    if let Some(prefix) = wording.prefix {
        let kind = match prefix {
            TypePrefix::New => WorkKind::New,
            TypePrefix::Repair => WorkKind::Repair,
            TypePrefix::Better => WorkKind::Better,
            TypePrefix::Release => WorkKind::Unclassified,
        };
        return (kind, WorkRule::Prefix);
    }
    if let Some(trailer) = wording.trailer {
        let kind = match trailer {
            Trailer::Repair => WorkKind::Repair,
            Trailer::New => WorkKind::New,
        };
        return (kind, WorkRule::Trailer);
    }
    if let Some(kind) = by_paths(scan, index) {
        return (kind, WorkRule::Paths);
    }
    by_words(*wording).map_or((WorkKind::Unclassified, WorkRule::Nothing), |kind| (kind, WorkRule::Words))
}

/// The kind of a commit that touches nothing of the product. A commit with files outside the scanned folder may.
fn by_paths(scan: &Scan, index: CommitIdx) -> Option<WorkKind> {
    let changes = &scan.changes[scan.changes_of(index)];
    let mut files: Vec<usize> = changes.iter().map(|change| change.file.get()).collect();
    files.sort_unstable();
    files.dedup();
    if files.is_empty() || scan.commit(index).files as usize != files.len() {
        return None;
    }
    let mut is_release = true;
    for change in changes {
        match purpose(scan.path(change.path), scan.file(change.file).class) {
            PathPurpose::Product => return None,
            PathPurpose::Release => {}
            PathPurpose::Test | PathPurpose::Docs | PathPurpose::Build => is_release = false,
        }
    }
    Some(if is_release { WorkKind::Unclassified } else { WorkKind::Better })
}

/// The kind that words say; `None` if they say nothing.
fn by_words(wording: Wording) -> Option<WorkKind> {
    use WordFamily::{Build, New, Release, Repair, Shape, Speed, Test, Text};
    let Wording { lead, subject, body_repairs, is_unread, .. } = wording;
    if is_unread {
        return None;
    }
    let is_deed = matches!(lead, Some(Repair | New | Shape));
    if subject.contains(Release) && !is_deed {
        return Some(WorkKind::Unclassified);
    }
    if (lead == Some(New) && subject.contains(Test)) || subject.contains(Text) {
        return Some(WorkKind::Better);
    }
    if subject.contains(Repair) {
        return Some(WorkKind::Repair);
    }
    let has = |families: WordFamilies| [Shape, Test, Build, Speed].iter().any(|it| families.contains(*it));
    match lead {
        Some(New) => Some(WorkKind::New),
        _ if has(subject) => Some(WorkKind::Better),
        _ if subject.contains(New) => Some(WorkKind::New),
        _ if body_repairs => Some(WorkKind::Repair),
        _ => None,
    }
}
