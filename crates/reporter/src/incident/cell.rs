//! The text of one cell -> a value.

/// The value of a cell; `None` for the markers that trackers write for "nothing".
pub(super) fn present(cell: &str) -> Option<&str> {
    const MISSING: [&str; 5] = ["?", "n/a", "-", "null", "none"];
    let is_missing = cell.is_empty() || MISSING.iter().any(|marker| cell.eq_ignore_ascii_case(marker));
    (!is_missing).then_some(cell)
}

/// The first line that holds anything, with runs of white space made one blank.
pub(super) fn one_line(cell: &str) -> String {
    let first = cell.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    first.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts of a list of names or paths: between commas, semicolons, bars and line ends.
///
/// A blank is part of a name.
pub(super) fn names(cell: &str) -> Vec<String> {
    cell.split([',', ';', '|', '\n', '\r']).map(str::trim).filter_map(present).map(str::to_owned).collect()
}

/// The commits in a list, each an id of 7 to 64 hexadecimal digits or a URL that names one; a part
/// that is neither is an `Err` with the part. Blanks separate as well.
pub(super) fn commits(cell: &str) -> Vec<Result<String, &str>> {
    let is_separator = |character: char| character.is_whitespace() || matches!(character, ',' | '|');
    let mut found = Vec::new();
    for part in cell.split(is_separator).filter(|part| !part.is_empty()) {
        if part.contains("://") {
            found.push(commit_of_url(part).ok_or(part));
        } else {
            found.extend(part.split(';').filter_map(present).map(|id| commit_id(id).ok_or(id)));
        }
    }
    found
}

fn commit_id(text: &str) -> Option<String> {
    let is_id = (7..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| text.to_ascii_lowercase())
}

/// The id behind `/commit/` or `/commits/` (GitHub, GitLab, Bitbucket, Gitea), `id=` (cgit) or `h=`
/// (gitweb).
fn commit_of_url(url: &str) -> Option<String> {
    let mut parts = url.split(['/', '?', '&', ';', '#']);
    let mut after_commit = false;
    parts.find_map(|part| {
        let id = part.strip_prefix("id=").or_else(|| part.strip_prefix("h="));
        let id = id.or_else(|| after_commit.then(|| part.trim_end_matches([')', '.', '>'])));
        after_commit = matches!(part, "commit" | "commits");
        let id = id.map(|id| id.strip_suffix(".patch").or_else(|| id.strip_suffix(".diff")).unwrap_or(id));
        id.and_then(commit_id)
    })
}

/// A whole number of at least 0, perhaps with thousands separated or `.0` at the end.
pub(super) fn count(cell: &str) -> Option<u64> {
    let whole = cell.split_once('.').filter(|(_, zeros)| zeros.bytes().all(|byte| byte == b'0'));
    let whole = whole.map_or(cell, |(whole, _)| whole);
    let mut groups = whole.split([',', ' ', '\'', '\u{a0}', '\u{202f}']);
    let mut digits = groups.next()?.to_owned();
    let first_len = digits.len();
    for group in groups {
        if group.len() != 3 || first_len > 3 {
            return None;
        }
        digits.push_str(group);
    }
    // `str::parse` would accept a plus sign.
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Beyond 64 bits is no count either.
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{commits, count, names, one_line, present};

    #[test]
    fn markers_for_nothing_are_no_values() {
        for cell in ["", "?", "N/A", "n/a", "-", "null", "NULL", "None"] {
            assert_eq!(present(cell), None, "{cell}");
        }
        assert_eq!(present("0"), Some("0"));
    }

    #[test]
    fn a_title_is_the_first_line_that_holds_anything() {
        assert_eq!(one_line("\n  a \t b\nc"), "a b");
        assert_eq!(one_line(""), "");
    }

    #[test]
    fn names_may_hold_blanks_and_lists_are_split_at_marks_and_line_ends() {
        assert_eq!(
            names("Card payments, Billing;a/b c.rs | N/A\nd"),
            ["Card payments", "Billing", "a/b c.rs", "d"]
        );
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
            assert_eq!(commits(&cell), [Ok(id.to_owned())], "{cell}");
        }
        let many = commits("abcdef1 abcdef2,abcdef3;abcdef4|abcdef5\nabcdef6");
        assert_eq!(many.len(), 6);
        assert!(many.iter().all(Result::is_ok));
        assert_eq!(
            commits("#12 abc123 r123456 https://x/pull/3").iter().filter(|part| part.is_err()).count(),
            4
        );
    }

    #[test]
    fn counts_are_whole_and_not_negative() {
        for (cell, expected) in [
            ("0", Some(0)),
            ("1200", Some(1_200)),
            ("1,200", Some(1_200)),
            ("1 200 000", Some(1_200_000)),
            ("12.0", Some(12)),
            ("12.5", None),
            ("-3", None),
            ("+3", None),
            ("", None),
            ("many", None),
            ("1,20", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(count(cell), expected, "{cell}");
        }
    }
}
