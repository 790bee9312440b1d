//! Skipped items: a result, never a log line.

use std::fmt;

use crate::{CommitId, RepoPath};

/// The skipped item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipSubject {
    /// A commit, with all its changes.
    Commit(CommitId),
    /// A path in one commit.
    CommitPath(CommitId, RepoPath),
    /// A path at the scanned revision.
    Path(RepoPath),
}

impl fmt::Display for SkipSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Commit(id) => write!(f, "{id}"),
            // The form that `git show` takes.
            Self::CommitPath(id, path) => write!(f, "{}:{path}", id.short()),
            Self::Path(path) => write!(f, "{path}"),
        }
    }
}

/// Why an item was skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
// Skipped items are sorted by reason first, so the order of variants decides their order.
pub enum SkipReason {
    /// The commit is at the boundary of a shallow clone. Its parent is missing, so it was not compared.
    ShallowBoundary,
    /// A commit, tree or blob is missing or cannot be decoded.
    UnreadableObject,
    /// Too many paths were added and deleted at once, so only exact renames were detected.
    RenameLimit,
    /// The content exceeds the limit for line counts; it is counted without lines.
    TooLargeToCount,
    /// The content exceeds the limit for parsing; it is measured by indentation.
    TooLargeToParse,
    /// Parsing exceeded the limit of steps or of counted memory; it is measured by indentation.
    ParseTimeout,
    /// The parser failed, or took more memory or time than a file of this size may; it is measured by indentation.
    ParserStopped,
    /// A submodule: the content of another repository, which is not scanned.
    Submodule,
    /// The path cannot be represented (an empty component or a NUL in a tree).
    InvalidPath,
    /// The trees of the commit stand for far more paths than they could hold; its changes are skipped.
    TooManyPaths,
    /// The history of the file's lines exceeds the limit; it is followed up to there.
    LineHistoryLimit,
}

impl SkipReason {
    /// A stable identifier for machine-readable outputs.
    pub fn code(self) -> &'static str {
        match self {
            Self::ShallowBoundary => "shallow-boundary",
            Self::UnreadableObject => "unreadable-object",
            Self::RenameLimit => "rename-limit",
            Self::TooLargeToCount => "too-large-to-count",
            Self::TooLargeToParse => "too-large-to-parse",
            Self::ParseTimeout => "parse-timeout",
            Self::ParserStopped => "parser-stopped",
            Self::Submodule => "submodule",
            Self::InvalidPath => "invalid-path",
            Self::TooManyPaths => "too-many-paths",
            Self::LineHistoryLimit => "line-history-limit",
        }
    }

    /// True if it makes figures incomplete, so that `--strict` fails.
    ///
    /// Submodules and measuring by indentation are limits of the method, not damage.
    pub fn is_loss(self) -> bool {
        matches!(
            self,
            Self::ShallowBoundary
                | Self::UnreadableObject
                | Self::RenameLimit
                | Self::TooLargeToCount
                | Self::InvalidPath
                | Self::TooManyPaths
                | Self::LineHistoryLimit
        )
    }
}

/// A skipped item. Ordered by reason, then subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Skipped {
    /// The reason.
    pub reason: SkipReason,
    /// The item.
    pub subject: SkipSubject,
}
