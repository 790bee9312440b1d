//! Evidence in commits: the fixes an incident names, and the messages that name the incident.

use std::collections::BTreeMap;

use debtscan_model::{ChangeIdx, CommitId, CommitIdx, FileClass, FileIdx, Scan};
use rustc_hash::FxHashMap;

use super::UnplacedReason;

/// Where an object id leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// A commit whose changes are counted.
    Commit(CommitIdx),
    /// A merge.
    Merge,
    /// A commit outside `--since`/`--until`.
    OutsideWindow,
}

/// All commits of a scan, to be found by id or by ticket.
pub(super) struct CommitIndex<'a> {
    scan: &'a Scan,
    /// Sorted by id, unique.
    ids: Vec<(CommitId, Known)>,
    /// Commits by ticket id, ascending.
    tickets: FxHashMap<&'a str, Vec<CommitIdx>>,
}

/// What the commit ids of an incident lead to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FoundCommits {
    /// Commits whose changes are counted: sorted, unique.
    pub(super) commits: Vec<CommitIdx>,
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
    /// Whether the files are source; else they are configuration, build files or data.
    pub(super) is_source: bool,
}

impl<'a> CommitIndex<'a> {
    pub(super) fn new(scan: &'a Scan) -> Self {
        let commits = scan.commits.iter().enumerate();
        let mut ids: Vec<(CommitId, Known)> = commits
            .map(|(index, commit)| (commit.id, Known::Commit(CommitIdx::new(index))))
            .chain(scan.merges.iter().map(|id| (*id, Known::Merge)))
            .chain(scan.outside_window.iter().map(|id| (*id, Known::OutsideWindow)))
            .collect();
        ids.sort_unstable_by_key(|(id, _)| *id);
        let mut tickets: FxHashMap<&str, Vec<CommitIdx>> = FxHashMap::default();
        for (index, commit) in scan.commits.iter().enumerate() {
            for ticket in &commit.ticket_ids {
                tickets.entry(ticket).or_default().push(CommitIdx::new(index));
            }
        }
        Self { scan, ids, tickets }
    }

    /// Looks up full ids and prefixes of at least seven digits. A prefix of several ids is not found.
    pub(super) fn find(&self, ids: &[String]) -> FoundCommits {
        let mut found = FoundCommits::default();
        for id in ids {
            let reason = match self.find_one(&id.to_ascii_lowercase()) {
                Some(Known::Commit(commit)) => {
                    found.commits.push(commit);
                    continue;
                }
                Some(Known::OutsideWindow) => UnplacedReason::OutsideWindow,
                Some(Known::Merge) => UnplacedReason::MergeCommit,
                None => UnplacedReason::CommitNotFound,
            };
            found.missing = Some(more_telling(found.missing, reason));
        }
        found.commits.sort_unstable();
        found.commits.dedup();
        found
    }

    fn find_one(&self, digits: &str) -> Option<Known> {
        /// Git's own shortest abbreviation by default.
        const SHORTEST_PREFIX: usize = 7;
        if digits.len() < SHORTEST_PREFIX {
            return None;
        }
        // Bytewise order is the order of the hexadecimal text, so all matches are neighbours.
        let start = self.ids.partition_point(|(id, _)| id.to_string().as_str() < digits);
        let is_match = |position: usize| {
            self.ids.get(position).is_some_and(|(id, _)| id.to_string().starts_with(digits))
        };
        (is_match(start) && !is_match(start + 1)).then(|| self.ids[start].1)
    }

    /// The commits whose messages name the incident: sorted, unique; empty when more than
    /// `at_most` do, because the text then means something else.
    pub(super) fn naming(&self, incident_id: &str, at_most: usize) -> Vec<CommitIdx> {
        let keys = ticket_keys(incident_id);
        let mut commits: Vec<CommitIdx> = keys
            .iter()
            .filter_map(|key| self.tickets.get(key.as_str()))
            .flat_map(|commits| commits.iter().copied())
            .collect();
        commits.sort_unstable();
        commits.dedup();
        if commits.len() > at_most { Vec::new() } else { commits }
    }

    /// Sums the changed lines of some commits per file, each commit counted once.
    ///
    /// Source files count, deleted ones included. Where there are none, files of class other do;
    /// tests, docs, examples, vendored and generated files never. Files without counted lines
    /// (binary, mode only, pure rename) are left out unless all are, then they are equal.
    pub(super) fn changed_files(&self, commits: &[CommitIdx]) -> ChangedFiles {
        let source = self.changes_of_class(commits, FileClass::Source);
        if !source.weights.is_empty() {
            return source;
        }
        self.changes_of_class(commits, FileClass::Other)
    }

    fn changes_of_class(&self, commits: &[CommitIdx], class: FileClass) -> ChangedFiles {
        let mut lines: BTreeMap<FileIdx, u64> = BTreeMap::new();
        let mut changes = Vec::new();
        for commit in commits {
            for index in self.scan.changes_of(*commit) {
                let change = &self.scan.changes[index];
                if self.scan.file(change.file).class == class {
                    let counted = change.lines.map_or(0, debtscan_model::LineDelta::total);
                    *lines.entry(change.file).or_insert(0) += counted;
                    changes.push(ChangeIdx::new(index));
                }
            }
        }
        let is_source = class == FileClass::Source;
        let source_files = if is_source { lines.len() } else { 0 };
        if lines.values().all(|weight| *weight == 0) {
            for weight in lines.values_mut() {
                *weight = 1;
            }
        } else {
            lines.retain(|_, weight| *weight > 0);
        }
        changes.retain(|change| lines.contains_key(&self.scan.change(*change).file));
        ChangedFiles { weights: lines.into_iter().collect(), changes, source_files, is_source }
    }
}

/// Of two reasons, the one that tells more about what to do.
fn more_telling(known: Option<UnplacedReason>, reason: UnplacedReason) -> UnplacedReason {
    let rank = |reason: UnplacedReason| match reason {
        UnplacedReason::OutsideWindow => 2,
        UnplacedReason::MergeCommit => 1,
        _ => 0,
    };
    known.filter(|known| rank(*known) >= rank(reason)).unwrap_or(reason)
}

/// What a commit message may call an incident: its whole id in upper case, and `#123` when the id is
/// a number or ends in one after `#`.
fn ticket_keys(incident_id: &str) -> Vec<String> {
    let whole = incident_id.trim().to_uppercase();
    let number = whole.rsplit_once('#').map_or(whole.as_str(), |(_, number)| number);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let short = is_number.then(|| format!("#{number}"));
    let mut keys = vec![whole.clone()];
    keys.extend(short.filter(|key| *key != whole));
    keys
}

#[cfg(test)]
mod tests {
    use debtscan_model::{CommitIdx, FileClass};

    use super::{CommitIndex, ticket_keys};
    use crate::attribution::UnplacedReason;
    use crate::sample::{SampleScan, commit_id, file_idx};

    fn hex(number: usize, digits: usize) -> String {
        commit_id(number).to_string()[..digits].to_owned()
    }

    #[test]
    fn commits_are_found_by_full_id_and_by_a_prefix_of_seven_digits_or_more() {
        let scan = SampleScan::new().commit(2, &[]).commit(1, &[]).build();
        let index = CommitIndex::new(&scan);
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
        let index = CommitIndex::new(&scan);
        assert_eq!(index.find(&[hex(1, 7)]).missing, Some(UnplacedReason::CommitNotFound));
        assert_eq!(index.find(&[hex(1, 40)]).commits, [CommitIdx(0)]);
    }

    #[test]
    fn the_reason_for_missing_commits_is_the_most_telling_one() {
        let scan = SampleScan::new().commit(1, &[]).merge(50).outside_window(60).build();
        let index = CommitIndex::new(&scan);
        let reason = |numbers: &[usize]| {
            index.find(&numbers.iter().map(|number| hex(*number, 40)).collect::<Vec<_>>()).missing
        };
        assert_eq!(reason(&[99]), Some(UnplacedReason::CommitNotFound));
        assert_eq!(reason(&[99, 50]), Some(UnplacedReason::MergeCommit));
        assert_eq!(reason(&[60, 50, 99]), Some(UnplacedReason::OutsideWindow));
        assert_eq!(reason(&[1]), None);
    }

    #[test]
    fn an_id_is_looked_for_whole_and_by_its_number() {
        assert_eq!(ticket_keys("KAFKA-83"), ["KAFKA-83"]);
        assert_eq!(ticket_keys("kafka-83 "), ["KAFKA-83"]);
        assert_eq!(ticket_keys("BZ#39752"), ["BZ#39752", "#39752"]);
        assert_eq!(ticket_keys("#12"), ["#12"]);
        assert_eq!(ticket_keys("12"), ["12", "#12"]);
        assert_eq!(ticket_keys("issue#x"), ["ISSUE#X"]);
    }

    #[test]
    fn a_name_in_too_many_messages_is_no_evidence() {
        let mut sample = SampleScan::new();
        for _ in 0..21 {
            sample = sample.commit(1, &[]).tickets(&["#1"]);
        }
        let scan = sample.commit(1, &[]).tickets(&["#2", "KAFKA-2"]).build();
        let index = CommitIndex::new(&scan);
        assert_eq!(index.naming("#1", 20), []);
        assert_eq!(index.naming("#1", 21).len(), 21);
        assert_eq!(index.naming("2", 20), [CommitIdx(21)]);
        assert_eq!(index.naming("kafka-2", 20), [CommitIdx(21)]);
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
        let changed = CommitIndex::new(&scan).changed_files(&[CommitIdx(0), CommitIdx(1)]);
        let weight = |path: &str| {
            let file = file_idx(&scan, path);
            changed.weights.iter().find(|(known, _)| *known == file).map(|(_, weight)| *weight)
        };
        let paths = ["a.c", "b.c", "gone.c", "logo.c", "a_test.c", "Makefile"];
        assert_eq!(paths.map(weight), [Some(5), Some(2), Some(7), None, None, None]);
        assert_eq!((changed.source_files, changed.changes.len(), changed.is_source), (4, 4, true));
    }

    #[test]
    fn a_fix_outside_source_falls_on_configuration_but_never_on_tests_or_docs() {
        let scan = SampleScan::new()
            .present("Makefile", FileClass::Other, 10, 0)
            .present("README", FileClass::Docs, 10, 0)
            .commit(2, &[("Makefile", 3, 1), ("README", 9, 0)])
            .commit(1, &[("README", 9, 0)])
            .build();
        let index = CommitIndex::new(&scan);
        let changed = index.changed_files(&[CommitIdx(0)]);
        assert_eq!(changed.weights, [(file_idx(&scan, "Makefile"), 4)]);
        assert!(!changed.is_source);
        assert!(index.changed_files(&[CommitIdx(1)]).weights.is_empty());
    }

    #[test]
    fn files_without_any_counted_line_are_equal() {
        let scan = SampleScan::new()
            .source("a.c", 10, 0)
            .source("b.c", 10, 0)
            .commit(1, &[("a.c", 0, 0)])
            .binary("b.c")
            .build();
        let changed = CommitIndex::new(&scan).changed_files(&[CommitIdx(0)]);
        assert_eq!(changed.weights.iter().map(|(_, weight)| *weight).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(changed.source_files, 2);
    }
}
