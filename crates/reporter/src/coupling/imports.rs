//! Imports between files: their text, resolved to files of the tree.
//!
//! Only direct imports count. A header counts as the source of the same name beside it. Where a
//! language needs no import (files of one Java or Go package), the link says so.

mod family;
mod names;
mod tree;

use std::collections::BTreeSet;

use debtscan_model::{FileIdx, Scan};

use self::family::{CrateRoots, Family};
use self::tree::ImportTargets;
use debtscan_findings::ImportLink;

/// The link between two sides.
pub(super) fn link(a_to_b: bool, b_to_a: bool, is_known: bool) -> ImportLink {
    match (a_to_b, b_to_a) {
        (true, true) => ImportLink::Both,
        (true, false) => ImportLink::AtoB,
        (false, true) => ImportLink::BtoA,
        (false, false) if is_known => ImportLink::None,
        (false, false) => ImportLink::Unknown,
    }
}

/// The direct imports between the files of a tree.
pub(super) struct ImportGraph<'a> {
    scan: &'a Scan,
    family: Vec<Option<Family>>,
    /// By file: the files that it imports, sorted, unique; `None` when its imports are not known.
    imports: Vec<Option<Vec<FileIdx>>>,
    roots: CrateRoots<'a>,
}

impl<'a> ImportGraph<'a> {
    /// Resolves what every present file imports.
    pub(super) fn of(scan: &'a Scan) -> Self {
        let family: Vec<Option<Family>> =
            scan.files.iter().map(|file| file.present.as_ref().and_then(Family::of)).collect();
        let roots = CrateRoots::of(scan, &family);
        let tree = ImportTargets::of(scan, &family);
        let imports = (0..scan.files.len())
            .map(|index| {
                let stated = scan.imports_of(FileIdx::new(index))?;
                let family = family[index]?;
                let mut found: Vec<FileIdx> = stated
                    .iter()
                    .flat_map(|import| tree.resolve((index, family), import, &roots))
                    .filter(|target| target.get() != index)
                    .collect();
                found.sort_unstable();
                found.dedup();
                Some(found)
            })
            .collect();
        let mut graph = Self { scan, family, imports, roots };
        graph.look_through_indices();
        graph
    }

    /// Adds to the imports of JavaScript what the index files that they name import themselves: an index passes
    /// on what others write.
    fn look_through_indices(&mut self) {
        let is_index = |file: FileIdx| {
            let name: &[u8] = self.scan.file(file).path.file_name();
            self.family[file.get()] == Some(Family::JavaScript) && names::stem(name) == b"index"
        };
        let through = |index: usize| {
            let mut all: BTreeSet<FileIdx> = self.targets(FileIdx::new(index)).iter().copied().collect();
            let mut open: Vec<FileIdx> = all.iter().copied().filter(|file| is_index(*file)).collect();
            if open.is_empty() {
                return None;
            }
            while let Some(file) = open.pop() {
                let added: Vec<FileIdx> =
                    self.targets(file).iter().copied().filter(|target| all.insert(*target)).collect();
                open.extend(added.into_iter().filter(|target| is_index(*target)));
            }
            // An index can lead back to the file itself.
            all.remove(&FileIdx::new(index));
            Some(all.into_iter().collect::<Vec<_>>())
        };
        // All from direct imports, before any is widened: the order of files must not matter.
        let wider: Vec<Option<Vec<FileIdx>>> = (0..self.imports.len()).map(through).collect();
        for (known, wider) in self.imports.iter_mut().zip(wider) {
            if let Some(wider) = wider {
                *known = Some(wider);
            }
        }
    }

    /// Whether a file's imports could be read.
    pub(super) fn is_known(&self, file: FileIdx) -> bool {
        self.imports[file.get()].is_some()
    }

    /// The files that a file imports; empty when that is not known.
    pub(super) fn targets(&self, file: FileIdx) -> &[FileIdx] {
        self.imports[file.get()].as_deref().unwrap_or(&[])
    }

    fn imports(&self, from: FileIdx, to: FileIdx) -> bool {
        self.targets(from).binary_search(&to).is_ok()
    }

    /// The imports between two files.
    pub(super) fn link(&self, a: FileIdx, b: FileIdx) -> ImportLink {
        let (a_family, b_family) = (self.family[a.get()], self.family[b.get()]);
        let folder = |file: FileIdx| self.scan.file(file).path.folder();
        let (a_imports, b_imports) = (self.imports(a, b), self.imports(b, a));
        let package = |family: Option<Family>, file| family.and_then(|family| family.package(folder(file)));
        let a_package = package(a_family, a).filter(|_| a_family == b_family);
        // An import says more than a common package.
        if !a_imports && !b_imports && a_package.is_some() && a_package == package(b_family, b) {
            return ImportLink::Unneeded;
        }
        // A name of another crate need not be the name of its folder.
        let is_foreign = a_family == Some(Family::Rust)
            && b_family == Some(Family::Rust)
            && self.roots.of_folder(folder(a)) != self.roots.of_folder(folder(b));
        link(a_imports, b_imports, self.is_known(a) && self.is_known(b) && !is_foreign)
    }
}
