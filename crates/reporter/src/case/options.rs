//! What a business case is made with, besides scan, incidents and report options.

use debtscan_incidents::{Currency, EngineerDays, Fixes, Money, Plan, RejectedRow};
use debtscan_model::Timestamp;

/// What a business case is made with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CaseOptions {
    /// The areas with a page, by name or id; empty for the portfolio alone.
    pub areas: Vec<String>,
    /// What an engineer-day costs.
    pub engineer_day: Option<Money>,
    /// Engineer-days that handling an incident takes, by severity: words of the tracker or names of the scale.
    pub handling: Vec<(String, EngineerDays)>,
    /// The same for any other severity, and for none.
    pub handling_other: Option<EngineerDays>,
    /// The currency of past costs to count in; `None` for the only one, or the first.
    pub currency: Option<Currency>,
    /// The share of the incidents in the places of the fixes that they prevent, in thousandths.
    pub prevents: Option<u32>,
    /// Days without a commit after which an author is inactive.
    pub inactive_days: u32,
    /// The teams, the one that makes fixes by default first.
    pub teams: Vec<Team>,
    /// The fixes that are asked for; `None` to propose some.
    pub fixes: Option<Fixes>,
    /// What the teams have planned.
    pub plan: Option<Plan>,
}

impl CaseOptions {
    /// Rows of the files of fixes and of the plan.
    pub(super) fn rows_read(&self) -> u64 {
        let dropped = |rejected: &[RejectedRow]| rejected.iter().filter(|row| row.is_skipped()).count();
        let fixes = self.fixes.as_ref().map_or(0, |fixes| fixes.list.len() + dropped(&fixes.rejected));
        let plan = self.plan.as_ref().map_or(0, |plan| plan.items.len() + dropped(&plan.rejected));
        (fixes + plan) as u64
    }
}

/// A team and its sprints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its name.
    pub name: String,
    /// Engineer-days in a sprint; above 0.
    pub capacity: EngineerDays,
    /// The first day of any sprint.
    pub sprint_start: Timestamp,
    /// Days from one sprint to the next; at least 1.
    pub sprint_days: u32,
    /// When the quarter after this one begins for it; `None` for 91 days after its next sprint.
    pub next_quarter: Option<Timestamp>,
}
