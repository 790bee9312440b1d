//! Looking up single paths in trees.

use gix::ObjectId;

use super::change::Side;
use super::objects::{Objects, Unreadable};
use super::tree::{Entries, EntryKind};
use super::tree_diff::TreeCache;

/// Finds what a path is in many trees; belongs to one thread.
pub(crate) struct PathFinder {
    trees: TreeCache,
}

impl PathFinder {
    /// Keeps as many trees as `objects` may.
    pub(crate) fn new(objects: &Objects) -> Self {
        Self { trees: TreeCache::new(objects.limits().trees) }
    }

    /// What `path` is in a tree; `None` when it is not there, or is a folder or submodule.
    pub(crate) fn find(
        &mut self,
        objects: &mut Objects,
        tree: ObjectId,
        path: &[u8],
    ) -> Result<Option<Side>, Unreadable> {
        let mut folder = tree;
        let mut components = path.split(|byte| *byte == b'/').peekable();
        while let Some(name) = components.next() {
            let data = self.trees.get(objects, folder)?;
            let is_last = components.peek().is_none();
            let mut found = None;
            for entry in Entries::new(&data, folder.kind()) {
                let entry = entry?;
                if entry.name == name && (entry.kind == EntryKind::Folder) != is_last {
                    found = Some(Side { id: entry.id(), kind: entry.kind });
                    break;
                }
            }
            match found {
                Some(side) if is_last => {
                    return Ok(Some(side).filter(|side| side.kind != EntryKind::Submodule));
                }
                Some(side) => folder = side.id,
                None => return Ok(None),
            }
        }
        Ok(None)
    }
}
