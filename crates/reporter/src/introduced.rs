//! Commits that probably introduced an incident: a hint that no figure depends on.
//!
//! The scanner finds the commits that wrote the lines a fix deleted; this module selects the
//! fixes to ask about, and adds the answers to the incidents. No person is named.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use bstr::ByteSlice;
use debtscan_model::{CommitId, CommitIdx, Origins, Scan};

use crate::analysis::Analysis;
use crate::attribution::Placement;
use debtscan_findings::{Explanation, Introducer, Introduction, Method, PlacementReport, Report};

/// The commits that fixed incidents: sorted, unique.
pub fn fix_commits(analysis: &Analysis<'_>) -> Vec<CommitIdx> {
    let placements = analysis.attribution.incidents.iter().map(|incident| &incident.placement);
    let mut commits: Vec<CommitIdx> = placements
        .filter_map(|placement| match placement {
            Placement::Attributed { method, commits, .. } if is_by_fix(*method) => Some(commits),
            _ => None,
        })
        .flatten()
        .copied()
        .collect();
    commits.sort_unstable();
    commits.dedup();
    commits
}

fn is_by_fix(method: Method) -> bool {
    matches!(method, Method::FixCommit | Method::PullRequest | Method::TicketId)
}

/// Puts the origins of the lines that fixes deleted beside the incidents of a report.
#[must_use]
pub fn introduce_report(mut report: Report, scan: &Scan, origins: &Origins) -> Report {
    let index = CommitsById::of(scan);
    for incident in &mut report.incidents {
        if let PlacementReport::Attributed { commits, method, .. } = &incident.placement
            && is_by_fix(*method)
        {
            incident.introduced = Some(index.introduction(commits, origins));
        }
    }
    report
}

/// Puts the origins of the lines that fixes deleted beside the incidents of an explanation.
#[must_use]
pub fn introduce_explanation(mut explanation: Explanation, scan: &Scan, origins: &Origins) -> Explanation {
    let index = CommitsById::of(scan);
    for incident in &mut explanation.incidents {
        if is_by_fix(incident.method) {
            incident.introduced = Some(index.introduction(&incident.fix_commits, origins));
        }
    }
    explanation
}

/// The commits of a scan by id.
struct CommitsById<'a> {
    scan: &'a Scan,
    by_id: BTreeMap<CommitId, CommitIdx>,
}

impl<'a> CommitsById<'a> {
    fn of(scan: &'a Scan) -> Self {
        let commits = scan.commits.iter().enumerate();
        Self { scan, by_id: commits.map(|(index, commit)| (commit.id, CommitIdx::new(index))).collect() }
    }

    fn introduction(&self, fixes: &[CommitId], origins: &Origins) -> Introduction {
        let fixes: Vec<CommitIdx> = fixes.iter().filter_map(|id| self.by_id.get(id).copied()).collect();
        let mut introduction = Introduction::default();
        let mut lines: BTreeMap<CommitIdx, u64> = BTreeMap::new();
        for found in fixes.iter().filter_map(|fix| origins.of(*fix)) {
            introduction.deleted += u64::from(found.deleted);
            introduction.untraced += u64::from(found.untraced);
            for origin in &found.origins {
                *lines.entry(origin.commit).or_default() += u64::from(origin.lines);
            }
        }
        // A later fix that reworks an earlier one is not the origin of the defect.
        lines.retain(|commit, _| !fixes.contains(commit));
        let mut lines: Vec<(CommitIdx, u64)> = lines.into_iter().collect();
        lines.sort_by_key(|(commit, lines)| (Reverse(*lines), *commit));
        let introducer = |(index, lines): (CommitIdx, u64)| {
            let commit = self.scan.commit(index);
            let summary = commit.summary.to_str_lossy().into_owned();
            Introducer { id: commit.id, time: commit.time, summary, lines }
        };
        introduction.commits = lines.into_iter().map(introducer).collect();
        introduction
    }
}

#[cfg(test)]
mod tests {
    use debtscan_model::{CommitIdx, FixOrigins, Origin, Origins};

    use super::CommitsById;
    use crate::sample::{SampleScan, commit_id};

    fn origins(fix: u32, deleted: u32, found: &[(u32, u32)], untraced: u32) -> FixOrigins {
        let origin = |(commit, lines): &(u32, u32)| Origin { commit: CommitIdx(*commit), lines: *lines };
        FixOrigins { fix: CommitIdx(fix), deleted, origins: found.iter().map(origin).collect(), untraced }
    }

    #[test]
    fn the_fixes_of_an_incident_are_summed_and_do_not_introduce_each_other() {
        let scan = (0..5).fold(SampleScan::new(), |scan, day| scan.commit(9 - day, &[])).build();
        let index = CommitsById::of(&scan);
        let origins = Origins {
            fixes: vec![origins(3, 6, &[(0, 3), (1, 2)], 1), origins(4, 5, &[(3, 3), (1, 2)], 0)],
            skipped: Vec::new(),
        };
        let introduction = index.introduction(&[commit_id(4), commit_id(5)], &origins);
        assert_eq!((introduction.deleted, introduction.untraced), (11, 1));
        let commits: Vec<_> = introduction.commits.iter().map(|commit| (commit.id, commit.lines)).collect();
        assert_eq!(commits, [(commit_id(2), 4), (commit_id(1), 3)]);
        assert!(index.introduction(&[commit_id(1)], &origins).commits.is_empty(), "nobody asked about it");
    }
}
