//! What a workflow is asked.
//!
//! Requests are complete: whoever makes one decides every default.

use std::path::PathBuf;

use debtscan_findings::LossRules;
use debtscan_incidents::ReadOptions;
use debtscan_reporter::ReportOptions;
use debtscan_scanner::ScanOptions;

use crate::files::FileSource;

/// Which history to read, and how.
#[derive(Debug, Clone)]
pub struct HistoryRequest {
    /// The scan. People have their names in it; [`anonymize`](Self::anonymize) decides about them.
    pub scan: ScanOptions,
    /// Whether people appear under pseudonyms.
    pub anonymize: Anonymize,
    /// Which losses make data incomplete.
    pub losses: LossRules,
    /// The folder that keeps results for the next run; `None` to keep nothing.
    pub cache: Option<PathBuf>,
}

/// Whether people appear under pseudonyms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anonymize {
    /// They keep their names.
    Off,
    /// Pseudonyms that anybody who knows an address can make again.
    On,
    /// Pseudonyms made with the secret in a file.
    WithKey(FileSource),
}

/// Whether to look for the commits that introduced incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindIntroducers {
    /// Do not look for them.
    Off,
    /// Look for them.
    On,
}

/// History joined with incidents.
#[derive(Debug, Clone)]
pub struct ReportRequest {
    /// The history.
    pub history: HistoryRequest,
    /// Whether to look for the commits that introduced incidents.
    pub introducers: FindIntroducers,
    /// Incident files, in order.
    pub incidents: Vec<FileSource>,
    /// How to read them.
    pub reading: ReadOptions,
    /// Accounts files, in order.
    pub accounts: Vec<FileSource>,
    /// Areas, prices, constants and privacy. The accounts are read from [`accounts`](Self::accounts), owners of areas
    /// are renamed as [`Anonymize`] says, and the rules on losses are those of [`history`](Self::history).
    pub options: ReportOptions,
}
