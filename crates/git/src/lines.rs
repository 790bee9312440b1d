//! Counting the lines of changes, one path at a time.
//!
//! Changes of a path are counted newest first. Each blob is then decoded about once, because it is the new
//! side of one change and the old side of the next, and packs store older versions as deltas of newer ones.

use std::rc::Rc;

use debtscan_model::LineDelta;
use gix::ObjectId;
use rustc_hash::FxHashMap;

use crate::change::{ChangeSide, CountResult, TextRule};
use crate::ends::CommonEnds;
use crate::hunks::{Differ, Whitespace};
use crate::objects::{Objects, Unreadable};
use crate::similarity::is_binary;
use crate::tokens::{NumstatCounter, Version, count_lines};
use crate::tree::EntryKind;

/// A change whose lines are to be counted.
#[derive(Debug, Clone, Copy)]
pub struct ContentPair<'a> {
    /// The side before; `None` for an addition.
    pub old: Option<ChangeSide>,
    /// The side after; `None` for a deletion.
    pub new: Option<ChangeSide>,
    /// See [`RawChange::others`](crate::change::RawChange::others).
    pub others: Option<&'a [Option<ChangeSide>]>,
}

/// Counts the lines of changes, path by path. Each thread needs its own.
pub struct Counter {
    objects: Objects,
    lines: NumstatCounter,
    differ: Differ,
    older: Loaded,
    newer: Loaded,
}

/// A decoded blob, or the reason that there is none.
#[derive(Default)]
struct Loaded {
    id: Option<ObjectId>,
    content: Rc<Vec<u8>>,
    error: Option<Unreadable>,
}

impl Counter {
    /// Creates one that reads through `objects`.
    pub fn new(objects: Objects) -> Self {
        Self {
            objects,
            lines: NumstatCounter::default(),
            differ: Differ::new(Whitespace::Counts),
            older: Loaded::default(),
            newer: Loaded::default(),
        }
    }

    /// Counts the changes of one path, given newest first. The result has the length and order of `pairs`.
    pub fn count_path(&mut self, pairs: &[ContentPair<'_>], rule: TextRule) -> Vec<CountResult> {
        self.lines.clear();
        self.differ.clear();
        let mut counted = vec![CountResult::Unreadable; pairs.len()];
        for place in chained(pairs) {
            counted[place] = self.count_pair(pairs[place], rule);
        }
        self.release_memory();
        counted
    }

    /// Returns the memory of a path with large contents to the other threads.
    fn release_memory(&mut self) {
        if self.objects.release_memory() {
            self.lines = NumstatCounter::default();
            self.differ = Differ::new(Whitespace::Counts);
            (self.older, self.newer) = (Loaded::default(), Loaded::default());
        }
    }

    fn count_pair(&mut self, pair: ContentPair<'_>, rule: TextRule) -> CountResult {
        // Before any content is read, because binary files are often large.
        if rule == TextRule::Binary {
            return CountResult::Binary;
        }
        // A merge without a new side deleted the path, and its lines are those of the first parent.
        if let (Some(others), Some(new)) = (pair.others, pair.new) {
            let parents: Vec<Option<ChangeSide>> =
                std::iter::once(&pair.old).chain(others).copied().collect();
            if parents.iter().any(Option::is_some) {
                return self.count_merge(&parents, new, rule);
            }
        }
        if let (Some(old), Some(new)) = (pair.old, pair.new)
            && old.id == new.id
        {
            // Only the mode or the path changed. Unreadable content then still has no changed lines.
            return self.count_unchanged(new, rule);
        }
        // The new side of this change is the old side of the previous one.
        if pair.new.is_some_and(|new| self.older.id == Some(new.id)) {
            // After the swap, `load` finds the new side decoded and reads only the old one.
            std::mem::swap(&mut self.older, &mut self.newer);
        }
        load(&mut self.objects, pair.new, &mut self.newer);
        load(&mut self.objects, pair.old, &mut self.older);
        let (old, new) = (&self.older, &self.newer);
        if let Some(error) = old.error.or(new.error) {
            return CountResult::from(error);
        }
        if rule == TextRule::Detect && (is_binary(&old.content) || is_binary(&new.content)) {
            return CountResult::Binary;
        }
        CountResult::Lines(match (old.id, new.id) {
            (Some(old_id), Some(new_id)) => self.lines.count(
                Version { id: old_id, content: &old.content },
                Version { id: new_id, content: &new.content },
            ),
            _ => LineDelta { added: count_lines(&new.content), deleted: count_lines(&old.content) },
        })
    }

    /// Counts the lines of a merge that no parent has, and the lines of all parents that the merge lacks. A
    /// parent without the file has no lines.
    fn count_merge(
        &mut self,
        parents: &[Option<ChangeSide>],
        merge: ChangeSide,
        rule: TextRule,
    ) -> CountResult {
        let n_parents = parents.len();
        let mut contents = Vec::with_capacity(n_parents + 1);
        for side in std::iter::once(&merge).chain(parents.iter().flatten()) {
            let mut loaded = Loaded::default();
            load(&mut self.objects, Some(*side), &mut loaded);
            if let Some(error) = loaded.error {
                return CountResult::from(error);
            }
            if rule == TextRule::Detect && is_binary(&loaded.content) {
                return CountResult::Binary;
            }
            contents.push((side.id, loaded.content));
        }
        let versions: Vec<Version<'_>> =
            contents.iter().map(|(id, content)| Version { id: *id, content }).collect();
        let (merge, parents) = versions.split_first().expect("the merge is the first");
        // A file that both sides changed in different places is such a case. Comparing bytes
        // settles it without a diff for each parent.
        if lie_apart(parents, *merge) {
            return CountResult::Lines(LineDelta { added: 0, deleted: 0 });
        }
        let LineDelta { added, deleted } = self.differ.compare_merge(parents, *merge);
        // A deleted line must be in every parent, so every parent must have the file.
        let all_have_it = versions.len() > n_parents;
        CountResult::Lines(LineDelta { added, deleted: if all_have_it { deleted } else { 0 } })
    }

    /// Counts a change that left the content as it was: `0 0` for text, nothing for binary content.
    fn count_unchanged(&mut self, side: ChangeSide, rule: TextRule) -> CountResult {
        if rule == TextRule::Detect {
            load(&mut self.objects, Some(side), &mut self.newer);
            if let Some(error) = self.newer.error {
                return CountResult::from(error);
            }
            if is_binary(&self.newer.content) {
                return CountResult::Binary;
            }
        }
        CountResult::Lines(LineDelta::default())
    }
}

/// Returns the positions of `pairs` in an order in which, if possible, the old side of one is the new side
/// of the next. Parallel branches interleave in time, but each branch is a chain.
fn chained(pairs: &[ContentPair<'_>]) -> Vec<usize> {
    let new_id = |place: usize| pairs[place].new.map(|side| side.id);
    let mut by_new: FxHashMap<ObjectId, Vec<usize>> = FxHashMap::default();
    // Backwards, so that `pop` gives the newest of several changes with the same new side.
    for place in (0..pairs.len()).rev() {
        if let Some(id) = new_id(place) {
            by_new.entry(id).or_default().push(place);
        }
    }
    let mut is_taken = vec![false; pairs.len()];
    let mut order = Vec::with_capacity(pairs.len());
    for start in 0..pairs.len() {
        let mut next = Some(start).filter(|start| !is_taken[*start]);
        while let Some(place) = next {
            is_taken[place] = true;
            order.push(place);
            let followers = pairs[place].old.and_then(|old| by_new.get_mut(&old.id));
            next = followers.and_then(|places| {
                // Popped for good, not searched: a content that comes and goes has thousands of followers.
                std::iter::from_fn(|| places.pop()).find(|place| !is_taken[*place])
            });
        }
    }
    order
}

impl From<Unreadable> for CountResult {
    fn from(error: Unreadable) -> Self {
        match error {
            Unreadable::Damaged => Self::Unreadable,
            Unreadable::TooLarge => Self::TooLarge,
        }
    }
}

/// True if two parents differ from the merge in disjoint places, so that each of its lines comes from a
/// parent.
fn lie_apart(parents: &[Version<'_>], merge: Version<'_>) -> bool {
    let changed = parents.iter().map(|parent| {
        let ends = CommonEnds::of(parent.content, merge.content);
        ends.prefix..merge.content.len() - ends.suffix
    });
    let changed: Vec<_> = changed.collect();
    let last_start = changed.iter().map(|range| range.start).max();
    let first_end = changed.iter().map(|range| range.end).min();
    first_end < last_start
}

/// Loads the content of one side; a missing side gives empty content without an id.
fn load(objects: &mut Objects, side: Option<ChangeSide>, loaded: &mut Loaded) {
    let id = side.map(|side| side.id);
    if id == loaded.id && id.is_some() {
        return;
    }
    let seen = std::mem::replace(loaded, Loaded { id, ..Loaded::default() });
    objects.give_back(seen.content);
    let Some(side) = side else { return };
    if side.kind == EntryKind::Submodule {
        // `git diff` shows this line in place of a submodule's content.
        loaded.content = Rc::new(format!("Subproject commit {}\n", side.id).into_bytes());
        return;
    }
    match objects.blob(&side.id) {
        Ok(content) => loaded.content = content,
        Err(error) => loaded.error = Some(error),
    }
}

#[cfg(test)]
mod tests {
    use super::{ChangeSide, ContentPair, chained};
    use crate::tree::EntryKind;
    use gix::ObjectId;

    fn side(n: u8) -> Option<ChangeSide> {
        (n > 0).then(|| ChangeSide { id: ObjectId::from_bytes_or_panic(&[n; 20]), kind: EntryKind::File })
    }

    fn check(pairs: &[(u8, u8)], expected: &[usize]) {
        let pairs: Vec<ContentPair<'_>> = pairs
            .iter()
            .map(|(old, new)| ContentPair { old: side(*old), new: side(*new), others: None })
            .collect();
        assert_eq!(chained(&pairs), expected);
    }

    #[test]
    fn the_changes_of_a_branch_follow_each_other() {
        check(&[(3, 4), (2, 3), (0, 2)], &[0, 1, 2]);
        check(&[(3, 9), (7, 8), (2, 3), (2, 7), (0, 2)], &[0, 2, 4, 1, 3]);
        check(&[(1, 2), (2, 1), (1, 2), (0, 1)], &[0, 1, 2, 3]);
        check(&[], &[]);
    }
}
