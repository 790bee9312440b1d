//! Trends: size and complexity of a file, function, folder or area at past dates.

mod error;
mod shape;
mod subject;
#[cfg(test)]
mod tests;

use debtscan_model::{
    CommitIdx, ComplexityMeasure, FileIdx, PastFile, PathIdx, RepoPath, Scan, Timeline, Timestamp,
};

pub use self::error::TrendError;
use self::shape::shape_of;
pub use self::subject::TrendSubject;
use crate::listing::{ListInput, list_head};
use crate::parameters::RankingParameters;
use crate::rank::{decay, source_files_per_commit};
use debtscan_findings::{MeasureTrend, TrendFigures, TrendKind, TrendList, TrendMeasure, TrendPoint};

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
            // It did not exist: no figures instead of zeros.
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
    let points: Vec<TrendPoint> = points.collect();
    let (kind, name) = describe(scan, subject);
    Ok(TrendList {
        head: list_head(&analysis),
        kind,
        name,
        every,
        other_files: subject.other_files(scan, &analysis.areas),
        measures: measures(kind, &points),
        points,
        older_points: timeline.left_out,
        unmeasured: timeline.skipped.len(),
    })
}

fn describe(scan: &Scan, subject: &TrendSubject) -> (TrendKind, String) {
    match subject {
        TrendSubject::File(file) => (TrendKind::File, scan.file(*file).path.to_string()),
        TrendSubject::Function { file, name } => {
            (TrendKind::Function, format!("{}:{name}", scan.file(*file).path))
        }
        TrendSubject::Folder(folder) => (TrendKind::Folder, folder.to_string()),
        TrendSubject::Area { name, .. } => (TrendKind::Area, name.clone()),
    }
}

/// Every measure that applies to the subject.
fn measures(kind: TrendKind, points: &[TrendPoint]) -> Vec<MeasureTrend> {
    let is_one = matches!(kind, TrendKind::File | TrendKind::Function);
    let of_measure = |measure: TrendMeasure| {
        let of_point = |point: &TrendPoint| point.figures.as_ref().and_then(|it| figure(it, measure));
        let values: Vec<Option<f64>> = points.iter().map(of_point).collect();
        MeasureTrend { measure, shape: shape_of(&values), values }
    };
    let says_something = |trend: &MeasureTrend| {
        trend.values.iter().any(Option::is_some)
            && !(is_one && trend.measure == TrendMeasure::Files)
            && !(kind == TrendKind::Function && trend.measure == TrendMeasure::Functions)
    };
    TrendMeasure::ALL.into_iter().map(of_measure).filter(says_something).collect()
}

fn figure(figures: &TrendFigures, measure: TrendMeasure) -> Option<f64> {
    match measure {
        TrendMeasure::Files => Some(figures.files as f64),
        TrendMeasure::Lines => Some(figures.lines as f64),
        TrendMeasure::SourceLines => Some(figures.sloc as f64),
        TrendMeasure::Functions => Some(figures.functions as f64),
        TrendMeasure::Cyclomatic => Some(figures.cyclomatic as f64),
        TrendMeasure::Cognitive => Some(figures.cognitive as f64),
        TrendMeasure::MaxNesting => Some(figures.max_nesting as f64),
        TrendMeasure::Indentation => figures.indentation.map(|value| value as f64),
        TrendMeasure::HotspotScore => figures.hotspot,
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
        // Names are reused: the file that had it last by then is meant.
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
