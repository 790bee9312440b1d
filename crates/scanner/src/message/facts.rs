//! The kind of work that a message names, and who put the commit into the history.

use bstr::ByteSlice;
use debtscan_model::{AppliedBy, Author, Trailer, TypePrefix, WordFamilies, WordFamily, Wording};

use rustc_hash::FxHashMap;

use super::words;
use crate::identity::bots::Bots;

/// Bytes of a message that are searched: a longer one lists what it merges.
const MOST_BYTES: usize = 8192;

/// Words of an area before a colon (`lib/http2: fix ...`).
const AREA_WORDS: usize = 3;

/// The names of main branches.
const MAIN_BRANCHES: [&str; 7] = ["master", "main", "trunk", "develop", "devel", "development", "mainline"];

/// Tells programs among committers. Most commits have one of few committers, so that each is examined once.
pub(crate) struct Committers {
    bots: Bots,
    known: FxHashMap<Author, bool>,
}

impl Committers {
    pub(crate) fn new() -> Self {
        Self { bots: Bots::new(&[]), known: FxHashMap::default() }
    }

    fn is_program(&mut self, committer: &Author) -> bool {
        if let Some(known) = self.known.get(committer) {
            return *known;
        }
        let is_program = committer.name.is_empty() || self.bots.include(committer);
        self.known.insert(committer.clone(), is_program);
        is_program
    }

    /// Compares author and committer as recorded: a shared name or address makes them one person.
    fn applied_by(&mut self, author: &Author, committer: &Author) -> AppliedBy {
        let is_same = |a: &[u8], b: &[u8]| !a.is_empty() && a.eq_ignore_ascii_case(b);
        if is_same(&author.name, &committer.name) || is_same(&author.email, &committer.email) {
            AppliedBy::Author
        } else if self.is_program(committer) {
            AppliedBy::Program
        } else {
            AppliedBy::Other
        }
    }
}

/// The facts of a message that the cache keeps as one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct MessageFacts {
    pub(crate) wording: Wording,
    pub(crate) applied_by: AppliedBy,
}

impl MessageFacts {
    /// Reads a message.
    pub(crate) fn of(
        message: &[u8],
        author: &Author,
        committer: &Author,
        committers: &mut Committers,
    ) -> Self {
        let text = message.trim_start();
        let text = &text[..text.len().min(MOST_BYTES)];
        let subject = text.lines().next().unwrap_or(b"").trim_end();
        Self {
            wording: wording(subject, &text[subject.len()..]),
            applied_by: committers.applied_by(author, committer),
        }
    }

    /// The facts as bits, the lowest first: prefix 3, trailer 2, lead 4, subject 8, body, unread, applier 2, back merge.
    pub(crate) fn bits(self) -> u32 {
        let Wording { prefix, trailer, lead, subject, body_repairs, is_unread, is_back_merge } = self.wording;
        let place =
            |position: Option<usize>| position.map_or(0, |at| u32::try_from(at).expect("few values") + 1);
        let prefix = place(prefix.and_then(|it| TypePrefix::ALL.iter().position(|known| *known == it)));
        let trailer = place(trailer.and_then(|it| Trailer::ALL.iter().position(|known| *known == it)));
        let lead = place(lead.and_then(|it| WordFamily::ALL.iter().position(|known| *known == it)));
        let applier = place(AppliedBy::ALL.iter().position(|known| *known == self.applied_by)) - 1;
        prefix
            | trailer << 3
            | lead << 5
            | u32::from(subject.bits()) << 9
            | u32::from(body_repairs) << 17
            | u32::from(is_unread) << 18
            | applier << 19
            | u32::from(is_back_merge) << 21
    }

    /// The facts of [`bits`](Self::bits); what no bits of ours say is absent.
    pub(crate) fn from_bits(bits: u32) -> Self {
        let field = |from: u32, width: u32| (bits >> from & ((1 << width) - 1)) as usize;
        let nth = |from, width| field(from, width).checked_sub(1);
        let wording = Wording {
            prefix: nth(0, 3).and_then(|at| TypePrefix::ALL.get(at).copied()),
            trailer: nth(3, 2).and_then(|at| Trailer::ALL.get(at).copied()),
            lead: nth(5, 4).and_then(|at| WordFamily::ALL.get(at).copied()),
            subject: WordFamilies::from_bits((bits >> 9).to_le_bytes()[0]),
            body_repairs: field(17, 1) == 1,
            is_unread: field(18, 1) == 1,
            is_back_merge: field(21, 1) == 1,
        };
        let applied_by = AppliedBy::ALL.get(field(19, 2)).copied().unwrap_or_default();
        Self { wording, applied_by }
    }
}

/// `Merge branch 'main' of ...`, `Merge branch 'main' into x`, `Merge remote-tracking branch 'origin/main'`.
fn is_back_merge(subject: &str) -> bool {
    let Some(rest) = subject.strip_prefix("Merge ") else { return false };
    let is_remote = rest.starts_with("remote-tracking branch ") || rest.starts_with("remote branch ");
    if !is_remote && !rest.starts_with("branch ") {
        return false;
    }
    let mut parts = rest.split('\'');
    let (Some(_), Some(name), Some(after)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let name = name.rsplit('/').next().unwrap_or(name);
    MAIN_BRANCHES.contains(&name) && (is_remote || after.starts_with(" of ") || after.starts_with(" into "))
}

fn wording(subject: &[u8], body: &[u8]) -> Wording {
    let text = subject.to_str_lossy().to_lowercase();
    let prefix = type_prefix(&text);
    let mut families = WordFamilies::default();
    for family in words_of(&text).filter_map(words::family) {
        families.insert(family);
    }
    let memory = ["double-free", "double free", "use-after-free", "use after free", "out of bounds"];
    if memory.iter().any(|phrase| text.contains(phrase)) {
        families.insert(WordFamily::Repair);
    }
    if is_release(&text) {
        families.insert(WordFamily::Release);
    }
    let lead = words_of(without_area(&text)).find(|word| word.bytes().any(|byte| byte.is_ascii_alphabetic()));
    let trailer = trailer(&text, body);
    // Anything else decides before the body does.
    let is_silent = prefix.is_none() && trailer.is_none() && families == WordFamilies::default();
    Wording {
        prefix,
        trailer,
        lead: lead.and_then(words::family),
        subject: families,
        body_repairs: is_silent && body_repairs(body),
        is_unread: is_unread(&text),
        is_back_merge: is_back_merge(&subject.to_str_lossy()),
    }
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// The type of a conventional commit, and of projects that write the same words before a colon.
fn type_prefix(subject: &str) -> Option<TypePrefix> {
    let (head, _) = subject.split_once(':')?;
    let head = head.trim_end_matches('!');
    let (word, scope) = match head.split_once('(') {
        Some((word, scope)) => (word, scope.strip_suffix(')')?),
        None => (head, ""),
    };
    match word {
        "feat" | "feature" => Some(TypePrefix::New),
        "fix" | "bugfix" | "hotfix" | "revert" => Some(TypePrefix::Repair),
        "chore" if scope == "release" => Some(TypePrefix::Release),
        "refactor" | "perf" | "style" | "test" | "tests" | "doc" | "docs" | "build" | "ci" | "chore" => {
            Some(TypePrefix::Better)
        }
        "release" => Some(TypePrefix::Release),
        _ => None,
    }
}

/// The subject without ticket ids and the name of an area before it (`KAFKA-12: `, `lib/http2: `).
fn without_area(subject: &str) -> &str {
    let mut rest = subject.trim_start();
    // `[module]`, `(KIP-924 pt. 17)`
    loop {
        let close = match rest.bytes().next() {
            Some(b'[') => rest.find(']'),
            Some(b'(') => rest.find(')'),
            _ => None,
        };
        if let Some(end) = close {
            rest = rest[end + 1..].trim_start_matches([':', ';', ' ', '-']);
            continue;
        }
        let Some(end) = rest.find([':', ';']) else { return rest };
        let after = &rest[end + 1..];
        // A colon within a word is none of an area.
        if !after.starts_with(' ') || words_of(&rest[..end]).count() > AREA_WORDS {
            return rest;
        }
        rest = after.trim_start();
    }
}

/// A version as the whole subject (`0.1.8`, `ignore-0.4.11`), or words that only releases have.
fn is_release(subject: &str) -> bool {
    let subject = subject.trim_end_matches('.');
    let last = subject.rsplit(['-', ' ']).next().unwrap_or(subject).trim_start_matches('v');
    let is_version = last.contains('.')
        && last.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !last.is_empty();
    let mut words = words_of(subject);
    let first = words.next().unwrap_or("");
    if is_version && (words_of(subject).count() <= 5 && !subject.contains(' ')) {
        return true;
    }
    if matches!(first, "release" | "releasing" | "relnotes" | "thanks")
        || subject.starts_with("prepare release")
    {
        return true;
    }
    let all: Vec<&str> = words_of(subject).collect();
    let is_candidate = |word: &&str| {
        word.strip_prefix("rc").is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    (all.contains(&"release") && is_version)
        || (all.contains(&"version") && (all.contains(&"bump") || all.contains(&"set")))
        || (all.contains(&"start") && all.contains(&"working"))
        || all.iter().any(is_candidate)
}

fn trailer(subject: &str, body: &[u8]) -> Option<Trailer> {
    if subject.starts_with("revert \"") || body.contains_str("This reverts commit ") {
        return Some(Trailer::Repair);
    }
    let mut found = None;
    let may_be_key = |line: &&[u8]| line.first().is_some_and(|first| b"FfCcPpIi".contains(first));
    for line in body.lines().filter(may_be_key) {
        let Some((key, value)) = line.split_once_str(b":") else { continue };
        let value = value.trim_start();
        let is_key = |name: &[u8]| key.trim().eq_ignore_ascii_case(name);
        let hex = value.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        if (is_key(b"Fixes") && hex >= 7)
            || is_key(b"Closes-Bug")
            || is_key(b"Partial-Bug")
            || (is_key(b"Cc") && (value.starts_with(b"stable@") || value.starts_with(b"<stable@")))
        {
            return Some(Trailer::Repair);
        }
        if is_key(b"Implements") || is_key(b"Partially-Implements") {
            found = Some(Trailer::New);
        }
    }
    found
}

/// True if prose below the subject says that something was wrong. Lines that name people are no prose.
fn body_repairs(body: &[u8]) -> bool {
    body.lines().filter(|line| !line.contains_str("-by:") && !line.starts_with(b">")).any(|line| {
        let line = line.to_str_lossy().to_lowercase();
        words_of(&line).any(words::is_repair_in_body)
    })
}

/// True if most letters are of another script.
fn is_unread(subject: &str) -> bool {
    let (mut latin, mut other) = (0_usize, 0_usize);
    for letter in subject.chars().filter(|letter| letter.is_alphabetic()) {
        if letter.is_ascii() { latin += 1 } else { other += 1 }
    }
    other > latin
}

#[cfg(test)]
mod tests {
    use bstr::BString;
    use debtscan_model::{AppliedBy, Author, Trailer, TypePrefix, WordFamily};

    use super::{Committers, MessageFacts, is_back_merge};

    fn author(name: &str, email: &str) -> Author {
        Author { name: BString::from(name), email: BString::from(email) }
    }

    fn facts(message: &str) -> MessageFacts {
        let ada = author("Ada", "ada@x.org");
        let facts = MessageFacts::of(message.as_bytes(), &ada, &ada, &mut Committers::new());
        assert_eq!(MessageFacts::from_bits(facts.bits()), facts, "{message}");
        facts
    }

    #[track_caller]
    fn check(message: &str, prefix: Option<TypePrefix>, lead: Option<WordFamily>, subject: &[WordFamily]) {
        let wording = facts(message).wording;
        let found: Vec<WordFamily> =
            WordFamily::ALL.into_iter().filter(|family| wording.subject.contains(*family)).collect();
        assert_eq!((wording.prefix, wording.lead, &found[..]), (prefix, lead, subject), "{message}");
    }

    #[test]
    fn the_lead_is_the_first_word_behind_ticket_and_area() {
        use WordFamily::{New, Release, Repair, Shape, Test};
        check("KAFKA-9: Add support for x", None, Some(New), &[New]);
        check("KAFKA-15045: (KIP-924 pt. 17) Fix y", None, Some(Repair), &[Repair]);
        check("lib/http2: remove unused variable", None, Some(Shape), &[Shape]);
        check("test46: update cookie expire time", None, Some(WordFamily::Build), &[Test, WordFamily::Build]);
        check("rtmp: free on error, double-free", None, None, &[Repair]);
        check("ignore-0.4.11", None, None, &[Release]);
        check("0.1.8", None, None, &[Release]);
        check("", None, None, &[]);
    }

    #[test]
    fn prefixes_are_those_of_conventional_commits() {
        check("feat(ui)!: dark mode", Some(TypePrefix::New), None, &[]);
        check("fix: dark mode", Some(TypePrefix::Repair), None, &[WordFamily::Repair]);
        check("chore(release): 1.2.3", Some(TypePrefix::Release), None, &[WordFamily::Release]);
        check(
            "docs: fix typo",
            Some(TypePrefix::Better),
            Some(WordFamily::Repair),
            &[WordFamily::Repair, WordFamily::Text],
        );
        check("http: speak", None, None, &[]);
    }

    #[test]
    fn trailers_name_what_is_repaired_or_implemented() {
        let trailer = |message| facts(message).wording.trailer;
        assert_eq!(trailer("x\n\nFixes: 0123abc (\"y\")\n"), Some(Trailer::Repair));
        assert_eq!(trailer("Revert \"x\"\n\nThis reverts commit 0123abc."), Some(Trailer::Repair));
        assert_eq!(trailer("x\n\nCloses-Bug: #12\n"), Some(Trailer::Repair));
        assert_eq!(trailer("x\n\nCc: stable@dpdk.org\n"), Some(Trailer::Repair));
        assert_eq!(trailer("x\n\nImplements: blueprint y\n"), Some(Trailer::New));
        assert_eq!(trailer("x\n\nFixes: #12\nCc: ada@x.org\n"), None);
        assert!(facts("x\n\nFixes: #12\n").wording.body_repairs);
        assert!(!facts("x\n\nReported-by: Bug Hunter <fix@x.org>\n").wording.body_repairs);
    }

    #[test]
    fn other_scripts_are_not_read() {
        assert!(facts("исправить ошибку").wording.is_unread);
        assert!(!facts("señal: corregir").wording.is_unread);
    }

    #[test]
    fn a_shared_name_or_address_makes_one_person() {
        let applied = |name, email| {
            MessageFacts::of(b"x", &author("Ada", "ada@x.org"), &author(name, email), &mut Committers::new())
                .applied_by
        };
        assert_eq!(applied("ada", "other@x.org"), AppliedBy::Author);
        assert_eq!(applied("A. L.", "ADA@x.org"), AppliedBy::Author);
        assert_eq!(applied("GitHub", "noreply@github.com"), AppliedBy::Program);
        assert_eq!(applied("Bo", "bo@x.org"), AppliedBy::Other);
    }

    #[test]
    fn a_pull_merges_a_main_branch_back() {
        for subject in [
            "Merge branch 'master' of github.com:x/y",
            "Merge branch 'main' into feature",
            "Merge remote-tracking branch 'origin/develop'",
        ] {
            assert!(is_back_merge(subject), "{subject}");
        }
        for subject in [
            "Merge branch 'jc/main-x'",
            "Merge branch 'topic' into main",
            "Merge pull request #1 from a/main",
        ] {
            assert!(!is_back_merge(subject), "{subject}");
        }
    }
}
