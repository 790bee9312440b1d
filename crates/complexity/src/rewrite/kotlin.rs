//! Three constructs of Kotlin that its grammar misreads.
//!
//! Words like `open` and `set` are modifiers or accessors before a declaration, and names elsewhere.
//! At `open = x`, the grammar loses the enclosing class. In `class A(b: B) : B by b {`, it reads the
//! body of the class as a lambda passed to `b`. A class whose body closes on the line of its last member
//! takes the rest of the file with it, unless that member ends with a semicolon.

use super::change::{Changes, TextChange};

/// Words that are names unless a declaration follows.
const SOFT_WORDS: [&[u8]; 31] = [
    b"abstract",
    b"actual",
    b"annotation",
    b"companion",
    b"const",
    b"crossinline",
    b"data",
    b"dynamic",
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
    b"vararg",
];

/// Words that begin a declaration, which ends the header of a class without a body.
const DECLARATIONS: [&[u8]; 7] = [b"fun", b"val", b"var", b"typealias", b"import", b"package", b"init"];

/// The header of a class.
struct Header {
    /// The number of parentheses around it.
    depth: usize,
    /// True after the colon before its supertypes.
    has_colon: bool,
    /// The start of the current delegation.
    by: Option<usize>,
}

/// An open brace.
struct Brace {
    /// True if it begins the body of a class.
    is_class: bool,
    /// The number of parentheses around it.
    depth: usize,
}

/// The changes to a text.
pub(super) fn changes(text: &[u8]) -> Changes {
    let mut changes = Vec::new();
    let mut header: Option<Header> = None;
    let mut depth = 0_usize;
    let mut braces: Vec<Brace> = Vec::new();
    let mut begins_statement = true;
    // The last sign or letter on the current line.
    let mut last = b'\n';
    let mut at = 0;
    while let Some(byte) = text.get(at).copied() {
        match byte {
            b'\n' | b';' | b'{' => {
                if byte == b'{' {
                    let header = header.take_if(|header| header.depth == depth);
                    braces.push(Brace { is_class: header.is_some(), depth });
                    if let Some(start) = header.and_then(|header| header.by) {
                        changes.push((start, at, TextChange::Blank(None)));
                    }
                }
                last = byte;
                begins_statement = true;
                at += 1;
            }
            b'}' => {
                if let Some(brace) = braces.pop() {
                    if brace.is_class && is_joined(last, text[at - 1]) {
                        changes.push((at - 1, at, TextChange::Write(";")));
                    }
                    // Parentheses inside the block may lack their ends.
                    depth = brace.depth;
                }
                last = byte;
                begins_statement = true;
                at += 1;
            }
            b' ' | b'\t' | b'\r' => at += 1,
            b'/' if matches!(text.get(at + 1), Some(b'/')) => at = line_end(text, at),
            b'/' if matches!(text.get(at + 1), Some(b'*')) => at = comment_end(text, at),
            b'"' | b'\'' => {
                at = literal_end(text, at);
                last = byte;
                begins_statement = false;
            }
            // Names may have letters of any script, and no byte above ASCII is a sign of the
            // language.
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => {
                let length = text[at..].iter().take_while(|byte| is_part(**byte)).count();
                let end = at + length;
                let word = &text[at..end];
                if begins_statement && SOFT_WORDS.contains(&word) && is_used(word, &text[end..]) {
                    // One letter is enough to make it another word, and its length stays.
                    changes.push((at, at + 1, TextChange::Write("_")));
                }
                // `A::class` is a value.
                if !text[..at].ends_with(b"::") {
                    header = header_after(header, word, at, depth);
                }
                last = byte;
                begins_statement = false;
                at = end;
            }
            _ => {
                depth = sign((byte, at), depth, &mut header, &mut changes);
                last = byte;
                begins_statement = false;
                at += 1;
            }
        }
    }
    changes
}

/// Handles any other sign; returns the number of parentheses around what follows.
fn sign((byte, at): (u8, usize), depth: usize, header: &mut Option<Header>, changes: &mut Changes) -> usize {
    match byte {
        b'(' | b'[' => return depth + 1,
        b')' | b']' => {
            let depth = depth.saturating_sub(1);
            *header = header.take().filter(|header| header.depth <= depth);
            return depth;
        }
        // In the parentheses behind a class's name, both belong to parameters.
        b':' | b',' => {
            if let Some(header) = header.as_mut().filter(|header| header.depth == depth) {
                if byte == b':' {
                    header.has_colon = true;
                } else if let Some(start) = header.by.take() {
                    changes.push((start, at, TextChange::Blank(None)));
                }
            }
        }
        _ => {}
    }
    depth
}

/// Whether a class's body closes directly after its last member, with room for a semicolon between them.
fn is_joined(last: u8, before: u8) -> bool {
    !matches!(last, b'\n' | b';' | b'{' | b',') && matches!(before, b' ' | b'\t')
}

fn header_after(header: Option<Header>, word: &[u8], at: usize, depth: usize) -> Option<Header> {
    match word {
        b"class" | b"object" | b"interface" => Some(Header { depth, has_colon: false, by: None }),
        // A parameter of the class.
        _ if header.as_ref().is_some_and(|header| header.depth != depth) => header,
        // A class without a body ends at the next declaration, whose `by` delegates a property.
        _ if DECLARATIONS.contains(&word) => None,
        b"by" => header.map(|header| {
            let by = header.by.or(header.has_colon.then_some(at));
            Header { by, ..header }
        }),
        _ => header,
    }
}

/// Whether a word is used as a name, given the text after it: an assignment, a member or a call.
fn is_used(word: &[u8], rest: &[u8]) -> bool {
    let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match rest[blank..] {
        [b'=', next, ..] => next != b'=',
        [b'+' | b'-' | b'*' | b'/' | b'%', b'=', ..] | [b'+', b'+', ..] | [b'-', b'-', ..] => true,
        [b'.' | b'[', ..] => blank == 0,
        // Accessors, and the types of functions that suspend, look like calls.
        [b'(', ..] => blank == 0 && !matches!(word, b"get" | b"set" | b"suspend"),
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
