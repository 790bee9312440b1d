//! Customer accounts: who was hit, what they pay a year, when they decide to stay.
//!
//! Their revenue is shown beside cost and never added to it, unless the configuration says which share
//! of it to count as lost (`price.revenue_at_risk`).

use std::collections::BTreeMap;

use debtscan_model::Timestamp;

use crate::incident::record::Incident;
use crate::incident::rejected::RejectedRow;
use crate::money::amount::Money;

/// One customer account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// Its id in the system that exported it; `None` when the export has none.
    pub id: Option<String>,
    /// What it pays a year; `None` when unknown.
    pub revenue: Option<Money>,
    /// When its contract ends or renews; `None` when unknown.
    pub renewal: Option<Timestamp>,
    /// The risk of losing it, as written; `None` when unknown.
    pub risk: Option<String>,
}

/// All accounts of one run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accounts {
    /// The accounts: sorted by name, then id; the first of several with the same name or id counts.
    pub list: Vec<Account>,
    /// Positions in `list` by name and id, folded.
    by_key: BTreeMap<String, usize>,
    /// What could not be used: sorted.
    pub rejected: Vec<RejectedRow>,
    /// The header that the revenue was read from, where it may mean the customer's own turnover.
    pub doubtful_revenue: Option<String>,
}

impl Accounts {
    /// Sorts and indexes accounts.
    pub fn new(mut list: Vec<Account>) -> Self {
        // Sorted first, so that the order of the files does not decide which of two namesakes is
        // meant.
        list.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let mut by_key = BTreeMap::new();
        for (position, account) in list.iter().enumerate() {
            // Trackers copy either the name or the CRM's ID into a ticket.
            for key in std::iter::once(&account.name).chain(&account.id) {
                by_key.entry(fold(key)).or_insert(position);
            }
        }
        Self { list, by_key, rejected: Vec::new(), doubtful_revenue: None }
    }

    /// The accounts that an incident names, by name or id: positions in `list`, sorted, unique.
    pub fn hit_by(&self, incident: &Incident) -> Vec<usize> {
        let found = incident.accounts.iter().filter_map(|name| self.by_key.get(&fold(name)).copied());
        let mut found: Vec<usize> = found.collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Rows that were read: accounts, and rows that were rejected.
    pub fn rows(&self) -> u64 {
        let dropped = self.rejected.iter().filter(|row| row.is_skipped()).count();
        (self.list.len() + dropped) as u64
    }

    /// How many of the names in an incident are those of no account.
    pub fn unknown_in(&self, incident: &Incident) -> usize {
        incident.accounts.iter().filter(|name| !self.by_key.contains_key(&fold(name))).count()
    }
}

/// Lower case, runs of blanks as one.
fn fold(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
