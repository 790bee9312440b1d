//! The pass over the tokens: brackets, heads and preprocessor conditionals.

use super::arguments::{Arguments, arguments};
use super::bracket::{Around, Bracket, Last};
use super::change::{Changes, TextChange};
use super::conditionals::Conditional;
use super::dialect::Dialect;
use super::flow::Flow;
use super::lexer::{Directive, Lexeme, LexemeKind, Lexer};
use super::old_style::OldStyle;

/// Deepest nesting of conditionals; a text with deeper ones is not rewritten.
const MOST_CONDITIONALS: usize = 64;

/// Most branches of a conditional; likewise.
const MOST_BRANCHES: usize = 1_000;

pub(super) struct Rewriter<'text> {
    pub(super) text: &'text [u8],
    dialect: Dialect,
    /// Innermost last; never empty.
    pub(super) flows: Vec<Flow>,
    conditionals: Vec<Conditional>,
    /// A conditional that ended at the last token.
    ended: Option<Conditional>,
    /// Changes that blank the uncut conditionals since the last token, if an `else` continues them.
    whole: Changes,
    pub(super) changes: Changes,
    /// True if the last token was an `else`.
    was_else: bool,
}

/// The changes to a text, unordered.
pub(super) fn changes(text: &[u8], dialect: Dialect) -> Changes {
    let mut lexer = Lexer::new(text, dialect);
    let mut old_style = OldStyle::NONE;
    let mut scan = Rewriter {
        text,
        dialect,
        flows: vec![Flow::new()],
        conditionals: Vec::new(),
        ended: None,
        whole: Vec::new(),
        changes: Vec::new(),
        was_else: false,
    };
    loop {
        let token = lexer.next();
        let is_else = token.kind == LexemeKind::Word && &text[token.start..token.end] == b"else";
        if let Some(ended) = scan.ended.take() {
            scan.decide(ended, token.kind, is_else);
        }
        if !scan.whole.is_empty() && !matches!(token.kind, LexemeKind::Directive(_)) {
            let blanked = scan.whole.drain(..);
            scan.changes.extend(blanked.filter(|_| is_else));
        }
        if dialect == Dialect::C {
            old_style.token(text, token, &mut scan.changes);
        }
        match token.kind {
            LexemeKind::End => {
                scan.end_macro_line();
                return scan.changes;
            }
            LexemeKind::Directive(directive) => {
                if !scan.directive(directive, token) {
                    // All or nothing: with half of the changes, brackets would not match.
                    return Vec::new();
                }
            }
            _ => scan.token(token),
        }
    }
}

impl Rewriter<'_> {
    pub(super) fn flow(&mut self) -> &mut Flow {
        self.flows.last_mut().expect("the outermost flow stays")
    }

    /// Whether the language has macros.
    fn has_macros(&self) -> bool {
        self.dialect != Dialect::CSharp
    }

    /// Blanks a macro on a line of its own before a directive or the end.
    fn end_macro_line(&mut self) {
        let has_macros = self.has_macros();
        let Self { flows, changes, .. } = self;
        let flow = flows.last_mut().expect("the outermost flow stays");
        if has_macros && flow.context.kind != Bracket::Inline && flow.head.blank_lone_macros(changes) {
            flow.head.restart(flow.depth, flow.context);
            flow.last = Last::End;
        }
    }

    fn directive(&mut self, directive: Directive, token: Lexeme) -> bool {
        // A macro before a directive has no next token on its line that would end its head.
        self.end_macro_line();
        let range = (token.start, token.end);
        match directive {
            Directive::If { is_never } => {
                if self.conditionals.len() == MOST_CONDITIONALS {
                    return false;
                }
                let flow = self.flow();
                let fork = flow.fork();
                let conditional = Conditional::new(range, is_never);
                self.conditionals.push(conditional);
                self.flows.push(fork);
            }
            Directive::ElseIf | Directive::Else => {
                // An `#else` without `#if`, as in a file that another one includes, is left to the
                // grammar.
                let Some(conditional) = self.conditionals.last_mut() else { return true };
                if conditional.branches() == MOST_BRANCHES {
                    return false;
                }
                let flow = self.flows.pop().expect("a conditional has a flow");
                conditional.end_branch(flow, range);
                let fork = self.flow().fork();
                self.flows.push(fork);
            }
            Directive::EndIf => {
                let Some(mut conditional) = self.conditionals.pop() else { return true };
                let flow = self.flows.pop().expect("a conditional has a flow");
                conditional.end_branch(flow, range);
                self.ended = Some(conditional);
            }
            Directive::Other => {}
        }
        true
    }

    /// Handles any token except directives.
    fn token(&mut self, token: Lexeme) {
        let last = self.class(token.kind, token.start, token.end);
        let has_macros = self.has_macros();
        let Self { text, flows, changes, was_else, .. } = self;
        let flow = flows.last_mut().expect("the outermost flow stays");
        if flow.first.is_none() {
            // C#'s grammar has no conditionals around the labels of a switch.
            let is_label = !has_macros && matches!(&text[token.start..token.end], b"case" | b"default");
            flow.first = Some(if is_label { Last::Label } else { last });
            flow.begins_with_close = matches!(token.kind, LexemeKind::Close(_));
        } else if std::mem::take(was_else) && flow.first == Some(Last::Else) {
            flow.begins_with_else_if |= &text[token.start..token.end] == b"if" && flow.last == Last::Else;
        }
        *was_else = last == Last::Else;
        if has_macros && matches!(token.kind, LexemeKind::Word | LexemeKind::Open(b'{')) {
            rewrite_macro(text, flow, token, changes);
        }
        // C# has conditionals but no macros, so words in capitals are ordinary names there.
        let mut no_changes = Vec::new();
        let changes = if has_macros { changes } else { &mut no_changes };
        let depth = flow.depth;
        match token.kind {
            LexemeKind::Word => {
                if flow.head.word(text, (token.start, token.end, token.begins_line), depth, changes) {
                    flow.head.restart(depth, flow.context);
                }
            }
            LexemeKind::Literal => flow.head.literal(text, depth),
            LexemeKind::Open(b'{') => {
                let around = block(flow, changes);
                self.open(around);
            }
            LexemeKind::Open(bracket) => {
                if bracket == b'(' {
                    flow.head.open(text, depth, changes);
                } else {
                    flow.head.end(depth, false, changes);
                }
                self.open(Around::of(Bracket::Inline));
            }
            LexemeKind::Close(bracket) => self.close(bracket, token.end),
            LexemeKind::Semicolon => {
                if let Some((start, name, end)) = flow.head.declaring_macro()
                    && arguments(&text[name..end]) != Arguments::Code
                {
                    changes.push((start, end, TextChange::Blank(None)));
                }
                if let Some((_, name, end)) = flow.head.statement_macro()
                    && arguments(&text[name..end]) == Arguments::Types
                {
                    changes.push((name + 1, end - 1, TextChange::Blank(None)));
                }
                flow.head.end(depth, true, changes);
                if flow.context.kind != Bracket::Inline {
                    flow.head.restart(depth, flow.context);
                }
            }
            LexemeKind::Colon => {
                if flow.head.colon(depth, token.end, has_macros, changes) {
                    flow.head.restart(depth, flow.context);
                }
            }
            LexemeKind::Scope => flow.head.scope(depth),
            LexemeKind::Comma | LexemeKind::Sign(b'=') => flow.head.end(depth, false, changes),
            LexemeKind::Sign(sign) => flow.head.sign(sign, depth),
            _ => flow.head.sign(b'|', depth),
        }
        if !matches!(token.kind, LexemeKind::Close(_)) {
            self.flow().last = last;
        }
    }

    /// The class of a token; [`Rewriter::close`] refines it for closing brackets.
    fn class(&mut self, kind: LexemeKind, start: usize, end: usize) -> Last {
        let text = self.text;
        let flow = self.flow();
        match kind {
            LexemeKind::Word if matches!(&text[start..end], b"else" | b"do") => Last::Else,
            LexemeKind::Word | LexemeKind::Literal => Last::Word,
            LexemeKind::Open(b'{') | LexemeKind::Close(b'}') | LexemeKind::Semicolon => Last::End,
            LexemeKind::Open(_) | LexemeKind::Sign(b'@') => Last::Open,
            // It may end a type's arguments.
            LexemeKind::Close(_) | LexemeKind::Sign(b'>') => Last::Close,
            LexemeKind::Comma => Last::Comma,
            LexemeKind::Colon if flow.context.kind == Bracket::Code && flow.head.is_label() => Last::Label,
            // The colon before member initialisers or base classes, which continue the head.
            LexemeKind::Colon if flow.last == Last::Close && !flow.head.is_empty() => Last::Operator,
            LexemeKind::Colon => Last::End,
            LexemeKind::Sign(b'*' | b'&' | b'+' | b'-' | b'!' | b'~' | b'<' | b'#') | LexemeKind::Scope => {
                Last::Prefix
            }
            LexemeKind::ShortCircuit | LexemeKind::Sign(_) | LexemeKind::Directive(_) | LexemeKind::End => {
                Last::Operator
            }
        }
    }

    fn open(&mut self, around: Around) {
        let flow = self.flow();
        flow.opens.push(around);
        flow.context = around;
        flow.depth += 1;
        if matches!(around.kind, Bracket::Type | Bracket::Code) {
            flow.head.restart(flow.depth, around);
        }
    }

    fn close(&mut self, bracket: u8, end: usize) {
        let has_macros = self.has_macros();
        let Self { flows, changes, .. } = self;
        let flow = flows.last_mut().expect("the outermost flow stays");
        if bracket == b'}' && has_macros && flow.context.kind != Bracket::Inline {
            flow.head.blank_lone_macros(changes);
        }
        let closed = flow.opens.pop();
        if closed.is_none() {
            flow.closes += 1;
        }
        flow.depth -= 1;
        let closed = closed
            .map_or(if bracket == b'}' { Bracket::Code } else { Bracket::Inline }, |around| around.kind);
        let context = self.innermost();
        let Self { flows, changes, .. } = self;
        let flow = flows.last_mut().expect("the outermost flow stays");
        let mut no_changes = Vec::new();
        let changes = if has_macros { changes } else { &mut no_changes };
        flow.context = context;
        match closed {
            Bracket::Inline => {
                flow.last = Last::Close;
                if bracket == b')' && flow.head.close(flow.depth, end, changes) {
                    // A statement must follow a condition.
                    flow.last = Last::Else;
                    flow.head.restart(flow.depth, context);
                }
            }
            Bracket::Init => flow.last = Last::Close,
            Bracket::Type | Bracket::Code => {
                flow.last = Last::End;
                flow.head.restart(flow.depth, context);
            }
        }
    }

    /// The innermost open bracket, over all flows.
    fn innermost(&self) -> Around {
        let mut skip = 0;
        for flow in self.flows.iter().rev() {
            match flow.opens.len().checked_sub(skip + 1) {
                Some(at) => return flow.opens[at],
                // A branch that closes a bracket of the code before it hides that bracket from here
                // on.
                None => skip = skip - flow.opens.len() + flow.closes,
            }
        }
        Around::NOTHING
    }

    fn decide(&mut self, conditional: Conditional, next: LexemeKind, is_else: bool) {
        let (is_cut, changes) = conditional.decide(self.flow(), next, is_else);
        let list = if is_cut { &mut self.changes } else { &mut self.whole };
        list.extend(changes);
        let context = self.innermost();
        let flow = self.flow();
        flow.context = context;
    }
}

/// The content of a block, given the tokens before it.
fn block(flow: &mut Flow, changes: &mut Changes) -> Around {
    let kind = match (flow.context.kind, flow.last) {
        // A lambda's block follows its parameters.
        (Bracket::Inline, Last::Close) | (_, Last::Open) => Bracket::Code,
        (Bracket::Inline, _) | (_, Last::Operator | Last::Comma) | (Bracket::Init, Last::End) => {
            Bracket::Init
        }
        _ => return flow.head.block(flow.depth, changes),
    };
    Around::of(kind)
}

/// Rewrites a head that is just a macro, before a word or a block.
fn rewrite_macro(text: &[u8], flow: &mut Flow, token: Lexeme, changes: &mut Changes) {
    // A loop macro needs a statement or a block.
    if matches!(token.kind, LexemeKind::Word | LexemeKind::Open(b'{'))
        && let Some((start, end, closed)) = flow.head.loop_macro(text)
    {
        changes.push((start, end, TextChange::Write("while")));
        if arguments(&text[end..closed]) != Arguments::Expressions {
            changes.push((end, closed, TextChange::Write("(1)")));
        }
        flow.head.restart(flow.depth, flow.context);
    }
    // A macro on a line of its own may end without a semicolon.
    if token.kind == LexemeKind::Word
        && token.begins_line
        && let Some((start, name, end)) = flow.head.statement_macro()
        && arguments(&text[name..end]) != Arguments::Code
    {
        changes.push((start, end, TextChange::Blank(None)));
        flow.head.restart(flow.depth, flow.context);
    }
    // Any other macro with a block is a plain block.
    if token.kind == LexemeKind::Open(b'{') && flow.last != Last::Operator {
        let called = flow
            .head
            .statement_macro()
            .filter(|(_, name, end)| arguments(&text[*name..*end]) != Arguments::Code);
        let called = called.map(|(start, _, end)| (start, end));
        if let Some((start, end)) = called.or_else(|| flow.head.bare_macro()) {
            changes.push((start, end, TextChange::Blank(None)));
        }
    }
}
