//! One walk per file, newest version first, that finds both the writer of each line and the commits that
//! changed each function.

use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::ranges::{LineSpan, map_back, normalise, replaced, split};
use super::version_graph::{VersionGraph, VersionReader};
use crate::cache::edits::{CachedEdits, EditKey};
use debtscan_git::hunks::{Differ, FileEdit, Whitespace};
use debtscan_git::id::ObjectId;
use debtscan_git::objects::Unreadable;
use debtscan_git::tokens::Version;

/// Limits of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineLimits {
    /// Maximum number of versions of a file.
    pub versions: usize,
    /// Maximum size of a version in bytes. A larger version ends the walk.
    pub version_bytes: u64,
}

/// The lines that the walk passes to one version.
#[derive(Default)]
struct Load {
    runs: Vec<LineSpan>,
    /// By function, its lines in this version.
    functions: BTreeMap<u32, Vec<Range<u32>>>,
}

/// A block of lines with the position of the commit that wrote it; `None` if unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenSpan {
    pub(super) run: LineSpan,
    pub(super) by: Option<u32>,
}

/// Lines that a commit changed in a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Touched {
    pub(super) added: u32,
    pub(super) deleted: u32,
}

/// The result of a walk.
#[derive(Default)]
pub(super) struct Walked {
    /// In the order of the walk.
    pub(super) written: Vec<WrittenSpan>,
    /// By function and position of the commit: the changed lines.
    pub(super) functions: Vec<BTreeMap<u32, Touched>>,
    /// True if a limit ended the walk before all lines were traced.
    pub(super) hit_limit: bool,
    /// True if an unreadable object ended the walk before all lines were traced.
    pub(super) had_unreadable: bool,
}

/// Walks through the versions of files. Each thread needs its own.
pub(super) struct Walker {
    pub(super) source: VersionReader,
    pub(super) differ: Differ,
    pub(super) limits: LineLimits,
}

impl Walker {
    /// Walks back from a version, with all of its `lines` and the lines of its `functions`.
    pub(super) fn walk(
        &mut self,
        ancestry: &mut VersionGraph<'_>,
        known: &mut CachedEdits,
        start: usize,
        lines: u32,
        functions: &[Range<u32>],
    ) -> Walked {
        self.differ.clear();
        let mut walked = Walked { functions: vec![BTreeMap::new(); functions.len()], ..Walked::default() };
        let mut load = Load::default();
        if lines > 0 {
            load.runs.push(LineSpan { at: 0, origin: 0, len: lines });
        }
        load.functions = (0_u32..).zip(functions).map(|(nth, range)| (nth, vec![range.clone()])).collect();
        let mut loads: FxHashMap<usize, Load> = FxHashMap::default();
        // The latest position comes first, so a version is visited after all versions made from it, with
        // all of their lines.
        let mut pending = BinaryHeap::from([(ancestry.node(start).position, start)]);
        loads.insert(start, load);
        let mut n_versions = 0;
        while let Some((_, node)) = pending.pop() {
            let Some(load) = loads.remove(&node) else { continue };
            n_versions += 1;
            if n_versions > self.limits.versions {
                walked.hit_limit = true;
                // Versions that are still pending give up their lines in the same way.
                walked.give_up(load);
                continue;
            }
            for (parent, load) in self.pass(ancestry, known, node, load, &mut walked) {
                // A version that has no line of the start is not visited, and the walk ends where
                // none has.
                if load.runs.is_empty() && load.functions.is_empty() {
                    continue;
                }
                let position = ancestry.node(parent).position;
                loads.entry(parent).or_insert_with(|| {
                    pending.push((position, parent));
                    Load::default()
                });
                loads.get_mut(&parent).expect("just made").add(load);
            }
        }
        walked
    }

    /// Passes the lines that a version did not add to the versions it was made from.
    fn pass(
        &mut self,
        ancestry: &mut VersionGraph<'_>,
        known: &mut CachedEdits,
        node: usize,
        load: Load,
        walked: &mut Walked,
    ) -> Vec<(usize, Load)> {
        let (is_compared, blob, position) = {
            let node = ancestry.node(node);
            (node.is_compared, node.blob, node.position)
        };
        if !is_compared {
            walked.give_up(load);
            return Vec::new();
        }
        // All or none: with one parent missing, its lines would seem to be written by this version.
        let edits = ancestry.parents(&mut self.source, known, node).and_then(|parents| {
            let edit = |parent: &usize| Ok((*parent, self.edit(known, ancestry.node(*parent).blob, blob)?));
            parents.iter().map(edit).collect::<Result<Vec<(usize, Arc<FileEdit>)>, Unreadable>>()
        });
        let edits = match edits {
            Ok(edits) => edits,
            Err(error) => {
                walked.hit_limit |= error == Unreadable::TooLarge;
                walked.had_unreadable |= error == Unreadable::Damaged;
                walked.give_up(load);
                return Vec::new();
            }
        };
        let mut passed: Vec<(usize, Load)> =
            edits.iter().map(|(parent, _)| (*parent, Load::default())).collect();
        let mut runs = load.runs;
        for ((_, edit), (_, load)) in edits.iter().zip(&mut passed) {
            // As in `git blame`, a line that several parents have goes to the first of them.
            (load.runs, runs) = split(&runs, &edit.hunks);
        }
        // Only with one parent, as a reformat has: against several, it is open which lines were
        // replaced.
        if let ([(_, edit)], true) = (edits.as_slice(), ancestry.is_ignored(node)) {
            let (older, added) = replaced(&runs, &edit.hunks);
            passed[0].1.runs.extend(older);
            passed[0].1.runs.sort_unstable();
            runs = added;
        }
        walked.written.extend(runs.into_iter().map(|run| WrittenSpan { run, by: Some(position) }));
        for (function, ranges) in load.functions {
            let touches: Vec<_> = edits.iter().map(|(_, edit)| map_back(&ranges, edit)).collect();
            // A merge that took the function unchanged from one parent leads to that parent alone.
            if let Some(same) = touches.iter().position(|touch| !touch.is_touched) {
                let touch = touches.into_iter().nth(same).expect("it was just found");
                passed[same].1.functions.insert(function, touch.older);
                continue;
            }
            let touched = match touches.first() {
                Some(touch) => Touched { added: touch.added, deleted: touch.deleted },
                // Without a parent, the whole function is new.
                None => {
                    Touched { added: ranges.iter().map(|range| range.end - range.start).sum(), deleted: 0 }
                }
            };
            walked.functions[function as usize].insert(position, touched);
            for (touch, (_, load)) in touches.into_iter().zip(&mut passed) {
                if !touch.older.is_empty() {
                    load.functions.insert(function, touch.older);
                }
            }
        }
        passed
    }

    /// Returns the edit between two contents.
    pub(super) fn edit(
        &mut self,
        known: &mut CachedEdits,
        old: ObjectId,
        new: ObjectId,
    ) -> Result<Arc<FileEdit>, Unreadable> {
        // A rename or a change of mode leaves the content as it was.
        if old == new {
            return Ok(Arc::default());
        }
        let key = EditKey::new(old, new, self.differ.whitespace());
        if let Some(edit) = known.edits.get(&key) {
            return Ok(Arc::clone(edit));
        }
        // Asked before either is read, because reading takes the memory that the limit saves.
        for id in [&old, &new] {
            if self.source.objects.size(id)? > self.limits.version_bytes {
                return Err(Unreadable::TooLarge);
            }
        }
        let (old_content, new_content) = (self.source.objects.blob(&old)?, self.source.objects.blob(&new)?);
        let old = Version { id: old, content: &old_content };
        let new = Version { id: new, content: &new_content };
        Ok(known.learn_edit(key, self.differ.compare(old, new)))
    }
}

impl Load {
    fn add(&mut self, other: Self) {
        self.runs.extend(other.runs);
        self.runs.sort_unstable();
        for (function, ranges) in other.functions {
            let known = self.functions.entry(function).or_default();
            known.extend(ranges);
            normalise(known);
        }
    }
}

impl Walked {
    /// Leaves the writer of these lines unknown.
    fn give_up(&mut self, load: Load) {
        self.written.extend(load.runs.into_iter().map(|run| WrittenSpan { run, by: None }));
    }
}

impl Default for LineLimits {
    /// No file of git, curl, rails or kafka comes close to these limits.
    fn default() -> Self {
        Self { versions: 50_000, version_bytes: 16 << 20 }
    }
}

impl Walker {
    pub(super) fn new(source: VersionReader, whitespace: Whitespace, limits: LineLimits) -> Self {
        Self { source, differ: Differ::new(whitespace), limits }
    }
}
