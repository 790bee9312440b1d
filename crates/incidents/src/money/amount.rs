//! Money: integer minor units, one currency each, never a float.

use std::collections::BTreeMap;
use std::fmt;

use super::currency::Currency;

/// An amount in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// Integer minor units: cents for USD. Negative for a credit.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// A sum left the range of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyOverflow;

impl fmt::Display for MoneyOverflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the sum of costs is beyond 9.2e18 minor units")
    }
}

impl std::error::Error for MoneyOverflow {}

impl Money {
    /// Splits the amount by integer weights, exactly: the parts sum to the whole.
    ///
    /// Largest remainder method; ties go to the earlier weight. Shape: one part per weight, same
    /// order. All weights zero: every part is as for equal weights.
    pub fn split(self, weights: &[u64]) -> Vec<Self> {
        let equal;
        let weights = if weights.iter().all(|weight| *weight == 0) {
            equal = vec![1; weights.len()];
            &equal[..]
        } else {
            weights
        };
        // A sum of 64-bit weights can exceed 64 bits.
        let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
        // Split by magnitude, so that a credit falls into the same parts as a cost.
        let amount = u128::from(self.minor.unsigned_abs());
        let mut parts: Vec<u128> = Vec::with_capacity(weights.len());
        let mut remainders: Vec<(u128, usize)> = Vec::with_capacity(weights.len());
        for (position, weight) in weights.iter().enumerate() {
            // amount < 2^64 and weight < 2^64, so the product fits 128 bits.
            let product = amount * u128::from(*weight);
            parts.push(product / total);
            remainders.push((product % total, position));
        }
        let rest = amount - parts.iter().sum::<u128>();
        remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let n_extra = usize::try_from(rest).expect("the rest is smaller than the number of parts");
        for (_, position) in remainders.iter().take(n_extra) {
            parts[*position] += 1;
        }
        let sign = if self.minor < 0 { -1 } else { 1 };
        parts
            .into_iter()
            .map(|part| Self {
                minor: sign * i64::try_from(part).expect("a part is no larger than the whole"),
                currency: self.currency,
            })
            .collect()
    }
}

/// Amounts per currency, never mixed. A currency is present once an amount in it was added, zero
/// included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Costs(BTreeMap<Currency, i64>);

impl Costs {
    /// Adds an amount, saturating at the ends of the 64-bit range; [`Costs::try_add`] tells.
    pub fn add(&mut self, money: Money) {
        let sum = self.0.entry(money.currency).or_insert(0);
        *sum = sum.saturating_add(money.minor);
    }

    /// Adds an amount.
    ///
    /// # Errors
    /// When the sum leaves the 64-bit range; nothing is added then.
    pub fn try_add(&mut self, money: Money) -> Result<(), MoneyOverflow> {
        let sum = self.0.entry(money.currency).or_insert(0);
        *sum = sum.checked_add(money.minor).ok_or(MoneyOverflow)?;
        Ok(())
    }

    /// Adds an amount, if there is one.
    pub fn add_some(&mut self, money: Option<Money>) {
        if let Some(money) = money {
            self.add(money);
        }
    }

    /// Adds all amounts of another.
    pub fn add_all(&mut self, other: &Self) {
        for money in other.iter() {
            self.add(money);
        }
    }

    /// The minor units in one currency; 0 when it is absent.
    pub fn minor(&self, currency: Currency) -> i64 {
        self.0.get(&currency).copied().unwrap_or(0)
    }

    /// The amounts: sorted by currency code, unique.
    pub fn iter(&self) -> impl Iterator<Item = Money> + '_ {
        self.0.iter().map(|(currency, minor)| Money { minor: *minor, currency: *currency })
    }

    /// Whether no amount other than zero is in it.
    pub fn is_zero(&self) -> bool {
        self.0.values().all(|minor| *minor == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Costs, Currency, Money};

    fn usd(minor: i64) -> Money {
        Money { minor, currency: Currency::USD }
    }

    fn minors(parts: &[Money]) -> Vec<i64> {
        parts.iter().map(|part| part.minor).collect()
    }

    #[test]
    fn a_split_gives_the_odd_cents_to_the_largest_remainders() {
        // 100 x (1, 1, 1)/3 = 33.33 each; 100 x (5, 3, 1)/9 = 55.56, 33.33, 11.11
        assert_eq!(minors(&usd(100).split(&[1, 1, 1])), [34, 33, 33]);
        assert_eq!(minors(&usd(100).split(&[5, 3, 1])), [56, 33, 11]);
        assert_eq!(minors(&usd(-100).split(&[1, 1, 1])), [-34, -33, -33]);
        assert_eq!(minors(&usd(7).split(&[0, 0])), [4, 3]);
        assert_eq!(minors(&usd(i64::MAX).split(&[u64::MAX, u64::MAX])), [i64::MAX / 2 + 1, i64::MAX / 2]);
    }

    #[test]
    fn currencies_are_kept_apart() {
        let mut costs = Costs::default();
        costs.add(usd(5));
        costs.add(Money { minor: 7, currency: Currency::new("eur").expect("valid") });
        assert_eq!(costs.iter().map(|money| money.minor).collect::<Vec<_>>(), [7, 5]);
        assert!(costs.try_add(usd(i64::MAX)).is_err());
    }
}
