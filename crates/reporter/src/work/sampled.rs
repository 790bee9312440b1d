//! Changes for people to label.

use debtscan_findings::SampledChange;
use debtscan_model::{Commit, CommitIdx};

use super::weigh::WorkPeriod;
use crate::analysis::Analysis;

/// Paths that are shown of a change.
const PATHS: usize = 5;

/// At most `count` changes by people of the days before `as_of`, or of the window: those with the lowest commit ids,
/// which are as good as random and easy to check.
pub fn sample(analysis: &Analysis<'_>, days: i64, count: usize) -> Vec<SampledChange> {
    let scan = analysis.scan;
    let period = WorkPeriod { from: WorkPeriod::start(scan, days), until: scan.as_of };
    let is_wanted = |(index, commit): &(usize, &Commit)| {
        period.contains(commit.time)
            && scan.bots.binary_search(&commit.author).is_err()
            && !scan.changes_of(CommitIdx::new(*index)).is_empty()
    };
    let mut commits: Vec<(usize, &Commit)> = scan.commits.iter().enumerate().filter(is_wanted).collect();
    commits.sort_by_key(|(_, commit)| commit.id);
    commits.truncate(count);
    commits
        .into_iter()
        .map(|(index, commit)| {
            let changes = &scan.changes[scan.changes_of(CommitIdx::new(index))];
            SampledChange {
                commit: commit.id.to_string(),
                time: commit.time,
                subject: String::from_utf8_lossy(&commit.summary).into_owned(),
                files: commit.files,
                paths: changes.iter().take(PATHS).map(|change| scan.path(change.path).clone()).collect(),
            }
        })
        .collect()
}
