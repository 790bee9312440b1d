//! Constructs that the rewriting hides from the parser.

/// A construct that counts although the parser does not see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HiddenConstruct {
    pub(crate) at: usize,
    pub(crate) what: Construct,
}

/// The kind of a hidden construct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Construct {
    /// `#if`, `#ifdef`.
    Conditional,
    /// `#elif`, `#else`.
    Alternative,
    /// The keyword of a decision in a dropped branch.
    Keyword,
    /// A short-circuit operator in a dropped branch.
    Operator,
}
