//! Attributing changes to files across renames.

use debtscan_model::{ChangeKind, CommitIdx, LineDelta, PathIdx};

use crate::stage::joins::Joins;

/// A change that is not yet attributed to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PathChange {
    pub(crate) commit: CommitIdx,
    pub(crate) path: PathIdx,
    pub(crate) kind: ChangeKind,
    pub(crate) lines: Option<LineDelta>,
}

/// Finds the latest name of a file, given a path at a commit.
///
/// Commits are numbered parents first. A change to `p` at commit `c` belongs to the target of the next
/// rename of `p` after `c`, and so on. Without such a rename it belongs to `p` if `p` exists at the scanned
/// revision. Otherwise, if `p` was renamed *before* `c` and not created again since, it belongs to the
/// target of that rename, because a parallel branch still used the old name. Otherwise `p` is a deleted
/// file.
///
/// A joined line of history has renames of its own up to its [join](Joins), which puts its files in their places in
/// the line that it joins.
pub(crate) struct Renamings<'a> {
    is_present: &'a [bool],
    /// `None` if there is one line only.
    joins: Option<&'a Joins<'a>>,
    /// By path, the targets of renames away from it, ascending by commit.
    away: Vec<Vec<(CommitIdx, PathIdx)>>,
    /// By path, the commits that created it, ascending.
    created: Vec<Vec<CommitIdx>>,
}

impl<'a> Renamings<'a> {
    /// Takes all changes in ascending order of commits, and for each [`PathIdx`] whether the path exists at
    /// the scanned revision.
    pub(crate) fn new(
        changes: impl Iterator<Item = (CommitIdx, PathIdx, ChangeKind)>,
        is_present: &'a [bool],
        joins: Option<&'a Joins<'a>>,
    ) -> Self {
        let mut away = vec![Vec::new(); is_present.len()];
        let mut created = vec![Vec::new(); is_present.len()];
        for (commit, path, kind) in changes {
            match kind {
                ChangeKind::Renamed { from } => {
                    away[from.get()].push((commit, path));
                    created[path.get()].push(commit);
                }
                ChangeKind::Added => created[path.get()].push(commit),
                // A deletion ends nothing here: only what was created afterwards is another file.
                ChangeKind::Modified | ChangeKind::Deleted => {}
            }
        }
        Self { is_present, joins, away, created }
    }

    /// The latest name of the file that was called `path` after `commit`.
    pub(crate) fn final_path(&self, path: PathIdx, commit: CommitIdx) -> PathIdx {
        let (mut path, mut at) = (path, commit);
        while let Some((joins, merge)) = self.joins.and_then(|joins| Some((joins, joins.merge_of(at)?))) {
            let before = self.follow(path, at, Some(merge), |path| joins.joined_path(path, at).is_some());
            let Some(joined) = joins.joined_path(before, at) else {
                // Deleted before the join.
                return before;
            };
            (path, at) = (joined, merge);
        }
        self.follow(path, at, None, |path| self.is_present[path.get()])
    }

    /// The name of a file at the end of its line of history, or before a commit; `is_there` tells which names exist then.
    fn follow(
        &self,
        path: PathIdx,
        commit: CommitIdx,
        before: Option<CommitIdx>,
        is_there: impl Fn(PathIdx) -> bool,
    ) -> PathIdx {
        let is_own = |other: CommitIdx| self.joins.is_none_or(|joins| joins.are_of_one_line(other, commit));
        let (mut path, mut at) = (path, commit);
        let mut detours = 0;
        loop {
            let away = &self.away[path.get()];
            // A rename in the same commit is before: the path names what the commit left behind.
            let next = away.partition_point(|(commit, _)| *commit <= at);
            let later = away[next..].iter().find(|(commit, _)| is_own(*commit));
            let earlier = || away[..next].iter().rev().find(|(commit, _)| is_own(*commit));
            if let Some((commit, target)) = later.filter(|(at, _)| before.is_none_or(|before| *at < before)) {
                (path, at) = (*target, *commit);
            } else if is_there(path) {
                return path;
            } else if let Some((commit, target)) = earlier().copied()
                && !self.is_created_between(path, commit, at, is_own)
                // Names that were swapped back and forth could lead in a circle.
                && detours <= away.len()
            {
                // A parallel branch that still had the old name: its change belongs to the new one.
                (path, at) = (target, commit);
                detours += 1;
            } else {
                return path;
            }
        }
    }

    fn is_created_between(
        &self,
        path: PathIdx,
        after: CommitIdx,
        until: CommitIdx,
        is_own: impl Fn(CommitIdx) -> bool,
    ) -> bool {
        let created = &self.created[path.get()];
        let first = created.partition_point(|commit| *commit <= after);
        created[first..].iter().take_while(|commit| **commit <= until).any(|commit| is_own(*commit))
    }
}

#[cfg(test)]
mod tests {
    use super::Renamings;
    use debtscan_model::{ChangeKind, CommitIdx, PathIdx};

    const A: u32 = 0;
    const B: u32 = 1;
    const C: u32 = 2;

    fn renamed(commit: u32, from: u32, to: u32) -> (CommitIdx, PathIdx, ChangeKind) {
        (CommitIdx(commit), PathIdx(to), ChangeKind::Renamed { from: PathIdx(from) })
    }

    fn added(commit: u32, path: u32) -> (CommitIdx, PathIdx, ChangeKind) {
        (CommitIdx(commit), PathIdx(path), ChangeKind::Added)
    }

    fn check(
        events: &[(CommitIdx, PathIdx, ChangeKind)],
        present: [bool; 3],
        change: (u32, u32),
        expected: u32,
    ) {
        let renamings = Renamings::new(events.iter().copied(), &present, None);
        let (path, commit) = change;
        assert_eq!(renamings.final_path(PathIdx(path), CommitIdx(commit)), PathIdx(expected), "{change:?}");
    }

    #[test]
    fn a_chain_of_renames_leads_to_the_present_name() {
        let events = [added(0, A), renamed(1, A, B), renamed(2, B, C)];
        check(&events, [false, false, true], (A, 0), C);
        check(&events, [false, false, true], (B, 1), C);
    }

    #[test]
    fn a_path_created_again_has_a_history_of_its_own() {
        let events = [added(0, A), renamed(1, A, B), added(2, A)];
        check(&events, [true, true, false], (A, 0), B);
        check(&events, [true, true, false], (A, 3), A);
    }

    #[test]
    fn a_parallel_branch_with_the_old_name_joins_the_new_one() {
        let events = [added(0, A), renamed(1, A, B)];
        check(&events, [false, true, false], (A, 2), B);
        let events = [added(0, A), renamed(1, A, B), added(2, A)];
        check(&events, [false, true, false], (A, 3), A);
    }

    #[test]
    fn swapped_names_and_cycles_end() {
        let events = [added(0, A), added(0, B), renamed(1, A, B), renamed(1, B, A)];
        check(&events, [true, true, false], (A, 0), B);
        check(&events, [true, true, false], (B, 0), A);
        let events = [added(0, A), renamed(1, A, B), renamed(2, B, A)];
        check(&events, [true, false, false], (A, 0), A);
        check(&events, [false, false, true], (B, 5), A);
    }
}
