//! Attribution: which files an incident's cost falls on, by which evidence and with which confidence.
//!
//! [`attribute`] gathers the kinds of evidence from the strongest to the weakest. The strongest that
//! leads to files decides; weaker evidence narrows a set of files, and raises or lowers the
//! confidence. An incident without usable evidence stays [`Placement::Unplaced`], with its reason: cost is
//! never spread silently.

mod areas;
mod combine;
mod commits;
mod copies;
mod ids;
mod owners;
mod paths;
mod place;
#[cfg(test)]
mod place_tests;
mod text;
mod ticket;
mod words;

use debtscan_model::{ChangeIdx, CommitIdx, FileIdx, Timestamp};

pub(crate) use paths::PathIndex;
pub use place::attribute;
pub(crate) use place::{Fixes, fixes};

use debtscan_findings::{Confidence, DateBasis, Method, Support, UnplacedReason};
use debtscan_incidents::{Incident, Money};

/// One file's part of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The file; it may be deleted, in which case the cost counts as deleted code.
    pub file: FileIdx,
    /// The weight of this file; the share is `weight / sum of weights` of the incident.
    pub weight: u64,
    /// The part of the incident's recorded cost; `None` when the incident has no cost.
    pub cost: Option<Money>,
}

/// What became of one incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placement {
    /// Its cost falls on files.
    Attributed {
        /// How that is known.
        method: Method,
        /// Confidence in that.
        confidence: Confidence,
        /// The files: sorted by file, unique, never empty; weights are at least 1.
        links: Vec<Link>,
        /// The fix commits found: sorted, unique; empty for paths and areas.
        commits: Vec<CommitIdx>,
        /// The changes counted: sorted, unique; empty for paths and areas.
        changes: Vec<ChangeIdx>,
        /// Other evidence: sorted, one entry per method.
        support: Vec<Support>,
    },
    /// It could not be placed in any file.
    Unplaced(UnplacedReason),
}

/// One incident with its placement and the dates the ranking uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributedIncident {
    /// Position in [`Incidents::list`](debtscan_incidents::Incidents::list).
    pub incident: usize,
    /// What became of it.
    pub placement: Placement,
    /// When it began: the recorded date, else the first fix commit's time, else when it was
    /// resolved; `None` when nothing tells.
    pub opened: Option<Timestamp>,
    /// From when on it is known where it was: the last fix commit's time, else resolved, else
    /// opened; `None` without any.
    pub known: Option<Timestamp>,
    /// Whether its fix touches more than 40 source files, so that the ranking leaves it out.
    pub is_wide: bool,
}

/// What became of all incidents: same length and order as the incidents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribution {
    /// One entry per incident.
    pub incidents: Vec<AttributedIncident>,
}

/// Tells which date the ranking used for an incident.
pub(crate) fn date_basis(incident: &Incident, used: Option<Timestamp>) -> Option<DateBasis> {
    let used = used?;
    Some(if incident.opened.is_some() {
        DateBasis::Opened
    } else if incident.resolved == Some(used) {
        DateBasis::Resolved
    } else {
        DateBasis::FirstFix
    })
}
