//! A file: its present state and its history.

use crate::{ChangeIdx, FileComplexity, Language, PathIdx, RepoPath, Timestamp};

/// The kind of content of a file, which decides whether it is ranked.
///
/// Decided by path and, for a present file, content. The first match in this order wins: vendored,
/// generated, test, example, docs, source, other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileClass {
    /// Code in a programming language that the project runs. Only this class is ranked.
    Source,
    /// Code that tests other code.
    Test,
    /// Code that shows how to use other code.
    Example,
    /// Text for people.
    Docs,
    /// How the product is built, packaged, versioned and checked.
    Build,
    /// Written by a tool, including lock files and minified code.
    Generated,
    /// Code of others, copied into the repository.
    Vendored,
    /// Everything else: configuration, data, markup, images.
    Other,
}

impl FileClass {
    /// Every class, in declaration order.
    pub const ALL: [Self; 8] = [
        Self::Source,
        Self::Test,
        Self::Example,
        Self::Docs,
        Self::Build,
        Self::Generated,
        Self::Vendored,
        Self::Other,
    ];

    /// The name used in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Test => "test",
            Self::Example => "example",
            Self::Docs => "docs",
            Self::Build => "build",
            Self::Generated => "generated",
            Self::Vendored => "vendored",
            Self::Other => "other",
        }
    }
}

/// An import of a file, as text, not resolved to a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Import {
    /// A path relative to the file's folder: `x/y.h`, `../z`.
    Relative(String),
    /// A name in the language's search path, with its parts joined by `/`: `org/example/Foo`, `a/b/c`,
    /// `sys/x.h`, `crate/x/y`.
    Module(String),
}

/// A file at the scanned revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresentFile {
    /// Its language; `None` if linguist does not know it.
    pub language: Option<Language>,
    /// Size of the content in bytes.
    pub bytes: u64,
    /// Its complexity; `None` for binary content, symbolic links and content that was skipped.
    pub complexity: Option<FileComplexity>,
}

/// A file under its latest name, with its history inside the scanned window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path at the scanned revision, or its last one.
    pub path: RepoPath,
    /// The kind of its content.
    pub class: FileClass,
    /// Its state at the scanned revision; `None` if it was deleted.
    pub present: Option<PresentFile>,
    // Only these: a name whose changes are all outside the window would promise a history that the
    // scan does not have.
    /// Older names with changes in `history`: sorted by path, unique.
    pub aliases: Vec<PathIdx>,
    /// Its changes, oldest first (ascending index), unique; empty if nothing in the window touched it.
    pub history: Vec<ChangeIdx>,
}

impl File {
    /// Its complexity at the scanned revision; `None` if it is absent or was not measured.
    pub fn complexity(&self) -> Option<&FileComplexity> {
        self.present.as_ref()?.complexity.as_ref()
    }

    /// Its lines of code at the scanned revision; 0 if it is absent or was not measured.
    pub fn sloc(&self) -> u32 {
        self.complexity().map_or(0, |complexity| complexity.sloc)
    }
}

/// How much a file, function or area changed inside the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Churn {
    /// Number of commits that touched it.
    pub revisions: u32,
    /// Lines added by all of them.
    pub lines_added: u64,
    /// Lines deleted by all of them.
    pub lines_deleted: u64,
    /// Number of people who wrote these commits, including co-authors, without bots.
    pub authors: u32,
    /// Time of the first change; `None` without changes.
    pub first_change: Option<Timestamp>,
    /// Time of the last change; `None` without changes.
    pub last_change: Option<Timestamp>,
}
