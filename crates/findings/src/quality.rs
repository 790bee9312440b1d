//! What could not be read, placed or trusted.

use debtscan_model::SkipReason;

use debtscan_incidents::RejectedRow;

/// How serious a remark on the data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Figures are incomplete or wrong; `--strict` fails.
    Loss,
    /// Good to know; nothing is wrong.
    Note,
}

/// A remark on what could not be seen, placed or trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Stable identifier, such as `shallow-clone` or `unattributed-incidents`.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// What, with counts, as one sentence for people.
    pub message: String,
    /// What the reader can do about it, often a command; empty when nothing.
    pub hint: String,
}

/// What could not be read, placed or trusted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trust {
    /// Remarks: losses first, then by code.
    pub remarks: Vec<Remark>,
    /// Skipped things: reason, how many, and up to five subjects. Sorted by reason.
    pub skipped: Vec<(SkipReason, usize, Vec<String>)>,
    /// Values of incident files that could not be used.
    pub rejected: Vec<RejectedRow>,
    /// Defaults in force that are assumptions, one sentence each.
    pub assumptions: Vec<String>,
}

impl Trust {
    /// Adds a remark where it belongs.
    pub fn add(&mut self, remark: Remark) {
        self.remarks.push(remark);
        self.remarks.sort_by(|a, b| (a.severity, a.code).cmp(&(b.severity, b.code)));
    }

    /// Whether nothing was lost; what `--strict` asks.
    pub fn is_whole(&self) -> bool {
        self.remarks.iter().all(|remark| remark.severity != Severity::Loss)
    }
}
