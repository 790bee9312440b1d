//! What an incident cost: as recorded, else by the model that the user configured.
//!
//! [`price`] gives every incident one amount or none, and says for each whether it is recorded or
//! modelled, and by which line of the configuration. No price is built in: without a configuration
//! only recorded costs count.

mod conversion;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use conversion::Conversion;

use debtscan_findings::{Basis, Price, PriceFormula, PricePart};
use debtscan_incidents::{Accounts, Currency, Decimal, Incident, Incidents, Money, MoneyOverflow, Severity};

/// `[price]` of the configuration: what an incident without a recorded cost is taken to have cost.
///
/// All amounts are in one currency. Nothing set: nothing is modelled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PriceModel {
    /// The currency of all amounts (`price.currency`); there whenever one of them is.
    pub currency: Option<Currency>,
    /// Per hour that people worked on it (`price.effort_hour`); charged on effort alone, never on
    /// the time that passed.
    pub effort_hour: Option<Money>,
    /// Per minute from beginning to end (`price.elapsed_minute`): what customers went without.
    pub elapsed_minute: Option<Money>,
    /// Per incident by severity (`[price.severity]`), by words of the tracker or names of the scale;
    /// where neither effort nor elapsed time priced it.
    pub severity: Vec<(String, Money)>,
    /// Credit given to each customer hit (`price.customer_credit`).
    pub customer_credit: Option<Money>,
    /// Part of the yearly revenue of each affected account that counts as lost
    /// (`price.revenue_at_risk`), `0..=1`.
    pub revenue_at_risk: Option<Decimal>,
    /// Exchange rates (`[price.rates]`); without them currencies stay apart.
    pub conversion: Option<Conversion>,
}

/// The prices of all incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pricing<'a> {
    /// The incidents with `cost` set to the amount of their price: same order. Borrowed where the costs are
    /// those that are recorded.
    pub incidents: Cow<'a, Incidents>,
    /// One per incident; `None` when nothing states what it cost.
    pub prices: Vec<Option<Price>>,
    /// Recorded costs in a currency that a configured conversion has no rate for.
    pub without_rate: usize,
}

/// Prices every incident: the recorded cost; else the sum of what the model says of its effort, its
/// elapsed time, the credits to its customers and the revenue at risk, or, without effort and elapsed
/// time, of its severity.
///
/// Amounts are rounded to the minor unit once per line, halves away from zero.
///
/// # Errors
/// When an amount leaves the 64-bit range.
pub fn price<'a>(
    incidents: &'a Incidents,
    model: &PriceModel,
    accounts: &Accounts,
) -> Result<Pricing<'a>, MoneyOverflow> {
    let mut priced = Cow::Borrowed(incidents);
    let mut prices = Vec::with_capacity(incidents.list.len());
    let mut without_rate = 0;
    for (position, incident) in incidents.list.iter().enumerate() {
        let price = match incident.cost {
            Some(cost) => {
                let price = recorded(cost, model)?;
                let is_foreign = model.conversion.as_ref().is_some_and(|it| it.to != cost.currency);
                without_rate += usize::from(is_foreign && price.original.is_none());
                Some(price)
            }
            None => modelled(incident, model, accounts)?,
        };
        let cost = price.as_ref().map(|price| price.amount);
        // Without a change, nothing is copied.
        if cost != incident.cost {
            priced.to_mut().list[position].cost = cost;
        }
        prices.push(price);
    }
    Ok(Pricing { incidents: priced, prices, without_rate })
}

fn recorded(cost: Money, model: &PriceModel) -> Result<Price, MoneyOverflow> {
    let converted =
        model.conversion.as_ref().map(|conversion| conversion.convert(cost)).transpose()?.flatten();
    Ok(match converted {
        Some(part) => {
            Price { basis: Basis::Recorded, amount: part.amount, parts: vec![part], original: Some(cost) }
        }
        None => Price { basis: Basis::Recorded, amount: cost, parts: Vec::new(), original: None },
    })
}

fn modelled(
    incident: &Incident,
    model: &PriceModel,
    accounts: &Accounts,
) -> Result<Option<Price>, MoneyOverflow> {
    let mut parts = Vec::new();
    if let (Some(rate), Some(seconds)) = (model.effort_hour, incident.effort_seconds) {
        let formula = PriceFormula::Effort { seconds, rate };
        parts.push(part("price.effort_hour", formula, rate.times(seconds, HOUR)?));
    }
    if let (Some(rate), Some(elapsed)) = (model.elapsed_minute, incident.elapsed()) {
        let formula = PriceFormula::Elapsed { seconds: elapsed.seconds, rate };
        parts.push(part("price.elapsed_minute", formula, rate.times(elapsed.seconds, MINUTE)?));
    }
    // Severity says less than hours or minutes do, so it is asked only without them.
    if parts.is_empty()
        && let Some((word, amount)) = model.of_severity(incident)
    {
        parts.push(part(&format!("price.severity.{word}"), PriceFormula::Once, amount));
    }
    if let (Some(credit), Some(customers)) = (model.customer_credit, incident.customers) {
        let formula = PriceFormula::Credits { customers, credit };
        parts.push(part("price.customer_credit", formula, credit.times(customers, 1)?));
    }
    if let Some(share) = model.revenue_at_risk {
        parts.extend(at_risk(incident, share, model, accounts)?);
    }
    let Some(first) = parts.first() else { return Ok(None) };
    let currency = first.amount.currency;
    let mut minor = 0_i64;
    for part in &parts {
        minor = minor.checked_add(part.amount.minor).ok_or(MoneyOverflow)?;
    }
    Ok(Some(Price { basis: Basis::Modelled, amount: Money { minor, currency }, parts, original: None }))
}

/// A part of the yearly revenue of the accounts that an incident hit; `None` without any in the
/// model's currency.
fn at_risk(
    incident: &Incident,
    share: Decimal,
    model: &PriceModel,
    accounts: &Accounts,
) -> Result<Option<PricePart>, MoneyOverflow> {
    let Some(currency) = model.currency else { return Ok(None) };
    let (mut minor, mut number) = (0_i64, 0_usize);
    for account in accounts.hit_by(incident) {
        let Some(revenue) = accounts.list[account].revenue else { continue };
        let conversion = model.conversion.as_ref();
        let converted = conversion.map(|conversion| conversion.convert(revenue)).transpose()?.flatten();
        let revenue = converted.map_or(revenue, |part| part.amount);
        // Revenue in a currency without a rate cannot be added to another, so it is excluded.
        if revenue.currency == currency {
            minor = minor.checked_add(revenue.minor).ok_or(MoneyOverflow)?;
            number += 1;
        }
    }
    if number == 0 {
        return Ok(None);
    }
    let revenue = Money { minor, currency };
    let formula = PriceFormula::RevenueAtRisk { share, revenue, accounts: number };
    Ok(Some(part("price.revenue_at_risk", formula, share.of(revenue, currency)?)))
}

impl PriceModel {
    /// Whether it can price anything.
    pub fn is_empty(&self) -> bool {
        self.effort_hour.is_none()
            && self.elapsed_minute.is_none()
            && self.severity.is_empty()
            && self.customer_credit.is_none()
            && self.revenue_at_risk.is_none()
    }

    /// The price of a severity: by the tracker's own words, else by the name on the scale.
    fn of_severity(&self, incident: &Incident) -> Option<(&str, Money)> {
        let written = incident.severity.as_deref().map(|text| text.trim().to_lowercase());
        let by_words = self.severity.iter().find(|(word, _)| Some(word.trim().to_lowercase()) == written);
        let level = incident.severity_level;
        let by_level =
            || self.severity.iter().find(|(word, _)| level.is_some() && Severity::parse(word) == level);
        by_words.or_else(by_level).map(|(word, amount)| (word.as_str(), *amount))
    }
}

const MINUTE: u32 = 60;
const HOUR: u32 = 3600;

fn part(line: &str, formula: PriceFormula, amount: Money) -> PricePart {
    PricePart { line: line.to_owned(), formula, amount }
}
