//! The text of one cell -> a value.

/// Ends each item of a list that came as one, in JSON: such a list is split nowhere else.
pub(super) const LIST_MARK: char = '\u{1f}';

/// The value of a cell; `None` for the markers that trackers write for "nothing".
pub(crate) fn present(cell: &str) -> Option<&str> {
    const MISSING: [&str; 8] = ["?", "n/a", "-", "null", "none", "nil", "undefined", "(none)"];
    let is_missing = cell.is_empty() || MISSING.iter().any(|marker| cell.eq_ignore_ascii_case(marker));
    (!is_missing).then_some(cell)
}

/// A cell without the marks by which spreadsheets keep it text: `="INC-1"`, `'INC-1`.
pub(crate) fn unmarked(cell: &str) -> &str {
    // Without such marks a spreadsheet turns `1-2` into a date and drops leading zeros.
    if let Some(text) = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return text;
    }
    match cell.strip_prefix('\'') {
        // A quotation has a second mark, prose has blanks.
        Some(text) if !text.contains(['\'', ' ']) => text,
        _ => cell,
    }
}

/// The address and the text of a spreadsheet's `=HYPERLINK("address","text")`.
pub(crate) fn hyperlink(cell: &str) -> Option<(&str, &str)> {
    let inner = cell.strip_prefix("=HYPERLINK(\"")?.strip_suffix(')')?;
    let (address, rest) = inner.split_once('"')?;
    // Locales with a decimal comma separate the arguments with a semicolon.
    let text = rest.trim_start_matches([',', ';', ' ']).trim_matches('"');
    Some((address, if text.is_empty() { address } else { text }))
}

/// A cell as people read it: the items of a list between commas.
pub(super) fn shown(cell: &str) -> String {
    cell.trim_end_matches(LIST_MARK).replace(LIST_MARK, ", ")
}

/// The first line that holds anything, with runs of white space made one blank.
pub(crate) fn one_line(cell: &str) -> String {
    let cell = shown(cell);
    let first = cell.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    first.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts of a list of names or paths: between commas, semicolons, bars and line ends.
///
/// A blank is part of a name.
pub(crate) fn names(cell: &str) -> Vec<String> {
    let parts = |separators: &[char]| {
        cell.split(separators).map(str::trim).filter_map(present).map(str::to_owned).collect()
    };
    // JSON says where an item ends, so that a comma inside one is part of it.
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
            // The comma before a legal form is part of the name.
            Some(company) if FORMS.contains(&form.to_ascii_lowercase().as_str()) => {
                company.push_str(", ");
                company.push_str(&name);
            }
            _ => found.push(name),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{companies, hyperlink, names, one_line, present, unmarked};

    #[test]
    fn markers_for_nothing_are_no_values() {
        for cell in ["", "?", "N/A", "n/a", "-", "null", "NULL", "None"] {
            assert_eq!(present(cell), None, "{cell}");
        }
        assert_eq!(present("0"), Some("0"));
    }

    #[test]
    fn marks_of_spreadsheets_are_no_part_of_a_value() {
        for (cell, text) in [
            ("=\"INC-1\"", "INC-1"),
            ("'INC-2", "INC-2"),
            ("'t is 'so'", "'t is 'so'"),
            ("=1+2", "=1+2"),
            ("a", "a"),
        ] {
            assert_eq!(unmarked(cell), text, "{cell}");
        }
        assert_eq!(hyperlink("=HYPERLINK(\"https://x/1\",\"INC-1\")"), Some(("https://x/1", "INC-1")));
        assert_eq!(hyperlink("https://x/1"), None);
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
}
