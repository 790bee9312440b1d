//! Words and quoted names on a line.

/// The first text in quotes of a line.
pub(super) fn quoted(line: &str) -> Option<&str> {
    let start = line.find(['"', '\''])?;
    let quote = line[start..].chars().next()?;
    line[start + 1..].split_once(quote).map(|(text, _)| text)
}

/// The first word of a text; `None` when there is none.
pub(super) fn first_word(text: &str) -> Option<&str> {
    text.split_whitespace().next()
}
