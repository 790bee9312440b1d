//! How a scan tells its caller how far it is. The callee names and counts, the caller draws.

/// A stage of the scan, in the order in which they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Commits are being found and decoded.
    Walk,
    /// Commits are being compared with their parents.
    Compare,
    /// Lines of changed paths are being counted.
    Count,
    /// Files of the scanned tree are being measured.
    Measure,
    /// Changes are being put together into histories of files.
    Fold,
    /// Lines of files are being followed back through history.
    Lines,
    /// Comments of the scanned tree are being read.
    Comments,
}

impl Phase {
    /// What is being counted, for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Walk => "reading commits",
            Self::Compare => "comparing trees",
            Self::Count => "counting lines",
            Self::Measure => "measuring files",
            Self::Fold => "following files",
            Self::Lines => "following lines",
            Self::Comments => "reading comments",
        }
    }
}

/// Receives progress; called from several threads at once.
pub trait Progress: Sync {
    /// A phase begins; `total` units of work are known to lie ahead, or nobody knows.
    fn begin(&self, phase: Phase, total: Option<u64>);
    /// `n` more units of the current phase are done.
    fn advance(&self, n: u64);
}

/// Ignores all progress.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _phase: Phase, _total: Option<u64>) {}
    fn advance(&self, _n: u64) {}
}
