//! The arguments of a macro.

use super::Dialect;
use super::lexer::{Kind, Lexer};
use super::scan::Last;
use super::words::{self, Role};

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
        let is_end = matches!(token.kind, Kind::Close(_) | Kind::Comma);
        if is_end && matches!(last, Last::Operator | Last::Prefix | Last::Comma | Last::End) {
            found = Arguments::Types;
        }
        last = match token.kind {
            Kind::End => return found,
            Kind::ShortCircuit | Kind::Semicolon | Kind::Sign(b'?') => return Arguments::Code,
            Kind::Open(b'{') => {
                found = Arguments::Types;
                Last::Open
            }
            Kind::Word => {
                let role = words::role(&text[token.start..token.end]);
                if last == Last::Word || !matches!(role, Role::Plain | Role::Macro) {
                    found = Arguments::Types;
                }
                Last::Word
            }
            Kind::Literal => Last::Word,
            Kind::Close(_) => Last::Close,
            Kind::Comma => Last::Comma,
            Kind::Colon | Kind::Directive(_) => {
                found = Arguments::Types;
                Last::End
            }
            Kind::Open(_) => Last::Open,
            _ => Last::Operator,
        };
    }
}
