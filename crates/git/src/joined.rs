//! Where a merge put the files of a history that it joined, such as a library below a folder.

use std::collections::VecDeque;

use bstr::{BStr, BString, ByteSlice};
use gix::ObjectId;
use rustc_hash::FxHashSet;

use crate::objects::{Objects, Unreadable};
use crate::renames;
use crate::tree::{Entries, EntryKind, join};
use crate::tree_diff::{TreeCache, diff};

/// Finds joined files in the trees of merges.
pub struct JoinedFiles {
    // Declared first, so that it is dropped first: the buffers that `objects` takes back must not be shared.
    trees: TreeCache,
    objects: Objects,
}

impl JoinedFiles {
    /// Creates one that reads through `objects`.
    pub fn new(objects: Objects) -> Self {
        let trees = TreeCache::new(objects.limits().trees);
        Self { trees, objects }
    }

    /// The folder of `merged` whose content is the whole tree `joined`: the one that is least deep, then the first by
    /// path; `None` if there is none.
    pub fn folder_with(&mut self, joined: ObjectId, merged: ObjectId) -> Result<Option<BString>, Unreadable> {
        let mut seen: FxHashSet<ObjectId> = FxHashSet::default();
        let mut pending = VecDeque::from([(BString::default(), merged)]);
        while let Some((path, tree)) = pending.pop_front() {
            let data = self.trees.get(&mut self.objects, tree)?;
            for entry in Entries::new(&data, tree.kind()) {
                let entry = entry?;
                if entry.kind != EntryKind::Folder {
                    continue;
                }
                let (path, id) = (join(path.as_ref(), entry.name), entry.id());
                if id == joined {
                    return Ok(Some(path));
                }
                // Equal folders have equal content, so one of them is enough, however many there are.
                if seen.insert(id) {
                    pending.push_back((path, id));
                }
            }
        }
        Ok(None)
    }

    /// Whether a tree has a folder at a path.
    pub fn has_folder(&mut self, tree: ObjectId, path: &BStr) -> Result<bool, Unreadable> {
        let mut folder = tree;
        for name in path.split_str("/") {
            let data = self.trees.get(&mut self.objects, folder)?;
            let mut found = None;
            for entry in Entries::new(&data, folder.kind()) {
                let entry = entry?;
                if entry.name == name && entry.kind == EntryKind::Folder {
                    found = Some(entry.id());
                    break;
                }
            }
            match found {
                Some(id) => folder = id,
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// The files of `joined` that `merged` has elsewhere under the same name: old and new path.
    pub fn moved(
        &mut self,
        joined: ObjectId,
        merged: ObjectId,
    ) -> Result<Vec<(BString, BString)>, Unreadable> {
        let mut changes = diff(&mut self.objects, &mut self.trees, Some(joined), merged)?;
        let gone = changes.iter().filter(|change| change.new.is_none());
        let names: FxHashSet<BString> = gone.map(|change| name(change.path.as_ref()).to_owned()).collect();
        // Most of what the merge has besides is not the joined history's.
        changes.retain(|change| {
            change.new.is_none() || change.old.is_none() && names.contains(name(change.path.as_ref()))
        });
        renames::detect(&mut self.objects, &mut changes);
        let mut moved: Vec<(BString, BString)> = changes
            .into_iter()
            .filter_map(|change| Some((change.from?, change.path)))
            .filter(|(from, to)| name(from.as_ref()) == name(to.as_ref()))
            .collect();
        moved.sort_unstable();
        Ok(moved)
    }
}

/// The last component of a path.
fn name(path: &BStr) -> &BStr {
    path.rsplit_str("/").next().unwrap_or_default().as_bstr()
}
