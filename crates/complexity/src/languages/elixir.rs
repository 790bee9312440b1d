//! Elixir, whose constructs are parsed as calls.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or, Shorthand};
use crate::role::{Binds, Calls, ControlSyntax, DeclarationSyntax, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("string", Role::Text),
    ("charlist", Role::Text),
    ("sigil", Role::Text),
    ("unary_operator", Role::Unary),
    ("anonymous_function", Role::Closure),
    ("call", Role::KeywordCall),
    ("do_block", Role::KeywordBlock),
    ("pair", Role::KeywordPair),
    ("else_block", Role::Else),
    ("after_block", Role::Group),
    ("rescue_block", Role::Handlers),
    ("catch_block", Role::Handlers),
    ("stab_clause", Role::Clause),
    ("binary_operator", Role::LogicalBinder("left")),
    ("block", Role::Paren),
];

pub(super) static SPEC: Spec = Spec {
    name: "Elixir",
    grammar: || tree_sitter_elixir::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    // Guards and patterns that may not match are decisions without being operators.
    operators: &[("&&", And), ("and", And), ("||", Or), ("or", Or), ("when", Shorthand), ("<-", Shorthand)],
    label: "",
    shape: ControlSyntax {
        has_else_if: false,
        wildcards: &["_", "true"],
        binds: Binds::SmallNames,
        // Constructs are macros, so the grammar cannot distinguish them from other calls.
        keywords: &[
            ("def", Role::Function),
            ("defp", Role::Function),
            ("defmacro", Role::Function),
            ("defmacrop", Role::Function),
            ("defmodule", Role::Type("")),
            ("defimpl", Role::Type("")),
            ("defprotocol", Role::Type("")),
            ("if", Role::If),
            ("unless", Role::If),
            ("case", Role::Switch),
            ("cond", Role::Switch),
            ("with", Role::Switch),
            ("for", Role::Switch),
            ("receive", Role::Switch),
        ],
        ..ControlSyntax::BY_FIELDS
    },
    naming: DeclarationSyntax { bodies: &["do_block"], ..DeclarationSyntax::BY_FIELDS },
    calls: Calls {
        callee: "target",
        arguments: &["arguments"],
        implicit_receiver: true,
        overloads: true,
        ..Calls::BY_FIELDS
    },
};
