//! Following the lines of many files in parallel.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use bstr::BString;
use debtscan_model::{
    FileIdx, FileLines, FunctionChange, FunctionHistory, LineRun, Lines, Scan, SkipReason, SkipSubject,
    Skipped, to_u32,
};
use rayon::ThreadPool;

use super::graph::Graph;
use super::version_graph::{VersionGraph, VersionReader};
use super::walk::{LineLimits, Touched, Walked, Walker, WrittenSpan};
use crate::cache::edits::CachedEdits;
use crate::cache::line_cache::LineCache;
use crate::cache::outcome::RunError;
use crate::ordered;
use crate::progress::{Phase, Progress};
use debtscan_git::hunks::Whitespace;
use debtscan_git::open::OpenRepository;
use debtscan_git::path_in_tree::PathFinder;

/// A scan's commit graph and the open repository.
pub(crate) struct Lineage<'a> {
    pub(crate) opened: &'a OpenRepository,
    pub(crate) pool: &'a ThreadPool,
    pub(crate) graph: &'a Graph,
    pub(crate) cache: Option<&'a Path>,
}

/// Lines, and the errors of the cache.
#[derive(Debug, Default)]
pub(crate) struct FoundLines {
    pub(crate) lines: Lines,
    /// Files whose lines were followed without comparing any versions again.
    pub(crate) reused_files: usize,
    pub(crate) errors: Vec<RunError>,
}

impl Lineage<'_> {
    /// Follows the lines and functions of some files of `scan`.
    pub(crate) fn lines(
        &self,
        scan: &Scan,
        files: &[FileIdx],
        limits: LineLimits,
        progress: &dyn Progress,
    ) -> FoundLines {
        let (line_cache, error) = LineCache::open(self.cache, self.opened);
        let mut tasks: Vec<LineTask<'_>> = files.iter().filter_map(|file| task(scan, *file)).collect();
        // The longest come first, so that no thread finishes long after the others.
        tasks.sort_by_key(|task| (std::cmp::Reverse(self.graph.rows[task.path as usize].len()), task.file));
        // Equal files are neighbours, because the file is the second sort key.
        tasks.dedup_by_key(|task| task.file);
        progress.begin(Phase::Lines, Some(tasks.len() as u64));
        let make_worker = || Walker::new(self.source(), Whitespace::Counts, limits);
        let results = ordered::map(self.pool, &tasks, make_worker, |walker, task| {
            let name = scan.paths[task.path as usize].as_bstr();
            let mut known =
                line_cache.as_ref().map_or_else(CachedEdits::default, |line_cache| line_cache.get(name));
            let answer = self.follow(walker, scan, task, &mut known);
            walker.source.objects.release_memory();
            progress.advance(1);
            (answer, known.has_news.then_some((BString::from(name), known)))
        });
        let mut outcome = FoundLines { errors: error.into_iter().collect(), ..FoundLines::default() };
        let mut news = Vec::new();
        for ((file, skipped), learned) in results {
            outcome.lines.files.push(file);
            outcome.lines.skipped.extend(skipped);
            outcome.reused_files += usize::from(learned.is_none());
            news.extend(learned);
        }
        outcome.lines.files.sort_unstable_by_key(|lines| lines.file);
        outcome.lines.skipped.sort_unstable();
        outcome.errors.extend(line_cache.and_then(|line_cache| keep(line_cache, scan, news)));
        outcome
    }

    pub(super) fn source(&self) -> VersionReader {
        let objects = self.opened.objects.handle_of_worker();
        let finder = PathFinder::new(&objects);
        VersionReader { objects, finder }
    }

    fn follow(
        &self,
        walker: &mut Walker,
        scan: &Scan,
        task: &LineTask<'_>,
        known: &mut CachedEdits,
    ) -> (FileLines, Vec<Skipped>) {
        let lines = task.complexity.lines;
        let functions: Vec<Range<u32>> = task
            .complexity
            .functions
            .iter()
            // From lines counted from 1, both inclusive, to a range counted from 0.
            .map(|function| function.first_line.saturating_sub(1)..function.last_line)
            .collect();
        let mut ancestry = VersionGraph::new(self.graph, &scan.paths);
        // All commits are reachable from the scanned one, so it is the last in topological order.
        let last = self.graph.len() - 1;
        let start = ancestry.version_at(&mut walker.source, known, task.path, last);
        let walked = match start {
            Ok(Some(start)) => walker.walk(&mut ancestry, known, start, lines, &functions),
            Ok(None) => Walked::default(),
            Err(_) => Walked { had_unreadable: true, ..Walked::default() },
        };
        let subject = || SkipSubject::Path(scan.file(task.file).path.clone());
        let mut skipped = Vec::new();
        if walked.hit_limit {
            skipped.push(Skipped { reason: SkipReason::LineHistoryLimit, subject: subject() });
        }
        if walked.had_unreadable {
            skipped.push(Skipped { reason: SkipReason::UnreadableObject, subject: subject() });
        }
        let mut histories: Vec<FunctionHistory> =
            walked.functions.iter().map(|touched| self.function_history(touched)).collect();
        // A walk that could not start has no histories, but callers expect one per function.
        histories.resize(functions.len(), FunctionHistory::default());
        (
            FileLines { file: task.file, owners: self.owners(walked.written, lines), functions: histories },
            skipped,
        )
    }

    fn function_history(&self, touched: &BTreeMap<u32, Touched>) -> FunctionHistory {
        let change = |(position, touched): (&u32, &Touched)| {
            // Outside the window there is no index, and the change is not part of the scan.
            let commit = self.graph.indices[*position as usize]?;
            Some(FunctionChange { commit, added: touched.added, deleted: touched.deleted })
        };
        FunctionHistory { changes: touched.iter().filter_map(change).collect() }
    }

    /// Returns the writers of lines 1 to `lines` of a file.
    fn owners(&self, mut written: Vec<WrittenSpan>, lines: u32) -> Vec<LineRun> {
        written.sort_unstable_by_key(|written| written.run.origin);
        let mut owners: Vec<LineRun> = Vec::new();
        let mut next = 1;
        let mut push = |first_line: u32, lines: u32, writer| match owners.last_mut() {
            Some(last) if last.writer == writer => last.lines += lines,
            _ => owners.push(LineRun { first_line, lines, writer }),
        };
        for WrittenSpan { run, by } in written {
            let writer = by.and_then(|position| self.graph.indices[position as usize]);
            push(run.origin + 1, run.len, writer);
            next = run.origin + 1 + run.len;
        }
        if next <= lines {
            push(next, lines + 1 - next, None);
        }
        owners
    }
}

/// Writes new edits for paths that still occur in the history.
pub(super) fn keep(
    mut line_cache: LineCache,
    scan: &Scan,
    news: Vec<(BString, CachedEdits)>,
) -> Option<RunError> {
    let is_wanted =
        |path: &bstr::BStr| scan.paths.binary_search_by(|known| known.as_bstr().cmp(path)).is_ok();
    line_cache.keep(news, is_wanted).err()
}

fn task(scan: &Scan, file: FileIdx) -> Option<LineTask<'_>> {
    let complexity = scan.file(file).present.as_ref()?.complexity.as_ref()?;
    let path = scan.paths.binary_search(&scan.file(file).path).expect("the table holds every file's path");
    Some(LineTask { file, path: to_u32(path), complexity })
}

/// A file to follow.
struct LineTask<'a> {
    file: FileIdx,
    path: u32,
    complexity: &'a debtscan_model::FileComplexity,
}
