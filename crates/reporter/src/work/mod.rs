//! Where past work went: the kind of every change, and shares corrected for the classifier's known errors.
//!
//! The rules, in order of trust: an author that is a program, an incident that the change fixed, the type of a
//! conventional commit, a trailer, the touched paths, words of the message. Shares are corrected by the classifier's
//! confusion matrix on labelled changes; see `correct`.

mod allocation;
mod classify;
mod correct;
mod labels;
mod paths;
mod sampled;
#[cfg(test)]
mod tests;
mod weigh;

use debtscan_findings::{Interval, WorkKind, WorkMeasure, WorkRow};
use debtscan_model::Timestamp;

pub use self::allocation::{AllocationOptions, allocation};
pub use self::sampled::sample;

use self::classify::classified;
use self::correct::Confusion;
use self::weigh::{Weighed, WorkPeriod, row};
use crate::analysis::Analysis;

/// The work of the days before `as_of`, or of the window if it begins later; `None` without any change.
///
/// Shares are corrected by the labelled changes of public projects.
pub fn recent_work(analysis: &Analysis<'_>, days: i64) -> Option<WorkRow> {
    work_since(analysis, WorkPeriod::start(analysis.scan, days))
}

/// The work since a moment; `None` without any change.
fn work_since(analysis: &Analysis<'_>, from: Timestamp) -> Option<WorkRow> {
    let until = analysis.scan.as_of;
    let work = Weighed::of(analysis, &classified(analysis), WorkPeriod { from, until });
    let all = work.all();
    (all.changes > 0).then(|| row(String::new(), None, &all, &Confusion::public()))
}

/// The share of repair in the changes since a moment, with its 80% range; `None` of too few changes.
pub fn repair_share(analysis: &Analysis<'_>, from: Timestamp) -> Option<Interval> {
    let work = work_since(analysis, from)?;
    work.by(WorkMeasure::Changes).of(WorkKind::Repair).corrected
}

/// The changes of a period that the classifier sees as repair, as positions in the scan's commits, ascending.
pub fn repairs(analysis: &Analysis<'_>, from: Timestamp) -> Vec<debtscan_model::CommitIdx> {
    let kinds = classified(analysis);
    let commits = analysis.scan.commits.iter().enumerate();
    let is_repair = |index: usize| kinds[index].0 == WorkKind::Repair;
    let found = commits.filter(|(index, commit)| {
        commit.time > from && commit.time <= analysis.scan.as_of && is_repair(*index)
    });
    found.map(|(index, _)| debtscan_model::CommitIdx::new(index)).collect()
}
