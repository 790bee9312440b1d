//! Evidence in commits: the fixes and pull requests an incident names, and the messages that name the
//! incident.

use std::collections::BTreeMap;

use debtscan_model::{ChangeIdx, CommitId, CommitIdx, FileClass, FileIdx, Mark, Node, Scan, Timestamp};
use rustc_hash::FxHashMap;

use super::copies::Copies;
use super::ids::{IdIndex, IdTarget};
use debtscan_findings::UnplacedReason;

/// All commits of a scan, to be found by id, by pull request or by ticket.
pub(super) struct CommitLookup<'a> {
    scan: &'a Scan,
    ids: IdIndex<'a>,
    /// The last position in `mentions` of each ticket id.
    tickets: FxHashMap<&'a str, usize>,
    /// Commits that name a ticket, each with the position of the one before it that names the same.
    mentions: Vec<(CommitIdx, Option<usize>)>,
    /// Commits and merges by the number of the pull request that they brought, by id.
    requests: FxHashMap<u64, Vec<CommitId>>,
    /// Places in the graph, by [`CommitIdx`] and by position in [`Scan::merges`].
    commit_nodes: Vec<Option<usize>>,
    merge_nodes: Vec<Option<usize>>,
    copies: Copies<'a>,
}

/// What the commit ids of an incident lead to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct LinkedCommits {
    /// Commits whose changes are counted: sorted, unique, each fix once.
    pub(crate) commits: Vec<CommitIdx>,
    /// Why the others are not among them, the most telling reason; `None` when all were found.
    pub(super) missing: Option<UnplacedReason>,
}

/// The changed lines of some commits, over the files that may carry cost.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ChangedFiles {
    /// File and weight: sorted by file, unique, weights at least 1; empty when nothing counts.
    pub(super) weights: Vec<(FileIdx, u64)>,
    /// The changes behind the weights: sorted, unique.
    pub(super) changes: Vec<ChangeIdx>,
    /// Number of different source files touched, those without counted lines included.
    pub(super) source_files: usize,
}

impl LinkedCommits {
    /// True if none of them is in the scanned history, but one exists outside of it.
    pub(super) fn is_elsewhere(&self) -> bool {
        let is_outside =
            |reason| matches!(reason, UnplacedReason::OutsideWindow | UnplacedReason::FixedLater);
        self.missing.is_some_and(is_outside)
    }

    /// Takes a fix that was not found for a later one, because the incident was resolved after the scanned commit.
    pub(super) fn expect_later(&mut self) {
        if self.commits.is_empty() && self.missing == Some(UnplacedReason::CommitNotFound) {
            self.missing = Some(UnplacedReason::FixedLater);
        }
    }
}

impl<'a> CommitLookup<'a> {
    pub(super) fn new(scan: &'a Scan) -> Self {
        let ids = IdIndex::new(scan);
        let mut tickets: FxHashMap<&str, usize> = FxHashMap::default();
        let mut mentions = Vec::with_capacity(scan.commits.len());
        // One list with links backwards instead of a list per ticket: most are named by one commit.
        for (index, commit) in scan.commits.iter().enumerate() {
            for ticket in &commit.ticket_ids {
                let before = tickets.insert(ticket, mentions.len());
                mentions.push((CommitIdx::new(index), before));
            }
        }
        let mut requests: FxHashMap<u64, Vec<CommitId>> = FxHashMap::default();
        for (commit, mark) in &scan.marks {
            if let Mark::PullRequest(number) = mark {
                requests.entry(*number).or_default().push(*commit);
            }
        }
        let mut commit_nodes = vec![None; scan.commits.len()];
        let mut merge_nodes = vec![None; scan.merges.len()];
        for (position, node) in scan.ancestry.nodes().iter().enumerate() {
            match node {
                Node::Commit(commit) => commit_nodes[commit.get()] = Some(position),
                Node::Merge(merge) => merge_nodes[*merge as usize] = Some(position),
                Node::Outside => {}
            }
        }
        let copies = Copies::new(scan, &ids);
        Self { scan, ids, tickets, mentions, requests, commit_nodes, merge_nodes, copies }
    }

    /// Looks up full ids and prefixes of at least seven digits. A prefix of several ids is not found;
    /// a merge stands for the commits of its branch; copies and reverts of one fix count once.
    pub(super) fn find(&self, ids: &[String]) -> LinkedCommits {
        let known = ids.iter().map(|id| self.ids.find_text(&id.to_ascii_lowercase()));
        self.gather(known)
    }

    /// The commits of some pull requests, as forges mark them in messages.
    pub(super) fn of_requests(&self, numbers: impl Iterator<Item = u64>) -> LinkedCommits {
        let known = numbers.flat_map(|number| match self.requests.get(&number) {
            Some(ids) => ids.iter().map(|id| self.ids.find(id)).collect(),
            None => vec![None],
        });
        self.gather(known)
    }

    /// Whether a time is after the end of the scanned history.
    pub(super) fn is_later(&self, time: Option<Timestamp>) -> bool {
        // The whole of a part that ends earlier goes on after `as_of`.
        self.scan.window.until.is_none() && time > Some(self.scan.as_of)
    }

    /// Whether the message of a commit or merge names this pull request as its own.
    pub(super) fn has_request(&self, number: u64) -> bool {
        self.requests.contains_key(&number)
    }

    fn gather(&self, known: impl Iterator<Item = Option<IdTarget>>) -> LinkedCommits {
        let mut commits = Vec::new();
        let mut missing = None;
        for known in known {
            let before = commits.len();
            let reason = match known {
                Some(IdTarget::Commit(commit)) => {
                    commits.push(commit);
                    commits.extend(self.branch(commit));
                    continue;
                }
                Some(IdTarget::Merge(merge)) => {
                    commits.extend(self.commits_at(self.merge_nodes[merge]));
                    UnplacedReason::MergeCommit
                }
                Some(IdTarget::Later) => UnplacedReason::FixedLater,
                Some(IdTarget::OutsideWindow) => UnplacedReason::OutsideWindow,
                None => UnplacedReason::CommitNotFound,
            };
            // A reason is needed only if the reference led to nothing.
            if commits.len() == before {
                missing = Some(more_telling(missing, reason));
            }
        }
        commits.sort_unstable();
        commits.dedup();
        LinkedCommits { commits: self.copies.count_once(commits), missing }
    }

    /// What a merge that carries changes of its own brought besides.
    fn branch(&self, commit: CommitIdx) -> Vec<CommitIdx> {
        // With first parents alone, a merge carries all that it brought itself.
        if self.scan.repository.first_parent || !self.scan.commit(commit).is_merge() {
            return Vec::new();
        }
        self.commits_at(self.commit_nodes[commit.get()])
    }

    fn commits_at(&self, merge: Option<usize>) -> Vec<CommitIdx> {
        let ancestry = &self.scan.ancestry;
        let branch = merge.map_or_else(Vec::new, |merge| ancestry.branch_of(merge));
        let commit = |position: usize| match ancestry.nodes()[position] {
            Node::Commit(commit) => Some(commit),
            Node::Merge(_) | Node::Outside => None,
        };
        branch.into_iter().filter_map(commit).collect()
    }

    /// The commits whose messages hold any of the keys: sorted, unique, each fix once; empty when
    /// more than `at_most` do, because the text then means something else. Commits before `since`
    /// are passed over: what is older than an incident did not fix it.
    pub(super) fn naming(&self, keys: &[String], since: Option<Timestamp>, at_most: usize) -> Vec<CommitIdx> {
        let is_late_enough =
            |commit: &CommitIdx| since.is_none_or(|since| since <= self.scan.commit(*commit).time);
        let mut commits: Vec<CommitIdx> =
            keys.iter().flat_map(|key| self.mentions_of(key)).filter(is_late_enough).collect();
        commits.sort_unstable();
        commits.dedup();
        // Before the limit applies: a fix on three release branches is one fix.
        let commits = self.copies.count_once(commits);
        // An ID in more messages than that names no single fix.
        if commits.len() > at_most { Vec::new() } else { commits }
    }

    /// The commits whose messages name a ticket, latest first.
    fn mentions_of(&self, ticket: &str) -> impl Iterator<Item = CommitIdx> {
        let last = self.tickets.get(ticket).map(|last| self.mentions[*last]);
        let mentions = std::iter::successors(last, |(_, before)| before.map(|before| self.mentions[before]));
        mentions.map(|(commit, _)| commit)
    }

    /// Sums the changed lines of some commits per source file, each commit counted once.
    ///
    /// Deleted source files are included; files of every other class never carry cost. Files without counted
    /// lines (binary, mode only, pure rename) are ignored, unless there are no others; then they are equal.
    pub(super) fn changed_files(&self, commits: &[CommitIdx]) -> ChangedFiles {
        let mut lines: BTreeMap<FileIdx, u64> = BTreeMap::new();
        let mut changes = Vec::new();
        for commit in commits {
            for index in self.scan.changes_of(*commit) {
                let change = &self.scan.changes[index];
                if self.scan.file(change.file).class == FileClass::Source {
                    let counted = change.lines.map_or(0, debtscan_model::LineDelta::total);
                    *lines.entry(change.file).or_insert(0) += counted;
                    changes.push(ChangeIdx::new(index));
                }
            }
        }
        let source_files = lines.len();
        if lines.values().all(|weight| *weight == 0) {
            for weight in lines.values_mut() {
                *weight = 1;
            }
        } else {
            lines.retain(|_, weight| *weight > 0);
        }
        changes.retain(|change| lines.contains_key(&self.scan.change(*change).file));
        ChangedFiles { weights: lines.into_iter().collect(), changes, source_files }
    }
}

/// The more useful of two reasons.
pub(super) fn more_telling(known: Option<UnplacedReason>, reason: UnplacedReason) -> UnplacedReason {
    let rank = |reason: UnplacedReason| match reason {
        UnplacedReason::FixedLater => 3,
        UnplacedReason::OutsideWindow => 2,
        UnplacedReason::MergeCommit => 1,
        _ => 0,
    };
    known.filter(|known| rank(*known) >= rank(reason)).unwrap_or(reason)
}

#[cfg(test)]
mod tests {
    use debtscan_model::{CommitIdx, FileClass};

    use super::CommitLookup;
    use crate::sample::{SampleScan, commit_id, days_ago, file_idx};
    use debtscan_findings::UnplacedReason;

    fn hex(number: usize, digits: usize) -> String {
        commit_id(number).to_string()[..digits].to_owned()
    }

    #[test]
    fn commits_are_found_by_full_id_and_by_a_prefix_of_seven_digits_or_more() {
        let scan = SampleScan::new().commit(2, &[]).commit(1, &[]).build();
        let index = CommitLookup::new(&scan);
        for digits in [7, 12, 40] {
            let found = index.find(&[hex(2, digits)]);
            assert_eq!((found.commits, found.missing), (vec![CommitIdx(1)], None), "{digits} digits");
        }
        assert_eq!(index.find(&[hex(2, 6)]).missing, Some(UnplacedReason::CommitNotFound));
    }

    #[test]
    fn a_prefix_of_two_commits_is_not_found() {
        let mut scan = SampleScan::new().commit(1, &[]).build();
        let twin = format!("{}{}", hex(1, 7), "f".repeat(33));
        scan.merges = vec![debtscan_model::CommitId::from_hex(&twin).expect("an id")];
        let index = CommitLookup::new(&scan);
        assert_eq!(index.find(&[hex(1, 7)]).missing, Some(UnplacedReason::CommitNotFound));
        assert_eq!(index.find(&[hex(1, 40)]).commits, [CommitIdx(0)]);
    }

    #[test]
    fn the_reason_for_missing_commits_is_the_most_telling_one() {
        let scan = SampleScan::new().commit(1, &[]).merge(50).outside_window(60).build();
        let index = CommitLookup::new(&scan);
        let reason = |numbers: &[usize]| {
            index.find(&numbers.iter().map(|number| hex(*number, 40)).collect::<Vec<_>>()).missing
        };
        assert_eq!(reason(&[99]), Some(UnplacedReason::CommitNotFound));
        assert_eq!(reason(&[99, 50]), Some(UnplacedReason::MergeCommit));
        assert_eq!(reason(&[60, 50, 99]), Some(UnplacedReason::OutsideWindow));
        assert_eq!(reason(&[1]), None);
    }

    #[test]
    fn a_name_in_too_many_messages_is_no_evidence() {
        let mut sample = SampleScan::new();
        for _ in 0..21 {
            sample = sample.commit(1, &[]).tickets(&["#1"]);
        }
        let scan = sample.commit(1, &[]).tickets(&["#2", "KAFKA-2"]).build();
        let index = CommitLookup::new(&scan);
        let naming = |key: &str, at_most| index.naming(&[key.to_owned()], None, at_most);
        assert_eq!(naming("#1", 20), []);
        assert_eq!(naming("#1", 21).len(), 21);
        assert_eq!(naming("KAFKA-2", 20), [CommitIdx(21)]);
    }

    #[test]
    fn what_is_older_than_an_incident_does_not_name_it() {
        let scan = SampleScan::new().commit(9, &[]).tickets(&["#1"]).commit(5, &[]).tickets(&["#1"]).build();
        let index = CommitLookup::new(&scan);
        let naming = |since| index.naming(&["#1".to_owned()], since, 20);
        assert_eq!(naming(Some(days_ago(5))), [CommitIdx(1)]);
        assert_eq!(naming(Some(days_ago(4))), []);
        assert_eq!(naming(None), [CommitIdx(0), CommitIdx(1)]);
    }

    #[test]
    fn a_merge_stands_for_the_commits_of_its_branch_and_a_request_for_what_brought_it() {
        let scan = SampleScan::new()
            .commit(9, &[])
            .commit(8, &[])
            .commit(7, &[])
            .squash_of(34)
            .merge_of(50, 12, &[1, 2])
            .build();
        let index = CommitLookup::new(&scan);
        let merged = index.find(&[hex(50, 40)]);
        assert_eq!((merged.commits, merged.missing), (vec![CommitIdx(0), CommitIdx(1)], None));
        let requested = |number| index.of_requests([number].into_iter());
        assert_eq!(requested(12).commits, [CommitIdx(0), CommitIdx(1)]);
        assert_eq!(requested(34).commits, [CommitIdx(2)]);
        assert_eq!(requested(56).missing, Some(UnplacedReason::CommitNotFound));
    }

    #[test]
    fn changed_lines_are_united_over_commits_and_limited_to_source() {
        let scan = SampleScan::new()
            .source("a.c", 10, 0)
            .source("b.c", 10, 0)
            .source("logo.c", 10, 0)
            .deleted("gone.c", FileClass::Source)
            .present("a_test.c", FileClass::Test, 10, 0)
            .present("Makefile", FileClass::Other, 10, 0)
            .commit(2, &[("a.c", 3, 1), ("a_test.c", 90, 0), ("Makefile", 5, 0), ("gone.c", 0, 7)])
            .commit(1, &[("a.c", 1, 0), ("b.c", 2, 0)])
            .binary("logo.c")
            .build();
        let changed = CommitLookup::new(&scan).changed_files(&[CommitIdx(0), CommitIdx(1)]);
        let weight = |path: &str| {
            let file = file_idx(&scan, path);
            changed.weights.iter().find(|(known, _)| *known == file).map(|(_, weight)| *weight)
        };
        let paths = ["a.c", "b.c", "gone.c", "logo.c", "a_test.c", "Makefile"];
        assert_eq!(paths.map(weight), [Some(5), Some(2), Some(7), None, None, None]);
        assert_eq!((changed.source_files, changed.changes.len()), (4, 4));
    }

    #[test]
    fn a_fix_outside_source_falls_on_no_file() {
        let scan = SampleScan::new()
            .present("Makefile", FileClass::Other, 10, 0)
            .present("README", FileClass::Docs, 10, 0)
            .present("a_test.c", FileClass::Test, 10, 0)
            .present("examples/a.c", FileClass::Example, 10, 0)
            .commit(2, &[("Makefile", 3, 1), ("README", 9, 0), ("a_test.c", 1, 1), ("examples/a.c", 1, 0)])
            .build();
        let changed = CommitLookup::new(&scan).changed_files(&[CommitIdx(0)]);
        assert!(changed.weights.is_empty() && changed.changes.is_empty());
    }

    #[test]
    fn files_without_any_counted_line_are_equal() {
        let scan = SampleScan::new()
            .source("a.c", 10, 0)
            .source("b.c", 10, 0)
            .commit(1, &[("a.c", 0, 0)])
            .binary("b.c")
            .build();
        let changed = CommitLookup::new(&scan).changed_files(&[CommitIdx(0)]);
        assert_eq!(changed.weights.iter().map(|(_, weight)| *weight).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(changed.source_files, 2);
    }
}
