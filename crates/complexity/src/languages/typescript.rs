//! TypeScript and TSX: two grammars with the same kinds.

use crate::grammar::Spec;
use crate::languages::javascript;
use crate::role::{ControlSyntax, Role};

const ROLES: &[(&str, Role)] = &[
    ("abstract_class_declaration", Role::Type("name")),
    ("internal_module", Role::Namespace("name")),
    ("module", Role::Namespace("name")),
    ("public_field_definition", Role::Binder("name")),
    // Types around a value do not hide the name that it is bound to.
    ("as_expression", Role::Paren),
    ("satisfies_expression", Role::Paren),
    ("non_null_expression", Role::Paren),
];

pub(super) static TYPESCRIPT: Spec = Spec {
    name: "TypeScript",
    grammar: || tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
    separator: ".",
    roles: &[javascript::ROLES, ROLES],
    operators: javascript::OPERATORS,
    label: "statement_identifier",
    shape: ControlSyntax::BY_FIELDS,
    naming: javascript::NAMING,
    calls: javascript::CALLS,
};

pub(super) static TSX: Spec = Spec {
    name: "TSX",
    grammar: || tree_sitter_typescript::LANGUAGE_TSX.into(),
    separator: ".",
    roles: &[javascript::ROLES, ROLES],
    operators: javascript::OPERATORS,
    label: "statement_identifier",
    shape: ControlSyntax::BY_FIELDS,
    naming: javascript::NAMING,
    calls: javascript::CALLS,
};
