//! Authors, commits and their changes.

use bstr::BString;

use crate::{AppliedBy, AuthorIdx, CommitId, CommitIdx, FileIdx, PathIdx, Timestamp, Wording};

/// A person, after `.mailmap`.
///
/// Two identities are one person if their e-mail addresses agree after the mailmap, in any letter case; for
/// an address shared by many people (empty, `noreply@…`), the names must agree too. The name is the one
/// with the most commits. Ordered by name, then e-mail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Author {
    /// The name; bytes as recorded, not necessarily UTF-8.
    pub name: BString,
    /// The e-mail address; bytes as recorded, not necessarily UTF-8.
    pub email: BString,
}

/// A commit that carries changes: every non-merge, and the merges described at
/// [`Scan::commits`](crate::Scan::commits).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its object id.
    pub id: CommitId,
    /// Its author.
    pub author: AuthorIdx,
    /// The people credited by `Co-authored-by:` lines: sorted, unique, without `author`.
    pub co_authors: Vec<AuthorIdx>,
    /// Its committer time.
    pub time: Timestamp,
    // A rebase keeps it too, so it can be long before the change entered the history.
    /// Its author time, as recorded. A cherry-pick keeps it.
    pub authored: Timestamp,
    /// Number of its parents: 0 for a root, 2 or more for a merge.
    pub n_parents: u32,
    /// The first line of the message, bytes as recorded.
    pub summary: BString,
    /// Ticket ids in the message: upper case, sorted, unique.
    ///
    /// `KEY-123`, `CVE-2000-0973`, `INC0012345` as written; `#123`, `Bug 123`, `LP#123` and URLs of issues
    /// and pull requests as `#123`.
    pub ticket_ids: Vec<String>,
    /// What the message says about the kind of work.
    pub wording: Wording,
    /// Who put it into the history.
    pub applied_by: AppliedBy,
    /// True if `.git-blame-ignore-revs` of the scanned tree names it: a formatting-only change, as declared
    /// by the project.
    pub in_ignore_revs: bool,
    // Counted before the scope applies: a reformat of the whole repository stays one if only a
    // folder is scanned.
    /// Number of distinct files that it touches in the whole repository, deleted ones included, excluded
    /// ones not.
    pub files: u32,
    /// Number of source files among them.
    pub source_files: u32,
}

impl Commit {
    /// True if it has more than one parent.
    pub fn is_merge(&self) -> bool {
        self.n_parents > 1
    }
}

/// How a commit changed a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// The path is new.
    Added,
    /// The content, mode or type changed.
    Modified,
    /// The path was deleted.
    Deleted,
    /// The content came from another path and may have been edited.
    Renamed {
        /// The path before.
        from: PathIdx,
    },
}

/// Lines added and deleted, as counted by `git log --numstat`.
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

/// A changed path in a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The commit.
    pub commit: CommitIdx,
    /// The file that the change belongs to, under its latest name.
    pub file: FileIdx,
    /// The path in this commit.
    pub path: PathIdx,
    /// The kind of change.
    pub kind: ChangeKind,
    /// Added and deleted lines; `None` if git treats the content as binary, or it could not be read.
    // Not 0 for binary content: a sum must not claim that nothing changed.
    pub lines: Option<LineDelta>,
}
