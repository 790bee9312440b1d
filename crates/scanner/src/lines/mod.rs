//! Following lines through history, on request and for chosen files.
//!
//! The walk visits the versions of a file, newest first. It compares each version with those it was made
//! from and passes on the lines they have in common; the remaining lines were written there. One walk finds
//! the writer of each line, as `git blame` does, and the commits that changed each function, as `git log
//! -L` does, but also through moves within the file.

pub(crate) mod graph;
pub(crate) mod lineage;
pub(crate) mod origins;
mod ranges;
mod version_graph;
pub(crate) mod walk;
