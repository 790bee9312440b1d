//! The result of a scan.

use crate::count::to_u32;
use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::{
    Ancestry, Author, AuthorIdx, Change, ChangeIdx, Churn, Commit, CommitId, CommitIdx, File, FileClass,
    FileIdx, Import, Manifest, Mark, MergeFacts, PathIdx, RepoPath, SkipReason, Skipped, TimeWindow,
    Timestamp,
};

/// Facts about the repository itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedRepository {
    /// The scanned commit.
    pub revision: CommitId,
    /// The oldest commit without parents that the scanned one descends from, which names the repository whatever its
    /// folder, address or branch; `None` if history is truncated. By committer time, then id.
    pub root: Option<CommitId>,
    /// The folder that the scan was limited to, from the repository's root; `None` for all of it.
    pub scope: Option<RepoPath>,
    /// True if history is truncated (`git clone --depth`).
    pub is_shallow: bool,
    /// True if objects may be missing on purpose (`git clone --filter`).
    pub is_partial: bool,
    /// True if renames were followed.
    pub renames_followed: bool,
    /// True if only first parents were followed, so that a merge counts as its whole branch.
    pub first_parent: bool,
    /// Number of present files excluded by `.debtscanignore` or `--exclude`.
    pub excluded_files: usize,
    /// Patterns of `--exclude` that match no path of the history or the tree, in their order.
    pub unmatched_excludes: Vec<String>,
    /// Patterns of the classes that the user gives to files which match no path, in their order.
    pub unmatched_classes: Vec<String>,
    /// True if the window ends before the scanned commit, so that the present files are newer than the
    /// history.
    pub is_beyond_window: bool,
    /// The committer time of the scanned commit if it cannot be right: in the year 2100 or later, or more than
    /// 20 years after every other commit. In the first case, [`Scan::as_of`] is the newest time before that
    /// year, if there is one.
    pub misdated: Option<Timestamp>,
    /// Number of entries of `.git-blame-ignore-revs` that name no commit of the scanned history.
    pub unknown_ignore_revs: usize,
}

/// The CODEOWNERS file of the scanned tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeOwnersFile {
    /// Its path.
    pub path: RepoPath,
    /// Its content.
    pub content: Vec<u8>,
}

/// A person with several identities that a rule merged, not the mailmap or one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedAuthor {
    /// The person.
    pub author: AuthorIdx,
    /// The other identities that the person has in `commits`: sorted, unique, never empty.
    pub others: Vec<Author>,
}

/// The history and present state of a repository. It is immutable, and the main result of the scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Facts about the repository.
    pub repository: ScannedRepository,
    /// The requested window.
    pub window: TimeWindow,
    /// The "now" of all figures: the committer time of the scanned commit, or the end of the window if it
    /// is earlier.
    pub as_of: Timestamp,
    /// All authors and co-authors of `commits`: sorted, unique.
    pub authors: Vec<Author>,
    /// The bots among `authors`: sorted, unique. Their commits are part of the history, but they are not
    /// counted as people.
    pub bots: Vec<AuthorIdx>,
    /// The people whose identities a rule merged: sorted by author, unique.
    pub merged: Vec<MergedAuthor>,
    /// Authors with one name who were not merged: groups of two or more, each sorted and unique; sorted.
    pub namesakes: Vec<Vec<AuthorIdx>>,
    /// For each requested name, in their order, the people with that name: sorted, unique; empty if no one
    /// in the window has it.
    pub found_people: Vec<Vec<AuthorIdx>>,
    /// All commits inside the window that carry changes.
    ///
    /// These are the non-merge commits reachable from the revision, each compared with its parent, and the
    /// merges that changed a path to something that differs from *every* parent (a conflict resolved by
    /// hand, an edit made while merging). Such a merge carries only these paths, with lines counted against
    /// the first parent. If only first parents were followed, these are all commits in that chain, each
    /// compared with its first parent, so that a merge carries everything it brought in.
    ///
    /// Parents come before children; among available commits, the one with the smaller (time, id) comes
    /// first.
    pub commits: Vec<Commit>,
    /// The other merges reachable from the revision, which carry no changes: sorted, unique.
    pub merges: Vec<CommitId>,
    /// Facts about each of `merges`, in the same order.
    pub merge_facts: Vec<MergeFacts>,
    /// Commits outside the window that carry changes or may carry some, and commits outside the scanned history that
    /// were looked for and found: sorted, unique.
    pub outside_window: Vec<CommitId>,
    /// The commits that were looked for, are not part of the scanned history and are dated after `as_of`: sorted,
    /// unique. All of them are in `outside_window`.
    pub later: Vec<CommitId>,
    /// The graph of all walked commits.
    pub ancestry: Ancestry,
    /// The marks in the messages of these commits: sorted, unique.
    pub marks: Vec<(CommitId, Mark)>,
    /// Every path of a change or file: sorted, unique.
    pub paths: Vec<RepoPath>,
    /// Every change of every commit inside the scope: sorted by (commit, path), unique by both.
    pub changes: Vec<Change>,
    /// Every file inside the scope, present or deleted: sorted by path, unique.
    pub files: Vec<File>,
    /// By file, its imports (sorted, unique): `None` if they are unknown. Empty if imports were not
    /// requested.
    pub imports: Vec<Option<Vec<Import>>>,
    /// The manifests of build tools in the scanned tree, regardless of the scope: sorted by path, unique.
    pub manifests: Vec<Manifest>,
    /// The CODEOWNERS file, if there is one.
    pub code_owners: Option<CodeOwnersFile>,
    /// Whatever could not be read or trusted: sorted, unique.
    pub skipped: Vec<Skipped>,
    /// The whole that this scan is a part of: all files of the revision, none excluded, with their whole history.
    /// `None` if this scan is the whole, or the whole was not asked for.
    ///
    /// Its `as_of` is that of this scan, and so is the end of its window; its commits and changes go on after it.
    pub whole: Option<Box<Self>>,
}

impl Scan {
    /// Returns the scan with further skipped items.
    #[must_use]
    pub fn with_skipped(mut self, skipped: &[Skipped]) -> Self {
        self.skipped.extend_from_slice(skipped);
        // Lines, trends and the scan report the same unreadable object, which must be counted once.
        self.skipped.sort_unstable();
        self.skipped.dedup();
        self
    }

    /// The commit at an index.
    pub fn commit(&self, index: CommitIdx) -> &Commit {
        &self.commits[index.get()]
    }

    /// The file at an index.
    pub fn file(&self, index: FileIdx) -> &File {
        &self.files[index.get()]
    }

    /// The change at an index.
    pub fn change(&self, index: ChangeIdx) -> &Change {
        &self.changes[index.get()]
    }

    /// The imports of a file; `None` if they are unknown or were not requested.
    pub fn imports_of(&self, file: FileIdx) -> Option<&[Import]> {
        self.imports.get(file.get())?.as_deref()
    }

    /// The author at an index.
    pub fn author(&self, index: AuthorIdx) -> &Author {
        &self.authors[index.get()]
    }

    /// The path at an index.
    pub fn path(&self, index: PathIdx) -> &RepoPath {
        &self.paths[index.get()]
    }

    /// The changes of one commit, as a range of [`Scan::changes`]; empty for an empty commit.
    pub fn changes_of(&self, commit: CommitIdx) -> Range<usize> {
        // Changes are sorted by commit, so two binary searches replace a table of starts.
        let start = self.changes.partition_point(|change| change.commit < commit);
        let len = self.changes[start..].partition_point(|change| change.commit == commit);
        start..start + len
    }

    /// How many items could have been skipped for a reason: commits, changes or files. 0 where that has no measure.
    pub fn n_candidates(&self, reason: SkipReason) -> usize {
        match reason {
            SkipReason::RenameLimit | SkipReason::InvalidPath | SkipReason::TooManyPaths => {
                self.commits.len()
            }
            SkipReason::TooLargeToCount => self.changes.len(),
            SkipReason::LineHistoryLimit => {
                let is_present = |file: &&File| file.present.is_some() && file.class == FileClass::Source;
                self.files.iter().filter(is_present).count()
            }
            SkipReason::ShallowBoundary
            | SkipReason::UnreadableObject
            | SkipReason::TooLargeToParse
            | SkipReason::ParseTimeout
            | SkipReason::ParserStopped
            | SkipReason::Submodule => 0,
        }
    }

    /// Finds the file with exactly this path, ignoring older names.
    pub fn find_file(&self, path: &RepoPath) -> Option<FileIdx> {
        self.files.binary_search_by(|file| file.path.cmp(path)).ok().map(FileIdx::new)
    }

    /// The churn of a file over the whole window. Binary changes count as revisions without lines.
    pub fn churn(&self, file: FileIdx) -> Churn {
        let mut churn = Churn::default();
        let mut last_commit = None;
        for change in self.file(file).history.iter().map(|index| self.change(*index)) {
            let commit = self.commit(change.commit);
            let lines = change.lines.unwrap_or_default();
            // One commit may touch two names of the same file.
            churn.revisions += u32::from(last_commit.replace(change.commit) != Some(change.commit));
            churn.lines_added += u64::from(lines.added);
            churn.lines_deleted += u64::from(lines.deleted);
            // Not simply the first and last entries: the order is the graph's, and clocks of
            // committers differ.
            churn.first_change = Some(churn.first_change.map_or(commit.time, |time| time.min(commit.time)));
            churn.last_change = churn.last_change.max(Some(commit.time));
        }
        let commits = self.file(file).history.iter().map(|index| self.change(*index).commit);
        churn.authors = self.count_people(commits);
        churn
    }

    /// Number of people who wrote the given commits, including co-authors, without bots.
    pub fn count_people(&self, commits: impl IntoIterator<Item = CommitIdx>) -> u32 {
        // Only counted and filtered, so the order of the set cannot reach a result.
        let mut people: FxHashSet<AuthorIdx> = FxHashSet::default();
        for commit in commits {
            let commit = self.commit(commit);
            people.insert(commit.author);
            people.extend(&commit.co_authors);
        }
        let people = people.iter().filter(|author| self.bots.binary_search(author).is_err()).count();
        to_u32(people)
    }
}
