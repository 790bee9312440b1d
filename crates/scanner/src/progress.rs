//! Progress reports. The scanner names and counts phases, the caller draws them.

/// A phase of work, in the order in which phases run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Finding and decoding commits.
    Walk,
    /// Comparing commits with their parents.
    Compare,
    /// Counting lines of changed paths.
    Count,
    /// Measuring files of the scanned tree.
    Measure,
    /// Assembling changes into histories of files.
    Fold,
    /// Following lines back through history.
    Lines,
    /// Reading comments of the scanned tree.
    Comments,
}

impl Phase {
    /// A short description for people.
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

    /// Its number among the phases of every scan, and how many these are; `None` for a phase that few commands need.
    pub fn step(self) -> Option<(usize, usize)> {
        let all = [Self::Walk, Self::Compare, Self::Count, Self::Measure, Self::Fold];
        let position = all.iter().position(|phase| *phase == self)?;
        Some((position + 1, all.len()))
    }
}

/// Receives progress. It is called from several threads at once.
pub trait Progress: Sync {
    /// A phase begins, with `total` units of work if the number is known.
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
