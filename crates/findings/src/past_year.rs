//! What history alone says about the last 365 days, for a report without incidents.

use crate::forecast::Interval;

/// The last 365 days, or the window if it begins later, from history alone.
#[derive(Debug, Clone, PartialEq)]
pub struct PastYear {
    /// Days looked back at: 365, or fewer if the window begins later.
    pub days: i64,
    /// Commits of the period, without merges; those of programs are among them.
    pub changes: usize,
    /// Different people who wrote them, with co-authors, without bots.
    pub people: usize,
    /// The share of repair in them, `0..=1`, corrected for the known errors of the classifier of work, with its 80%
    /// range; `None` of too few.
    pub repair: Option<Interval>,
    /// Where half of the repair fell; `None` of too few repairs in present source files.
    pub repair_half: Option<RepairHalf>,
    /// What was taken back.
    pub taken_back: TakenBack,
    /// The areas that one person knows.
    pub known_by_one: KnownByOne,
}

/// The smallest part of the code in which half of the repair fell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RepairHalf {
    /// Changes seen as repair that touched a present source file.
    pub repairs: u64,
    /// The files that most of it fell in, and how many hold a half of it together.
    pub files: usize,
    /// Present source files.
    pub of_files: usize,
    /// Their share of the lines of code, `0..=1`.
    pub code_share: f64,
}

/// Changes that were taken back (`git revert`) in the period.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TakenBack {
    /// Commits that say that they revert another one, unless that one is a revert itself.
    pub reverts: usize,
    /// Of these, reverts of a commit in the scanned history, for which the age is known.
    pub dated: usize,
    /// Days from the commit to its revert, the median over those; `None` without any.
    pub median_days: Option<f64>,
}

/// The areas whose files have mostly one author: those with a bus factor of 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownByOne {
    /// Names of areas, most lines of code first.
    Areas {
        /// Those whose author is active.
        names: Vec<String>,
        /// Those whose author is not: others may know them by now, but wrote less.
        left: Vec<String>,
        /// Days without a commit after which an author counts as inactive.
        inactive_days: u32,
        /// How many areas were looked at.
        of: usize,
    },
    /// So few people wrote the code that this is no finding.
    SmallTeam {
        /// How many.
        people: usize,
    },
}
