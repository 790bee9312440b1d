//! What was agreed about areas, and what moved since.

use debtscan_model::Timestamp;

use crate::brief::GoalState;

/// What was agreed about one area, and what moved since.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreedArea {
    /// Stable identifier of the area.
    pub area: String,
    /// The name that reports show.
    pub name: String,
    /// What was agreed.
    pub state: GoalState,
    /// When; `None` when not written down.
    pub since: Option<Timestamp>,
    /// Until when; `None` without an end.
    pub until: Option<Timestamp>,
    /// Whether that day has passed at `as_of`.
    pub is_over: bool,
    /// Why; `None` when not written down.
    pub reason: Option<String>,
    /// Who answers for it; `None` when not written down.
    pub owner: Option<String>,
    /// What moved.
    pub moved: Moved,
    /// The rule that was agreed with it; `None` without one, or without incidents.
    pub rule: Option<AgreedRule>,
}

impl AgreedArea {
    /// Whether somebody has to decide: an end has passed, or the rule says so.
    pub fn needs_decision(&self) -> bool {
        self.is_over || self.rule.as_ref().is_some_and(AgreedRule::is_fired)
    }
}

/// What moved in an area since a day, beside as many days before.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The day of the agreement; 91 days before `as_of` when none is written down.
    pub from: Timestamp,
    /// Days from then to `as_of`; at least 1.
    pub days: i64,
    /// Incidents that count here and began since: ids, oldest first.
    pub incidents: Vec<String>,
    /// How many began in as many days before.
    pub incidents_before: u32,
    /// Commits to its source files since.
    pub commits: u32,
    /// The same of as many days before.
    pub commits_before: u32,
}

/// More incidents than this in a quarter, and the next sprint goes to the area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedRule {
    /// The largest number of incidents in 91 days that was agreed.
    pub limit: u32,
    /// The first moment after which incidents count.
    pub from: Timestamp,
    /// Incidents that count here and began since: ids, oldest first.
    pub incidents: Vec<String>,
}

impl AgreedRule {
    /// Whether the next sprint goes to the area.
    pub fn is_fired(&self) -> bool {
        self.incidents.len() > self.limit as usize
    }
}
