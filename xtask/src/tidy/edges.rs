//! Which of our crates may know which: the list in `docs/architecture.md`, nothing else.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Finding;

/// Every edge there may be, dev-dependencies on the testkit aside.
const ALLOWED: [(&str, &[&str]); 9] = [
    ("debtscan-model", &[]),
    ("debtscan-complexity", &["debtscan-model"]),
    ("debtscan-git", &["debtscan-model"]),
    ("debtscan-scanner", &["debtscan-model", "debtscan-complexity", "debtscan-git"]),
    ("debtscan-incidents", &["debtscan-model"]),
    ("debtscan-reporter", &["debtscan-incidents", "debtscan-model"]),
    ("debtscan", &["debtscan-scanner", "debtscan-incidents", "debtscan-reporter", "debtscan-model"]),
    (TESTKIT, &[]),
    ("xtask", &[TESTKIT]),
    ("experiments", &["xtask"]),
];

const TESTKIT: &str = "debtscan-testkit";

/// A crate of the workspace and whom it names in its manifest.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) manifest: String,
    pub(super) manifest_text: String,
    pub(super) edges: Vec<Edge>,
}

/// A dependency on a crate of the workspace.
pub(super) struct Edge {
    pub(super) to: String,
    pub(super) is_dev: bool,
}

/// Reads the workspace-internal dependencies of a package in the output of `cargo metadata`.
pub(super) fn of_package(package: &Value) -> Result<Vec<Edge>> {
    let dependencies = package["dependencies"].as_array().context("cargo metadata lists dependencies")?;
    let internal = dependencies.iter().filter(|dependency| !dependency["path"].is_null());
    internal
        .map(|dependency| {
            let to = dependency["name"].as_str().context("a dependency has a name")?.to_owned();
            Ok(Edge { to, is_dev: dependency["kind"].as_str() == Some("dev") })
        })
        .collect()
}

pub(super) fn check(packages: &[Package]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in packages {
        let at = |needle: &str, what: String| Finding {
            file: package.manifest.clone(),
            line: line_of(&package.manifest_text, needle),
            what,
        };
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package.name) else {
            findings.push(at("name", format!("crate `{}` is not in the list of crates", package.name)));
            continue;
        };
        for edge in &package.edges {
            let is_test_only = edge.is_dev && edge.to == TESTKIT;
            if !is_test_only && !allowed.contains(&edge.to.as_str()) {
                findings.push(at(&edge.to, format!("`{}` must not depend on `{}`", package.name, edge.to)));
            }
        }
    }
    findings
}

/// The first line that starts with a key, counted from 1; 1 when there is none.
fn line_of(text: &str, key: &str) -> usize {
    text.lines().position(|line| line.starts_with(key)).map_or(1, |position| position + 1)
}

#[cfg(test)]
mod tests {
    use super::{Edge, Package, check};

    fn findings(name: &str, to: &str, is_dev: bool) -> Vec<String> {
        let package = Package {
            name: name.to_owned(),
            manifest: "crates/x/Cargo.toml".to_owned(),
            manifest_text: format!("[package]\nname = \"{name}\"\n[dependencies]\n{to}.workspace = true\n"),
            edges: vec![Edge { to: to.to_owned(), is_dev }],
        };
        check(&[package]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn listed_edges_and_the_testkit_in_tests_are_allowed() {
        assert!(findings("debtscan-scanner", "debtscan-complexity", false).is_empty());
        assert!(findings("debtscan-model", "debtscan-testkit", true).is_empty());
        assert!(findings("xtask", "debtscan-testkit", false).is_empty());
    }

    #[test]
    fn any_other_edge_is_found_at_its_line() {
        let expected = ["crates/x/Cargo.toml:4: `debtscan-reporter` must not depend on `debtscan-scanner`"];
        assert_eq!(findings("debtscan-reporter", "debtscan-scanner", false), expected);
        assert_eq!(findings("debtscan-scanner", "debtscan-testkit", false).len(), 1);
        assert_eq!(findings("debtscan-testkit", "debtscan-model", true).len(), 1);
        assert_eq!(findings("xtask", "debtscan-model", false).len(), 1);
    }

    #[test]
    fn a_crate_that_nobody_listed_is_found() {
        let expected = ["crates/x/Cargo.toml:2: crate `debtscan-extra` is not in the list of crates"];
        assert_eq!(findings("debtscan-extra", "debtscan-testkit", true), expected);
    }
}
