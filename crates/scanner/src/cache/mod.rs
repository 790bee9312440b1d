//! Results of earlier scans.
//!
//! Results are keyed by content and never have to be invalidated: a commit by its id and the way it was
//! compared, a measured file by its blob, path and attributes. A rewritten branch, another window or
//! another revision reuses what it has in common with earlier scans and ignores the rest. Only complete
//! results are cached: a commit with an unreadable object, or at the boundary of a shallow clone, is read
//! again in the next scan.
//!
//! The cache affects time only. Its errors (a damaged file, a full disk, a read-only folder) are reported
//! in [`CacheOutcome`](outcome::CacheOutcome) and never affect a scan.

mod codec;
mod commits;
mod container;
pub(crate) mod edits;
pub(crate) mod entries;
pub(crate) mod files;
pub(crate) mod folder;
pub(crate) mod kept;
pub(crate) mod line_cache;
pub(crate) mod outcome;
pub(crate) mod rows;
pub(crate) mod segment;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod update;
