//! PowerShell.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Name, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("string_literal", Role::Text),
    ("function_statement", Role::Function),
    ("class_method_definition", Role::Function),
    ("script_block_expression", Role::Block),
    ("class_statement", Role::Type("")),
    ("if_statement", Role::If),
    ("elseif_clauses", Role::Group),
    ("elseif_clause", Role::ElseIf),
    ("else_clause", Role::Else),
    ("for_statement", Role::Loop),
    ("foreach_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("switch_statement", Role::Switch),
    ("switch_body", Role::SwitchBody),
    ("switch_clause", Role::PatternCase),
    ("catch_clause", Role::Catch),
    ("trap_statement", Role::Catch),
    ("pipeline", Role::Logical),
    ("pipeline_chain_tail", Role::Paren),
    ("logical_expression", Role::Logical),
    // The nodes between a logical expression and one in parentheses.
    ("bitwise_expression", Role::Paren),
    ("comparison_expression", Role::Paren),
    ("additive_expression", Role::Paren),
    ("multiplicative_expression", Role::Paren),
    ("format_expression", Role::Paren),
    ("range_expression", Role::Paren),
    ("array_literal_expression", Role::Paren),
    ("unary_expression", Role::Paren),
    ("parenthesized_expression", Role::Paren),
    ("pipeline_chain", Role::Paren),
    ("command", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "PowerShell",
    grammar: || tree_sitter_powershell::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("-and", And), ("||", Or), ("-or", Or)],
    label: "",
    shape: ControlSyntax {
        // As in Kotlin, the block follows the condition without a field.
        opens: &[")", "do"],
        closes: &["while", "until"],
        wildcards: &["default"],
        ..ControlSyntax::BY_FIELDS
    },
    naming: DeclarationSyntax {
        names: &[
            ("function_statement", Name::Kind("function_name")),
            ("class_method_definition", Name::Kind("simple_name")),
            ("class_statement", Name::Kind("simple_name")),
        ],
        always_has_body: true,
        parameter_lists: &[
            "function_parameter_declaration",
            "script_block",
            "param_block",
            "parameter_list",
            "class_method_parameter_list",
        ],
        parameters: &["script_parameter", "class_method_parameter"],
        ..DeclarationSyntax::BY_FIELDS
    },
    calls: Calls { callee: "command_name", ..Calls::BY_FIELDS },
};
