//! What moved since an earlier plan, and why.

use super::super::words::{note, section};
use super::words::{date_of, percent};
use crate::document::{Look, Note, Section};
use crate::number::counted;
use crate::text::visible;
use debtscan_findings::plan::{FixMove, FixPlan, MoveReason};

/// What moved; `None` without an earlier plan.
pub(super) fn moves(plan: &FixPlan) -> Option<Section> {
    let last = plan.last.as_ref()?;
    let mut notes: Vec<Note> = last.moves.iter().map(|it| moved(plan, it)).collect();
    if last.unchanged > 0 {
        let text = counted(last.unchanged, "fix stays in its sprint", "fixes stay in their sprints");
        notes.push(note(format!("{text}.")));
    }
    if notes.is_empty() {
        notes.push(note("Neither plan has a fix."));
    }
    let aside = last.as_of.map_or_else(String::new, |day| format!("of {}", date_of(plan, day)));
    Some(Section { aside, ..section("SINCE THE LAST PLAN", notes) })
}

fn moved(plan: &FixPlan, it: &FixMove) -> Note {
    let what = match (it.before, it.now) {
        (Some(before), Some(now)) if now > before => {
            format!("later: from {} to {}", date_of(plan, before), date_of(plan, now))
        }
        (Some(before), Some(now)) => {
            format!("earlier: from {} to {}", date_of(plan, before), date_of(plan, now))
        }
        (None, Some(now)) => format!("new in the plan, done by {}", date_of(plan, now)),
        (_, None) => "no longer in the plan".to_owned(),
    };
    let why = match it.why {
        MoveReason::New => "it was not known then".to_owned(),
        MoveReason::Gone => "nobody asks for it any more".to_owned(),
        MoveReason::Effort { before, now } => format!("its effort went from {before} to {now} engineer-days"),
        MoveReason::Capacity { before, now } => {
            format!("the capacity for fixes went from {} to {}", percent(before), percent(now))
        }
        MoveReason::Value { percent } if percent > 100 => {
            format!("what it prevents went up by {}%", percent - 100)
        }
        MoveReason::Value { percent } => format!("what it prevents went down by {}%", 100 - percent),
        MoveReason::Passed => "its sprint has passed".to_owned(),
        MoveReason::Others => "other fixes moved".to_owned(),
    };
    Note::new(visible(it.id.as_bytes()), format!("{what}; {why}."), Look::Plain)
}
