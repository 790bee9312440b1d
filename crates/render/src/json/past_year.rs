//! The last year from history alone, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::values::Figure;
use debtscan_findings::{KnownByOne, PastYear};

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
    /// Commits that revert another one, unless that one is a revert.
    reverts: usize,
    /// Of these, reverts of a commit in the scanned history.
    reverts_dated: usize,
    /// Days from the commit to its revert, the median over those; `null` without any.
    revert_median_days: Option<Figure>,
    /// Areas with a bus factor of 1, most lines of code first; `null` in a repository of two people or fewer.
    areas_known_by_one: Option<Vec<String>>,
    /// Areas with a bus factor; `null` in a repository of two people or fewer.
    areas_looked_at: Option<usize>,
}

impl PastYearJson {
    pub(super) fn new(year: &PastYear) -> Self {
        let (names, of) = match &year.known_by_one {
            KnownByOne::Areas { names, of } => (Some(names.clone()), Some(*of)),
            KnownByOne::SmallTeam { .. } => (None, None),
        };
        Self {
            days: year.days,
            changes: year.changes,
            people: year.people,
            reverts: year.taken_back.reverts,
            reverts_dated: year.taken_back.dated,
            revert_median_days: year.taken_back.median_days.map(Figure::new),
            areas_known_by_one: names,
            areas_looked_at: of,
        }
    }
}
