//! The inputs that all stages of a scan have in common.

use debtscan_model::TimeWindow;
use rayon::ThreadPool;

use crate::options::{Keep, ScanOptions};
use crate::progress::Progress;
use debtscan_git::open::OpenRepository;
use debtscan_worker::Parsers;

/// The inputs of a scan.
pub(crate) struct Session<'a> {
    pub(crate) options: &'a ScanOptions,
    pub(crate) pool: &'a ThreadPool,
    pub(crate) opened: &'a OpenRepository,
    pub(crate) parsers: &'a Parsers,
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
    /// `-diff` applies, but `.debtscanignore` does not: the whole tree is wanted, with the same line counts.
    HideNoFile,
}
