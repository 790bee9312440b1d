//! Functions, types and the names that they give to what is inside.

use tree_sitter::Node;

use super::{Frame, Scope, Undo, Walk};
use crate::function::{Level, unmeasured};
use crate::grammar::child;
use crate::indentation::saturate;
use crate::names::{ANONYMOUS, Declaration, MAX_NAME_BYTES, Named, child_of_kind, named, text, type_name};
use crate::role::Role;

/// Kinds of the members of an anonymous class.
const ANONYMOUS_BODIES: [&str; 2] = ["class_body", "template_body"];

impl<'tree> Walk<'tree, '_> {
    pub(super) fn enter_function(&mut self, node: Node<'tree>, frame: &mut Frame<'tree>) {
        let is_keyword = self.grammar.role(node) == Role::KeywordCall;
        if !self.has_body(node, is_keyword) {
            frame.role = Role::Plain;
            return;
        }
        let declaration = if is_keyword {
            Declaration::of_keyword_call(node, self.content).unwrap_or_default()
        } else {
            Declaration::of(self.grammar.spec, node, self.content)
        };
        if self.is_macro_block(node) {
            frame.role = Role::Plain;
            if declaration.name.is_some_and(|name| is_loop_macro(text(name, self.content))) {
                frame.role = Role::Loop;
                self.decide_and_open(frame.level);
            }
            return;
        }
        self.open_function(node, &declaration, frame);
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

    /// Whether what looks like a C++ function without a return type is a macro with a block, as it
    /// must be when it stands directly in a function.
    fn is_macro_block(&self, node: Node<'tree>) -> bool {
        matches!(self.scopes.last(), Some(Scope::Function))
            && node.child_by_field_name("declarator").is_some()
            && node.child_by_field_name("type").is_none()
    }

    /// A closure outside every function is a function, named by what it is bound to.
    pub(super) fn enter_closure(&mut self, node: Node<'tree>, frame: &mut Frame<'tree>) {
        let mut declaration = Declaration::of(self.grammar.spec, node, self.content);
        declaration.owner = None;
        if declaration.name.is_none_or(|name| name.kind() == "abstract_function_declarator") {
            declaration.written = self.binding();
            declaration.name = declaration.written.as_ref().and_then(|bound| bound.node);
        }
        self.open_function(node, &declaration, frame);
    }

    /// What stands for the accessors of a property: a function, unless the accessors stand inside.
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

    /// Cases in braces that belong to no switch and no handlers are a closure.
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

    /// The name that the node being entered is bound to.
    fn binding(&self) -> Option<Named<'tree>> {
        let binder = self.frames.iter().rev().find(|frame| frame.role != Role::Paren)?;
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

    pub(super) fn close_function(&mut self, node: Node<'tree>) {
        let Some(closed) = self.open.pop() else { return };
        let function =
            self.functions.get_mut(closed.index).expect("an open function has its place in the result");
        function.cyclomatic = closed.tally.decisions.saturating_add(1);
        function.cognitive = closed.tally.cognitive.saturating_add(u32::from(closed.is_recursive));
        function.max_nesting = closed.tally.max_nesting;
        // Blocks that end where the indentation does may reach up to the next declaration.
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
        self.scopes.push(if matches!(frame.role, Role::Namespace(_)) {
            Scope::Namespace
        } else {
            Scope::Type(own_node)
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

    pub(super) fn leave_scope(&mut self, path_len: usize) {
        self.path.truncate(path_len);
        self.scopes.pop();
    }
}

/// Whether a macro's name says that it repeats its block (`Q_FOREACH`, `list_for_each_entry`).
fn is_loop_macro(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    [b"foreach".as_slice(), b"for_each"].iter().any(|word| name.windows(word.len()).any(|part| part == *word))
}
