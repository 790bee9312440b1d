//! Changes of paths, before and after their lines are counted.

use bstr::BString;
use debtscan_model::{LineDelta, Skipped};
use gix::ObjectId;

use crate::tree::EntryKind;

/// One side of a change: the blob or submodule at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeSide {
    /// The object.
    pub id: ObjectId,
    /// Its kind.
    pub kind: EntryKind,
}

impl ChangeSide {
    /// Stands in for a side whose lines are already known, where only its presence matters.
    pub const KNOWN: Self = Self { id: ObjectId::null(gix::hash::Kind::Sha1), kind: EntryKind::File };
}

/// A changed path in one commit, before its lines are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawChange {
    /// The path after the change; for a deletion, the deleted path.
    pub path: BString,
    /// The path before a rename.
    pub from: Option<BString>,
    /// The side before; `None` for an addition.
    pub old: Option<ChangeSide>,
    /// The side after; `None` for a deletion.
    pub new: Option<ChangeSide>,
    /// For a merge, the same path in every further parent; `None` for other commits.
    pub others: Option<Box<[Option<ChangeSide>]>>,
}

/// The changes of one commit.
#[derive(Debug, Default)]
pub struct CommitDiff {
    /// Sorted by path, unique.
    pub changes: Vec<RawChange>,
    /// Commits and paths that could not be compared completely.
    pub skipped: Vec<Skipped>,
    /// True if every object needed was readable and the parents were present.
    pub is_whole: bool,
    /// True if only exact renames were detected, because there were too many candidates.
    pub hit_rename_limit: bool,
}

impl CommitDiff {
    pub(crate) fn skipped(why: Skipped) -> Self {
        Self { skipped: vec![why], ..Self::default() }
    }
}

/// Whether `.gitattributes` declares a path to be text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextRule {
    /// No attribute: binary if a NUL is among the first 8000 bytes.
    #[default]
    Detect,
    /// `diff`: always text.
    Text,
    /// `-diff` or `binary`: never compared.
    Binary,
}

/// The result of counting the lines of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountResult {
    /// Text, with its added and deleted lines.
    Lines(LineDelta),
    /// Binary content, which has no lines.
    Binary,
    /// Content larger than git compares.
    TooLarge,
    /// Content that cannot be read.
    Unreadable,
}
