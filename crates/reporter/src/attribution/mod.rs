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
mod view;
mod words;

use debtscan_model::{ChangeIdx, CommitId, CommitIdx, FileIdx, Timestamp};

pub(crate) use ids::IdIndex;
pub(crate) use paths::PathIndex;
pub use place::attribute;
pub(crate) use place::{FixLookup, fixes};
pub(crate) use view::HistoryView;

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

/// The part of an incident on files outside what is scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HiddenChanges {
    /// The sum of the weights of these files; 0 if there are none.
    pub weight: u128,
    /// Their part of the recorded cost; `None` without any.
    pub cost: Option<Money>,
}

/// What the evidence on an incident names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathNames {
    /// Files that all had a part in the incident.
    Files,
    /// A set of files that may have caused the incident.
    Set,
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
        /// Whether each of the files had a part in the incident.
        names: PathNames,
        /// The files: sorted by file, unique, never empty; weights are at least 1.
        links: Vec<Link>,
        /// The part on files outside what is scanned.
        hidden: HiddenChanges,
        /// The fix commits found in the whole history: sorted, unique; empty for paths and areas.
        fixes: Vec<CommitId>,
        /// Those in the scanned part of it: sorted, unique.
        commits: Vec<CommitIdx>,
        /// The changes counted: sorted, unique; empty for paths and areas.
        changes: Vec<ChangeIdx>,
        /// Other evidence: sorted, one entry per method.
        support: Vec<Support>,
    },
    /// It could not be placed in any file.
    Unplaced(UnplacedReason),
}

impl Placement {
    /// The sum of the weights of all its files, hidden ones included; 0 of an unplaced incident.
    pub(crate) fn total_weight(&self) -> u128 {
        match self {
            Self::Attributed { links, hidden, .. } => {
                links.iter().map(|link| u128::from(link.weight)).sum::<u128>() + hidden.weight
            }
            Self::Unplaced(_) => 0,
        }
    }

    /// The part of the incident that is scanned, `0..=1`: 1 of an unplaced one, which is hidden whole or not.
    pub(crate) fn visible_share(&self) -> f64 {
        match self {
            Self::Attributed { hidden, .. } if hidden.weight > 0 => {
                let total = self.total_weight();
                (total - hidden.weight) as f64 / total as f64
            }
            _ => 1.0,
        }
    }

    /// The part of the cost on files that are scanned; `None` without a cost, and of an unplaced incident.
    pub(crate) fn visible_cost(&self) -> Option<Money> {
        let Self::Attributed { links, .. } = self else { return None };
        let mut costs = links.iter().filter_map(|link| link.cost);
        let first = costs.next()?;
        // Cannot overflow: the parts of one cost sum within its bounds.
        Some(costs.fold(first, |sum, cost| Money { minor: sum.minor + cost.minor, ..sum }))
    }

    /// The part of another amount of the incident, in proportion to the weights of the files that are scanned.
    pub(crate) fn visible_part(&self, amount: Money) -> Money {
        match self {
            Self::Attributed { links, hidden, .. } if hidden.weight > 0 => {
                let seen: u64 = links.iter().map(|link| link.weight).sum();
                // Weights of one incident are parts of wholes that sum within 64 bits.
                let hidden = u64::try_from(hidden.weight).unwrap_or(u64::MAX);
                amount.split(&[seen, hidden])[0]
            }
            _ => amount,
        }
    }

    /// The groups of files in which the incident counts as one incident: sorted, unique.
    ///
    /// Those are all groups of its files. If only a set of files is known, the incident counts in no group
    /// unless all of them are in one: that it may have been there does not make it an incident of each.
    pub(crate) fn counted_in<G: Ord>(&self, group_of: impl Fn(FileIdx) -> G) -> Vec<G> {
        let Self::Attributed { links, names, .. } = self else { return Vec::new() };
        let mut groups: Vec<G> = links.iter().map(|link| group_of(link.file)).collect();
        groups.sort_unstable();
        groups.dedup();
        if *names == PathNames::Set && groups.len() > 1 {
            groups.clear();
        }
        groups
    }
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
