//! Finds a phrase in a text.

/// Whether a lower-case text contains a phrase as whole words; `#` in the phrase matches a digit.
pub(super) fn contains_phrase(text: &str, phrase: &str) -> bool {
    let text = text.as_bytes();
    let phrase = phrase.as_bytes();
    let matches = |start: usize| {
        let found = &text[start..start + phrase.len()];
        let is_equal = |(found, wanted): (&u8, &u8)| match wanted {
            b'#' => found.is_ascii_digit(),
            // A line break counts as a blank, as a phrase may be wrapped.
            b' ' => found.is_ascii_whitespace(),
            _ => found == wanted,
        };
        found.iter().zip(phrase).all(is_equal)
            && is_boundary(phrase[0], start.checked_sub(1).map(|before| text[before]))
            && is_boundary(phrase[phrase.len() - 1], text.get(start + phrase.len()).copied())
    };
    // Compared first, because the subtraction would overflow for a shorter text.
    text.len() >= phrase.len() && (0..=text.len() - phrase.len()).any(matches)
}

/// Whether a phrase may end (or begin) with one byte where the text goes on with another.
fn is_boundary(edge: u8, neighbour: Option<u8>) -> bool {
    // A hyphen joins: `ignore-revs` is no `revs`.
    let is_joined = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || byte >= 0x80;
    !edge.is_ascii_alphabetic() || !neighbour.is_some_and(is_joined)
}

#[cfg(test)]
mod tests {
    use super::contains_phrase;

    #[test]
    fn phrases_match_whole_words_across_line_breaks() {
        let table = [
            ("it is told by", "told", true),
            ("untold", "told", false),
            ("told.", "told", true),
            ("bots are left\nout", "left out", true),
            (".git-blame-ignore-revs", "revs", false),
            ("an 80 % range", "# %", true),
            ("an 80% range", "# %", false),
            ("a % b", "# %", false),
            ("", "told", false),
        ];
        for (text, phrase, expected) in table {
            assert_eq!(contains_phrase(text, phrase), expected, "{phrase:?} in {text:?}");
        }
    }
}
