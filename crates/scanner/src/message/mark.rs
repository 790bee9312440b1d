//! Marks in commit messages: pull requests, reverts, cherry-picks.

use std::sync::LazyLock;

use bstr::ByteSlice;
use debtscan_model::Mark;
use memchr::memmem::Finder;

/// Prefixes of commit-message marks, searched first because most messages have none.
static SEE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("See merge request "));
static CLOSES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("Closes #"));
static REVERTS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("This reverts commit "));
static PICKED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("(cherry picked from commit "));

/// Finds the marks that forges and git write: sorted, unique.
///
/// - pull request: `Merge pull request #12 from …` (GitHub), `… (#12)` at the end of the subject
///   (GitHub's squash), `See merge request group/project!12` (GitLab), `Merged in … (pull request #12)`
///   and `Pull request #12: …` (Bitbucket), `Merged PR 12: …` (Azure DevOps), `Closes #12 from owner/branch`
///   (the merge script of Apache projects)
/// - revert: `This reverts commit <id>`
/// - copy: `(cherry picked from commit <id>)`
///
/// A mention (`see #12`) is no mark: it is a ticket at most.
pub(crate) fn find(message: &[u8]) -> Vec<Mark> {
    // git strips empty lines before the subject, importers do not.
    let subject = message.trim_start().lines().next().unwrap_or(b"").trim_end();
    let mut found = subject_requests(subject);
    for (words, number_in) in [
        (&SEE, merge_request as fn(&[u8]) -> Option<u64>),
        (&CLOSES, closed_from as fn(&[u8]) -> Option<u64>),
    ] {
        if words.find(message).is_some() {
            found.extend(message.lines().filter_map(number_in).map(Mark::PullRequest));
        }
    }
    found.extend(ids_after(message, &REVERTS).map(Mark::Reverts));
    found.extend(ids_after(message, &PICKED).map(Mark::PickedFrom));
    found.sort_unstable();
    found.dedup();
    found
}

fn subject_requests(subject: &[u8]) -> Vec<Mark> {
    const PREFIXES: [&[u8]; 3] = [b"Merge pull request #", b"Pull request #", b"Merged PR "];
    let prefix = PREFIXES.iter().find_map(|prefix| subject.strip_prefix(*prefix));
    let mut found: Vec<Mark> = prefix.and_then(number).map(Mark::PullRequest).into_iter().collect();
    let mut rest = subject;
    // A backport has the number of the original before its own.
    while let Some((before, inside)) = rest.strip_suffix(b")").and_then(|text| text.rsplit_once_str(b"(")) {
        let digits = inside.strip_prefix(b"pull request ").unwrap_or(inside).strip_prefix(b"#");
        let Some(request) = digits.filter(|text| text.iter().all(u8::is_ascii_digit)).and_then(number) else {
            break;
        };
        found.push(Mark::PullRequest(request));
        rest = before.trim_end();
    }
    found
}

/// `See merge request group/project!12`
fn merge_request(line: &[u8]) -> Option<u64> {
    let place = line.trim().strip_prefix(b"See merge request ")?;
    let (_, digits) = place.rsplit_once_str(b"!")?;
    number(digits)
}

/// `Closes #12 from owner/branch`
fn closed_from(line: &[u8]) -> Option<u64> {
    let rest = line.trim_start().strip_prefix(b"Closes #")?;
    let request = number(rest)?;
    let after = rest.trim_start_with(|letter| letter.is_ascii_digit());
    // GitHub closes issues by the same words without a branch behind them.
    after.starts_with(b" from ").then_some(request)
}

fn number(text: &[u8]) -> Option<u64> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    // Without digits, or with more than any forge assigns, it is not a number and therefore no mark.
    std::str::from_utf8(&text[..end]).ok()?.parse().ok()
}

/// Finds the abbreviated or full commit ids that follow `words`.
fn ids_after<'a>(message: &'a [u8], words: &'a Finder<'_>) -> impl Iterator<Item = String> + 'a {
    words.find_iter(message).filter_map(|place| {
        let rest = &message[place + words.needle().len()..];
        let end = rest.iter().position(|byte| !byte.is_ascii_hexdigit()).unwrap_or(rest.len());
        // By default, git abbreviates to seven digits or more; shorter hexadecimal words are often
        // text.
        (7..=64).contains(&end).then(|| rest[..end].to_str_lossy().to_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use debtscan_model::Mark::{self, PickedFrom, PullRequest, Reverts};

    use super::find;

    #[track_caller]
    fn check(message: &str, expected: &[Mark]) {
        assert_eq!(find(message.as_bytes()), expected, "{message}");
    }

    #[test]
    fn every_forge_has_its_way_to_name_a_pull_request() {
        check("Merge pull request #12 from ada/fix\n\nFix it", &[PullRequest(12)]);
        check("Fix the parser (#34)\n\n* one\n* two (#9)", &[PullRequest(34)]);
        check("Merge branch 'x' into 'main'\n\nFix\n\nSee merge request shop/web!56", &[PullRequest(56)]);
        check("Merged in ada/fix (pull request #78)", &[PullRequest(78)]);
        check("Pull request #9: Fix", &[PullRequest(9)]);
        check("Merged PR 10: Fix", &[PullRequest(10)]);
        check("KAFKA-1; Fix\n\nCloses #11 from ada/KAFKA-1", &[PullRequest(11)]);
        check("Fix it (#12) (#34)", &[PullRequest(12), PullRequest(34)]);
    }

    #[test]
    fn a_mention_is_no_mark() {
        for message in
            ["Fix #12", "Closes #12", "see (#12) for more", "Revert \"Fix (#1)\"", "(#x)", "(#)", ""]
        {
            check(message, &[]);
        }
        check("Fix (#99999999999999999999999999)", &[]);
    }

    #[test]
    fn reverts_and_copies_name_the_other_commit() {
        let id = "0123456789abcdef0123456789abcdef01234567";
        check(&format!("Revert \"x\"\n\nThis reverts commit {id}."), &[Reverts(id.to_owned())]);
        check(&format!("Fix\n\n(cherry picked from commit {id})\n"), &[PickedFrom(id.to_owned())]);
        check("This reverts commit abc.", &[]);
        assert_eq!(find(b"\xff\n\nThis reverts commit 0123ABC\xfe"), [Reverts("0123abc".to_owned())]);
    }
}
