//! The state of the pass at a position.

use super::bracket::{Around, Last};
use super::head::Head;

/// The state at a position. A conditional forks it for each branch.
#[derive(Clone)]
pub(super) struct Flow {
    /// Brackets opened here and not closed.
    pub(super) opens: Vec<Around>,
    /// The number of brackets opened before and closed here.
    pub(super) closes: usize,
    /// The number of all enclosing brackets.
    pub(super) depth: i32,
    /// The innermost bracket.
    pub(super) context: Around,
    pub(super) last: Last,
    pub(super) first: Option<Last>,
    pub(super) begins_with_close: bool,
    pub(super) begins_with_else_if: bool,
    pub(super) head: Head,
}

impl Flow {
    pub(super) fn new() -> Self {
        Self {
            opens: Vec::new(),
            closes: 0,
            depth: 0,
            context: Around::NOTHING,
            last: Last::End,
            first: None,
            begins_with_close: false,
            begins_with_else_if: false,
            head: Head::at(0, Around::NOTHING),
        }
    }

    /// The state at the start of a branch.
    pub(super) fn fork(&self) -> Self {
        Self {
            // A branch records only what it changes itself, so that branches can be compared and
            // one of them joined.
            opens: Vec::new(),
            closes: 0,
            first: None,
            begins_with_close: false,
            begins_with_else_if: false,
            head: self.head.clone(),
            ..*self
        }
    }
}
