//! Dart.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or, Shorthand};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Name, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("block_comment", Role::Comment),
    ("documentation_comment", Role::Comment),
    ("documentation_block_comment", Role::Comment),
    ("string_literal", Role::Text),
    ("function_declaration", Role::Function),
    ("getter_declaration", Role::Function),
    ("setter_declaration", Role::Function),
    ("method_declaration", Role::Function),
    ("local_function_declaration", Role::Function),
    ("function_expression", Role::Closure),
    ("initialized_identifier", Role::Binder("name")),
    ("initialized_variable_declaration", Role::Binder("name")),
    ("static_final_declaration", Role::Binder("name")),
    ("class_declaration", Role::Type("name")),
    ("mixin_declaration", Role::Type("name")),
    ("extension_declaration", Role::Type("name")),
    ("enum_declaration", Role::Type("name")),
    ("if_statement", Role::If),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("for_element", Role::Decision),
    ("if_element", Role::Decision),
    ("switch_statement", Role::Switch),
    ("switch_statement_case", Role::Case),
    ("switch_statement_default", Role::Default),
    ("switch_expression", Role::Switch),
    ("switch_expression_case", Role::PatternCase),
    // The grammar has no node for a handler: `on T`, `catch (e)` and the block are parts of the
    // `try`.
    ("try_statement", Role::Try),
    ("catch_clause", Role::HandlerHead),
    ("finally_clause", Role::Group),
    ("conditional_expression", Role::Ternary),
    ("logical_and_expression", Role::Logical),
    ("logical_or_expression", Role::Logical),
    ("if_null_expression", Role::Logical),
    ("assignment_expression", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("call_expression", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "Dart",
    grammar: || tree_sitter_dart::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("||", Or), ("??", Shorthand), ("??=", Shorthand)],
    label: "identifier",
    shape: ControlSyntax { wildcards: &["_"], guard: "when", handler: "on", ..ControlSyntax::BY_FIELDS },
    naming: DeclarationSyntax {
        names: &[
            ("constructor_signature", Name::LastField("name")),
            ("constant_constructor_signature", Name::LastField("name")),
            ("factory_constructor_signature", Name::LastField("name")),
            ("operator_signature", Name::Field("operator")),
        ],
        bodies: &["function_body"],
        headers: &[
            "method_signature",
            "function_signature",
            "getter_signature",
            "setter_signature",
            "constructor_signature",
            "constant_constructor_signature",
            "factory_constructor_signature",
            "operator_signature",
        ],
        parameter_lists: &["formal_parameter_list", "optional_formal_parameters"],
        parameters: &["formal_parameter"],
        ..DeclarationSyntax::BY_FIELDS
    },
    calls: Calls {
        members: &[("member_expression", "object", "property")],
        receivers: &["this"],
        implicit_receiver: true,
        ..Calls::BY_FIELDS
    },
};
