//! What happened in an area.

use debtscan_incidents::{Costs, EngineerDays, Money};
use debtscan_model::{CommitId, RepoPath, Timestamp};

use crate::incident::DateBasis;
use crate::price::Basis;

/// What happened in an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The 365 days to `as_of`.
    pub last: BriefYear,
    /// The 365 days before those.
    pub before: BriefYear,
    /// Incidents mainly here that began earlier.
    pub older: u32,
    /// Incidents mainly here without a date, or with one after `as_of`.
    pub undated: u32,
    /// Where last year's incidents were fixed: functions where they are known, else files; most incidents first.
    /// Places of a single incident are listed only if no place has more.
    pub places: Vec<Place>,
    /// How few files hold at least half of last year's incidents; `None` without incidents.
    pub half: Option<Concentration>,
    /// The accounts that last year's incidents hit: at risk first, then by revenue; `None` without an accounts file.
    pub customers: Option<Vec<CustomerHit>>,
}

/// The incidents of 365 days.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BriefYear {
    /// Those with any part here: newest first, then by id.
    pub incidents: Vec<CaseIncident>,
    /// Incidents with no larger share in another area: each incident counts in one area.
    pub main: u32,
    /// Of those, how many of each severity, as written; the most severe first, then by word. Incidents without one last, with
    /// an empty word.
    pub by_severity: Vec<(String, u32)>,
    /// Sum of the shares here of all incidents.
    pub shares: f64,
    /// This area's part of their recorded cost.
    pub recorded: Costs,
    /// This area's part of their modelled cost.
    pub modelled: Costs,
    /// Incidents mainly here without a cost, or with a cost of 0.
    pub without_cost: u32,
    /// What handling them took, this area's part; `None` unless handling is priced.
    pub handling: Option<Handling>,
}

/// The work of handling incidents, at the price list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handling {
    /// Engineer-days.
    pub days: EngineerDays,
    /// Their price.
    pub cost: Money,
    /// Incidents of a severity that the price list does not have.
    pub unpriced: u32,
}

/// One incident of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseIncident {
    /// Its id.
    pub id: String,
    /// Its title; empty when there is none, or titles are removed.
    pub title: String,
    /// When it began.
    pub opened: Timestamp,
    /// Which date that is.
    pub dated_by: Option<DateBasis>,
    /// The severity as written.
    pub severity: Option<String>,
    /// The area's share of it, `0..=1`.
    pub share: f64,
    /// Whether it counts here: no other area has a larger share.
    pub is_main: bool,
    /// The area's part of its cost, recorded or modelled.
    pub cost: Option<Money>,
    /// How the cost is known.
    pub basis: Option<Basis>,
    /// The area's part of what handling it took at the price list.
    pub handling: Option<Money>,
    /// The fix commits found: sorted.
    pub commits: Vec<CommitId>,
    /// The accounts that it hit, by the names that outputs show: sorted.
    pub accounts: Vec<String>,
}

/// A place where several incidents were fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: RepoPath,
    /// The function; `None` for a file as a whole.
    pub function: Option<String>,
    /// Last year's incidents fixed there: ids, sorted.
    pub incidents: Vec<String>,
}

/// How few files hold at least half of the incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concentration {
    /// The files that hold at least half, by the incidents' shares.
    pub files: usize,
    /// Source files of the area.
    pub of: usize,
}

/// An account that was hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerHit {
    /// Its name; a number when names are removed.
    pub account: String,
    /// What it pays a year; `None` when unknown.
    pub revenue: Option<Money>,
    /// When its contract ends or renews; `None` when unknown.
    pub renewal: Option<Timestamp>,
    /// The risk of losing it, as written; `None` when unknown.
    pub risk: Option<String>,
    /// Whether those words say that it may leave.
    pub is_at_risk: bool,
    /// The incidents that hit it: ids, sorted.
    pub incidents: Vec<String>,
}
