//! The tables that the stages of a scan hand on to each other.

pub(crate) mod commit;
pub(crate) mod commit_graph;
pub(crate) mod diffs;
pub(crate) mod known;
pub(crate) mod measured;
pub(crate) mod paths;
