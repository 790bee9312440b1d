//! Everything that touches gix: its types do not leave this module.

pub(crate) mod attributes;
pub(crate) mod change;
pub(crate) mod commit;
mod ends;
pub(crate) mod first_parents;
pub(crate) mod hunks;
pub(crate) mod id;
pub(crate) mod limits;
mod line_table;
pub(crate) mod lines;
pub(crate) mod mailmap;
pub(crate) mod objects;
pub(crate) mod open;
mod packs;
pub(crate) mod path_in_tree;
pub(crate) mod renames;
mod shortest_edit;
pub(crate) mod similarity;
pub(crate) mod tokens;
pub(crate) mod tree;
pub(crate) mod tree_diff;
