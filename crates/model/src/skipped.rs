//! What was not read, not followed or not trusted: a result, never a log line.

use std::fmt;

use crate::{CommitId, RepoPath};

/// What was skipped.
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
            Self::CommitPath(id, path) => write!(f, "{}:{path}", id.short()),
            Self::Path(path) => write!(f, "{path}"),
        }
    }
}

/// Why it was skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipReason {
    /// The commit is a boundary of a shallow clone: its parent is absent, so it was not compared.
    ShallowBoundary,
    /// A commit, tree or blob is missing or cannot be decoded.
    UnreadableObject,
    /// So many paths were added and deleted at once that only exact renames were looked for.
    RenameLimit,
    /// The content is larger than the limit for line counts; counted without lines.
    TooLargeToCount,
    /// The content is larger than the limit for parsing; measured by indentation.
    TooLargeToParse,
    /// Parsing took longer than the limit; measured by indentation.
    ParseTimeout,
    /// A submodule: another repository's content, not scanned.
    Submodule,
    /// The path cannot be represented (an empty component or a NUL in a tree).
    InvalidPath,
    /// The history of the file's lines is longer than the limit; followed up to there.
    LineHistoryLimit,
}

impl SkipReason {
    /// Stable identifier for machine-readable outputs.
    pub fn code(self) -> &'static str {
        match self {
            Self::ShallowBoundary => "shallow-boundary",
            Self::UnreadableObject => "unreadable-object",
            Self::RenameLimit => "rename-limit",
            Self::TooLargeToCount => "too-large-to-count",
            Self::TooLargeToParse => "too-large-to-parse",
            Self::ParseTimeout => "parse-timeout",
            Self::Submodule => "submodule",
            Self::InvalidPath => "invalid-path",
            Self::LineHistoryLimit => "line-history-limit",
        }
    }

    /// What happened, as a phrase for people.
    pub fn describe(self) -> &'static str {
        match self {
            Self::ShallowBoundary => "commit at the edge of a shallow clone, not compared",
            Self::UnreadableObject => "object missing or unreadable, left out",
            Self::RenameLimit => "too many paths at once, only exact renames followed",
            Self::TooLargeToCount => "content too large, lines not counted",
            Self::TooLargeToParse => "content too large, measured by indentation",
            Self::ParseTimeout => "parsing took too long, measured by indentation",
            Self::Submodule => "submodule, not scanned",
            Self::InvalidPath => "path cannot be represented, left out",
            Self::LineHistoryLimit => "long history, its oldest lines not followed to their origin",
        }
    }

    /// Whether figures are incomplete because of it, so that `--strict` fails.
    ///
    /// Submodules and indentation in place of parsing are limits of the method, not damage.
    pub fn is_loss(self) -> bool {
        matches!(
            self,
            Self::ShallowBoundary
                | Self::UnreadableObject
                | Self::RenameLimit
                | Self::TooLargeToCount
                | Self::InvalidPath
                | Self::LineHistoryLimit
        )
    }
}

/// One thing that was skipped. Ordered by reason, then subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Skipped {
    /// Why.
    pub reason: SkipReason,
    /// What.
    pub subject: SkipSubject,
}
