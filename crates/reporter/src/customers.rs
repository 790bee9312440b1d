//! The customers that the incidents of an area affected.
//!
//! Their revenue is shown beside cost and never added to it, unless the configuration sets the part
//! of it that counts as lost (`price.revenue_at_risk`).

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use debtscan_findings::{AccountHit, CustomerImpact, Customers};
use debtscan_incidents::{Account, Accounts, Currency, Incidents};
use debtscan_model::Timestamp;

use crate::error::BuildError;

/// How accounts are called in an output.
pub(crate) struct AccountNames {
    names: Vec<String>,
}

impl AccountNames {
    /// By their names, or by numbers in the order of revenue and name.
    pub(crate) fn new(accounts: &Accounts, is_redacted: bool) -> Self {
        if !is_redacted {
            return Self { names: accounts.list.iter().map(|account| account.name.clone()).collect() };
        }
        let mut order: Vec<usize> = (0..accounts.list.len()).collect();
        order.sort_by_key(|position| {
            let account = &accounts.list[*position];
            (Reverse(account.revenue.map(|revenue| (revenue.minor, revenue.currency))), *position)
        });
        let mut names = vec![String::new(); order.len()];
        for (number, position) in order.into_iter().enumerate() {
            names[position] = format!("account {}", number + 1);
        }
        Self { names }
    }

    /// The name of an account, by position in the list.
    pub(crate) fn name(&self, account: usize) -> &str {
        &self.names[account]
    }
}

/// The impact over all incidents, and per group of incidents; `None` without an accounts file.
///
/// `groups` are positions in the list of incidents, each at most once per group, with the share of each there.
pub(crate) fn customers(
    accounts: Option<&Accounts>,
    incidents: &Incidents,
    groups: &[Vec<(usize, f64)>],
    as_of: Timestamp,
    is_redacted: bool,
) -> Option<(Customers, Vec<CustomerImpact>)> {
    let accounts = accounts?;
    let naming = AccountNames::new(accounts, is_redacted);
    let hits: Vec<Vec<usize>> = incidents.list.iter().map(|incident| accounts.hit_by(incident)).collect();
    let impact_of = |group: &mut dyn Iterator<Item = (usize, f64)>| {
        let mut numbers: BTreeMap<usize, u32> = BTreeMap::new();
        let mut shares = 0.0;
        for (incident, share) in group {
            for account in &hits[incident] {
                *numbers.entry(*account).or_insert(0) += 1;
                shares += share;
            }
        }
        let found = impact(accounts, &naming, &numbers, as_of);
        let incident_share = if found.hits == 0 { 0.0 } else { shares / f64::from(found.hits) };
        CustomerImpact { incident_share, ..found }
    };
    let all = impact_of(&mut (0..hits.len()).map(|incident| (incident, 1.0)));
    let unknown = incidents.list.iter().map(|incident| accounts.unknown_in(incident)).sum();
    let by_group = groups.iter().map(|group| impact_of(&mut group.iter().copied())).collect();
    Some((Customers { known: accounts.list.len(), all, unknown }, by_group))
}

/// Checks that the revenue and the customers of any selection can be summed.
pub(crate) fn check_sums(accounts: Option<&Accounts>, incidents: &Incidents) -> Result<(), BuildError> {
    let mut revenue: BTreeMap<Currency, i64> = BTreeMap::new();
    let accounts = accounts.map_or(&[][..], |accounts| &accounts.list);
    for money in accounts.iter().filter_map(|account| account.revenue) {
        let sum = revenue.entry(money.currency).or_insert(0);
        // Absolute amounts, so that no selection of them can overflow.
        let added = money.minor.checked_abs().and_then(|minor| sum.checked_add(minor));
        *sum = added.ok_or(BuildError::Revenue)?;
    }
    let mut customers = incidents.list.iter().filter_map(|incident| incident.customers);
    customers.try_fold(0_u64, u64::checked_add).map(drop).ok_or(BuildError::Customers)
}

fn impact(
    accounts: &Accounts,
    naming: &AccountNames,
    numbers: &BTreeMap<usize, u32>,
    as_of: Timestamp,
) -> CustomerImpact {
    let horizon = as_of.plus_days(365);
    let is_ahead =
        |account: &Account| account.renewal.is_some_and(|renewal| as_of < renewal && renewal <= horizon);
    let mut found = CustomerImpact { hits: numbers.values().sum(), ..CustomerImpact::default() };
    let mut rows: Vec<(usize, AccountHit)> = Vec::new();
    for (position, incidents) in numbers {
        let account = &accounts.list[*position];
        found.revenue.add_some(account.revenue);
        if is_ahead(account) {
            found.renewals += 1;
            found.renewal_revenue.add_some(account.revenue);
            found.next_renewal = [found.next_renewal, account.renewal].into_iter().flatten().min();
        }
        rows.push((
            *position,
            AccountHit {
                account: naming.names[*position].clone(),
                incidents: *incidents,
                revenue: account.revenue,
                renewal: account.renewal,
                risk: account.risk.clone(),
            },
        ));
    }
    rows.sort_by_key(|(position, row)| {
        let revenue = row.revenue.map(|revenue| (revenue.minor, revenue.currency));
        (Reverse(revenue), Reverse(row.incidents), *position)
    });
    found.accounts = rows.into_iter().map(|(_, row)| row).collect();
    found
}
