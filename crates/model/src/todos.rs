//! Debt comments (self-admitted technical debt).

use crate::{CommitIdx, FileIdx};

/// A word that marks a comment as admitting debt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TodoWord {
    /// Something remains to be done.
    Todo,
    /// Something is wrong.
    Fixme,
    /// Something was done in a way that should be replaced.
    Hack,
    /// Something needs attention.
    Xxx,
}

impl TodoWord {
    /// Every word, in declaration order.
    pub const ALL: [Self; 4] = [Self::Todo, Self::Fixme, Self::Hack, Self::Xxx];

    /// The word as written in comments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Todo => "TODO",
            Self::Fixme => "FIXME",
            Self::Hack => "HACK",
            Self::Xxx => "XXX",
        }
    }
}

/// A comment that admits debt, with its location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodoComment {
    /// The file.
    pub file: FileIdx,
    /// The line, counted from 1.
    pub line: u32,
    /// The word.
    pub word: TodoWord,
    /// The comment from the word to the end of its line; lossy; empty if people are anonymous, because it
    /// may name them.
    pub text: String,
    /// True if the syntax tree identified the comment, false if a comment sign did.
    pub by_syntax_tree: bool,
    /// The commit that last wrote the line; `None` if it is unknown or outside the window.
    pub written: Option<CommitIdx>,
}
