//! Counts a node, given its place.

use tree_sitter::Node;

use super::place::NodePlace;
use super::{Frame, TreeWalk, Undo};
use crate::calls;
use crate::function::Level;
use crate::grammar::{Token, child};
use crate::names::text;
use crate::rewrite::Construct;
use crate::role::{Binds, Operator, Role};

/// Keywords of decisions, in any language.
const DECISION_KEYWORDS: [&[u8]; 7] = [b"if", b"elif", b"for", b"while", b"case", b"catch", b"except"];

impl<'tree> TreeWalk<'tree, '_> {
    /// Counts a node with children and creates its frame.
    pub(super) fn count(&mut self, node: Node<'tree>, role: Role, place: NodePlace) -> Frame<'tree> {
        let mut frame = Frame {
            node,
            role,
            level: place.level,
            sequence: None,
            undo: Undo::Nothing,
            saw_arm: false,
            is_open: false,
            is_otherwise: false,
        };
        if let Some(parent) = self.frames.last_mut().filter(|parent| parent.role == Role::Try) {
            // A head after a handler's block begins another handler.
            parent.is_otherwise &= node.kind() != "block";
        }
        if role == Role::KeywordCall {
            frame.role = self.keyword(node);
        }
        match frame.role {
            Role::Text => self.lines.mark(node),
            Role::Function => self.enter_function(node, &mut frame),
            Role::Accessors => self.enter_accessors(node, &mut frame),
            // Inside a function, a closure counts for that function, as in the paper.
            Role::Closure if self.open.is_empty() => self.enter_closure(node, &mut frame),
            Role::Cases => self.enter_cases(node, &mut frame),
            Role::Type(_) | Role::Creation(_) | Role::Namespace(_) => self.enter_type(node, &mut frame),
            Role::Logical | Role::LogicalBinder(_) => self.enter_logical(node, &mut frame),
            Role::Paren => frame.sequence = self.frames.last().and_then(|parent| parent.sequence),
            Role::Directive | Role::DirectiveElseIf | Role::DirectiveElse if !self.is_directive(role) => {
                frame.role = Role::Plain;
            }
            Role::Directive => self.tally().add(place.level.cognitive.saturating_add(1)),
            // `else` of Ruby's `case` is a default, which adds nothing in the paper.
            Role::Else if self.is_in(Role::Switch) => frame.role = Role::Default,
            Role::Else | Role::DirectiveElseIf | Role::DirectiveElse | Role::Goto => self.tally().add(1),
            Role::Jump if self.grammar.names_label(node) => self.tally().add(1),
            Role::GluedJump if self.is_glued_jump(node) => self.tally().add(1),
            Role::Call => self.count_call(node),
            // The braces of Ruby's `-> { … }` are a block themselves.
            Role::Block if self.is_in(Role::Closure) || self.is_in(Role::Function) => {
                frame.role = Role::Plain;
            }
            Role::KeywordBlock => frame.is_open = self.is_in(Role::If) || self.is_in(Role::Switch),
            Role::KeywordPair => self.enter_pair(node, &mut frame),
            structure => self.count_decision(node, structure, place),
        }
        frame
    }

    fn is_in(&self, role: Role) -> bool {
        self.frames.last().is_some_and(|parent| parent.role == role)
    }

    /// Control structures and decisions.
    fn count_decision(&mut self, node: Node<'tree>, role: Role, place: NodePlace) {
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
            Role::If | Role::Guard | Role::Loop | Role::Catch | Role::HandlerModifier | Role::Ternary => {
                self.decide_and_open(place.level);
            }
            Role::LetElse if child(node, fields.alternative).is_some() => self.decide_and_open(place.level),
            Role::Switch => self.count_switch(node, place.level),
            Role::Handlers => self.tally().open_structure(place.level),
            Role::HandlerHead => self.enter_handler(false),
            Role::Case if !self.grammar.is_default(node) => self.tally().decide(),
            Role::PatternCase => self.count_pattern(node, false),
            Role::Clause => self.count_pattern(node, true),
            Role::GuardedPattern if child(node, fields.condition).is_some() => self.tally().decide(),
            Role::Decision => self.tally().decide(),
            Role::Arm => self.count_arm(),
            _ => {}
        }
    }

    /// Counts a switch as a whole; if it is a call, its named arguments are its cases (R).
    fn count_switch(&mut self, node: Node<'tree>, level: Level) {
        self.tally().open_structure(level);
        let Some(arguments) = node.child_by_field_name("arguments") else { return };
        for argument in arguments.named_children(&mut arguments.walk()) {
            if argument.child_by_field_name("name").is_some() {
                self.tally().decide();
            }
        }
    }

    /// Counts an arm: of several arms tried in turn, the last needs no decision.
    fn count_arm(&mut self) {
        let is_first = self.frames.last_mut().is_some_and(|arms| !std::mem::replace(&mut arms.saw_arm, true));
        if !is_first {
            self.tally().decide();
        }
    }

    /// Counts a case: always a decision among handlers, like an arm in a closure with several clauses
    /// (Elixir), else a decision unless it matches everything.
    fn count_pattern(&mut self, case: Node<'tree>, is_clause: bool) {
        match self.frames.last().map(|parent| parent.role) {
            // A handler that matches everything is still a path of its own: without an exception it
            // does not run.
            Some(Role::Handlers) => self.tally().decide(),
            // `after` of `receive` (Elixir) is the default.
            Some(Role::Group) => {}
            Some(Role::Closure | Role::Function) if is_clause => self.count_arm(),
            _ if self.takes_everything(case) => {}
            _ => self.tally().decide(),
        }
    }

    /// Enters a handler that has no node of its own: `on T`, `on T catch (e)`, `catch (e)`.
    fn enter_handler(&mut self, is_typed: bool) {
        let Some(parent) = self.frames.last_mut().filter(|parent| parent.role == Role::Try) else { return };
        // The head is a child of the `try`, which adds no nesting itself.
        let level = parent.level;
        parent.is_open = true;
        // A head after `on T` belongs to the same handler.
        let goes_on = std::mem::replace(&mut parent.is_otherwise, is_typed) && !is_typed;
        if !goes_on {
            self.decide_and_open(level);
        }
    }

    pub(super) fn decide_and_open(&mut self, level: Level) {
        self.tally().decide();
        self.tally().open_structure(level);
    }

    /// Whether a case matches everything: by keyword, wildcard or lone name, without a guard.
    fn takes_everything(&self, case: Node<'tree>) -> bool {
        if self.grammar.is_default(case) {
            return true;
        }
        let mut cursor = case.walk();
        let mut parts = case.children(&mut cursor).skip_while(|part| !part.is_named());
        let Some(pattern) = parts.next() else { return false };
        let narrows = |part: Node<'tree>| {
            self.grammar.role(part) == Role::Decision
                // Python's `case a, b` has several patterns in a row, so the first is not all of
                // it.
                || part.kind() == "case_pattern"
                || self.grammar.token(part, self.content) == Token::Guard
        };
        !parts.any(narrows) && self.is_wildcard(text(pattern, self.content))
    }

    fn is_wildcard(&self, pattern: &[u8]) -> bool {
        let shape = &self.grammar.spec.shape;
        if shape.wildcards.iter().any(|wildcard| pattern.eq_ignore_ascii_case(wildcard.as_bytes())) {
            return true;
        }
        let [first, rest @ ..] = pattern else { return false };
        let may_begin = match shape.binds {
            Binds::Nothing => false,
            Binds::SmallNames => first.is_ascii_lowercase() || *first == b'_',
            Binds::Names => first.is_ascii_alphabetic() || *first == b'_',
        };
        let is_name = may_begin && rest.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        // These look like names, but match one value.
        is_name && !matches!(pattern, b"None" | b"True" | b"False" | b"nil" | b"true" | b"false" | b"null")
    }

    /// The role of a call, by the name called.
    fn keyword(&mut self, call: Node<'tree>) -> Role {
        let spec = self.grammar.spec;
        let named =
            call.child_by_field_name(spec.calls.callee).map_or(&b""[..], |name| text(name, self.content));
        let known = spec.shape.keywords.iter().find(|(word, _)| word.as_bytes() == named);
        known.map_or(Role::Call, |(_, role)| *role)
    }

    /// Enters a branch written as a keyword argument: `do: x`, `else: x`.
    fn enter_pair(&mut self, pair: Node<'tree>, frame: &mut Frame<'tree>) {
        // The pair is in a list of keywords in the arguments of the call.
        let Some(call) = self.frames.len().checked_sub(3).and_then(|at| self.frames.get(at)) else { return };
        let is_structure = matches!(call.role, Role::If | Role::Switch);
        let key = pair.child_by_field_name("key").map_or(&b""[..], |key| text(key, self.content));
        match key.trim_ascii_end() {
            b"do:" if is_structure => frame.role = Role::Branch,
            b"else:" if is_structure => {
                self.tally().add(1);
                frame.role = Role::Branch;
            }
            _ => {}
        }
    }

    /// Whether `break@label` or `continue@label`, not `label@ for …`.
    fn is_glued_jump(&self, jump: Node<'tree>) -> bool {
        jump.named_child(0).is_some_and(|word| matches!(text(word, self.content), b"break@" | b"continue@"))
    }

    fn count_call(&mut self, call: Node<'tree>) {
        // The paper adds 1 once, however often the function calls itself.
        if let Some(function) = self.open.last_mut().filter(|function| !function.is_recursive) {
            function.is_recursive = calls::is_recursive(self.grammar.spec, call, function, self.content);
        }
    }

    /// A logical expression directly inside another one, parentheses aside, continues its sequence.
    fn enter_logical(&mut self, node: Node<'tree>, frame: &mut Frame<'tree>) {
        match self.grammar.operator_of(node, self.content) {
            Some(Operator::And | Operator::Or) => {}
            Some(Operator::Shorthand) => return self.tally().decide(),
            None => {
                if let Role::LogicalBinder(field) = frame.role {
                    frame.role = Role::Binder(field);
                }
                return;
            }
        }
        frame.sequence = self.frames.last().and_then(|parent| parent.sequence);
        if frame.sequence.is_none() {
            frame.sequence = Some(self.sequences.len());
            frame.undo = Undo::Sequence;
            self.sequences.push(None);
        }
    }

    /// Counts a token, given its parent.
    pub(super) fn count_token(&mut self, token: Node<'tree>) {
        let Some(parent) = self.frames.last_mut() else { return };
        if parent.role == Role::Broken {
            return self.count_loose(token);
        }
        match self.grammar.token(token, self.content) {
            Token::Plain | Token::Spelled => {}
            Token::Open => parent.is_open = true,
            Token::Close => parent.is_open = false,
            Token::Operator(operator) => self.count_operator(operator),
            Token::Otherwise => {
                // The same keyword is a part of `let … else`, `guard` and Kotlin's `when`, which do
                // not count it.
                if matches!(parent.role, Role::If | Role::ElseIf) {
                    parent.is_otherwise = true;
                    self.tally().add(1);
                }
            }
            Token::Guard => {
                if matches!(parent.role, Role::Case | Role::PatternCase | Role::Catch | Role::If) {
                    self.tally().decide();
                }
            }
            Token::Handler => match parent.role {
                Role::Try => self.enter_handler(true),
                Role::Handlers => self.tally().decide(),
                _ => {}
            },
        }
    }

    /// Operators arrive in text order, so a sequence grows where they change.
    fn count_operator(&mut self, operator: Operator) {
        let Some(sequence) = self.frames.last().and_then(|parent| parent.sequence) else { return };
        let last =
            self.sequences.get_mut(sequence).expect("a sequence lives as long as its outermost expression");
        let changes = last.replace(operator) != Some(operator);
        self.tally().decide();
        if changes {
            self.tally().add(1);
        }
    }

    /// Counts a construct that was hidden from the parser, without nesting.
    pub(super) fn count_note(&mut self, what: Construct, level: Level) {
        let is_in_function = !self.open.is_empty();
        match what {
            Construct::Conditional if is_in_function => self.tally().add(level.cognitive.saturating_add(1)),
            Construct::Alternative if is_in_function => self.tally().add(1),
            // Around functions, as include guards are.
            Construct::Conditional | Construct::Alternative => {}
            Construct::Keyword => {
                self.tally().decide();
                self.tally().add(1);
            }
            Construct::Operator => self.tally().decide(),
        }
    }

    /// In text that does not parse, the parser often treats a keyword as a name.
    fn count_loose(&mut self, token: Node<'tree>) {
        if DECISION_KEYWORDS.contains(&text(token, self.content)) {
            self.tally().decide();
            self.tally().add(1);
        } else if self.grammar.operator(token, self.content).is_some() {
            self.tally().decide();
        }
    }
}
