//! Function definitions of before 1989: `int f(a, b) int a; char *b; { … }`.
//!
//! The grammar knows them only behind some types, and the declarations end with `;`, so that the block
//! would belong to nothing. Without them, the rest is an ordinary definition.

use super::change::{Changes, TextChange};
use super::lexer::{Lexeme, LexemeKind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OldStyleStage {
    Idle,
    /// After a word, which may be the function's name.
    Named,
    /// In the list of names, before one.
    List,
    /// In the list of names, after one.
    Item,
    /// After the list, or after a declaration.
    Between,
    /// In the declaration of a parameter.
    Declaring,
    /// In the brackets of an array.
    Size,
}

/// Follows the tokens of a text.
pub(super) struct OldStyle {
    stage: OldStyleStage,
    /// The list of names, without its parentheses.
    names: (usize, usize),
    /// The last word of the current declaration.
    word: (usize, usize),
    has_declaration: bool,
}

impl OldStyle {
    pub(super) const NONE: Self =
        Self { stage: OldStyleStage::Idle, names: (0, 0), word: (0, 0), has_declaration: false };

    /// Adds a token; blanks the declarations of the parameters if it begins the block behind them.
    pub(super) fn token(&mut self, text: &[u8], token: Lexeme, changes: &mut Changes) {
        self.stage = match (self.stage, token.kind) {
            (OldStyleStage::Named, LexemeKind::Open(b'(')) => {
                self.names.0 = token.end;
                self.has_declaration = false;
                OldStyleStage::List
            }
            (OldStyleStage::List, LexemeKind::Word) => OldStyleStage::Item,
            (OldStyleStage::Item, LexemeKind::Comma) => OldStyleStage::List,
            (OldStyleStage::Item, LexemeKind::Close(b')')) => {
                self.names.1 = token.start;
                OldStyleStage::Between
            }
            (OldStyleStage::Between | OldStyleStage::Declaring, LexemeKind::Word) => {
                self.word = (token.start, token.end);
                OldStyleStage::Declaring
            }
            (OldStyleStage::Declaring, LexemeKind::Open(b'['))
            | (OldStyleStage::Size, LexemeKind::Word | LexemeKind::Literal | LexemeKind::Sign(_)) => {
                OldStyleStage::Size
            }
            // `*`, and the parentheses of a pointer to a function.
            (OldStyleStage::Size, LexemeKind::Close(b']'))
            | (
                OldStyleStage::Declaring,
                LexemeKind::Sign(b'*') | LexemeKind::Open(b'(') | LexemeKind::Close(b')'),
            ) => OldStyleStage::Declaring,
            (OldStyleStage::Declaring, LexemeKind::Comma) if self.declares(text) => OldStyleStage::Declaring,
            (OldStyleStage::Declaring, LexemeKind::Semicolon) if self.declares(text) => {
                self.has_declaration = true;
                OldStyleStage::Between
            }
            (OldStyleStage::Between, LexemeKind::Open(b'{')) => {
                if self.has_declaration {
                    changes.push((self.names.1 + 1, token.start, TextChange::Blank(None)));
                }
                OldStyleStage::Idle
            }
            (_, LexemeKind::Word) => OldStyleStage::Named,
            _ => OldStyleStage::Idle,
        };
    }

    /// Whether the last word is in the list of names. A macro without a semicolon before a declaration
    /// looks the same otherwise.
    fn declares(&self, text: &[u8]) -> bool {
        let word = &text[self.word.0..self.word.1];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii();
        text[self.names.0..self.names.1].split(|byte| !is_part(byte)).any(|name| name == word)
    }
}
