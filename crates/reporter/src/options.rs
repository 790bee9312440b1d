//! Everything that a report depends on besides the scan and the incidents.

use debtscan_findings::brief::GoalState;
use debtscan_findings::{AreaRule, AreaSource, LossRules};
use debtscan_incidents::Accounts;
use debtscan_model::Timestamp;

use crate::parameters::RankingParameters;
use crate::price::PriceModel;

/// Everything that a report depends on besides the scan and the incidents.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportOptions {
    /// Where the areas come from.
    pub area_source: AreaSource,
    /// `[[area]]` rules, in file order.
    pub area_rules: Vec<AreaRule>,
    /// Commits that touch more source files than this are not recent activity; they stay in the churn.
    pub max_files_per_commit: usize,
    /// The constants of the ranking; their limit of wide commits gives way to `max_files_per_commit`.
    pub ranking: RankingParameters,
    /// The model for incidents without a recorded cost, and exchange rates.
    pub price: PriceModel,
    /// Customer accounts; `None` without an accounts file.
    pub accounts: Option<Accounts>,
    /// What was agreed about areas.
    pub goals: Vec<AgreedGoal>,
    /// Whether incidents that opened after `as_of` are part of the report.
    pub later: Later,
    /// Which losses make data incomplete.
    pub losses: LossRules,
    /// Whether every output hides titles of incidents and names of accounts.
    pub privacy: Privacy,
    /// The project's name, shown in outputs.
    pub project: Option<String>,
    /// Whether every output says that nothing is real.
    pub is_invented: bool,
    /// Version of debtscan, shown in outputs.
    pub tool_version: &'static str,
}

impl ReportOptions {
    /// The constants in force.
    pub(crate) fn parameters(&self) -> RankingParameters {
        RankingParameters { max_commit_source_files: self.max_files_per_commit, ..self.ranking }
    }
}

/// What was agreed for an area (`[[ask]]`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedGoal {
    /// The area, by name or id.
    pub area: String,
    /// What was agreed.
    pub state: GoalState,
    /// When.
    pub since: Option<Timestamp>,
    /// Until when.
    pub until: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When to look whether it worked.
    pub review: Option<Timestamp>,
    /// The largest number of incidents in a quarter.
    pub max_incidents: Option<u32>,
    /// The share of incidents that the fixes prevent in their places, in thousandths.
    pub prevents: Option<u32>,
}

impl AgreedGoal {
    /// Whether the last day, which is part of it, has passed.
    pub(crate) fn is_over(&self, as_of: Timestamp) -> bool {
        self.until.is_some_and(|until| until.plus_days(1) <= as_of)
    }
}

/// What becomes of incidents that opened after `as_of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Later {
    /// They count in no figure.
    #[default]
    Excluded,
    /// They are placed like all others, and nothing is hidden: for looking at an incident file.
    Kept,
}

/// What of the incidents may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Privacy {
    /// All of it.
    #[default]
    Open,
    /// No titles, no names of accounts, and no values of rejected cells, which may hold either.
    Redacted,
}
