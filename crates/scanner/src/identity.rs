//! Identities of authors: the mailmap, then the e-mail address, and whether the author is a bot.

use std::cmp::Reverse;

use bstr::{BStr, BString, ByteSlice};
use debtscan_model::Author;
use rustc_hash::FxHashMap;

use debtscan_git::mailmap::Mailmap;

/// Names and e-mail addresses of bots.
///
/// `*` matches any text and letter case is ignored. A pattern with `@` matches the e-mail address, any
/// other pattern the name. The list was collected from accounts in public repositories; `[people] bots` of
/// `debtscan.toml` adds to it.
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

/// Resolves recorded signatures to authors, by the `.mailmap` of the scanned tree and then by e-mail
/// address. The result has the length and order of `signatures`.
///
/// After the mailmap, each address is one person in any letter case. The name with the most commits wins
/// (`commits` has one entry per signature and includes co-authored ones), and the bytewise smallest name
/// breaks ties. Addresses shared by many people (empty, or of the form `noreply@…`) keep people with
/// different names apart.
pub(crate) fn resolve(signatures: &[Author], commits: &[u64], mailmap: &[u8]) -> Vec<Author> {
    let mailmap = Mailmap::parse(mailmap);
    let map = |author: &Author| {
        let mapped = mailmap.resolve(author);
        Author { name: mapped.name, email: BString::from(mapped.email.to_ascii_lowercase()) }
    };
    let mut authors: Vec<Author> = signatures.iter().map(map).collect();
    // Signatures that the mailmap merges count together.
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

/// True if an address belongs to no particular person.
pub(crate) fn is_shared(email: &BStr) -> bool {
    let local = email.split(|byte| *byte == b'@').next().unwrap_or(b"");
    matches!(local, b"" | b"noreply" | b"no-reply" | b"none" | b"unknown" | b"root")
}

/// Distinguishes bots from people.
pub(crate) struct Bots {
    /// In lower case.
    patterns: Vec<BString>,
}

impl Bots {
    /// Takes further patterns, besides [`BOT_PATTERNS`].
    pub(crate) fn new(more: &[String]) -> Self {
        let all = BOT_PATTERNS.into_iter().chain(more.iter().map(String::as_str));
        Self { patterns: all.map(|pattern| BString::from(pattern.trim().to_lowercase())).collect() }
    }

    /// True if the author is a bot.
    pub(crate) fn include(&self, author: &Author) -> bool {
        let (name, email) = (author.name.to_ascii_lowercase(), author.email.to_ascii_lowercase());
        self.patterns.iter().any(|pattern| {
            let subject = if pattern.contains(&b'@') { &email } else { &name };
            matches_wildcards(pattern, subject)
        })
    }
}

/// True if `text` matches `pattern`, in which `*` matches any bytes.
fn matches_wildcards(pattern: &[u8], text: &[u8]) -> bool {
    let mut parts = pattern.split(|byte| *byte == b'*');
    let first = parts.next().unwrap_or(b"");
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&[u8]> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    // The leftmost match leaves the most text for the other parts, so nothing has to be tried twice.
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
