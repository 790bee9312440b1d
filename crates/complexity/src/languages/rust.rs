//! Rust.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Role};

const ROLES: &[(&str, Role)] = &[
    ("line_comment", Role::Comment),
    ("block_comment", Role::Comment),
    ("shebang", Role::Comment),
    ("string_literal", Role::Text),
    ("raw_string_literal", Role::Text),
    ("function_item", Role::Function),
    ("closure_expression", Role::Closure),
    ("const_item", Role::Binder("name")),
    ("static_item", Role::Binder("name")),
    ("impl_item", Role::Type("type")),
    ("trait_item", Role::Type("name")),
    ("mod_item", Role::Namespace("name")),
    ("if_expression", Role::If),
    ("else_clause", Role::Else),
    ("let_declaration", Role::LetElse),
    ("for_expression", Role::Loop),
    ("while_expression", Role::Loop),
    ("loop_expression", Role::Loop),
    ("match_expression", Role::Switch),
    ("match_block", Role::Arms),
    // Every `match` is exhaustive, so the number of arms counts, not their patterns.
    ("match_arm", Role::Arm),
    ("match_pattern", Role::GuardedPattern),
    ("binary_expression", Role::Logical),
    ("let_chain", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("break_expression", Role::Jump),
    ("continue_expression", Role::Jump),
    ("call_expression", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "Rust",
    grammar: || tree_sitter_rust::LANGUAGE.into(),
    separator: "::",
    roles: &[ROLES],
    operators: &[("&&", And), ("||", Or)],
    label: "label",
    shape: ControlSyntax::BY_FIELDS,
    naming: DeclarationSyntax { not_parameters: &["attribute_item"], ..DeclarationSyntax::BY_FIELDS },
    calls: Calls {
        members: &[("field_expression", "value", "field"), ("scoped_identifier", "path", "name")],
        receivers: &["self", "Self"],
        ..Calls::BY_FIELDS
    },
};
