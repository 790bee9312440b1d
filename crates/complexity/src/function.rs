//! The current function and its running counts.

use debtscan_model::FunctionComplexity;
use tree_sitter::Node;

use crate::indentation::saturate;

/// The depth of a node.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Level {
    /// The nesting increment of cognitive complexity.
    pub(crate) cognitive: u32,
    /// The number of enclosing control structures.
    pub(crate) structures: u32,
}

impl Level {
    /// Inside a control structure.
    pub(crate) fn in_structure(self) -> Self {
        Self { cognitive: self.cognitive.saturating_add(1), structures: self.structures.saturating_add(1) }
    }

    /// Inside a closure, which nests without being a control structure.
    pub(crate) fn in_closure(self) -> Self {
        // The paper nests lambdas, but `max_nesting` counts control structures only.
        Self { cognitive: self.cognitive.saturating_add(1), structures: self.structures }
    }
}

/// Running counts of a function, or of code outside functions.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) decisions: u32,
    pub(crate) cognitive: u32,
    pub(crate) max_nesting: u32,
}

impl Tally {
    /// Counts a decision for cyclomatic complexity.
    pub(crate) fn decide(&mut self) {
        self.decisions = self.decisions.saturating_add(1);
    }

    /// Adds a cognitive increment that does not depend on nesting.
    pub(crate) fn add(&mut self, increment: u32) {
        self.cognitive = self.cognitive.saturating_add(increment);
    }

    /// Opens a control structure: adds its cognitive increment and its nesting.
    pub(crate) fn open_structure(&mut self, level: Level) {
        self.add(level.cognitive.saturating_add(1));
        self.nest(level);
    }

    /// Records the nesting of a control structure.
    pub(crate) fn nest(&mut self, level: Level) {
        self.max_nesting = self.max_nesting.max(level.structures.saturating_add(1));
    }
}

/// A function that the walk has entered but not left.
pub(crate) struct OpenFunction<'tree> {
    /// Its position in the result.
    pub(crate) index: usize,
    pub(crate) tally: Tally,
    /// Whether it calls itself directly.
    pub(crate) is_recursive: bool,
    /// The node of its unqualified name; `None` for an anonymous function.
    pub(crate) name: Option<Node<'tree>>,
    /// Whether it belongs to a type.
    pub(crate) is_method: bool,
    /// The nodes that name its object or type: receiver variable, receiver type.
    pub(crate) owners: [Option<Node<'tree>>; 2],
    pub(crate) parameters: u32,
    /// Its first column.
    pub(crate) column: usize,
    /// The length of the path before it.
    pub(crate) path_len: usize,
    /// The line before the next function, if that begins before the end of this one was found.
    pub(crate) cut_at: Option<u32>,
}

/// A function without counts.
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
        // Figures of a function without decisions. The walk replaces them when it leaves the
        // function.
        sloc: 1,
        cyclomatic: 1,
        cognitive: 0,
        max_nesting: 0,
        parameters: 0,
    }
}
