//! Numbers for people: thousands, money, ranges, shares, dates.
//!
//! The only place where a report's floats are rounded for reading.

use debtscan_model::Timestamp;

use debtscan_findings::{CostForecast, Interval};
use debtscan_incidents::{Costs, Currency, Money};

/// The nearest integer, halves away from zero.
#[expect(clippy::cast_possible_truncation, reason = "a float outside the range saturates")]
pub(super) fn nearest(value: f64) -> i64 {
    assert!(value.is_finite(), "every figure of a report is finite");
    value.round() as i64
}

/// An integer with a comma between groups of three digits.
pub(super) fn grouped(value: impl Into<i128>) -> String {
    let value: i128 = value.into();
    // The absolute value first: the smallest integer has no positive counterpart.
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    if value < 0 {
        text.push('-');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A table position or count with a comma between groups of three digits.
pub(super) fn count(value: usize) -> String {
    grouped(value as u64)
}

/// Two significant digits and a unit: `0`, `950`, `9.4k`, `18k`, `1.2M`; less than a half is `0`.
pub(super) fn compact(value: f64) -> String {
    scaled(value, 2).replace(".0", "")
}

/// A number with at least `digits` significant digits, and a unit from a thousand on.
fn scaled(value: f64, digits: usize) -> String {
    assert!(value.is_finite(), "every figure of a report is finite");
    let sign = if value < 0.0 { "-" } else { "" };
    let mut size = value.abs();
    if size.round() < 1000.0 {
        // Rounded before the unit is chosen: 999.6 is 1k, not 1000.
        let units = nearest(size);
        return if units == 0 { "0".to_owned() } else { format!("{sign}{units}") };
    }
    for unit in ["k", "M", "B"] {
        size /= 1000.0;
        if size.round() < 1000.0 {
            return format!("{sign}{}{unit}", with_digits(size, digits));
        }
    }
    format!("{sign}{}T", with_digits(size / 1000.0, digits))
}

/// A number of at least a half with as many decimals as make up the digits.
fn with_digits(size: f64, digits: usize) -> String {
    for decimals in (0..digits).rev() {
        let text = format!("{size:.decimals$}");
        // Rounding up may add a digit: 9.96 is 10, not 10.0.
        if text.bytes().filter(u8::is_ascii_digit).count() <= digits {
            return text;
        }
    }
    grouped(nearest(size))
}

/// The prefix of an amount: a sign where it is unambiguous, else the code and a space.
pub(super) fn currency_mark(currency: Currency) -> String {
    match currency.code() {
        // Other dollars, and yen and yuan, share a sign with somebody. Their codes are clear
        // everywhere.
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        code => format!("{code} "),
    }
}

/// How many minor units make one of the currency: 100 for USD.
pub(super) fn minor_per_unit(currency: Currency) -> f64 {
    // ISO 4217 has at most three minor digits, apart from units of account that nobody is billed
    // in.
    10_f64.powi(i32::try_from(currency.minor_digits()).expect("at most three digits"))
}

/// Whole units from which amounts are shown with three digits and a unit: six digits are still read
/// at a glance.
const COMPACT_FROM: f64 = 1_000_000.0;

/// An amount given in minor units: `$18,240`, `$12.3M`, `-CHF 12`, `<$1`.
///
/// Whole units; from a million on, three digits. What is more than nothing is never shown as 0.
pub(super) fn amount(minor: f64, currency: Currency) -> String {
    let mark = currency_mark(currency);
    let units = minor / minor_per_unit(currency);
    let sign = if units < 0.0 { "-" } else { "" };
    let size = units.abs();
    // A forecast of 30 cents is not free. A credit has no such form, and is rounded.
    if size > 0.0 && size < 0.5 {
        return if units < 0.0 { format!("{mark}0") } else { format!("<{mark}1") };
    }
    // Compared after rounding: 999,999.60 would otherwise be printed as 1,000,000, the longest
    // form.
    let digits = if size.round() >= COMPACT_FROM { scaled(size, 3) } else { grouped(nearest(size)) };
    format!("{sign}{mark}{digits}")
}

/// An amount with two significant digits, for sentences: `$18,000`, `$950`, `$1.20M`.
pub(super) fn about(minor: f64, currency: Currency) -> String {
    let unit = minor_per_unit(currency);
    // Two digits are what a model of this kind can say. Rounding whole units keeps the text round.
    amount(significant(minor / unit, 2) * unit, currency)
}

/// A sum of money: see [`amount`].
pub(super) fn money(money: Money) -> String {
    amount(money.minor as f64, money.currency)
}

/// A sum of money to the last minor unit: `$18,240.50`, `CHF 1,200.00`, `JPY 500`.
pub(super) fn exact_money(money: Money) -> String {
    let mark = currency_mark(money.currency);
    let sign = if money.minor < 0 { "-" } else { "" };
    // Integers only: beyond 2^53 minor units a float would lose cents.
    let scale = 10_u64.pow(money.currency.minor_digits());
    let (units, rest) = (money.minor.unsigned_abs() / scale, money.minor.unsigned_abs() % scale);
    let units = grouped(units);
    match money.currency.minor_digits() as usize {
        0 => format!("{sign}{mark}{units}"),
        digits => format!("{sign}{mark}{units}.{rest:0digits$}"),
    }
}

/// The 80% range of a cost per year: `$0–$9.4k`.
pub(super) fn cost_range(forecast: &CostForecast) -> String {
    let units = minor_per_unit(forecast.currency);
    let (low, high) = (forecast.minor.low / units, forecast.minor.high / units);
    let mark = currency_mark(forecast.currency);
    let end = |value: f64| {
        let digits = compact(value.abs());
        // There is no negative zero.
        let sign = if value < 0.0 && digits != "0" { "-" } else { "" };
        format!("{sign}{mark}{digits}")
    };
    range(&end(low), &end(high))
}

/// Expected incidents with a fixed number of decimals, so that a column's points line up: `2.1`,
/// `<0.1`.
pub(super) fn incidents(mean: f64, decimals: usize) -> String {
    assert!(mean.is_finite(), "every figure of a report is finite");
    let text = format!("{mean:.decimals$}");
    // Compared as text: whatever rounds to zeros is what must not be shown as zero.
    let smallest = format!("{:.decimals$}", 0.0);
    if mean > 0.0 && text == smallest {
        return format!("<{}1", &smallest[..smallest.len() - 1]);
    }
    match text.split_once('.') {
        Some((units, rest)) if units.len() > 3 => {
            format!("{}.{rest}", units.parse::<i128>().map_or_else(|_| units.to_owned(), grouped))
        }
        _ => text,
    }
}

/// A weight from 0 to 1 with two decimals; what is more than nothing is never shown as 0.
pub(super) fn weight(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { incidents(value, 2) }
}

/// The 80% range of a count: `0–5`.
pub(super) fn count_range(interval: &Interval) -> String {
    range(&compact(interval.low), &compact(interval.high))
}

/// Two ends, or one where they read the same.
fn range(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low}–{high}") }
}

/// A share of one, as a percentage: `12.4%`, `0.8%`, `<0.1%`.
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.05 { "<0.1%".to_owned() } else { format!("{percent:.1}%") }
}

/// Six significant digits at most, for a step of a computation, so that a reader can follow it:
/// `0.0133408`, `1,202.62`, `2e-9`.
pub(super) fn figure(value: f64) -> String {
    shown_number(significant(value, 6))
}

/// A number with all its digits: `0.0133408`, `1,202.619`, `2.5e-9`.
pub(super) fn shown_number(rounded: f64) -> String {
    // A float prints all of its zeros. Beyond 2^53, about 1e16, its last digits are noise too.
    if rounded != 0.0 && !(1e-6..1e15).contains(&rounded.abs()) {
        return format!("{rounded:e}");
    }
    let text = rounded.abs().to_string();
    let (units, rest) = text.split_once('.').map_or((text.as_str(), ""), |(units, rest)| (units, rest));
    let sign = if rounded < 0.0 { "-" } else { "" };
    let units = grouped(units.parse::<i128>().expect("the units of a float below 1e15 are digits"));
    if rest.is_empty() { format!("{sign}{units}") } else { format!("{sign}{units}.{rest}") }
}

/// A difference: `+11`, `−2`, `0`.
pub(super) fn signed(value: i64) -> String {
    match value {
        0 => "0".to_owned(),
        1.. => format!("+{}", grouped(value)),
        _ => grouped(value).replace('-', "−"),
    }
}

/// A float with six significant digits and grouped thousands, so that a reader can compute with it.
pub(super) fn precise(value: f64) -> String {
    const SIGNIFICANT: i32 = 6;
    if value == 0.0 || !value.is_finite() {
        return if value.is_finite() { "0".to_owned() } else { value.to_string() };
    }
    #[expect(clippy::cast_possible_truncation, reason = "the exponent of a double is within -324..=308")]
    let exponent = value.abs().log10().floor() as i32;
    let decimals = usize::try_from((SIGNIFICANT - 1 - exponent).clamp(0, 20)).expect("not negative");
    let text = format!("{:.decimals$}", value.abs());
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse::<u64>().map_or_else(|_| whole.to_owned(), grouped);
    let part = part.trim_end_matches('0');
    let sign = if value < 0.0 { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Hours to one decimal, whole from a hundred on.
pub(super) fn precise_hours(hours: f64) -> String {
    if hours < 100.0 { format!("{hours:.1}") } else { precise(hours.round()) }
}

/// The value rounded to a number of significant decimal digits.
pub(super) fn significant(value: f64, digits: usize) -> f64 {
    assert!(value.is_finite(), "every figure of a report is finite");
    // Formatting rounds the exact value once, in decimal. Multiplying by a power of ten would round
    // twice.
    let text = format!("{value:.*e}", digits.saturating_sub(1));
    let rounded: f64 = text.parse().expect("a float's own text is a float");
    // Negative zero would print as `-0.0`.
    if rounded == 0.0 { 0.0 } else { rounded }
}

fn instant(time: Timestamp) -> jiff::Timestamp {
    // git stores any 64-bit number as a date, and broken importers have written years beyond 9999.
    let first = jiff::Timestamp::MIN.as_second();
    let last = jiff::Timestamp::MAX.as_second();
    jiff::Timestamp::from_second(time.0.clamp(first, last)).expect("clamped into the range")
}

/// RFC 3339 in UTC: `2026-03-01T12:00:00Z`; years outside -9999..=9999 become the nearest inside.
pub(super) fn rfc3339(time: Timestamp) -> String {
    instant(time).to_string()
}

/// The day in UTC: `2026-03-01`.
pub(super) fn day(time: Timestamp) -> String {
    instant(time).strftime("%Y-%m-%d").to_string()
}

/// The amount as decimal text without grouping, exact: `182.40`, `-0.05`, `500` for the yen.
pub(super) fn decimal(minor: i64, currency: Currency) -> String {
    let digits = currency.minor_digits() as usize;
    let scale = 10_u64.pow(currency.minor_digits());
    let sign = if minor < 0 { "-" } else { "" };
    let (units, rest) = (minor.unsigned_abs() / scale, minor.unsigned_abs() % scale);
    // "500." is no number in some readers.
    if digits == 0 { format!("{sign}{units}") } else { format!("{sign}{units}.{rest:0digits$}") }
}

/// One of several things: `1 incident`, `2 incidents`.
pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// Amounts of all currencies: `$1,200 + CHF 300`; `nothing` without any.
pub(crate) fn sums(costs: &Costs) -> String {
    let texts: Vec<String> = costs.iter().filter(|sum| sum.minor != 0).map(money).collect();
    if texts.is_empty() { "nothing".to_owned() } else { texts.join(" + ") }
}

/// `1,234 kB`; `<1 kB` below half of one.
pub(crate) fn kilobytes(bytes: u64) -> String {
    match (bytes + 500) / 1000 {
        0 => "<1 kB".to_owned(),
        kilobytes => format!("{} kB", grouped(kilobytes)),
    }
}

#[cfg(test)]
mod tests {
    use debtscan_model::Timestamp;

    use super::{
        amount, compact, cost_range, day, decimal, exact_money, figure, grouped, incidents, percent, rfc3339,
        significant, weight,
    };
    use debtscan_findings::{CostForecast, Interval};
    use debtscan_incidents::{Currency, Money};

    fn currency(code: &str) -> Currency {
        Currency::new(code).unwrap()
    }

    #[test]
    fn integers_are_grouped_by_three() {
        let texts = [0, 999, 1000, -1_234_567].map(|value: i64| grouped(value));
        assert_eq!(texts, ["0", "999", "1,000", "-1,234,567"]);
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn compact_numbers_keep_two_digits_and_never_jump_a_unit() {
        let texts =
            [0.4, 950.0, 999.4, 999.6, 9_440.0, 9_960.0, 18_240.0, 999_700.0, 1_250_000.0].map(compact);
        assert_eq!(texts, ["0", "950", "999", "1k", "9.4k", "10k", "18k", "1M", "1.2M"]);
        assert_eq!(compact(-1_500.0), "-1.5k");
        assert_eq!(compact(9e18), "9,000,000T");
    }

    #[test]
    fn money_shows_whole_units_and_never_shows_something_as_nothing() {
        assert_eq!(amount(1_824_049.0, Currency::USD), "$18,240");
        assert_eq!(amount(1_824_050.0, Currency::USD), "$18,241");
        assert_eq!(amount(-1_200.0, currency("CHF")), "-CHF 12");
        assert_eq!(amount(1_200.0, currency("JPY")), "JPY 1,200", "the yen has no minor unit");
        assert_eq!(amount(30.0, Currency::USD), "<$1");
        assert_eq!(amount(0.0, currency("EUR")), "€0");
        assert_eq!(amount(1_234_567_890.0, Currency::USD), "$12.3M");
        assert_eq!(amount(99_999_960.0, Currency::USD), "$1.00M");
        assert_eq!(amount(99_999_940.0, Currency::USD), "$999,999");
        assert_eq!(amount(99_960_000_000.0, Currency::USD), "$1.00B", "999.6 million");
    }

    #[test]
    fn amounts_in_sentences_have_two_digits() {
        let texts = [1_841_800.0, 95_400.0, 30.0, 0.0].map(|minor| super::about(minor, Currency::USD));
        assert_eq!(texts, ["$18,000", "$950", "<$1", "$0"]);
    }

    #[test]
    fn exact_money_keeps_every_minor_unit() {
        assert_eq!(exact_money(Money { minor: -5, currency: Currency::USD }), "-$0.05");
        assert_eq!(exact_money(Money { minor: 1_234_567, currency: currency("KWD") }), "KWD 1,234.567");
        assert_eq!(decimal(-5, Currency::USD), "-0.05");
        assert_eq!(decimal(i64::MIN, Currency::USD), "-92233720368547758.08");
        assert_eq!(decimal(1_234_567, currency("KWD")), "1234.567");
        assert_eq!(decimal(500, currency("JPY")), "500");
    }

    #[test]
    fn a_range_names_its_currency_at_both_ends() {
        let forecast =
            |low, high| CostForecast { currency: Currency::USD, minor: Interval { low, mean: low, high } };
        assert_eq!(cost_range(&forecast(0.0, 940_000.0)), "$0–$9.4k");
        assert_eq!(cost_range(&forecast(120_000.0, 180_000_000.0)), "$1.2k–$1.8M");
        assert_eq!(cost_range(&forecast(-120_000.0, 100.0)), "-$1.2k–$1");
        assert_eq!(cost_range(&forecast(0.0, 0.0)), "$0");
    }

    #[test]
    fn small_counts_and_shares_keep_what_tells_them_from_nothing() {
        assert_eq!([0.0, 0.04, 0.05, 2.14].map(|mean| incidents(mean, 1)), ["0.0", "<0.1", "0.1", "2.1"]);
        assert_eq!([0.001, 0.126, 1234.5].map(|mean| incidents(mean, 2)), ["<0.01", "0.13", "1,234.50"]);
        assert_eq!([0.0, 0.004, 1.0].map(weight), ["0", "<0.01", "1.00"]);
        assert_eq!([0.0, 0.0001, 0.008, 0.124].map(percent), ["0.0%", "<0.1%", "0.8%", "12.4%"]);
    }

    #[test]
    fn figures_of_a_computation_keep_six_digits() {
        assert_eq!(
            [0.0, 0.005_141_72, 12.5, 1_202.619_1].map(figure),
            ["0", "0.00514172", "12.5", "1,202.62"]
        );
        assert_eq!([-1_234_567.0, 2e-9, 1e20].map(figure), ["-1,234,570", "2e-9", "1e20"]);
        assert_eq!(significant(1.0 / 3.0, 6).to_string(), "0.333333");
        assert_eq!(significant(-0.0, 6).to_string(), "0");
    }

    #[test]
    fn times_are_utc_and_stay_in_the_range_of_the_calendar() {
        // 1,700,000,000 s = 2023-11-14T22:13:20Z (date -u -d @1700000000)
        assert_eq!(rfc3339(Timestamp(1_700_000_000)), "2023-11-14T22:13:20Z");
        assert_eq!(day(Timestamp(1_700_000_000)), "2023-11-14");
        assert!(rfc3339(Timestamp(i64::MAX)).starts_with("9999-"));
        assert!(rfc3339(Timestamp(i64::MIN)).starts_with("-009999-"));
    }

    #[test]
    fn precise_floats_keep_six_significant_digits_and_every_whole_digit() {
        let texts = [0.0, 0.012_345_678, 1_234.567_89, 12_345_678.9, -0.5, 1e-9].map(super::precise);
        assert_eq!(texts, ["0", "0.0123457", "1,234.57", "12,345,679", "-0.5", "0.000000001"]);
    }
}
