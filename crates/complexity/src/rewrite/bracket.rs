//! What surrounds and precedes a token.

/// The content of a bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    /// Parentheses or square brackets.
    Inline,
    /// Values in braces.
    Init,
    /// Declarations in a type, a namespace or outside every bracket.
    Type,
    /// Statements.
    Code,
}

/// An enclosing bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Around {
    pub(super) kind: Bracket,
    /// The range of the name of the type whose members it contains, or empty.
    pub(super) name: (usize, usize),
}

impl Around {
    /// Outside every bracket.
    pub(super) const NOTHING: Self = Self { kind: Bracket::Type, name: (0, 0) };

    pub(super) fn of(kind: Bracket) -> Self {
        Self { kind, name: (0, 0) }
    }
}

/// The class of the last token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    /// The end of a statement or declaration, or its beginning.
    End,
    Comma,
    /// An operator with something on both sides.
    Operator,
    /// A sign that may begin an expression.
    Prefix,
    /// `(`, `[` or C#'s `=>`.
    Open,
    Close,
    /// `else` or a condition, which a statement must follow.
    Else,
    /// The colon of a label, which a statement must follow.
    Label,
    Word,
}
