//! C#.

use crate::grammar::Spec;
use crate::rewrite::Dialect;
use crate::role::Operator::{And, Or, Shorthand};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Name, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("string_literal", Role::Text),
    ("verbatim_string_literal", Role::Text),
    ("raw_string_literal", Role::Text),
    ("interpolated_string_expression", Role::Text),
    ("method_declaration", Role::Function),
    ("constructor_declaration", Role::Function),
    ("destructor_declaration", Role::Function),
    ("operator_declaration", Role::Function),
    ("conversion_operator_declaration", Role::Function),
    ("local_function_statement", Role::Function),
    ("accessor_declaration", Role::Function),
    ("lambda_expression", Role::Closure),
    ("anonymous_method_expression", Role::Closure),
    ("property_declaration", Role::Binder("name")),
    ("indexer_declaration", Role::Binder("name")),
    ("event_declaration", Role::Binder("name")),
    ("variable_declarator", Role::Binder("name")),
    // Transparent, so that an accessor finds the name of its property.
    ("accessor_list", Role::Paren),
    ("arrow_expression_clause", Role::Accessors),
    ("class_declaration", Role::Type("name")),
    ("interface_declaration", Role::Type("name")),
    ("struct_declaration", Role::Type("name")),
    ("record_declaration", Role::Type("name")),
    ("enum_declaration", Role::Type("name")),
    ("if_statement", Role::If),
    ("for_statement", Role::Loop),
    ("foreach_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("switch_statement", Role::Switch),
    ("switch_section", Role::PatternCase),
    ("switch_expression", Role::Switch),
    ("switch_expression_arm", Role::PatternCase),
    ("when_clause", Role::Decision),
    ("catch_clause", Role::Catch),
    ("catch_filter_clause", Role::Decision),
    // A query compiles to calls with lambdas: `from` and `join` loop, `where` filters.
    ("from_clause", Role::Decision),
    ("join_clause", Role::Decision),
    ("where_clause", Role::Decision),
    ("conditional_expression", Role::Ternary),
    ("binary_expression", Role::Logical),
    ("and_pattern", Role::Logical),
    ("or_pattern", Role::Logical),
    // Only for `??=`; other assignments have no operator that short-circuits.
    ("assignment_expression", Role::Logical),
    ("parenthesized_expression", Role::Paren),
    ("parenthesized_pattern", Role::Paren),
    ("goto_statement", Role::Goto),
    ("invocation_expression", Role::Call),
    ("preproc_if", Role::Directive),
    ("preproc_elif", Role::DirectiveElseIf),
    ("preproc_else", Role::DirectiveElse),
];

pub(super) static SPEC: Spec = Spec {
    name: "C#",
    grammar: || tree_sitter_c_sharp::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("and", And), ("||", Or), ("or", Or), ("??", Shorthand), ("??=", Shorthand)],
    label: "",
    shape: ControlSyntax { wildcards: &["_"], dialect: Dialect::CSharp, ..ControlSyntax::BY_FIELDS },
    naming: DeclarationSyntax {
        names: &[
            ("operator_declaration", Name::Field("operator")),
            ("conversion_operator_declaration", Name::Field("type")),
            ("destructor_declaration", Name::Word("Finalize")),
            ("indexer_declaration", Name::Word("this")),
            ("accessor_declaration", Name::AccessorField("name")),
        ],
        parameter_lists: &["parameter_list"],
        parameters: &["parameter", "params", "implicit_parameter"],
        ..DeclarationSyntax::BY_FIELDS
    },
    calls: Calls {
        members: &[("member_access_expression", "expression", "name")],
        receivers: &["this"],
        implicit_receiver: true,
        overloads: true,
        ..Calls::BY_FIELDS
    },
};
