//! Pseudonyms for people: one identity has the same pseudonym in every run and repository.

use std::fmt::{self, Write};

use bstr::{BStr, BString, ByteSlice};
use debtscan_model::Author;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::identity;

/// Number of hexadecimal digits of a pseudonym. Among 10,000 people, two collide in one of 20,000
/// repositories.
const DIGITS: usize = 10;
/// The default key. It is public, so anyone who knows an address can compute its pseudonym.
const PUBLIC_KEY: &[u8] = b"debtscan";

/// Replaces people by pseudonyms, using a key.
#[derive(Clone, PartialEq, Eq)]
pub struct Pseudonyms {
    key: Vec<u8>,
}

impl fmt::Debug for Pseudonyms {
    /// Hides the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pseudonyms")
    }
}

impl Pseudonyms {
    /// Creates pseudonyms with a key; `None` selects the public default.
    pub fn new(key: Option<&[u8]>) -> Self {
        Self { key: key.unwrap_or(PUBLIC_KEY).to_vec() }
    }

    /// Returns the pseudonym of a person after identities are merged: `person-3f9a1c07be` or `bot-…`,
    /// without an address.
    ///
    /// An identity is its e-mail address in any letter case, or its name if many people share the address.
    pub fn author(&self, author: &Author, is_bot: bool) -> Author {
        let email = author.email.as_bstr();
        // People with a shared address differ only in their names.
        let identity = if identity::is_shared(email) { author.name.as_bstr() } else { email };
        let kind = if is_bot { "bot" } else { "person" };
        // No address, not even its domain, which may name an employer.
        Author { name: BString::from(self.name(kind, identity)), email: BString::default() }
    }

    fn name(&self, kind: &str, identity: &BStr) -> String {
        // A keyed hash: with a key of their own, nobody else can try known addresses against a
        // pseudonym.
        let code = hmac_sha256(&self.key, &identity.to_lowercase());
        format!("{kind}-{:.DIGITS$}", hex(&code))
    }

    /// Returns a configured owner without people. Teams (`@org/team`) and GitLab's roles (`@@maintainer`)
    /// stay; any other text may name a person and is replaced as a whole.
    pub fn owner(&self, owner: &str) -> String {
        let owner = owner.trim();
        let words = || owner.split([' ', '\t', ',']).filter(|word| !word.is_empty());
        if owner.is_empty() || words().all(|word| is_team(word.as_bytes())) {
            return owner.to_owned();
        }
        if words().all(is_account) {
            let words: Vec<String> = words().map(|word| self.account(word)).collect();
            return words.join(" ");
        }
        self.name("person", owner.into())
    }

    fn account(&self, word: &str) -> String {
        if is_team(word.as_bytes()) {
            return word.to_owned();
        }
        // The `@` keeps it an owner.
        format!("@{}", self.name("person", word.into()))
    }

    /// Returns a CODEOWNERS file without people: comments are removed, accounts and addresses replaced.
    pub(crate) fn code_owners(&self, content: &[u8]) -> Vec<u8> {
        let mut text = String::new();
        for line in content.to_str_lossy().lines() {
            let mut is_pattern = true;
            let mut words = Vec::new();
            // Comments are removed, because they often say who to ask.
            for word in line.split_whitespace().take_while(|word| !word.starts_with('#')) {
                let is_owner = !is_pattern && is_account(word);
                words.push(if is_owner { self.account(word) } else { word.to_owned() });
                // An escaped space belongs to the pattern.
                is_pattern = is_pattern && words.len() == 1 && word.ends_with('\\');
            }
            text.push_str(&words.join(" "));
            text.push('\n');
        }
        text.into_bytes()
    }
}

/// True if a word names an owner: an account, a team, a role or an address.
fn is_account(word: &str) -> bool {
    word.contains('@')
}

fn is_team(word: &[u8]) -> bool {
    word.starts_with(b"@@") || (word.starts_with(b"@") && word.contains(&b'/'))
}

/// Formats bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes any text");
        text
    })
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let code = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    code.chain_update(message).finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use bstr::BString;
    use debtscan_model::Author;

    use super::{Pseudonyms, hex, hmac_sha256};

    #[test]
    fn the_code_is_that_of_rfc_4231() {
        // Test cases 2 and 6.
        assert_eq!(
            hex(&hmac_sha256(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(&hmac_sha256(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    fn author(name: &str, email: &str) -> Author {
        Author { name: BString::from(name), email: BString::from(email) }
    }

    #[test]
    fn a_pseudonym_follows_the_address_and_the_key() {
        let name =
            |people: &Pseudonyms, name: &str, email: &str| people.author(&author(name, email), false).name;
        let public = Pseudonyms::new(None);
        let ada = name(&public, "Ada", "ada@example.org");
        // printf %s ada@example.org | openssl dgst -sha256 -hmac debtscan
        assert_eq!(ada, "person-5c50ee7216");
        assert_eq!(name(&public, "A. L.", "ADA@example.org"), ada);
        assert_ne!(name(&Pseudonyms::new(Some(b"secret")), "Ada", "ada@example.org"), ada);
        assert_ne!(name(&public, "Ada", "none"), name(&public, "Bo", "none"), "a shared address is nobody's");
        assert_eq!(public.author(&author("x", "x@y"), true).name[..4], b"bot-"[..]);
        assert!(public.author(&author("x", "x@y"), true).email.is_empty());
    }

    #[test]
    fn owners_that_may_be_people_are_replaced_and_teams_stay() {
        let people = Pseudonyms::new(None);
        assert_eq!(people.owner("@org/payments"), "@org/payments");
        assert_eq!(people.owner("@@maintainer, @org/x"), "@@maintainer, @org/x");
        assert!(people.owner("Ada Lovelace").starts_with("person-"));
        let mixed = people.owner("@ada @org/x");
        assert!(mixed.starts_with("@person-") && mixed.ends_with(" @org/x"), "{mixed}");
        let content =
            b"# Ada looks after this\n/packages/@ada/core ada@example.org @org/x # or Ada\n[Docs] @ada\n";
        let text = String::from_utf8(people.code_owners(content)).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "");
        assert!(lines[1].starts_with("/packages/@ada/core @person-5c50ee7216 @org/x"), "{text}");
        assert!(lines[2].starts_with("[Docs] @person-"), "{text}");
    }
}
