//! Numbers in sentences.

use debtscan_findings::ChangedConstant;
use debtscan_incidents::{Costs, Money};

/// An integer with `,` between groups of three digits.
pub(crate) fn grouped(number: impl Into<i128>) -> String {
    let number: i128 = number.into();
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An amount with its currency: `USD 1,234.50`.
pub(crate) fn amount(money: Money) -> String {
    let digits = money.currency.minor_digits();
    let unit = 10_u64.pow(digits);
    let whole = grouped(money.minor.unsigned_abs() / unit);
    let sign = if money.minor < 0 { "-" } else { "" };
    if digits == 0 {
        return format!("{} {sign}{whole}", money.currency);
    }
    let part = money.minor.unsigned_abs() % unit;
    format!("{} {sign}{whole}.{part:0width$}", money.currency, width = digits as usize)
}

/// A float with six significant digits and grouped thousands, so that a reader can compute with it.
pub(crate) fn precise(value: f64) -> String {
    const SIGNIFICANT: i32 = 6;
    if value == 0.0 || !value.is_finite() {
        return if value.is_finite() { "0".to_owned() } else { value.to_string() };
    }
    #[expect(clippy::cast_possible_truncation, reason = "the exponent of a double lies in -324..=308")]
    let exponent = value.abs().log10().floor() as i32;
    let decimals = usize::try_from((SIGNIFICANT - 1 - exponent).clamp(0, 20)).expect("not negative");
    let text = format!("{:.decimals$}", value.abs());
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse::<u64>().map_or_else(|_| whole.to_owned(), grouped);
    let part = part.trim_end_matches('0');
    let sign = if value < 0.0 { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Constants that are not as shipped: `work_power 0.4 (shipped: 0.3)`.
pub(crate) fn in_words(constants: &[ChangedConstant]) -> String {
    let words = |it: &ChangedConstant| {
        format!("{} {} (shipped: {})", it.name, precise(it.value), precise(it.shipped))
    };
    constants.iter().map(words).collect::<Vec<_>>().join(", ")
}

/// Hours to one decimal, whole from a hundred on.
pub(super) fn precise_hours(hours: f64) -> String {
    if hours < 100.0 { format!("{hours:.1}") } else { precise(hours.round()) }
}

/// All amounts other than zero, in parentheses after a space; empty when there are none.
pub(super) fn in_parentheses(costs: &Costs) -> String {
    let amounts: Vec<String> = costs.iter().filter(|money| money.minor != 0).map(amount).collect();
    if amounts.is_empty() { String::new() } else { format!(" ({})", amounts.join(", ")) }
}

/// A count with its noun: `1 incident`, `2,000 incidents`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number as u64))
}

#[cfg(test)]
mod tests {
    use super::{amount, count, grouped, precise};
    use debtscan_incidents::{Currency, Money};

    #[test]
    fn digits_are_grouped_by_three() {
        let texts = [0_i64, 999, 1_000, -1_234_567].map(grouped);
        assert_eq!(texts, ["0", "999", "1,000", "-1,234,567"]);
        assert_eq!([count(1, "file"), count(2_000, "file")], ["1 file", "2,000 files"]);
    }

    #[test]
    fn floats_keep_six_significant_digits() {
        let texts = [0.0, 0.012_345_678, 1_234.567_89, 12_345_678.9, -0.5, 1e-9].map(precise);
        assert_eq!(texts, ["0", "0.0123457", "1,234.57", "12,345,679", "-0.5", "0.000000001"]);
    }

    #[test]
    fn amounts_have_the_decimals_of_their_currency() {
        let money = |minor, code| Money { minor, currency: Currency::new(code).expect("a code") };
        assert_eq!(amount(money(10_102_000, "USD")), "USD 101,020.00");
        assert_eq!(amount(money(-5, "EUR")), "EUR -0.05");
        assert_eq!(amount(money(1_500, "JPY")), "JPY 1,500");
        assert_eq!(amount(money(1_005, "KWD")), "KWD 1.005");
    }
}
