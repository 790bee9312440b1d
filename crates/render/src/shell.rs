//! Arguments of a shell, for commands that can be copied.

use crate::text::visible;

/// Text as one word of a shell; `None` when it cannot be typed.
pub fn shell_word(path: &[u8]) -> Option<String> {
    // Escaped text names another file, so a path that needs escapes is not suggested at all.
    let text = std::str::from_utf8(path).ok().filter(|text| visible(text.as_bytes()) == *text)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-+@%,:=".contains(&byte) || byte >= 0x80;
    // Letters beyond ASCII are plain in every shell. A tilde or a brace is not: both expand.
    if !text.is_empty() && text.bytes().all(is_plain) && !text.starts_with('-') {
        return Some(text.to_owned());
    }
    // A leading dash would be read as an option, quoted or not. Quotes within quotes differ between
    // shells.
    if text.starts_with('-') || text.contains('\'') {
        return None;
    }
    Some(format!("'{text}'"))
}

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn a_suggested_path_can_be_pasted_into_a_shell() {
        assert_eq!(shell_word(b"lib/url.c").as_deref(), Some("lib/url.c"));
        assert_eq!(shell_word(b"my docs/$HOME.c").as_deref(), Some("'my docs/$HOME.c'"));
        assert_eq!(shell_word(b"it's.c"), None);
        assert_eq!(shell_word(b"").as_deref(), Some("''"), "a word that is not there shifts the others");
        assert_eq!(shell_word(b"-rf"), None);
        assert_eq!(shell_word(b"caf\xe9.c"), None);
        assert_eq!(shell_word(b"a\nb.c"), None);
    }
}
