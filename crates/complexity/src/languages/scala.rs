//! Scala, versions 2 and 3.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or};
use crate::role::{Binds, Calls, ControlSyntax, DeclarationSyntax, Name, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("block_comment", Role::Comment),
    ("string", Role::Text),
    ("interpolated_string_expression", Role::Text),
    ("function_definition", Role::Function),
    ("lambda_expression", Role::Closure),
    ("val_definition", Role::Binder("pattern")),
    ("var_definition", Role::Binder("pattern")),
    ("class_definition", Role::Type("name")),
    ("object_definition", Role::Type("name")),
    ("trait_definition", Role::Type("name")),
    ("enum_definition", Role::Type("name")),
    ("given_definition", Role::Type("name")),
    ("instance_expression", Role::Creation("")),
    ("if_expression", Role::If),
    ("for_expression", Role::Loop),
    ("while_expression", Role::Loop),
    ("do_while_expression", Role::Loop),
    ("match_expression", Role::Switch),
    ("case_block", Role::Cases),
    ("indented_cases", Role::Cases),
    ("case_clause", Role::PatternCase),
    ("guard", Role::Decision),
    // A `catch` is followed by cases, and each case is a handler.
    ("catch_clause", Role::Handlers),
    // Every operator is a method, so `&&` and `+` are the same kind of node.
    ("infix_expression", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("call_expression", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "Scala",
    grammar: || tree_sitter_scala::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("||", Or)],
    label: "",
    shape: ControlSyntax {
        wildcards: &["_"],
        binds: Binds::SmallNames,
        handler: "case",
        spelled: "operator_identifier",
        ..ControlSyntax::BY_FIELDS
    },
    naming: DeclarationSyntax {
        names: &[("instance_expression", Name::Kind("type_identifier"))],
        parameter_lists: &["parameters", "bindings"],
        parameters: &["parameter", "binding"],
        ..DeclarationSyntax::BY_FIELDS
    },
    calls: Calls {
        members: &[("field_expression", "value", "field")],
        receivers: &["this"],
        implicit_receiver: true,
        overloads: true,
        ..Calls::BY_FIELDS
    },
};
