//! Tokens of C, C++ and C#, as far as the rewriting needs them.

use super::dialect::Dialect;

/// A preprocessor line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Directive {
    /// `#if`, `#ifdef`, `#ifndef`; `is_never` for `#if 0` and `#if false`.
    If {
        is_never: bool,
    },
    /// `#elif` and its relatives.
    ElseIf,
    Else,
    EndIf,
    /// `#include`, `#define`, `#pragma`, `#region` and all others.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LexemeKind {
    Word,
    /// A number, a string or a character.
    Literal,
    /// `(`, `[`, `{`.
    Open(u8),
    /// `)`, `]`, `}`.
    Close(u8),
    Semicolon,
    Comma,
    Colon,
    /// `::`
    Scope,
    /// `&&`, `||`, `??`
    ShortCircuit,
    /// Any other character, and groups of operators under one of theirs.
    Sign(u8),
    Directive(Directive),
    End,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Lexeme {
    pub(super) kind: LexemeKind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// True if only white space and comments precede it on its line.
    pub(super) begins_line: bool,
}

#[derive(Clone)]
pub(super) struct Lexer<'text> {
    text: &'text [u8],
    at: usize,
    dialect: Dialect,
    begins_line: bool,
}

/// The token that a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByteClass {
    Space,
    Newline,
    Word,
    Digit,
    Other,
}

const CLASSES: [ByteClass; 256] = classes();

const fn classes() -> [ByteClass; 256] {
    let mut classes = [ByteClass::Other; 256];
    // A `for` loop is not allowed in a constant function.
    let mut byte = u8::MAX;
    loop {
        classes[byte as usize] = match byte {
            b'\n' => ByteClass::Newline,
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => ByteClass::Space,
            // Bytes of any encoding are letters: names need not be UTF-8, and only ASCII has a
            // meaning here.
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | 0x80..=0xff => ByteClass::Word,
            b'0'..=b'9' => ByteClass::Digit,
            _ => ByteClass::Other,
        };
        if byte == 0 {
            return classes;
        }
        byte -= 1;
    }
}

fn class(byte: u8) -> ByteClass {
    CLASSES[usize::from(byte)]
}

impl<'text> Lexer<'text> {
    pub(super) fn new(text: &'text [u8], dialect: Dialect) -> Self {
        Self::from(text, dialect, 0)
    }

    /// Starts at a position that begins a token.
    pub(super) fn from(text: &'text [u8], dialect: Dialect, at: usize) -> Self {
        Self { text, at, dialect, begins_line: true }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Returns the next token; [`LexemeKind::End`] forever at the end of the text.
    pub(super) fn next(&mut self) -> Lexeme {
        self.skip_space();
        let start = self.at;
        let begins_line = std::mem::replace(&mut self.begins_line, false);
        let Some(first) = self.text.get(start).copied() else {
            return Lexeme { kind: LexemeKind::End, start, end: start, begins_line };
        };
        let kind = match class(first) {
            ByteClass::Word => self.word(),
            ByteClass::Digit => self.number(),
            _ => self.sign(first, begins_line),
        };
        Lexeme { kind, start, end: self.at, begins_line }
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.text.get(self.at).copied() {
            match class(byte) {
                ByteClass::Space => self.at += 1,
                ByteClass::Newline => {
                    self.begins_line = true;
                    self.at += 1;
                }
                _ if byte == b'/' && self.peek(1) == b'/' => self.skip_to_newline(),
                _ if byte == b'/' && self.peek(1) == b'*' => self.skip_block_comment(),
                // A continued line is one line for the preprocessor, so `begins_line` stays.
                _ if byte == b'\\' && matches!(self.peek(1), b'\n' | b'\r') => self.at += 2,
                _ => return,
            }
        }
    }

    fn skip_to_newline(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    }

    fn skip_block_comment(&mut self) {
        self.at += 2;
        while self.at < self.text.len() {
            match self.text[self.at] {
                b'*' if self.peek(1) == b'/' => {
                    self.at += 2;
                    return;
                }
                b'\n' => self.begins_line = true,
                _ => {}
            }
            self.at += 1;
        }
    }

    fn word(&mut self) -> LexemeKind {
        let start = self.at;
        self.skip_word();
        let is_raw = self.dialect == Dialect::Cpp && self.peek(0) == b'"' && self.text[self.at - 1] == b'R';
        // The prefixes are `R`, `LR`, `uR`, `UR` and `u8R`; any longer word only ends in `R`.
        if is_raw && self.at - start <= 3 {
            self.raw_string();
            return LexemeKind::Literal;
        }
        // The prefixes `L`, `u`, `U` and `u8`, which must not count as a word of a head.
        if self.dialect != Dialect::CSharp && self.at - start <= 2 && matches!(self.peek(0), b'"' | b'\'') {
            self.quoted(self.peek(0));
            return LexemeKind::Literal;
        }
        LexemeKind::Word
    }

    fn skip_word(&mut self) {
        while let Some(byte) = self.text.get(self.at) {
            if !matches!(class(*byte), ByteClass::Word | ByteClass::Digit) {
                return;
            }
            self.at += 1;
        }
    }

    /// Reads a number, including C++'s digit separators.
    fn number(&mut self) -> LexemeKind {
        loop {
            self.skip_word();
            let goes_on = match self.peek(0) {
                b'.' => true,
                // `1'000'000`; without a digit behind it, the apostrophe begins a character.
                b'\'' => matches!(class(self.peek(1)), ByteClass::Word | ByteClass::Digit),
                b'+' | b'-' => matches!(self.text[self.at - 1], b'e' | b'E' | b'p' | b'P'),
                _ => false,
            };
            if !goes_on {
                return LexemeKind::Literal;
            }
            self.at += 1;
        }
    }

    fn sign(&mut self, first: u8, begins_line: bool) -> LexemeKind {
        let second = self.peek(1);
        // Elsewhere, `#` joins or quotes the arguments of a macro.
        if first == b'#' && begins_line {
            return LexemeKind::Directive(self.directive());
        }
        let is_csharp = self.dialect == Dialect::CSharp;
        let (length, kind) = match (first, second) {
            (b'"', _) => {
                self.string();
                (0, LexemeKind::Literal)
            }
            (b'\'', _) => {
                self.quoted(first);
                (0, LexemeKind::Literal)
            }
            (b'@' | b'$', _) if is_csharp => {
                self.prefixed();
                (0, LexemeKind::Literal)
            }
            (b'(' | b'[' | b'{', _) => (1, LexemeKind::Open(first)),
            (b')' | b']' | b'}', _) => (1, LexemeKind::Close(first)),
            (b';', _) => (1, LexemeKind::Semicolon),
            (b',', _) => (1, LexemeKind::Comma),
            (b':', b':') => (2, LexemeKind::Scope),
            (b':', _) => (1, LexemeKind::Colon),
            (b'&', b'&') | (b'|', b'|') => (2, LexemeKind::ShortCircuit),
            (b'?', b'?') if is_csharp => (2, LexemeKind::ShortCircuit),
            // Comparisons and compound assignments.
            (b'=' | b'!' | b'<' | b'>' | b'+' | b'-' | b'*' | b'/' | b'%' | b'|' | b'^' | b'&', b'=') => {
                (2, LexemeKind::Sign(b'='))
            }
            // One sign, so that its `>` does not close a list of template arguments.
            (b'-', b'>') => (2, LexemeKind::Sign(b'.')),
            // The arrow of a lambda.
            (b'=', b'>') if is_csharp => (2, LexemeKind::Sign(b'@')),
            (b'+', b'+') | (b'-', b'-') => (2, LexemeKind::Sign(b'~')),
            _ => (1, LexemeKind::Sign(first)),
        };
        self.at += length;
        kind
    }

    /// Reads a string, in C# perhaps in triple quotes.
    fn string(&mut self) {
        if self.dialect == Dialect::CSharp && self.peek(1) == b'"' && self.peek(2) == b'"' {
            let quotes = self.text[self.at..].iter().take_while(|byte| **byte == b'"').count();
            self.at += quotes;
            let mut run = 0;
            while self.at < self.text.len() && run < quotes {
                run = if self.text[self.at] == b'"' { run + 1 } else { 0 };
                self.at += 1;
            }
            return;
        }
        self.quoted(b'"');
    }

    /// Reads a string or character to its closing quote or the end of the line.
    fn quoted(&mut self, quote: u8) {
        self.at += 1;
        while self.at < self.text.len() {
            match self.text[self.at] {
                // A string without an end is broken code. Ending it at its line keeps the damage to
                // that line.
                b'\n' => return,
                b'\\' => self.at += 1 + usize::from(self.peek(1) == b'\r'),
                byte if byte == quote => {
                    self.at += 1;
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.text.len();
    }

    /// Reads C#'s `@"…"`, `$"…"` and `@name`.
    fn prefixed(&mut self) {
        let mut is_verbatim = false;
        while matches!(self.peek(0), b'@' | b'$') {
            is_verbatim |= self.peek(0) == b'@';
            self.at += 1;
        }
        match self.peek(0) {
            b'"' if is_verbatim => {
                self.at += 1;
                while self.at < self.text.len() {
                    match (self.text[self.at], self.peek(1)) {
                        (b'"', b'"') => self.at += 2,
                        (b'"', _) => {
                            self.at += 1;
                            return;
                        }
                        _ => self.at += 1,
                    }
                }
            }
            b'"' => self.string(),
            _ => self.skip_word(),
        }
    }

    /// Reads `R"delimiter(…)delimiter"`.
    fn raw_string(&mut self) {
        let rest = &self.text[self.at + 1..];
        // The standard allows delimiters of at most 16 characters.
        let Some(length) = rest.iter().take(17).position(|byte| *byte == b'(') else {
            return self.quoted(b'"');
        };
        let delimiter = &rest[..length];
        let mut at = length + 1;
        while at < rest.len() {
            if rest[at] == b')'
                && rest[at + 1..].strip_prefix(delimiter).is_some_and(|end| end.starts_with(b"\""))
            {
                self.at += at + delimiter.len() + 3;
                return;
            }
            at += 1;
        }
        self.at = self.text.len();
    }

    /// Reads a preprocessor line, including continuation lines.
    fn directive(&mut self) -> Directive {
        self.at += 1;
        while matches!(self.peek(0), b' ' | b'\t') {
            self.at += 1;
        }
        let start = self.at;
        self.skip_word();
        let word = &self.text[start..self.at];
        let condition = self.at;
        self.skip_directive();
        match word {
            b"if" => {
                let condition = self.text[condition..self.at].trim_ascii();
                Directive::If { is_never: matches!(condition, b"0" | b"false") }
            }
            b"ifdef" | b"ifndef" => Directive::If { is_never: false },
            b"elif" | b"elifdef" | b"elifndef" => Directive::ElseIf,
            b"else" => Directive::Else,
            b"endif" => Directive::EndIf,
            _ => Directive::Other,
        }
    }

    fn skip_directive(&mut self) {
        while let Some(byte) = self.text.get(self.at).copied() {
            match (byte, self.peek(1)) {
                (b'\n', _) => return,
                (b'\\', b'\n') => self.at += 2,
                (b'\\', b'\r') => self.at += 3,
                (b'/', b'/') => return self.skip_to_newline(),
                (b'/', b'*') => {
                    self.skip_block_comment();
                    // A comment over several lines in a directive belongs to the directive.
                    self.begins_line = false;
                }
                (b'"', _) => self.quoted(b'"'),
                _ => self.at += 1,
            }
        }
        self.at = self.text.len();
    }
}
