//! Mends what the preprocessor hides from the grammars of C, C++ and C#, before the text is parsed.
//!
//! A conditional may cut a construct in two (`#ifdef X` before `else if`), and a macro may stand for
//! syntax (`class EXPORT Name`, `FOREACH(x) {`). No grammar can parse either. The mended text has the
//! same length and the same lines: what is in the way becomes spaces, and a loop macro becomes a
//! `while`. Decided on the tokens alone, so that the text is parsed once; text without such places is
//! not touched.

mod arguments;
mod conditionals;
mod head;
mod kotlin;
mod lexer;
mod parameter;
mod scan;
mod words;

use std::borrow::Cow;

use lexer::{Directive, Kind, Lexer};
use scan::Change;
pub(crate) use words::is_loop_macro;

/// Which language's preprocessor and declarations to expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Any language that is parsed as it stands.
    Unmended,
    C,
    Cpp,
    CSharp,
    Kotlin,
}

/// The text to parse, and what the walk has to add for what is no longer in it.
pub(crate) struct Mended<'text> {
    pub(crate) text: Cow<'text, [u8]>,
    /// By position.
    pub(crate) notes: Vec<Note>,
    /// First and last rows of what was blanked and is code; overlapping as they like.
    pub(crate) code_rows: Vec<(usize, usize)>,
    /// Rows of the branches that were left out.
    pub(crate) lost_rows: Vec<(usize, usize)>,
}

/// Something that counts although the parser does not see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) at: usize,
    pub(crate) what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// `#if`, `#ifdef`.
    Conditional,
    /// `#elif`, `#else`.
    Alternative,
    /// The keyword of a decision in a branch that was left out.
    Keyword,
    /// A short-circuit operator in such a branch.
    Operator,
}

/// Keywords of the decisions in branches that are left out.
const DECISIONS: [&[u8]; 6] = [b"if", b"for", b"foreach", b"while", b"case", b"catch"];

/// Mends a text; without any need of it, gives it back.
pub(crate) fn mend(content: &[u8], dialect: Dialect) -> Mended<'_> {
    let mut mended = Mended {
        text: Cow::Borrowed(content),
        notes: Vec::new(),
        code_rows: Vec::new(),
        lost_rows: Vec::new(),
    };
    let mut changes = match dialect {
        Dialect::Unmended => Vec::new(),
        Dialect::Kotlin => kotlin::changes(content),
        Dialect::C | Dialect::Cpp | Dialect::CSharp => scan::changes(content, dialect),
    };
    if changes.is_empty() {
        return mended;
    }
    // What lies inside a longer change comes after it, and is skipped.
    changes.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut text = content.to_vec();
    let mut rows = Rows { content, at: 0, row: 0 };
    let mut done = 0;
    for (start, end, change) in changes {
        if start < done {
            continue;
        }
        done = end;
        blank(&mut text[start..end]);
        match change {
            Change::Blank(what) => {
                mended.notes.extend(what.map(|what| Note { at: start, what }));
                let first = rows.of(start);
                mended.code_rows.push((first, rows.of(end)));
            }
            Change::Write(word) => {
                let first = rows.of(start);
                mended.code_rows.push((first, rows.of(end)));
                let word = word.as_bytes();
                let length = word.len().min(end - start);
                text[start..start + length].copy_from_slice(&word[..length]);
            }
            Change::LeaveOut => leave_out(content, dialect, (start, end), &mut rows, &mut mended),
        }
    }
    mended.text = Cow::Owned(text);
    mended
}

/// Makes spaces of everything but line ends.
fn blank(text: &mut [u8]) {
    for byte in text {
        if !matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}

/// Notes the decisions and the lines of a branch that is left out.
fn leave_out(
    content: &[u8],
    dialect: Dialect,
    (start, end): (usize, usize),
    rows: &mut Rows<'_>,
    mended: &mut Mended<'_>,
) {
    let mut lexer = Lexer::from(&content[..end], dialect, start);
    loop {
        let token = lexer.next();
        let what = match token.kind {
            Kind::End => return,
            Kind::Word if DECISIONS.contains(&&content[token.start..token.end]) => Some(What::Keyword),
            Kind::ShortCircuit => Some(What::Operator),
            Kind::Directive(Directive::If { .. }) => Some(What::Conditional),
            Kind::Directive(Directive::ElseIf | Directive::Else) => Some(What::Alternative),
            _ => None,
        };
        mended.notes.extend(what.map(|what| Note { at: token.start, what }));
        let first = rows.of(token.start);
        let lines = (first, rows.of(token.end));
        if mended.lost_rows.last() != Some(&lines) {
            mended.code_rows.push(lines);
            mended.lost_rows.push(lines);
        }
    }
}

/// Counts rows up to positions that only grow.
struct Rows<'text> {
    content: &'text [u8],
    at: usize,
    row: usize,
}

impl Rows<'_> {
    fn of(&mut self, position: usize) -> usize {
        let passed = self.content.get(self.at..position).unwrap_or(&[]);
        self.row += passed.split(|byte| *byte == b'\n').count() - 1;
        self.at = self.at.max(position);
        self.row
    }
}
