//! Changes of a commit against its parents: paths and blob ids, including renames.

use std::collections::hash_map::Entry as MapEntry;
use std::mem;
use std::rc::Rc;

use bstr::{BStr, BString};
use debtscan_model::{SkipReason, SkipSubject, Skipped};
use gix::ObjectId;
use rustc_hash::FxHashMap;

use crate::change::{ChangeSide, CommitDiff, RawChange};
use crate::id::commit_id;
use crate::objects::{Objects, Unreadable};
use crate::open::OpenRepository;
use crate::renames::{self, RenameSearch, Renames};
use crate::tree::{Entries, EntryKind, TreeEntry, join};
use crate::tree_budget::TreeBudget;

/// A commit and the trees that it is compared with.
///
/// An empty list compares it with the empty tree, as for a root. With several trees, only paths that differ
/// from all of them are changes, as in `git diff-tree -c`, and the first tree is the old side.
#[derive(Debug, Clone)]
pub struct CommitComparison {
    /// The commit.
    pub commit: ObjectId,
    /// Its tree.
    pub tree: ObjectId,
    /// The trees of its parents, in order.
    pub parent_trees: Vec<ObjectId>,
}

/// Reads the trees to compare. Each thread needs its own.
pub struct TreeReader {
    // Declared first, so that it is dropped first: the buffers that `objects` takes back must not be
    // shared.
    trees: TreeCache,
    objects: Objects,
}

impl TreeReader {
    /// Creates one that reads through `objects`.
    pub fn new(objects: Objects) -> Self {
        let trees = TreeCache::new(objects.limits().trees);
        Self { trees, objects }
    }
}

/// Compares a commit with its parents. Call it for neighbouring commits in turn, because they have most
/// trees in common.
pub fn compare_commit(
    opened: &OpenRepository,
    reader: &mut TreeReader,
    comparison: &CommitComparison,
    renames: Renames,
) -> CommitDiff {
    let TreeReader { objects, trees } = reader;
    let id = comparison.commit;
    let skip = |reason| Skipped { reason, subject: SkipSubject::Commit(commit_id(&id)) };
    // The parents are cut off. Compared with nothing, the commit would seem to have written the
    // whole tree.
    if opened.shallow.contains(&id) {
        return CommitDiff::skipped(skip(SkipReason::ShallowBoundary));
    }
    let new = comparison.tree;
    let changes = match comparison.parent_trees.as_slice() {
        [] => diff(objects, trees, None, new),
        [parent] => diff(objects, trees, Some(*parent), new),
        parents => merge_diff(objects, trees, parents, new),
    };
    // A tree that is only partly read would turn unread files into deletions, so the commit is
    // dropped as a whole.
    let mut changes = match changes {
        Ok(changes) => changes,
        Err(Unreadable::Damaged) => return CommitDiff::skipped(skip(SkipReason::UnreadableObject)),
        Err(Unreadable::TooLarge) => return CommitDiff::skipped(skip(SkipReason::TooManyPaths)),
    };
    let mut diff = CommitDiff { is_whole: true, ..CommitDiff::default() };
    if renames == Renames::Follow {
        let detected = renames::detect(objects, &mut changes);
        objects.release_memory();
        diff.is_whole = !detected.had_unreadable;
        diff.hit_rename_limit = detected.outcome == RenameSearch::OnlyExact;
    }
    if diff.hit_rename_limit {
        diff.skipped.push(skip(SkipReason::RenameLimit));
    }
    // Rename detection does not preserve the order.
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    diff.changes = changes;
    diff
}

/// Finds the path that a merge renamed to `path` relative to one parent, which lacks `path`: as git does
/// for a single path, among the paths that the parent has and the merge lacks.
pub fn rename_source(
    objects: &mut Objects,
    parent: ObjectId,
    merged: ObjectId,
    path: &BStr,
) -> Result<Option<BString>, Unreadable> {
    let mut trees = TreeCache::new(objects.limits().trees);
    let mut changes = diff(objects, &mut trees, Some(parent), merged)?;
    // With one destination left, the search takes time linear in the number of deleted paths.
    changes.retain(|change| change.new.is_none() || (change.old.is_none() && change.path == path));
    renames::detect(objects, &mut changes);
    Ok(changes.into_iter().find(|change| change.path == path).and_then(|change| change.from))
}

/// Two generations of decoded trees: once the young one is full, the old one is dropped. The tree of a
/// commit is the base of its child's comparison, so neighbouring commits find almost all of their trees
/// here.
pub(crate) struct TreeCache {
    young: FxHashMap<ObjectId, Rc<Vec<u8>>>,
    old: FxHashMap<ObjectId, Rc<Vec<u8>>>,
    young_bytes: usize,
    generation_bytes: usize,
}

impl TreeCache {
    pub(crate) fn new(generation_bytes: usize) -> Self {
        Self { young: FxHashMap::default(), old: FxHashMap::default(), young_bytes: 0, generation_bytes }
    }

    pub(crate) fn get(&mut self, objects: &mut Objects, id: ObjectId) -> Result<Rc<Vec<u8>>, Unreadable> {
        let tree = match self.young.entry(id) {
            MapEntry::Occupied(entry) => return Ok(Rc::clone(entry.get())),
            MapEntry::Vacant(entry) => {
                let tree = match self.old.remove(&id) {
                    Some(tree) => tree,
                    None => objects.tree(&id)?,
                };
                Rc::clone(entry.insert(tree))
            }
        };
        self.young_bytes += tree.len();
        if self.young_bytes > self.generation_bytes {
            mem::swap(&mut self.old, &mut self.young);
            #[expect(clippy::iter_over_hash_type, reason = "which memory is used again changes no result")]
            for (_, dropped) in self.young.drain() {
                objects.give_back(dropped);
            }
            self.young_bytes = 0;
        }
        Ok(tree)
    }
}

/// A pair of folders to compare. At least one of them exists.
struct FolderPair {
    path: BString,
    old: Option<ObjectId>,
    new: Option<ObjectId>,
}

/// The paths that differ between two trees, without renames.
pub(crate) fn diff(
    objects: &mut Objects,
    trees: &mut TreeCache,
    old: Option<ObjectId>,
    new: ObjectId,
) -> Result<Vec<RawChange>, Unreadable> {
    let mut changes = Vec::new();
    let mut budget = TreeBudget::new();
    let mut pending = vec![FolderPair { path: BString::default(), old, new: Some(new) }];
    while let Some(pair) = pending.pop() {
        // Equal ids mean equal folders, so most of a tree is never read.
        if pair.old == pair.new {
            continue;
        }
        let mut side = |id: Option<ObjectId>| id.map(|id| trees.get(objects, id)).transpose();
        let (old, new) = (side(pair.old)?, side(pair.new)?);
        let bytes = |tree: &Option<Rc<Vec<u8>>>| tree.clone().unwrap_or_default();
        let (old, new) = (bytes(&old), bytes(&new));
        for (id, tree) in [(pair.old, &old), (pair.new, &new)] {
            id.map_or(Ok(()), |id| budget.walk(id, tree.len()))?;
        }
        // An id of nothing has no kind, and `compare_entries` only pushes pairs with at least one
        // side.
        let hash = pair.old.or(pair.new).expect("one side is there").kind();
        walk_both(&old, &new, hash, |old, new| {
            compare_entries(pair.path.as_ref(), old, new, &mut budget, &mut pending, &mut changes);
        })?;
        budget.check()?;
    }
    Ok(changes)
}

/// Calls `each` in tree order for every name that may differ between two raw trees, with the entries of
/// that name and of one sort (folder or not).
fn walk_both<'a>(
    old: &'a [u8],
    new: &'a [u8],
    hash: gix::hash::Kind,
    mut each: impl FnMut(Option<TreeEntry<'a>>, Option<TreeEntry<'a>>),
) -> Result<(), Unreadable> {
    let mut old = Entries::new(old, hash);
    let mut new = Entries::new(new, hash);
    let (mut a, mut b) = (None, None);
    loop {
        if a.is_none() && b.is_none() {
            // While an entry waits on one side, the two iterators are not at the same name.
            old.skip_equal(&mut new);
        }
        if a.is_none() {
            a = old.next().transpose()?;
        }
        if b.is_none() {
            b = new.next().transpose()?;
        }
        let order = match (&a, &b) {
            (None, None) => return Ok(()),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(a), Some(b)) => a.order(b),
        };
        let left = if order.is_le() { a.take() } else { None };
        let right = if order.is_ge() { b.take() } else { None };
        each(left, right);
    }
}

/// True if two entries of one name are equal or both are missing.
fn are_same(old: Option<&TreeEntry<'_>>, new: Option<&TreeEntry<'_>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => old.same_object(new) && old.kind == new.kind,
        (None, None) => true,
        _ => false,
    }
}

/// Compares two entries of one name and of one sort (folder or not), or one entry with nothing.
fn compare_entries(
    folder: &BStr,
    old: Option<TreeEntry<'_>>,
    new: Option<TreeEntry<'_>>,
    budget: &mut TreeBudget,
    pending: &mut Vec<FolderPair>,
    changes: &mut Vec<RawChange>,
) {
    if are_same(old.as_ref(), new.as_ref()) {
        return;
    }
    let entry = old.or(new).expect("one side is there");
    // The caller checks the budget after the folder.
    if budget.path(folder.len(), entry.name.len()).is_err() {
        return;
    }
    let path = join(folder, entry.name);
    if entry.kind == EntryKind::Folder {
        pending.push(FolderPair { path, old: old.map(|entry| entry.id()), new: new.map(|entry| entry.id()) });
    } else {
        let side = |entry: TreeEntry<'_>| ChangeSide { id: entry.id(), kind: entry.kind };
        changes.push(RawChange { path, from: None, old: old.map(side), new: new.map(side), others: None });
    }
}

/// A folder of a merge and of its parents; `None` where it is missing.
struct MergedFolder {
    path: BString,
    parents: Vec<Option<ObjectId>>,
    merged: Option<ObjectId>,
}

/// The entries of one name and one sort in a merge and in those of its parents compared so far. None of
/// them equals the merge's.
struct MergedEntry<'a> {
    parents: Vec<Option<TreeEntry<'a>>>,
    merged: Option<TreeEntry<'a>>,
}

impl<'a> MergedEntry<'a> {
    fn named(&self) -> TreeEntry<'a> {
        self.merged.or(self.parents[0]).expect("it differs from the first parent, so one of both is there")
    }
}

/// Returns the paths of a merge that differ from all of its parents, with the first parent as the old side.
///
/// A folder that equals the same folder of any parent contains no such path and is not read, so a merge
/// without conflicts costs a few trees.
fn merge_diff(
    objects: &mut Objects,
    trees: &mut TreeCache,
    parents: &[ObjectId],
    merged: ObjectId,
) -> Result<Vec<RawChange>, Unreadable> {
    let mut changes = Vec::new();
    let mut budget = TreeBudget::new();
    let parents = parents.iter().map(|id| Some(*id)).collect();
    let mut pending = vec![MergedFolder { path: BString::default(), parents, merged: Some(merged) }];
    while let Some(folder) = pending.pop() {
        if folder.parents.contains(&folder.merged) {
            continue;
        }
        let mut read = |id: Option<ObjectId>| match id {
            Some(id) => trees.get(objects, id),
            None => Ok(Rc::default()),
        };
        let new = read(folder.merged)?;
        let old: Vec<Rc<Vec<u8>>> = folder.parents.iter().map(|id| read(*id)).collect::<Result<_, _>>()?;
        let ids = folder.parents.iter().chain([&folder.merged]);
        for (id, tree) in ids.zip(old.iter().chain([&new])) {
            id.map_or(Ok(()), |id| budget.walk(id, tree.len()))?;
        }
        for entry in differing_from_all(&old, &new, merged.kind())? {
            let named = entry.named();
            // A change keeps one side per parent.
            budget
                .path(folder.path.len() + entry.parents.len() * size_of::<ChangeSide>(), named.name.len())?;
            let path = join(folder.path.as_ref(), named.name);
            let id = |entry: Option<TreeEntry<'_>>| entry.map(|entry| entry.id());
            if named.kind == EntryKind::Folder {
                let parents = entry.parents.iter().map(|parent| id(*parent)).collect();
                pending.push(MergedFolder { path, parents, merged: id(entry.merged) });
            } else {
                let side =
                    |entry: Option<TreeEntry<'_>>| entry.map(|it| ChangeSide { id: it.id(), kind: it.kind });
                let (old, new) = (side(entry.parents[0]), side(entry.merged));
                let others = entry.parents[1..].iter().map(|parent| side(*parent)).collect();
                changes.push(RawChange { path, from: None, old, new, others: Some(others) });
            }
        }
    }
    Ok(changes)
}

/// Returns the names in the raw tree of a merge that differ from the trees of all parents.
///
/// Few names differ from the first parent, and only those are looked up in the others.
fn differing_from_all<'a>(
    parents: &'a [Rc<Vec<u8>>],
    merged: &'a [u8],
    hash: gix::hash::Kind,
) -> Result<Vec<MergedEntry<'a>>, Unreadable> {
    let (first, others) = parents.split_first().expect("a merge has parents");
    let mut differing = Vec::new();
    walk_both(first, merged, hash, |old, new| {
        if !are_same(old.as_ref(), new.as_ref()) {
            differing.push(MergedEntry { parents: vec![old], merged: new });
        }
    })?;
    for parent in others {
        let mut entries = Entries::new(parent, hash);
        // `differing` is in tree order like every tree, so one pass over each further parent
        // suffices.
        let mut head = entries.next().transpose()?;
        let mut rest = Vec::with_capacity(differing.len());
        for mut entry in differing {
            let named = entry.named();
            while head.is_some_and(|head| head.order(&named).is_lt()) {
                head = entries.next().transpose()?;
            }
            let found = head.filter(|head| head.order(&named).is_eq());
            if !are_same(found.as_ref(), entry.merged.as_ref()) {
                entry.parents.push(found);
                rest.push(entry);
            }
        }
        differing = rest;
    }
    Ok(differing)
}
