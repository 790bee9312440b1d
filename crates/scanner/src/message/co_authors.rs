//! Co-authors credited in commit messages.

use bstr::{BString, ByteSlice};
use debtscan_model::Author;

/// Finds the people credited by lines such as `Co-authored-by: Ada <ada@example.org>`.
///
/// Letter case is ignored, and the line may be anywhere below the subject, because squash merges collect
/// such lines in the middle of the message. A line without an address in `<>` credits no one.
pub(crate) fn find(message: &[u8]) -> Vec<Author> {
    const KEY: &[u8] = b"co-authored-by:";
    let mut found = Vec::new();
    // The subject is no trailer.
    for line in message.lines().skip(1).map(ByteSlice::trim_start) {
        let Some((key, person)) = line.split_at_checked(KEY.len()) else { continue };
        if !key.eq_ignore_ascii_case(KEY) {
            continue;
        }
        // Without an address, nothing distinguishes the person from a namesake.
        let (Some(open), Some(close)) = (person.find_byte(b'<'), person.rfind_byte(b'>')) else { continue };
        if open + 1 < close {
            let email = BString::from(person[open + 1..close].trim());
            found.push(Author { name: BString::from(person[..open].trim()), email });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use bstr::BString;
    use debtscan_model::Author;

    use super::find;

    fn author(name: &str, email: &str) -> Author {
        Author { name: BString::from(name), email: BString::from(email) }
    }

    #[test]
    fn credits_are_read_from_any_line_below_the_subject() {
        let message = b"Squash (#12)\n\n* one\n\nCo-authored-by: Ann <ann@x.org>\n\n* two\n\
                        CO-AUTHORED-BY:Bo\t< bo@x.org >\r\nco-authored-by: nobody\nCo-authored-by: <>\n";
        assert_eq!(find(message), [author("Ann", "ann@x.org"), author("Bo", "bo@x.org")]);
        assert_eq!(find(b"Co-authored-by: Ann <ann@x.org>\n"), []);
    }
}
