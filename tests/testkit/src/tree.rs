//! A tree in memory: every path below the root with its mode and content id.

use std::collections::{BTreeMap, BTreeSet};

use bstr::{BStr, BString, ByteSlice};
use gix::ObjectId;
use gix::objs::tree::{Entry, EntryKind, EntryMode};

/// Every leaf of a tree by its full path.
#[derive(Debug, Clone, Default)]
pub(crate) struct TreeContent {
    leaves: BTreeMap<BString, TreeLeaf>,
}

/// A file, symbolic link or submodule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TreeLeaf {
    pub(crate) mode: EntryMode,
    pub(crate) id: ObjectId,
}

impl TreeContent {
    /// Puts a leaf and removes what it replaces: a file where a folder is needed, or a folder where a file
    /// is needed.
    pub(crate) fn put(&mut self, path: &BStr, leaf: TreeLeaf) {
        assert!(
            path.split(|byte| *byte == b'/').all(|component| !component.is_empty()),
            "{path:?} is not a repository path"
        );
        // git has no way to keep both a file `a` and a file `a/b`, so the older one goes.
        for slash in path.find_iter("/") {
            self.leaves.remove(&path[..slash]);
        }
        for below in self.at_or_below(path) {
            self.leaves.remove(&below);
        }
        self.leaves.insert(path.to_owned(), leaf);
    }

    /// Removes a leaf or a whole folder and returns its content, as (path, leaf).
    ///
    /// # Panics
    /// When nothing is at `path`: the test describes an impossible history.
    pub(crate) fn take(&mut self, path: &BStr) -> Vec<(BString, TreeLeaf)> {
        let taken: Vec<_> = self
            .at_or_below(path)
            .into_iter()
            .filter_map(|found| self.leaves.remove(&found).map(|leaf| (found, leaf)))
            .collect();
        assert!(!taken.is_empty(), "nothing is at {path:?}");
        taken
    }

    /// Puts the result of [`TreeContent::take`] under another name.
    pub(crate) fn put_moved(&mut self, taken: Vec<(BString, TreeLeaf)>, from: &BStr, to: &BStr) {
        for (path, leaf) in taken {
            let target = [to.as_bytes(), &path[from.len()..]].concat();
            self.put(target.as_bstr(), leaf);
        }
    }

    fn at_or_below(&self, path: &BStr) -> Vec<BString> {
        let folder = BString::from([path.as_bytes(), b"/"].concat());
        let is_within = |candidate: &&BString| candidate.starts_with(&folder);
        // The paths below a folder are next to each other in a sorted map. The final slash matters:
        // without it `a` would take `ab` and `a.rs` with it.
        let below = self.leaves.range(folder.clone()..).map(|(path, _)| path).take_while(is_within);
        self.leaves.get_key_value(path).map(|(path, _)| path).into_iter().chain(below).cloned().collect()
    }

    /// Writes all tree objects and returns the root's id.
    pub(crate) fn write(&self, repo: &gix::Repository) -> ObjectId {
        self.write_recording(repo, &mut BTreeSet::new())
    }

    /// Like [`TreeContent::write`], and adds the ids of all trees and of all blobs to `objects`.
    pub(crate) fn write_recording(
        &self,
        repo: &gix::Repository,
        objects: &mut BTreeSet<ObjectId>,
    ) -> ObjectId {
        let leaves: Vec<_> = self.leaves.iter().map(|(path, leaf)| (path.as_bstr(), *leaf)).collect();
        write_folder(repo, &leaves, objects)
    }
}

/// Writes one folder; the paths are relative to it and sorted.
fn write_folder(
    repo: &gix::Repository,
    leaves: &[(&BStr, TreeLeaf)],
    objects: &mut BTreeSet<ObjectId>,
) -> ObjectId {
    let mut folders: BTreeMap<&BStr, Vec<(&BStr, TreeLeaf)>> = BTreeMap::new();
    let mut entries = Vec::new();
    for (path, leaf) in leaves {
        if let Some(slash) = path.find_byte(b'/') {
            folders.entry(path[..slash].as_bstr()).or_default().push((path[slash + 1..].as_bstr(), *leaf));
        } else {
            // A submodule's commit is no object of this repository:
            // [`RepoBuilder::shallow`](crate::RepoBuilder::shallow) must not look for it.
            if !leaf.mode.is_commit() {
                objects.insert(leaf.id);
            }
            entries.push(Entry { mode: leaf.mode, filename: (*path).to_owned(), oid: leaf.id });
        }
    }
    for (name, below) in folders {
        let oid = write_folder(repo, &below, objects);
        entries.push(Entry { mode: EntryKind::Tree.into(), filename: name.to_owned(), oid });
    }
    // git sorts a folder as if its name ended with `/`, and rejects a tree in plain order of names.
    // The order of `Entry` is git's.
    entries.sort();
    let id = repo
        .write_object(gix::objs::Tree { entries })
        .expect("a tree object can be written into a temporary folder")
        .detach();
    objects.insert(id);
    id
}
