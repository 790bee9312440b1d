//! The cached edits of one file. They are keyed by content, so they never become invalid.

use std::sync::Arc;

use bstr::{BStr, BString};
use debtscan_model::to_u32;
use rustc_hash::FxHashMap;

use debtscan_git::hunks::{FileEdit, Whitespace};
use debtscan_git::id::ObjectId;

/// Two compared versions, and how they were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct EditKey {
    pub(crate) old: ObjectId,
    pub(crate) new: ObjectId,
    pub(crate) ignores_whitespace: bool,
}

impl EditKey {
    pub(crate) fn new(old: ObjectId, new: ObjectId, whitespace: Whitespace) -> Self {
        Self { old, new, ignores_whitespace: whitespace == Whitespace::Ignored }
    }
}

/// The content of a path at a commit.
pub(crate) struct PathContent {
    /// `None` if the path did not exist.
    pub(crate) blob: Option<ObjectId>,
}

/// Contents and edits of the versions of one file.
#[derive(Debug, Clone, Default)]
pub(crate) struct CachedEdits {
    /// All names of the file.
    pub(crate) names: Vec<BString>,
    /// The blob by commit and position in `names`, if any.
    pub(crate) blobs: FxHashMap<(ObjectId, u32), Option<ObjectId>>,
    pub(crate) edits: FxHashMap<EditKey, Arc<FileEdit>>,
    /// True if something was added since it was read.
    pub(crate) has_news: bool,
}

impl CachedEdits {
    fn name(&self, name: &[u8]) -> Option<u32> {
        // A file has few names, so a list needs no map.
        let position = self.names.iter().position(|known| known == BStr::new(name))?;
        Some(to_u32(position))
    }

    /// Returns the content of a path at a commit; `None` if it is not cached.
    pub(crate) fn content(&self, commit: &ObjectId, name: &[u8]) -> Option<PathContent> {
        let blob = *self.blobs.get(&(*commit, self.name(name)?))?;
        Some(PathContent { blob })
    }

    pub(crate) fn learn_blob(&mut self, commit: ObjectId, name: &[u8], blob: Option<ObjectId>) {
        let name = self.name(name).unwrap_or_else(|| {
            self.names.push(BString::from(name));
            to_u32(self.names.len() - 1)
        });
        self.blobs.insert((commit, name), blob);
        self.has_news = true;
    }

    pub(crate) fn learn_edit(&mut self, key: EditKey, edit: FileEdit) -> Arc<FileEdit> {
        let edit = Arc::new(edit);
        // Shared, not copied: the walk uses the edit for lines and functions while the record keeps
        // it.
        self.edits.insert(key, Arc::clone(&edit));
        self.has_news = true;
        edit
    }
}
