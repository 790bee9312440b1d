//! One file: where it is now, what it is, and all that happened to it.

use crate::{ChangeIdx, FileComplexity, Language, PathIdx, RepoPath, Timestamp};

/// What kind of content a file holds; decides whether it takes part in the ranking.
///
/// Decided by path (and, for a file that exists, content), first match in this order: vendored,
/// generated, test, example, docs, source, other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileClass {
    /// Code in a programming language that the project itself runs; the only class that is ranked.
    Source,
    /// Code that tests other code.
    Test,
    /// Code that shows how to use other code.
    Example,
    /// Text for people.
    Docs,
    /// Made by a tool, lock files and minified code included.
    Generated,
    /// Somebody else's code, copied in.
    Vendored,
    /// Everything else: configuration, data, markup, images.
    Other,
}

impl FileClass {
    /// Every class, in declaration order.
    pub const ALL: [Self; 7] =
        [Self::Source, Self::Test, Self::Example, Self::Docs, Self::Generated, Self::Vendored, Self::Other];

    /// The word used in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Test => "test",
            Self::Example => "example",
            Self::Docs => "docs",
            Self::Generated => "generated",
            Self::Vendored => "vendored",
            Self::Other => "other",
        }
    }
}

/// What a file says it imports, as text; not resolved to a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Import {
    /// A path from the file's own folder: `x/y.h`, `../z`.
    Relative(String),
    /// A name from wherever the language looks, its parts joined by `/`: `org/example/Foo`, `a/b/c`,
    /// `sys/x.h`, `crate/x/y`.
    Module(String),
}

/// What is known of a file that exists at the scanned revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresentFile {
    /// Its language; `None` when linguist has no name for it.
    pub language: Option<Language>,
    /// Size of the content in bytes.
    pub bytes: u64,
    /// Its complexity; `None` for binary content, symbolic links and content that was skipped.
    pub complexity: Option<FileComplexity>,
}

/// A file under its latest name, with its whole history in the scanned window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path at the scanned revision, or the last one it had.
    pub path: RepoPath,
    /// What kind of content it holds.
    pub class: FileClass,
    /// What it is at the scanned revision; `None` when it no longer exists there.
    pub present: Option<PresentFile>,
    /// Older names whose changes are part of `history`: sorted by path, unique.
    pub aliases: Vec<PathIdx>,
    /// Its changes, oldest first (ascending index), unique; empty when nothing in the window
    /// touched it.
    pub history: Vec<ChangeIdx>,
}

/// How much a file, function or area was changed in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Churn {
    /// Commits that touched it.
    pub revisions: u32,
    /// Lines added, over all of them.
    pub lines_added: u64,
    /// Lines deleted, over all of them.
    pub lines_deleted: u64,
    /// Different people who wrote those commits, co-authors included, bots left out.
    pub authors: u32,
    /// Time of the first change; `None` without changes.
    pub first_change: Option<Timestamp>,
    /// Time of the last change; `None` without changes.
    pub last_change: Option<Timestamp>,
}
