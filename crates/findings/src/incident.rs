//! One incident: its dates, its price and where it was placed.

use debtscan_model::Timestamp;

use crate::introduction::Introduction;
use crate::placement::PlacementReport;
use crate::price::Price;
use crate::recorded::Hours;
use debtscan_incidents::Money;

/// One incident.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentReport {
    /// Its id.
    pub id: String,
    /// Its title; may be empty.
    pub title: String,
    /// When it began, as the ranking dates it.
    pub opened: Option<Timestamp>,
    /// Which date that is; `None` without one.
    pub dated_by: Option<DateBasis>,
    /// When it was over.
    pub resolved: Option<Timestamp>,
    /// The severity as written.
    pub severity: Option<String>,
    /// What it cost, recorded or modelled.
    pub cost: Option<Money>,
    /// How the cost is known, and by which lines of the configuration; `None` without a cost.
    pub price: Option<Price>,
    /// Hours of work, and hours open.
    pub hours: Hours,
    /// Customers affected.
    pub customers: Option<u64>,
    /// Link to the tracker.
    pub url: Option<String>,
    /// Where it was placed.
    pub placement: PlacementReport,
    /// Whether it takes part in the ranking; if not, why not.
    pub excluded: Option<RankingExclusion>,
    /// What probably introduced it; `None` when that was not asked for, or no commit is known to have
    /// fixed it.
    pub introduced: Option<Introduction>,
}

/// Which date is used as the beginning of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateBasis {
    /// The one that the export gives.
    Opened,
    /// That of its first fix commit, as the export gives none.
    FirstFix,
    /// When it was resolved, as nothing else is known.
    Resolved,
}

/// Why an incident is counted in the recorded cost but not in the ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RankingExclusion {
    /// It could not be placed.
    Unplaced,
    /// It has no date.
    Undated,
    /// It happened, or became known, after `as_of`.
    AfterAsOf,
    /// Its fix touches more than 40 source files.
    WideFix,
    /// None of its files is a present source file.
    NoPresentSource,
}
