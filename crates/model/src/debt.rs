//! Debt that the code's own comments admit.

use crate::{CommitIdx, FileIdx};

/// A word by which a comment admits debt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DebtWord {
    /// Something is still to be done.
    Todo,
    /// Something is wrong.
    Fixme,
    /// Something was done in a way that it should not be.
    Hack,
    /// Something needs attention.
    Xxx,
}

impl DebtWord {
    /// Every word, in declaration order.
    pub const ALL: [Self; 4] = [Self::Todo, Self::Fixme, Self::Hack, Self::Xxx];

    /// The word as it stands in comments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Todo => "TODO",
            Self::Fixme => "FIXME",
            Self::Hack => "HACK",
            Self::Xxx => "XXX",
        }
    }
}

/// One place where a comment admits debt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebtNote {
    /// The file.
    pub file: FileIdx,
    /// The line, counted from 1.
    pub line: u32,
    /// The word.
    pub word: DebtWord,
    /// The comment from the word to the end of its line; lossy; empty when people are anonymous, whom
    /// it may name.
    pub text: String,
    /// Whether the syntax tree told that it is a comment, rather than a sign before it.
    pub by_syntax_tree: bool,
    /// The commit that last wrote the line; `None` when that is not known or lies outside the window.
    pub written: Option<CommitIdx>,
}
