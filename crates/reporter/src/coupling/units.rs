//! The units that are coupled: files, folders or areas, with their files.

use std::collections::{BTreeMap, BTreeSet};

use bstr::ByteSlice;
use debtscan_model::{File, FileClass, FileIdx, RepoPath, Scan, to_u32};

use super::expected;
use super::imports::{ImportGraph, link};
use crate::analysis::Analysis;
use debtscan_findings::{CouplingSide, Expected, Grouping, ImportLink, ROOT};

/// The files, folders or areas that may be coupled: present source files, and test files in a language of
/// the sources, or what holds them. Numbered in the order of their paths or names.
pub(super) struct Units<'a> {
    pub(super) grouping: Grouping,
    pub(super) scan: &'a Scan,
    /// By file; `None` for files that are not coupled.
    pub(super) unit_of: Vec<Option<u32>>,
    pub(super) all: Vec<CouplingUnit>,
}

pub(super) struct CouplingUnit {
    pub(super) name: String,
    path: Option<RepoPath>,
    area: Option<String>,
    /// Ascending.
    files: Vec<FileIdx>,
}

impl<'a> Units<'a> {
    /// Numbers the units of a grouping.
    pub(super) fn of(analysis: &Analysis<'a>, grouping: Grouping) -> Self {
        let scan = analysis.scan;
        let language = |file: &File| file.present.as_ref().and_then(|present| present.language);
        let of_source = |file: &&File| file.class == FileClass::Source;
        let languages: BTreeSet<_> = scan.files.iter().filter(of_source).filter_map(language).collect();
        let is_coupled = |file: FileIdx| {
            let file = scan.file(file);
            // Folders of tests hold data too, which is in no language of the sources.
            let is_test_code = || language(file).is_some_and(|language| languages.contains(&language));
            file.present.is_some()
                && (file.class == FileClass::Source || (file.class == FileClass::Test && is_test_code()))
        };
        let key_of = |file: FileIdx| -> Vec<u8> {
            match grouping {
                Grouping::File => scan.file(file).path.as_bytes().to_vec(),
                Grouping::Directory => scan.file(file).path.folder().to_vec(),
                Grouping::Area => analysis.areas.area(file).name.clone().into_bytes(),
            }
        };
        let mut members: BTreeMap<Vec<u8>, Vec<FileIdx>> = BTreeMap::new();
        for file in (0..scan.files.len()).map(FileIdx::new).filter(|file| is_coupled(*file)) {
            members.entry(key_of(file)).or_default().push(file);
        }
        let mut unit_of = vec![None; scan.files.len()];
        let mut units = Vec::with_capacity(members.len());
        for (key, files) in members {
            let number = to_u32(units.len());
            for file in &files {
                unit_of[file.get()] = Some(number);
            }
            let area = &analysis.areas.area(files[0]).id;
            let is_one_area = files.iter().all(|file| analysis.areas.area(*file).id == *area);
            units.push(CouplingUnit {
                name: if key.is_empty() { ROOT.to_owned() } else { key.to_str_lossy().into_owned() },
                path: RepoPath::new(key).ok().filter(|_| grouping != Grouping::Area),
                area: is_one_area.then(|| area.clone()),
                files,
            });
        }
        Self { grouping, scan, unit_of, all: units }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn of_file(&self, file: FileIdx) -> Option<u32> {
        self.unit_of[file.get()]
    }

    /// How many files are coupled.
    pub(super) fn files(&self) -> usize {
        self.count_files(|_| true)
    }

    /// How many of the coupled files are such.
    pub(super) fn count_files(&self, is_such: impl Fn(FileIdx) -> bool) -> usize {
        self.all.iter().flat_map(|unit| &unit.files).filter(|file| is_such(**file)).count()
    }

    pub(super) fn side(&self, unit: usize, revisions: &[u32]) -> CouplingSide {
        let CouplingUnit { name, path, area, .. } = &self.all[unit];
        CouplingSide {
            name: name.clone(),
            path: path.clone(),
            area: area.clone(),
            revisions: revisions[unit],
        }
    }

    /// Whether two units are meant to change together.
    pub(super) fn expected(&self, a: usize, b: usize) -> Option<Expected> {
        let (a, b) = (&self.all[a].files, &self.all[b].files);
        if self.grouping == Grouping::File {
            return expected::of_files(self.scan.file(a[0]), self.scan.file(b[0]));
        }
        let are_tests =
            |files: &[FileIdx]| files.iter().all(|file| self.scan.file(*file).class == FileClass::Test);
        (are_tests(a) != are_tests(b)).then_some(Expected::TestAndSubject)
    }

    /// Who imports whom; of folders and areas, whether any file imports any of the other.
    pub(super) fn link(&self, a: usize, b: usize, links: &ImportGraph<'_>) -> ImportLink {
        let (a_files, b_files) = (&self.all[a].files, &self.all[b].files);
        if self.grouping == Grouping::File {
            return links.link(a_files[0], b_files[0]);
        }
        let imports = |from: &[FileIdx], to: usize| {
            from.iter()
                .flat_map(|file| links.targets(*file))
                .any(|target| self.unit_of[target.get()].is_some_and(|unit| unit as usize == to))
        };
        // One file with unknown imports could import the other group.
        let is_known = |files: &[FileIdx]| files.iter().all(|file| links.is_known(*file));
        link(imports(a_files, b), imports(b_files, a), is_known(a_files) && is_known(b_files))
    }
}
