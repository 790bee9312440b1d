//! A language's table as written, and the same resolved to the numbers of its grammar.

use std::num::NonZeroU16;

use tree_sitter::Node;

use crate::role::{Calls, Operator, Role};

/// The number that every grammar gives to nodes of text that does not fit.
const ERROR: u16 = u16::MAX;

/// A language as data: one of these per file in `languages/`.
pub(crate) struct Spec {
    /// Linguist's name.
    pub(crate) name: &'static str,
    /// The compiled grammar.
    pub(crate) grammar: fn() -> tree_sitter::Language,
    /// What stands between the parts of a qualified name.
    pub(crate) separator: &'static str,
    /// Kinds of nodes and their roles, in groups that languages may share; a kind appears once.
    pub(crate) roles: &'static [&'static [(&'static str, Role)]],
    /// Operators that short-circuit, by their token.
    pub(crate) operators: &'static [(&'static str, Operator)],
    /// Kind of the label that `break` and `continue` may name; empty when there is none.
    pub(crate) label: &'static str,
    /// Kinds inside a parameter list that are not parameters; comments need not be listed.
    pub(crate) not_parameters: &'static [&'static str],
    /// How calls look.
    pub(crate) calls: Calls,
}

/// The fields that the walk asks for; absent where the grammar has no such field.
pub(crate) struct Fields {
    pub(crate) alternative: Option<NonZeroU16>,
    pub(crate) body: Option<NonZeroU16>,
    pub(crate) condition: Option<NonZeroU16>,
    pub(crate) consequence: Option<NonZeroU16>,
    pub(crate) name: Option<NonZeroU16>,
    pub(crate) operator: Option<NonZeroU16>,
}

/// A [`Spec`] resolved: tables indexed by the grammar's numbers.
pub(crate) struct Grammar {
    pub(crate) spec: &'static Spec,
    pub(crate) language: tree_sitter::Language,
    pub(crate) fields: Fields,
    roles: Vec<Role>,
    operators: Vec<Option<Operator>>,
    label: u16,
    default_token: u16,
}

impl Grammar {
    /// Looks up every kind and field once.
    pub(crate) fn resolve(spec: &'static Spec) -> Self {
        let language = (spec.grammar)();
        let mut roles = vec![Role::Plain; language.node_kind_count()];
        for (kind, role) in spec.roles.iter().copied().flatten() {
            let slot = roles.get_mut(usize::from(language.id_for_node_kind(kind, true)));
            *slot.expect("a kind's number is below the number of kinds") = *role;
        }
        let mut operators = vec![None; language.node_kind_count()];
        for (token, operator) in spec.operators {
            let slot = operators.get_mut(usize::from(language.id_for_node_kind(token, false)));
            *slot.expect("a kind's number is below the number of kinds") = Some(*operator);
        }
        // Number 0 is the end of the file in every grammar, so it stands for "no such kind".
        roles[0] = Role::Plain;
        operators[0] = None;
        let field = |name: &str| language.field_id_for_name(name);
        Self {
            spec,
            fields: Fields {
                alternative: field("alternative"),
                body: field("body"),
                condition: field("condition"),
                consequence: field("consequence"),
                name: field("name"),
                operator: field("operator"),
            },
            roles,
            operators,
            label: language.id_for_node_kind(spec.label, true),
            default_token: language.id_for_node_kind("default", false),
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

    /// The short-circuit operator that a token is.
    pub(crate) fn operator(&self, token: Node<'_>) -> Option<Operator> {
        self.operators.get(usize::from(token.kind_id())).copied().flatten()
    }

    /// The short-circuit operator of a binary expression or assignment.
    pub(crate) fn operator_of(&self, expression: Node<'_>) -> Option<Operator> {
        self.operator(child(expression, self.fields.operator)?)
    }

    /// Whether a `break` or `continue` names a label.
    pub(crate) fn names_label(&self, jump: Node<'_>) -> bool {
        self.label != 0 && jump.named_child(0).is_some_and(|first| first.kind_id() == self.label)
    }

    /// Whether a switch label is the default.
    pub(crate) fn is_default(&self, label: Node<'_>) -> bool {
        self.default_token != 0 && label.child(0).is_some_and(|first| first.kind_id() == self.default_token)
    }
}

/// The child in a field that the grammar may not have.
pub(crate) fn child(node: Node<'_>, field: Option<NonZeroU16>) -> Option<Node<'_>> {
    node.child_by_field_id(field?.get())
}
