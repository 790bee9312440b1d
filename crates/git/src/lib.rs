//! Reading git repositories: objects, trees, changes, renames, line counts, attributes and people.
//!
//! Takes a path and a revision; gives decoded objects and the differences between them, equal to those of git. Knows
//! no cache, no policy and no threads of its own: a [`SharedObjects`](objects::SharedObjects) gives each thread of
//! the caller a handle. [`create`] writes a new repository; nothing else writes. This is the only crate that depends on
//! gix; of gix's types only [`id::ObjectId`] leaves it.
//!
//! ```no_run
//! use debtscan_git::{open, tree};
//!
//! let opened = open::open(".".as_ref(), "HEAD")?;
//! let (files, skipped) = tree::list(&mut opened.objects.handle(), opened.tree);
//! println!("{} files, {} skipped", files.len(), skipped.len());
//! # Ok::<(), debtscan_git::error::GitError>(())
//! ```
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod attributes;
pub mod change;
pub mod commit;
pub mod create;
mod ends;
pub mod error;
pub mod first_parents;
pub mod hunks;
pub mod id;
pub mod joined;
pub mod limits;
mod line_table;
pub mod lines;
pub mod mailmap;
mod memory_gate;
pub mod objects;
pub mod open;
mod packs;
pub mod path_in_tree;
pub mod renames;
mod shortest_edit;
pub mod similarity;
pub mod tokens;
pub mod tree;
mod tree_budget;
pub mod tree_diff;
