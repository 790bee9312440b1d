//! Go.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("raw_string_literal", Role::Text),
    ("function_declaration", Role::Function),
    ("method_declaration", Role::Function),
    ("func_literal", Role::Closure),
    ("var_spec", Role::Binder("name")),
    ("if_statement", Role::If),
    ("for_statement", Role::Loop),
    ("expression_switch_statement", Role::Switch),
    ("type_switch_statement", Role::Switch),
    ("select_statement", Role::Switch),
    ("expression_case", Role::Case),
    ("type_case", Role::Case),
    ("communication_case", Role::Case),
    ("default_case", Role::Default),
    ("binary_expression", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    // Go wraps even a single value in a list, which would hide the variable that a closure is bound
    // to.
    ("expression_list", Role::Paren),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("goto_statement", Role::Goto),
    ("call_expression", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "Go",
    grammar: || tree_sitter_go::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("||", Or)],
    label: "label_name",
    shape: ControlSyntax::BY_FIELDS,
    naming: DeclarationSyntax::BY_FIELDS,
    calls: Calls { members: &[("selector_expression", "operand", "field")], ..Calls::BY_FIELDS },
};
