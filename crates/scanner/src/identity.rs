//! Who a signature stands for: the mailmap, then the e-mail address, and whether it is a program.

use std::cmp::Reverse;

use bstr::{BStr, BString, ByteSlice};
use debtscan_model::Author;
use rustc_hash::FxHashMap;

use debtscan_git::mailmap::Mailmap;

/// Names and e-mail addresses that belong to programs rather than people.
///
/// `*` stands for any text; letter case is ignored; a pattern with `@` is held against the e-mail
/// address, any other against the name. Collected from the accounts that appear in public
/// repositories; `[people] bots` of `debtscan.toml` adds to them.
pub const BOT_PATTERNS: [&str; 49] = [
    "*[bot]",
    "*[bot]@*",
    "*-bot",
    "bot@*",
    "*-bot@*",
    "noreply@*",
    "no-reply@*",
    "donotreply@*",
    "do-not-reply@*",
    "allcontributors",
    "asf-ci",
    "autofix-ci",
    "bors",
    "ci-bot",
    "codecov",
    "copilot",
    "crowdin bot",
    "deepsource*",
    "dependabot",
    "dependabot-preview",
    "depfu",
    "github action",
    "github actions",
    "github-actions",
    "github classroom",
    "gitlab bot",
    "google-oss-robot",
    "greenkeeper",
    "greenkeeperio*",
    "hosted weblate",
    "imgbot",
    "jenkins",
    "k8s-*-robot",
    "kubernetes *robot",
    "mergify",
    "merge queue",
    "openshift-*-robot",
    "pre-commit-ci",
    "pre-commit.ci*",
    "pyup*bot",
    "renovate",
    "renovate bot",
    "restyled*",
    "semantic release",
    "snyk bot",
    "snyk-bot",
    "travis ci",
    "weblate",
    "whitesource*",
];

/// The authors that raw signatures stand for, by `.mailmap` of the scanned tree (`mailmap`), then by
/// e-mail address: same length and order as `signatures`.
///
/// After the mailmap, one address is one person, letter case ignored. The name is the one with the
/// most commits (`commits`, one per signature, co-authored ones included); among equals the bytewise
/// smallest. Addresses that many share (none at all, or of the form `noreply@…`) keep people with
/// different names apart.
pub(crate) fn resolve(signatures: &[Author], commits: &[u64], mailmap: &[u8]) -> Vec<Author> {
    let mailmap = Mailmap::parse(mailmap);
    let map = |author: &Author| {
        let mapped = mailmap.resolve(author);
        Author { name: mapped.name, email: BString::from(mapped.email.to_ascii_lowercase()) }
    };
    let mut authors: Vec<Author> = signatures.iter().map(map).collect();
    let mut commits_of: FxHashMap<Author, u64> = FxHashMap::default();
    for (author, commits) in authors.iter().zip(commits) {
        *commits_of.entry(author.clone()).or_insert(0) += commits;
    }
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

/// Whether an address belongs to nobody in particular.
pub(crate) fn is_shared(email: &BStr) -> bool {
    let local = email.split(|byte| *byte == b'@').next().unwrap_or(b"");
    matches!(local, b"" | b"noreply" | b"no-reply" | b"none" | b"unknown" | b"root")
}

/// Tells programs from people.
pub(crate) struct Bots {
    /// Lower case.
    patterns: Vec<BString>,
}

impl Bots {
    /// Takes [`BOT_PATTERNS`] and more of the same kind.
    pub(crate) fn new(more: &[String]) -> Self {
        let all = BOT_PATTERNS.into_iter().chain(more.iter().map(String::as_str));
        Self { patterns: all.map(|pattern| BString::from(pattern.trim().to_lowercase())).collect() }
    }

    /// Whether the author is a program.
    pub(crate) fn include(&self, author: &Author) -> bool {
        let (name, email) = (author.name.to_ascii_lowercase(), author.email.to_ascii_lowercase());
        self.patterns.iter().any(|pattern| {
            let subject = if pattern.contains(&b'@') { &email } else { &name };
            matches_wildcards(pattern, subject)
        })
    }
}

/// Whether `text` has the shape of `pattern`, in which `*` stands for any bytes.
fn matches_wildcards(pattern: &[u8], text: &[u8]) -> bool {
    let mut parts = pattern.split(|byte| *byte == b'*');
    let first = parts.next().unwrap_or(b"");
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&[u8]> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use bstr::BString;
    use debtscan_model::Author;

    use super::{Bots, resolve};

    fn author(name: &str, email: &str) -> Author {
        Author { name: BString::from(name), email: BString::from(email) }
    }

    #[test]
    fn one_address_is_one_person_under_the_name_with_most_commits() {
        let raw = [author("A. Smith", "a@x.org"), author("Ann", "A@x.org"), author("ann", "a@X.org")];
        let people = |commits: [u64; 3]| resolve(&raw, &commits, b"");
        assert_eq!(people([3, 2, 2]), vec![author("A. Smith", "a@x.org"); 3]);
        assert_eq!(people([1, 2, 2]), vec![author("Ann", "a@x.org"); 3]);
    }

    #[test]
    fn shared_addresses_keep_people_apart() {
        for email in ["", "noreply@github.com", "none@none", "root@localhost"] {
            let raw = [author("Ann", email), author("Bo", email)];
            assert_eq!(resolve(&raw, &[1, 2], b""), raw, "{email}");
        }
    }

    #[test]
    fn the_mailmap_comes_before_the_address() {
        let raw = [author("Ann", "ann@old.org"), author("Bo", "shared@x.org")];
        let map = b"Ann Real <ann@new.org> <ann@old.org>\nBo Real <bo@x.org> Bo <shared@x.org>\n";
        let expected = [author("Ann Real", "ann@new.org"), author("Bo Real", "bo@x.org")];
        assert_eq!(resolve(&raw, &[1, 1], map), expected);
    }

    #[test]
    fn programs_are_told_by_name_or_address() {
        let bots = Bots::new(&["Release*".to_owned(), "*@ci.example.org".to_owned()]);
        for (name, email) in [
            ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
            ("Dependabot", "x@y"),
            ("renovate-bot", "x@y"),
            ("Renovate Bot", "bot@renovateapp.com"),
            ("GitHub Actions", "x@y"),
            ("greenkeeperio-bot", "support@greenkeeper.io"),
            ("snyk-bot", "x@y"),
            ("pre-commit-ci", "x@y"),
            ("Service", "noreply@example.org"),
            ("k8s-ci-robot", "x@y"),
            ("Release Manager", "x@y"),
            ("Ann", "build@ci.example.org"),
        ] {
            assert!(bots.include(&author(name, email)), "{name} <{email}>");
        }
        for (name, email) in [
            ("Ann", "1234+ann@users.noreply.github.com"),
            ("Abbot", "abbot@example.org"),
            ("Robot Fan", "fan@example.org"),
            ("Jenkins Smith", "js@example.org"),
            ("", ""),
        ] {
            assert!(!bots.include(&author(name, email)), "{name} <{email}>");
        }
    }
}
