//! How the cost of an incident is known.

use debtscan_incidents::Money;

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
    /// The lines behind it, in the order of the configuration; empty for a cost that is taken as
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
    /// The computation, for people: `3.5 h x USD 95.00`.
    pub formula: String,
    /// What it gives.
    pub amount: Money,
}
