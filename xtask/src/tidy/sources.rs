//! What one Rust file may look like: its size, its functions, its name, its first line, its reach.

use super::Finding;
use super::lexer::mask;

const MAX_FILE_LINES: usize = 600;
/// Comments and blank lines do not count.
const MAX_FUNCTION_LINES: usize = 80;
/// The only places that may name git's libraries.
const GIX_FOLDERS: [&str; 2] = ["crates/git/src/", "tests/testkit/"];
/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "manager", "managers"];

pub(super) fn check(file: &str, source: &str) -> Vec<Finding> {
    let code = mask(source);
    let mut findings = Vec::new();
    let mut find = |line, what| findings.push(Finding { file: file.to_owned(), line, what });

    let lines = source.lines().count();
    if lines > MAX_FILE_LINES {
        find(lines, format!("{lines} lines, more than {MAX_FILE_LINES}"));
    }
    if !source.starts_with("//!") {
        find(1, "the module does not start with `//!`".to_owned());
    }
    if let Some(name) = empty_name(file) {
        find(1, format!("`{name}` in the file's name says nothing about what is inside"));
    }
    for (line, length) in function_lengths(&code) {
        if length > MAX_FUNCTION_LINES {
            find(line, format!("function of {length} lines, more than {MAX_FUNCTION_LINES}"));
        }
    }
    if !GIX_FOLDERS.iter().any(|folder| file.starts_with(folder)) {
        for (position, line) in code.lines().enumerate().filter(|(_, line)| names_gix(line)) {
            find(position + 1, format!("git's libraries are named outside their place: `{}`", line.trim()));
        }
    }
    findings
}

/// The part of a file's or its folders' names that is on the list.
fn empty_name(file: &str) -> Option<&str> {
    file.trim_end_matches(".rs").split(['/', '_']).find(|part| EMPTY_NAMES.contains(part))
}

/// Whether a line of code uses `gix` or a crate of its family.
fn names_gix(line: &str) -> bool {
    let words = line.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    let is_import = line.trim_start().trim_start_matches("pub ").starts_with("use ");
    words.filter(|word| *word == "gix" || word.starts_with("gix_")).any(|word| {
        is_import || line.contains(&format!("{word}::")) || line.contains(&format!("extern crate {word}"))
    })
}

/// Start line and length of every function with a body, nested ones included.
fn function_lengths(code: &str) -> Vec<(usize, usize)> {
    let mut lengths = Vec::new();
    let mut offset = 0;
    for (position, line) in code.lines().enumerate() {
        if is_function_start(line)
            && let Some(length) = body_end(&code[offset..])
        {
            let body = &code[offset..offset + length];
            lengths.push((position + 1, body.lines().filter(|line| !line.trim().is_empty()).count()));
        }
        offset += line.len() + 1;
    }
    lengths
}

fn is_function_start(line: &str) -> bool {
    let mut words = line.split_whitespace().skip_while(|word| {
        matches!(*word, "pub" | "const" | "async" | "unsafe" | "extern" | "default")
            || word.starts_with("pub(")
            || word.ends_with(')') && !word.contains('(')
            || word.trim_matches('_').is_empty()
    });
    words.next() == Some("fn")
}

/// How far a function reaches, its closing brace included; `None` for a declaration without body.
fn body_end(code: &str) -> Option<usize> {
    let mut parentheses = 0_usize;
    let mut braces = 0_usize;
    for (at, letter) in code.bytes().enumerate() {
        match letter {
            b'(' | b'[' => parentheses += 1,
            b')' | b']' => parentheses = parentheses.saturating_sub(1),
            b'{' => braces += 1,
            b'}' => {
                braces = braces.saturating_sub(1);
                if braces == 0 {
                    return Some(at + 1);
                }
            }
            b';' if parentheses == 0 && braces == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::check;

    fn findings(file: &str, source: &str) -> Vec<String> {
        check(file, source).iter().map(ToString::to_string).collect()
    }

    fn function(statements: usize) -> String {
        let body = "    // why\n\n    step(\"} ; {\");\n".repeat(statements);
        format!(
            "//! A module.\n\ntrait T {{\n    fn declared(&self);\n}}\n\npub(crate) fn f<'a>(x: [u8; 3]) {{\n{body}}}\n"
        )
    }

    #[test]
    fn functions_are_measured_without_comments_and_blank_lines() {
        assert_eq!(findings("crates/a/src/x.rs", &function(78)), <[&str; 0]>::default());
        let expected = ["crates/a/src/x.rs:7: function of 81 lines, more than 80"];
        assert_eq!(findings("crates/a/src/x.rs", &function(79)), expected);
    }

    #[test]
    fn files_are_measured_with_everything() {
        let fits = format!("//! A module.\n{}", "// line\n".repeat(599));
        assert!(findings("crates/a/src/x.rs", &fits).is_empty());
        let long = format!("{fits}// one more\n");
        assert_eq!(findings("crates/a/src/x.rs", &long), ["crates/a/src/x.rs:601: 601 lines, more than 600"]);
    }

    #[test]
    fn a_module_says_first_what_it_is() {
        assert!(findings("crates/a/src/x.rs", "//! A module.\n").is_empty());
        let expected = ["crates/a/src/x.rs:1: the module does not start with `//!`"];
        assert_eq!(findings("crates/a/src/x.rs", "use std::fmt;\n"), expected);
        assert_eq!(findings("crates/a/src/x.rs", ""), expected);
    }

    #[test]
    fn names_that_say_nothing_are_found() {
        for file in ["crates/a/src/util.rs", "crates/a/src/path_helpers.rs", "crates/a/src/manager/mod.rs"] {
            assert_eq!(findings(file, "//! A module.\n").len(), 1, "{file}");
        }
        assert!(findings("crates/a/src/utility_bill.rs", "//! A module.\n").is_empty());
    }

    #[test]
    fn git_libraries_stay_in_their_place() {
        let offending = ["use gix::ObjectId;", "let x = gix_imara_diff::Diff::new();", "extern crate gix;"];
        for line in offending {
            let source = format!("//! A module.\n{line}\n");
            let found = findings("crates/reporter/src/x.rs", &source);
            let expected = format!(
                "crates/reporter/src/x.rs:2: git's libraries are named outside their place: `{line}`"
            );
            assert_eq!(found, [expected]);
            assert!(findings("crates/git/src/open.rs", &source).is_empty());
            assert!(findings("tests/testkit/src/x.rs", &source).is_empty());
        }
        let clean = "//! No gix::x here.\nlet gix = \"gix::x\"; // gix::y\nrepo.gix().find();\n";
        assert!(findings("crates/reporter/src/x.rs", clean).is_empty());
    }
}
