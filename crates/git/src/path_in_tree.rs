//! Looking up single paths in trees.

use gix::ObjectId;

use crate::change::ChangeSide;
use crate::objects::{Objects, Unreadable};
use crate::tree::{Entries, EntryKind};
use crate::tree_diff::TreeCache;

/// Looks up paths in many trees. Each thread needs its own.
pub struct PathFinder {
    trees: TreeCache,
}

impl PathFinder {
    /// Creates one that caches as many trees as `objects` may.
    pub fn new(objects: &Objects) -> Self {
        Self { trees: TreeCache::new(objects.limits().trees) }
    }

    /// Finds the file at `path` in a tree; `None` if there is none, or it is a folder or submodule.
    pub fn find(
        &mut self,
        objects: &mut Objects,
        tree: ObjectId,
        path: &[u8],
    ) -> Result<Option<ChangeSide>, Unreadable> {
        let mut folder = tree;
        let mut components = path.split(|byte| *byte == b'/').peekable();
        while let Some(name) = components.next() {
            let data = self.trees.get(objects, folder)?;
            let is_last = components.peek().is_none();
            let mut found = None;
            for entry in Entries::new(&data, folder.kind()) {
                let entry = entry?;
                if entry.name == name && (entry.kind == EntryKind::Folder) != is_last {
                    found = Some(ChangeSide { id: entry.id(), kind: entry.kind });
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
