//! Commits, pull and merge requests as people write them.

use super::cell::{LIST_MARK, present};
use super::record::ChangeRequest;

/// What a part of a list names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reference {
    /// A commit: 7 to 64 hexadecimal digits, lower case.
    Commit(String),
    /// A pull or merge request.
    Request(ChangeRequest),
}

/// What a number alone names in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BareNumber {
    /// The number of a pull or merge request: the header says so.
    Request,
    /// Nothing that is sure: it may be an issue or a revision of another system.
    Unclear,
}

/// The references in a list; a part that is none is an `Err` with the part. Parts are split at
/// blanks, commas, bars and, outside of URLs, semicolons.
pub(super) fn parse(cell: &str, bare: BareNumber) -> Vec<Result<Reference, &str>> {
    let is_separator =
        |character: char| character.is_whitespace() || matches!(character, ',' | '|' | LIST_MARK);
    let mut found = Vec::new();
    // A word such as `PR` whose number is the next part.
    let mut word: Option<&str> = None;
    for part in cell.split(is_separator).filter(|part| !part.is_empty()) {
        if part.contains("://") {
            let reference = commit_of_url(part).map(Reference::Commit);
            let reference = reference.or_else(|| request_of_url(part).map(Reference::Request));
            found.push(reference.ok_or(part));
            continue;
        }
        for part in part.split(';').filter_map(present) {
            if ["pr", "mr"].iter().any(|known| part.eq_ignore_ascii_case(known)) {
                found.extend(word.replace(part).map(Err));
                continue;
            }
            let bare = if word.take().is_some() { BareNumber::Request } else { bare };
            found.push(short(part, bare).ok_or(part));
        }
    }
    found.extend(word.map(Err));
    found
}

/// A commit id, or a request written short: `#7`, `!7`, `PR-7`, `owner/name#7`.
fn short(part: &str, bare: BareNumber) -> Option<Reference> {
    let request = |repository: &str, number: &str| {
        let repository = (!repository.is_empty()).then(|| repository.to_owned());
        number_of(number).map(|number| Reference::Request(ChangeRequest { repository, number }))
    };
    if let Some((repository, number)) = part.split_once(['#', '!']) {
        let is_word = ["pr", "mr", "gh"].iter().any(|word| repository.eq_ignore_ascii_case(word));
        let repository = if is_word { "" } else { repository };
        // `OPS#7` names a ticket, not a repository.
        return if repository.is_empty() || repository.contains('/') {
            request(repository, number)
        } else {
            None
        };
    }
    if let Some((word, number)) = part.split_once('-')
        && ["pr", "mr", "gh"].iter().any(|known| word.eq_ignore_ascii_case(known))
    {
        return request("", number);
    }
    match commit_id(part) {
        // Seven or more digits alone may be a commit or a number: the column decides.
        Some(commit) if bare == BareNumber::Unclear || number_of(part).is_none() => {
            Some(Reference::Commit(commit))
        }
        _ if bare == BareNumber::Request => request("", part),
        _ => None,
    }
}

fn commit_id(text: &str) -> Option<String> {
    let is_id = (7..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| text.to_ascii_lowercase())
}

/// A number of at most 9 digits, from 1.
fn number_of(text: &str) -> Option<u64> {
    let is_number = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    // Nine digits always parse.
    text.parse().ok().filter(|number| is_number && *number > 0)
}

/// The id behind `/commit/` or `/commits/` (GitHub, GitLab, Bitbucket, Gitea), `id=` (cgit) or `h=`
/// (gitweb).
fn commit_of_url(url: &str) -> Option<String> {
    let mut parts = url.split(['/', '?', '&', ';', '#']);
    let mut after_commit = false;
    parts.find_map(|part| {
        let id = part.strip_prefix("id=").or_else(|| part.strip_prefix("h="));
        // Prose puts a bracket or a full stop behind a link.
        let id = id.or_else(|| after_commit.then(|| part.trim_end_matches([')', '.', '>'])));
        after_commit = matches!(part, "commit" | "commits");
        let id = id.map(|id| id.strip_suffix(".patch").or_else(|| id.strip_suffix(".diff")).unwrap_or(id));
        id.and_then(commit_id)
    })
}

/// The request behind `/pull/`, `/pulls/` (GitHub, Gitea), `/pull-requests/` (Bitbucket) or
/// `/merge_requests/` (GitLab), with host and repository.
fn request_of_url(url: &str) -> Option<ChangeRequest> {
    let (_, address) = url.split_once("://")?;
    let address = address.split(['?', '#']).next()?.trim_end_matches([')', '.', '>', '/']);
    let parts: Vec<&str> = address.split('/').collect();
    let is_kind = |part: &&str| matches!(*part, "pull" | "pulls" | "pull-requests" | "merge_requests");
    let kind = parts.iter().position(is_kind)?;
    let number = number_of(parts.get(kind + 1)?)?;
    let mut place = parts[..kind].to_vec();
    // GitLab puts `/-/` between a repository and its pages.
    if place.last() == Some(&"-") {
        place.pop();
    }
    // GitHub's interface for programs names the same repository at another address.
    if place.first() == Some(&"api.github.com") && place.get(1) == Some(&"repos") {
        place.splice(..2, ["github.com"]);
    }
    Some(ChangeRequest { repository: (place.len() > 1).then(|| place.join("/")), number })
}

#[cfg(test)]
mod tests {
    use super::{BareNumber, ChangeRequest, Reference, parse};

    fn commits(cell: &str) -> Vec<String> {
        let found = parse(cell, BareNumber::Unclear).into_iter();
        found
            .map(|part| match part.expect("a reference") {
                Reference::Commit(commit) => commit,
                Reference::Request(request) => panic!("{request:?}"),
            })
            .collect()
    }

    fn requests(cell: &str, bare: BareNumber) -> Vec<(Option<String>, u64)> {
        let found = parse(cell, bare).into_iter();
        found
            .map(|part| match part.expect("a reference") {
                Reference::Request(ChangeRequest { repository, number }) => (repository, number),
                Reference::Commit(commit) => panic!("{commit}"),
            })
            .collect()
    }

    #[test]
    fn commits_are_found_as_ids_and_in_urls() {
        let id = "0123456789abcdef0123456789abcdef01234567";
        for cell in [
            id.to_ascii_uppercase(),
            format!("https://github.com/o/r/commit/{id}"),
            format!("https://github.com/o/r/pull/7/commits/{id}#diff-1"),
            format!("https://gitlab.com/o/r/-/commit/{id}.patch"),
            format!("https://git.example.org/r/commit/?id={id}"),
            format!("https://git.example.org/?p=r.git;a=commit;h={id}"),
        ] {
            assert_eq!(commits(&cell), [id], "{cell}");
        }
        assert_eq!(commits("abcdef1 abcdef2,abcdef3;abcdef4|abcdef5\nabcdef6").len(), 6);
        assert_eq!(commits("1234567"), ["1234567"], "digits alone may be an id");
    }

    #[test]
    fn requests_are_found_as_numbers_and_in_urls() {
        let github = Some("github.com/o/r".to_owned());
        for (cell, repository) in [
            ("https://github.com/o/r/pull/7", github.clone()),
            ("https://github.com/o/r/pull/7/files?w=1", github.clone()),
            ("https://api.github.com/repos/o/r/pulls/7", github),
            (
                "https://gitlab.example.org/g/s/r/-/merge_requests/7",
                Some("gitlab.example.org/g/s/r".to_owned()),
            ),
            ("https://bitbucket.org/o/r/pull-requests/7/", Some("bitbucket.org/o/r".to_owned())),
            ("o/r#7", Some("o/r".to_owned())),
            ("g/s/r!7", Some("g/s/r".to_owned())),
            ("#7", None),
            ("!7", None),
            ("PR 7", None),
            ("PR #7", None),
            ("PR-7", None),
            ("pr#7", None),
        ] {
            assert_eq!(requests(cell, BareNumber::Unclear), [(repository, 7)], "{cell}");
        }
        assert_eq!(requests("7, 1234567", BareNumber::Request), [(None, 7), (None, 1_234_567)]);
    }

    #[test]
    fn what_names_no_change_is_refused() {
        for cell in ["7", "abc123", "r123456", "HEAD~3", "#0", "x#7", "https://github.com/o/r/issues/7", "PR"]
        {
            assert_eq!(parse(cell, BareNumber::Unclear), [Err(cell)], "{cell}");
        }
    }
}
