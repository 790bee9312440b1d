//! Rewrites text that the grammars of C, C++, C# and Kotlin cannot parse, before it is parsed.
//!
//! A conditional may cut a construct (`#ifdef X` before `else if`), and a macro may replace syntax
//! (`class EXPORT Name`, `FOREACH(x) {`). No grammar can parse either. The rewritten text has the same
//! length and the same lines: directives and macros become spaces, and a loop macro becomes a `while`.
//! Only tokens are used, so the text is parsed once. Text without such places is not changed.

mod arguments;
mod bracket;
mod change;
mod conditionals;
mod construct;
mod dialect;
mod flow;
mod head;
mod kotlin;
mod lexer;
mod old_style;
mod parameter;
mod scan;
mod words;

use std::borrow::Cow;

use change::TextChange;
pub(crate) use construct::{Construct, HiddenConstruct};
pub(crate) use dialect::Dialect;
use lexer::{Directive, LexemeKind, Lexer};
pub(crate) use words::is_loop_macro;

/// The text to parse, and what the walk must add for the parts removed from it.
pub(crate) struct Rewritten<'text> {
    pub(crate) text: Cow<'text, [u8]>,
    /// Constructs removed from the text, by position.
    pub(crate) notes: Vec<HiddenConstruct>,
    /// First and last rows of blanked code; ranges may overlap.
    pub(crate) code_rows: Vec<(usize, usize)>,
    /// First and last rows of dropped branches.
    pub(crate) lost_rows: Vec<(usize, usize)>,
}

/// Keywords of decisions in dropped branches.
const DECISIONS: [&[u8]; 6] = [b"if", b"for", b"foreach", b"while", b"case", b"catch"];

/// Rewrites a text, or returns it unchanged if there is no need.
pub(crate) fn rewrite(content: &[u8], dialect: Dialect) -> Rewritten<'_> {
    let mut rewritten = Rewritten {
        text: Cow::Borrowed(content),
        notes: Vec::new(),
        code_rows: Vec::new(),
        lost_rows: Vec::new(),
    };
    let mut changes = match dialect {
        Dialect::Plain => Vec::new(),
        Dialect::Kotlin => kotlin::changes(content),
        Dialect::C | Dialect::Cpp | Dialect::CSharp => scan::changes(content, dialect),
    };
    if changes.is_empty() {
        return rewritten;
    }
    // Changes inside a longer one come after it and are skipped.
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
            TextChange::Blank(what) => {
                rewritten.notes.extend(what.map(|what| HiddenConstruct { at: start, what }));
                let first = rows.of(start);
                rewritten.code_rows.push((first, rows.of(end)));
            }
            TextChange::Write(word) => {
                let first = rows.of(start);
                rewritten.code_rows.push((first, rows.of(end)));
                let word = word.as_bytes();
                let length = word.len().min(end - start);
                text[start..start + length].copy_from_slice(&word[..length]);
            }
            TextChange::Drop => drop_branch(content, dialect, (start, end), &mut rows, &mut rewritten),
        }
    }
    rewritten.text = Cow::Owned(text);
    rewritten
}

/// Replaces everything but line ends by spaces.
fn blank(text: &mut [u8]) {
    for byte in text {
        // Rows and columns stay, and with them every position that the tree reports.
        if !matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}

/// Records the decisions and the lines of a dropped branch.
fn drop_branch(
    content: &[u8],
    dialect: Dialect,
    (start, end): (usize, usize),
    rows: &mut Rows<'_>,
    rewritten: &mut Rewritten<'_>,
) {
    // The text from its beginning, so that the positions of tokens are those of the file.
    let mut lexer = Lexer::from(&content[..end], dialect, start);
    loop {
        let token = lexer.next();
        let what = match token.kind {
            LexemeKind::End => return,
            LexemeKind::Word if DECISIONS.contains(&&content[token.start..token.end]) => {
                Some(Construct::Keyword)
            }
            LexemeKind::ShortCircuit => Some(Construct::Operator),
            LexemeKind::Directive(Directive::If { .. }) => Some(Construct::Conditional),
            LexemeKind::Directive(Directive::ElseIf | Directive::Else) => Some(Construct::Alternative),
            _ => None,
        };
        rewritten.notes.extend(what.map(|what| HiddenConstruct { at: token.start, what }));
        let first = rows.of(token.start);
        let lines = (first, rows.of(token.end));
        if rewritten.lost_rows.last() != Some(&lines) {
            rewritten.code_rows.push(lines);
            rewritten.lost_rows.push(lines);
        }
    }
}

/// Converts increasing positions to rows.
struct Rows<'text> {
    content: &'text [u8],
    at: usize,
    row: usize,
}

impl Rows<'_> {
    fn of(&mut self, position: usize) -> usize {
        let passed = self.content.get(self.at..position).unwrap_or(&[]);
        self.row += passed.split(|byte| *byte == b'\n').count() - 1;
        // Positions come in order, so counting newlines takes one pass over the text in total.
        self.at = self.at.max(position);
        self.row
    }
}
