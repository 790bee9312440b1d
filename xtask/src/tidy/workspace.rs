//! The packages of the workspace, as `cargo metadata` lists them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use xtask::process::{self, cargo, workspace_root};

/// A crate of the workspace.
pub(super) struct Package {
    pub(super) name: String,
    /// Path of the manifest from the workspace's root.
    pub(super) manifest: String,
    pub(super) manifest_text: String,
    pub(super) dependencies: Vec<Dependency>,
    /// The root files of its library and its binaries.
    pub(super) roots: Vec<PathBuf>,
}

/// A direct dependency, on a crate of the workspace or of the registry.
pub(super) struct Dependency {
    pub(super) name: String,
    pub(super) is_ours: bool,
    pub(super) is_dev: bool,
}

/// Lists the packages of the workspace.
pub(super) fn packages() -> Result<Vec<Package>> {
    let metadata = process::output(&mut cargo(&["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Value =
        serde_json::from_slice(&metadata).context("reading the output of cargo metadata")?;
    array(&metadata, "packages")?.iter().map(package).collect()
}

fn package(package: &Value) -> Result<Package> {
    let manifest = Path::new(text(package, "manifest_path")?);
    let mut roots = Vec::new();
    for target in array(package, "targets")? {
        // Tests, examples and benchmarks may depend on each other as they like.
        let is_product = |kind: &Value| matches!(kind.as_str(), Some("lib" | "bin"));
        if array(target, "kind")?.iter().any(is_product) {
            roots.push(PathBuf::from(text(target, "src_path")?));
        }
    }
    let dependency = |dependency: &Value| -> Result<Dependency> {
        Ok(Dependency {
            name: text(dependency, "name")?.to_owned(),
            // Only crates of the workspace are named by path.
            is_ours: !dependency["path"].is_null(),
            is_dev: dependency["kind"].as_str() == Some("dev"),
        })
    };
    Ok(Package {
        name: text(package, "name")?.to_owned(),
        manifest: relative(manifest),
        manifest_text: fs::read_to_string(manifest)?,
        dependencies: array(package, "dependencies")?.iter().map(dependency).collect::<Result<_>>()?,
        roots,
    })
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    value[key].as_str().with_context(|| format!("cargo metadata gives a `{key}`"))
}

fn array<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>> {
    value[key].as_array().with_context(|| format!("cargo metadata lists `{key}`"))
}

/// Whether a file holds Rust code.
pub(super) fn is_rust(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "rs")
}

/// The path from the workspace's root.
pub(super) fn relative(path: &Path) -> String {
    path.strip_prefix(workspace_root()).unwrap_or(path).to_string_lossy().into_owned()
}
