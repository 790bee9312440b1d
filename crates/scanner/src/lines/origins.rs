//! Origins of deleted lines: blame at the parent of a fix, past formatting-only commits.

use std::collections::{BTreeMap, BinaryHeap};

use debtscan_model::{
    CommitIdx, FileClass, FileIdx, FixOrigins, Origin, Origins, Scan, SkipReason, SkipSubject, Skipped,
};
use rustc_hash::FxHashMap;

use super::lineage::{Lineage, keep};
use super::ranges::{LineSpan, split};
use super::version_graph::VersionGraph;
use super::walk::{LineLimits, Walker};
use crate::cache::edits::CachedEdits;
use crate::cache::line_cache::LineCache;
use crate::cache::outcome::RunError;
use crate::ordered;
use crate::progress::{Phase, Progress};
use debtscan_git::hunks::{FileEdit, Hunk, Whitespace};
use debtscan_git::objects::Unreadable;

/// Which commits are skipped as the writers of a line, so that its origin is searched before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OriginRules {
    /// Commits that touch more source files than this count as reformats and moves, and so do those that
    /// `.git-blame-ignore-revs` names.
    pub max_source_files: usize,
}

/// Origins, and the errors of the cache.
#[derive(Debug, Default)]
pub(crate) struct FoundOrigins {
    pub(crate) origins: Origins,
    pub(crate) errors: Vec<RunError>,
}

/// By commit of the graph: whether it is skipped as a writer.
struct PassedOver(Vec<bool>);

/// The lines that one fix deleted from one file, traced to their origins.
#[derive(Default)]
struct TracedLines {
    deleted: u32,
    untraced: u32,
    /// Number of lines by position of the commit in the graph.
    origins: BTreeMap<u32, u32>,
}

/// The fixes that changed one file, each with the path of the file at that time.
struct FixTask {
    file: FileIdx,
    /// Position of the fix in the graph, its index, and the path.
    fixes: Vec<(u32, CommitIdx, u32)>,
}

impl Lineage<'_> {
    /// Finds the origins of the lines that `fixes` deleted from source files that still existed afterwards.
    pub(crate) fn origins(
        &self,
        scan: &Scan,
        fixes: &[CommitIdx],
        rules: OriginRules,
        progress: &dyn Progress,
    ) -> FoundOrigins {
        let (line_cache, error) = LineCache::open(self.cache, self.opened);
        let mut fixes = fixes.to_vec();
        fixes.sort_unstable();
        fixes.dedup();
        let tasks = self.origin_tasks(scan, &fixes);
        let passed_over = self.passed_over(scan, rules);
        progress.begin(Phase::Lines, Some(tasks.len() as u64));
        // As with `git blame -w`: whoever reindented a line did not introduce its defect.
        let make_worker = || Walker::new(self.source(), Whitespace::Ignored, LineLimits::default());
        let results = ordered::map(self.pool, &tasks, make_worker, |walker, task| {
            let name = scan.file(task.file).path.as_bstr();
            let mut known =
                line_cache.as_ref().map_or_else(CachedEdits::default, |line_cache| line_cache.get(name));
            let found = self.trace_file(walker, scan, task, &passed_over, &mut known);
            walker.source.objects.release_memory();
            progress.advance(1);
            (found, known.has_news.then(|| (name.to_owned(), known)))
        });
        let mut by_fix: BTreeMap<CommitIdx, TracedLines> =
            fixes.iter().map(|fix| (*fix, TracedLines::default())).collect();
        let mut outcome = FoundOrigins { errors: error.into_iter().collect(), ..FoundOrigins::default() };
        let mut news = Vec::new();
        for ((found, skipped), learned) in results {
            for (fix, found) in found {
                by_fix.get_mut(&fix).expect("every fix has an entry").add(&found);
            }
            outcome.origins.skipped.extend(skipped);
            news.extend(learned);
        }
        outcome.origins.fixes = by_fix.into_iter().map(|(fix, found)| self.sum_up(fix, found)).collect();
        outcome.origins.skipped.sort_unstable();
        outcome.origins.skipped.dedup();
        outcome.errors.extend(line_cache.and_then(|line_cache| keep(line_cache, scan, news)));
        outcome
    }

    fn sum_up(&self, fix: CommitIdx, found: TracedLines) -> FixOrigins {
        let mut untraced = found.untraced;
        let mut origins = Vec::new();
        for (position, lines) in found.origins {
            match self.graph.indices[position as usize] {
                Some(commit) => origins.push(Origin { commit, lines }),
                None => untraced += lines,
            }
        }
        // The oldest commit comes first among equal ones: measurements show that it is the cause more
        // often.
        origins.sort_by_key(|origin| (std::cmp::Reverse(origin.lines), origin.commit));
        FixOrigins { fix, deleted: found.deleted, origins, untraced }
    }

    fn origin_tasks(&self, scan: &Scan, fixes: &[CommitIdx]) -> Vec<FixTask> {
        let positions: FxHashMap<CommitIdx, u32> = (0_u32..)
            .zip(&self.graph.indices)
            .filter_map(|(position, index)| Some(((*index)?, position)))
            .collect();
        let mut by_file: BTreeMap<FileIdx, Vec<(u32, CommitIdx, u32)>> = BTreeMap::new();
        for fix in fixes.iter().filter(|fix| !scan.commit(**fix).is_merge()) {
            for change in &scan.changes[scan.changes_of(*fix)] {
                if scan.file(change.file).class == FileClass::Source {
                    by_file.entry(change.file).or_default().push((positions[fix], *fix, change.path.0));
                }
            }
        }
        let mut tasks: Vec<FixTask> =
            by_file.into_iter().map(|(file, fixes)| FixTask { file, fixes }).collect();
        // The longest come first, so that no thread finishes long after the others.
        tasks.sort_by_key(|task| (std::cmp::Reverse(scan.file(task.file).history.len()), task.file));
        tasks
    }

    fn passed_over(&self, scan: &Scan, rules: OriginRules) -> PassedOver {
        let is_passed_over = |index: CommitIdx| {
            let changes = &scan.changes[scan.changes_of(index)];
            let is_source =
                |change: &&debtscan_model::Change| scan.file(change.file).class == FileClass::Source;
            scan.commit(index).in_ignore_revs
                || changes.iter().filter(is_source).count() > rules.max_source_files
        };
        PassedOver(self.graph.indices.iter().map(|index| index.is_some_and(is_passed_over)).collect())
    }

    fn trace_file(
        &self,
        walker: &mut Walker,
        scan: &Scan,
        task: &FixTask,
        passed_over: &PassedOver,
        known: &mut CachedEdits,
    ) -> (Vec<(CommitIdx, TracedLines)>, Vec<Skipped>) {
        // Lines of another file would only fill the table.
        walker.differ.clear();
        let mut ancestry = VersionGraph::new(self.graph, &scan.paths);
        let mut all = Vec::new();
        let mut skipped = Vec::new();
        for (position, fix, path) in &task.fixes {
            let mut found = TracedLines::default();
            let traced = walker.trace_fix(&mut ancestry, known, (*path, *position), passed_over, &mut found);
            if let Err(error) = traced {
                let reason = match error {
                    Unreadable::TooLarge => SkipReason::LineHistoryLimit,
                    Unreadable::Damaged => SkipReason::UnreadableObject,
                };
                let subject = SkipSubject::Path(scan.paths[*path as usize].clone());
                skipped.push(Skipped { reason, subject });
            }
            all.push((*fix, found));
        }
        (all, skipped)
    }
}

impl TracedLines {
    fn add(&mut self, other: &Self) {
        self.deleted += other.deleted;
        self.untraced += other.untraced;
        for (position, lines) in &other.origins {
            *self.origins.entry(*position).or_default() += lines;
        }
    }
}

impl Walker {
    fn trace_fix(
        &mut self,
        ancestry: &mut VersionGraph<'_>,
        known: &mut CachedEdits,
        (path, position): (u32, u32),
        passed_over: &PassedOver,
        found: &mut TracedLines,
    ) -> Result<(), Unreadable> {
        let Some(fixed) = ancestry.version_at(&mut self.source, known, path, position as usize)? else {
            return Ok(());
        };
        // A fix is not a merge, so it has at most one version before it.
        let Some(before) = ancestry.parents(&mut self.source, known, fixed)?.first().copied() else {
            return Ok(());
        };
        let (old, new) = (ancestry.node(before).blob, ancestry.node(fixed).blob);
        let edit = self.edit(known, old, new)?;
        // Added lines have no writer before the fix, so there is nothing to trace.
        if edit.hunks.iter().all(|hunk| hunk.old_len == 0) {
            return Ok(());
        }
        let content = self.source.objects.blob(&old)?;
        let runs = telling_lines(&content, &edit);
        found.deleted = runs.iter().map(|run| run.len).sum();
        self.trace(ancestry, known, before, runs, passed_over, found)
    }

    /// Follows lines of a version to the commits that wrote them.
    fn trace(
        &mut self,
        ancestry: &mut VersionGraph<'_>,
        known: &mut CachedEdits,
        start: usize,
        runs: Vec<LineSpan>,
        passed_over: &PassedOver,
        found: &mut TracedLines,
    ) -> Result<(), Unreadable> {
        let mut loads: FxHashMap<usize, Vec<LineSpan>> = FxHashMap::from_iter([(start, runs)]);
        let mut pending = BinaryHeap::from([(ancestry.node(start).position, start)]);
        while let Some((position, node)) = pending.pop() {
            let Some(mut runs) = loads.remove(&node) else { continue };
            runs.sort_unstable();
            let (is_compared, blob) = (ancestry.node(node).is_compared, ancestry.node(node).blob);
            if !is_compared {
                found.untraced += total(&runs);
                continue;
            }
            let parents = ancestry.parents(&mut self.source, known, node)?;
            let is_passed_over = passed_over.0[position as usize];
            let n_before = total(&runs);
            let mut n_passed = 0;
            for parent in parents.iter() {
                let edit = self.edit(known, ancestry.node(*parent).blob, blob)?;
                // Unchanged lines first, then moved ones: only a line that is neither may be
                // guessed.
                let (mut older, rest) = split(&runs, &edit.hunks);
                runs = follow_moves(&rest, &edit, &mut older);
                if is_passed_over {
                    runs = guess(&runs, &edit, &mut older);
                }
                n_passed += total(&older);
                if !older.is_empty() {
                    let position = ancestry.node(*parent).position;
                    loads.entry(*parent).or_insert_with(|| {
                        pending.push((position, *parent));
                        Vec::new()
                    });
                    loads.get_mut(parent).expect("just made").extend(older);
                }
            }
            let written = n_before - n_passed;
            // A file that was added by a skipped commit originates there nevertheless.
            if is_passed_over && !parents.is_empty() {
                found.untraced += written;
            } else if written > 0 {
                *found.origins.entry(position).or_default() += written;
            }
        }
        Ok(())
    }
}

fn total(runs: &[LineSpan]) -> u32 {
    runs.iter().map(|run| run.len).sum()
}

/// The deleted lines of an edit that are meaningful and were not moved elsewhere.
fn telling_lines(old: &[u8], edit: &FileEdit) -> Vec<LineSpan> {
    let is_moved = |line: u32| {
        edit.moves.iter().any(|block| (block.old_start..block.old_start + block.len).contains(&line))
    };
    let mut runs = Vec::new();
    let mut hunks = edit.hunks.iter().peekable();
    for (line, text) in (0_u32..).zip(bstr::ByteSlice::lines(old)) {
        while hunks.next_if(|hunk| hunk.old_end() <= line).is_some() {}
        let is_deleted = hunks.peek().is_some_and(|hunk| hunk.old_start <= line);
        if is_deleted && says_something(text) && !is_moved(line) {
            runs.push(LineSpan { at: line, origin: line, len: 1 });
        }
    }
    runs
}

/// True if a line is not just blank, punctuation or a comment, judged by its first characters.
fn says_something(line: &[u8]) -> bool {
    // By text alone, because only files of the scanned tree are parsed.
    let line = line.trim_ascii();
    let is_comment = line.starts_with(b"//")
        || line.starts_with(b"/*")
        || line == b"*"
        || line.starts_with(b"* ")
        || line.starts_with(b"# ");
    !is_comment && line.iter().any(u8::is_ascii_alphanumeric)
}

/// Passes lines of moved blocks on to their old position, and returns the others.
fn follow_moves(runs: &[LineSpan], edit: &FileEdit, older: &mut Vec<LineSpan>) -> Vec<LineSpan> {
    if edit.moves.is_empty() {
        return runs.to_vec();
    }
    let mut left = Vec::new();
    for line in single_lines(runs) {
        // Moves ascend and are disjoint on the new side, so the last one that begins before the
        // line is the only candidate.
        let after = edit.moves.partition_point(|block| block.new_start <= line.at);
        let block = after.checked_sub(1).map(|position| edit.moves[position]);
        match block.filter(|block| line.at < block.new_start + block.len) {
            Some(block) => older.push(LineSpan { at: block.old_start + (line.at - block.new_start), ..line }),
            None => left.push(line),
        }
    }
    left
}

/// Passes lines on to the lines that they most likely replaced: those at the same relative position in the
/// hunk.
fn guess(runs: &[LineSpan], edit: &FileEdit, older: &mut Vec<LineSpan>) -> Vec<LineSpan> {
    let mut left = Vec::new();
    for line in single_lines(runs) {
        // A reformat keeps the order of what it rewrites, so the same relative place is the best
        // guess.
        let next = edit.hunks.partition_point(|hunk| hunk.new_end() <= line.at);
        let hunk = edit.hunks.get(next).filter(|hunk: &&Hunk| hunk.new_start <= line.at && hunk.old_len > 0);
        match hunk {
            Some(hunk) => {
                let place =
                    u64::from(line.at - hunk.new_start) * u64::from(hunk.old_len) / u64::from(hunk.new_len);
                let place = u32::try_from(place).expect("inside the hunk");
                older.push(LineSpan { at: hunk.old_start + place, ..line });
            }
            None => left.push(line),
        }
    }
    left
}

fn single_lines(runs: &[LineSpan]) -> impl Iterator<Item = LineSpan> {
    runs.iter().flat_map(|run| {
        (0..run.len).map(|offset| LineSpan { at: run.at + offset, origin: run.origin + offset, len: 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::{guess, says_something, telling_lines};
    use crate::lines::ranges::LineSpan;
    use debtscan_git::hunks::{FileEdit, Hunk, Move};

    #[test]
    fn comments_braces_and_blank_lines_say_nothing() {
        let telling = ["x", "  return 0;", "#define A 1", "*p = 1;", "} else {"];
        assert!(telling.iter().all(|line| says_something(line.as_bytes())));
        let silent = ["", "  }", "// x", "/* x */", " * x", "\t*", "# x", ");"];
        assert!(silent.iter().all(|line| !says_something(line.as_bytes())));
    }

    #[test]
    fn deleted_lines_that_were_put_elsewhere_are_left_out() {
        let hunk = |old_start, old_len, new_start, new_len| Hunk { old_start, old_len, new_start, new_len };
        let edit = FileEdit {
            hunks: vec![hunk(1, 3, 1, 0), hunk(5, 0, 2, 1)],
            moves: vec![Move { old_start: 2, new_start: 2, len: 1 }],
        };
        let lines: Vec<u32> = telling_lines(b"a\nb\nc\nd\ne\n", &edit).iter().map(|run| run.at).collect();
        assert_eq!(lines, [1, 3]);
    }

    #[test]
    fn a_reformatted_line_is_looked_for_at_the_same_part_of_the_old_text() {
        let edit = FileEdit {
            hunks: vec![Hunk { old_start: 10, old_len: 2, new_start: 20, new_len: 4 }],
            moves: Vec::new(),
        };
        let mut older = Vec::new();
        let runs = [LineSpan { at: 20, origin: 0, len: 4 }, LineSpan { at: 30, origin: 9, len: 1 }];
        let left = guess(&runs, &edit, &mut older);
        assert_eq!(older.iter().map(|run| run.at).collect::<Vec<_>>(), [10, 10, 11, 11]);
        assert_eq!(left, [LineSpan { at: 30, origin: 9, len: 1 }]);
    }
}
