//! Ticket ids in commit messages.

use bstr::ByteSlice;

/// Finds ticket ids: upper case, sorted, unique.
///
/// - `KEY-123`, `CVE-2000-0973`: a word that starts with a letter, then groups of digits after `-`
/// - `INC0012345`: at least two letters directly followed by at least four digits
/// - `#123`, `GH-123` stays itself; `Issue 123`: as `#123`
/// - `Bug 123`, `bug: #123`, `Closes-Bug: 123`, `LP#123`, `BZ 123`: as `#123` and as `BUG 123`
/// - `…/issues/123`, `…/pull/123`: as `#123`; `…show_bug.cgi?id=123`, `…/bugs/123`: as `BUG 123` too
///
/// The net is wide on purpose: a match counts only if an incident has exactly that id.
pub(crate) fn find(message: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    // Few words contain a digit, so the search jumps from digit to digit.
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

/// The last word of a text.
fn last_word(text: &[u8]) -> &[u8] {
    let Some(last) = text.iter().rposition(|byte| is_word_byte(*byte)) else { return b"" };
    let start = text[..last].iter().rposition(|byte| !is_word_byte(*byte)).map_or(0, |end| end + 1);
    &text[start..=last]
}

fn is_word_byte(byte: u8) -> bool {
    // The signs of links are part of a word, so that a number is seen together with what leads to
    // it.
    byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'-' | b'_' | b'/' | b'?' | b'=')
}

/// Path segments before the number in a link to a tracker. The flag is true if the tracker numbers bugs
/// separately from the pull requests of a forge.
const LINK_PARTS: [(&[u8], bool); 6] = [
    (b"issues/", false),
    (b"pull/", false),
    (b"issue/", false),
    (b"id=", true),
    (b"bugs/", true),
    (b"merge_requests/", false),
];

/// Collects the ids in a word with a digit, given the word before it.
fn collect(word: &[u8], previous: &[u8], found: &mut Vec<String>) {
    // The last one, for `owner/repo#12` and `LP#12`.
    if let Some(hash) = word.rfind_byte(b'#') {
        let is_bug = is_bug_word(&word[..hash]) || (hash == 0 && is_bug_word(previous));
        push_number(&word[hash + 1..], is_bug, found);
        return;
    }
    let last = word.rsplit(|byte| matches!(byte, b'/' | b'=' | b'?')).next().unwrap_or(word);
    let before = &word[..word.len() - last.len()];
    let link = LINK_PARTS.iter().find(|(part, _)| before.ends_with(part));
    if let Some((_, is_bug)) = link {
        push_number(last, *is_bug, found);
    } else if last.iter().all(u8::is_ascii_digit) {
        let is_bug = is_bug_word(previous);
        if is_bug || is_last_word(previous, &[b"issue", b"issues", b"ticket"]) {
            push_number(last, is_bug, found);
        }
    }
    if is_key(last) || is_serial(last) {
        found.push(last.to_str_lossy().to_uppercase());
    }
}

fn push_number(digits: &[u8], is_bug: bool, found: &mut Vec<String>) {
    // `#12-fix` names the ticket too.
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    if end > 0 {
        let digits = digits[..end].to_str_lossy();
        found.push(format!("#{digits}"));
        if is_bug {
            found.push(format!("BUG {digits}"));
        }
    }
}

/// True if a word introduces the number of a bug.
fn is_bug_word(word: &[u8]) -> bool {
    is_last_word(word, &[b"bug", b"bugs", b"bz", b"lp"])
}

/// True if a word, or its last part after `-`, is one of `words`.
fn is_last_word(word: &[u8], words: &[&[u8]]) -> bool {
    let last = word.rsplit(|byte| *byte == b'-').next().unwrap_or(word);
    words.iter().any(|word| last.eq_ignore_ascii_case(word))
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
    // Fewer digits would match `sha256` and `utf8`.
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
        check("Closes #12, issue 13", &["#12", "#13"]);
        check("Fix bug 39752 in 5.5 since 2006", &["#39752", "BUG 39752"]);
        check("Closes-Bug: 890180", &["#890180", "BUG 890180"]);
        check("Closes-Bug: #890180", &["#890180", "BUG 890180"]);
        check("LP#890180", &["#890180", "BUG 890180"]);
        check("https://github.com/curl/curl/issues/427", &["#427"]);
        check("https://bz.apache.org/bugzilla/show_bug.cgi?id=39752.", &["#39752", "BUG 39752"]);
        check("bump to 1.2.3, 4096 bytes", &[]);
    }

    #[test]
    fn look_alikes_and_odd_bytes_do_no_harm() {
        check("utf-8 x-y 10-4 -5 # #x", &["UTF-8"]);
        check("", &[]);
        assert_eq!(find(b"\xff\xfe#7\0#8"), ["#7", "#8"]);
    }
}
