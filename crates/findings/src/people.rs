//! People that a setting names.

/// An entry in the list of leavers that matches no author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownPerson {
    /// The line of the list, from 1.
    pub line: usize,
    /// What it says; `None` when people are anonymous.
    pub name: Option<String>,
    /// The nearest name or address that history knows, if one is near.
    pub nearest: Option<String>,
}
