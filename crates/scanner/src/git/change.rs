//! What a commit did to a path, before and after its lines are counted.

use bstr::BString;
use debtscan_model::{LineDelta, Skipped};
use gix::ObjectId;

use super::tree::EntryKind;

/// One side of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Side {
    pub(crate) id: ObjectId,
    pub(crate) kind: EntryKind,
}

impl Side {
    /// Stands for either side of a change whose lines are known already: all that is still asked is
    /// whether there is one.
    pub(crate) const KNOWN: Self = Self { id: ObjectId::null(gix::hash::Kind::Sha1), kind: EntryKind::File };
}

/// One path in one commit, before lines are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawChange {
    /// The path as the commit names it; for a deletion the path that is gone.
    pub(crate) path: BString,
    /// The path it was renamed from.
    pub(crate) from: Option<BString>,
    pub(crate) old: Option<Side>,
    pub(crate) new: Option<Side>,
    /// In a merge: what every other parent has there; `None` for other commits.
    pub(crate) others: Option<Box<[Option<Side>]>>,
}

/// What one commit changed.
#[derive(Debug, Default)]
pub(crate) struct CommitDiff {
    /// Sorted by path, unique.
    pub(crate) changes: Vec<RawChange>,
    pub(crate) skipped: Vec<Skipped>,
    /// Whether every object that was asked for could be read, and the parents were there.
    pub(crate) is_whole: bool,
    /// Whether only exact renames were looked for, because there were too many candidates.
    pub(crate) hit_rename_limit: bool,
}

impl CommitDiff {
    pub(super) fn skipped(why: Skipped) -> Self {
        Self { skipped: vec![why], ..Self::default() }
    }
}

/// Whether `.gitattributes` decides about a path being text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum TextRule {
    /// No attribute: binary if a NUL is among the first 8000 bytes.
    #[default]
    Detect,
    /// `diff`: always text.
    Text,
    /// `-diff` or `binary`: never compared.
    Binary,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    Lines(LineDelta),
    Binary,
    TooLarge,
    Unreadable,
}
