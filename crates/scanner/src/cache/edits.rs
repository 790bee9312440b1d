//! What earlier walks read about one file, keyed by content, so that it stays true.

use std::sync::Arc;

use bstr::{BStr, BString};
use rustc_hash::FxHashMap;

use debtscan_git::hunks::{FileEdit, Whitespace};
use debtscan_git::id::ObjectId;

/// Which two versions were compared, and how.
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

/// What a path held.
pub(crate) struct PathContent {
    /// `None` when it did not exist.
    pub(crate) blob: Option<ObjectId>,
}

/// Contents and comparisons of the versions of one file.
#[derive(Debug, Clone, Default)]
pub(crate) struct CachedEdits {
    /// Every name that the file had.
    pub(crate) names: Vec<BString>,
    /// By commit and position in `names`: the blob there, if any.
    pub(crate) blobs: FxHashMap<(ObjectId, u32), Option<ObjectId>>,
    pub(crate) edits: FxHashMap<EditKey, Arc<FileEdit>>,
    /// Whether something was added since it was read.
    pub(crate) has_news: bool,
}

impl CachedEdits {
    fn name(&self, name: &[u8]) -> Option<u32> {
        let position = self.names.iter().position(|known| known == BStr::new(name))?;
        Some(u32::try_from(position).expect("few names"))
    }

    /// What a path held at a commit; `None` when that is not known.
    pub(crate) fn content(&self, commit: &ObjectId, name: &[u8]) -> Option<PathContent> {
        let blob = *self.blobs.get(&(*commit, self.name(name)?))?;
        Some(PathContent { blob })
    }

    pub(crate) fn learn_blob(&mut self, commit: ObjectId, name: &[u8], blob: Option<ObjectId>) {
        let name = self.name(name).unwrap_or_else(|| {
            self.names.push(BString::from(name));
            u32::try_from(self.names.len() - 1).expect("few names")
        });
        self.blobs.insert((commit, name), blob);
        self.has_news = true;
    }

    pub(crate) fn learn_edit(&mut self, key: EditKey, edit: FileEdit) -> Arc<FileEdit> {
        let edit = Arc::new(edit);
        self.edits.insert(key, Arc::clone(&edit));
        self.has_news = true;
        edit
    }
}
