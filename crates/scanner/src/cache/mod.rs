//! What earlier scans of a repository found and is still true.
//!
//! Results are keyed by content, so nothing has to be invalidated: a commit by its id (with the way it
//! was compared), a measured file by its blob, path and attributes. A rewritten branch, another
//! window or another revision takes what it shares with earlier scans and leaves the rest. Only whole
//! results are kept: a commit with an unreadable object, or at the edge of a shallow clone, is
//! looked at again the next time.
//!
//! The store changes time only. Whatever goes wrong with it (a damaged file, a full disk, no right to
//! write) is told in [`CacheOutcome`](outcome::CacheOutcome) and stays out of the scan.

mod codec;
mod commits;
mod container;
pub(crate) mod edits;
pub(crate) mod entries;
pub(crate) mod files;
pub(crate) mod folder;
pub(crate) mod line_cache;
pub(crate) mod outcome;
pub(crate) mod rows;
pub(crate) mod segment;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod update;
