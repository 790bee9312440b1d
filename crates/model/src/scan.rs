//! The scanner's result.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::{
    Ancestry, Author, AuthorIdx, Change, ChangeIdx, Churn, Commit, CommitId, CommitIdx, File, FileIdx,
    Import, Manifest, Mark, PathIdx, RepoPath, Skipped, TimeWindow, Timestamp,
};

/// Facts about the repository itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// The scanned commit.
    pub revision: CommitId,
    /// The folder that the scan was limited to, from the repository's root; `None` for all of it.
    pub scope: Option<RepoPath>,
    /// Whether history is cut off (`git clone --depth`).
    pub is_shallow: bool,
    /// Whether objects may be absent on purpose (`git clone --filter`).
    pub is_partial: bool,
    /// Whether renames were followed.
    pub renames_followed: bool,
    /// Whether only first parents were followed, so that a merge stands for all it brought.
    pub first_parent: bool,
    /// Present files left out by `.debtscanignore` or `--exclude`.
    pub excluded_files: usize,
    /// Patterns of `--exclude` that match no path of history or tree: in their order.
    pub unmatched_excludes: Vec<String>,
    /// Whether the window ends before the scanned commit, so that the present files are of a later time
    /// than the history.
    pub is_beyond_window: bool,
    /// Entries of `.git-blame-ignore-revs` that name no commit of the scanned history.
    pub unknown_ignore_revs: usize,
}

/// A CODEOWNERS file found in the scanned tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeOwnersFile {
    /// Where it was found.
    pub path: RepoPath,
    /// Its content.
    pub content: Vec<u8>,
}

/// A repository's history and present state: immutable, and the only value that leaves the scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Facts about the repository.
    pub repository: Repository,
    /// The window that was asked for.
    pub window: TimeWindow,
    /// The "now" of every figure: committer time of the scanned commit, or the end of the window where
    /// that is earlier.
    pub as_of: Timestamp,
    /// All authors and co-authors of `commits`: sorted, unique.
    pub authors: Vec<Author>,
    /// Those of `authors` that are programs: sorted, unique. Their commits are history as any other;
    /// they are left out where people are counted.
    pub bots: Vec<AuthorIdx>,
    /// Who goes by each name that was asked for, in that order: sorted, unique; none for a name that
    /// nobody in the window has.
    pub found_people: Vec<Vec<AuthorIdx>>,
    /// All commits inside the window that carry changes.
    ///
    /// These are the non-merge commits reachable from the revision, compared with their parent, and
    /// the merges that changed a path so that it differs from what *every* parent has (a conflict
    /// solved by hand, an edit made while merging); of those merges only these paths, with lines
    /// counted against the first parent. When only first parents were followed: all commits on that
    /// line, each compared with its first parent, so that a merge carries all that it brought.
    ///
    /// Parents come before children; among commits free to come next, the one with the earlier
    /// (time, id) comes first.
    pub commits: Vec<Commit>,
    /// The other merge commits reachable from the revision, which carry no changes: sorted, unique.
    pub merges: Vec<CommitId>,
    /// Commits that carry changes, or may, and lie outside the window: sorted, unique.
    pub outside_window: Vec<CommitId>,
    /// Who descends from whom, of all commits that were walked.
    pub ancestry: Ancestry,
    /// What the messages of those commits say that they are: sorted, unique.
    pub marks: Vec<(CommitId, Mark)>,
    /// Every path that a change or file names: sorted, unique.
    pub paths: Vec<RepoPath>,
    /// Every change of every commit inside the scope: sorted by (commit, path), unique by both.
    pub changes: Vec<Change>,
    /// Every file inside the scope, present or deleted: sorted by path, unique.
    pub files: Vec<File>,
    /// By file, what it imports (sorted, unique): `None` where that is not known. Empty when imports
    /// were not asked for.
    pub imports: Vec<Option<Vec<Import>>>,
    /// What the build tools' files of the scanned tree say of packages, whatever folder the scan was limited
    /// to: sorted by path, unique.
    pub manifests: Vec<Manifest>,
    /// The CODEOWNERS file, if there is one.
    pub code_owners: Option<CodeOwnersFile>,
    /// What could not be read or trusted: sorted, unique.
    pub skipped: Vec<Skipped>,
}

impl Scan {
    /// The same scan, with more that was skipped.
    #[must_use]
    pub fn with_skipped(mut self, skipped: &[Skipped]) -> Self {
        self.skipped.extend_from_slice(skipped);
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

    /// What a file imports; `None` where that is not known, or was not asked for.
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
        let start = self.changes.partition_point(|change| change.commit < commit);
        let len = self.changes[start..].partition_point(|change| change.commit == commit);
        start..start + len
    }

    /// The file with exactly this path (not an older name).
    pub fn find_file(&self, path: &RepoPath) -> Option<FileIdx> {
        self.files.binary_search_by(|file| file.path.cmp(path)).ok().map(FileIdx::new)
    }

    /// The churn of one file over the whole window. Binary changes count as revisions without lines.
    pub fn churn(&self, file: FileIdx) -> Churn {
        let mut churn = Churn::default();
        let mut last_commit = None;
        for change in self.file(file).history.iter().map(|index| self.change(*index)) {
            let commit = self.commit(change.commit);
            let lines = change.lines.unwrap_or_default();
            // One commit may touch two names of one file.
            churn.revisions += u32::from(last_commit.replace(change.commit) != Some(change.commit));
            churn.lines_added += u64::from(lines.added);
            churn.lines_deleted += u64::from(lines.deleted);
            churn.first_change = Some(churn.first_change.map_or(commit.time, |time| time.min(commit.time)));
            churn.last_change = churn.last_change.max(Some(commit.time));
        }
        let commits = self.file(file).history.iter().map(|index| self.change(*index).commit);
        churn.authors = self.count_people(commits);
        churn
    }

    /// How many different people wrote some commits, co-authors included and bots left out.
    pub fn count_people(&self, commits: impl IntoIterator<Item = CommitIdx>) -> u32 {
        let mut people: FxHashSet<AuthorIdx> = FxHashSet::default();
        for commit in commits {
            let commit = self.commit(commit);
            people.insert(commit.author);
            people.extend(&commit.co_authors);
        }
        let people = people.iter().filter(|author| self.bots.binary_search(author).is_err()).count();
        u32::try_from(people).expect("a table has fewer than 2^32 rows")
    }
}
