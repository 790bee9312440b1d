//! Kotlin.

use crate::grammar::Spec;
use crate::rewrite::Dialect;
use crate::role::Operator::{And, Or, Shorthand};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Name, Role};

const ROLES: &[(&str, Role)] = &[
    ("line_comment", Role::Comment),
    ("block_comment", Role::Comment),
    ("shebang", Role::Comment),
    ("string_literal", Role::Text),
    ("multiline_string_literal", Role::Text),
    ("function_declaration", Role::Function),
    ("secondary_constructor", Role::Function),
    ("getter", Role::Function),
    ("setter", Role::Function),
    ("lambda_literal", Role::Closure),
    ("anonymous_function", Role::Closure),
    ("property_declaration", Role::Binder("")),
    ("class_declaration", Role::Type("name")),
    ("object_declaration", Role::Type("name")),
    ("companion_object", Role::Type("name")),
    ("object_literal", Role::Type("name")),
    ("if_expression", Role::If),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_while_statement", Role::Loop),
    ("when_expression", Role::Switch),
    ("when_entry", Role::Case),
    ("catch_block", Role::Catch),
    ("binary_expression", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("labeled_expression", Role::GluedJump),
    ("call_expression", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "Kotlin",
    grammar: || tree_sitter_kotlin_ng::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("||", Or), ("?:", Shorthand)],
    label: "",
    shape: ControlSyntax {
        // The grammar has no fields for bodies: they follow the parenthesis of the condition.
        opens: &[")", "do"],
        closes: &["while"],
        // `else ->` is the default of `when`.
        default: "else",
        dialect: Dialect::Kotlin,
        ..ControlSyntax::BY_FIELDS
    },
    naming: DeclarationSyntax {
        names: &[
            ("secondary_constructor", Name::Word("constructor")),
            ("getter", Name::Accessor("get")),
            ("setter", Name::Accessor("set")),
            ("property_declaration", Name::Start("variable_declaration")),
            ("companion_object", Name::Word("Companion")),
        ],
        bodies: &["function_body", "block", "class_body", "enum_class_body"],
        parameter_lists: &["function_value_parameters", "lambda_parameters"],
        parameters: &["parameter", "variable_declaration", "multi_variable_declaration"],
        ..DeclarationSyntax::BY_FIELDS
    },
    calls: Calls {
        callee: "",
        members: &[("navigation_expression", "", "")],
        arguments: &["value_arguments"],
        receivers: &["this"],
        implicit_receiver: true,
        overloads: true,
        ..Calls::BY_FIELDS
    },
};
