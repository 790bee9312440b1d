//! What in a commit message looks like a ticket.

use bstr::ByteSlice;

/// Finds ticket ids: upper case, sorted, unique.
///
/// - `KEY-123`, `CVE-2000-0973`: a word that starts with a letter, then groups of digits after `-`
/// - `INC0012345`: at least two letters directly followed by at least four digits
/// - `#123`, `LP#123`, `GH-123` stays itself; `Bug 123`, `bug: 123`, `Issue 123`: as `#123`
/// - `…/issues/123`, `…/pull/123`, `…show_bug.cgi?id=123`: as `#123`
///
/// The net is wide on purpose: a match counts only when an incident bears exactly that id.
pub(crate) fn find(message: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    // Most words have no digit, and a message is mostly such words.
    while let Some(digit) = message[at..].iter().position(u8::is_ascii_digit) {
        let digit = at + digit;
        let start = message[..digit].iter().rposition(|byte| !is_word_byte(*byte)).map_or(0, |end| end + 1);
        let length = message[digit..].iter().position(|byte| !is_word_byte(*byte));
        at = length.map_or(message.len(), |length| digit + length);
        collect(&message[start..at], last_word(&message[..start]), &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The last word of a text, however far from its end.
fn last_word(text: &[u8]) -> &[u8] {
    let Some(last) = text.iter().rposition(|byte| is_word_byte(*byte)) else { return b"" };
    let start = text[..last].iter().rposition(|byte| !is_word_byte(*byte)).map_or(0, |end| end + 1);
    &text[start..=last]
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'-' | b'_' | b'/' | b'?' | b'=')
}

/// What stands before the number in a link to a tracker.
const LINK_PARTS: [&[u8]; 6] = [b"issues/", b"pull/", b"issue/", b"id=", b"bugs/", b"merge_requests/"];

/// Takes a word with a digit in it, and the word before it.
fn collect(word: &[u8], previous: &[u8], found: &mut Vec<String>) {
    if let Some(hash) = word.rfind_byte(b'#') {
        push_number(&word[hash + 1..], found);
        return;
    }
    let last = word.rsplit(|byte| matches!(byte, b'/' | b'=' | b'?')).next().unwrap_or(word);
    let before = &word[..word.len() - last.len()];
    if LINK_PARTS.iter().any(|part| before.ends_with(part)) || is_number_after_a_tracker_word(last, previous)
    {
        push_number(last, found);
    }
    if is_key(last) || is_serial(last) {
        found.push(last.to_str_lossy().to_uppercase());
    }
}

fn push_number(digits: &[u8], found: &mut Vec<String>) {
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    if end > 0 {
        found.push(format!("#{}", digits[..end].to_str_lossy()));
    }
}

fn is_number_after_a_tracker_word(word: &[u8], previous: &[u8]) -> bool {
    const TRACKER_WORDS: [&[u8]; 6] = [b"bug", b"bugs", b"issue", b"issues", b"bz", b"ticket"];
    let previous = previous.rsplit(|byte| *byte == b'-').next().unwrap_or(previous);
    word.iter().all(u8::is_ascii_digit)
        && TRACKER_WORDS.iter().any(|tracker| previous.eq_ignore_ascii_case(tracker))
}

/// `KEY-123` or `CVE-2000-0973`.
fn is_key(word: &[u8]) -> bool {
    let mut parts = word.split(|byte| *byte == b'-');
    let key = parts.next().unwrap_or(b"");
    let mut n_numbers = 0;
    let all_numbers = parts.all(|part| {
        n_numbers += 1;
        !part.is_empty() && part.iter().all(u8::is_ascii_digit)
    });
    let is_name = key.first().is_some_and(u8::is_ascii_alphabetic)
        && key.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    is_name && n_numbers > 0 && all_numbers
}

/// `INC0012345`.
fn is_serial(word: &[u8]) -> bool {
    let letters = word.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    letters >= 2 && word.len() - letters >= 4 && word[letters..].iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::find;

    fn check(message: &str, expected: &[&str]) {
        assert_eq!(find(message.as_bytes()), expected, "{message}");
    }

    #[test]
    fn keys_of_trackers_are_found_in_any_case_and_place() {
        check("KAFKA-83: fix leak; kafka-84", &["KAFKA-83", "KAFKA-84"]);
        check("Fixes CVE-2000-0973 (see INC0012345)", &["CVE-2000-0973", "INC0012345"]);
        check("https://issues.apache.org/jira/browse/LANG-59", &["LANG-59"]);
    }

    #[test]
    fn numbers_count_only_behind_a_hash_or_a_tracker_word_or_in_a_link() {
        check("Closes #12, LP#890180", &["#12", "#890180"]);
        check("Fix bug 39752 in 5.5 since 2006", &["#39752"]);
        check("Closes-Bug: 890180", &["#890180"]);
        check("https://github.com/curl/curl/issues/427", &["#427"]);
        check("https://bz.apache.org/bugzilla/show_bug.cgi?id=39752.", &["#39752"]);
        check("bump to 1.2.3, 4096 bytes", &[]);
    }

    #[test]
    fn look_alikes_and_odd_bytes_do_no_harm() {
        check("utf-8 x-y 10-4 -5 # #x", &["UTF-8"]);
        check("", &[]);
        assert_eq!(find(b"\xff\xfe#7\0#8"), ["#7", "#8"]);
    }
}
