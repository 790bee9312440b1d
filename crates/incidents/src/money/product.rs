//! Amounts times numbers: rates, shares, hours.

use super::amount::{Money, MoneyOverflow};
use super::currency::Currency;
use crate::number::{Decimal, InvalidDecimal};

impl Decimal {
    /// The number as an amount of money, exact.
    ///
    /// # Errors
    /// If it has more decimals than the currency, or leaves the 64-bit range.
    pub fn money(self, currency: Currency) -> Result<Money, InvalidDecimal> {
        let scaled = self.scaled(1, currency.minor_digits()).filter(|scaled| scaled.is_exact);
        let minor = scaled.and_then(|scaled| i64::try_from(scaled.units).ok()).ok_or(InvalidDecimal)?;
        Ok(Money { minor, currency })
    }

    /// `amount x self` in `currency`, which may differ from the amount's, rounded to its minor unit.
    ///
    /// # Errors
    /// If the result leaves the 64-bit range.
    pub fn of(self, amount: Money, currency: Currency) -> Result<Money, MoneyOverflow> {
        let up = 10_i128.pow(currency.minor_digits());
        let down = 10_i128.pow(amount.currency.minor_digits()).checked_mul(10_i128.pow(self.decimals()));
        let digits = i128::try_from(self.digits()).ok();
        // 64 + 64 bits of digits: the product with at most a thousand may not fit.
        let product = digits.and_then(|digits| i128::from(amount.minor).checked_mul(digits));
        let product = product.and_then(|product| product.checked_mul(up)).ok_or(MoneyOverflow)?;
        let rounded = rounded(product, down.ok_or(MoneyOverflow)?);
        let minor = i64::try_from(rounded).map_err(|_| MoneyOverflow)?;
        Ok(Money { minor, currency })
    }
}

impl Money {
    /// `self x quantity / per`, rounded to the minor unit; `per` is above 0.
    ///
    /// # Errors
    /// If the result leaves the 64-bit range.
    pub fn times(self, quantity: u64, per: u32) -> Result<Self, MoneyOverflow> {
        // 64 bits times 64 bits fit 128.
        let product = i128::from(self.minor) * i128::from(quantity);
        let minor = i64::try_from(rounded(product, i128::from(per))).map_err(|_| MoneyOverflow)?;
        Ok(Self { minor, ..self })
    }
}

/// The nearest whole number to `a / b`, halves away from zero; `b` is above 0.
fn rounded(a: i128, b: i128) -> i128 {
    let (whole, rest) = (a / b, a % b);
    // Compared without doubling, which could overflow.
    if rest.abs() >= b - rest.abs() { whole + a.signum() } else { whole }
}

#[cfg(test)]
mod tests {
    use crate::{Currency, Decimal, Money};

    fn money(minor: i64, code: &str) -> Money {
        Money { minor, currency: Currency::new(code).expect("a code") }
    }

    #[test]
    fn an_amount_with_too_many_decimals_is_refused() {
        let decimal = |text| Decimal::parse(text).expect("a number");
        assert_eq!(decimal("95.50").money(Currency::USD), Ok(money(9_550, "USD")));
        assert_eq!(decimal("95.500").money(Currency::USD), Ok(money(9_550, "USD")));
        assert!(decimal("95.505").money(Currency::USD).is_err());
        assert!(decimal("9.5").money(Currency::new("JPY").expect("a code")).is_err());
    }

    #[test]
    fn products_are_rounded_to_the_nearest_minor_unit_halves_away_from_zero() {
        let rate = Decimal::parse("0.925").expect("a number");
        let euro = Currency::new("EUR").expect("a code");
        // 1.00 x 0.925 = 0.925 -> 0.93; 1.01 x 0.925 = 0.93425 -> 0.93
        let cents = [100, 101, -100, 0].map(|minor| rate.of(money(minor, "USD"), euro).expect("small").minor);
        assert_eq!(cents, [93, 93, -93, 0]);
        // 150 yen at 0.0061 euro = 0.915 -> 0.92
        let yen = Decimal::parse("0.0061").expect("a number").of(money(150, "JPY"), euro).expect("small");
        assert_eq!(yen, money(92, "EUR"));
        // 95.00 an hour for 90 seconds = 2.375 -> 2.38
        assert_eq!(money(9_500, "USD").times(90, 3_600), Ok(money(238, "USD")));
        assert!(money(i64::MAX, "USD").times(7_200, 3_600).is_err());
    }
}
