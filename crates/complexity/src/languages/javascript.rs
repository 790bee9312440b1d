//! JavaScript, JSX included (linguist has one name for both).

use crate::grammar::Spec;
use crate::role::Operator::{And, Or, Shorthand};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Name, Operator, Role};

/// The kinds that TypeScript has as well.
pub(super) const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("html_comment", Role::Comment),
    ("hash_bang_line", Role::Comment),
    ("template_string", Role::Text),
    ("string", Role::Text),
    ("function_declaration", Role::Function),
    ("generator_function_declaration", Role::Function),
    ("method_definition", Role::Function),
    ("function_expression", Role::Closure),
    ("generator_function", Role::Closure),
    ("arrow_function", Role::Closure),
    ("variable_declarator", Role::Binder("name")),
    ("assignment_expression", Role::Binder("left")),
    ("pair", Role::Binder("key")),
    // `export default () => …` binds the function to the name `default`.
    ("export_statement", Role::Binder("value")),
    ("class_declaration", Role::Type("name")),
    ("class", Role::Type("name")),
    ("if_statement", Role::If),
    ("else_clause", Role::Else),
    ("for_statement", Role::Loop),
    ("for_in_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("switch_statement", Role::Switch),
    ("switch_case", Role::Case),
    ("switch_default", Role::Default),
    ("catch_clause", Role::Catch),
    ("ternary_expression", Role::Ternary),
    ("binary_expression", Role::Logical),
    ("augmented_assignment_expression", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("call_expression", Role::Call),
];

// TypeScript's grammar has another kind with another field for it.
const ONLY_JAVASCRIPT: &[(&str, Role)] = &[("field_definition", Role::Binder("property"))];

pub(super) const OPERATORS: &[(&str, Operator)] =
    &[("&&", And), ("||", Or), ("??", Shorthand), ("&&=", Shorthand), ("||=", Shorthand), ("??=", Shorthand)];

pub(super) const CALLS: Calls = Calls {
    members: &[("member_expression", "object", "property")],
    receivers: &["this"],
    ..Calls::BY_FIELDS
};

pub(super) const NAMING: DeclarationSyntax = DeclarationSyntax {
    names: &[("export_statement", Name::Word("default"))],
    ..DeclarationSyntax::BY_FIELDS
};

pub(super) static SPEC: Spec = Spec {
    name: "JavaScript",
    grammar: || tree_sitter_javascript::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES, ONLY_JAVASCRIPT],
    operators: OPERATORS,
    label: "statement_identifier",
    shape: ControlSyntax::BY_FIELDS,
    naming: NAMING,
    calls: CALLS,
};
