//! The changes of all compared commits.

use debtscan_model::{SkipReason, SkipSubject, Skipped};

use crate::table::commit_graph::RawCommit;
use crate::table::known::RowsLocation;
use debtscan_git::change::{CommitDiff, RawChange};
use debtscan_git::id::commit_id;

/// The changes of all compared commits.
pub(crate) struct Diffs {
    /// Positions of commits in the graph, ascending, with the changes of each.
    pub(crate) commits: Vec<(usize, Vec<RawChange>)>,
    /// Per entry of `commits`: the location of its cached rows, which replace the changes.
    pub(crate) known: Vec<Option<RowsLocation>>,
    /// Per entry of `commits`: true if everything was readable.
    pub(crate) is_whole: Vec<bool>,
    /// Per entry of `commits`: true if only exact renames were detected.
    pub(crate) hit_rename_limit: Vec<bool>,
    pub(crate) skipped: Vec<Skipped>,
}

impl Diffs {
    pub(crate) fn with_capacity(commits: usize) -> Self {
        Self {
            commits: Vec::with_capacity(commits),
            known: Vec::with_capacity(commits),
            is_whole: Vec::with_capacity(commits),
            hit_rename_limit: Vec::with_capacity(commits),
            skipped: Vec::new(),
        }
    }

    pub(crate) fn push_compared(&mut self, position: usize, diff: CommitDiff) {
        let CommitDiff { changes, skipped, is_whole, hit_rename_limit } = diff;
        self.skipped.extend(skipped);
        self.commits.push((position, changes));
        self.known.push(None);
        self.is_whole.push(is_whole);
        self.hit_rename_limit.push(hit_rename_limit);
    }

    pub(crate) fn push_known(
        &mut self,
        position: usize,
        commit: &RawCommit,
        rows: RowsLocation,
        hit_rename_limit: bool,
    ) {
        if hit_rename_limit {
            let subject = SkipSubject::Commit(commit_id(&commit.id));
            self.skipped.push(Skipped { reason: SkipReason::RenameLimit, subject });
        }
        self.commits.push((position, Vec::new()));
        self.known.push(Some(rows));
        self.is_whole.push(true);
        self.hit_rename_limit.push(hit_rename_limit);
    }
}
