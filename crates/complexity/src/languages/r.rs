//! R.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Name, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("string", Role::Text),
    // A function has no name of its own: assignment gives it one.
    ("function_definition", Role::Closure),
    ("binary_operator", Role::LogicalBinder("lhs")),
    ("argument", Role::Binder("name")),
    ("if_statement", Role::If),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("repeat_statement", Role::Loop),
    ("parenthesized_expression", Role::Paren),
    ("call", Role::KeywordCall),
    ("arguments", Role::SwitchBody),
];

pub(super) static SPEC: Spec = Spec {
    name: "R",
    grammar: || tree_sitter_r::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    // `&` and `|` are vectorised and evaluate both sides.
    operators: &[("&&", And), ("||", Or)],
    label: "",
    shape: ControlSyntax { keywords: &[("switch", Role::Switch)], ..ControlSyntax::BY_FIELDS },
    naming: DeclarationSyntax {
        names: &[("function_definition", Name::Bound)],
        not_parameters: &["comma"],
        ..DeclarationSyntax::BY_FIELDS
    },
    calls: Calls { members: &[("extract_operator", "lhs", "rhs")], receivers: &["self"], ..Calls::BY_FIELDS },
};
