//! Two constructs of Kotlin that its grammar misreads.
//!
//! Words like `open` and `set` are modifiers or accessors before a declaration, and names elsewhere.
//! At `open = x`, the grammar loses the enclosing class. In `class A(b: B) : B by b {`, it reads the
//! body of the class as a lambda passed to `b`.

use super::change::{Changes, TextChange};

/// Words that are names unless a declaration follows.
const SOFT_WORDS: [&[u8]; 29] = [
    b"abstract",
    b"actual",
    b"annotation",
    b"companion",
    b"const",
    b"crossinline",
    b"data",
    b"enum",
    b"expect",
    b"external",
    b"final",
    b"get",
    b"infix",
    b"inline",
    b"inner",
    b"internal",
    b"lateinit",
    b"noinline",
    b"open",
    b"operator",
    b"override",
    b"private",
    b"protected",
    b"public",
    b"sealed",
    b"set",
    b"suspend",
    b"tailrec",
    b"value",
];

/// Words that begin a declaration, which ends the header of a class without a body.
const DECLARATIONS: [&[u8]; 7] = [b"fun", b"val", b"var", b"typealias", b"import", b"package", b"init"];

/// The header of a class.
#[derive(Default)]
struct Header {
    /// True after the colon before its supertypes.
    has_colon: bool,
    /// The start of the current delegation.
    by: Option<usize>,
}

/// The changes to a text.
pub(super) fn changes(text: &[u8]) -> Changes {
    let mut changes = Vec::new();
    let mut header: Option<Header> = None;
    let mut depth = 0_usize;
    let mut begins_statement = true;
    let mut at = 0;
    while let Some(byte) = text.get(at).copied() {
        match byte {
            b'\n' | b';' | b'{' | b'}' => {
                if byte == b'{'
                    && depth == 0
                    && let Some(start) = header.take().and_then(|header| header.by)
                {
                    changes.push((start, at, TextChange::Blank(None)));
                }
                begins_statement = true;
                at += 1;
            }
            b' ' | b'\t' | b'\r' => at += 1,
            b'/' if matches!(text.get(at + 1), Some(b'/')) => at = line_end(text, at),
            b'/' if matches!(text.get(at + 1), Some(b'*')) => at = comment_end(text, at),
            b'"' | b'\'' => {
                at = literal_end(text, at);
                begins_statement = false;
            }
            // Names may have letters of any script, and no byte above ASCII is a sign of the
            // language.
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => {
                let length = text[at..].iter().take_while(|byte| is_part(**byte)).count();
                let end = at + length;
                let word = &text[at..end];
                if begins_statement && SOFT_WORDS.contains(&word) && is_used(&text[end..]) {
                    // One letter is enough to make it another word, and its length stays.
                    changes.push((at, at + 1, TextChange::Write("_")));
                }
                if depth == 0 {
                    header = header_after(header, word, at);
                }
                begins_statement = false;
                at = end;
            }
            _ => {
                match byte {
                    b'(' | b'[' => depth += 1,
                    b')' | b']' => depth = depth.saturating_sub(1),
                    // Inside parentheses, a colon belongs to a parameter.
                    b':' if depth == 0 => {
                        if let Some(header) = &mut header {
                            header.has_colon = true;
                        }
                    }
                    b',' if depth == 0 => {
                        if let Some(start) = header.as_mut().and_then(|header| header.by.take()) {
                            changes.push((start, at, TextChange::Blank(None)));
                        }
                    }
                    _ => {}
                }
                begins_statement = false;
                at += 1;
            }
        }
    }
    changes
}

fn header_after(header: Option<Header>, word: &[u8], at: usize) -> Option<Header> {
    match word {
        b"class" | b"object" | b"interface" => Some(Header::default()),
        // A class without a body ends at the next declaration, whose `by` delegates a property.
        _ if DECLARATIONS.contains(&word) => None,
        b"by" => header.map(|header| {
            let by = header.by.or(header.has_colon.then_some(at));
            Header { by, ..header }
        }),
        _ => header,
    }
}

/// Whether a word is used as a name, given the text after it: an assignment or a member.
fn is_used(rest: &[u8]) -> bool {
    let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match rest[blank..] {
        [b'=', next, ..] => next != b'=',
        [b'+' | b'-' | b'*' | b'/' | b'%', b'=', ..] | [b'+', b'+', ..] | [b'-', b'-', ..] => true,
        [b'.' | b'[', ..] => blank == 0,
        _ => false,
    }
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

fn line_end(text: &[u8], at: usize) -> usize {
    text[at..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |length| at + length)
}

/// The end of a comment, which may be nested.
fn comment_end(text: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while at < text.len() {
        match text[at..] {
            [b'/', b'*', ..] => {
                depth += 1;
                at += 2;
            }
            [b'*', b'/', ..] => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

/// The end of a string or character: in triple quotes, or else on the same line.
fn literal_end(text: &[u8], start: usize) -> usize {
    if text[start..].starts_with(b"\"\"\"") {
        let rest = &text[start + 3..];
        let end = rest.windows(3).position(|part| part == b"\"\"\"").map_or(rest.len(), |at| at + 3);
        return start + 3 + end;
    }
    let quote = text[start];
    let mut at = start + 1;
    while at < text.len() {
        match text[at] {
            b'\n' => return at,
            b'\\' => at += 1,
            byte if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}
