//! A language's table as written, and resolved to the ids of its grammar.

use std::num::NonZeroU16;

use tree_sitter::Node;

use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Operator, Role};

/// The id of error nodes, in every grammar.
// `ts_builtin_sym_error` in tree-sitter: the highest id, so that it never indexes a table of kinds.
const ERROR: u16 = u16::MAX;

/// A language as data: one of these per file in `languages/`.
pub(crate) struct Spec {
    /// Linguist's name.
    pub(crate) name: &'static str,
    /// The compiled grammar.
    pub(crate) grammar: fn() -> tree_sitter::Language,
    /// The separator of qualified names.
    pub(crate) separator: &'static str,
    /// Node kinds and their roles, in groups that languages may share; each kind appears once.
    pub(crate) roles: &'static [&'static [(&'static str, Role)]],
    /// Short-circuit operators, by token.
    pub(crate) operators: &'static [(&'static str, Operator)],
    /// Kind of the label that `break` and `continue` may name; empty if there is none.
    pub(crate) label: &'static str,
    /// How structures are written, if fields do not say so.
    pub(crate) shape: ControlSyntax,
    /// How declarations are written, if fields do not say so.
    pub(crate) naming: DeclarationSyntax,
    /// How calls look.
    pub(crate) calls: Calls,
}

/// The fields that the walk uses; `None` if the grammar lacks them.
pub(crate) struct Fields {
    pub(crate) alternative: Option<NonZeroU16>,
    pub(crate) body: Option<NonZeroU16>,
    pub(crate) condition: Option<NonZeroU16>,
    pub(crate) consequence: Option<NonZeroU16>,
    pub(crate) handler: Option<NonZeroU16>,
    pub(crate) name: Option<NonZeroU16>,
    pub(crate) operator: Option<NonZeroU16>,
}

/// The meaning of a token, or another leaf, for its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// Nothing.
    Plain,
    /// A short-circuit operator.
    Operator(Operator),
    /// An operator identified only by its text.
    Spelled,
    /// The alternative of an `if` follows.
    Otherwise,
    /// The inside of the structure follows.
    Open,
    /// The inside of the structure ends.
    Close,
    /// A guard follows.
    Guard,
    /// An exception handler follows.
    Handler,
}

/// A resolved [`Spec`]: tables indexed by the grammar's ids.
pub(crate) struct Grammar {
    pub(crate) spec: &'static Spec,
    pub(crate) language: tree_sitter::Language,
    pub(crate) fields: Fields,
    /// Whether conditional expressions have a `?` between condition and branches.
    pub(crate) has_question_mark: bool,
    roles: Vec<Role>,
    tokens: Vec<Token>,
    label: u16,
    defaults: [u16; 2],
}

impl Grammar {
    /// Looks up every kind and field once.
    pub(crate) fn resolve(spec: &'static Spec) -> Self {
        let language = (spec.grammar)();
        let mut roles = vec![Role::Plain; language.node_kind_count()];
        for (kind, role) in spec.roles.iter().copied().flatten() {
            let slot = roles.get_mut(usize::from(language.id_for_node_kind(kind, true)));
            // A test looks every kind up in its grammar, so an update that renames a kind fails
            // there, not here.
            *slot.expect("a kind's number is below the number of kinds") = *role;
        }
        // Id 0 is the end of the file in every grammar, so it serves as "no such kind".
        roles[0] = Role::Plain;
        let field = |name: &str| language.field_id_for_name(name);
        Self {
            spec,
            fields: Fields {
                alternative: field("alternative"),
                body: field("body"),
                condition: field("condition"),
                consequence: field("consequence"),
                handler: field("handler"),
                name: field("name"),
                operator: field(spec.shape.operator_field),
            },
            has_question_mark: spec.shape.opens.contains(&"?") && language.id_for_node_kind("?", false) != 0,
            roles,
            tokens: tokens(spec, &language),
            label: if spec.label.is_empty() { 0 } else { language.id_for_node_kind(spec.label, true) },
            defaults: [true, false].map(|named| language.id_for_node_kind(spec.shape.default, named)),
            language,
        }
    }

    /// The role of a node.
    pub(crate) fn role(&self, node: Node<'_>) -> Role {
        match node.kind_id() {
            ERROR => Role::Broken,
            kind => self.roles.get(usize::from(kind)).copied().unwrap_or(Role::Plain),
        }
    }

    /// The meaning of a leaf for its parent.
    pub(crate) fn token(&self, node: Node<'_>, content: &[u8]) -> Token {
        match self.tokens.get(usize::from(node.kind_id())).copied().unwrap_or(Token::Plain) {
            // Scala's operators are ordinary names and shell's `-a` is one of many tests: one kind
            // for all, so only the text distinguishes them.
            Token::Spelled => self.spelled(node, content).map_or(Token::Plain, Token::Operator),
            token => token,
        }
    }

    /// The short-circuit operator of a token.
    pub(crate) fn operator(&self, node: Node<'_>, content: &[u8]) -> Option<Operator> {
        match self.token(node, content) {
            Token::Operator(operator) => Some(operator),
            _ => None,
        }
    }

    /// The short-circuit operator of a binary expression or assignment: its field, or else the first
    /// such token.
    pub(crate) fn operator_of(&self, expression: Node<'_>, content: &[u8]) -> Option<Operator> {
        if let Some(operator) = child(expression, self.fields.operator) {
            return self.operator(operator, content);
        }
        let mut cursor = expression.walk();
        expression.children(&mut cursor).find_map(|part| {
            // PowerShell's operators between pipelines have a node of their own.
            let token = if part.child_count() == 1 { part.child(0).unwrap_or(part) } else { part };
            self.operator(token, content)
        })
    }

    /// Whether a `break` or `continue` names a label.
    pub(crate) fn names_label(&self, jump: Node<'_>) -> bool {
        self.label != 0
            // Swift has one kind for all jumps, so `return x` would seem to name a label.
            && jump.child(0).is_some_and(|word| matches!(word.kind(), "break" | "continue"))
            && jump.named_child(0).is_some_and(|first| first.kind_id() == self.label)
    }

    /// Whether a switch label is the default.
    pub(crate) fn is_default(&self, label: Node<'_>) -> bool {
        label.child(0).is_some_and(|first| first.kind_id() != 0 && self.defaults.contains(&first.kind_id()))
    }

    fn spelled(&self, node: Node<'_>, content: &[u8]) -> Option<Operator> {
        let text = content.get(node.byte_range())?;
        self.spec.operators.iter().find(|(token, _)| token.as_bytes() == text).map(|(_, operator)| *operator)
    }
}

/// The meaning of each kind of token.
fn tokens(spec: &Spec, language: &tree_sitter::Language) -> Vec<Token> {
    let mut tokens = vec![Token::Plain; language.node_kind_count()];
    let shape = &spec.shape;
    let alone = [
        (shape.otherwise, Token::Otherwise),
        (shape.guard, Token::Guard),
        (shape.handler, Token::Handler),
        (shape.spelled, Token::Spelled),
    ];
    let lists = [(shape.opens, Token::Open), (shape.closes, Token::Close)];
    let listed = lists.into_iter().flat_map(|(list, token)| list.iter().map(move |kind| (*kind, token)));
    let operators = spec.operators.iter().map(|(kind, operator)| (*kind, Token::Operator(*operator)));
    // Skip empty names: every grammar resolves them to the error node.
    let said = alone.into_iter().chain(listed).chain(operators).filter(|(kind, _)| !kind.is_empty());
    for (kind, token) in said {
        // The same text can be a keyword in one grammar and a named node in another.
        for is_named in [false, true] {
            let slot = tokens.get_mut(usize::from(language.id_for_node_kind(kind, is_named)));
            *slot.expect("a kind's number is below the number of kinds") = token;
        }
    }
    tokens[0] = Token::Plain;
    tokens
}

/// The child in a field that the grammar may lack.
pub(crate) fn child(node: Node<'_>, field: Option<NonZeroU16>) -> Option<Node<'_>> {
    node.child_by_field_id(field?.get())
}
