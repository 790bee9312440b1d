//! Areas from packages: one per folder that holds a manifest of its own.

use std::collections::{BTreeMap, BTreeSet};

use bstr::{BStr, BString, ByteSlice};
use debtscan_model::{BuildTool, Scan};

use super::error::AreaError;
use super::folders::{Called, FolderAreas, Sizes, base, name_of};
use super::plan::{AreaDraft, AreaPlan};
use super::tree::{ContentCounts, FolderTree, ROOT_FOLDER};
use super::workspaces::{Listed, Workspaces};
use debtscan_findings::AreaSource;

/// File names that make a folder a package, each the one its build tool looks for.
const MANIFESTS: [&str; 17] = [
    "Cargo.toml",
    "package.json",
    "go.mod",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "Gemfile",
    "mix.exs",
    "composer.json",
    "pubspec.yaml",
    "Package.swift",
    "build.sbt",
    "DESCRIPTION",
    "rebar.config",
];

/// Endings of the names of manifests that carry the project's own name.
const MANIFEST_ENDINGS: [&str; 6] = [".csproj", ".fsproj", ".vbproj", ".gemspec", ".cabal", ".rockspec"];

/// Files that make a folder a package where the root is a workspace of Bazel. They stand in nearly every
/// folder, so they count only when packages are asked for.
const BAZEL_PACKAGES: [&str; 2] = ["BUILD.bazel", "BUILD"];

/// Files that make the root a workspace of Bazel.
const BAZEL_ROOTS: [&str; 3] = ["MODULE.bazel", "WORKSPACE.bazel", "WORKSPACE"];

/// In automatic mode, packages need at least this many areas; a default.
const FEWEST_AREAS: usize = 3;

/// In automatic mode no package may hold this share of the source lines, in percent; a default.
const LARGEST_PERCENT: u64 = 70;

/// In automatic mode a package with more than one in this many source lines is split into folders.
const SPLIT_ABOVE: u64 = 3;

/// One area per package, innermost wins; files of a package at the root are `ROOT`.
pub(super) fn plan(scan: &Scan, tree: &FolderTree<'_>) -> Result<AreaPlan, AreaError> {
    let mut packages = Packages::find(scan, tree);
    if BAZEL_ROOTS.iter().any(|root| is_present(scan, root)) {
        packages.add(scan, tree, |name| BAZEL_PACKAGES.iter().any(|package| name == *package));
    }
    if packages.inner().next().is_none() {
        // One module: the packages of the language itself.
        packages.add(scan, tree, |name| name == "__init__.py");
        // A folder that only has tests is no package to import.
        packages.add(scan, tree, |name| name.ends_with(b".go") && !name.ends_with(b"_test.go"));
    }
    if packages.manifests.is_empty() {
        return Err(AreaError::NoPackages);
    }
    let mut areas = FolderAreas::default();
    for folder in packages.manifests.keys() {
        areas.add(folder.as_bstr(), packages.draft(folder.as_bstr()));
    }
    Ok(areas.assign(tree, AreaSource::Packages))
}

/// Packages, large ones split into folders, and what is outside of them by folder; `None` when
/// packages do not tell the parts of this repository.
pub(super) fn plan_if_telling(scan: &Scan, tree: &FolderTree<'_>) -> Option<AreaPlan> {
    let packages = Packages::find(scan, tree);
    let package_of = packages.by_folder(tree);
    // By folder that is a package; those of no package count as the root's.
    let mut lines = vec![0_u64; tree.folders.len()];
    for (folder, package) in tree.folders.iter().zip(&package_of) {
        lines[*package] += folder.own.source_lines;
    }
    let total = Sizes::of(tree, |_| true).total();
    let n_areas = lines.iter().filter(|lines| **lines > 0).count();
    let largest = lines.iter().copied().max().unwrap_or(0);
    // Few packages, or one with nearly all of the code, say less to a leader than folders do.
    if n_areas < FEWEST_AREAS || largest * 100 >= total.lines * LARGEST_PERCENT {
        return None;
    }
    let mut areas = FolderAreas::default();
    let sizes_of = |package: usize| Sizes::of(tree, |folder| package_of[folder] == package);
    areas.add_top_level(&sizes_of(ROOT_FOLDER), base(scan), total, &packages.folders());
    for (folder, _) in packages.inner() {
        areas.add(folder, packages.draft(folder));
    }
    // The names of packages are taken before those of their parts.
    for (folder, _) in packages.inner() {
        let package = tree.find(folder).expect("a package holds source files");
        if lines[package] * SPLIT_ABOVE > total.lines {
            let (name, folder_name) = (packages.name_of(folder), name_of(folder));
            let called = Called { name: &name, folder_name: &folder_name };
            areas.split(&sizes_of(package), folder, called, total, 1);
        }
    }
    Some(areas.assign(tree, AreaSource::Packages))
}

/// The packages of a repository.
struct Packages {
    /// By folder, the path of its manifest (the first in the order of [`MANIFESTS`]), or of the list that names
    /// the folder.
    manifests: BTreeMap<BString, BString>,
    /// By folder, the name that its manifest gives, where no other package has it.
    names: BTreeMap<BString, String>,
}

impl Packages {
    fn find(scan: &Scan, tree: &FolderTree<'_>) -> Self {
        let workspaces = Workspaces::of(scan);
        let is_support = supporting_folders(tree);
        let mut found: BTreeMap<BString, (usize, BString)> = BTreeMap::new();
        for (file, number) in scan.files.iter().zip(&tree.of_file) {
            // A manifest without code below it is configuration.
            if file.present.is_none() || !tree.holds_source(*number) {
                continue;
            }
            let folder = file.path.folder();
            let Some(kind) = manifest_kind(file.path.file_name()) else { continue };
            let tool = BuildTool::of(file.path.file_name());
            let is_package = match tool.map_or(Listed::Unasked, |tool| workspaces.lists(tool, folder)) {
                Listed::Yes => true,
                Listed::No => false,
                Listed::Unasked => !is_support[*number],
            };
            if !is_package {
                continue;
            }
            let entry = (kind, file.path.as_bstr().to_owned());
            // Of several manifests in a folder, the one of the preferred tool names the package.
            let known = found.entry(folder.to_owned()).or_insert_with(|| entry.clone());
            if entry < *known {
                *known = entry;
            }
        }
        for (tool, folder, list) in workspaces.named_projects() {
            let is_package = workspaces.lists(tool, folder) == Listed::Yes;
            if is_package && tree.find(folder).is_some_and(|number| tree.holds_source(number)) {
                found.entry(folder.to_owned()).or_insert_with(|| (MANIFESTS.len(), list.to_owned()));
            }
        }
        let mut packages = Self {
            manifests: found.into_iter().map(|(folder, (_, path))| (folder, path)).collect(),
            names: BTreeMap::new(),
        };
        packages.names = packages.told_names(&workspaces);
        packages
    }

    /// The names that manifests give, each to one package alone.
    fn told_names(&self, workspaces: &Workspaces<'_>) -> BTreeMap<BString, String> {
        let mut by_name: BTreeMap<String, Vec<&BString>> = BTreeMap::new();
        // The root keeps its own name, whatever its manifest says.
        for (folder, path) in self.manifests.iter().filter(|(folder, _)| !folder.is_empty()) {
            let file_name = path.rfind_byte(b'/').map_or(path.as_bstr(), |slash| path[slash + 1..].as_bstr());
            let own = match BuildTool::of(file_name) {
                Some(tool) => workspaces.name(tool, folder.as_bstr()),
                None => own_name(file_name),
            };
            if let Some(name) = own {
                by_name.entry(name).or_default().push(folder);
            }
        }
        // A name of two packages would identify neither.
        let single = by_name.into_iter().filter(|(_, folders)| folders.len() == 1);
        single.map(|(name, folders)| (folders[0].clone(), name)).collect()
    }

    /// What a package is called: the name that its manifest gives, else its folder.
    fn name_of(&self, folder: &BStr) -> String {
        self.names.get(folder).cloned().unwrap_or_else(|| name_of(folder))
    }

    /// The area of a package.
    fn draft(&self, folder: &BStr) -> AreaDraft {
        let origin = self.manifests.get(folder).map_or_else(String::new, ToString::to_string);
        AreaDraft::new(self.name_of(folder), origin).beside_folder(&name_of(folder))
    }

    /// Makes packages of the folders that hold source and such a file, unless they are already; the
    /// first such file in the folder stands for it.
    fn add(&mut self, scan: &Scan, tree: &FolderTree<'_>, is_manifest: impl Fn(&BStr) -> bool) {
        let is_support = supporting_folders(tree);
        for (file, folder) in scan.files.iter().zip(&tree.of_file) {
            let may_be_package = tree.holds_source(*folder) && !is_support[*folder];
            if file.present.is_some() && may_be_package && is_manifest(file.path.file_name()) {
                let manifest = || file.path.as_bstr().to_owned();
                self.manifests.entry(file.path.folder().to_owned()).or_insert_with(manifest);
            }
        }
    }

    /// The packages below the root, with their manifests.
    fn inner(&self) -> impl Iterator<Item = (&BStr, &BString)> {
        self.manifests
            .iter()
            .map(|(folder, path)| (folder.as_bstr(), path))
            .filter(|(folder, _)| !folder.is_empty())
    }

    fn folders(&self) -> BTreeSet<&BStr> {
        self.inner().map(|(folder, _)| folder).collect()
    }

    /// By folder of the tree, the innermost package that holds it; the root for those in none.
    fn by_folder(&self, tree: &FolderTree<'_>) -> Vec<usize> {
        let mut is_package = vec![false; tree.folders.len()];
        for number in self.manifests.keys().filter_map(|folder| tree.find(folder.as_bstr())) {
            is_package[number] = true;
        }
        tree.pass_down(ROOT_FOLDER, |folder, above| if is_package[folder] { folder } else { above })
    }
}

/// The project's name in the name of a manifest: `Tool.csproj`, `tool.gemspec`.
fn own_name(file_name: &BStr) -> Option<String> {
    let ending = MANIFEST_ENDINGS.iter().find(|ending| file_name.ends_with(ending.as_bytes()))?;
    let mut name = &file_name[..file_name.len() - ending.len()];
    if *ending == ".rockspec" {
        // `NAME-VERSION-REVISION.rockspec`
        let dashes =
            name.char_indices().filter(|(_, end, _)| name[*end..].first().is_some_and(u8::is_ascii_digit));
        let version = dashes.into_iter().find(|(_, _, character)| *character == '-').map(|(start, ..)| start);
        name = &name[..version.unwrap_or(name.len())];
    }
    Some(name.as_bstr().to_string()).filter(|name| !name.is_empty())
}

/// Whether a file of this path is present.
fn is_present(scan: &Scan, path: &str) -> bool {
    let found = scan.files.binary_search_by(|file| file.path.as_bytes().cmp(path.as_bytes()));
    found.is_ok_and(|position| scan.files[position].present.is_some())
}

/// The position of a manifest's name in the order of preference; `None` for any other file.
fn manifest_kind(file_name: &BStr) -> Option<usize> {
    MANIFESTS.iter().position(|name| file_name == *name).or_else(|| {
        let ending = MANIFEST_ENDINGS.iter().position(|ending| file_name.ends_with(ending.as_bytes()))?;
        Some(MANIFESTS.len() + ending)
    })
}

/// By folder, whether it or one that holds it has more tests, examples, documentation and vendored files than
/// others, the root not asked: a manifest there makes no part of the product.
fn supporting_folders(tree: &FolderTree<'_>) -> Vec<bool> {
    tree.pass_down(false, |folder, above| {
        let ContentCounts { files, supporting, .. } = tree.folders[folder].all;
        above || (folder != ROOT_FOLDER && supporting * 2 > files)
    })
}
