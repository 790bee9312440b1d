//! Text that is safe and fits: escaping, display width, shortening, wrapping.
//!
//! Titles, paths and ids are written by other people. Nothing of theirs reaches a terminal that
//! could move the cursor, reorder a line or hide a character.

use std::borrow::Cow;
use std::fmt::Write;

use bstr::ByteSlice;
use unicode_width::UnicodeWidthChar;

/// The mark for omitted text.
pub(super) const ELLIPSIS: &str = "…";

/// Columns that a terminal needs for escaped text: the sum over its characters, as terminals count.
///
/// Being a sum, a part is never wider than the whole, which the string width of the Unicode rules
/// does not promise where neighbouring characters merge.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

/// Text in which every character is visible.
///
/// Control characters become `\n`, `\t`, `\x1b`; line separators, bidirectional controls and
/// characters of no width become `\u{202e}`; bytes that are not UTF-8 become `\xe9`.
pub fn visible(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            push_visible(&mut text, character);
        }
        for byte in chunk.invalid() {
            // Latin-1 names are common in older histories. A replacement character would make two
            // different names look the same.
            write!(text, "\\x{byte:02x}").expect("writing to a string cannot fail");
        }
    }
    text
}

fn push_visible(text: &mut String, character: char) {
    match character {
        // A backslash itself stays as it is: Windows paths in titles would be unreadable, and
        // nothing parses this text back.
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        // ESC begins the sequences that clear a screen, change a title or answer as if typed.
        _ if character.is_control() && character.is_ascii() => {
            write!(text, "\\x{:02x}", u32::from(character)).expect("writing to a string cannot fail");
        }
        // C1 controls such as U+009B do the same in one character.
        _ if is_invisible(character) => {
            write!(text, "\\u{{{:x}}}", u32::from(character)).expect("writing to a string cannot fail");
        }
        _ => text.push(character),
    }
}

/// Text of a file to show beside positions in it: characters that are not visible are replaced, and every
/// other byte keeps its position and line.
pub fn visible_in_place(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_line_end = character == '\n' || (character == '\r' && characters.peek() == Some(&'\n'));
        if is_line_end || character == '\t' || !(character.is_control() || is_deceptive(character)) {
            shown.push(character);
        } else {
            // As many bytes as the character has, so that every span still fits.
            shown.push_str(["?", "\u{b7}", "\u{fffd}", "\u{1f6ab}"][character.len_utf8() - 1]);
        }
    }
    shown
}

/// Whether a character is not seen, or changes what is seen around it.
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_control() || is_deceptive(character)
}

/// Text that no build server obeys as a command.
///
/// GitHub obeys `::error::` at the start of a line, Azure and GitHub obey `##vso[` and `##[` anywhere.
pub(crate) fn without_commands(text: &str) -> Cow<'_, str> {
    let starts = |line: &str| line.trim_start().starts_with("::");
    if !text.contains("##") && !text.split('\n').any(starts) {
        return Cow::Borrowed(text);
    }
    let lines = text.split('\n').map(|line| {
        let line = line.replace("##", "#\\#");
        if starts(&line) { line.replacen("::", "\\::", 1) } else { line }
    });
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// Whether a character changes how its neighbours are shown without being seen itself.
fn is_deceptive(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'                                  // soft hyphen
            | '\u{61c}'                           // Arabic letter mark
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
            | '\u{17b4}' | '\u{17b5}' | '\u{180e}' // Khmer and Mongolian invisibles
            | '\u{200b}'..='\u{200f}'             // zero width, left-to-right and right-to-left marks
            | '\u{2028}'..='\u{202e}'             // line separators, bidirectional embeddings
            | '\u{2060}'..='\u{206f}'             // word joiner, invisible operators, isolates
            | '\u{feff}'                          // byte order mark
            | '\u{fff9}'..='\u{fffb}'             // interlinear annotation
            | '\u{e0000}'..='\u{e0fff}'           // tags and their variation selectors
    )
}

/// The longest beginning of at most `limit` columns, cut between graphemes.
pub(super) fn head(text: &str, limit: usize) -> &str {
    let mut end = 0;
    // A cut within a grapheme would leave an accent or half of a flag on the ellipsis.
    for (_, grapheme_end, _) in text.as_bytes().grapheme_indices() {
        if width(&text[..grapheme_end]) > limit {
            break;
        }
        end = grapheme_end;
    }
    &text[..end]
}

/// The longest ending of at most `limit` columns, cut between graphemes.
pub(super) fn tail(text: &str, limit: usize) -> &str {
    let mut start = text.len();
    for (grapheme_start, _, _) in text.as_bytes().grapheme_indices().rev() {
        if width(&text[grapheme_start..]) > limit {
            break;
        }
        start = grapheme_start;
    }
    &text[start..]
}

/// Text of at most `limit` columns: the end gives way to `…`.
pub(super) fn shorten_end(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    // Not even the mark fits.
    if limit == 0 {
        return String::new();
    }
    format!("{}{ELLIPSIS}", head(text, limit - 1).trim_end())
}

/// A path of at most `limit` columns: the middle gives way to `…`, the file name stays.
///
/// Whole folders are kept where they fit, from both ends in turn; a file name that is too long by
/// itself keeps its beginning and its end.
pub(super) fn shorten_path(path: &str, limit: usize) -> String {
    if width(path) <= limit {
        return path.to_owned();
    }
    let components: Vec<&str> = path.split('/').collect();
    let name = components[components.len() - 1];
    // Two columns are the mark and a slash: less leaves no room for anything before the name.
    if components.len() == 1 || width(name) + 2 > limit {
        return shorten_middle(name, limit);
    }
    let folders = &components[..components.len() - 1];
    let (mut n_first, mut n_last) = (0, 0);
    let mut best = format!("{ELLIPSIS}/{name}");
    // The first folders say which part of the code, the last ones which of several files of one
    // name.
    for take_first in [true, false].into_iter().cycle() {
        let (first, last) = if take_first { (n_first + 1, n_last) } else { (n_first, n_last + 1) };
        // All folders would be shown and the mark would stand for nothing; the whole path did not
        // fit anyway.
        if first + last >= folders.len() {
            break;
        }
        let longer = with_folders(folders, first, last, name);
        if width(&longer) <= limit {
            (n_first, n_last, best) = (first, last, longer);
        // The first folder alone is too long: the last ones may still fit. Otherwise nothing more
        // does.
        } else if !take_first || n_first == 0 {
            break;
        }
    }
    let room = limit - width(&best);
    if n_first == 0 && room >= 3 {
        // Not one whole folder fits: some letters of the first still tell where the file is.
        best.insert_str(0, head(folders[0], room));
    }
    best
}

/// The name of a function in at most `limit` columns: its namespaces and classes give way to `…` first, from the front.
pub(super) fn shorten_function(name: &str, limit: usize) -> String {
    if width(name) <= limit {
        return name.to_owned();
    }
    // A single colon precedes a line.
    let is_start = |at: &usize| name[..*at].ends_with('.') || name[..*at].ends_with("::");
    let starts = name.char_indices().map(|(at, _)| at).filter(is_start);
    let mut last = name;
    for start in starts {
        last = &name[start..];
        if width(last) < limit {
            return format!("{ELLIPSIS}{last}");
        }
    }
    if last.len() == name.len() || limit <= 1 {
        return shorten_middle(last, limit);
    }
    format!("{ELLIPSIS}{}", shorten_middle(last, limit - 1))
}

fn with_folders(folders: &[&str], n_first: usize, n_last: usize, name: &str) -> String {
    let mut text = String::new();
    for folder in &folders[..n_first] {
        text.push_str(folder);
        text.push('/');
    }
    text.push_str(ELLIPSIS);
    text.push('/');
    for folder in &folders[folders.len() - n_last..] {
        text.push_str(folder);
        text.push('/');
    }
    text.push_str(name);
    text
}

/// Text of at most `limit` columns that keeps its beginning and its end.
pub(super) fn shorten_middle(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    if limit <= 2 {
        // Beginning, mark and end need three columns.
        return shorten_end(text, limit);
    }
    let kept = limit - 1;
    // The end may need a column less than it got, if a wide character did not fit. The beginning
    // has it.
    let ending = tail(text, kept / 2);
    let beginning = head(text, kept - width(ending));
    format!("{beginning}{ELLIPSIS}{ending}")
}

/// Lines of at most `limit` columns, broken between words; a longer word is cut between graphemes.
pub(super) fn wrap(text: &str, limit: usize) -> Vec<String> {
    // A limit of 0 would cut words into pieces of nothing, forever.
    let limit = limit.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut word = word;
        // A percent sign stays with its number.
        let is_glued = word.starts_with('%');
        if !line.is_empty() && width(&line) + 1 + width(word) > limit {
            if is_glued
                && let Some((before, number)) = line.rsplit_once(' ')
                && width(number) + 1 + width(word) <= limit
            {
                let number = number.to_owned();
                lines.push(before.to_owned());
                line = number;
            } else {
                lines.push(std::mem::take(&mut line));
            }
        }
        // A word that goes on a line with others is never cut, so the line is empty here.
        while line.is_empty() && width(word) > limit {
            let mut first = head(word, limit);
            if first.is_empty() {
                // One grapheme of several columns: cut between its characters.
                let mut ends = word.char_indices().map(|(start, character)| start + character.len_utf8());
                first = &word[..ends.rfind(|end| width(&word[..*end]) <= limit).unwrap_or(word.len())];
            }
            lines.push(first.to_owned());
            word = &word[first.len()..];
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// `AREAS BY COST` -> `Areas by cost`.
pub(super) fn sentence_case(title: &str) -> String {
    capitalised(&title.to_lowercase())
}

/// The text with its first letter in upper case, if that is ASCII.
pub(super) fn capitalised(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{shorten_end, shorten_function, shorten_path, visible, width, wrap};

    #[test]
    fn characters_that_steer_a_terminal_become_visible() {
        assert_eq!(visible(b"a\x1b[31m\n\tb\x7f"), "a\\x1b[31m\\n\\tb\\x7f");
        assert_eq!(visible("gpj.\u{202e}exe\u{200b}\u{85}".as_bytes()), "gpj.\\u{202e}exe\\u{200b}\\u{85}");
        assert_eq!(visible(b"caf\xe9/\xff"), "caf\\xe9/\\xff", "bytes that are not UTF-8");
        assert_eq!(visible("日本語 é".as_bytes()), "日本語 é", "ordinary text stays");
    }

    #[test]
    fn a_long_path_keeps_its_file_name_and_whole_folders_from_both_ends() {
        let path = "crates/reporter/src/render/table/rows.rs"; // 40 columns
        assert_eq!(shorten_path(path, 40), path);
        assert_eq!(shorten_path(path, 39), "crates/reporter/…/render/table/rows.rs");
        assert_eq!(shorten_path(path, 29), "crates/…/render/table/rows.rs", "29 columns");
        assert_eq!(shorten_path(path, 28), "crates/…/table/rows.rs");
        assert_eq!(shorten_path(path, 16), "crates/…/rows.rs");
        assert_eq!(shorten_path(path, 14), "crate…/rows.rs", "letters of the first folder");
        assert_eq!(shorten_path(path, 10), "…/rows.rs");
        assert_eq!(shorten_path(path, 6), "row…rs");
    }

    #[test]
    fn a_function_keeps_the_end_of_its_name() {
        let name = "kafka::server::KafkaApis.handleWriteTxnMarkersRequest";
        assert_eq!(shorten_function(name, 53), name);
        assert_eq!(shorten_function(name, 52), "…server::KafkaApis.handleWriteTxnMarkersRequest");
        assert_eq!(shorten_function(name, 40), "…KafkaApis.handleWriteTxnMarkersRequest");
        assert_eq!(shorten_function(name, 30), "…handleWriteTxnMarkersRequest");
        assert_eq!(shorten_function(name, 12), "…handl…quest");
        assert_eq!(shorten_function("Kafka.start:217", 10), "…start:217");
        assert_eq!(shorten_function("parse_options:2654", 14), "parse_o…s:2654");
        assert_eq!(shorten_function("a.bc", 1), "…");
        assert_eq!(shorten_function("a.b", 0), "");
    }

    #[test]
    fn wide_characters_count_as_two_columns() {
        assert_eq!(width("日本"), 4);
        assert_eq!(shorten_end("日本語", 5), "日本…");
        assert_eq!(shorten_end("日本語", 4), "日…");
    }

    #[test]
    fn wrapping_breaks_between_words_and_cuts_only_words_that_are_too_long() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("about 12 %, or so", 8), ["about", "12 %, or", "so"], "12 and % stay together");
        assert!(wrap("", 5).is_empty());
    }

    #[test]
    fn characters_that_merge_do_not_outgrow_the_limit() {
        let text = "A A %𖭣!A𛄲!𛱰AჇ0aὟ!ঽ𞸻®a𑍐AA®!ﯓ";
        for limit in 3..30 {
            assert!(width(&shorten_end(text, limit)) <= limit);
            assert!(width(&shorten_path(text, limit)) <= limit);
            assert!(wrap(text, limit).iter().all(|line| width(line) <= limit));
        }
    }

    proptest! {
        #[test]
        fn nothing_is_ever_wider_than_its_limit(text in "\\PC{0,60}", limit in 3_usize..50) {
            let text = visible(text.as_bytes());
            prop_assert!(width(&shorten_end(&text, limit)) <= limit);
            prop_assert!(width(&shorten_path(&text, limit)) <= limit);
            prop_assert!(width(&shorten_function(&text, limit)) <= limit);
            prop_assert!(wrap(&text, limit).iter().all(|line| width(line) <= limit));
        }

        #[test]
        fn escaped_text_holds_no_control_character(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            prop_assert!(visible(&bytes).chars().all(|character| !character.is_control()));
        }
    }
}
