//! The accounts that incidents hit, and whether they may leave.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use debtscan_findings::brief::{AtRisk, CustomerHit};
use debtscan_incidents::Accounts;

use crate::analysis::Analysis;
use crate::customers::AccountNames;
use crate::options::Privacy;

/// Words of a CRM that say that an account may leave; all others are shown and not counted.
const AT_RISK: [&str; 14] = [
    "at risk",
    "at-risk",
    "atrisk",
    "critical",
    "high",
    "high risk",
    "likely",
    "poor",
    "red",
    "true",
    "unhealthy",
    "very high",
    "yes",
    "churning",
];

/// The accounts, by the names that outputs show.
pub(super) struct CaseAccounts<'a> {
    accounts: &'a Accounts,
    naming: AccountNames,
}

impl<'a> CaseAccounts<'a> {
    /// `None` without an accounts file.
    pub(super) fn of(analysis: &Analysis<'a>) -> Option<Self> {
        let accounts = analysis.options.accounts.as_ref()?;
        Some(Self {
            accounts,
            naming: AccountNames::new(accounts, analysis.options.privacy == Privacy::Redacted),
        })
    }

    /// The names of the accounts that an incident hit: sorted.
    pub(super) fn names(&self, analysis: &Analysis<'_>, incident: usize) -> Vec<String> {
        let hit = self.accounts.hit_by(&analysis.incidents().list[incident]);
        let mut names: Vec<String> = hit.into_iter().map(|it| self.naming.name(it).to_owned()).collect();
        names.sort_unstable();
        names
    }

    /// The accounts that some incidents hit: at risk first, then the largest revenue, then by name.
    pub(super) fn hits(
        &self,
        analysis: &Analysis<'_>,
        incidents: impl Iterator<Item = usize>,
    ) -> Vec<CustomerHit> {
        let mut by_account: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for incident in incidents {
            let incident = &analysis.incidents().list[incident];
            for account in self.accounts.hit_by(incident) {
                by_account.entry(account).or_default().push(incident.id.clone());
            }
        }
        let hit = |(position, mut incidents): (usize, Vec<String>)| {
            let account = &self.accounts.list[position];
            incidents.sort_unstable();
            CustomerHit {
                account: self.naming.name(position).to_owned(),
                revenue: account.revenue,
                renewal: account.renewal,
                is_at_risk: account.risk.as_deref().is_some_and(is_at_risk),
                risk: account.risk.clone(),
                incidents,
            }
        };
        let mut hits: Vec<CustomerHit> = by_account.into_iter().map(hit).collect();
        hits.sort_by_key(|hit| {
            let revenue = hit.revenue.map(|revenue| (revenue.minor, revenue.currency));
            (Reverse(hit.is_at_risk), Reverse(revenue), hit.account.clone())
        });
        hits
    }
}

/// How many of the accounts are at risk, and what they pay.
pub(super) fn at_risk(hits: &[CustomerHit]) -> AtRisk {
    let mut found = AtRisk::default();
    for hit in hits.iter().filter(|hit| hit.is_at_risk) {
        found.accounts += 1;
        found.unknown += u32::from(hit.revenue.is_none());
        found.revenue.add_some(hit.revenue);
    }
    found
}

fn is_at_risk(risk: &str) -> bool {
    let folded = risk.trim().to_lowercase();
    AT_RISK.contains(&folded.as_str())
}

#[cfg(test)]
mod tests {
    use super::is_at_risk;

    #[test]
    fn only_words_that_say_so_put_an_account_at_risk() {
        for risk in ["At risk", "HIGH", " red "] {
            assert!(is_at_risk(risk), "{risk}");
        }
        for risk in ["safe", "low", "not at risk", "35 %", ""] {
            assert!(!is_at_risk(risk), "{risk}");
        }
    }
}
