//! Reading the manifests of a tree.

use debtscan_model::{BuildTool, Manifest};

use super::facts::ManifestFacts;
use super::{gradle, lists, pom, programs};
use debtscan_git::objects::Objects;
use debtscan_git::tree::TreeFile;

/// People do not write manifests longer than this.
const MOST_BYTES: usize = 1 << 20;

/// Reads the manifests of a tree, in the order of the tree.
pub(crate) fn read(objects: &mut Objects, tree: &[TreeFile]) -> Vec<Manifest> {
    let mut found = Vec::new();
    for file in tree.iter().filter(|file| file.kind.is_regular()) {
        let Some(tool) = BuildTool::of(file.path.file_name()) else { continue };
        // The measuring stage reports unreadable files.
        let facts = match objects.blob(&file.id) {
            Ok(content) if content.len() <= MOST_BYTES => {
                understand(file.path.file_name(), &String::from_utf8_lossy(&content))
            }
            _ => ManifestFacts::default(),
        };
        let ManifestFacts { name, workspace, uses } = facts;
        let name = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        found.push(Manifest { path: file.path.clone(), tool, name, workspace, uses });
    }
    found
}

fn understand(file_name: &[u8], text: &str) -> ManifestFacts {
    match file_name {
        b"Cargo.toml" => lists::cargo(text),
        b"package.json" => lists::npm(text),
        b"pnpm-workspace.yaml" => lists::pnpm(text),
        b"go.mod" => lists::go_module(text),
        b"go.work" => lists::go_work(text),
        b"pom.xml" => pom::read(text),
        b"settings.gradle" | b"settings.gradle.kts" => gradle::settings(text),
        b"pyproject.toml" => lists::python(text),
        b"setup.cfg" => lists::setup_cfg(text),
        b"composer.json" => lists::composer(text),
        b"mix.exs" => lists::mix(text),
        b"pubspec.yaml" => lists::dart(text, "workspace"),
        b"melos.yaml" => lists::dart(text, "packages"),
        b"Package.swift" => programs::swift(text),
        b"build.sbt" => programs::sbt(text),
        b"DESCRIPTION" => lists::r(text),
        _ => ManifestFacts::default(),
    }
}
