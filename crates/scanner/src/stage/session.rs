//! What every stage of a scan is given.

use debtscan_model::TimeWindow;
use rayon::ThreadPool;

use debtscan_git::open::OpenRepository;
use crate::options::{Keep, ScanOptions};
use crate::progress::Progress;

/// What a scan looks at, and what is known already.
pub(crate) struct Session<'a> {
    pub(crate) options: &'a ScanOptions,
    pub(crate) pool: &'a ThreadPool,
    pub(crate) opened: &'a OpenRepository,
    pub(crate) window: TimeWindow,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) rules: TreeRules,
    pub(crate) keep: Keep,
}

/// Whether the scanned tree may hide changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TreeRules {
    /// `.debtscanignore` and `-diff` of `.gitattributes` apply.
    Apply,
    /// Neither applies.
    Ignore,
}
