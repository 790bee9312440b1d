//! What moved since an earlier plan, and why.

use debtscan_findings::plan::{FixMove, FixPlan, LastPlan, MoveReason, PlannedFix};
use debtscan_incidents::{EarlierFix, EarlierPlan};
use debtscan_model::Timestamp;

/// Changes of a value below this many per cent are no reason to move.
const LEAST_CHANGE: u32 = 10;

/// Compares a plan with an earlier one.
pub(super) fn moves(plan: &FixPlan, earlier: &EarlierPlan) -> LastPlan {
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    let mut moves = Vec::new();
    let mut unchanged = 0;
    for before in &earlier.fixes {
        let now = plan.fixes.iter().find(|it| same(&it.fix.id, &before.id));
        if now.is_some_and(|now| Some(now.done) == before.done) {
            unchanged += 1;
            continue;
        }
        let is_known = plan.left_out.iter().any(|it| same(&it.id, &before.id));
        let why = match now {
            None if !is_known => MoveReason::Gone,
            _ => reason(plan, earlier, before, now),
        };
        moves.push(FixMove {
            id: before.id.clone(),
            title: now.map_or_else(|| before.title.clone(), |now| now.fix.title.clone()),
            before: before.done,
            now: now.map(|now| now.done),
            why,
        });
    }
    for now in &plan.fixes {
        if !earlier.fixes.iter().any(|before| same(&before.id, &now.fix.id)) {
            let was_known = earlier.left_out.iter().any(|id| same(id, &now.fix.id));
            moves.push(FixMove {
                id: now.fix.id.clone(),
                title: now.fix.title.clone(),
                before: None,
                now: Some(now.done),
                why: if was_known { shared_reason(plan, earlier) } else { MoveReason::New },
            });
        }
    }
    LastPlan { as_of: earlier.as_of, moves, unchanged }
}

fn reason(
    plan: &FixPlan,
    earlier: &EarlierPlan,
    before: &EarlierFix,
    now: Option<&PlannedFix>,
) -> MoveReason {
    let is_past =
        |day: Timestamp| plan.teams.iter().all(|team| team.sprints.first().is_none_or(|it| day < it.start));
    let effort = now.and_then(|now| now.fix.effort).map(|effort| effort.likely);
    let left_out = || plan.left_out.iter().find(|it| it.id.eq_ignore_ascii_case(&before.id));
    let effort = effort.or_else(|| left_out().and_then(|it| it.effort));
    if let (Some(before), Some(now)) = (before.effort, effort)
        && before != now
    {
        return MoveReason::Effort { before, now };
    }
    let was: Option<f64> = before.per_year.and_then(|value| value.to_string().parse().ok());
    if let (Some(was), Some(now)) = (was.filter(|was| *was > 0.0), now) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a ratio of two benefits"
        )]
        let percent = (now.per_year / was * 100.0).round().clamp(0.0, 1e9) as u32;
        if percent.abs_diff(100) >= LEAST_CHANGE {
            return MoveReason::Value { percent };
        }
    }
    if before.done.is_some_and(is_past) {
        return MoveReason::Passed;
    }
    shared_reason(plan, earlier)
}

fn shared_reason(plan: &FixPlan, earlier: &EarlierPlan) -> MoveReason {
    match earlier.capacity {
        Some(before) if before != plan.capacity => MoveReason::Capacity { before, now: plan.capacity },
        _ => MoveReason::Others,
    }
}
