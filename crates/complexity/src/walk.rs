//! The one pass over a syntax tree that fills in every figure.
//!
//! The pass is iterative, with its own stack on the heap: the depth of the input is not limited by
//! the thread's stack. Each node is looked at once, when it is entered; what its parent means for it
//! (nesting, a boolean sequence that goes on, an `else if`) is read from the parent's frame.

use debtscan_model::FunctionComplexity;
use tree_sitter::{Node, Tree, TreeCursor};

use crate::calls;
use crate::code_lines::CodeLines;
use crate::function::{Level, OpenFunction, Tally, unmeasured};
use crate::grammar::{Grammar, child};
use crate::indentation::Indentation;
use crate::names::{ANONYMOUS, Declaration, MAX_NAME_BYTES, function_name, name, text, type_name};
use crate::role::{Operator, Role};

/// Keywords of the constructs that are decisions, in any language.
const DECISION_KEYWORDS: [&[u8]; 7] = [b"if", b"elif", b"for", b"while", b"case", b"catch", b"except"];

/// What the pass finds in a file.
pub(crate) struct Found {
    pub(crate) sloc: u32,
    pub(crate) functions: Vec<FunctionComplexity>,
    pub(crate) top_level_cyclomatic: u32,
    pub(crate) top_level_cognitive: u32,
}

/// Walks a tree.
pub(crate) fn walk(grammar: &Grammar, tree: &Tree, content: &[u8], indentation: &Indentation) -> Found {
    let mut walk = Walk {
        grammar,
        content,
        lines: CodeLines::new(indentation.blank.len()),
        frames: Vec::new(),
        sequences: Vec::new(),
        path: String::new(),
        scopes: Vec::new(),
        open: Vec::new(),
        functions: Vec::new(),
        top: Tally::default(),
    };
    walk.run(&mut tree.walk());
    walk.finish(&indentation.blank)
}

/// A node that has been entered and not left.
struct Frame<'tree> {
    node: Node<'tree>,
    role: Role,
    /// Where the node itself stands; its parts may stand deeper.
    level: Level,
    /// The boolean sequence that operators directly inside belong to.
    sequence: Option<usize>,
    /// What leaving the node has to undo.
    undo: Undo,
    /// Whether an arm of an exhaustive match has gone by.
    saw_arm: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Undo {
    Nothing,
    /// The innermost sequence ends.
    Sequence,
    /// A scope ends; the path was this long before it.
    Scope(usize),
    /// The same, and with it a function.
    Function(usize),
}

/// Something that qualifies the names inside.
#[derive(Clone, Copy)]
enum Scope<'tree> {
    Type(Option<Node<'tree>>),
    Namespace,
    Function,
}

/// How a node stands in its parent.
#[derive(Clone, Copy, Default)]
struct Place {
    level: Level,
    /// Whether an `if` here goes on an `else`.
    goes_on: bool,
}

struct Walk<'tree, 'input> {
    grammar: &'input Grammar,
    content: &'input [u8],
    lines: CodeLines,
    frames: Vec<Frame<'tree>>,
    /// Per boolean sequence in progress: its last operator.
    sequences: Vec<Option<Operator>>,
    /// The qualified name of the innermost scope.
    path: String,
    scopes: Vec<Scope<'tree>>,
    open: Vec<OpenFunction<'tree>>,
    functions: Vec<FunctionComplexity>,
    top: Tally,
}

impl<'tree> Walk<'tree, '_> {
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

    /// Looks at a node; whether to look at its children, for which a frame is then there.
    fn enter(&mut self, cursor: &TreeCursor<'tree>) -> bool {
        let node = cursor.node();
        let role = self.grammar.role(node);
        if node.child_count() == 0 {
            if role != Role::Comment {
                self.lines.mark(node);
                self.count_token(node);
            }
            return false;
        }
        if role == Role::Comment || (role == Role::Statement && is_documentation(node, self.grammar)) {
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
                self.close_function();
            }
        }
    }

    fn tally(&mut self) -> &mut Tally {
        self.open.last_mut().map_or(&mut self.top, |function| &mut function.tally)
    }

    /// Whether preprocessor conditionals count here: around functions they are not read as part of
    /// any function.
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

    /// Where a node stands, given its parent; counts an `else` that has no node of its own.
    fn place(&mut self, role: Role, cursor: &TreeCursor<'tree>) -> Place {
        let Some(parent) = self.frames.last() else { return Place::default() };
        let level = parent.level;
        let fields = &self.grammar.fields;
        let in_field = |field| cursor.field_id().is_some_and(|at| Some(at) == field);
        let is_inside = match parent.role {
            Role::If | Role::ElseIf if in_field(fields.alternative) => return self.else_branch(role, level),
            Role::If | Role::ElseIf => in_field(fields.consequence),
            Role::Else if role == Role::If => return Place { level, goes_on: true },
            Role::Else | Role::Catch => true,
            Role::Loop => in_field(fields.body),
            Role::Switch => in_field(fields.body) || matches!(role, Role::Case | Role::Default),
            Role::LetElse => in_field(fields.alternative),
            Role::Ternary => !in_field(fields.condition),
            Role::Closure | Role::DirectiveElse => {
                return Place { level: level.in_closure(), goes_on: false };
            }
            Role::Directive | Role::DirectiveElseIf => {
                let level = if in_field(fields.alternative) { level } else { level.in_closure() };
                return Place { level, goes_on: false };
            }
            _ => false,
        };
        Place { level: if is_inside { level.in_structure() } else { level }, goes_on: false }
    }

    fn else_branch(&mut self, role: Role, level: Level) -> Place {
        match role {
            Role::Else | Role::ElseIf => Place { level, goes_on: false },
            Role::If => {
                self.tally().add(1);
                Place { level, goes_on: true }
            }
            _ => {
                self.tally().add(1);
                Place { level: level.in_structure(), goes_on: false }
            }
        }
    }

    /// Counts a node with children and makes its frame.
    fn count(&mut self, node: Node<'tree>, role: Role, place: Place) -> Frame<'tree> {
        let mut frame =
            Frame { node, role, level: place.level, sequence: None, undo: Undo::Nothing, saw_arm: false };
        match role {
            Role::Text => self.lines.mark(node),
            Role::Function => self.enter_function(node, &mut frame),
            Role::Closure if self.open.is_empty() => self.enter_closure(node, &mut frame),
            Role::Type(_) | Role::Creation(_) | Role::Namespace(_) => self.enter_type(node, role, &mut frame),
            Role::Logical => self.enter_logical(node, &mut frame),
            Role::Paren => frame.sequence = self.frames.last().and_then(|parent| parent.sequence),
            Role::Directive | Role::DirectiveElseIf | Role::DirectiveElse if !self.is_directive(role) => {
                frame.role = Role::Plain;
            }
            Role::Directive => self.tally().add(place.level.cognitive.saturating_add(1)),
            Role::Else | Role::DirectiveElseIf | Role::DirectiveElse | Role::Goto => self.tally().add(1),
            Role::Jump if self.grammar.names_label(node) => self.tally().add(1),
            Role::Call => self.count_call(node),
            _ => self.count_decision(node, role, place),
        }
        frame
    }

    /// Control structures and decisions.
    fn count_decision(&mut self, node: Node<'tree>, role: Role, place: Place) {
        let fields = &self.grammar.fields;
        match role {
            Role::If if place.goes_on => {
                self.tally().decide();
                self.tally().nest(place.level);
            }
            Role::ElseIf => {
                self.tally().decide();
                self.tally().add(1);
            }
            Role::If | Role::Loop | Role::Catch | Role::Ternary => self.decide_and_open(place.level),
            Role::LetElse if child(node, fields.alternative).is_some() => self.decide_and_open(place.level),
            Role::Switch => self.tally().open_structure(place.level),
            Role::Case if !self.grammar.is_default(node) => self.tally().decide(),
            Role::PatternCase if !self.is_irrefutable(node) => self.tally().decide(),
            Role::GuardedPattern if child(node, fields.condition).is_some() => self.tally().decide(),
            Role::Decision => self.tally().decide(),
            Role::Arm => {
                let is_first =
                    self.frames.last_mut().is_some_and(|arms| !std::mem::replace(&mut arms.saw_arm, true));
                if !is_first {
                    self.tally().decide();
                }
            }
            _ => {}
        }
    }

    fn decide_and_open(&mut self, level: Level) {
        self.tally().decide();
        self.tally().open_structure(level);
    }

    /// A `match` case that takes everything: a lone name or `_` without a guard.
    fn is_irrefutable(&self, case: Node<'tree>) -> bool {
        let mut cursor = case.walk();
        let mut parts = case.named_children(&mut cursor);
        let Some(pattern) = parts.next() else { return false };
        let has_more = parts.next().is_some_and(|next| matches!(next.kind(), "case_pattern" | "if_clause"));
        let is_name = match text(pattern, self.content) {
            [first, rest @ ..] => {
                (first.is_ascii_alphabetic() || *first == b'_')
                    && rest.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
            }
            [] => false,
        };
        is_name && !has_more && !matches!(text(pattern, self.content), b"None" | b"True" | b"False")
    }

    fn count_call(&mut self, call: Node<'tree>) {
        if let Some(function) = self.open.last_mut().filter(|function| !function.is_recursive) {
            function.is_recursive = calls::is_recursive(self.grammar.spec, call, function, self.content);
        }
    }

    /// A logical expression directly in another one, or in parentheses in one, goes on its sequence.
    fn enter_logical(&mut self, node: Node<'tree>, frame: &mut Frame<'tree>) {
        match self.grammar.operator_of(node) {
            Some(Operator::And | Operator::Or) => {}
            // Rust's chains of conditions have no operator field: they are all `&&`.
            None if node.kind() == "let_chain" => {}
            Some(Operator::Shorthand) => return self.tally().decide(),
            None => return,
        }
        frame.sequence = self.frames.last().and_then(|parent| parent.sequence);
        if frame.sequence.is_none() {
            frame.sequence = Some(self.sequences.len());
            frame.undo = Undo::Sequence;
            self.sequences.push(None);
        }
    }

    /// Operators come by in the order of the text, so a sequence grows where they change.
    fn count_token(&mut self, token: Node<'tree>) {
        let Some(parent) = self.frames.last() else { return };
        if parent.role == Role::Broken {
            return self.count_loose(token);
        }
        let Some(sequence) = parent.sequence else { return };
        let Some(operator) = self.grammar.operator(token) else { return };
        let last =
            self.sequences.get_mut(sequence).expect("a sequence lives as long as its outermost expression");
        let changes = last.replace(operator) != Some(operator);
        self.tally().decide();
        if changes {
            self.tally().add(1);
        }
    }

    /// In text that does not parse, a keyword is often taken for a name.
    fn count_loose(&mut self, token: Node<'tree>) {
        if DECISION_KEYWORDS.contains(&text(token, self.content)) {
            self.tally().decide();
            self.tally().add(1);
        } else if self.grammar.operator(token).is_some() {
            self.tally().decide();
        }
    }

    fn enter_function(&mut self, node: Node<'tree>, frame: &mut Frame<'tree>) {
        if child(node, self.grammar.fields.body).is_none() {
            frame.role = Role::Plain;
            return;
        }
        let declaration = Declaration::of(node);
        if self.is_macro_block(node) {
            frame.role = Role::Plain;
            if declaration.name.is_some_and(|name| is_loop_macro(text(name, self.content))) {
                frame.role = Role::Loop;
                self.decide_and_open(frame.level);
            }
            return;
        }
        let written = declaration
            .written
            .map_or_else(|| ANONYMOUS.to_owned(), |name| function_name(name, self.content));
        self.open_function(node, &declaration, &written, frame);
    }

    /// Whether what looks like a C++ function without a return type is a macro with a block, as it
    /// must be when it stands directly in a function.
    fn is_macro_block(&self, node: Node<'tree>) -> bool {
        matches!(self.scopes.last(), Some(Scope::Function))
            && node.child_by_field_name("declarator").is_some()
            && node.child_by_field_name("type").is_none()
    }

    /// A closure outside every function is a function, named by what it is bound to.
    fn enter_closure(&mut self, node: Node<'tree>, frame: &mut Frame<'tree>) {
        let mut declaration = Declaration::of(node);
        declaration.owner = None;
        if declaration.name.is_none_or(|name| name.kind() == "abstract_function_declarator") {
            declaration.written = self.binding();
            declaration.name = declaration.written;
        }
        let written =
            declaration.written.map_or_else(|| ANONYMOUS.to_owned(), |bound| name(bound, self.content));
        self.open_function(node, &declaration, &written, frame);
    }

    /// The name that the node being entered is bound to.
    fn binding(&self) -> Option<Node<'tree>> {
        let binder = self.frames.iter().rev().find(|frame| frame.role != Role::Paren)?;
        let Role::Binder(field) = binder.role else { return None };
        binder.node.child_by_field_name(field)
    }

    fn open_function(
        &mut self,
        node: Node<'tree>,
        declaration: &Declaration<'tree>,
        written: &str,
        frame: &mut Frame<'tree>,
    ) {
        let enclosing = match self.scopes.last() {
            Some(Scope::Type(name)) => Some(*name),
            _ => None,
        };
        let path_len = self.path.len();
        let receiver_type = declaration.receiver_type(self.content);
        for part in receiver_type.as_deref().into_iter().chain([written]) {
            self.extend_path(part);
        }
        let role = |node| self.grammar.role(node);
        let parameters = declaration.parameters(self.grammar.spec, role, self.content);
        let mut function = unmeasured(self.path.clone(), node);
        function.parameters = parameters;
        self.open.push(declaration.open(
            self.functions.len(),
            enclosing.is_some(),
            parameters,
            enclosing.flatten(),
        ));
        self.functions.push(function);
        self.scopes.push(Scope::Function);
        frame.undo = Undo::Function(path_len);
        frame.role = Role::Function;
        frame.level = Level::default();
    }

    fn close_function(&mut self) {
        let Some(closed) = self.open.pop() else { return };
        let function =
            self.functions.get_mut(closed.index).expect("an open function has its place in the result");
        function.cyclomatic = closed.tally.decisions.saturating_add(1);
        function.cognitive = closed.tally.cognitive.saturating_add(u32::from(closed.is_recursive));
        function.max_nesting = closed.tally.max_nesting;
    }

    fn enter_type(&mut self, node: Node<'tree>, role: Role, frame: &mut Frame<'tree>) {
        let (field, has_members) = match role {
            Role::Creation(field) => {
                let last = u32::try_from(node.named_child_count()).unwrap_or(0).saturating_sub(1);
                (field, node.named_child(last).is_some_and(|last| last.kind() == "class_body"))
            }
            Role::Type(field) | Role::Namespace(field) => {
                (field, child(node, self.grammar.fields.body).is_some())
            }
            _ => return,
        };
        if !has_members {
            return;
        }
        let named = node.child_by_field_name(field).or_else(|| self.binding());
        frame.undo = Undo::Scope(self.path.len());
        if let Some(named) = named {
            self.extend_path(&type_name(named, self.content));
        }
        self.scopes.push(if matches!(role, Role::Namespace(_)) {
            Scope::Namespace
        } else {
            Scope::Type(named)
        });
    }

    /// Adds a part to the path, unless the path is as long as names may be.
    fn extend_path(&mut self, part: &str) {
        if self.path.len() >= MAX_NAME_BYTES {
            return;
        }
        if !self.path.is_empty() {
            self.path.push_str(self.grammar.spec.separator);
        }
        self.path.push_str(part);
    }

    fn leave_scope(&mut self, path_len: usize) {
        self.path.truncate(path_len);
        self.scopes.pop();
    }

    fn finish(mut self, blank: &[bool]) -> Found {
        let totals = self.lines.totals(blank);
        let up_to = |line: u32| totals.get(line as usize).or(totals.last()).copied().unwrap_or(0);
        for function in &mut self.functions {
            function.sloc = (up_to(function.last_line) - up_to(function.first_line - 1)).max(1);
        }
        Found {
            sloc: up_to(u32::MAX),
            functions: self.functions,
            top_level_cyclomatic: self.top.decisions,
            top_level_cognitive: self.top.cognitive,
        }
    }
}

/// Whether a macro's name says that it repeats its block (`Q_FOREACH`, `list_for_each_entry`).
fn is_loop_macro(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    [b"foreach".as_slice(), b"for_each"].iter().any(|word| name.windows(word.len()).any(|part| part == *word))
}

/// Whether an expression statement is a lone string, which does nothing but document.
fn is_documentation(statement: Node<'_>, grammar: &Grammar) -> bool {
    statement.child_count() == 1 && statement.child(0).is_some_and(|only| grammar.role(only) == Role::Text)
}
