//! What each crate may depend on.
//!
//! `docs/architecture.md` explains the list; this module compares it with the manifests. A crate
//! that may not name a library in its manifest cannot do what the library is for.

use super::finding::TidyFinding;
use super::workspace::{Dependency, Package};

/// What one crate may depend on.
struct EdgeRule {
    name: &'static str,
    /// The crates of the workspace that it may use, the testkit in its tests aside.
    uses: &'static [&'static str],
    /// Libraries that it must not name; `gix` stands for its whole family.
    forbids: &'static [&'static str],
}

const TESTKIT: &str = "debtscan-testkit";
const COMPLEXITY: &str = "debtscan-complexity";
const DEMO: &str = "debtscan-demo";
const FINDINGS: &str = "debtscan-findings";
const GIT: &str = "debtscan-git";
const INCIDENTS: &str = "debtscan-incidents";
const MODEL: &str = "debtscan-model";
const PARSER_MEMORY: &str = "debtscan-parser-memory";
const RENDER: &str = "debtscan-render";
const REPORTER: &str = "debtscan-reporter";
const SCANNER: &str = "debtscan-scanner";
const APP: &str = "debtscan-app";
const WORKER: &str = "debtscan-worker";

/// A crate may be listed before it exists.
const RULES: [EdgeRule; 16] = [
    EdgeRule { name: MODEL, uses: &[], forbids: &["gix", "serde", "serde_json", "rayon", "tempfile"] },
    EdgeRule { name: PARSER_MEMORY, uses: &[], forbids: &["gix", "rayon", "serde", "tempfile"] },
    EdgeRule {
        name: COMPLEXITY,
        uses: &[MODEL, PARSER_MEMORY],
        forbids: &["gix", "ignore", "rayon", "tempfile"],
    },
    EdgeRule {
        name: WORKER,
        uses: &[COMPLEXITY, MODEL],
        forbids: &["gix", "ignore", "rayon", "serde_json", "tempfile"],
    },
    EdgeRule { name: GIT, uses: &[MODEL], forbids: &["rayon", "serde", "serde_json", "zstd"] },
    EdgeRule {
        name: SCANNER,
        uses: &[GIT, WORKER, COMPLEXITY, MODEL],
        forbids: &["gix", "clap", "indicatif"],
    },
    EdgeRule { name: DEMO, uses: &[GIT], forbids: &["gix", "csv", "jiff", "rayon", "tempfile"] },
    EdgeRule { name: INCIDENTS, uses: &[MODEL], forbids: &["gix", "rayon", "tempfile"] },
    EdgeRule {
        name: FINDINGS,
        uses: &[INCIDENTS, MODEL],
        forbids: &["gix", "schemars", "serde", "serde_json"],
    },
    EdgeRule {
        name: REPORTER,
        uses: &[FINDINGS, INCIDENTS, MODEL],
        forbids: &["gix", "anstyle", "csv", "schemars", "serde", "serde_json", "tempfile", "unicode-width"],
    },
    EdgeRule { name: RENDER, uses: &[FINDINGS, INCIDENTS, MODEL], forbids: &["gix", "rayon", "tempfile"] },
    EdgeRule {
        name: APP,
        uses: &[DEMO, SCANNER, REPORTER, FINDINGS, INCIDENTS, MODEL],
        forbids: &["gix", "anstream", "anstyle", "clap", "indicatif", "miette", "terminal_size"],
    },
    EdgeRule { name: "debtscan", uses: &[APP, RENDER], forbids: &["gix", "rayon"] },
    EdgeRule { name: TESTKIT, uses: &[], forbids: &[] },
    EdgeRule { name: "xtask", uses: &[TESTKIT], forbids: &["gix"] },
    EdgeRule { name: "experiments", uses: &["xtask"], forbids: &["gix"] },
];

/// Crates that tests alone use: the reporter's hold its lists against every format.
const USED_IN_TESTS: [(&str, &str); 1] = [(REPORTER, RENDER)];

pub(super) fn check(packages: &[Package]) -> Vec<TidyFinding> {
    let mut findings = Vec::new();
    for package in packages {
        let at = |key: &str, message: String| TidyFinding {
            file: package.manifest.clone(),
            line: line_of(&package.manifest_text, key),
            message,
        };
        let Some(rule) = RULES.iter().find(|rule| rule.name == package.name) else {
            let message =
                format!("crate `{}` is missing from the list in xtask/src/tidy/edges.rs", package.name);
            findings.push(at("name", message));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|dependency| !rule.allows(dependency)) {
            let message = format!("`{}` must not depend on `{}`", package.name, dependency.name);
            findings.push(at(&dependency.name, message));
        }
    }
    findings
}

impl EdgeRule {
    fn allows(&self, dependency: &Dependency) -> bool {
        let name = dependency.name.as_str();
        // The whole family changes its interface together, so it counts as one library.
        let library = if name.starts_with("gix-") { "gix" } else { name };
        if dependency.is_ours {
            let is_testkit = name == TESTKIT && self.name != TESTKIT;
            let is_in_tests = is_testkit || USED_IN_TESTS.contains(&(self.name, name));
            (dependency.is_dev && is_in_tests) || self.uses.contains(&name)
        } else {
            // Tests may use any library. They are not part of what the crate can do.
            dependency.is_dev || !self.forbids.contains(&library)
        }
    }
}

/// The first line that starts with a key, counted from 1; 1 if there is none.
fn line_of(text: &str, key: &str) -> usize {
    text.lines().position(|line| line.starts_with(key)).map_or(1, |position| position + 1)
}

#[cfg(test)]
mod tests {
    use super::super::workspace::{Dependency, Package};
    use super::check;

    fn findings(name: &str, to: &str, is_dev: bool) -> Vec<String> {
        let is_ours = to.starts_with("debtscan") || to == "xtask";
        let package = Package {
            name: name.to_owned(),
            manifest: "crates/x/Cargo.toml".to_owned(),
            manifest_text: format!("[package]\nname = \"{name}\"\n[dependencies]\n{to}.workspace = true\n"),
            dependencies: vec![Dependency { name: to.to_owned(), is_ours, is_dev }],
            roots: Vec::new(),
        };
        check(&[package]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn listed_edges_and_the_testkit_in_tests_are_allowed() {
        assert!(findings("debtscan-scanner", "debtscan-complexity", false).is_empty());
        assert!(findings("debtscan-model", "debtscan-testkit", true).is_empty());
        assert!(findings("debtscan-git", "gix-imara-diff", false).is_empty());
        assert!(findings("xtask", "debtscan-testkit", false).is_empty());
        assert!(findings("debtscan-findings", "serde_json", true).is_empty());
    }

    #[test]
    fn any_other_edge_is_reported_at_its_line() {
        let expected = ["crates/x/Cargo.toml:4: `debtscan-reporter` must not depend on `debtscan-scanner`"];
        assert_eq!(findings("debtscan-reporter", "debtscan-scanner", false), expected);
        assert_eq!(findings("debtscan-scanner", "debtscan-testkit", false).len(), 1);
        assert_eq!(findings("debtscan-testkit", "debtscan-model", true).len(), 1);
        assert_eq!(findings("debtscan-testkit", "debtscan-testkit", true).len(), 1);
        assert_eq!(findings("xtask", "debtscan-model", false).len(), 1);
    }

    #[test]
    fn forbidden_libraries_are_reported() {
        let expected = ["crates/x/Cargo.toml:4: `debtscan-findings` must not depend on `serde`"];
        assert_eq!(findings("debtscan-findings", "serde", false), expected);
        assert_eq!(findings("debtscan-render", "gix-hash", false).len(), 1);
        assert_eq!(findings("debtscan-app", "clap", false).len(), 1);
    }

    #[test]
    fn a_crate_missing_from_the_list_is_reported() {
        let expected = [
            "crates/x/Cargo.toml:2: crate `debtscan-extra` is missing from the list in xtask/src/tidy/edges.rs",
        ];
        assert_eq!(findings("debtscan-extra", "debtscan-testkit", true), expected);
    }
}
