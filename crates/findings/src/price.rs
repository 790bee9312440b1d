//! How the cost of an incident is known.

use debtscan_incidents::{Decimal, Money};

/// How an amount is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The export states it.
    Recorded,
    /// The configured model states it.
    Modelled,
}

/// What an incident cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// How that is known.
    pub basis: Basis,
    /// The amount: the sum of the parts, if there are any.
    pub amount: Money,
    /// The lines behind it, in the order of the configuration; empty for a cost that is used as
    /// recorded.
    pub parts: Vec<PricePart>,
    /// The recorded cost in its own currency, when it was converted.
    pub original: Option<Money>,
}

/// One line of the configuration that made an amount, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricePart {
    /// The key: `price.effort_hour`.
    pub line: String,
    /// How it makes it.
    pub formula: PriceFormula,
    /// What it gives.
    pub amount: Money,
}

/// How a line of the configuration makes an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceFormula {
    /// Hours of work at a rate per hour.
    Effort {
        /// Seconds of work.
        seconds: u64,
        /// Per hour.
        rate: Money,
    },
    /// Minutes from beginning to end at a rate per minute.
    Elapsed {
        /// Seconds from beginning to end.
        seconds: u64,
        /// Per minute.
        rate: Money,
    },
    /// Once per incident.
    Once,
    /// A credit to each customer.
    Credits {
        /// How many.
        customers: u64,
        /// The credit.
        credit: Money,
    },
    /// A part of what the accounts pay a year.
    RevenueAtRisk {
        /// The part.
        // Exact, as written: 0.1 has no exact float, and an amount must be the same on every
        // machine.
        share: Decimal,
        /// What they pay together.
        revenue: Money,
        /// How many.
        accounts: usize,
    },
    /// An amount in another currency.
    Converted {
        /// The amount.
        amount: Money,
        /// What one unit of its currency is worth.
        rate: Decimal,
        /// The day of the rate, as written.
        date: String,
    },
}
