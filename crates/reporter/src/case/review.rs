//! How to tell whether it worked, and what was agreed.

use debtscan_findings::brief::{Goal, Review, Rule};
use debtscan_model::Timestamp;

use super::area::AreaIncidents;
use super::calendar::QUARTER_DAYS;
use crate::analysis::Analysis;
use crate::options::AgreedGoal;
use crate::rank::NegativeBinomial;

/// The probability with which chance alone may look like an improvement, or like the opposite. A plain default.
const LUCK: f64 = 0.1;
/// The probability with which a quarter may exceed the rule by chance: 1 quarter in 20. A plain default.
const RULE_BY_CHANCE: f64 = 0.05;
/// Counts among which a limit is looked for.
const MOST: u64 = 1 << 20;

/// How to tell a year after `effective` whether the fixes worked; `counts` is a year in which nothing is done.
pub(super) fn review(
    analysis: &Analysis<'_>,
    counts: NegativeBinomial,
    incidents: &AreaIncidents,
    effective: Timestamp,
    agreed: Option<&AgreedGoal>,
    owner: Option<&String>,
) -> Review {
    // None if even a year without incidents is too likely by chance.
    let better = (0..MOST).take_while(|count| counts.at_most(*count) <= LUCK).last();
    // The first count above the quantile: reached with at most this probability.
    let worse = counts.quantile(1.0 - LUCK) + 1;
    let of_goal = agreed.and_then(|goal| goal.owner.as_ref());
    Review {
        date: agreed
            .and_then(|goal| goal.review)
            .unwrap_or_else(|| effective.plus_days(analysis.parameters.horizon_days)),
        from: effective,
        owner: of_goal.or(owner).cloned(),
        better_at_most: better,
        better_by_luck: counts.at_most(better.unwrap_or(0)),
        worse_from: worse,
        rule: rule(analysis, counts, incidents, agreed),
        goal: agreed.map(|goal| goal_of(analysis, counts, incidents, goal)),
    }
}

fn rule(
    analysis: &Analysis<'_>,
    counts: NegativeBinomial,
    incidents: &AreaIncidents,
    agreed: Option<&AgreedGoal>,
) -> Rule {
    let part = QUARTER_DAYS as f64 / analysis.parameters.horizon_days as f64;
    let quarter = counts.thinned(part);
    let set = agreed.and_then(|goal| goal.max_incidents);
    let limit = set.map_or_else(|| quarter.quantile(1.0 - RULE_BY_CHANCE), u64::from);
    Rule {
        limit,
        is_agreed: set.is_some(),
        by_chance: (1.0 - quarter.at_most(limit)).max(0.0),
        last_quarter: since(analysis, incidents, analysis.scan.as_of.plus_days(-QUARTER_DAYS)),
    }
}

/// Incidents that began after a day, to `as_of`.
fn since(analysis: &Analysis<'_>, incidents: &AreaIncidents, day: Timestamp) -> u32 {
    let as_of = analysis.scan.as_of;
    let is_since = |opened: Timestamp| day < opened && opened <= as_of;
    let count = incidents.main().filter(|part| part.opened.is_some_and(is_since)).count();
    u32::try_from(count).expect("fewer than 2^32 incidents")
}

/// What was agreed for an area, with what happened since.
pub(super) fn goal_of(
    analysis: &Analysis<'_>,
    counts: NegativeBinomial,
    incidents: &AreaIncidents,
    agreed: &AgreedGoal,
) -> Goal {
    let as_of = analysis.scan.as_of;
    let past = agreed.since.filter(|since| *since <= as_of);
    let years = past.map(|since| since.days_until(as_of) / analysis.parameters.horizon_days as f64);
    Goal {
        state: agreed.state,
        since: agreed.since,
        until: agreed.until,
        is_over: agreed.is_over(as_of),
        reason: agreed.reason.clone(),
        owner: agreed.owner.clone(),
        incidents_since: past.map(|day| since(analysis, incidents, day)),
        expected_since: years.filter(|_| counts.mean > 0.0).map(|years| counts.mean * years),
    }
}
