//! How sentences of a plan name shares, fixes, benefits and days.

use super::super::amounts::{date, rounded};
use crate::number::{figure, nearest, significant};
use crate::text::visible;
use debtscan_findings::brief::AskSource;
use debtscan_findings::plan::{FixPlan, PlanUnit, PlannedFix};
use debtscan_model::Timestamp;

/// Thousandths as per cent: `25%`, `12.5%`.
pub(crate) fn percent(thousandths: u32) -> String {
    let (whole, tenths) = (thousandths / 10, thousandths % 10);
    if tenths == 0 { format!("{whole}%") } else { format!("{whole}.{tenths}%") }
}

/// How a sentence names a fix: the id of a ticket, the number of a proposal.
pub(crate) fn label(plan: &FixPlan, position: usize) -> String {
    match plan.source {
        AskSource::Tickets => visible(plan.fixes[position].fix.id.as_bytes()),
        AskSource::Proposals => format!("fix {}", position + 1),
    }
}

/// A benefit with two significant digits: `$21,000`, `1.2 incidents`.
pub(crate) fn benefit(plan: &FixPlan, value: f64) -> String {
    match plan.unit {
        PlanUnit::Money(currency) => rounded(value, currency),
        PlanUnit::Incidents => {
            let number = significant(value, 2);
            let is_one = nearest(number * 100.0) == 100;
            format!("{} {}", figure(number), if is_one { "incident" } else { "incidents" })
        }
    }
}

/// What a week's delay of a fix costs.
pub(crate) fn week(plan: &FixPlan, fix: &PlannedFix) -> String {
    let value = fix.per_year / 365.0 * 7.0;
    match plan.unit {
        PlanUnit::Money(currency) => rounded(value, currency),
        PlanUnit::Incidents => figure(significant(value, 2)),
    }
}

/// A day of the plan in words.
pub(crate) fn date_of(plan: &FixPlan, day: Timestamp) -> String {
    date(day, plan.head.as_of)
}
