//! Shell: bash and its relatives.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("string", Role::Text),
    ("raw_string", Role::Text),
    ("heredoc_body", Role::Text),
    ("function_definition", Role::Function),
    ("if_statement", Role::If),
    ("elif_clause", Role::ElseIf),
    ("else_clause", Role::Else),
    ("for_statement", Role::Loop),
    ("c_style_for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("case_statement", Role::Switch),
    ("case_item", Role::PatternCase),
    ("ternary_expression", Role::Ternary),
    ("list", Role::Logical),
    ("binary_expression", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("command", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "Shell",
    grammar: || tree_sitter_bash::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("-a", And), ("||", Or), ("-o", Or)],
    label: "",
    shape: ControlSyntax {
        // `if` has no field for its branch.
        opens: &["then", "?"],
        // `else` followed by `if` needs a second `fi`, so it is nested. `elif` continues the chain.
        has_else_if: false,
        wildcards: &["*"],
        spelled: "test_operator",
        ..ControlSyntax::BY_FIELDS
    },
    naming: DeclarationSyntax::BY_FIELDS,
    calls: Calls { callee: "name", ..Calls::BY_FIELDS },
};
