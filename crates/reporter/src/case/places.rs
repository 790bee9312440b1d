//! Where fixes are made, and the incidents that were fixed there.

use std::collections::{BTreeMap, BTreeSet};

use debtscan_findings::FunctionRow;
use debtscan_findings::brief::{FixFunction, FixPlace};
use debtscan_model::{FileIdx, RepoPath, Scan};

use super::area::{AreaIncidents, AreaPart, RECENT_YEARS};
use crate::analysis::Analysis;
use crate::attribution::Placement;

/// What is known of the incidents of files and functions of one area.
pub(super) struct PlaceEvidence<'a> {
    analysis: &'a Analysis<'a>,
    /// Ids of the incidents of the last 24 months that count in the area.
    recent: BTreeSet<String>,
    /// Ids of all incidents of the last 24 months.
    new: BTreeSet<String>,
    /// Ids of all of the area's incidents.
    all: BTreeSet<String>,
    /// Ids by file.
    by_file: BTreeMap<FileIdx, BTreeSet<String>>,
    functions: &'a [FunctionRow],
}

impl<'a> PlaceEvidence<'a> {
    /// The evidence of an area, by position in `areas.areas`; `functions` are those that were followed.
    pub(super) fn of(
        analysis: &'a Analysis<'a>,
        area: usize,
        incidents: &AreaIncidents,
        functions: &'a [FunctionRow],
    ) -> Self {
        let id = |part: &AreaPart| analysis.incidents().list[part.incident].id.clone();
        let mut by_file: BTreeMap<FileIdx, BTreeSet<String>> = BTreeMap::new();
        for attributed in &analysis.attribution.incidents {
            let Placement::Attributed { links, .. } = &attributed.placement else { continue };
            for link in links.iter().filter(|link| analysis.areas.area_of[link.file.get()] == area) {
                let id = analysis.incidents().list[attributed.incident].id.clone();
                by_file.entry(link.file).or_default().insert(id);
            }
        }
        Self {
            analysis,
            recent: incidents.recent().map(id).collect(),
            new: new_incidents(analysis),
            all: incidents.parts.iter().map(id).collect(),
            by_file,
            functions,
        }
    }

    /// Ids of the incidents of the last 24 months that count in the area: sorted.
    pub(super) fn recent(&self) -> &BTreeSet<String> {
        &self.recent
    }

    /// The known incidents among these names, and the names of no incident.
    pub(super) fn known(&self, names: &[String]) -> (BTreeSet<String>, Vec<String>) {
        let by_name: BTreeMap<String, &String> =
            self.analysis.incidents().list.iter().map(|it| (it.id.to_lowercase(), &it.id)).collect();
        let mut known = BTreeSet::new();
        let mut unknown = Vec::new();
        for name in names {
            match by_name.get(&name.to_lowercase()) {
                Some(id) => drop(known.insert((*id).clone())),
                None => unknown.push(name.clone()),
            }
        }
        (known, unknown)
    }

    /// Splits incidents into those of the last 24 months and older ones: sorted.
    pub(super) fn split(&self, incidents: &BTreeSet<String>) -> (Vec<String>, Vec<String>) {
        incidents.iter().cloned().partition(|id| self.new.contains(id))
    }

    /// A function as a place.
    pub(super) fn function(&self, row: &FunctionRow) -> FixPlace {
        let incidents: Vec<String> =
            row.incidents.iter().filter(|id| self.all.contains(*id)).cloned().collect();
        FixPlace {
            path: row.path.clone(),
            sloc: sloc(self.analysis.scan, &row.path),
            function: Some(FixFunction {
                name: row.function.name.clone(),
                first_line: row.function.first_line,
                last_line: row.function.last_line,
                sloc: row.function.sloc,
                cognitive: row.function.cognitive,
                revisions_last_year: row.revisions_last_year,
            }),
            recent: self.count_recent(&incidents),
            incidents,
        }
    }

    /// A file as a place.
    pub(super) fn file(&self, file: FileIdx) -> FixPlace {
        let incidents: Vec<String> = self.by_file.get(&file).into_iter().flatten().cloned().collect();
        let path = self.analysis.scan.file(file).path.clone();
        FixPlace {
            sloc: sloc(self.analysis.scan, &path),
            path,
            function: None,
            recent: self.count_recent(&incidents),
            incidents,
        }
    }

    fn count_recent(&self, incidents: &[String]) -> u32 {
        let recent = incidents.iter().filter(|id| self.new.contains(*id)).count();
        u32::try_from(recent).expect("fewer than 2^32 incidents")
    }

    /// The places that a ticket names: a file, a function as `path:name`, or the files below a folder that had
    /// incidents; empty when the repository has none.
    pub(super) fn find(&self, name: &str) -> Vec<FixPlace> {
        let scan = self.analysis.scan;
        let trimmed = name.trim_end_matches('/');
        // A file first, because a path can contain a colon itself.
        if let Some(file) = present(scan, trimmed) {
            return vec![self.file(file)];
        }
        // Each colon is tried: `src/a.cc:ns::f` has three.
        for (at, _) in name.match_indices(':') {
            let (path, function) = (&name[..at], name[at + 1..].trim_start_matches(':'));
            if present(scan, path).is_some() {
                let rows = self
                    .functions
                    .iter()
                    .filter(|row| row.path.as_bytes() == path.as_bytes() && row.function.name == function);
                return rows.map(|row| self.function(row)).collect();
            }
        }
        let Ok(folder) = RepoPath::new(trimmed) else { return Vec::new() };
        let below = self.by_file.keys().filter(|file| scan.file(**file).path.is_within(&folder));
        below.map(|file| self.file(*file)).collect()
    }
}

/// Ids of the incidents of the last 24 months.
fn new_incidents(analysis: &Analysis<'_>) -> BTreeSet<String> {
    let as_of = analysis.scan.as_of;
    let since = as_of.plus_days(-RECENT_YEARS * analysis.parameters.horizon_days);
    let attributed = analysis.attribution.incidents.iter();
    let new = attributed.filter(|it| it.opened.is_some_and(|opened| since < opened && opened <= as_of));
    new.map(|it| analysis.incidents().list[it.incident].id.clone()).collect()
}

/// The file of this path, if it exists at the scanned revision.
pub(super) fn present(scan: &Scan, path: &str) -> Option<FileIdx> {
    let file = scan.find_file(&RepoPath::new(path).ok()?)?;
    scan.file(file).present.is_some().then_some(file)
}

/// The file that a ticket's place is in, whether it is the file or one of its functions.
pub(super) fn file_of(scan: &Scan, place: &str) -> Option<FileIdx> {
    let paths = place.match_indices(':').map(|(at, _)| &place[..at]);
    std::iter::once(place).chain(paths).find_map(|path| present(scan, path))
}

fn sloc(scan: &Scan, path: &RepoPath) -> u32 {
    let file = scan.find_file(path).and_then(|file| scan.file(file).present.as_ref());
    file.and_then(|present| present.complexity.as_ref()).map_or(0, |complexity| complexity.sloc)
}
