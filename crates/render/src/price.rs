//! Amounts and price formulas in words.

use debtscan_findings::PriceFormula;
use debtscan_incidents::Costs;

use crate::number::{counted, exact_money, money};

/// All amounts other than zero.
pub(crate) fn amounts(costs: &Costs) -> Vec<String> {
    costs.iter().filter(|money| money.minor != 0).map(money).collect()
}

/// All amounts other than zero, in parentheses after a space; empty if there are none.
pub(crate) fn in_parentheses(costs: &Costs) -> String {
    let amounts = amounts(costs);
    if amounts.is_empty() { String::new() } else { format!(" ({})", amounts.join(", ")) }
}

const MINUTE: u32 = 60;
const HOUR: u32 = 3600;

/// The formula of a `[price]` line: `3.5 h x $95.00`.
pub(crate) fn formula_text(formula: &PriceFormula) -> String {
    match formula {
        PriceFormula::Effort { seconds, rate } => {
            format!("{} h x {}", in_units(*seconds, HOUR), exact_money(*rate))
        }
        PriceFormula::Elapsed { seconds, rate } => {
            format!("{} min x {}", in_units(*seconds, MINUTE), exact_money(*rate))
        }
        PriceFormula::Once => "once".to_owned(),
        PriceFormula::Credits { customers, credit } => {
            let noun = if *customers == 1 { "customer" } else { "customers" };
            format!("{customers} {noun} x {}", exact_money(*credit))
        }
        PriceFormula::RevenueAtRisk { share, revenue, accounts } => {
            format!("{share} x {} of {}", exact_money(*revenue), counted(*accounts, "account", "accounts"))
        }
        PriceFormula::Converted { amount, rate, date } => {
            format!("{} x {rate} of {date}", exact_money(*amount))
        }
    }
}

/// Seconds in hours or minutes, up to two decimals.
fn in_units(seconds: u64, unit: u32) -> String {
    // For reading only. The amount was computed from whole seconds.
    let text = format!("{:.2}", seconds as f64 / f64::from(unit));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
