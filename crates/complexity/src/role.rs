//! The meaning of syntax nodes for the metrics: the vocabulary of the language tables.

use crate::rewrite::Dialect;

/// The role of a node kind; nodes without a role are transparent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing of its own.
    Plain,
    /// Text that did not parse: loose keywords and operators in it are decisions.
    Broken,
    /// Comment: not code, and not visited.
    Comment,
    /// Token that may span lines and have parts; all its lines are code.
    Text,
    /// Expression statement; a lone string in one is documentation, so a comment.
    Statement,
    /// Function with a name, if it has a body.
    Function,
    /// Function without a name of its own: lambda, closure, function expression.
    Closure,
    /// Type with members, named by this field.
    Type(&'static str),
    /// Creation of an object, named by this field; a type if it has a class body.
    Creation(&'static str),
    /// Module or namespace, named by this field.
    Namespace(&'static str),
    /// Node that binds its value to the name in this field.
    Binder(&'static str),
    /// The accessors of a property; a function named after the property if it contains none.
    Accessors,
    /// Block passed to a call (Ruby, PowerShell): a closure, but never a function.
    Block,
    /// `if`: the branches are in the fields `consequence` (or `body`) and `alternative`.
    If,
    /// `elif`: a further condition as a clause of its own.
    ElseIf,
    /// `else` as a clause of its own.
    Else,
    /// Group inside a structure: its parts have its level.
    Group,
    /// Swift's `guard`: only its inside is a branch.
    Guard,
    /// Rust's `let … else`: an `if` if it has the field `alternative`.
    LetElse,
    /// Any loop, with its body in the field `body`.
    Loop,
    /// `switch`, `match`, `select`; the field `body`, or its cases, are inside.
    Switch,
    /// One label of a switch; not a decision if it starts with `default`.
    Case,
    /// The default of a switch as a kind of its own.
    Default,
    /// One case of a non-exhaustive `match`; irrefutable patterns are the default.
    PatternCase,
    /// The same; in a closure with several (Elixir), all but one are decisions.
    Clause,
    /// The body of a switch, if it has no field.
    SwitchBody,
    /// Cases in braces (Scala): of a switch or of handlers, or else a closure.
    Cases,
    /// The block of an exhaustive `match`; all its arms but one are decisions.
    Arms,
    /// One arm of an exhaustive `match`.
    Arm,
    /// Pattern that is a decision of its own if it has the field `condition` (a guard).
    GuardedPattern,
    /// A decision for cyclomatic complexity that adds nothing to cognitive complexity:
    /// guards, loops and conditions of comprehensions.
    Decision,
    /// Handler of an exception.
    Catch,
    /// Handlers of exceptions, one per case inside.
    Handlers,
    /// Expression with a handler in the field `handler` (Ruby).
    HandlerModifier,
    /// `try` whose handlers have no nodes of their own (Dart).
    Try,
    /// The head of such a handler.
    HandlerHead,
    /// Conditional expression.
    Ternary,
    /// Binary expression or assignment whose operator may short-circuit.
    Logical,
    /// The same, and also an assignment whose left side is in this field.
    LogicalBinder(&'static str),
    /// Parentheses, or a list of values: transparent to boolean sequences and to names.
    Paren,
    /// `break` or `continue`: counts if it names a label.
    Jump,
    /// Jump with its label in the same token (Kotlin).
    GluedJump,
    /// `goto`.
    Goto,
    /// Function call; checked for recursion.
    Call,
    /// Function call; a construct of the language if it calls one of [`ControlSyntax::keywords`].
    KeywordCall,
    /// The block of such a construct.
    KeywordBlock,
    /// The same as a keyword argument (`do: x`).
    KeywordPair,
    /// A branch of a construct.
    Branch,
    /// Unary operator; in Elixir also an attribute, which may be documentation or a type.
    Unary,
    /// Preprocessor conditional.
    Directive,
    /// Preprocessor `#elif`.
    DirectiveElseIf,
    /// Preprocessor `#else`.
    DirectiveElse,
}

/// The meaning of an operator that may skip its right side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    /// Logical and.
    And,
    /// Logical or.
    Or,
    /// Null coalescing and short-circuit assignment: decisions, but without cognitive weight.
    Shorthand,
}

/// Lone names that match everything as patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binds {
    /// None.
    Nothing,
    /// Those that begin with a lower-case letter.
    SmallNames,
    /// All.
    Names,
}

/// How control structures are written, if the grammar's fields do not say so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ControlSyntax {
    /// Tokens that begin the inside of a structure.
    pub(crate) opens: &'static [&'static str],
    /// Tokens that end it.
    pub(crate) closes: &'static [&'static str],
    /// The token between the branches of an `if` without an `else` clause.
    pub(crate) otherwise: &'static str,
    /// Whether an `if` directly in an `else` clause is an `else if`.
    pub(crate) has_else_if: bool,
    /// The first token of a switch's default label.
    pub(crate) default: &'static str,
    /// Patterns that match everything, in any letter case.
    pub(crate) wildcards: &'static [&'static str],
    /// Lone names that match everything.
    pub(crate) binds: Binds,
    /// The token before a guard in a case, a handler or a condition.
    pub(crate) guard: &'static str,
    /// The token that begins a handler without a node of its own.
    pub(crate) handler: &'static str,
    /// The field of a binary expression's operator.
    pub(crate) operator_field: &'static str,
    /// The kind of operators identified only by their text.
    pub(crate) spelled: &'static str,
    /// Functions that are constructs of the language.
    pub(crate) keywords: &'static [(&'static str, Role)],
    /// How to rewrite text that the grammar cannot parse.
    pub(crate) dialect: Dialect,
}

impl ControlSyntax {
    /// As most grammars have it: by fields and clauses.
    pub(crate) const BY_FIELDS: Self = Self {
        opens: &["?"],
        closes: &[],
        otherwise: "else",
        has_else_if: true,
        default: "default",
        wildcards: &[],
        binds: Binds::Nothing,
        guard: "",
        handler: "",
        operator_field: "operator",
        spelled: "",
        keywords: &[],
        dialect: Dialect::Plain,
    };
}

/// The place of a declaration's name.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Name {
    /// In this field.
    Field(&'static str),
    /// In the last child in this field.
    LastField(&'static str),
    /// In the first child of this kind.
    Kind(&'static str),
    /// At the beginning of the first child of this kind.
    Start(&'static str),
    /// This word.
    Word(&'static str),
    /// This word, after the name of the enclosing property.
    Accessor(&'static str),
    /// In this field, after the name of the enclosing property.
    AccessorField(&'static str),
    /// None of its own: the name that it is bound to.
    Bound,
}

/// How declarations are written, if the grammar's fields do not say so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeclarationSyntax {
    /// Kinds whose name is not in the field `name`.
    pub(crate) names: &'static [(&'static str, Name)],
    /// Kinds that are the body of their parent.
    pub(crate) bodies: &'static [&'static str],
    /// True if every function has a body, even an empty one.
    pub(crate) always_has_body: bool,
    /// Kinds, from the declaration inwards, that contain the name and the parameters.
    pub(crate) headers: &'static [&'static str],
    /// Kinds that contain parameters; empty if the field `parameters` does.
    pub(crate) parameter_lists: &'static [&'static str],
    /// Kinds that are one parameter each, for such lists.
    pub(crate) parameters: &'static [&'static str],
    /// Kinds inside a parameter list in a field that are not parameters; comments need not be listed.
    pub(crate) not_parameters: &'static [&'static str],
}

impl DeclarationSyntax {
    /// As most grammars have it.
    pub(crate) const BY_FIELDS: Self = Self {
        names: &[],
        bodies: &[],
        always_has_body: false,
        headers: &[],
        parameter_lists: &[],
        parameters: &[],
        not_parameters: &[],
    };
}

/// How calls are written, as far as direct recursion needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calls {
    /// The field of the callee; empty if it is the first child.
    pub(crate) callee: &'static str,
    /// The fields of object and name, if the call has both.
    pub(crate) own: (&'static str, &'static str),
    /// Kinds that name a member of something: kind, field of the object, field of the name. Empty
    /// fields mean the first and the last child.
    pub(crate) members: &'static [(&'static str, &'static str, &'static str)],
    /// Kinds that contain the arguments, from the call inwards; if empty, the field `arguments`.
    pub(crate) arguments: &'static [&'static str],
    /// Words for the object or type that a method belongs to.
    pub(crate) receivers: &'static [&'static str],
    /// True if a method can call another method without naming the object.
    pub(crate) implicit_receiver: bool,
    /// True if functions of the same name can differ by their parameters.
    pub(crate) overloads: bool,
}

impl Calls {
    /// Free functions called by a name in the field `function`.
    pub(crate) const BY_FIELDS: Self = Self {
        callee: "function",
        own: ("object", "name"),
        members: &[],
        arguments: &[],
        receivers: &[],
        implicit_receiver: false,
        overloads: false,
    };
}
