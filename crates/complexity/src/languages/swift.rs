//! Swift.

use crate::grammar::Spec;
use crate::role::Operator::{And, Or, Shorthand};
use crate::role::{Calls, ControlSyntax, DeclarationSyntax, Name, Role};

const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("multiline_comment", Role::Comment),
    ("shebang_line", Role::Comment),
    ("line_string_literal", Role::Text),
    ("multi_line_string_literal", Role::Text),
    ("raw_string_literal", Role::Text),
    ("function_declaration", Role::Function),
    ("init_declaration", Role::Function),
    ("deinit_declaration", Role::Function),
    ("computed_getter", Role::Function),
    ("computed_setter", Role::Function),
    ("willset_clause", Role::Function),
    ("didset_clause", Role::Function),
    ("lambda_literal", Role::Closure),
    ("property_declaration", Role::Binder("name")),
    ("subscript_declaration", Role::Binder("name")),
    ("computed_property", Role::Accessors),
    ("willset_didset_block", Role::Paren),
    ("class_declaration", Role::Type("name")),
    ("protocol_declaration", Role::Type("name")),
    ("if_statement", Role::If),
    ("guard_statement", Role::Guard),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("repeat_while_statement", Role::Loop),
    ("switch_statement", Role::Switch),
    ("switch_entry", Role::PatternCase),
    ("where_clause", Role::Decision),
    ("catch_block", Role::Catch),
    ("ternary_expression", Role::Ternary),
    ("conjunction_expression", Role::Logical),
    ("disjunction_expression", Role::Logical),
    ("nil_coalescing_expression", Role::Logical),
    // The grammar binds comparisons more loosely than `&&`, so a sequence continues through them.
    ("comparison_expression", Role::Paren),
    ("equality_expression", Role::Paren),
    ("tuple_expression", Role::Paren),
    ("control_transfer_statement", Role::Jump),
    ("call_expression", Role::Call),
];

pub(super) static SPEC: Spec = Spec {
    name: "Swift",
    grammar: || tree_sitter_swift::LANGUAGE.into(),
    separator: ".",
    roles: &[ROLES],
    operators: &[("&&", And), ("||", Or), ("??", Shorthand)],
    // `names_label` also looks at the keyword, since `return x` has the same shape.
    label: "simple_identifier",
    shape: ControlSyntax {
        opens: &["{", "?"],
        closes: &["}"],
        default: "default_keyword",
        wildcards: &["_"],
        guard: "where_keyword",
        // Most grammars call this field `operator`.
        operator_field: "op",
        ..ControlSyntax::BY_FIELDS
    },
    naming: DeclarationSyntax {
        names: &[
            ("deinit_declaration", Name::Word("deinit")),
            ("subscript_declaration", Name::Word("subscript")),
            ("computed_getter", Name::Accessor("get")),
            ("computed_setter", Name::Accessor("set")),
            ("willset_clause", Name::Accessor("willSet")),
            ("didset_clause", Name::Accessor("didSet")),
        ],
        bodies: &["statements"],
        parameter_lists: &["lambda_function_type", "lambda_function_type_parameters"],
        parameters: &["parameter", "lambda_parameter"],
        ..DeclarationSyntax::BY_FIELDS
    },
    calls: Calls {
        callee: "",
        members: &[("navigation_expression", "", "")],
        arguments: &["call_suffix", "value_arguments"],
        receivers: &["self", "Self"],
        implicit_receiver: true,
        overloads: true,
        ..Calls::BY_FIELDS
    },
};
