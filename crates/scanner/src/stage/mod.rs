//! The stages of a scan, in order: walk, compare, count, measure, assemble.

pub(crate) mod assemble;
pub(crate) mod compare;
pub(crate) mod count;
pub(crate) mod graph;
pub(crate) mod imports;
pub(crate) mod joins;
pub(crate) mod measure;
pub(crate) mod notes;
pub(crate) mod paths;
pub(crate) mod people;
pub(crate) mod pipeline;
pub(crate) mod renamings;
pub(crate) mod rows;
pub(crate) mod session;
pub(crate) mod stale;
pub(crate) mod timeline;
pub(crate) mod versioned;
pub(crate) mod walk;
