//! What a trend is about, and which files that was at each point.

use debtscan_model::{
    ChangeKind, FileClass, FileIdx, PastFile, RepoPath, Scan, Snapshot, Timeline, Timestamp,
};
use rustc_hash::FxHashSet;

use super::error::TrendError;
use crate::area::{AreaMap, paths_of_area};
use crate::attribution::PathIndex;
use crate::error::BuildError;
use crate::options::ReportOptions;

/// What a trend is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrendSubject {
    /// A file, by the index of the scan.
    File(FileIdx),
    /// A function of a file.
    Function {
        /// The file.
        file: FileIdx,
        /// Its qualified name.
        name: String,
    },
    /// All source files below a folder.
    Folder(RepoPath),
    /// All source files of an area.
    Area {
        /// Stable identifier.
        id: String,
        /// The name that reports show.
        name: String,
        /// One of its files.
        member: FileIdx,
    },
}

impl TrendSubject {
    /// Finds an area by id or name, else a file by path or older path, else a folder, else a function
    /// written `path:function`; `function` names one of the file instead.
    ///
    /// # Errors
    /// When the areas cannot be made as asked, or nothing has this name.
    pub fn find(
        scan: &Scan,
        target: &str,
        function: Option<&str>,
        options: &ReportOptions,
    ) -> Result<Self, TrendError> {
        let areas =
            AreaMap::build(scan, options.area_source, &options.area_rules).map_err(BuildError::from)?;
        let files = PathIndex::new(scan);
        if let Some(name) = function {
            let file = files.file(target).ok_or_else(|| TrendError::unknown(scan, &areas, target))?;
            return Self::function(scan, file, name);
        }
        let target = target.trim();
        let area = areas.areas.iter().find(|area| area.id == target || area.name == target);
        if let Some(area) = area {
            // Areas without files are dropped when the map is made.
            let member = *area.files.first().expect("an area has files");
            return Ok(Self::Area { id: area.id.clone(), name: area.name.clone(), member });
        }
        if let Some(file) = files.file(target) {
            return Ok(Self::File(file));
        }
        let folder = RepoPath::new(target.trim_start_matches("./").trim_end_matches('/')).ok();
        let is_folder = |folder: &RepoPath| scan.files.iter().any(|file| file.path.is_within(folder));
        if let Some(folder) = folder.filter(is_folder) {
            return Ok(Self::Folder(folder));
        }
        // A path can contain colons itself, so each is tried.
        for (colon, _) in target.match_indices(':') {
            if let Some(file) = files.file(&target[..colon]) {
                return Self::function(scan, file, &target[colon + 1..]);
            }
        }
        Err(TrendError::unknown(scan, &areas, target))
    }

    /// How many present files of a folder or area are no source files.
    pub(super) fn other_files(&self, scan: &Scan, areas: &AreaMap) -> usize {
        let is_other = |index: &FileIdx| {
            let file = scan.file(*index);
            file.present.is_some() && file.class != FileClass::Source
        };
        match self {
            Self::File(file) | Self::Function { file, .. } => usize::from(is_other(file)),
            Self::Folder(folder) => (0..scan.files.len())
                .map(FileIdx::new)
                .filter(|index| scan.file(*index).path.is_within(folder) && is_other(index))
                .count(),
            Self::Area { id, .. } => {
                let files = areas.areas.iter().filter(|area| area.id == *id).flat_map(|area| &area.files);
                files.filter(|index| is_other(index)).count()
            }
        }
    }

    /// A function of a file as it is now, by its qualified name or the last part of it.
    fn function(scan: &Scan, file: FileIdx, name: &str) -> Result<Self, TrendError> {
        let present = scan.file(file).complexity();
        let mut names: Vec<&str> =
            present.iter().flat_map(|complexity| &complexity.functions).map(|it| it.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let last = |full: &&&str| full.rsplit(['.', ':']).next() == Some(name);
        let found = names.iter().find(|full| **full == name).or_else(|| {
            let mut candidates = names.iter().filter(last);
            // Only where there is no doubt.
            candidates.next().filter(|_| candidates.next().is_none())
        });
        match found {
            Some(name) => Ok(Self::Function { file, name: (*name).to_owned() }),
            None => Err(TrendError::UnknownFunction {
                path: scan.file(file).path.clone(),
                name: name.to_owned(),
                candidates: names.iter().filter(last).take(5).map(|name| (*name).to_owned()).collect(),
            }),
        }
    }

    /// The file that it is or is part of.
    pub(super) fn file(&self) -> Option<FileIdx> {
        match self {
            Self::File(file) | Self::Function { file, .. } => Some(*file),
            Self::Folder(_) | Self::Area { .. } => None,
        }
    }

    /// The paths under which changes to it are found, older names of a file included; empty for an
    /// area, whose paths only its rules know.
    pub fn names(&self, scan: &Scan) -> Vec<RepoPath> {
        match self {
            Self::File(file) | Self::Function { file, .. } => {
                let file = scan.file(*file);
                let older = file.aliases.iter().map(|alias| scan.path(*alias).clone());
                std::iter::once(file.path.clone()).chain(older).collect()
            }
            Self::Folder(folder) => vec![folder.clone()],
            Self::Area { .. } => Vec::new(),
        }
    }

    /// Which of the paths of all points, sorted and unique, may be part of it.
    ///
    /// # Errors
    /// When the areas cannot be made as asked.
    pub fn select(
        &self,
        scan: &Scan,
        paths: &[&RepoPath],
        options: &ReportOptions,
    ) -> Result<FxHashSet<RepoPath>, TrendError> {
        Ok(match self {
            Self::File(_) | Self::Function { .. } => self.names(scan).into_iter().collect(),
            Self::Folder(folder) => {
                paths.iter().filter(|path| path.is_within(folder)).map(|path| (*path).clone()).collect()
            }
            Self::Area { member, .. } => {
                let found = paths_of_area(scan, options.area_source, &options.area_rules, *member, paths);
                found.map_err(BuildError::from)?.into_iter().collect()
            }
        })
    }

    /// The files of a snapshot that were it or part of it.
    pub(super) fn files_at<'a>(
        &self,
        scan: &Scan,
        timeline: &'a Timeline,
        snapshot: &Snapshot,
    ) -> Vec<&'a PastFile> {
        let files = snapshot.files.iter().map(|position| &timeline.files[*position]);
        match self.file() {
            None => files.filter(|file| file.class == FileClass::Source).collect(),
            Some(index) => {
                let there: Vec<&PastFile> = files.collect();
                let find = |path: &RepoPath| there.iter().copied().find(|file| file.path == *path);
                let name = name_at(scan, index, snapshot.at, |path| find(path).is_some());
                find(&name).into_iter().collect()
            }
        }
    }
}

/// What a file was called at a time: renames after it are undone, and those before it whose new name is
/// not there while the old one is (made on a branch that was merged later).
fn name_at(scan: &Scan, file: FileIdx, at: Timestamp, is_there: impl Fn(&RepoPath) -> bool) -> RepoPath {
    let file = scan.file(file);
    let mut name = file.path.clone();
    for change in file.history.iter().rev().map(|index| scan.change(*index)) {
        let ChangeKind::Renamed { from } = change.kind else { continue };
        let from = scan.path(from);
        let is_later = scan.commit(change.commit).time >= at;
        if *scan.path(change.path) == name && (is_later || !is_there(&name)) && is_there(from) {
            name = from.clone();
        }
    }
    name
}
