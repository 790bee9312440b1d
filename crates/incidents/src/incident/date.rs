//! Dates as trackers write them -> [`Timestamp`].

use debtscan_model::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::month::{half_of_day, is_weekday, month};
use crate::number::{Decimal, DecimalMark};

/// Which of the first two numbers of `4/5/2026` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `29/2/2016`
    DayFirst,
    /// `2/29/2016`
    MonthFirst,
}

/// Why a text is not a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InvalidDate {
    /// It has none of the known shapes.
    Shape,
    /// There is no such day or time of day.
    Range,
    /// It is beyond the years that can be reckoned with.
    Beyond,
    /// Day and month may be swapped, and nothing else in the column tells.
    Ambiguous,
}

impl InvalidDate {
    /// What is wrong and what would be right, as a lower-case phrase.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Shape => "not a date: write it like 2026-02-25 or 2026-02-25T10:17:00Z",
            Self::Range => "no such date or time",
            Self::Beyond => {
                "after 9999-12-30, the last supported date: leave the cell empty for never or unknown"
            }
            Self::Ambiguous => "day or month first? pass --date-order dmy or mdy",
        }
    }
}

/// Reads a date, or a date with a time, with or without zone; without zone it is UTC, and without
/// time the first second of the day.
///
/// # Errors
/// When the text is anything else, or its day and month cannot be told apart without `order`.
pub(crate) fn parse(text: &str, order: Option<DateOrder>) -> Result<Timestamp, InvalidDate> {
    if let Some(timestamp) = epoch(text).or_else(|| quarter(text)) {
        return Ok(timestamp);
    }
    let mut scanner = Scanner::new(text);
    let (year, month, day) = scanner.date()?.resolve(order)?;
    let (hour, minute, second) = scanner.time()?;
    let offset = scanner.zone()?;
    let civil = DateTime::new(
        year,
        i8::try_from(month).map_err(|_| InvalidDate::Range)?,
        i8::try_from(day).map_err(|_| InvalidDate::Range)?,
        hour,
        minute,
        second,
        0,
    )
    .map_err(|_| InvalidDate::Range)?;
    // The day exists, but the zones of the earth reach beyond the last year there is.
    let timestamp = offset.to_timestamp(civil).map_err(|_| InvalidDate::Beyond)?;
    Ok(Timestamp(timestamp.as_second()))
}

/// Whether a date has a time of day but no zone: it is read as UTC, which may be hours off.
pub(super) fn lacks_zone(text: &str) -> bool {
    if epoch(text).is_some() {
        return false;
    }
    let mut scanner = Scanner::new(text);
    if scanner.date().is_err() || scanner.rest.is_empty() {
        return false;
    }
    scanner.time().is_ok() && scanner.rest.trim().is_empty()
}

/// What a text says about the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderOf {
    /// Nothing: it has one reading, or it is no date.
    Fixed,
    /// It can be read either way.
    Open,
    /// One of its first two numbers is larger than 12.
    Proven(DateOrder),
}

/// What this text says about the order of day and month.
pub(crate) fn order_of(text: &str) -> OrderOf {
    match Scanner::new(text).date() {
        Ok(Date::Either { first: 13..=31, second: 1..=12, .. }) => OrderOf::Proven(DateOrder::DayFirst),
        Ok(Date::Either { first: 1..=12, second: 13..=31, .. }) => OrderOf::Proven(DateOrder::MonthFirst),
        Ok(Date::Either { first: 1..=12, second: 1..=12, .. }) => match parse(text, None) {
            Err(InvalidDate::Ambiguous) => OrderOf::Open,
            _ => OrderOf::Fixed,
        },
        _ => OrderOf::Fixed,
    }
}

/// Reads digits alone: seconds (9 or 10 digits, from 1973), milli- (12 or 13), micro- (15 or 16) or
/// nanoseconds (18 or 19) since the epoch, with or without a fraction. `None` for anything else.
fn epoch(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let units_per_second = match whole.len() {
        9 | 10 => 1,
        12 | 13 => 1_000,
        15 | 16 => 1_000_000,
        18 | 19 => 1_000_000_000,
        _ => return None,
    };
    // 19 digits may be more than 64 bits hold, which is no date.
    let number: i64 = whole.parse().ok()?;
    Some(Timestamp(number / units_per_second))
}

/// The first day of `Q3 2025`, `2025-Q3`, `3. Quartal 2025`.
pub(super) fn quarter(text: &str) -> Option<Timestamp> {
    let parts: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect();
    let number = |part: &str| match part.as_bytes() {
        [digit @ b'1'..=b'4'] => Some(i8::try_from(digit - b'0').expect("at most 4")),
        _ => None,
    };
    let (quarter, year) = match parts.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["quarter", quarter, year] | [quarter, "quartal" | "quarter", year] => (number(quarter)?, *year),
        [first, year] if year.len() == 4 => (number(first.strip_prefix('q')?)?, *year),
        [year, last] if year.len() == 4 => (number(last.strip_prefix('q')?)?, *year),
        _ => return None,
    };
    let year: i16 = year.parse().ok().filter(|year| (1970..2100).contains(year))?;
    let civil = DateTime::new(year, quarter * 3 - 2, 1, 0, 0, 0, 0).ok()?;
    Some(Timestamp(Offset::UTC.to_timestamp(civil).ok()?.as_second()))
}

/// The day numbers that spreadsheets write for dates: 2000-01-01 to 2049-12-31.
const SERIALS: std::ops::Range<u64> = 36_526..54_789;

/// Reads the number of a day as spreadsheets count them, with the time as a fraction: 46206 is 2026-07-03.
///
/// `None` for any other text. In a column of dates there is no second meaning of such a number, but one alone
/// may be a typing error: use it only where all values are such numbers.
pub(super) fn serial(text: &str) -> Option<Timestamp> {
    let number = Decimal::read(text, Some(DecimalMark::Point), 0).ok()?;
    let seconds = number.scaled(86_400, 0)?;
    let days = u64::try_from(number.scaled(1, 0)?.units).ok().filter(|days| SERIALS.contains(days))?;
    // Day 25569 is 1970-01-01; the count has a 29 February 1900 that never was, long before.
    let since_epoch = i64::try_from(seconds.rounded).ok()? - 25_569 * 86_400;
    (days > 0).then_some(Timestamp(since_epoch))
}

/// Whether a program wrote this for "never": nothing at all since the epoch, or the first day of its
/// calendar.
pub(super) fn is_never(text: &str) -> bool {
    text == "0" || text.starts_with("0001-01-01") || text.starts_with("0000-00-00")
}

/// A date as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Date {
    Known { year: i16, month: u32, day: u32 },
    Either { first: u32, second: u32, year: i16 },
}

impl Date {
    fn resolve(self, order: Option<DateOrder>) -> Result<(i16, u32, u32), InvalidDate> {
        match (self, order) {
            (Self::Known { year, month, day }, _) => Ok((year, month, day)),
            // Proven by its own numbers, or the same either way.
            (Self::Either { first, second, year }, _) if first > 12 || first == second => {
                Ok((year, second, first))
            }
            (Self::Either { first, second, year }, _) if second > 12 => Ok((year, first, second)),
            (Self::Either { first, second, year }, Some(DateOrder::DayFirst)) => Ok((year, second, first)),
            (Self::Either { first, second, year }, Some(DateOrder::MonthFirst)) => Ok((year, first, second)),
            (Self::Either { .. }, None) => Err(InvalidDate::Ambiguous),
        }
    }
}

/// Walks over the text, one run of digits, letters or punctuation at a time.
struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        let mut rest = text.trim();
        // JavaScript's `Date.toString` ends with the zone's name in brackets.
        if let Some(open) = rest.rfind(" (").filter(|_| rest.ends_with(')')) {
            rest = &rest[..open];
        }
        let mut scanner = Self { rest };
        let before = scanner.rest;
        // The weekday is skipped, not checked: the date says it all.
        if is_weekday(scanner.letters()) {
            scanner.skip_any("., ");
        } else {
            scanner.rest = before;
        }
        scanner
    }

    fn run(&mut self, belongs: fn(&char) -> bool) -> &'a str {
        let len = self.rest.chars().take_while(belongs).map(char::len_utf8).sum();
        let (run, rest) = self.rest.split_at(len);
        self.rest = rest;
        run
    }

    fn letters(&mut self) -> &'a str {
        self.run(|character| character.is_alphabetic())
    }

    fn digits(&mut self) -> &'a str {
        self.run(char::is_ascii_digit)
    }

    fn skip_any(&mut self, characters: &str) {
        self.rest = self.rest.trim_start_matches(|character| characters.contains(character));
    }

    fn skip(&mut self, character: char) -> bool {
        match self.rest.strip_prefix(character) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// The next character when it may stand between the parts of a date.
    fn separator(&mut self) -> Result<char, InvalidDate> {
        let separator = self.rest.chars().next().ok_or(InvalidDate::Shape)?;
        if !matches!(separator, '-' | '/' | '.' | ' ' | ',') {
            return Err(InvalidDate::Shape);
        }
        self.skip(separator);
        self.skip_any(" ");
        Ok(separator)
    }

    fn date(&mut self) -> Result<Date, InvalidDate> {
        let name = self.letters();
        if !name.is_empty() {
            // `Feb 25, 2026`, `Jul 3rd, 2026`
            let month = month(name).ok_or(InvalidDate::Shape)?;
            self.separator()?;
            let day = number(self.digits(), 2)?;
            self.skip_ordinal();
            self.separator()?;
            return Ok(Date::Known { year: year(self.digits())?, month, day });
        }
        let first = self.digits();
        if first.len() == 8 && !self.rest.starts_with(['-', '/', '.']) {
            // `20260225`
            return Ok(Date::Known {
                year: year(&first[..4])?,
                month: number(&first[4..6], 2)?,
                day: number(&first[6..], 2)?,
            });
        }
        if self.skip('年') {
            return self.east_asian(first);
        }
        self.skip_ordinal();
        let separator = self.separator()?;
        // `12. März 2026`, `4 de agosto de 2026`
        self.skip_word("de");
        let name = self.letters();
        if !name.is_empty() {
            // `25/Feb/26`, `25 February 2026`
            let (day, month) = (number(first, 2)?, month(name).ok_or(InvalidDate::Shape)?);
            self.skip('.');
            self.separator()?;
            self.skip_word("de");
            return Ok(Date::Known { year: year(self.digits())?, month, day });
        }
        let second = number(self.digits(), 2)?;
        if !matches!(separator, '-' | '/' | '.') || self.separator()? != separator {
            return Err(InvalidDate::Shape);
        }
        let third = self.digits();
        match (first.len(), separator) {
            (4, _) => Ok(Date::Known { year: year(first)?, month: second, day: number(third, 2)? }),
            // Points between numbers are the day-first custom of central and northern Europe.
            (_, '.') => Ok(Date::Known { year: year(third)?, month: second, day: number(first, 2)? }),
            // `26-02-25` may even be year, month and day.
            (_, '-') if third.len() != 4 => Err(InvalidDate::Shape),
            _ => Ok(Date::Either { first: number(first, 2)?, second, year: year(third)? }),
        }
    }

    /// The rest of `2026年2月25日`.
    fn east_asian(&mut self, first: &str) -> Result<Date, InvalidDate> {
        let month = number(self.digits(), 2)?;
        if !self.skip('月') {
            return Err(InvalidDate::Shape);
        }
        let day = number(self.digits(), 2)?;
        if !self.skip('日') {
            return Err(InvalidDate::Shape);
        }
        Ok(Date::Known { year: year(first)?, month, day })
    }

    /// Skips the letters of `3rd`.
    fn skip_ordinal(&mut self) {
        let rest = ["st", "nd", "rd", "th"].iter().find_map(|letters| self.rest.strip_prefix(letters));
        self.rest = rest.filter(|rest| rest.starts_with([' ', ','])).unwrap_or(self.rest);
    }

    /// Skips a word and the blank behind it.
    fn skip_word(&mut self, word: &str) {
        let rest = self.rest.strip_prefix(word).and_then(|rest| rest.strip_prefix(' '));
        self.rest = rest.unwrap_or(self.rest);
    }

    /// Whether the half of the day stands here: `true` for the afternoon. Skips it.
    fn half_of_day(&mut self) -> Option<bool> {
        let belongs: fn(&char) -> bool = |character| character.is_alphabetic() || *character == '.';
        let before = self.rest;
        let word = self.run(belongs);
        // `p. m.`
        let is_cut = word.len() == 2 && word.ends_with('.') && self.rest.starts_with([' ', '\u{a0}']);
        let half = if is_cut {
            self.skip_any(" \u{a0}");
            let second = self.run(belongs);
            half_of_day(&format!("{word}{second}"))
        } else {
            half_of_day(word)
        };
        if half.is_none() {
            self.rest = before;
        }
        half
    }

    /// Hour, minute and second; zero when there is no time.
    fn time(&mut self) -> Result<(i8, i8, i8), InvalidDate> {
        if !self.skip('T') {
            self.skip_any(", ");
            let rest = self.rest.strip_prefix("at ").or_else(|| self.rest.strip_prefix("@ "));
            self.rest = rest.unwrap_or(self.rest);
        }
        // Chinese and Japanese write the half of the day first.
        let mut half = self.half_of_day();
        self.skip_any(" ");
        if !self.rest.starts_with(|character: char| character.is_ascii_digit()) {
            return if self.rest.is_empty() { Ok((0, 0, 0)) } else { Err(InvalidDate::Shape) };
        }
        let mut hour = number(self.digits(), 2)?;
        if !self.skip(':') {
            return Err(InvalidDate::Shape);
        }
        let minute = number(self.digits(), 2)?;
        let mut second = 0;
        if self.skip(':') {
            second = number(self.digits(), 2)?;
            if self.skip('.') || self.skip(',') {
                // Read so that letters are refused, then dropped: times are in whole seconds.
                number(self.digits(), 9)?;
            }
        }
        // Formatters that follow CLDR 42 put a narrow no-break space before AM and PM.
        self.skip_any(" \u{202f}");
        half = half.or_else(|| self.half_of_day());
        if let Some(is_afternoon) = half {
            // `13:05 PM` contradicts itself.
            if !(1..=12).contains(&hour) {
                return Err(InvalidDate::Range);
            }
            hour = hour % 12 + if is_afternoon { 12 } else { 0 };
        }
        // A leap second is the last second of its minute, as in POSIX time.
        let fit = |value: u32| i8::try_from(value).map_err(|_| InvalidDate::Range);
        Ok((fit(hour)?, fit(minute)?, fit(if second == 60 { 59 } else { second })?))
    }

    /// The offset from UTC; must be the end of the text.
    fn zone(&mut self) -> Result<Offset, InvalidDate> {
        self.skip_any(" ");
        let name = self.letters();
        if !matches!(name, "" | "Z" | "z" | "UTC" | "GMT") {
            let offset = zone_offset(name).filter(|_| self.rest.is_empty()).ok_or(InvalidDate::Shape)?;
            return Offset::from_seconds(offset * 60).map_err(|_| InvalidDate::Range);
        }
        let sign = match self.rest.chars().next() {
            None => return Ok(Offset::UTC),
            Some('+') => 1,
            Some('-' | '\u{2212}') => -1,
            Some(_) => return Err(InvalidDate::Shape),
        };
        self.run(|character| matches!(character, '+' | '-' | '\u{2212}'));
        let digits = self.digits();
        let (hours, mut minutes) = match digits.len() {
            1 | 2 => (number(digits, 2)?, 0),
            4 => (number(&digits[..2], 2)?, number(&digits[2..], 2)?),
            _ => return Err(InvalidDate::Shape),
        };
        if self.skip(':') && digits.len() <= 2 {
            minutes = number(self.digits(), 2)?;
        }
        if !self.rest.is_empty() {
            return Err(InvalidDate::Shape);
        }
        if hours > 18 || minutes > 59 {
            return Err(InvalidDate::Range);
        }
        let seconds = i32::try_from(hours * 3600 + minutes * 60).expect("below 19 hours");
        Offset::from_seconds(sign * seconds).map_err(|_| InvalidDate::Range)
    }
}

/// Minutes east of UTC of a zone's letters: those of RFC 5322, and others that have one meaning. `IST`
/// and `BST` have several.
fn zone_offset(name: &str) -> Option<i32> {
    Some(match name {
        "PST" => -480,
        "PDT" | "MST" => -420,
        "MDT" | "CST" => -360,
        "CDT" | "EST" => -300,
        "EDT" => -240,
        "WET" => 0,
        "CET" | "WEST" => 60,
        "CEST" | "EET" => 120,
        "EEST" | "MSK" => 180,
        "SGT" | "HKT" | "AWST" => 480,
        "JST" | "KST" => 540,
        "AEST" => 600,
        "AEDT" => 660,
        "NZST" => 720,
        "NZDT" => 780,
        _ => return None,
    })
}

fn number(digits: &str, max_len: usize) -> Result<u32, InvalidDate> {
    if digits.is_empty() || digits.len() > max_len {
        return Err(InvalidDate::Shape);
    }
    digits.parse().map_err(|_| InvalidDate::Shape)
}

/// Four digits, or two: 70 to 99 are of the 1900s, 00 to 69 of the 2000s (POSIX `strptime` says 69).
fn year(digits: &str) -> Result<i16, InvalidDate> {
    let value = i16::try_from(number(digits, 4)?).map_err(|_| InvalidDate::Range)?;
    match digits.len() {
        4 => Ok(value),
        2 if value >= 70 => Ok(1900 + value),
        2 => Ok(2000 + value),
        _ => Err(InvalidDate::Shape),
    }
}

#[cfg(test)]
mod tests {
    use super::{DateOrder, InvalidDate, OrderOf, Timestamp, is_never, lacks_zone, order_of, parse, serial};

    /// `date -u -d '2026-02-25 10:17' +%s`
    const FEB_25: Timestamp = Timestamp(1_772_014_620);

    #[test]
    fn one_moment_is_read_from_every_shape_that_trackers_write() {
        for text in [
            "2026-02-25 10:17",
            "2026-02-25T10:17",
            "2026-02-25T10:17:00Z",
            "2026-02-25T10:17:00.123456Z",
            "2026-02-25T10:17:00.000+0000",
            "2026-02-25T11:17:00+01:00",
            "2026-02-25 05:17:00 -0500",
            "2026-02-25 10:17:00 UTC",
            "2026/02/25 10:17",
            "25/Feb/26 10:17 AM",
            "25 February 2026 10:17",
            "Feb 25, 2026 10:17 am",
            "Feb 25, 2026, 10:17:00 AM",
            "25.02.2026 10:17",
            "25/2/2026 10:17",
            "2/25/2026 10:17",
            "Wed, 25 Feb 2026 10:17:00 +0000",
            "Wed Feb 25 2026 10:17:00 GMT+0000 (Coordinated Universal Time)",
            "1772014620",
            "1772014620.5",
            "1772014620000",
            "1772014620000000",
            "1772014620000000000",
            "2026-02-25 05:17 EST",
            "25.02.2026 11:17 CET",
            "Feb 25, 2026 @ 10:17:00.000",
            "25/feb/26 10:17 AM",
            "25. Februar 2026 10:17",
            "25 févr. 2026 10:17",
            "25 de febrero de 2026 10:17",
            "25/фев/26 10:17 AM",
            "2026年2月25日 10:17",
            "2026/02/25 上午10:17",
            "25/02/2026 10:17 a. m.",
            "Feb 25th, 2026 10:17",
        ] {
            assert_eq!(parse(text, None), Ok(FEB_25), "{text}");
        }
        assert_eq!(parse("25/Feb/26 10:17 PM", None), Ok(Timestamp(FEB_25.0 + 12 * 3600)));
        assert_eq!(parse("25/Feb/26 12:17 AM", None), Ok(Timestamp(FEB_25.0 - 10 * 3600)));
    }

    #[test]
    fn a_date_alone_is_its_first_second_in_utc() {
        // date -u -d 2026-02-25 +%s
        for text in ["2026-02-25", "20260225", "25-Feb-2026", "2/25/26"] {
            assert_eq!(parse(text, None), Ok(Timestamp(1_771_977_600)), "{text}");
        }
        assert_eq!(parse("1969-12-31", None), Ok(Timestamp(-86_400)));
    }

    #[test]
    fn day_and_month_are_told_apart_by_the_order_of_the_column_or_not_at_all() {
        assert_eq!(parse("4/5/2026", None), Err(InvalidDate::Ambiguous));
        assert_eq!(parse("4/5/2026", Some(DateOrder::DayFirst)), parse("2026-05-04", None));
        assert_eq!(parse("4/5/2026", Some(DateOrder::MonthFirst)), parse("2026-04-05", None));
        assert_eq!(parse("5/5/2026", None), parse("2026-05-05", None));
        assert!(lacks_zone("29/2/2016 01:16") && lacks_zone("25/Feb/26 10:17 PM"));
        assert!(!lacks_zone("2026-02-25") && !lacks_zone("2026-02-25T10:17Z") && !lacks_zone("1772014620"));
        assert_eq!(order_of("29/2/2016 01:16"), OrderOf::Proven(DateOrder::DayFirst));
        assert_eq!(order_of("6/21/2025 16:14"), OrderOf::Proven(DateOrder::MonthFirst));
        assert_eq!(order_of("6/12/2025"), OrderOf::Open);
        assert_eq!(order_of("6/6/2025"), OrderOf::Fixed);
        assert_eq!(order_of("25/Feb/26"), OrderOf::Fixed);
    }

    #[test]
    fn quarters_are_their_first_day_and_serials_count_days() {
        // date -u -d 2025-07-01 +%s
        for text in ["Q3 2025", "2025-Q3", "3. Quartal 2025", "q3/2025"] {
            assert_eq!(parse(text, None), Ok(Timestamp(1_751_328_000)), "{text}");
        }
        // date -u -d 2026-07-03 +%s; half a day is noon.
        assert_eq!(serial("46206"), Some(Timestamp(1_783_036_800)));
        assert_eq!(serial("46206.5"), Some(Timestamp(1_783_080_000)));
        for text in ["120", "20260225", "1772014620", "x"] {
            assert_eq!(serial(text), None, "{text}");
        }
    }

    #[test]
    fn what_programs_write_for_never_is_known() {
        for text in ["0", "0001-01-01T00:00:00Z", "0000-00-00 00:00:00"] {
            assert!(is_never(text), "{text}");
        }
        assert!(!is_never("2026-02-25"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["yesterday", "2026", "2026-02", "26-02-25", "10:17", "2026-02-25 10", "2026-02-25 10:17 IST"]
        {
            assert_eq!(parse(text, None), Err(InvalidDate::Shape), "{text}");
        }
        for text in ["2026-02-30", "2026-13-01", "2026-02-25 24:01", "31/31/2026", "2026-02-25 13:00 PM"] {
            assert_eq!(parse(text, None), Err(InvalidDate::Range), "{text}");
        }
        // What some trackers write for "never".
        assert_eq!(parse("9999-12-31", None), Err(InvalidDate::Beyond));
        assert!(parse("9999-12-30", None).is_ok());
    }
}
