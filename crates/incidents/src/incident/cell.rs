//! The text of one cell -> a value.

/// Ends each item of a list that came as one, in JSON: such a list is split nowhere else.
pub(super) const LIST_MARK: char = '\u{1f}';

/// The value of a cell; `None` for the markers that trackers write for "nothing".
pub(super) fn present(cell: &str) -> Option<&str> {
    const MISSING: [&str; 8] = ["?", "n/a", "-", "null", "none", "nil", "undefined", "(none)"];
    let is_missing = cell.is_empty() || MISSING.iter().any(|marker| cell.eq_ignore_ascii_case(marker));
    (!is_missing).then_some(cell)
}

/// A cell as people read it: the items of a list between commas.
pub(super) fn shown(cell: &str) -> String {
    cell.trim_end_matches(LIST_MARK).replace(LIST_MARK, ", ")
}

/// The first line that holds anything, with runs of white space made one blank.
pub(super) fn one_line(cell: &str) -> String {
    let cell = shown(cell);
    let first = cell.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    first.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts of a list of names or paths: between commas, semicolons, bars and line ends.
///
/// A blank is part of a name.
pub(super) fn names(cell: &str) -> Vec<String> {
    let parts = |separators: &[char]| {
        cell.split(separators).map(str::trim).filter_map(present).map(str::to_owned).collect()
    };
    if cell.contains(LIST_MARK) { parts(&[LIST_MARK]) } else { parts(&[',', ';', '|', '\n', '\r']) }
}

/// The parts of a list of companies, which may hold a comma: `Acme, Inc.` is one.
pub(super) fn companies(cell: &str) -> Vec<String> {
    const FORMS: [&str; 13] =
        ["inc", "llc", "ltd", "limited", "corp", "co", "gmbh", "ag", "sa", "srl", "bv", "plc", "lp"];
    let mut found: Vec<String> = Vec::new();
    for name in names(cell) {
        let form: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        match found.last_mut() {
            Some(company) if FORMS.contains(&form.to_ascii_lowercase().as_str()) => {
                company.push_str(", ");
                company.push_str(&name);
            }
            _ => found.push(name),
        }
    }
    found
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
    use super::{companies, count, names, one_line, present};

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
    fn a_list_that_came_as_one_is_split_nowhere_else() {
        assert_eq!(names("Card, payments\u{1f}Billing\u{1f}"), ["Card, payments", "Billing"]);
        assert_eq!(one_line("a\u{1f}b\u{1f}"), "a, b");
    }

    #[test]
    fn a_company_keeps_its_legal_form() {
        assert_eq!(companies("Acme, Inc., Globex; Initech, LLC"), ["Acme, Inc.", "Globex", "Initech, LLC"]);
        assert_eq!(companies("A001,A002"), ["A001", "A002"]);
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
