//! What is coupled, and the rows of the list.

use std::collections::{BTreeMap, BTreeSet};

use bstr::ByteSlice;
use debtscan_model::{File, FileClass, FileIdx, RepoPath, Scan};

use super::count::Counted;
use super::expected;
use super::imports::{ImportGraph, link};
use crate::assemble::Analysis;
use crate::attribution::Placement;
use debtscan_findings::{
    CouplingPair, CouplingSide, CouplingSum, Expected, Grouping, ImportLink, ROOT, Relation,
};

/// The files, folders or areas that may be coupled: present source files, and test files in a language of
/// the sources, or what holds them. Numbered in the order of their paths or names.
pub(super) struct Units<'a> {
    pub(super) grouping: Grouping,
    scan: &'a Scan,
    /// By file; `None` for files that are not coupled.
    unit_of: Vec<Option<u32>>,
    all: Vec<Unit>,
}

struct Unit {
    name: String,
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
            let number = u32::try_from(units.len()).expect("fewer units than files");
            for file in &files {
                unit_of[file.get()] = Some(number);
            }
            let area = &analysis.areas.area(files[0]).id;
            let is_one_area = files.iter().all(|file| analysis.areas.area(*file).id == *area);
            units.push(Unit {
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

    fn side(&self, unit: usize, revisions: &[u32]) -> CouplingSide {
        let Unit { name, path, area, .. } = &self.all[unit];
        CouplingSide {
            name: name.clone(),
            path: path.clone(),
            area: area.clone(),
            revisions: revisions[unit],
        }
    }

    /// Whether two units are meant to change together.
    fn expected(&self, a: usize, b: usize) -> Option<Expected> {
        let (a, b) = (&self.all[a].files, &self.all[b].files);
        if self.grouping == Grouping::File {
            return expected::of_files(self.scan.file(a[0]), self.scan.file(b[0]));
        }
        let are_tests =
            |files: &[FileIdx]| files.iter().all(|file| self.scan.file(*file).class == FileClass::Test);
        (are_tests(a) != are_tests(b)).then_some(Expected::TestAndSubject)
    }

    /// Who imports whom; of folders and areas, whether any file imports any of the other.
    fn link(&self, a: usize, b: usize, links: &ImportGraph<'_>) -> ImportLink {
        let (a_files, b_files) = (&self.all[a].files, &self.all[b].files);
        if self.grouping == Grouping::File {
            return links.link(a_files[0], b_files[0]);
        }
        let imports = |from: &[FileIdx], to: usize| {
            from.iter()
                .flat_map(|file| links.targets(*file))
                .any(|target| self.unit_of[target.get()].is_some_and(|unit| unit as usize == to))
        };
        let is_known = |files: &[FileIdx]| files.iter().all(|file| links.is_known(*file));
        link(imports(a_files, b), imports(b_files, a), is_known(a_files) && is_known(b_files))
    }
}

/// The pairs that passed the gates, the strongest first.
pub(super) fn pairs(
    analysis: &Analysis<'_>,
    units: &Units<'_>,
    counted: &Counted,
    links: &ImportGraph<'_>,
) -> Vec<CouplingPair> {
    let incidents = incidents_of(analysis, units);
    let mut pairs: Vec<CouplingPair> = counted
        .pairs
        .iter()
        .map(|pair| {
            let (a_unit, b_unit) = (pair.a as usize, pair.b as usize);
            let import = units.link(a_unit, b_unit, links);
            let relation = match (units.expected(a_unit, b_unit), import) {
                (Some(expected), _) => Relation::Expected(expected),
                (None, ImportLink::AtoB | ImportLink::BtoA | ImportLink::Both) => Relation::Imported,
                (None, ImportLink::Unneeded) => Relation::SamePackage,
                (None, ImportLink::None) => Relation::Hidden,
                (None, ImportLink::Unknown) => Relation::Unknown,
            };
            let (a, b) = (units.side(a_unit, &counted.revisions), units.side(b_unit, &counted.revisions));
            let areas = a.area.as_ref().zip(b.area.as_ref());
            CouplingPair {
                crosses_areas: areas.map(|(a, b)| a != b),
                a,
                b,
                shared: pair.commits,
                shared_last_year: pair.commits_last_year,
                last_shared: pair.last,
                relation,
                import,
                shared_incidents: in_both(&incidents[a_unit], &incidents[b_unit]),
            }
        })
        .collect();
    // Stable: pairs come sorted by their units, which are sorted by path or name.
    pairs.sort_by(|x, y| {
        y.degree().total_cmp(&x.degree()).then_with(|| y.mean_revisions().total_cmp(&x.mean_revisions()))
    });
    pairs
}

/// The incidents with a part in each unit: ascending, unique.
fn incidents_of(analysis: &Analysis<'_>, units: &Units<'_>) -> Vec<Vec<usize>> {
    let mut incidents = vec![Vec::new(); units.len()];
    for attributed in &analysis.attribution.incidents {
        let Placement::Attributed { links, .. } = &attributed.placement else { continue };
        for unit in links.iter().filter_map(|link| units.of_file(link.file)) {
            incidents[unit as usize].push(attributed.incident);
        }
    }
    for list in &mut incidents {
        list.sort_unstable();
        list.dedup();
    }
    incidents
}

fn in_both(a: &[usize], b: &[usize]) -> u32 {
    let both = a.iter().filter(|incident| b.binary_search(incident).is_ok()).count();
    u32::try_from(both).expect("fewer than 2^32 incidents")
}

/// The sum of coupling of every unit with a commit that counts, the largest first.
pub(super) fn sums(units: &Units<'_>, counted: &Counted, pairs: &[CouplingPair]) -> Vec<CouplingSum> {
    let mut by_name: BTreeMap<&str, (u32, u32, f64)> = BTreeMap::new();
    for pair in pairs {
        for side in [&pair.a, &pair.b] {
            let (n_pairs, hidden, strongest) = by_name.entry(&side.name).or_insert((0, 0, 0.0));
            *n_pairs += 1;
            *hidden += u32::from(pair.relation == Relation::Hidden);
            *strongest = strongest.max(pair.degree());
        }
    }
    let mut sums: Vec<CouplingSum> = (0..units.len())
        .filter(|unit| counted.revisions[*unit] > 0)
        .map(|unit| {
            let side = units.side(unit, &counted.revisions);
            let known = by_name.get(side.name.as_str());
            CouplingSum {
                sum: counted.sums[unit],
                pairs: known.map_or(0, |known| known.0),
                hidden_pairs: known.map_or(0, |known| known.1),
                strongest: known.map(|known| known.2),
                side,
            }
        })
        .collect();
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.sum));
    sums
}
