//! What every stage of a scan is given.

use debtscan_model::TimeWindow;
use rayon::ThreadPool;

use crate::git::open::Opened;
use crate::options::ScanOptions;
use crate::progress::Progress;

/// What a scan looks at, and what is known already.
pub(crate) struct Session<'a> {
    pub(crate) options: &'a ScanOptions,
    pub(crate) pool: &'a ThreadPool,
    pub(crate) opened: &'a Opened,
    pub(crate) window: TimeWindow,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) rules: Rules,
    pub(crate) wanted: Wanted,
}

/// What a scan is to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    ScanOnly,
    /// And what questions about lines need.
    Lineage,
}

/// What the scanned tree may say about history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    /// All that it says.
    Today,
    /// Nothing that hides changes: neither `.debtscanignore` nor `-diff` of `.gitattributes`.
    Hindsight,
}
