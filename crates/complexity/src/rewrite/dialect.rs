//! The languages whose text may be rewritten.

/// The language whose macros and conditionals to expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Any language that is parsed unchanged.
    Plain,
    C,
    Cpp,
    CSharp,
    Kotlin,
}
