//! Paths that a document names: each must exist.

use std::path::Path;

use super::finding::TidyFinding;

/// Prefixes of the paths that are checked.
const FOLDERS: [&str; 6] = [".ci/", ".config/", "crates/", "docs/", "fixtures/", "tests/"];

/// Reports paths in backticks that do not exist below `root`; those with `*`, `<` or `NAME` are patterns.
pub(super) fn check(root: &Path, file: &str, text: &str) -> Vec<TidyFinding> {
    let mut findings = Vec::new();
    for (position, line) in text.lines().enumerate() {
        let code = line.split('`').skip(1).step_by(2);
        let is_path = |code: &&str| FOLDERS.iter().any(|folder| code.starts_with(folder));
        let is_pattern = |code: &str| code.contains(['*', '<', ' ']) || code.contains("NAME");
        for path in code.filter(is_path).filter(|code| !is_pattern(code)) {
            if !root.join(path).exists() {
                let message = format!("`{path}` does not exist");
                findings.push(TidyFinding { file: file.to_owned(), line: position + 1, message });
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::check;

    #[test]
    fn missing_paths_are_reported() {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(root.path().join("crates/a")).expect("writable");
        let text = "See `crates/a` and `crates/a/src`.\nAdd `crates/a/NAME.rs`, run `cargo test`.\n";
        let found: Vec<String> = check(root.path(), "X.md", text).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["X.md:1: `crates/a/src` does not exist"]);
    }
}
