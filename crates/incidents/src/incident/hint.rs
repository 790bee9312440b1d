//! Columns that are not read, though their values look like something.

use super::date;
use super::date::OrderOf;
use super::duration::{self, DayLength, DurationFormat};
use super::shell::shell_word;
use crate::money::parse as money;

/// Values that are looked at.
const SEARCHED: usize = 200;

/// What the values of an unread column look like, with the option that reads it, as a lower-case phrase.
pub(super) fn unread<'a>(header: &str, values: impl Iterator<Item = &'a str>) -> Option<String> {
    // A bound on time: a hint that a later value refutes does no harm.
    let values: Vec<&str> = values.take(SEARCHED).collect();
    let all = |is_one: fn(&str) -> bool| values.iter().all(|value| is_one(value));
    if values.is_empty() {
        return None;
    }
    let (what, field) = if all(is_date) {
        ("dates", date_field(header))
    } else if all(is_amount) {
        ("amounts", "cost")
    } else if all(is_duration) {
        // Last, and without a unit: only durations that are spelled out count, never bare numbers.
        ("durations", "minutes")
    } else {
        return None;
    };
    Some(format!("holds {what}: --map {field}={}", shell_word(header)))
}

fn is_date(text: &str) -> bool {
    // Digits alone may be anything.
    let has_mark = text.contains(|character: char| !character.is_ascii_digit());
    // A date that can be read either way is a date all the same.
    has_mark && (date::parse(text, None).is_ok() || date::order_of(text) == OrderOf::Open)
}

fn is_amount(text: &str) -> bool {
    money::names_currency(text)
}

fn is_duration(text: &str) -> bool {
    let format = DurationFormat { unit: None, length: DayLength::Calendar, mark: None };
    duration::parse(text, format).is_ok()
}

/// The field that a column of dates is likeliest to be.
fn date_field(header: &str) -> &'static str {
    let folded = header.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if has(&["close", "resol", "end", "fix", "done", "finish"]) {
        "resolved_at"
    } else if has(&["update", "modif", "change", "last"]) {
        "updated_at"
    } else {
        "opened_at"
    }
}

#[cfg(test)]
mod tests {
    use super::unread;

    #[test]
    fn a_column_is_named_with_the_option_that_reads_it() {
        let hint = |header: &str, values: &[&str]| unread(header, values.iter().copied());
        for (header, values, expected) in [
            ("When", &["2026-02-25", "3/4/2026"][..], Some("holds dates: --map opened_at=When")),
            ("Ended on", &["25/Feb/26"], Some("holds dates: --map resolved_at='Ended on'")),
            ("Price", &["$5", "7 EUR"], Some("holds amounts: --map cost=Price")),
            ("Gone", &["90 min", "1h"], Some("holds durations: --map minutes=Gone")),
            ("Points", &["5", "20260225"], None),
            ("Notes", &["$5", "none of it"], None),
            ("Empty", &[], None),
        ] {
            assert_eq!(hint(header, values).as_deref(), expected, "{header}");
        }
    }
}
