//! Prices and customers in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::values::{Figure, MoneyJson, Time};
use crate::price::formula_text;
use crate::words::basis_code;
use debtscan_findings::{CustomerImpact, Customers, Price, PricedLine};

/// How a cost is known.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct PriceJson {
    /// `recorded`: the export states it; `modelled`: the configured model does.
    basis: &'static str,
    /// The lines of the configuration behind the amount, which is their sum; empty for a cost that is
    /// taken as recorded.
    parts: Vec<PricePartJson>,
    /// The recorded cost in its own currency, when it was converted; `null` otherwise.
    original: Option<MoneyJson>,
}

/// A part of a price.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PricePartJson {
    /// The key of the configuration: `price.effort_hour`.
    line: String,
    /// The computation, for people: `3.5 h x $95.00`.
    formula: String,
    /// What it gives.
    amount: MoneyJson,
}

impl PriceJson {
    pub(crate) fn new(price: &Price) -> Self {
        let part = |part: &debtscan_findings::PricePart| PricePartJson {
            line: part.line.clone(),
            // In words, because the key of the configuration and the amount are what a program
            // needs.
            formula: formula_text(&part.formula),
            amount: MoneyJson::new(part.amount),
        };
        Self {
            basis: basis_code(price.basis),
            parts: price.parts.iter().map(part).collect(),
            original: price.original.map(MoneyJson::new),
        }
    }
}

/// What one line of the configuration priced.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PriceLineJson {
    /// The key: `price.effort_hour`.
    line: String,
    /// Incidents that it priced, or had a part in.
    incidents: usize,
    /// What it gives over all of them.
    cost: Vec<MoneyJson>,
}

impl PriceLineJson {
    pub(super) fn list(lines: &[PricedLine]) -> Vec<Self> {
        let line = |it: &PricedLine| Self {
            line: it.line.clone(),
            incidents: it.incidents,
            cost: MoneyJson::list(&it.cost),
        };
        lines.iter().map(line).collect()
    }
}

/// What the incidents mean for customers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CustomersJson {
    /// Accounts read.
    accounts_known: usize,
    /// Names in incidents that no account has.
    unknown_names: usize,
    /// Over all incidents, placed or not.
    all: ImpactJson,
}

impl CustomersJson {
    pub(super) fn new(customers: &Customers) -> Self {
        Self {
            accounts_known: customers.known,
            unknown_names: customers.unknown,
            all: ImpactJson::new(&customers.all),
        }
    }
}

/// The accounts that some incidents hit.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ImpactJson {
    /// How often any account was hit: incidents and accounts paired.
    hits: u32,
    /// The mean share here of the incidents that hit them, `0..=1`; 0 without any.
    incident_share: Figure,
    /// What the accounts pay a year, each counted once here; at risk, not lost, and no part of any cost.
    /// Sums over areas count an account once per area.
    revenue_per_year: Vec<MoneyJson>,
    /// Accounts whose renewal is in the 365 days after `as_of`.
    renewals_ahead: u32,
    /// What those pay a year.
    renewals_ahead_revenue_per_year: Vec<MoneyJson>,
    /// The first of those renewals; `null` without any.
    next_renewal_at: Option<Time>,
    /// The accounts, the largest revenue first.
    accounts: Vec<AccountJson>,
}

/// One account.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AccountJson {
    /// Its name; with `--redact` a number.
    account: String,
    /// Incidents that hit it.
    incidents: u32,
    /// What it pays a year; `null` when unknown.
    revenue_per_year: Option<MoneyJson>,
    /// When its contract ends or renews; `null` when unknown.
    renewal_at: Option<Time>,
    /// The risk of losing it, as written; `null` when unknown.
    risk: Option<String>,
}

impl ImpactJson {
    pub(crate) fn new(impact: &CustomerImpact) -> Self {
        let account = |hit: &debtscan_findings::AccountHit| AccountJson {
            account: hit.account.clone(),
            incidents: hit.incidents,
            revenue_per_year: hit.revenue.map(MoneyJson::new),
            renewal_at: hit.renewal.map(Time::new),
            risk: hit.risk.clone(),
        };
        Self {
            hits: impact.hits,
            incident_share: Figure::new(impact.incident_share),
            // Beside the cost and never in it: what an account pays is not lost by an incident.
            revenue_per_year: MoneyJson::list(&impact.revenue),
            renewals_ahead: impact.renewals,
            renewals_ahead_revenue_per_year: MoneyJson::list(&impact.renewal_revenue),
            next_renewal_at: impact.next_renewal.map(Time::new),
            accounts: impact.accounts.iter().map(account).collect(),
        }
    }
}
