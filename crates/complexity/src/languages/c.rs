//! C.

use crate::grammar::Spec;
use crate::rewrite::Dialect;
use crate::role::Operator::{And, Or};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Role};

/// The kinds that C++ has as well.
pub(super) const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("string_literal", Role::Text),
    ("function_definition", Role::Function),
    ("if_statement", Role::If),
    ("else_clause", Role::Else),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("switch_statement", Role::Switch),
    ("case_statement", Role::Case),
    ("conditional_expression", Role::Ternary),
    // Microsoft's `__except`, the only handler that C has.
    ("seh_except_clause", Role::Catch),
    ("binary_expression", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("goto_statement", Role::Goto),
    ("call_expression", Role::Call),
    ("preproc_if", Role::Directive),
    ("preproc_ifdef", Role::Directive),
    ("preproc_elif", Role::DirectiveElseIf),
    ("preproc_elifdef", Role::DirectiveElseIf),
    ("preproc_else", Role::DirectiveElse),
];

pub(super) static SPEC: Spec = Spec {
    name: "C",
    grammar: || tree_sitter_c::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("||", Or)],
    label: "",
    shape: ControlSyntax { dialect: Dialect::C, ..ControlSyntax::BY_FIELDS },
    naming: DeclarationSyntax::BY_FIELDS,
    calls: Calls::BY_FIELDS,
};
