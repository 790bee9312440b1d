//! The arguments of a macro.

use super::bracket::Last;
use super::dialect::Dialect;
use super::lexer::{LexemeKind, Lexer};
use super::words::{self, WordRole};

/// The kind of a macro's arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arguments {
    /// Expressions only.
    Expressions,
    /// Types or declarations among them.
    Types,
    /// Statements, or operators that count.
    Code,
}

/// Reads the arguments of a macro, parentheses included.
pub(super) fn arguments(text: &[u8]) -> Arguments {
    let mut lexer = Lexer::new(text, Dialect::Cpp);
    let mut last = Last::End;
    let mut found = Arguments::Expressions;
    loop {
        let token = lexer.next();
        let is_end = matches!(token.kind, LexemeKind::Close(_) | LexemeKind::Comma);
        // An argument that is empty or ends with an operator, as in `M(T *)`, is no expression.
        if is_end && matches!(last, Last::Operator | Last::Prefix | Last::Comma | Last::End) {
            found = Arguments::Types;
        }
        last = match token.kind {
            LexemeKind::End => return found,
            // Found once, nothing that follows can change the answer: blanking these would lose
            // decisions.
            LexemeKind::ShortCircuit | LexemeKind::Semicolon | LexemeKind::Sign(b'?') => {
                return Arguments::Code;
            }
            LexemeKind::Open(b'{') => {
                found = Arguments::Types;
                Last::Open
            }
            LexemeKind::Word => {
                let role = words::role(&text[token.start..token.end]);
                // Two words in a row are a type and a name.
                if last == Last::Word || !matches!(role, WordRole::Plain | WordRole::Macro) {
                    found = Arguments::Types;
                }
                Last::Word
            }
            LexemeKind::Literal => Last::Word,
            LexemeKind::Close(_) => Last::Close,
            LexemeKind::Comma => Last::Comma,
            LexemeKind::Colon | LexemeKind::Directive(_) => {
                found = Arguments::Types;
                Last::End
            }
            LexemeKind::Open(_) => Last::Open,
            _ => Last::Operator,
        };
    }
}
