//! What follows lines through history, on request and for chosen files.
//!
//! Of every version of a file, the walk takes the lines it still looks for, compares the version with
//! those that it was made from, and passes on what they have too. What is left was written there. One
//! such walk gives the writer of each line, as `git blame` does, and the commits that touched each
//! function, as `git log -L` does and through moves inside the file besides.

mod version_graph;
pub(crate) mod graph;
pub(crate) mod lineage;
pub(crate) mod origins;
mod ranges;
pub(crate) mod walk;
