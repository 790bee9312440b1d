//! How to tell whether it worked, and what was agreed.

use debtscan_model::Timestamp;

/// How to tell whether the fixes worked.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// When to look: a year after the fixes, or as the configuration says.
    pub date: Timestamp,
    /// The day from which incidents count.
    pub from: Timestamp,
    /// Who looks: as the configuration says.
    pub owner: Option<String>,
    /// At most this many incidents by then are an improvement; `None` when even 0 could be luck.
    pub better_at_most: Option<u64>,
    /// The probability of at most that number, or of none, if nothing had been done, `0..=1`.
    pub better_by_luck: f64,
    /// At least this many incidents are worse.
    pub worse_from: u64,
    /// The rule to sign.
    pub rule: Rule,
    /// The goal of the configuration; `None` without any.
    pub goal: Option<Goal>,
}

/// More incidents than this in a quarter, and the next sprint goes to the area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// The largest number of incidents in 91 days that is still ordinary.
    pub limit: u64,
    /// Whether the configuration sets it; else it is the smallest that chance exceeds in at most 1 of 20 quarters.
    pub is_agreed: bool,
    /// The probability that a quarter exceeds it by chance if nothing is done, `0..=1`.
    pub by_chance: f64,
    /// Incidents of the 91 days to `as_of`.
    pub last_quarter: u32,
}

impl Rule {
    /// Whether the last quarter exceeded it.
    pub fn is_exceeded(&self) -> bool {
        // Above it, not at it: the limit itself is still ordinary.
        u64::from(self.last_quarter) > self.limit
    }
}

/// What was agreed for an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// What was agreed.
    pub state: GoalState,
    /// When it was agreed; `None` when not written down.
    pub since: Option<Timestamp>,
    /// Until when; `None` without an end.
    pub until: Option<Timestamp>,
    /// Whether that day has passed at `as_of`.
    pub is_over: bool,
    /// Why; `None` when not written down.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Incidents that began since then; `None` without a date.
    pub incidents_since: Option<u32>,
    /// Incidents expected over the same days by today's model; `None` without a date or a model.
    pub expected_since: Option<f64>,
}

/// What was agreed for an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalState {
    /// Fixes are planned.
    Planned,
    /// It is watched, without fixes.
    Watched,
    /// The risk is accepted.
    Accepted,
}
