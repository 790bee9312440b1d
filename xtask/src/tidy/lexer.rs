//! As much of Rust's lexical grammar as it takes to look at code without its text.

/// Blanks comments and fills literals with `_`, so that what is left is code; lines stay lines and
/// bytes stay where they are.
pub(super) fn mask(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut masked = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let (len, filler) = token(&bytes[at..]);
        let token = &bytes[at..at + len];
        match filler {
            None => masked.extend_from_slice(token),
            Some(filler) => {
                masked.extend(token.iter().map(|byte| if *byte == b'\n' { b'\n' } else { filler }));
            }
        }
        at += len;
    }
    String::from_utf8_lossy(&masked).into_owned()
}

/// The length of the token at the start, at least 1, and what to fill it with.
fn token(rest: &[u8]) -> (usize, Option<u8>) {
    const COMMENT: Option<u8> = Some(b' ');
    const LITERAL: Option<u8> = Some(b'_');
    if rest.starts_with(b"//") {
        return (rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()), COMMENT);
    }
    if rest.starts_with(b"/*") {
        return (block_comment(rest), COMMENT);
    }
    if let Some(len) = string(rest) {
        return (len, LITERAL);
    }
    if let Some(len) = character(rest) {
        return (len, LITERAL);
    }
    let word = rest.iter().take_while(|byte| is_word(**byte)).count();
    (word.max(1), None)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// Block comments nest.
fn block_comment(rest: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// The length of a string literal of any kind, with its prefix; `None` when there is none.
fn string(rest: &[u8]) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        let after = rest.strip_prefix(prefix.as_bytes());
        let is_raw = prefix.ends_with('r');
        after.is_some_and(|after| after.starts_with(b"\"") || is_raw && raw_quote(after).is_some())
    })?;
    let after = &rest[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = raw_quote(after)?;
        let end = [b"\"".as_slice(), &vec![b'#'; hashes]].concat();
        let body = &after[hashes + 1..];
        let len = body.windows(end.len()).position(|window| window == end);
        return Some(len.map_or(rest.len(), |len| prefix.len() + hashes + 1 + len + end.len()));
    }
    Some(prefix.len() + quoted(after, b'"'))
}

/// The number of `#` before the opening quote of a raw string; `None` when there is no quote.
fn raw_quote(after: &[u8]) -> Option<usize> {
    let hashes = after.iter().take_while(|byte| **byte == b'#').count();
    (after.get(hashes) == Some(&b'"')).then_some(hashes)
}

/// The length of a quoted text with escapes, both quotes included.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// The length of a character literal; `None` for a lifetime or anything else.
fn character(rest: &[u8]) -> Option<usize> {
    let prefix = usize::from(rest.starts_with(b"b'"));
    let literal = &rest[prefix..];
    if literal.first() != Some(&b'\'') {
        return None;
    }
    if literal.get(1) == Some(&b'\\') {
        return Some(prefix + quoted(literal, b'\''));
    }
    let width = literal.get(2..)?.iter().take_while(|byte| **byte & 0b1100_0000 == 0b1000_0000).count() + 1;
    (literal.get(1 + width) == Some(&b'\'')).then_some(prefix + width + 2)
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn comments_go_and_literals_are_filled() {
        let table = [
            ("let a = 1; // gix::x", "let a = 1;          "),
            ("a /* b /* c */ d */ e", "a                   e"),
            (r#"f("a \" {", b)"#, "f(________, b)"),
            ("f(r#\"a \" {\"#, b)", "f(__________, b)"),
            ("f(b\"{\", b'}', '{', '\\'', 'é')", "f(____, ____, ___, ____, ____)"),
            ("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}"),
            ("\"a\nb\"", "__\n__"),
            ("for r in b {}", "for r in b {}"),
            ("r#type", "r#type"),
        ];
        for (source, expected) in table {
            assert_eq!(mask(source), expected, "{source}");
        }
    }

    #[test]
    fn unfinished_text_ends_at_the_end() {
        for source in ["\"abc", "/* abc", "r#\"abc", "r##\"", "'", "b'"] {
            assert_eq!(mask(source).len(), source.len(), "{source}");
        }
    }
}
