//! Numbers of a business case as a leader reads them: two significant digits, odds, days, dates in words.

use debtscan_findings::Interval;
use debtscan_findings::brief::{Effort, EffortPrice};
use debtscan_incidents::{Costs, Currency, EngineerDays, Money};
use debtscan_model::Timestamp;

use crate::number::{amount, count, grouped, incidents, money, nearest, significant};

/// Money with two significant digits: what the model says, and what is priced by assumption.
pub(super) fn rounded(minor: f64, currency: Currency) -> String {
    // A minus sign, because a hyphen beside the dash of a range is easily overlooked.
    amount(significant(minor, 2), currency).replace('-', "−")
}

/// An amount with two significant digits.
pub(super) fn about(amount: Money) -> String {
    rounded(amount.minor as f64, amount.currency)
}

/// A range of money with two significant digits.
pub(super) fn money_range(range: &Interval, currency: Currency) -> String {
    let (low, high) = (rounded(range.low, currency), rounded(range.high, currency));
    if low == high { low } else { format!("{low}–{high}") }
}

/// The price of an effort with its range: `$21,000 ($15,000–$29,000)`.
pub(super) fn effort_price(price: &EffortPrice) -> String {
    let (low, high) = (about(price.low), about(price.high));
    if low == high { about(price.likely) } else { format!("{} ({low}–{high})", about(price.likely)) }
}

/// Recorded amounts of all currencies, to the unit; `nothing` without any.
pub(super) fn recorded(costs: &Costs) -> String {
    let sums: Vec<String> = costs.iter().filter(|sum| sum.minor != 0).map(money).collect();
    if sums.is_empty() { "nothing".to_owned() } else { sums.join(" + ") }
}

/// A mean count: two digits below ten, whole above.
pub(super) fn mean_count(mean: f64) -> String {
    // 9.95 is the first value that one decimal rounds to 10.0.
    incidents(mean, usize::from(mean < 9.95))
}

/// A count with its range: `3.6 (1–7)`.
pub(super) fn count_with_range(range: &Interval) -> String {
    let (low, high) = (grouped(nearest(range.low)), grouped(nearest(range.high)));
    if low == high { mean_count(range.mean) } else { format!("{} ({low}–{high})", mean_count(range.mean)) }
}

/// An effort with its range, without a unit: `22 (16–31)`.
pub(super) fn effort(effort: &Effort) -> String {
    if effort.low == effort.high {
        effort.likely.to_string()
    } else {
        format!("{} ({}–{})", effort.likely, effort.low, effort.high)
    }
}

/// `22 engineer-days`.
pub(super) fn days(days: EngineerDays) -> String {
    format!("{days} engineer-{}", if days.0 == 10 { "day" } else { "days" })
}

/// A probability in twentieths, as dots show it: `14 of 20`.
pub(super) fn of_twenty(probability: f64) -> String {
    // Rounding errors of a sum may put a certain event above 1.
    format!("{} of 20", nearest(probability * 20.0).clamp(0, 20))
}

/// A share with two significant digits at most: `34%`, `7%`, `0.4%`.
pub(super) fn share(share: f64) -> String {
    let percent = significant(share * 100.0, 2);
    if percent > 0.0 && percent < 0.1 { "less than 0.1%".to_owned() } else { format!("{percent}%") }
}

/// A number up to twelve in words, for sentences; larger ones in digits.
pub(super) fn number_word(number: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(number).map_or_else(|| count(number), |word| (*word).to_owned())
}

/// The text with its first letter in upper case, if that is ASCII.
pub(super) fn capitalised(mut text: String) -> String {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// A day in words, with its year unless it is that of `as_of`: `7 September`, `31 January 2027`.
pub(super) fn date(day: Timestamp, as_of: Timestamp) -> String {
    let (day, now) = (civil(day), civil(as_of));
    // The year of the scan goes without saying, and any other one is easily overlooked.
    let format = if day.year() == now.year() { "%-d %B" } else { "%-d %B %Y" };
    day.strftime(format).to_string()
}

fn civil(time: Timestamp) -> jiff::civil::Date {
    let first = jiff::Timestamp::MIN.as_second();
    let last = jiff::Timestamp::MAX.as_second();
    let time = jiff::Timestamp::from_second(time.0.clamp(first, last)).expect("clamped into the range");
    jiff::tz::Offset::UTC.to_datetime(time).date()
}

/// A list in a sentence: `a, b and c`; of more than `most`, the first ones and the number of others.
pub(super) fn listed(items: &[String], most: usize) -> String {
    if items.len() > most && most > 0 {
        let shown = items[..most].join(", ");
        return format!("{shown} and {} more", count(items.len() - most));
    }
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// A span of days: `2 weeks`, `10 days`.
pub(super) fn span(days: u32) -> String {
    let of = |number: u32, one: &str, many: &str| {
        format!("{} {}", number_word(number as usize), if number == 1 { one } else { many })
    };
    // Sprints are whole weeks, so most slips are.
    if days > 0 && days.is_multiple_of(7) { of(days / 7, "week", "weeks") } else { of(days, "day", "days") }
}

#[cfg(test)]
mod tests {
    use debtscan_incidents::Currency;
    use debtscan_model::Timestamp;

    use super::{date, listed, of_twenty, rounded, share, span};

    #[test]
    fn amounts_have_two_significant_digits() {
        let usd = |minor: f64| rounded(minor, Currency::USD);
        assert_eq!([2_090_000.0, 50_600.0, 0.0, 123_456_789.0].map(usd), ["$21,000", "$510", "$0", "$1.20M"]);
        assert_eq!([0.342, 0.0744, 0.004_4, 0.0].map(share), ["34%", "7.4%", "0.44%", "0%"]);
    }

    #[test]
    fn probabilities_are_frequencies() {
        assert_eq!([0.0, 0.46, 1.0].map(of_twenty), ["0 of 20", "9 of 20", "20 of 20"]);
    }

    #[test]
    fn days_are_written_as_people_say_them() {
        // date -u -d 2026-09-07 +%s; the other is 146 days later.
        let september = Timestamp(1_788_739_200);
        assert_eq!(date(september, september), "7 September");
        assert_eq!(date(september.plus_days(146), september), "31 January 2027");
        assert_eq!([7, 14, 10, 1].map(span), ["one week", "two weeks", "ten days", "one day"]);
    }

    #[test]
    fn a_long_list_says_how_many_are_missing() {
        let items: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(
            [listed(&items, 3), listed(&items, 2), listed(&items[..1], 3)],
            ["a, b and c", "a, b and 1 more", "a"]
        );
    }
}
