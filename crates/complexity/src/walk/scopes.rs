//! Functions and types, and how they qualify the names inside them.

use tree_sitter::Node;

use super::{Frame, Scope, TreeWalk, Undo};
use crate::function::{Level, unmeasured};
use crate::grammar::child;
use crate::indentation::saturate;
use crate::names::{ANONYMOUS, Declaration, MAX_NAME_BYTES, Named, child_of_kind, named, text, type_name};
use crate::rewrite::{Dialect, is_loop_macro};
use crate::role::Role;

/// Keywords of control structures, which are never names of functions in C, C++ or C#.
const CONTROL_WORDS: [&[u8]; 10] =
    [b"if", b"else", b"while", b"for", b"switch", b"do", b"return", b"case", b"default", b"sizeof"];

/// Further words that are never names of functions in C or C++.
const RESERVED_WORDS: [&[u8]; 21] = [
    b"void",
    b"char",
    b"short",
    b"int",
    b"long",
    b"float",
    b"double",
    b"signed",
    b"unsigned",
    b"struct",
    b"union",
    b"enum",
    b"typedef",
    b"static",
    b"extern",
    b"const",
    b"volatile",
    b"goto",
    b"break",
    b"continue",
    b"inline",
];

/// The same in C++ and C#, but not in C.
const LATER_WORDS: [&[u8]; 3] = [b"catch", b"class", b"namespace"];

/// Kinds of argument lists and arguments.
const ARGUMENTS: [&str; 5] = ["arguments", "argument", "argument_list", "value_arguments", "value_argument"];

/// Kinds of the members of an anonymous class.
const ANONYMOUS_BODIES: [&str; 2] = ["class_body", "template_body"];

impl<'tree> TreeWalk<'tree, '_> {
    pub(super) fn enter_function(&mut self, node: Node<'tree>, frame: &mut Frame<'tree>) {
        let is_keyword = self.grammar.role(node) == Role::KeywordCall;
        // Prototypes and abstract methods contain nothing to measure.
        if !self.has_body(node, is_keyword) {
            frame.role = Role::Plain;
            return;
        }
        let declaration = if is_keyword {
            Declaration::of_keyword_call(node, self.content).unwrap_or_default()
        } else {
            Declaration::of(self.grammar.spec, node, self.content)
        };
        if node.child_by_field_name("declarator").is_some() {
            return self.enter_definition(node, declaration, frame);
        }
        if self.is_control(&declaration) {
            return self.enter_cut_control(&declaration, frame);
        }
        self.open_function(node, &declaration, frame);
    }

    /// Enters a function definition of C or C++. After a macro, the grammars use that node for anything
    /// with a block.
    fn enter_definition(
        &mut self,
        node: Node<'tree>,
        mut declaration: Declaration<'tree>,
        frame: &mut Frame<'tree>,
    ) {
        let kind = node.child_by_field_name("type");
        if self.displaces(node, &declaration) {
            self.cut_function(node);
            frame.undo = Undo::Displaced;
            self.open_function(node, &declaration, frame);
            return;
        }
        if matches!(self.scopes.last(), Some(Scope::Function)) {
            // A function cannot be directly inside another one, but a macro with a block can.
            frame.role = Role::Plain;
            // The grammar may read `foreach (x) {` as a type and a name, with either as the macro.
            let words = [kind, declaration.name];
            if words.into_iter().flatten().any(|word| is_loop_macro(text(word, self.content))) {
                frame.role = Role::Loop;
                self.decide_and_open(frame.level);
            } else if self.is_control(&declaration) {
                self.enter_cut_control(&declaration, frame);
            }
            return;
        }
        if !declaration.is_function {
            // `INIT(name) { … }` defines a function; the name of `name(void)` is its first word.
            let only =
                node.child_by_field_name("declarator").filter(|it| it.kind() == "parenthesized_declarator");
            let Some(only) = only.filter(|only| kind.is_some() && only.named_child_count() == 1) else {
                frame.role = Role::Plain;
                return;
            };
            if only.named_child(0).is_some_and(|name| text(name, self.content) == b"void")
                && let Some(name) = kind
            {
                declaration = Declaration::bound(Named::of(name, self.content));
            }
        }
        if self.is_control(&declaration) {
            return self.enter_cut_control(&declaration, frame);
        }
        let is_name = declaration.name.is_some_and(|name| is_name(text(name, self.content)));
        if is_name { self.open_function(node, &declaration, frame) } else { frame.role = Role::Plain }
    }

    /// Whether a definition inside a function is really the next function: it begins at least as far to
    /// the left, and the parser missed the end of the first one because something did not parse.
    fn displaces(&self, node: Node<'tree>, declaration: &Declaration<'tree>) -> bool {
        declaration.is_function
            && matches!(self.scopes.last(), Some(Scope::Function))
            // A nested block is indented deeper. Only formatting distinguishes the two here, since
            // the brackets do not match.
            && self.open.last().is_some_and(|open| node.start_position().column <= open.column)
            && node.child_by_field_name("type").is_some()
            && !self.is_control(declaration)
            && declaration.name.is_some_and(|name| is_name(text(name, self.content)))
    }

    /// Ends the current function before the next one.
    fn cut_function(&mut self, next: Node<'tree>) {
        let Some(open) = self.open.last_mut() else { return };
        let line = saturate(next.start_position().row);
        open.cut_at = Some(open.cut_at.unwrap_or(line).min(line));
        // The next function is not inside this one, so its name must not begin with this one's.
        let around = self.path[..open.path_len].to_owned();
        self.displaced.push(std::mem::replace(&mut self.path, around));
    }

    /// Whether a declaration has the name of a control structure, so that it must be one in text that did
    /// not parse.
    fn is_control(&self, declaration: &Declaration<'tree>) -> bool {
        let spec = self.grammar.spec;
        let is_control = |word| match spec.shape.dialect {
            Dialect::C => CONTROL_WORDS.contains(&word),
            Dialect::Cpp => CONTROL_WORDS.contains(&word) || LATER_WORDS.contains(&word),
            Dialect::CSharp => {
                CONTROL_WORDS.contains(&word) || LATER_WORDS.contains(&word) || word == b"foreach"
            }
            Dialect::Plain | Dialect::Kotlin => false,
        };
        declaration.name.is_some_and(|name| is_control(text(name, self.content)))
    }

    fn enter_cut_control(&mut self, declaration: &Declaration<'tree>, frame: &mut Frame<'tree>) {
        frame.role = Role::Plain;
        let is_decision = |word: &[u8]| matches!(word, b"if" | b"while" | b"for" | b"foreach" | b"catch");
        if declaration.name.is_some_and(|name| is_decision(text(name, self.content))) {
            // As for loose keywords in text that does not parse: a decision without nesting,
            // because its block is unknown.
            self.tally().decide();
            self.tally().add(1);
        }
    }

    /// Whether a declaration is a definition.
    fn has_body(&self, node: Node<'tree>, is_keyword: bool) -> bool {
        let naming = &self.grammar.spec.naming;
        if is_keyword {
            let keywords =
                child_of_kind(node, &["arguments"]).and_then(|list| child_of_kind(list, &["keywords"]));
            return keywords.or_else(|| child_of_kind(node, naming.bodies)).is_some();
        }
        naming.always_has_body
            || child(node, self.grammar.fields.body).is_some()
            || (!naming.bodies.is_empty() && child_of_kind(node, naming.bodies).is_some())
    }

    /// Enters a closure outside every function: a function, with the name it is bound to.
    pub(super) fn enter_closure(&mut self, node: Node<'tree>, frame: &mut Frame<'tree>) {
        let mut declaration = Declaration::of(self.grammar.spec, node, self.content);
        declaration.owner = None;
        if declaration.name.is_none_or(|name| name.kind() == "abstract_function_declarator") {
            declaration.written = self.binding_of_argument();
            declaration.name = declaration.written.as_ref().and_then(|bound| bound.node);
        }
        self.open_function(node, &declaration, frame);
    }

    /// Enters the node counted as a property's accessor: a function, unless it contains accessors.
    pub(super) fn enter_accessors(&mut self, node: Node<'tree>, frame: &mut Frame<'tree>) {
        frame.role = Role::Paren;
        let has_accessors =
            node.named_children(&mut node.walk()).any(|child| self.grammar.role(child) == Role::Function);
        if has_accessors || !self.frames.last().is_some_and(|frame| matches!(frame.role, Role::Binder(_))) {
            return;
        }
        if let Some(bound) = self.binding() {
            self.open_function(node, &Declaration::bound(bound), frame);
        }
    }

    /// Enters cases in braces: a closure if they belong to no switch and no handlers.
    pub(super) fn enter_cases(&mut self, node: Node<'tree>, frame: &mut Frame<'tree>) {
        frame.role = match self.frames.last().map(|parent| parent.role) {
            Some(Role::Switch) => Role::Plain,
            Some(Role::Handlers) => Role::Handlers,
            _ => Role::Block,
        };
        if frame.role == Role::Block && self.open.is_empty() {
            self.enter_closure(node, frame);
        }
    }

    /// The name that the current node is bound to.
    fn binding(&self) -> Option<Named<'tree>> {
        let binder = self.frames.iter().rev().find(|frame| frame.role != Role::Paren)?;
        self.bound_by(binder)
    }

    /// The same, looking through calls that take the node as an argument.
    fn binding_of_argument(&self) -> Option<Named<'tree>> {
        let mut frames = self.frames.iter().rev().filter(|frame| frame.role != Role::Paren).peekable();
        let is_argument =
            |frame: &&Frame<'_>| frame.role == Role::Plain && ARGUMENTS.contains(&frame.node.kind());
        loop {
            // An argument is in a list of arguments.
            frames.next_if(is_argument);
            frames.next_if(is_argument);
            let frame = frames.next()?;
            if frame.role != Role::Call {
                return self.bound_by(frame);
            }
        }
    }

    fn bound_by(&self, binder: &Frame<'tree>) -> Option<Named<'tree>> {
        let Role::Binder(field) = binder.role else { return None };
        named(self.grammar.spec, binder.node, field, self.content)
    }

    fn open_function(
        &mut self,
        node: Node<'tree>,
        declaration: &Declaration<'tree>,
        frame: &mut Frame<'tree>,
    ) {
        let enclosing = match self.scopes.last() {
            Some(Scope::Type(name)) => Some(*name),
            _ => None,
        };
        let path_len = self.path.len();
        let is_displacing = frame.undo == Undo::Displaced;
        let written = declaration.written.as_ref();
        let property =
            written.filter(|name| name.is_accessor).and_then(|_| self.binding()).map(|bound| bound.written);
        let receiver_type = declaration.receiver_type(self.content);
        let own = written.map_or(ANONYMOUS, |name| name.written.as_str());
        for part in receiver_type.as_deref().into_iter().chain(property.as_deref()).chain([own]) {
            self.extend_path(part);
        }
        let role = |node| self.grammar.role(node);
        let parameters = declaration.parameters(self.grammar.spec, role, self.content);
        let mut function = unmeasured(self.path.clone(), node);
        function.parameters = parameters;
        let mut open =
            declaration.open(self.functions.len(), enclosing.is_some(), parameters, enclosing.flatten());
        open.column = node.start_position().column;
        open.path_len = path_len;
        self.open.push(open);
        self.functions.push(function);
        self.scopes.push(Scope::Function);
        frame.undo = if is_displacing { Undo::Displaced } else { Undo::Function(path_len) };
        frame.role = Role::Function;
        // Nesting starts at 0 in every function, also in one inside another.
        frame.level = Level::default();
    }

    pub(super) fn close_function(&mut self, node: Node<'tree>) {
        let Some(closed) = self.open.pop() else { return };
        let function =
            self.functions.get_mut(closed.index).expect("an open function has its place in the result");
        function.cyclomatic = closed.tally.decisions.saturating_add(1);
        function.cognitive = closed.tally.cognitive.saturating_add(u32::from(closed.is_recursive));
        function.max_nesting = closed.tally.max_nesting;
        if let Some(line) = closed.cut_at {
            function.last_line = line.max(function.first_line);
        }
        // Blocks that end with their indentation may extend to the next declaration.
        if text(node, self.content).last().is_some_and(u8::is_ascii_whitespace) {
            let last_line = saturate(self.last_row).saturating_add(1);
            function.last_line = function.last_line.min(last_line).max(function.first_line);
        }
    }

    pub(super) fn enter_type(&mut self, node: Node<'tree>, frame: &mut Frame<'tree>) {
        let is_keyword = self.grammar.role(node) == Role::KeywordCall;
        let (field, has_members) = match frame.role {
            Role::Creation(field) => {
                let last = u32::try_from(node.named_child_count()).unwrap_or(0).saturating_sub(1);
                (field, node.named_child(last).is_some_and(|last| ANONYMOUS_BODIES.contains(&last.kind())))
            }
            Role::Type(field) | Role::Namespace(field) => (field, self.has_body(node, is_keyword)),
            _ => return,
        };
        if !has_members {
            return;
        }
        let own = if is_keyword {
            Declaration::of_keyword_call(node, self.content).and_then(|declaration| declaration.written)
        } else {
            named(self.grammar.spec, node, field, self.content)
        };
        let own = own.or_else(|| self.binding());
        frame.undo = Undo::Scope(self.path.len());
        let own_node = own.as_ref().and_then(|own| own.node);
        match (own_node, &own) {
            (Some(node), _) => self.extend_path(&type_name(node, self.content)),
            (None, Some(fixed)) => self.extend_path(&fixed.written),
            (None, None) => {}
        }
        // Functions in a namespace are free functions, those in a type are methods, and recursion
        // differs.
        self.scopes.push(if matches!(frame.role, Role::Namespace(_)) {
            Scope::Namespace
        } else {
            Scope::Type(own_node)
        });
    }

    /// Adds a part to the path, unless the path has the maximum length.
    fn extend_path(&mut self, part: &str) {
        if self.path.len() >= MAX_NAME_BYTES {
            return;
        }
        if !self.path.is_empty() {
            self.path.push_str(self.grammar.spec.separator);
        }
        self.path.push_str(part);
    }

    pub(super) fn leave_scope(&mut self, path_len: usize) {
        self.path.truncate(path_len);
        self.scopes.pop();
    }
}

/// Whether a text can be the unqualified name of a function in C or C++.
fn is_name(text: &[u8]) -> bool {
    let begins =
        |first: u8| first.is_ascii_alphabetic() || matches!(first, b'_' | b'~' | b'$') || !first.is_ascii();
    // Explicit specialisations (`f<int>`) have arguments behind the name.
    let own = text.split(|byte| *byte == b'<').next().unwrap_or(text).trim_ascii();
    text.starts_with(b"operator")
        || !RESERVED_WORDS.contains(&own)
            && own.first().copied().is_some_and(begins)
            && own
                .iter()
                .skip(1)
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || !byte.is_ascii())
}
