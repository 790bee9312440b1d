//! What a kind of syntax node means for the metrics: the vocabulary of the language tables.

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
    /// `if`: the branches stand in the fields `consequence` and `alternative`.
    If,
    /// `elif`: a further condition as a clause of its own.
    ElseIf,
    /// `else` as a clause of its own.
    Else,
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
    /// Conditional expression.
    Ternary,
    /// Binary expression or assignment whose operator may short-circuit.
    Logical,
    /// Parentheses, or a list of values: transparent to boolean sequences and to names.
    Paren,
    /// `break` or `continue`: counts when it names a label.
    Jump,
    /// `goto`.
    Goto,
    /// Function call; looked at for recursion.
    Call,
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

/// How calls look in a language, as far as direct recursion needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calls {
    /// Kinds that name a member of something: kind, field of the object, field of the name.
    pub(crate) members: &'static [(&'static str, &'static str, &'static str)],
    /// Words for the object or type that a method belongs to.
    pub(crate) receivers: &'static [&'static str],
    /// Whether a method can call another one of its object without naming the object.
    pub(crate) implicit_receiver: bool,
    /// Whether functions of one name are told apart by their parameters.
    pub(crate) overloads: bool,
}
