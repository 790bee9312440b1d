//! C code: the threat model names every package that compiles some, with its version.

use anyhow::{Context, Result};

use super::finding::TidyFinding;

/// Reports packages of the lock file that build C code and have no row `| NAME | VERSION |` in a document.
pub(super) fn check(file: &str, text: &str, lock: &str) -> Result<Vec<TidyFinding>> {
    let lock: toml::Table = lock.parse().context("cannot read Cargo.lock")?;
    let packages = lock.get("package").and_then(toml::Value::as_array).into_iter().flatten();
    let mut findings = Vec::new();
    for package in packages {
        let field = |name: &str| package.get(name).and_then(toml::Value::as_str).unwrap_or_default();
        let needs = package.get("dependencies").and_then(toml::Value::as_array).into_iter().flatten();
        // A dependency is `NAME`, or `NAME VERSION` if there are several.
        let names = needs.filter_map(|it| it.as_str()?.split(' ').next());
        if names.into_iter().any(|name| matches!(name, "cc" | "cmake")) {
            let row = format!("| {} | {} |", field("name"), field("version"));
            if !text.contains(&row) {
                let message = format!("no row `{row}`, though the package compiles C code");
                findings.push(TidyFinding { file: file.to_owned(), line: 1, message });
            }
        }
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn only_packages_with_a_c_compiler_need_a_row() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [\n \"cc\",\n]\n\
                    [[package]]\nname = \"b\"\nversion = \"2.0.0\"\ndependencies = [\n \"ccc\",\n]\n\
                    [[package]]\nname = \"c\"\nversion = \"3.0.0\"\ndependencies = [\n \"cc 1.2.0\",\n]\n";
        let found = check("S.md", "| a | 1.0.0 | x |\n| c | 2.9.0 | x |\n", lock).expect("a lock file");
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, ["S.md:1: no row `| c | 3.0.0 |`, though the package compiles C code"]);
    }
}
