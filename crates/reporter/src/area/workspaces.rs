//! Which folders are packages by the word of the build tools, and what they are called.
//!
//! Where a workspace lists its packages, the list decides: what it names is a package, and a manifest below it that
//! it does not name (a fixture, a template, an excluded crate) is none.

use std::collections::{BTreeMap, BTreeSet};

use bstr::{BStr, BString, ByteSlice};
use debtscan_model::{BuildTool, Manifest, Scan};
use globset::Candidate;

use super::folders::ancestors;
use super::pattern::{Globs, LONGEST_PATTERN, glob};

/// Whether the workspaces above a manifest list its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    /// A workspace names it.
    Yes,
    /// A workspace above does not name it.
    No,
    /// There is no workspace of its tool above.
    Unasked,
}

/// The packages of one workspace.
struct WorkspaceMembers {
    included: Globs,
    excluded: Globs,
    /// Folders that are named without a pattern, or used by path, from the repository's root.
    exact: BTreeSet<BString>,
}

/// The workspaces that the manifests of a scan declare.
pub(super) struct Workspaces<'a> {
    manifests: &'a [Manifest],
    by_root: BTreeMap<(BuildTool, &'a BStr), WorkspaceMembers>,
}

impl<'a> Workspaces<'a> {
    pub(super) fn of(scan: &'a Scan) -> Self {
        let mut by_root: BTreeMap<(BuildTool, &BStr), WorkspaceMembers> = BTreeMap::new();
        for manifest in &scan.manifests {
            let Some(workspace) = &manifest.workspace else { continue };
            let root = manifest.path.folder();
            let plain = |pattern: &&String| !pattern.contains(['*', '?', '[', '{', '!']);
            // Paths instead of globs, because a member may contain `..`.
            let exact = workspace.members.iter().filter(plain).filter_map(|member| join(root, member));
            let members = WorkspaceMembers {
                included: globs(&workspace.members),
                excluded: globs(&workspace.excluded),
                exact: exact.collect(),
            };
            // `package.json` and `pnpm-workspace.yaml` may both list; the second is the one that counts.
            by_root.insert((manifest.tool, root), members);
        }
        let mut workspaces = Self { manifests: &scan.manifests, by_root };
        workspaces.add_used();
        workspaces
    }

    /// Cargo takes what a member uses by path for a member.
    fn add_used(&mut self) {
        for manifest in self.manifests.iter().filter(|manifest| !manifest.uses.is_empty()) {
            let folder = manifest.path.folder();
            let roots = ancestors(folder).map(|root| (manifest.tool, root));
            let Some(root) = roots.into_iter().find(|root| self.by_root.contains_key(root)) else { continue };
            let used: Vec<BString> = manifest.uses.iter().filter_map(|path| join(folder, path)).collect();
            if let Some(members) = self.by_root.get_mut(&root) {
                members.exact.extend(used);
            }
        }
    }

    /// Whether the workspaces above the folder list it as a package; each of them must be one itself.
    pub(super) fn lists(&self, tool: BuildTool, folder: &BStr) -> Listed {
        let mut inner = folder;
        let mut found = Listed::Unasked;
        // The folder itself may be a workspace; only those above it can list it.
        for root in ancestors(folder).skip(1) {
            let Some(members) = self.by_root.get(&(tool, root)) else { continue };
            if !members.hold(root, inner) {
                return Listed::No;
            }
            found = Listed::Yes;
            // The next workspace outwards is asked about this one, not about the folder.
            inner = root;
        }
        found
    }

    /// The name that the manifests in a folder give, the first by path that gives one.
    pub(super) fn name(&self, tool: BuildTool, folder: &BStr) -> Option<String> {
        let here = self.manifests.iter().filter(|it| it.tool == tool && it.path.folder() == folder);
        let name = here.into_iter().find_map(|it| it.name.clone())?;
        Some(if tool == BuildTool::Go { short_module(&name) } else { name })
    }

    /// Folders that a list of Gradle or sbt names, with the tool and the list: they need no file of their own.
    pub(super) fn named_projects(&self) -> impl Iterator<Item = (BuildTool, &BStr, &BStr)> {
        let is_one = |it: &&Manifest| matches!(it.tool, BuildTool::Gradle | BuildTool::Sbt);
        let lists = self.manifests.iter().filter(is_one).filter(|it| it.workspace.is_some());
        lists.flat_map(|list| {
            let members = self.by_root.get(&(list.tool, list.path.folder()));
            let folders = members.into_iter().flat_map(|members| &members.exact);
            folders.map(|folder| (list.tool, folder.as_bstr(), list.path.as_bstr()))
        })
    }
}

impl WorkspaceMembers {
    /// Whether a folder below `root` belongs.
    fn hold(&self, root: &BStr, folder: &BStr) -> bool {
        let below = if root.is_empty() { folder } else { folder[root.len() + 1..].as_bstr() };
        let is_excluded = |outer: &BStr| self.excluded.is_match(&Candidate::new(&*outer.to_str_lossy()));
        let is_included = || self.included.is_match(&Candidate::new(&*below.to_str_lossy()));
        let belongs = self.exact.contains(folder) || is_included();
        // Excluding a folder excludes everything below it.
        belongs && !ancestors(below).any(is_excluded)
    }
}

/// Patterns of workspace lists that cannot be understood and so name no package: `MANIFEST: PATTERN`, in the
/// order of the manifests.
pub(crate) fn malformed_patterns(scan: &Scan) -> Vec<String> {
    let of_manifest = |manifest: &Manifest| {
        let lists = manifest.workspace.iter().flat_map(|list| list.members.iter().chain(&list.excluded));
        let malformed = lists.filter(|pattern| is_malformed(pattern));
        malformed.map(|pattern| format!("{}: {pattern}", manifest.path)).collect::<Vec<_>>()
    };
    scan.manifests.iter().flat_map(of_manifest).collect()
}

/// The patterns that are valid; [`malformed_patterns`] gives the others.
fn globs(patterns: &[String]) -> Globs {
    let valid = patterns.iter().filter(|pattern| !is_malformed(pattern));
    let globs: Vec<_> = valid.filter_map(|pattern| glob(trimmed(pattern)).ok()).collect();
    // One that is too large for the engine names no folder that could exist.
    Globs::new(&globs).0
}

fn is_malformed(pattern: &str) -> bool {
    pattern.len() > LONGEST_PATTERN || glob(trimmed(pattern)).is_err()
}

fn trimmed(pattern: &str) -> &str {
    pattern.trim_start_matches("./").trim_end_matches('/')
}

/// A folder as written beside another; `None` when it leaves the repository.
fn join(folder: &BStr, path: &str) -> Option<BString> {
    let folder = folder.to_str_lossy();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/").into())
}

/// A Go module without its host and owner (of a host alone, without that), and without the version at its end.
fn short_module(module: &str) -> String {
    let is_version = |last: &str| {
        last.strip_prefix('v')
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let named =
        module.rsplit_once('/').filter(|(_, last)| is_version(last)).map_or(module, |(named, _)| named);
    let parts: Vec<&str> = named.splitn(3, '/').collect();
    // Host and owner say where a module is kept, not what it is.
    match parts[..] {
        [host, _, rest] | [host, rest] if host.contains('.') => rest.to_owned(),
        _ => named.to_owned(),
    }
}

/// The folders of the packages that npm, pnpm and yarn know, by name: sorted.
pub(crate) fn npm_packages(scan: &Scan) -> BTreeMap<&str, &BStr> {
    let packages = scan.manifests.iter().filter(|manifest| manifest.tool == BuildTool::Npm);
    packages.filter_map(|manifest| Some((manifest.name.as_deref()?, manifest.path.folder()))).collect()
}
