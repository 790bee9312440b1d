//! Every external dependency has a comment with its reason.

use super::finding::TidyFinding;

/// Checks `[workspace.dependencies]`. A comment covers the entries below it up to the next blank
/// line; a banner (`# --- name ---`) is no reason.
pub(super) fn check(file: &str, text: &str) -> Vec<TidyFinding> {
    let mut findings = Vec::new();
    let mut is_in_section = false;
    let mut has_reason = false;
    for (position, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            is_in_section = line == "[workspace.dependencies]";
        }
        if line.is_empty() || line.starts_with("# ---") || line.starts_with('[') {
            has_reason = false;
        } else if line.starts_with('#') {
            has_reason = true;
        } else if let Some((name, value)) = line.split_once('=') {
            let is_external = !value.contains("path =");
            if is_in_section && is_external && !has_reason {
                let message = format!("no comment gives the reason for `{}`", name.trim());
                findings.push(TidyFinding { file: file.to_owned(), line: position + 1, message });
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;

    fn findings(text: &str) -> Vec<String> {
        check("Cargo.toml", text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_comment_covers_its_group() {
        let text = "[workspace.dependencies]\n# --- ours ---\nmine = { path = \"x\" }\n\n# --- theirs ---\n\
                    # Bytes.\nbstr = \"1\"\n# JSON.\nserde = \"1\"\nserde_json = \"1\"\n\n[profile.dev]\ndebug = 1\n";
        assert!(findings(text).is_empty());
    }

    #[test]
    fn a_banner_or_nothing_is_no_reason() {
        let text = "[workspace.dependencies]\n# --- theirs ---\nbstr = \"1\"\n\n# JSON.\nserde = \"1\"\n\ncsv = \"1\"\n";
        let expected = [
            "Cargo.toml:3: no comment gives the reason for `bstr`",
            "Cargo.toml:8: no comment gives the reason for `csv`",
        ];
        assert_eq!(findings(text), expected);
    }
}
