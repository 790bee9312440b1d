//! Identities of authors: the mailmap, then the e-mail address, then names and accounts; and whether the author is
//! a program.

mod address;
pub(crate) mod bots;
mod merging;

use std::cmp::Reverse;

use bstr::{BString, ByteSlice};
use debtscan_model::Author;
use rustc_hash::FxHashMap;

pub(crate) use address::is_shared;
pub use bots::BOT_PATTERNS;
pub use merging::{MergeRule, PeopleRules};

use bots::Bots;
use debtscan_git::mailmap::Mailmap;

/// Whose each recorded signature is; both lists have the length and order of the signatures.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Resolved {
    /// By mailmap and address alone.
    pub(crate) by_address: Vec<Author>,
    /// In the end.
    pub(crate) authors: Vec<Author>,
    /// The folded name of each in the end; empty where it says nothing.
    pub(crate) names: Vec<String>,
}

/// Resolves recorded signatures to authors, by the `.mailmap` of the scanned tree, then by e-mail address, then by
/// the rules of [`merging`].
///
/// After the mailmap, each address is one person in any letter case. The name with the most commits wins
/// (`commits` has one entry per signature and includes co-authored ones), and the bytewise smallest name
/// breaks ties. Addresses shared by many people (empty, or of the form `noreply@…`) keep people with
/// different names apart.
pub(crate) fn resolve(
    signatures: &[Author],
    commits: &[u64],
    mailmap: &[u8],
    rules: &PeopleRules,
    bots: &Bots,
) -> Resolved {
    let mailmap = Mailmap::parse(mailmap);
    let by_address = one_per_address(signatures, commits, &mailmap);
    let authors = merging::merge(&merging::MergeEvidence {
        signatures,
        by_address: &by_address,
        commits,
        fixed: &mailmap.proper_addresses(),
        rules,
        bots,
    });
    // Before any pseudonym replaces the name, so that namesakes are found in anonymous reports too.
    let names = authors.iter().map(|author| address::folded_name(author.name.as_bstr())).collect();
    Resolved { by_address, authors, names }
}

fn one_per_address(signatures: &[Author], commits: &[u64], mailmap: &Mailmap) -> Vec<Author> {
    let map = |author: &Author| {
        let mapped = mailmap.resolve(author);
        // The local part is case-sensitive by the standard, but hardly any provider treats it so.
        Author { name: mapped.name, email: BString::from(mapped.email.to_ascii_lowercase()) }
    };
    let mut authors: Vec<Author> = signatures.iter().map(map).collect();
    let mut commits_of: FxHashMap<Author, u64> = FxHashMap::default();
    for (author, commits) in authors.iter().zip(commits) {
        *commits_of.entry(author.clone()).or_insert(0) += commits;
    }
    // The name with the most commits wins, whichever signature comes first.
    let mut best: FxHashMap<BString, (Reverse<u64>, BString)> = FxHashMap::default();
    for author in authors.iter().filter(|author| !is_shared(author.email.as_bstr())) {
        let candidate = (Reverse(commits_of[author]), author.name.clone());
        match best.get_mut(&author.email) {
            Some(known) if *known <= candidate => {}
            Some(known) => *known = candidate,
            None => {
                best.insert(author.email.clone(), candidate);
            }
        }
    }
    for author in &mut authors {
        if let Some((_, name)) = best.get(&author.email) {
            author.name.clone_from(name);
        }
    }
    authors
}

#[cfg(test)]
mod tests {
    use bstr::BString;
    use debtscan_model::Author;

    use super::one_per_address;
    use debtscan_git::mailmap::Mailmap;

    fn author(name: &str, email: &str) -> Author {
        Author { name: BString::from(name), email: BString::from(email) }
    }

    #[test]
    fn one_address_is_one_person_under_the_name_with_most_commits() {
        let raw = [author("A. Smith", "a@x.org"), author("Ann", "A@x.org"), author("ann", "a@X.org")];
        let people = |commits: [u64; 3]| one_per_address(&raw, &commits, &Mailmap::parse(b""));
        assert_eq!(people([3, 2, 2]), vec![author("A. Smith", "a@x.org"); 3]);
        assert_eq!(people([1, 2, 2]), vec![author("Ann", "a@x.org"); 3]);
    }

    #[test]
    fn shared_addresses_keep_people_apart() {
        for email in ["", "noreply@github.com", "none@none", "root@localhost"] {
            let raw = [author("Ann", email), author("Bo", email)];
            assert_eq!(one_per_address(&raw, &[1, 2], &Mailmap::parse(b"")), raw, "{email}");
        }
    }

    #[test]
    fn the_mailmap_comes_before_the_address() {
        let raw = [author("Ann", "ann@old.org"), author("Bo", "shared@x.org")];
        let map = b"Ann Real <ann@new.org> <ann@old.org>\nBo Real <bo@x.org> Bo <shared@x.org>\n";
        let expected = [author("Ann Real", "ann@new.org"), author("Bo Real", "bo@x.org")];
        assert_eq!(one_per_address(&raw, &[1, 1], &Mailmap::parse(map)), expected);
    }
}
