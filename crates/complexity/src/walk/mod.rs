//! The single pass over a syntax tree that computes every figure.
//!
//! The pass is iterative, with its own stack on the heap, so the thread's stack does not limit the
//! depth of the input. Each node is visited once, when it is entered; its context (nesting, a boolean
//! sequence in progress, an `else if`) is read from the parent's frame.

mod count;
mod place;
mod scopes;

use std::iter::Peekable;
use std::slice::Iter;

use debtscan_model::FunctionComplexity;
use tree_sitter::{Node, Tree, TreeCursor};

use crate::code_lines::CodeLines;
use crate::function::{Level, OpenFunction, Tally};
use crate::grammar::Grammar;
use crate::indentation::Indentation;
use crate::names::text;
use crate::rewrite::{Construct, HiddenConstruct, Rewritten};
use crate::role::{Operator, Role};

/// Elixir's documentation attributes.
const DOCUMENTATION: [&[u8]; 4] = [b"@doc", b"@moduledoc", b"@typedoc", b"@shortdoc"];
/// Elixir's type attributes.
const TYPES: [&[u8]; 6] = [b"@spec", b"@type", b"@typep", b"@opaque", b"@callback", b"@macrocallback"];

/// The result for a file.
pub(crate) struct WalkCounts {
    pub(crate) sloc: u32,
    pub(crate) functions: Vec<FunctionComplexity>,
    pub(crate) top_level_cyclomatic: u32,
    pub(crate) top_level_cognitive: u32,
    /// Lines with code that did not parse or were hidden from the parser.
    pub(crate) unparsed_lines: u32,
}

/// Walks a tree.
pub(crate) fn walk(
    grammar: &Grammar,
    tree: &Tree,
    content: &[u8],
    indentation: &Indentation,
    rewritten: &Rewritten<'_>,
) -> WalkCounts {
    let mut lines = CodeLines::new(indentation.blank.len());
    for (first, last) in &rewritten.code_rows {
        lines.mark_rows(*first, *last);
    }
    let mut unparsed = CodeLines::new(indentation.blank.len());
    for (first, last) in &rewritten.lost_rows {
        unparsed.mark_rows(*first, *last);
    }
    let mut walk = TreeWalk {
        grammar,
        content,
        lines,
        unparsed,
        notes: rewritten.notes.iter().peekable(),
        frames: Vec::new(),
        sequences: Vec::new(),
        path: String::new(),
        displaced: Vec::new(),
        scopes: Vec::new(),
        open: Vec::new(),
        last_row: 0,
        functions: Vec::new(),
        top: Tally::default(),
    };
    walk.run(&mut tree.walk());
    walk.finish(&indentation.blank)
}

/// A node that has been entered but not left.
struct Frame<'tree> {
    node: Node<'tree>,
    role: Role,
    /// The level of the node itself; its parts may be deeper.
    level: Level,
    /// The boolean sequence of operators directly inside.
    sequence: Option<usize>,
    /// What to undo on leaving the node.
    undo: Undo,
    /// True after the first arm of an exhaustive match.
    saw_arm: bool,
    /// True if the next part is inside, for structures delimited by tokens.
    is_open: bool,
    /// True if the next part is the alternative, for structures delimited by tokens.
    is_otherwise: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Undo {
    Nothing,
    /// The innermost sequence ends.
    Sequence,
    /// A scope ends; the length of the path before it.
    Scope(usize),
    /// The same, and with it a function.
    Function(usize),
    /// A function ends that began inside one without an end; the previous path was saved.
    Displaced,
}

/// A scope that qualifies the names inside it.
#[derive(Clone, Copy)]
enum Scope<'tree> {
    Type(Option<Node<'tree>>),
    Namespace,
    Function,
}

struct TreeWalk<'tree, 'input> {
    grammar: &'input Grammar,
    content: &'input [u8],
    lines: CodeLines,
    unparsed: CodeLines,
    /// Constructs hidden from the parser and not yet counted, by position.
    notes: Peekable<Iter<'input, HiddenConstruct>>,
    frames: Vec<Frame<'tree>>,
    /// The last operator of each boolean sequence in progress.
    sequences: Vec<Option<Operator>>,
    /// The qualified name of the innermost scope.
    path: String,
    /// Saved paths of functions that have no end.
    displaced: Vec<String>,
    scopes: Vec<Scope<'tree>>,
    open: Vec<OpenFunction<'tree>>,
    /// The row of the last token.
    last_row: usize,
    functions: Vec<FunctionComplexity>,
    top: Tally,
}

impl<'tree> TreeWalk<'tree, '_> {
    fn run(&mut self, cursor: &mut TreeCursor<'tree>) {
        loop {
            if self.enter(cursor) && cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return;
                }
                self.leave();
            }
        }
    }

    /// Enters a node; true if its children are to be visited, for which a frame was pushed.
    fn enter(&mut self, cursor: &TreeCursor<'tree>) -> bool {
        let node = cursor.node();
        let role = self.grammar.role(node);
        if node.child_count() == 0 {
            if role != Role::Comment {
                self.count_notes(node, cursor);
                self.mark_unparsed(node);
                self.lines.mark(node);
                self.last_row = self.last_row.max(node.end_position().row);
                self.count_token(node);
            }
            return false;
        }
        // A comment may have parts, such as the text of a documentation comment, which are no
        // tokens of code.
        if role == Role::Comment || (role == Role::Statement && is_documentation(node, self.grammar)) {
            return false;
        }
        if role == Role::Unary
            && let Some(is_code) = is_attribute(text(node, self.content))
        {
            if is_code {
                self.lines.mark(node);
            }
            return false;
        }
        if self.is_directive_condition(cursor) {
            self.lines.mark(node);
            return false;
        }
        let place = self.place(role, cursor);
        let frame = self.count(node, role, place);
        self.frames.push(frame);
        true
    }

    /// Counts the hidden constructs before a token.
    fn count_notes(&mut self, token: Node<'tree>, cursor: &TreeCursor<'tree>) {
        if self.notes.peek().is_none_or(|note| note.at > token.start_byte()) {
            return;
        }
        // Their level is that of the outermost construct that begins with the token.
        let begun = self.frames.iter().rev();
        let begun = || begun.clone().take_while(|frame| frame.node.start_byte() == token.start_byte());
        let level = begun().last().map_or_else(|| self.place(Role::Plain, cursor).level, |frame| frame.level);
        // A directive before a function's first token is around the function, although the token is
        // inside it.
        let is_before_function = begun().any(|frame| frame.role == Role::Function);
        while let Some(note) = self.notes.next_if(|note| note.at <= token.start_byte()) {
            if !is_before_function || matches!(note.what, Construct::Keyword | Construct::Operator) {
                self.count_note(note.what, level);
            }
        }
    }

    fn mark_unparsed(&mut self, token: Node<'tree>) {
        let is_loose = self.frames.last().is_some_and(|parent| parent.role == Role::Broken);
        if is_loose || token.is_error() || token.is_missing() {
            let rows = (token.start_position().row, token.end_position().row);
            self.unparsed.mark_rows(rows.0, rows.1);
        }
    }

    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.undo {
            Undo::Nothing => {}
            Undo::Sequence => {
                self.sequences.pop();
            }
            Undo::Scope(path_len) => self.leave_scope(path_len),
            Undo::Function(path_len) => {
                self.leave_scope(path_len);
                self.close_function(frame.node);
            }
            Undo::Displaced => {
                self.scopes.pop();
                self.path = self.displaced.pop().expect("pushed when the scope was displaced");
                self.close_function(frame.node);
            }
        }
    }

    fn tally(&mut self) -> &mut Tally {
        self.open.last_mut().map_or(&mut self.top, |function| &mut function.tally)
    }

    /// Whether preprocessor conditionals count here: those around functions belong to no function.
    fn is_directive(&self, role: Role) -> bool {
        matches!(role, Role::Directive | Role::DirectiveElseIf | Role::DirectiveElse) && !self.open.is_empty()
    }

    fn is_directive_condition(&self, cursor: &TreeCursor<'tree>) -> bool {
        let is_directive = |frame: &Frame<'_>| matches!(frame.role, Role::Directive | Role::DirectiveElseIf);
        self.frames.last().is_some_and(is_directive) && {
            let field = cursor.field_id();
            field.is_some() && (field == self.grammar.fields.condition || field == self.grammar.fields.name)
        }
    }

    fn finish(mut self, blank: &[bool]) -> WalkCounts {
        // Those after the last token of the file.
        while let Some(note) = self.notes.next() {
            self.count_note(note.what, Level::default());
        }
        let totals = self.lines.totals(blank);
        let up_to = |line: u32| totals.get(line as usize).or(totals.last()).copied().unwrap_or(0);
        for function in &mut self.functions {
            // Differences of running totals, so nested functions cost nothing extra. A function has
            // a token, hence at least one line.
            function.sloc = (up_to(function.last_line) - up_to(function.first_line - 1)).max(1);
        }
        WalkCounts {
            sloc: up_to(u32::MAX),
            functions: self.functions,
            top_level_cyclomatic: self.top.decisions,
            top_level_cognitive: self.top.cognitive,
            unparsed_lines: self.unparsed.totals(blank).last().copied().unwrap_or(0),
        }
    }
}

/// Whether an expression statement is a lone string, which is documentation.
fn is_documentation(statement: Node<'_>, grammar: &Grammar) -> bool {
    statement.child_count() == 1 && statement.child(0).is_some_and(|only| grammar.role(only) == Role::Text)
}

/// Whether a unary expression is an attribute without expressions: `false` for documentation, which
/// is not code, `true` for a type.
fn is_attribute(text: &[u8]) -> Option<bool> {
    let word = text.strip_prefix(b"@")?.split(|byte| !byte.is_ascii_lowercase()).next()?;
    let word = &text[..=word.len()];
    if DOCUMENTATION.contains(&word) {
        Some(false)
    } else if TYPES.contains(&word) {
        Some(true)
    } else {
        None
    }
}
