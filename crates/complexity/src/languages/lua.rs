//! Lua.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Name, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("hash_bang_line", Role::Comment),
    ("string", Role::Text),
    ("function_declaration", Role::Function),
    ("function_definition", Role::Closure),
    ("assignment_statement", Role::Binder("")),
    ("field", Role::Binder("name")),
    ("expression_list", Role::Paren),
    ("if_statement", Role::If),
    ("elseif_statement", Role::ElseIf),
    ("else_statement", Role::Else),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("repeat_statement", Role::Loop),
    ("binary_expression", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("goto_statement", Role::Goto),
    ("function_call", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "Lua",
    grammar: || tree_sitter_lua::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("and", And), ("or", Or)],
    label: "",
    shape: ControlSyntax::BY_FIELDS,
    naming: DeclarationSyntax {
        names: &[("assignment_statement", Name::Kind("variable_list"))],
        // Lua has no declarations without a body, and the grammar omits the node of an empty one.
        always_has_body: true,
        ..DeclarationSyntax::BY_FIELDS
    },
    calls: Calls {
        callee: "name",
        members: &[
            ("dot_index_expression", "table", "field"),
            ("method_index_expression", "table", "method"),
        ],
        receivers: &["self"],
        ..Calls::BY_FIELDS
    },
};
