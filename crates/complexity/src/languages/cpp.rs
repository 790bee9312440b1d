//! C++.

use crate::grammar::Spec;
use crate::languages::c;
use crate::rewrite::Dialect;
use crate::role::Operator::{And, Or};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Role};

const ROLES: &[(&str, Role)] = &[
    ("raw_string_literal", Role::Text),
    ("lambda_expression", Role::Closure),
    ("init_declarator", Role::Binder("declarator")),
    ("class_specifier", Role::Type("name")),
    ("struct_specifier", Role::Type("name")),
    ("union_specifier", Role::Type("name")),
    ("namespace_definition", Role::Namespace("name")),
    ("for_range_loop", Role::Loop),
    ("catch_clause", Role::Catch),
];

pub(super) static SPEC: Spec = Spec {
    name: "C++",
    grammar: || tree_sitter_cpp::LANGUAGE.into(),
    separator: "::",
    roles: &[c::ROLES, ROLES],
    // The alternative tokens are keywords of C++, but macros of `iso646.h` in C.
    operators: &[("&&", And), ("and", And), ("||", Or), ("or", Or)],
    label: "",
    shape: ControlSyntax { dialect: Dialect::Cpp, ..ControlSyntax::BY_FIELDS },
    naming: DeclarationSyntax::BY_FIELDS,
    calls: Calls {
        members: &[("field_expression", "argument", "field"), ("qualified_identifier", "scope", "name")],
        receivers: &["this", "(*this)"],
        implicit_receiver: true,
        overloads: true,
        ..Calls::BY_FIELDS
    },
};
