//! Headers in the commands that messages suggest.

/// A header as one word of a shell.
pub(super) fn shell_word(header: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
    if header.chars().all(is_plain) {
        header.to_owned()
    } else {
        // Headers come from the file, and people paste the command: a quote must not end the word.
        format!("'{}'", header.replace('\'', "'\\''"))
    }
}
