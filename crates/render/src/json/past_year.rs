//! The last year from history alone, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::values::Figure;
use debtscan_findings::{Interval, KnownByOne, PastYear, RepairHalf};

/// The last 365 days, or the window if it begins later, from history alone.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PastYearJson {
    /// Days looked back at: 365, or fewer if the window begins later.
    days: i64,
    /// Commits of the period, without merges.
    changes: usize,
    /// Different people who wrote them, with co-authors, without bots.
    people: usize,
    /// The share of repair in them, 0 to 1, corrected for the known errors of the classifier; `null` of too few.
    repair_share: Option<RepairShareJson>,
    /// Where half of the repair fell; `null` of fewer than ten repairs in present source files.
    repair_half: Option<RepairHalfJson>,
    /// Commits that revert another one, unless that one is a revert.
    reverts: usize,
    /// Of these, reverts of a commit in the scanned history.
    reverts_dated: usize,
    /// Days from the commit to its revert, the median over those; `null` without any.
    revert_median_days: Option<Figure>,
    /// Areas with a bus factor of 1 whose main author is active, most lines of code first; `null` in a repository of
    /// two people or fewer.
    areas_known_by_one: Option<Vec<String>>,
    /// Areas with a bus factor of 1 whose main author is not, likewise.
    areas_of_one_inactive: Option<Vec<String>>,
    /// Areas with a bus factor; `null` in a repository of two people or fewer.
    areas_looked_at: Option<usize>,
}

/// A share with its 80% range, each 0 to 1.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct RepairShareJson {
    mean: Figure,
    low: Figure,
    high: Figure,
}

/// The fewest files in which half of the repair fell.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct RepairHalfJson {
    /// Changes seen as repair that touched a present source file; one of several files counts in equal parts.
    repairs: u64,
    /// The files.
    files: usize,
    /// Present source files.
    of_files: usize,
    /// Their share of the lines of code, 0 to 1.
    code_share: Figure,
}

impl PastYearJson {
    pub(super) fn new(year: &PastYear) -> Self {
        let (names, left, of) = match &year.known_by_one {
            KnownByOne::Areas { names, left, of, .. } => (Some(names.clone()), Some(left.clone()), Some(*of)),
            KnownByOne::SmallTeam { .. } => (None, None, None),
        };
        Self {
            days: year.days,
            changes: year.changes,
            people: year.people,
            repair_share: year.repair.as_ref().map(RepairShareJson::new),
            repair_half: year.repair_half.as_ref().map(RepairHalfJson::new),
            reverts: year.taken_back.reverts,
            reverts_dated: year.taken_back.dated,
            revert_median_days: year.taken_back.median_days.map(Figure::new),
            areas_known_by_one: names,
            areas_of_one_inactive: left,
            areas_looked_at: of,
        }
    }
}

impl RepairShareJson {
    fn new(share: &Interval) -> Self {
        Self { mean: Figure::new(share.mean), low: Figure::new(share.low), high: Figure::new(share.high) }
    }
}

impl RepairHalfJson {
    fn new(half: &RepairHalf) -> Self {
        Self {
            repairs: half.repairs,
            files: half.files,
            of_files: half.of_files,
            code_share: Figure::new(half.code_share),
        }
    }
}
