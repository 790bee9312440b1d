//! Ruby.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or, Shorthand};
use crate::role::{Binds, Calls, ControlSyntax, DeclarationSyntax, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("string", Role::Text),
    ("heredoc_body", Role::Text),
    ("method", Role::Function),
    ("singleton_method", Role::Function),
    ("lambda", Role::Closure),
    ("block", Role::Block),
    ("do_block", Role::Block),
    ("assignment", Role::Binder("left")),
    ("pair", Role::Binder("key")),
    ("class", Role::Type("name")),
    ("module", Role::Type("name")),
    ("if", Role::If),
    ("unless", Role::If),
    ("if_modifier", Role::If),
    ("unless_modifier", Role::If),
    ("elsif", Role::ElseIf),
    ("else", Role::Else),
    ("while", Role::Loop),
    ("until", Role::Loop),
    ("for", Role::Loop),
    ("while_modifier", Role::Loop),
    ("until_modifier", Role::Loop),
    ("case", Role::Switch),
    ("case_match", Role::Switch),
    ("when", Role::Case),
    ("in_clause", Role::PatternCase),
    ("if_guard", Role::Decision),
    ("unless_guard", Role::Decision),
    ("rescue", Role::Catch),
    ("rescue_modifier", Role::HandlerModifier),
    ("conditional", Role::Ternary),
    ("binary", Role::Logical),
    ("operator_assignment", Role::Logical),
    // Parentheses may contain statements in Ruby, and the grammar has no other kind for them.
    ("parenthesized_statements", Role::Paren),
    ("call", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "Ruby",
    grammar: || tree_sitter_ruby::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("and", And), ("||", Or), ("or", Or), ("&&=", Shorthand), ("||=", Shorthand)],
    label: "",
    shape: ControlSyntax {
        has_else_if: false,
        wildcards: &["_"],
        binds: Binds::SmallNames,
        ..ControlSyntax::BY_FIELDS
    },
    naming: DeclarationSyntax { always_has_body: true, ..DeclarationSyntax::BY_FIELDS },
    calls: Calls {
        own: ("receiver", "method"),
        receivers: &["self"],
        implicit_receiver: true,
        ..Calls::BY_FIELDS
    },
};
