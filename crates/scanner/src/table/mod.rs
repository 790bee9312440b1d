//! The tables that stages of a scan pass on to each other.

pub(crate) mod commit;
pub(crate) mod commit_graph;
pub(crate) mod diffs;
pub(crate) mod known;
pub(crate) mod measured;
pub(crate) mod paths;
