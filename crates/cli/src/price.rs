//! `[price]` of the configuration -> the model that prices incidents.

use std::collections::BTreeMap;
use std::fmt;

use debtscan_app::{Conversion, Currency, Decimal, Money, PriceModel};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

/// `[price]`
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PriceSection {
    #[serde(deserialize_with = "crate::value::currency")]
    pub(crate) currency: Option<Currency>,
    pub(crate) effort_hour: Option<Amount>,
    pub(crate) elapsed_minute: Option<Amount>,
    pub(crate) customer_credit: Option<Amount>,
    pub(crate) revenue_at_risk: Option<Amount>,
    pub(crate) severity: BTreeMap<String, Amount>,
    pub(crate) rates: Option<Rates>,
}

/// `[price.rates]`: a date, and the value of one unit of each currency.
#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Rates {
    pub(crate) date: String,
    // No `deny_unknown_fields`: every key beside the date is a currency, and is checked as one
    // below.
    #[serde(flatten)]
    pub(crate) rates: BTreeMap<String, Amount>,
}

/// An exact number, written as a TOML number or as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Amount(Decimal);

impl Amount {
    /// The number.
    pub(crate) fn decimal(self) -> Decimal {
        self.0
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Both `95.10` and `"95.10"` are accepted, since not every TOML writer keeps trailing
        // zeros.
        deserializer.deserialize_any(AmountVisitor)
    }
}

struct AmountVisitor;

impl Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number such as 95.50")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Amount, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Amount, E> {
        // The shortest text that reads back as this number is the text in the file.
        self.visit_str(&value.to_string())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Amount, E> {
        let number = Decimal::parse(text);
        number.map(Amount).map_err(|error| E::custom(format!("`{text}` is not valid here: {error}")))
    }
}

impl PriceSection {
    /// The model; amounts are in the section's currency, else in the project's.
    ///
    /// # Errors
    /// The problem as a phrase.
    pub(crate) fn model(&self, default_currency: Option<Currency>) -> Result<PriceModel, String> {
        let currency = self.currency.or(default_currency);
        let money = |key: &str, amount: Option<Amount>| -> Result<Option<Money>, String> {
            let Some(Amount(decimal)) = amount else { return Ok(None) };
            let currency = currency.ok_or_else(|| format!("{key} {NO_CURRENCY}"))?;
            let money = decimal.money(currency);
            money.map(Some).map_err(|_| format!("{key} has more decimals than {currency}, or is too large"))
        };
        let mut severity = Vec::new();
        for (word, amount) in &self.severity {
            let amount = money(&format!("price.severity.{word}"), Some(*amount))?;
            severity.extend(amount.map(|amount| (word.clone(), amount)));
        }
        let revenue_at_risk = self.revenue_at_risk.map(|Amount(share)| share);
        // A share needs no currency of its own, but the revenue that it is taken of may be in any.
        if revenue_at_risk.is_some() && currency.is_none() {
            return Err(format!("price.revenue_at_risk {NO_CURRENCY}"));
        }
        if revenue_at_risk.is_some_and(|share| !share.is_share()) {
            return Err(
                "price.revenue_at_risk is a fraction of revenue: write 0 to 1, such as 0.02".to_owned()
            );
        }
        Ok(PriceModel {
            currency,
            effort_hour: money("price.effort_hour", self.effort_hour)?,
            elapsed_minute: money("price.elapsed_minute", self.elapsed_minute)?,
            severity,
            customer_credit: money("price.customer_credit", self.customer_credit)?,
            revenue_at_risk,
            conversion: self.rates.as_ref().map(|rates| rates.conversion(currency)).transpose()?,
        })
    }
}

const NO_CURRENCY: &str = "needs a currency: set price.currency";

impl Rates {
    fn conversion(&self, currency: Option<Currency>) -> Result<Conversion, String> {
        let to = currency.ok_or_else(|| format!("price.rates {NO_CURRENCY}"))?;
        if self.date.parse::<Date>().is_err() {
            return Err(format!("price.rates.date `{}` is not a date such as 2026-01-31", self.date));
        }
        let mut rates = BTreeMap::new();
        for (code, Amount(rate)) in &self.rates {
            // Only real codes: a rate of a mistyped currency would never be used, without a word.
            let from = Currency::from_iso(code)
                .ok_or_else(|| format!("price.rates.{code} is not a currency of ISO 4217"))?;
            rates.insert(from, *rate);
        }
        Ok(Conversion { to, date: self.date.clone(), rates })
    }
}

#[cfg(test)]
mod tests {

    use debtscan_app::Currency;

    use super::PriceSection;

    fn section(text: &str) -> PriceSection {
        toml::from_str(text).expect("valid")
    }

    #[track_caller]
    fn refused(text: &str, reason: &str) {
        assert_eq!(section(text).model(None), Err(reason.to_owned()));
    }

    #[test]
    fn amounts_are_exact_whether_written_as_numbers_or_text() {
        let text = "currency = \"EUR\"\neffort_hour = 95.10\nelapsed_minute = \"12.5\"\ncustomer_credit = 5\n\
                    [severity]\n\"SEV-1\" = 20000\n[rates]\ndate = \"2026-01-31\"\nUSD = 0.92\n";
        let model = section(text).model(None).expect("valid");
        let minors =
            [model.effort_hour, model.elapsed_minute, model.customer_credit].map(|it| it.map(|it| it.minor));
        assert_eq!(minors, [Some(9_510), Some(1_250), Some(500)]);
        assert_eq!(model.severity[0].1.minor, 2_000_000);
        let conversion = model.conversion.expect("rates");
        assert_eq!((conversion.date.as_str(), conversion.to.code()), ("2026-01-31", "EUR"));
        assert_eq!(conversion.rates[&Currency::USD].to_string(), "0.92");
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        refused("effort_hour = 95", "price.effort_hour needs a currency: set price.currency");
        refused(
            "currency = \"USD\"\neffort_hour = 95.555",
            "price.effort_hour has more decimals than USD, or is too large",
        );
        refused(
            "currency = \"USD\"\nrevenue_at_risk = 2",
            "price.revenue_at_risk is a fraction of revenue: write 0 to 1, such as 0.02",
        );
        let rates = "currency = \"USD\"\n[rates]\ndate = \"soon\"\n";
        refused(rates, "price.rates.date `soon` is not a date such as 2026-01-31");
        let rates = "currency = \"USD\"\n[rates]\ndate = \"2026-01-31\"\nEURO = 1\n";
        refused(rates, "price.rates.EURO is not a currency of ISO 4217");
        assert!(toml::from_str::<PriceSection>("effort_hour = -1").is_err());
        assert!(toml::from_str::<PriceSection>("effort_hours = 1").is_err());
    }
}
