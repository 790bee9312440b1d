//! What history says: who, when, and how many lines of which path.

use bstr::BString;

use crate::{AuthorIdx, CommitId, CommitIdx, FileIdx, PathIdx, Timestamp};

/// A person, after `.mailmap`.
///
/// Two identities are one person when their e-mail addresses agree after the mailmap, letter case
/// ignored; of an address that many share (none, `noreply@…`), when the names agree too. The name is
/// the one with the most commits. Ordered by name, then e-mail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Author {
    /// The name; bytes as recorded, not necessarily UTF-8.
    pub name: BString,
    /// The e-mail address; bytes as recorded, not necessarily UTF-8.
    pub email: BString,
}

/// A commit that carries changes: every non-merge, and of the merges those described at
/// [`Scan::commits`](crate::Scan::commits).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its object id.
    pub id: CommitId,
    /// Who wrote it.
    pub author: AuthorIdx,
    /// Who else is credited by `Co-authored-by:` lines: sorted, unique, without `author`.
    pub co_authors: Vec<AuthorIdx>,
    /// Its committer time.
    pub time: Timestamp,
    /// When its author wrote it, as recorded: what a copy of the commit on another branch keeps.
    pub authored: Timestamp,
    /// Number of parents that it names: 0 for a root, 2 and more for a merge.
    pub n_parents: u32,
    /// The first line of the message, bytes as recorded.
    pub summary: BString,
    /// What in the message looks like a ticket: upper case, sorted, unique.
    ///
    /// `KEY-123`, `CVE-2000-0973`, `INC0012345` as they stand; `#123`, `Bug 123`, `LP#123` and
    /// issue or pull-request URLs as `#123`.
    pub ticket_ids: Vec<String>,
    /// Whether `.git-blame-ignore-revs` of the scanned tree names it: a change of form, not of
    /// substance, by the project's own word.
    pub in_ignore_revs: bool,
    /// Different files that it touches, deleted ones included and excluded ones not: in the whole
    /// repository, whatever folder the scan was limited to.
    pub files: u32,
    /// Of these, source files.
    pub source_files: u32,
}

impl Commit {
    /// Whether it has more than one parent.
    pub fn is_merge(&self) -> bool {
        self.n_parents > 1
    }
}

/// What a commit did to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// The path is new.
    Added,
    /// The content, mode or type of the path changed.
    Modified,
    /// The path is gone.
    Deleted,
    /// The content came from another path, perhaps edited.
    Renamed {
        /// The path it had before.
        from: PathIdx,
    },
}

/// Lines added and deleted, counted as `git log --numstat` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineDelta {
    /// Lines of the new content that are not in the old.
    pub added: u32,
    /// Lines of the old content that are not in the new.
    pub deleted: u32,
}

impl LineDelta {
    /// Churn: lines added + lines deleted.
    pub fn total(self) -> u64 {
        u64::from(self.added) + u64::from(self.deleted)
    }
}

/// One path in one commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The commit.
    pub commit: CommitIdx,
    /// The file whose history this belongs to, under its latest name.
    pub file: FileIdx,
    /// The path as this commit names it.
    pub path: PathIdx,
    /// What happened.
    pub kind: ChangeKind,
    /// How many lines; `None` when git calls the content binary, or it could not be read.
    pub lines: Option<LineDelta>,
}
