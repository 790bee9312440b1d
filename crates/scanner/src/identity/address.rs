//! Names and e-mail addresses, read for who is behind them.

use bstr::{BStr, ByteSlice};

/// The account of one of GitHub's two private addresses: `login@users.noreply.github.com` and
/// `123+login@users.noreply.github.com`. `email` is in lower case.
pub(super) fn github_account(email: &[u8]) -> Option<&[u8]> {
    let local = email.strip_suffix(b"@users.noreply.github.com")?;
    let account = match local.split_once_str(b"+") {
        // GitHub puts the account's number in front since 2017, because a renamed account keeps it.
        Some((number, account)) if number.iter().all(u8::is_ascii_digit) => account,
        _ => local,
    };
    (!account.is_empty()).then_some(account)
}

/// True if an address belongs to no particular person.
pub(crate) fn is_shared(email: &BStr) -> bool {
    let local = email.split(|byte| *byte == b'@').next().unwrap_or(b"");
    // Addresses that importers and containers use for anyone who has none.
    matches!(local, b"" | b"noreply" | b"no-reply" | b"none" | b"unknown" | b"root")
}

/// The part before the `@` of an address, or GitHub's account, if it may distinguish people of one name.
pub(super) fn personal_local_part(email: &[u8]) -> Option<&[u8]> {
    let local = github_account(email).or_else(|| Some(email.split_once_str(b"@")?.0))?;
    // A single letter is too common to distinguish people.
    (local.len() > 1 && !GENERIC_LOCAL_PARTS.contains(&local)).then_some(local)
}

/// Local parts that say what an address is for, not whose it is.
const GENERIC_LOCAL_PARTS: [&[u8]; 22] = [
    b"admin",
    b"build",
    b"code",
    b"contact",
    b"dev",
    b"developer",
    b"email",
    b"git",
    b"github",
    b"hello",
    b"info",
    b"mail",
    b"me",
    b"no-reply",
    b"none",
    b"noreply",
    b"opensource",
    b"root",
    b"support",
    b"unknown",
    b"user",
    b"work",
];

/// A name as it is compared: in lower case, words apart by one space, without a remark in parentheses at
/// the end, such as `(aider)` or a company.
pub(super) fn folded_name(name: &BStr) -> String {
    let text = name.to_str_lossy().to_lowercase();
    let text = text.trim();
    let text = match text.rfind(" (") {
        Some(at) if text.ends_with(')') => &text[..at],
        _ => text,
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True if a folded name is that of one person as far as names go: two or more words of two or more letters,
/// and none of the names that tools put in for a missing one.
pub(super) fn is_full_name(folded: &str) -> bool {
    // An initial does not count: `Ada L.` may be several people.
    let is_word = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let is_name = !folded.contains('@') && folded.split(' ').filter(is_word).count() > 1;
    is_name && !PLACEHOLDER_NAMES.contains(&folded)
}

/// Names that tools and tutorials put in for a missing one.
const PLACEHOLDER_NAMES: [&str; 20] = [
    "(no author)",
    "build server",
    "build user",
    "default user",
    "first last",
    "firstname lastname",
    "git user",
    "github user",
    "guest user",
    "jane doe",
    "john doe",
    "local user",
    "name surname",
    "no author",
    "root user",
    "system administrator",
    "test user",
    "unknown author",
    "unknown user",
    "your name",
];

#[cfg(test)]
mod tests {
    use super::{folded_name, github_account, is_full_name, personal_local_part};

    #[test]
    fn both_private_addresses_of_github_name_the_account() {
        let account = |email: &'static str| {
            github_account(email.as_bytes()).map(|account| std::str::from_utf8(account).expect("ASCII"))
        };
        assert_eq!(account("ada@users.noreply.github.com"), Some("ada"));
        assert_eq!(account("123+ada@users.noreply.github.com"), Some("ada"));
        assert_eq!(account("x+ada@users.noreply.github.com"), Some("x+ada"));
        assert_eq!(account("123+@users.noreply.github.com"), None);
        assert_eq!(account("ada@github.com"), None);
    }

    #[test]
    fn a_full_name_has_two_words_and_is_no_placeholder() {
        for name in ["Ada Lovelace", " ada  LOVELACE ", "Ada Lovelace (aider)", "John F. Kennedy", "王 小明"]
        {
            assert_eq!(is_full_name(&folded_name(name.into())), name != "王 小明", "{name}");
        }
        for name in ["", "Ada", "A. Lovelace", "Your Name", "ada@x org", "(no author)"] {
            assert!(!is_full_name(&folded_name(name.into())), "{name}");
        }
    }

    #[test]
    fn a_local_part_may_say_what_an_address_is_for() {
        assert_eq!(personal_local_part(b"ada@x.org"), Some(&b"ada"[..]));
        assert_eq!(personal_local_part(b"7+ada@users.noreply.github.com"), Some(&b"ada"[..]));
        for email in ["info@x.org", "a@x.org", "", "root@localhost"] {
            assert_eq!(personal_local_part(email.as_bytes()), None, "{email}");
        }
    }
}
