//! What was agreed about areas, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::values::Time;
use crate::words::goal_word;
use debtscan_findings::{AgreedArea, AgreedRule};

/// What was agreed about one area (`[[ask]]`), and what moved since.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct AgreedJson {
    /// Id of the area.
    area: String,
    /// Its name.
    name: String,
    /// `planned`, `watched` or `accepted`.
    state: &'static str,
    /// When it was agreed; `null` when not written down.
    since: Option<Time>,
    /// Until when; `null` without an end.
    until: Option<Time>,
    /// Whether that day has passed.
    over: bool,
    /// Why; `null` when not written down.
    reason: Option<String>,
    /// Who answers for it: as agreed, else the owner of the area; `null` when not known.
    owner: Option<String>,
    /// From when changes are counted: `since`, else 91 days before `as_of`.
    counted_from: Time,
    /// Incidents that count here and began since: ids, oldest first.
    incidents_since: Vec<String>,
    /// How many began in as many days before.
    incidents_before: u32,
    /// Commits to its source files since.
    commits_since: u32,
    /// The same of as many days before.
    commits_before: u32,
    /// The rule that was agreed; `null` without one, or without incidents.
    rule: Option<AgreedRuleJson>,
}

/// More incidents than this in 91 days, and the next sprint goes to the area.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct AgreedRuleJson {
    /// The largest number of incidents that was agreed (`max_incidents`).
    max_incidents: u32,
    /// The first moment after which incidents count.
    counted_from: Time,
    /// Incidents that count here and began since: ids, oldest first.
    incidents: Vec<String>,
    /// Whether there are more than agreed.
    fired: bool,
}

impl AgreedJson {
    pub(super) fn list(agreed: &[AgreedArea]) -> Vec<Self> {
        agreed.iter().map(Self::new).collect()
    }

    fn new(agreed: &AgreedArea) -> Self {
        let moved = &agreed.moved;
        Self {
            area: agreed.area.clone(),
            name: agreed.name.clone(),
            state: goal_word(agreed.state),
            since: agreed.since.map(Time::new),
            until: agreed.until.map(Time::new),
            over: agreed.is_over,
            reason: agreed.reason.clone(),
            owner: agreed.owner.clone(),
            counted_from: Time::new(moved.from),
            incidents_since: moved.incidents.clone(),
            incidents_before: moved.incidents_before,
            commits_since: moved.commits,
            commits_before: moved.commits_before,
            rule: agreed.rule.as_ref().map(AgreedRuleJson::new),
        }
    }
}

impl AgreedRuleJson {
    fn new(rule: &AgreedRule) -> Self {
        Self {
            max_incidents: rule.limit,
            counted_from: Time::new(rule.from),
            incidents: rule.incidents.clone(),
            fired: rule.is_fired(),
        }
    }
}
