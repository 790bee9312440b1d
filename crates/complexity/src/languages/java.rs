//! Java.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Role};

const ROLES: &[(&str, Role)] = &[
    ("line_comment", Role::Comment),
    ("block_comment", Role::Comment),
    ("string_literal", Role::Text),
    ("method_declaration", Role::Function),
    ("constructor_declaration", Role::Function),
    ("compact_constructor_declaration", Role::Function),
    ("lambda_expression", Role::Closure),
    ("variable_declarator", Role::Binder("name")),
    ("class_declaration", Role::Type("name")),
    ("interface_declaration", Role::Type("name")),
    ("enum_declaration", Role::Type("name")),
    // A constant may have a class body whose methods override those of the enum.
    ("enum_constant", Role::Type("name")),
    ("record_declaration", Role::Type("name")),
    ("annotation_type_declaration", Role::Type("name")),
    ("object_creation_expression", Role::Creation("type")),
    ("if_statement", Role::If),
    ("for_statement", Role::Loop),
    ("enhanced_for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    // The grammar has one kind for the statement and the expression.
    ("switch_expression", Role::Switch),
    ("switch_label", Role::Case),
    ("guard", Role::Decision),
    ("catch_clause", Role::Catch),
    ("ternary_expression", Role::Ternary),
    ("binary_expression", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("method_invocation", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "Java",
    grammar: || tree_sitter_java::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("||", Or)],
    label: "identifier",
    shape: ControlSyntax::BY_FIELDS,
    naming: DeclarationSyntax { not_parameters: &["receiver_parameter"], ..DeclarationSyntax::BY_FIELDS },
    calls: Calls { receivers: &["this"], implicit_receiver: true, overloads: true, ..Calls::BY_FIELDS },
};
