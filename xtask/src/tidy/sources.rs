//! The length, name and first line of each Rust file.

use super::finding::TidyFinding;

const MAX_LINES: usize = 600;
/// Names that say nothing about the content.
const VAGUE_NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "manager", "managers"];

pub(super) fn check(file: &str, source: &str) -> Vec<TidyFinding> {
    let mut findings = Vec::new();
    let mut find = |line, message| findings.push(TidyFinding { file: file.to_owned(), line, message });

    let lines = source.lines().count();
    if lines > MAX_LINES {
        find(lines, format!("{lines} lines, more than {MAX_LINES}"));
    }
    if !source.starts_with("//!") {
        find(1, "the module does not start with `//!`".to_owned());
    }
    if let Some(name) = vague_name(file) {
        find(1, format!("`{name}` in the file name says nothing about the content"));
    }
    findings
}

fn vague_name(file: &str) -> Option<&str> {
    file.trim_end_matches(".rs").split(['/', '_']).find(|part| VAGUE_NAMES.contains(part))
}

#[cfg(test)]
mod tests {
    use super::check;

    fn findings(file: &str, source: &str) -> Vec<String> {
        check(file, source).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_line_of_a_file_counts() {
        let fits = format!("//! A module.\n{}", "// line\n".repeat(599));
        assert!(findings("crates/a/src/x.rs", &fits).is_empty());
        let long = format!("{fits}// one more\n");
        assert_eq!(findings("crates/a/src/x.rs", &long), ["crates/a/src/x.rs:601: 601 lines, more than 600"]);
    }

    #[test]
    fn a_module_starts_with_its_documentation() {
        assert!(findings("crates/a/src/x.rs", "//! A module.\n").is_empty());
        let expected = ["crates/a/src/x.rs:1: the module does not start with `//!`"];
        assert_eq!(findings("crates/a/src/x.rs", "use std::fmt;\n"), expected);
        assert_eq!(findings("crates/a/src/x.rs", ""), expected);
    }

    #[test]
    fn vague_names_are_reported() {
        for file in ["crates/a/src/util.rs", "crates/a/src/path_helpers.rs", "crates/a/src/manager/mod.rs"] {
            assert_eq!(findings(file, "//! A module.\n").len(), 1, "{file}");
        }
        assert!(findings("crates/a/src/utility_bill.rs", "//! A module.\n").is_empty());
    }
}
