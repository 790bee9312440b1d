//! What a kind of syntax node means for the metrics: the vocabulary of the language tables.

use crate::mend::Dialect;

/// The part that a kind of node plays; a kind without a role only passes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing of its own.
    Plain,
    /// Text that the parser could make no sense of: loose keywords and operators in it are decisions.
    Broken,
    /// Comment: neither code nor looked into.
    Comment,
    /// Token that may span lines and have parts; all its lines hold code.
    Text,
    /// Expression statement; a string standing alone in one is documentation, so a comment.
    Statement,
    /// Function with a name, if it has a body.
    Function,
    /// Function without a name of its own: lambda, closure, function expression.
    Closure,
    /// Type with members, named by this field.
    Type(&'static str),
    /// Creation of an object, named by this field; a type when it has a class body.
    Creation(&'static str),
    /// Module or namespace, named by this field.
    Namespace(&'static str),
    /// Something that gives its value a name, which stands in this field.
    Binder(&'static str),
    /// The accessors of a property; a function named by the property when there are none inside.
    Accessors,
    /// Code that is handed to a call (Ruby's and PowerShell's blocks): a closure, but never a function.
    Block,
    /// `if`: the branches stand in the fields `consequence` (or `body`) and `alternative`.
    If,
    /// `elif`: a further condition as a clause of its own.
    ElseIf,
    /// `else` as a clause of its own.
    Else,
    /// Part of a structure that only groups: its parts stand where it stands.
    Group,
    /// Swift's `guard`: only what is inside is a branch.
    Guard,
    /// Rust's `let … else`: an `if` when the field `alternative` is there.
    LetElse,
    /// Any loop; the field `body` is what is repeated.
    Loop,
    /// `switch`, `match`, `select`; the field `body`, or its cases, stand inside.
    Switch,
    /// One label of a switch; not a decision when it starts with `default`.
    Case,
    /// The default of a switch as a kind of its own.
    Default,
    /// One case of a `match` that need not be exhaustive; irrefutable patterns are the default.
    PatternCase,
    /// The same; of a closure that has several (Elixir), all but one are decisions.
    Clause,
    /// The body of a switch where no field says so.
    SwitchBody,
    /// Cases in braces (Scala): of a switch or of handlers, or else a closure.
    Cases,
    /// The block of an exhaustive `match`; all its arms but one are decisions.
    Arms,
    /// One arm of an exhaustive `match`.
    Arm,
    /// Pattern that is a decision of its own when it has the field `condition` (a guard).
    GuardedPattern,
    /// A decision for cyclomatic complexity, without weight of its own for cognitive complexity:
    /// guards, loops and conditions of comprehensions.
    Decision,
    /// Handler of an exception.
    Catch,
    /// Handlers of exceptions, each a case inside.
    Handlers,
    /// Expression with a handler in the field `handler` (Ruby).
    HandlerModifier,
    /// `try` whose handlers are no nodes of their own (Dart).
    Try,
    /// The head of such a handler.
    HandlerHead,
    /// Conditional expression.
    Ternary,
    /// Binary expression or assignment whose operator may short-circuit.
    Logical,
    /// The same, and an assignment, too, whose left side stands in this field.
    LogicalBinder(&'static str),
    /// Parentheses, or a list of values: transparent to boolean sequences and to names.
    Paren,
    /// `break` or `continue`: counts when it names a label.
    Jump,
    /// Jump whose label is glued to the word (Kotlin).
    GluedJump,
    /// `goto`.
    Goto,
    /// Function call; looked at for recursion.
    Call,
    /// Function call that is a construct of its own when it calls one of [`Shape::keywords`].
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

/// Which lone names, as patterns, take everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binds {
    /// None.
    Nothing,
    /// Those that begin with a small letter.
    SmallNames,
    /// All.
    Names,
}

/// How control structures are written where the grammar's fields do not say it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Tokens after which the parts of a structure are inside it.
    pub(crate) opens: &'static [&'static str],
    /// Tokens after which they no longer are.
    pub(crate) closes: &'static [&'static str],
    /// What stands between the branches of an `if` whose `else` is no clause.
    pub(crate) otherwise: &'static str,
    /// Whether an `if` directly in an `else` clause is an `else if`.
    pub(crate) has_else_if: bool,
    /// What a switch label begins with when it is the default.
    pub(crate) default: &'static str,
    /// Patterns that take everything, in any letter case.
    pub(crate) wildcards: &'static [&'static str],
    /// Lone names that do.
    pub(crate) binds: Binds,
    /// What stands before a guard in a case, a handler or a condition.
    pub(crate) guard: &'static str,
    /// What begins a handler that is no node of its own.
    pub(crate) handler: &'static str,
    /// The field of a binary expression's operator.
    pub(crate) operator_field: &'static str,
    /// The kind of operators that only their text tells.
    pub(crate) spelled: &'static str,
    /// Functions that are constructs of the language.
    pub(crate) keywords: &'static [(&'static str, Role)],
    /// Which preprocessor to expect.
    pub(crate) dialect: Dialect,
}

impl Shape {
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
        dialect: Dialect::Unmended,
    };
}

/// Where a declaration's name stands.
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
    /// This word, after the name of the property around.
    Accessor(&'static str),
    /// In this field, after the name of the property around.
    AccessorField(&'static str),
    /// Nowhere: it has the name that it is bound to.
    Bound,
}

/// How declarations are written where the grammar's fields do not say it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Naming {
    /// Kinds whose name does not stand in the field `name`.
    pub(crate) names: &'static [(&'static str, Name)],
    /// Kinds that are the body of what they stand in.
    pub(crate) bodies: &'static [&'static str],
    /// Whether every function has a body, even if nothing stands in it.
    pub(crate) always_has_body: bool,
    /// Kinds, from the declaration inwards, that hold what says name and parameters.
    pub(crate) headers: &'static [&'static str],
    /// Kinds that hold parameters; empty when the field `parameters` does.
    pub(crate) parameter_lists: &'static [&'static str],
    /// Kinds that are one parameter each, for such lists.
    pub(crate) parameters: &'static [&'static str],
    /// Kinds inside a parameter list in a field that are not parameters; comments need not be listed.
    pub(crate) not_parameters: &'static [&'static str],
}

impl Naming {
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

/// How calls look in a language, as far as direct recursion needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calls {
    /// The field of what is called; empty when it is the first child.
    pub(crate) callee: &'static str,
    /// The fields of object and name where the call itself names both.
    pub(crate) own: (&'static str, &'static str),
    /// Kinds that name a member of something: kind, field of the object, field of the name. Empty
    /// fields mean the first and the last child.
    pub(crate) members: &'static [(&'static str, &'static str, &'static str)],
    /// Kinds that hold the arguments, from the call inwards; the field `arguments` when empty.
    pub(crate) arguments: &'static [&'static str],
    /// Words for the object or type that a method belongs to.
    pub(crate) receivers: &'static [&'static str],
    /// Whether a method can call another one of its object without naming the object.
    pub(crate) implicit_receiver: bool,
    /// Whether functions of one name are told apart by their parameters.
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
