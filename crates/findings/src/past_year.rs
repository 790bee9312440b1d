//! What history alone says about the last 365 days, for a report without incidents.

/// The last 365 days, or the window if it begins later, from history alone.
#[derive(Debug, Clone, PartialEq)]
pub struct PastYear {
    /// Days looked back at: 365, or fewer if the window begins later.
    pub days: i64,
    /// Commits of the period, without merges; those of programs are among them.
    pub changes: usize,
    /// Different people who wrote them, with co-authors, without bots.
    pub people: usize,
    /// What was taken back.
    pub taken_back: TakenBack,
    /// The areas that one person knows.
    pub known_by_one: KnownByOne,
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

/// The areas that one person knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownByOne {
    /// Names of the areas with a bus factor of 1: most lines of code first. And the areas with a bus factor at all.
    Areas {
        /// Their names.
        names: Vec<String>,
        /// How many areas were looked at.
        of: usize,
    },
    /// So few people wrote the code that this is no finding.
    SmallTeam {
        /// How many.
        people: usize,
    },
}
