//! Names and e-mail addresses, read for who is behind them.

use bstr::{BStr, ByteSlice};
use unicode_normalization::UnicodeNormalization;

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
        || EXAMPLE_ADDRESSES.iter().any(|example| email.eq_ignore_ascii_case(example))
}

/// Addresses that manuals of git tell beginners to replace, and many do not.
const EXAMPLE_ADDRESSES: [&[u8]; 6] = [
    b"you@example.com",
    b"email@example.com",
    b"johndoe@example.com",
    b"your@email.com",
    b"your_email@example.com",
    b"your.email@example.com",
];

/// The account of one of the private addresses of GitLab (`123-login@users.noreply.gitlab.com`), Gitea and Codeberg
/// (`login@noreply.codeberg.org`), with the forge. `email` is in lower case.
pub(super) fn other_account(email: &[u8]) -> Option<(&[u8], &[u8])> {
    let (local, domain) = email.split_once_str(b"@")?;
    let is_number = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let account = if domain.starts_with(b"users.noreply.") && domain != b"users.noreply.github.com" {
        local.split_once_str(b"-").filter(|(number, _)| is_number(number))?.1
    } else if matches!(domain, b"noreply.codeberg.org" | b"noreply.gitea.com") {
        local
    } else {
        return None;
    };
    (!account.is_empty()).then_some((account, domain))
}

/// The part before the `@` of an address, or GitHub's account, if it may distinguish people of one name.
pub(super) fn personal_local_part(email: &[u8]) -> Option<&[u8]> {
    let account = || other_account(email).map(|(account, _)| account);
    let local = github_account(email).or_else(account).or_else(|| Some(email.split_once_str(b"@")?.0))?;
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

/// A name as it is compared: in lower case, with composed letters, words apart by one space, without a remark in
/// parentheses at the end, such as `(aider)` or a company, and the given name first: `Lovelace, Ada` is Ada Lovelace.
pub(super) fn folded_name(name: &BStr) -> String {
    // Systems differ in whether a letter and its accent are one character.
    let text: String = name.to_str_lossy().to_lowercase().nfc().collect();
    let text = text.trim();
    let text = match text.rfind(" (") {
        Some(at) if text.ends_with(')') => &text[..at],
        _ => text,
    };
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.split_once(',') {
        Some((family, given)) if !given.trim().is_empty() && !given.contains(',') => {
            folded(&format!("{given} {family}"))
        }
        _ => folded(text),
    }
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
    use super::{folded_name, github_account, is_full_name, is_shared, other_account, personal_local_part};

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
    fn other_forges_have_private_addresses_too() {
        let account = |email: &'static str| {
            let found = other_account(email.as_bytes());
            found.map(|(account, _)| std::str::from_utf8(account).expect("ASCII"))
        };
        assert_eq!(account("123-ada@users.noreply.gitlab.com"), Some("ada"));
        assert_eq!(account("7-ada-b@users.noreply.gitlab.gnome.org"), Some("ada-b"));
        assert_eq!(account("ada@noreply.codeberg.org"), Some("ada"));
        assert_eq!(account("ada@users.noreply.gitlab.com"), None);
        assert_eq!(account("1-ada@users.noreply.github.com"), None);
        assert_eq!(account("ada@x.org"), None);
        assert_eq!(personal_local_part(b"123-ada@users.noreply.gitlab.com"), Some(&b"ada"[..]));
    }

    #[test]
    fn an_address_of_a_manual_is_nobodys() {
        assert!(is_shared("You@example.com".into()) && is_shared("your@email.com".into()));
        assert!(!is_shared("ada@example.com".into()));
    }

    #[test]
    fn a_name_is_compared_however_it_is_written() {
        let folded = |name: &str| folded_name(name.into());
        assert_eq!(folded("Lovelace, Ada"), "ada lovelace");
        assert_eq!(folded("O'Neil Smith,  Ada B. (ACME)"), "ada b. o'neil smith");
        assert_eq!(folded("ACME, Inc., Build"), "acme, inc., build");
        assert_eq!(folded("Ada,"), "ada,");
        // One character, and a letter with a combining accent.
        assert_eq!(folded("Ren\u{e9}e Vivien"), folded("Rene\u{301}e Vivien"));
        // Another name: accents are no decoration.
        assert_ne!(folded("J\u{f6}rg Ott"), folded("Jorg Ott"));
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
