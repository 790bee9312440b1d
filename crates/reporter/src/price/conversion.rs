//! Exchange rates of one day.

use std::collections::BTreeMap;

use debtscan_findings::{PriceFormula, PricePart};
use debtscan_incidents::{Currency, Decimal, Money, MoneyOverflow};

/// `[price.rates]`: the target currency, the rates and their day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The currency that amounts are converted into.
    pub to: Currency,
    /// The day of the rates as written (`2026-01-31`), shown with every converted amount.
    pub date: String,
    /// What one whole unit of a currency is worth in `to`.
    pub rates: BTreeMap<Currency, Decimal>,
}

impl Conversion {
    /// The amount in [`Conversion::to`], rounded once; `None` when it is in that currency already, or
    /// in one without rate.
    ///
    /// # Errors
    /// When the result leaves the 64-bit range.
    pub fn convert(&self, amount: Money) -> Result<Option<PricePart>, MoneyOverflow> {
        let Some(rate) = self.rates.get(&amount.currency).filter(|_| amount.currency != self.to) else {
            return Ok(None);
        };
        Ok(Some(PricePart {
            line: format!("price.rates.{}", amount.currency),
            formula: PriceFormula::Converted { amount, rate: *rate, date: self.date.clone() },
            amount: rate.of(amount, self.to)?,
        }))
    }
}
