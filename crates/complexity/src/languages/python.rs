//! Python.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or};
use crate::role::{Binds, Calls, ControlSyntax, DeclarationSyntax, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("expression_statement", Role::Statement),
    ("string", Role::Text),
    ("function_definition", Role::Function),
    ("lambda", Role::Closure),
    ("assignment", Role::Binder("left")),
    ("class_definition", Role::Type("name")),
    ("if_statement", Role::If),
    ("elif_clause", Role::ElseIf),
    ("else_clause", Role::Else),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    // Comprehensions: the paper ignores shorthand, so they add no cognitive weight.
    ("for_in_clause", Role::Decision),
    ("if_clause", Role::Decision),
    ("match_statement", Role::Switch),
    ("case_clause", Role::PatternCase),
    ("except_clause", Role::Catch),
    ("conditional_expression", Role::Ternary),
    ("boolean_operator", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("call", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "Python",
    grammar: || tree_sitter_python::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("and", And), ("or", Or)],
    label: "",
    shape: ControlSyntax { wildcards: &["_"], binds: Binds::Names, ..ControlSyntax::BY_FIELDS },
    naming: DeclarationSyntax {
        not_parameters: &["keyword_separator", "positional_separator"],
        ..DeclarationSyntax::BY_FIELDS
    },
    calls: Calls {
        members: &[("attribute", "object", "attribute")],
        receivers: &["self", "cls"],
        ..Calls::BY_FIELDS
    },
};
