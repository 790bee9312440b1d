//! Exact decimal fractions: exchange rates and shares.

use std::fmt;

use debtscan_incidents::{Currency, Money, MoneyOverflow};

/// A number at least 0 with a finite decimal fraction, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    digits: u64,
    /// How many of the digits stand behind the point; at most 12.
    scale: u32,
}

/// The text is not a decimal fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDecimal;

impl fmt::Display for InvalidDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write a number from 0 with at most 12 decimals, such as 0.92")
    }
}

impl std::error::Error for InvalidDecimal {}

impl Decimal {
    /// Reads `12`, `0.92` or `.5`.
    ///
    /// # Errors
    /// When the text is anything else, has a sign, or more than 12 decimals.
    pub fn parse(text: &str) -> Result<Self, InvalidDecimal> {
        const MOST_DECIMALS: usize = 12;
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty()
            || !digits.bytes().all(|byte| byte.is_ascii_digit())
            || fraction.len() > MOST_DECIMALS
        {
            return Err(InvalidDecimal);
        }
        let scale = u32::try_from(fraction.len()).expect("at most 12");
        Ok(Self { digits: digits.parse().map_err(|_| InvalidDecimal)?, scale })
    }

    /// Whether it is at most 1.
    pub fn is_share(self) -> bool {
        u128::from(self.digits) <= 10_u128.pow(self.scale)
    }

    /// The amount as money, exact.
    ///
    /// # Errors
    /// When it has more decimals than the currency, or leaves the 64-bit range.
    pub fn money(self, currency: Currency) -> Result<Money, InvalidDecimal> {
        let minor = i128::from(self.digits) * 10_i128.pow(currency.minor_digits());
        let unit = 10_i128.pow(self.scale);
        if minor % unit != 0 {
            return Err(InvalidDecimal);
        }
        Ok(Money { minor: i64::try_from(minor / unit).map_err(|_| InvalidDecimal)?, currency })
    }

    /// `amount x self`, in a currency perhaps other than the amount's, rounded to its minor unit.
    ///
    /// # Errors
    /// When the result leaves the 64-bit range.
    pub fn of(self, amount: Money, currency: Currency) -> Result<Money, MoneyOverflow> {
        let up = 10_i128.pow(currency.minor_digits());
        let down = 10_i128.pow(amount.currency.minor_digits() + self.scale);
        // 64 + 64 bits of digits: the product with at most a thousand may not fit.
        let product = i128::from(amount.minor).checked_mul(i128::from(self.digits));
        let product = product.and_then(|product| product.checked_mul(up)).ok_or(MoneyOverflow)?;
        let minor = i64::try_from(rounded(product, down)).map_err(|_| MoneyOverflow)?;
        Ok(Money { minor, currency })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.digits);
        }
        let unit = 10_u64.pow(self.scale);
        let width = self.scale as usize;
        write!(f, "{}.{:0width$}", self.digits / unit, self.digits % unit)
    }
}

/// `amount x quantity / per`, rounded to the minor unit.
///
/// # Errors
/// When the result leaves the 64-bit range.
pub(super) fn times(amount: Money, quantity: u64, per: u32) -> Result<Money, MoneyOverflow> {
    let product = i128::from(amount.minor) * i128::from(quantity);
    let minor = i64::try_from(rounded(product, i128::from(per))).map_err(|_| MoneyOverflow)?;
    Ok(Money { minor, currency: amount.currency })
}

/// The nearest whole number to `a / b`, halves away from zero; `b` is above 0.
fn rounded(a: i128, b: i128) -> i128 {
    let (whole, rest) = (a / b, a % b);
    // Compared without doubling, which could overflow.
    if rest.abs() >= b - rest.abs() { whole + a.signum() } else { whole }
}

#[cfg(test)]
mod tests {
    use debtscan_incidents::{Currency, Money};

    use super::{Decimal, times};

    fn money(minor: i64, code: &str) -> Money {
        Money { minor, currency: Currency::new(code).expect("a code") }
    }

    #[test]
    fn decimals_are_read_and_written_exactly() {
        for (text, written) in [("12", "12"), ("0.920", "0.920"), (".5", "0.5"), ("3.05", "3.05")] {
            assert_eq!(Decimal::parse(text).expect("a number").to_string(), written);
        }
        for text in ["", ".", "-1", "1e3", "1,5", "0.1234567890123", "99999999999999999999"] {
            assert!(Decimal::parse(text).is_err(), "{text}");
        }
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
        assert_eq!(times(money(9_500, "USD"), 90, 3_600), Ok(money(238, "USD")));
        assert!(times(money(i64::MAX, "USD"), 7_200, 3_600).is_err());
    }
}
