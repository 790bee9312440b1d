//! Retired terms: `terms.toml` lists them with their replacements.

mod matching;
mod text;

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::finding::TidyFinding;
use matching::contains_phrase;
use text::{Passage, TextKind};

/// Retired terms and the folders that are not yet free of them.
pub(super) struct Terms {
    terms: Vec<Term>,
    not_yet: Vec<String>,
}

struct Term {
    /// In lower case; `#` matches a digit.
    phrases: Vec<String>,
    replacement: String,
    kinds: Vec<TextKind>,
}

impl Terms {
    /// Reads the list that is compiled into this program.
    pub(super) fn load() -> Result<Self> {
        parse(include_str!("terms.toml")).context("reading xtask/src/tidy/terms.toml")
    }

    /// Whether retired terms in this file do not fail yet.
    pub(super) fn is_exempt(&self, file: &str) -> bool {
        self.not_yet.iter().any(|prefix| {
            file.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Reports the retired terms in a Rust, Markdown or TOML file.
    pub(super) fn check(&self, file: &str, source: &str) -> Result<Vec<TidyFinding>> {
        let passages = text::passages(file, source).with_context(|| format!("reading {file}"))?;
        Ok(passages.iter().flat_map(|passage| self.check_passage(file, passage)).collect())
    }

    fn check_passage(&self, file: &str, passage: &Passage) -> Vec<TidyFinding> {
        let lower = passage.text.to_lowercase();
        let mut findings = Vec::new();
        for term in self.terms.iter().filter(|term| term.kinds.contains(&passage.kind)) {
            for phrase in term.phrases.iter().filter(|phrase| contains_phrase(&lower, phrase)) {
                let message = format!("retired term \"{phrase}\": write {}", term.replacement);
                findings.push(TidyFinding { file: file.to_owned(), line: passage.line, message });
            }
        }
        findings
    }
}

fn parse(text: &str) -> Result<Terms> {
    let table: Table = text.parse()?;
    let strings = |value: &Value| -> Result<Vec<String>> {
        let list = value.as_array().context("a list of strings")?;
        list.iter().map(|it| Ok(it.as_str().context("a string")?.to_owned())).collect()
    };
    let entries = table.get("term").and_then(Value::as_array).context("a list of [[term]]")?;
    let mut terms = Vec::new();
    for entry in entries {
        let kinds = match entry.get("in") {
            Some(kinds) => {
                strings(kinds)?.iter().map(|name| TextKind::from_name(name)).collect::<Result<_>>()?
            }
            None => TextKind::ALL.to_vec(),
        };
        terms.push(Term {
            phrases: strings(entry.get("find").context("a term needs `find`")?)?,
            replacement: entry.get("use").and_then(Value::as_str).context("a term needs `use`")?.to_owned(),
            kinds,
        });
    }
    Ok(Terms { terms, not_yet: table.get("not_yet").map(strings).transpose()?.unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::{Terms, parse};

    const LIST: &str = "not_yet = [\"crates/old\"]\n\
        [[term]]\nfind = [\"left out\"]\nuse = \"skipped\"\n\
        [[term]]\nfind = [\"feed\"]\nuse = \"incident file\"\nin = [\"docs\"]\n";

    #[test]
    fn a_term_is_reported_with_its_replacement() {
        let terms = parse(LIST).expect("a valid list");
        let found = terms.check("docs/a.md", "# A\n\nBots are left out of the feed.\n").expect("readable");
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        let expected = [
            "docs/a.md:3: retired term \"left out\": write skipped",
            "docs/a.md:3: retired term \"feed\": write incident file",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_term_applies_where_its_entry_says() {
        let terms = parse(LIST).expect("a valid list");
        let source = "//! The feed.\n\nfn f() -> &'static str { \"the feed, left out\" }\n";
        assert_eq!(terms.check("crates/a/src/lib.rs", source).expect("readable").len(), 1);
    }

    #[test]
    fn folders_are_exempt_by_whole_names() {
        let terms = parse(LIST).expect("a valid list");
        assert!(terms.is_exempt("crates/old/src/lib.rs"));
        assert!(!terms.is_exempt("crates/older/src/lib.rs"));
    }

    #[test]
    fn the_shipped_list_is_valid() {
        assert!(Terms::load().is_ok_and(|terms| !terms.terms.is_empty()));
    }
}
