//! PHP.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or, Shorthand};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Name, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("string", Role::Text),
    ("encapsed_string", Role::Text),
    ("heredoc", Role::Text),
    ("nowdoc", Role::Text),
    ("function_definition", Role::Function),
    ("method_declaration", Role::Function),
    ("property_hook", Role::Function),
    ("anonymous_function", Role::Closure),
    ("arrow_function", Role::Closure),
    ("assignment_expression", Role::Binder("left")),
    ("property_declaration", Role::Binder("name")),
    ("property_hook_list", Role::Paren),
    ("class_declaration", Role::Type("name")),
    ("interface_declaration", Role::Type("name")),
    ("trait_declaration", Role::Type("name")),
    ("enum_declaration", Role::Type("name")),
    ("anonymous_class", Role::Type("name")),
    ("if_statement", Role::If),
    ("else_if_clause", Role::ElseIf),
    ("else_clause", Role::Else),
    ("for_statement", Role::Loop),
    ("foreach_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("switch_statement", Role::Switch),
    ("case_statement", Role::Case),
    ("default_statement", Role::Default),
    ("match_expression", Role::Switch),
    ("match_conditional_expression", Role::Case),
    ("match_default_expression", Role::Default),
    ("catch_clause", Role::Catch),
    ("conditional_expression", Role::Ternary),
    ("binary_expression", Role::Logical),
    ("augmented_assignment_expression", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("goto_statement", Role::Goto),
    ("function_call_expression", Role::Call),
    ("member_call_expression", Role::Call),
    ("nullsafe_member_call_expression", Role::Call),
    ("scoped_call_expression", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "PHP",
    // The grammar that reads HTML around `<?php`, as most files begin with the tag.
    grammar: || tree_sitter_php::LANGUAGE_PHP.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("and", And), ("||", Or), ("or", Or), ("??", Shorthand), ("??=", Shorthand)],
    // `break 2` leaves two loops.
    label: "integer",
    shape: ControlSyntax::BY_FIELDS,
    naming: DeclarationSyntax {
        names: &[
            ("property_hook", Name::Kind("name")),
            ("property_declaration", Name::Start("property_element")),
        ],
        ..DeclarationSyntax::BY_FIELDS
    },
    calls: Calls { receivers: &["$this", "self", "static"], ..Calls::BY_FIELDS },
};
