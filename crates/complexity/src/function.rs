//! The function that the walk is in, and its running counts.

use debtscan_model::FunctionComplexity;
use tree_sitter::Node;

use crate::indentation::saturate;

/// How deep a node stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Level {
    /// What cognitive complexity adds to a structure here.
    pub(crate) cognitive: u32,
    /// Control structures around.
    pub(crate) structures: u32,
}

impl Level {
    /// Inside a control structure.
    pub(crate) fn in_structure(self) -> Self {
        Self { cognitive: self.cognitive.saturating_add(1), structures: self.structures.saturating_add(1) }
    }

    /// Inside something that makes reading harder without being a control structure.
    pub(crate) fn in_closure(self) -> Self {
        Self { cognitive: self.cognitive.saturating_add(1), structures: self.structures }
    }
}

/// Running counts of a function, or of the code outside functions.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) decisions: u32,
    pub(crate) cognitive: u32,
    pub(crate) max_nesting: u32,
}

impl Tally {
    /// A decision for cyclomatic complexity.
    pub(crate) fn decide(&mut self) {
        self.decisions = self.decisions.saturating_add(1);
    }

    /// A cognitive increment that does not depend on nesting.
    pub(crate) fn add(&mut self, increment: u32) {
        self.cognitive = self.cognitive.saturating_add(increment);
    }

    /// A control structure: its cognitive increment and the nesting that it makes.
    pub(crate) fn open_structure(&mut self, level: Level) {
        self.add(level.cognitive.saturating_add(1));
        self.nest(level);
    }

    /// The nesting that a control structure makes.
    pub(crate) fn nest(&mut self, level: Level) {
        self.max_nesting = self.max_nesting.max(level.structures.saturating_add(1));
    }
}

/// A function that the walk has entered and not left.
pub(crate) struct OpenFunction<'tree> {
    /// Its place in the result.
    pub(crate) index: usize,
    pub(crate) tally: Tally,
    /// Whether it calls itself directly.
    pub(crate) is_recursive: bool,
    /// The node of its own name, unqualified; none for an anonymous one.
    pub(crate) name: Option<Node<'tree>>,
    /// Whether it belongs to a type.
    pub(crate) is_method: bool,
    /// The nodes by which it can name its object or type: receiver variable, receiver type.
    pub(crate) owners: [Option<Node<'tree>>; 2],
    pub(crate) parameters: u32,
    /// The column that it begins in.
    pub(crate) column: usize,
    /// How long the path was before it.
    pub(crate) path_len: usize,
    /// The line before the next function, when that begins before the parser found the end of this one.
    pub(crate) cut_at: Option<u32>,
}

/// A function without its counts yet.
pub(crate) fn unmeasured(name: String, node: Node<'_>) -> FunctionComplexity {
    let line = |row: usize| saturate(row).saturating_add(1);
    let end = node.end_position();
    let first_line = line(node.start_position().row);
    // A node that ends with a newline (Python's blocks may) ends on the line before.
    let last_line = if end.column == 0 { saturate(end.row) } else { line(end.row) };
    FunctionComplexity {
        name,
        first_line,
        last_line: last_line.max(first_line),
        sloc: 1,
        cyclomatic: 1,
        cognitive: 0,
        max_nesting: 0,
        parameters: 0,
    }
}
