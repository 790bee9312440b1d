//! Everything that touches gix: its types do not leave this module.

pub(crate) mod attributes;
mod ends;
pub(crate) mod hunks;
mod line_table;
pub(crate) mod lines;
pub(crate) mod mailmap;
mod objects;
mod open;
mod packs;
pub(crate) mod path_in_tree;
mod renames;
mod shortest_edit;
mod similarity;
pub(crate) mod tokens;
pub(crate) mod tree;
mod tree_diff;
pub(crate) mod walk;

pub(crate) use gix::ObjectId;
#[cfg(test)]
pub(crate) use gix::hash::Kind as HashKind;
pub(crate) use objects::{CacheLimits, Objects, Unreadable};
pub(crate) use open::{Opened, commit_id, commit_time, identity, object_id, open};
pub(crate) use similarity::is_binary;
pub(crate) use tree_diff::{
    CommitDiff, Comparison, RawChange, Side, TreeReader, compare_commits, rename_source,
};
