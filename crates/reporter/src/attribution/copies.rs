//! Several commits that are one fix: copies on other branches, reverts, and what is done again.

use debtscan_model::{CommitIdx, Mark, PathIdx, Scan, to_u32};
use rustc_hash::{FxHashMap, FxHashSet};

use super::ids::IdIndex;

/// Copies and reverts, as the messages of a scan mark them.
pub(super) struct Copies<'a> {
    scan: &'a Scan,
    /// Ids of the originals by copy, as the message writes them.
    originals: FxHashMap<CommitIdx, Vec<&'a str>>,
    /// Commits by the one that takes them back.
    reverted: FxHashMap<CommitIdx, Vec<CommitIdx>>,
}

/// What two commits have in common when one is a copy of the other.
#[derive(PartialEq, Eq, Hash)]
enum Likeness<'a> {
    /// One names the other, or both the same third.
    Id(String),
    /// Author, subject and author time: what `git cherry-pick` and `git rebase` keep.
    Authored(u32, &'a [u8], i64),
    /// Author, subject and changed lines per path: the same patch, written down again.
    Changed(u32, &'a [u8], Vec<(PathIdx, u32, u32)>),
}

impl<'a> Copies<'a> {
    /// Collects the marks.
    pub(super) fn new(scan: &'a Scan, ids: &IdIndex<'_>) -> Self {
        let mut originals: FxHashMap<CommitIdx, Vec<&str>> = FxHashMap::default();
        let mut reverted: FxHashMap<CommitIdx, Vec<CommitIdx>> = FxHashMap::default();
        for (commit, mark) in &scan.marks {
            let text = match mark {
                Mark::PickedFrom(text) | Mark::Reverts(text) => text,
                Mark::PullRequest(_) => continue,
            };
            let Some(commit) = ids.commit(commit) else { continue };
            if let Mark::PickedFrom(_) = mark {
                originals.entry(commit).or_default().push(text);
            } else {
                reverted.entry(commit).or_default().extend(ids.commit_by_text(text));
            }
        }
        Self { scan, originals, reverted }
    }

    /// Leaves one commit of each fix; takes commits sorted and unique, and gives some of them.
    ///
    /// 1. Of copies the earliest stays: `(cherry picked from commit …)`, the same author and subject
    ///    with the same author time, or the same author and subject with the same changed lines.
    /// 2. A commit that takes back another of them goes with that one, the latest first, so that a
    ///    fix, its revert and its second try count as the second try.
    /// 3. When nothing is left, the fix was taken back for good; the earliest commit still tells
    ///    where the incident was.
    pub(super) fn count_once(&self, commits: Vec<CommitIdx>) -> Vec<CommitIdx> {
        if commits.len() < 2 {
            return commits;
        }
        // No id is that of two commits, so ids tell copies only where a message names an original.
        let has_copies = commits.iter().any(|commit| self.originals.contains_key(commit));
        let mut first_of: FxHashMap<Likeness<'_>, CommitIdx> = FxHashMap::default();
        let mut original: FxHashMap<CommitIdx, CommitIdx> = FxHashMap::default();
        for commit in &commits {
            let likenesses = self.likenesses(*commit, has_copies);
            let first = likenesses.iter().filter_map(|likeness| first_of.get(likeness)).min().copied();
            let first = first.unwrap_or(*commit);
            original.insert(*commit, first);
            for likeness in likenesses {
                first_of.entry(likeness).or_insert(first);
            }
        }
        let kept: Vec<CommitIdx> =
            commits.iter().copied().filter(|commit| original[commit] == *commit).collect();
        let mut gone: FxHashSet<CommitIdx> = FxHashSet::default();
        // The latest first: a reverted revert must be cancelled before it can cancel the fix.
        for commit in kept.iter().rev() {
            let Some(targets) = self.reverted.get(commit).filter(|_| !gone.contains(commit)) else {
                continue;
            };
            let targets = targets.iter().filter_map(|target| original.get(target).copied());
            let targets: Vec<CommitIdx> =
                targets.filter(|target| target != commit && !gone.contains(target)).collect();
            if !targets.is_empty() {
                gone.insert(*commit);
                gone.extend(targets);
            }
        }
        let left: Vec<CommitIdx> = kept.iter().copied().filter(|commit| !gone.contains(commit)).collect();
        if left.is_empty() { vec![kept[0]] } else { left }
    }

    fn likenesses(&self, index: CommitIdx, with_ids: bool) -> Vec<Likeness<'a>> {
        let commit = self.scan.commit(index);
        let mut likenesses = Vec::new();
        if with_ids {
            let originals = self.originals.get(&index).into_iter().flatten();
            likenesses.extend(originals.map(|text| Likeness::Id((*text).to_owned())));
            likenesses.push(Likeness::Id(commit.id.to_string()));
        }
        let subject: &[u8] = &commit.summary;
        // Without a subject, unrelated commits of one author would look alike.
        if !subject.is_empty() {
            let author = to_u32(commit.author.get());
            likenesses.push(Likeness::Authored(author, subject, commit.authored.0));
            let changes = &self.scan.changes[self.scan.changes_of(index)];
            let lines: Vec<(PathIdx, u32, u32)> = changes
                .iter()
                .filter_map(|change| change.lines.map(|lines| (change.path, lines.added, lines.deleted)))
                .collect();
            // Changes without lines, such as modes, look alike in unrelated commits.
            if lines.iter().any(|(_, added, deleted)| *added > 0 || *deleted > 0) {
                likenesses.push(Likeness::Changed(author, subject, lines));
            }
        }
        likenesses
    }
}

#[cfg(test)]
mod tests {
    use debtscan_model::{CommitIdx, Scan};

    use crate::attribution::commits::CommitLookup;
    use crate::sample::{SampleScan, commit_id};

    /// Commits, by number from 1, that remain when all of the scan are named.
    fn counted(scan: &Scan) -> Vec<usize> {
        let ids: Vec<String> = (1..=scan.commits.len()).map(|number| commit_id(number).to_string()).collect();
        let found = CommitLookup::new(scan).find(&ids);
        assert_eq!(found.missing, None);
        found.commits.iter().map(|commit: &CommitIdx| commit.get() + 1).collect()
    }

    #[test]
    fn copies_on_other_branches_count_once() {
        let sample = || SampleScan::new().source("a.c", 1, 0).commit(9, &[("a.c", 1, 0)]);
        assert_eq!(counted(&sample().commit(8, &[("a.c", 2, 0)]).picked_from(1).build()), [1]);
        // Two copies of a commit that the history does not hold.
        let of_absent = sample().picked_from(99).commit(8, &[("a.c", 2, 0)]).picked_from(99).build();
        assert_eq!(counted(&of_absent), [1]);
        // A copy that came into the history before its original.
        let before = SampleScan::new().source("a.c", 1, 0).commit(9, &[]).picked_from(2).commit(8, &[]);
        assert_eq!(counted(&before.build()), [1]);
    }

    #[test]
    fn equal_subjects_are_copies_only_with_equal_times_or_lines() {
        let pair = |age: i64, lines: u32| {
            let first = SampleScan::new().source("a.c", 1, 0).commit(9, &[("a.c", 1, 0)]).subject("fix");
            let second = first.commit(8, &[("a.c", lines, 0)]).subject("fix").authored(age);
            counted(&second.build())
        };
        assert_eq!(pair(9, 5), [1], "the author's time is that of the first");
        assert_eq!(pair(8, 1), [1], "the same lines of the same path");
        assert_eq!(pair(8, 5), [1, 2]);
        let by_another = SampleScan::new().source("a.c", 1, 0).commit(9, &[("a.c", 1, 0)]).subject("fix");
        let by_another = by_another.commit(8, &[("a.c", 1, 0)]).subject("fix").authored(9).by("Bo");
        assert_eq!(counted(&by_another.build()), [1, 2]);
    }

    #[test]
    fn a_revert_goes_with_what_it_takes_back() {
        let sample = || SampleScan::new().source("a.c", 1, 0).commit(9, &[("a.c", 1, 0)]);
        let reverted = || sample().commit(8, &[("a.c", 0, 1)]).reverts(1);
        assert_eq!(counted(&reverted().build()), [1], "the place stays known");
        assert_eq!(counted(&reverted().commit(7, &[("a.c", 3, 0)]).build()), [3], "the second try");
        assert_eq!(counted(&reverted().commit(7, &[("a.c", 2, 0)]).reverts(2).build()), [1], "back again");
        assert_eq!(counted(&sample().reverts(50).build()), [1], "a fix by taking back the cause");
    }
}
