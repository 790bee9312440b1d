//! How complex something was at points of the past: a file, a function, a folder, an area.

mod shape;
mod subject;
#[cfg(test)]
mod tests;

use debtscan_model::{
    CommitId, CommitIdx, ComplexityMeasure, FileIdx, PastFile, PathIdx, RepoPath, Scan, Timeline, Timestamp,
};

pub use self::shape::GrowthShape;
pub use self::subject::TrendSubject;
use crate::area::AreaMap;
use crate::explain::suggestions;
use crate::rank::{RankingParameters, decay, source_files_per_commit};
use crate::{BuildError, ListHead, ListInput};

/// A trend could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TrendError {
    /// The areas could not be made.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// No area, file or folder is called so.
    #[error("find an area, file or folder called {target:?}")]
    UnknownTarget {
        /// The target as given.
        target: String,
        /// Up to three names close to it; may be empty.
        suggestions: Vec<String>,
    },
    /// The file has no such function, or several.
    #[error("find one function called {name:?} in `{path}`")]
    UnknownFunction {
        /// The file.
        path: RepoPath,
        /// The name as given.
        name: String,
        /// Up to five qualified names that it may mean; may be empty.
        candidates: Vec<String>,
    },
}

impl TrendError {
    fn unknown(scan: &Scan, areas: &AreaMap, target: &str) -> Self {
        Self::UnknownTarget {
            target: target.to_owned(),
            suggestions: suggestions(&areas.areas, scan, target),
        }
    }
}

/// The figures of one point; sums over its files, all of them counts of the tree at that time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrendFigures {
    /// Source files; 1 for a file or function.
    pub files: u64,
    /// Files that were measured without syntax tree: their functions and decisions are not counted.
    pub unparsed_files: u64,
    /// All lines.
    pub lines: u64,
    /// Lines of code.
    pub sloc: u64,
    /// Functions; of a function, how many share its name.
    pub functions: u64,
    /// Cyclomatic complexity.
    pub cyclomatic: u64,
    /// Cognitive complexity.
    pub cognitive: u64,
    /// Deepest nesting of control structures.
    pub max_nesting: u64,
    /// Indentation complexity; `None` for a function.
    pub indentation: Option<u64>,
    /// Sum over the files of `sqrt(R x indentation)` with R at that time; `None` for a function.
    pub hotspot: Option<f64>,
}

/// One point of a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// The point: a boundary of the calendar, or the commit's own time.
    pub at: Timestamp,
    /// The commit whose tree was measured.
    pub commit: CommitId,
    /// Its committer time.
    pub time: Timestamp,
    /// The path at that time, of a file or function.
    pub path: Option<RepoPath>,
    /// The figures; `None` when it was not there.
    pub figures: Option<TrendFigures>,
}

/// How complex something was.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendList {
    /// What was scanned and lost.
    pub head: ListHead,
    /// `area`, `folder`, `file` or `function`.
    pub kind: &'static str,
    /// What it is about, as outputs show it.
    pub name: String,
    /// How far apart the points are, for people: `month`, `100 commits`.
    pub every: String,
    /// Its present files that are no source files, which a trend does not measure.
    pub other_files: usize,
    /// The points, oldest first.
    pub points: Vec<TrendPoint>,
    /// Older points that the limit left out.
    pub left_out: usize,
    /// Files of the past that could not be measured in full.
    pub unmeasured: usize,
}

impl TrendList {
    /// The first and last point with figures; `None` when there are no two.
    pub fn ends(&self) -> Option<(&TrendPoint, &TrendPoint)> {
        let mut there = self.points.iter().filter(|point| point.figures.is_some());
        let first = there.next()?;
        there.next_back().map(|last| (first, last))
    }
}

/// Puts a timeline together into the trend of its subject.
pub fn trend(
    input: ListInput<'_>,
    subject: &TrendSubject,
    timeline: &Timeline,
    every: String,
) -> Result<TrendList, TrendError> {
    let analysis = input.analysis()?;
    let scan = input.scan;
    let recency = Recency::of(scan, &input.options.parameters());
    let points = timeline.snapshots.iter().map(|snapshot| {
        let files = subject.files_at(scan, timeline, snapshot);
        let figures = match subject {
            TrendSubject::Function { name, .. } => {
                files.first().and_then(|file| function_figures(file, name))
            }
            _ if files.is_empty() => None,
            _ => Some(file_figures(&files, |file| recency.revisions(&file.path, snapshot.at))),
        };
        TrendPoint {
            at: snapshot.at,
            commit: snapshot.commit,
            time: snapshot.time,
            path: subject.file().and(files.first()).map(|file| file.path.clone()),
            figures,
        }
    });
    let (kind, name) = describe(scan, subject);
    Ok(TrendList {
        head: ListHead::of(&analysis, input.options),
        kind,
        name,
        every,
        other_files: subject.other_files(scan, &analysis.areas),
        points: points.collect(),
        left_out: timeline.left_out,
        unmeasured: timeline.skipped.len(),
    })
}

fn describe(scan: &Scan, subject: &TrendSubject) -> (&'static str, String) {
    match subject {
        TrendSubject::File(file) => ("file", scan.file(*file).path.to_string()),
        TrendSubject::Function { file, name } => ("function", format!("{}:{name}", scan.file(*file).path)),
        TrendSubject::Folder(folder) => ("folder", folder.to_string()),
        TrendSubject::Area { name, .. } => ("area", name.clone()),
    }
}

fn file_figures(files: &[&PastFile], recent_revisions: impl Fn(&PastFile) -> f64) -> TrendFigures {
    let mut sum = TrendFigures { files: files.len() as u64, ..TrendFigures::default() };
    let (mut indentation, mut hotspot) = (0, 0.0);
    for file in files {
        let Some(complexity) = &file.present.complexity else { continue };
        sum.unparsed_files += u64::from(complexity.measure == ComplexityMeasure::Indentation);
        sum.lines += u64::from(complexity.lines);
        sum.sloc += u64::from(complexity.sloc);
        sum.functions += complexity.functions.len() as u64;
        sum.cyclomatic += complexity.cyclomatic();
        sum.cognitive += complexity.cognitive();
        sum.max_nesting = sum.max_nesting.max(u64::from(complexity.max_nesting()));
        indentation += complexity.indentation;
        hotspot += (recent_revisions(file) * complexity.indentation as f64).sqrt();
    }
    TrendFigures { indentation: Some(indentation), hotspot: Some(hotspot), ..sum }
}

/// The figures of all functions of one name; `None` when there is none.
fn function_figures(file: &PastFile, name: &str) -> Option<TrendFigures> {
    let complexity = file.present.complexity.as_ref()?;
    let mut sum = TrendFigures::default();
    for function in complexity.functions.iter().filter(|function| function.name == name) {
        sum.functions += 1;
        sum.lines += u64::from(function.last_line - function.first_line) + 1;
        sum.sloc += u64::from(function.sloc);
        sum.cyclomatic += u64::from(function.cyclomatic);
        sum.cognitive += u64::from(function.cognitive);
        sum.max_nesting = sum.max_nesting.max(u64::from(function.max_nesting));
    }
    sum.files = 1;
    (sum.functions > 0).then_some(sum)
}

/// Knows how much a path was changing at any time.
struct Recency<'a> {
    scan: &'a Scan,
    half_life_days: f64,
    /// By commit: whether it is change, and no reformat or move.
    is_change: Vec<bool>,
    /// By path: the changes under that name, in the order of commits.
    files_of: Vec<Vec<(Timestamp, FileIdx)>>,
}

impl<'a> Recency<'a> {
    fn of(scan: &'a Scan, parameters: &RankingParameters) -> Self {
        let counts = source_files_per_commit(scan);
        let is_change = scan.commits.iter().zip(counts);
        let mut files_of = vec![Vec::new(); scan.paths.len()];
        for change in &scan.changes {
            files_of[change.path.get()].push((scan.commit(change.commit).time, change.file));
        }
        Self {
            scan,
            half_life_days: parameters.change_half_life_days,
            is_change: is_change
                .map(|(commit, files)| !commit.in_ignore_revs && files <= parameters.max_commit_source_files)
                .collect(),
            files_of,
        }
    }

    /// R at a time: the decayed revisions, up to it, of the file that the path named then.
    fn revisions(&self, path: &RepoPath, at: Timestamp) -> f64 {
        let Ok(path) = self.scan.paths.binary_search(path).map(PathIdx::new) else { return 0.0 };
        let Some((_, file)) = self.files_of[path.get()].iter().rev().find(|(time, _)| *time <= at) else {
            return 0.0;
        };
        let mut commits: Vec<CommitIdx> =
            self.scan.file(*file).history.iter().map(|change| self.scan.change(*change).commit).collect();
        commits.dedup();
        let weight = |commit: &CommitIdx| {
            let time = self.scan.commit(*commit).time;
            let is_counted = self.is_change[commit.get()] && time <= at;
            if is_counted { decay(time.days_until(at), self.half_life_days) } else { 0.0 }
        };
        commits.iter().map(weight).sum()
    }
}
