//! The customers that incidents affected.
//!
//! Their revenue is shown beside cost and never added to it, unless the configuration sets the part
//! of it that counts as lost (`price.revenue_at_risk`).

use debtscan_incidents::{Costs, Money};
use debtscan_model::Timestamp;

/// One affected account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountHit {
    /// Its name; a number when names are hidden.
    pub account: String,
    /// Different incidents that affected it.
    pub incidents: u32,
    /// What it pays a year; `None` when unknown.
    pub revenue: Option<Money>,
    /// When its contract ends or renews; `None` when unknown.
    pub renewal: Option<Timestamp>,
    /// The risk of losing it, as written; `None` when unknown.
    pub risk: Option<String>,
}

/// The accounts that the incidents of an area, or all incidents, affected.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CustomerImpact {
    /// The accounts: largest yearly revenue first, then most incidents, then by name.
    pub accounts: Vec<AccountHit>,
    /// Incidents and accounts paired: how often an account was affected.
    pub hits: u32,
    /// The mean share here of the incidents that hit an account, `0..=1`, each once per account; 0 without any.
    pub incident_share: f64,
    /// What those accounts pay a year, each counted once here. It is at risk, not lost, and no part of
    /// any cost; sums over areas would count an account once per area.
    pub revenue: Costs,
    /// Accounts that renew in the 365 days after `as_of`.
    pub renewals: u32,
    /// What those pay a year.
    pub renewal_revenue: Costs,
    /// The first of those renewals.
    pub next_renewal: Option<Timestamp>,
}

/// The customers that all incidents affected.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Customers {
    /// Accounts read.
    pub known: usize,
    /// Over all incidents, placed or not.
    pub all: CustomerImpact,
    /// Names in incidents that match no account.
    pub unknown: usize,
}
