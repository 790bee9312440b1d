//! Durations as trackers write them -> seconds.

use crate::number::{Decimal, DecimalMark, InvalidNumber};

/// Decimals that a duration can have: a third one is finer than anybody measures, so that one comma before
/// three digits marks thousands, as in money.
const DECIMALS: u32 = 2;

/// What a bare number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DurationUnit {
    /// A thousandth of a second.
    Millisecond,
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
}

/// How long a day and a week are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayLength {
    /// Days of 24 hours, weeks of 7 days: time that passes.
    Calendar,
    /// Days of 8 hours, weeks of 5 days: time that people work, as Jira and GitLab count by default.
    Work,
}

/// Why a text is not a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InvalidDuration {
    /// It has none of the known shapes.
    Shape,
    /// It is a bare number, and nothing tells what it counts.
    NoUnit,
    /// It is below zero.
    Negative,
    /// Its one separator may mark thousands or a fraction.
    Ambiguous,
    /// It does not fit 64 bits of seconds.
    Range,
}

impl InvalidDuration {
    fn of_number(error: InvalidNumber) -> Self {
        match error {
            InvalidNumber::Shape => Self::Shape,
            InvalidNumber::Ambiguous => Self::Ambiguous,
            InvalidNumber::Range => Self::Range,
        }
    }

    /// The problem and the remedy, as a lower-case phrase.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Shape => "not a duration: write it like 90 min, 1d 2h, 1:30:00 or PT1H30M",
            Self::NoUnit => "no unit: map the column with --map seconds=, minutes=, hours= or effort_…=",
            Self::Negative => "a duration cannot be negative",
            Self::Ambiguous => "thousands or a fraction? write it without a separator, or with two decimals",
            Self::Range => "too long",
        }
    }
}

/// Words that end or begin a header.
const UNIT_WORDS: [(&str, DurationUnit); 11] = [
    ("milliseconds", DurationUnit::Millisecond),
    ("millis", DurationUnit::Millisecond),
    ("seconds", DurationUnit::Second),
    ("secs", DurationUnit::Second),
    ("minutes", DurationUnit::Minute),
    ("mins", DurationUnit::Minute),
    ("hours", DurationUnit::Hour),
    ("hrs", DurationUnit::Hour),
    ("days", DurationUnit::Day),
    ("sec", DurationUnit::Second),
    ("min", DurationUnit::Minute),
];

impl DurationUnit {
    /// Splits a header such as `leadtimeminutes` or `Outage (h)` before its unit; the first part is
    /// squeezed.
    pub(super) fn split<'a>(header: &str, squeezed: &'a str) -> Option<(&'a str, Self)> {
        for (word, unit) in UNIT_WORDS {
            if let Some(base) = squeezed.strip_suffix(word).filter(|base| !base.is_empty()) {
                // Squeezing has removed the blanks around the `in` of `time in minutes`.
                return Some((base.strip_suffix("in").unwrap_or(base), unit));
            }
        }
        // A single letter is a unit in brackets only: any plural ends with an `s`.
        let (_, short) = header.trim_end_matches([')', ']', ' ']).rsplit_once(['(', '['])?;
        let unit = match short.trim() {
            "ms" => Self::Millisecond,
            "s" => Self::Second,
            "m" => Self::Minute,
            "h" => Self::Hour,
            "d" => Self::Day,
            _ => return None,
        };
        squeezed.strip_suffix(short.trim()).map(|base| (base, unit))
    }

    /// The unit that a squeezed header begins with or consists of: `secondstoresolve`, `hours`.
    pub(super) fn named_in(squeezed: &str) -> Option<Self> {
        // Short words begin other words: `minor`, `section`.
        let word = UNIT_WORDS.iter().find(|(word, _)| squeezed.starts_with(word) && word.len() > 3);
        word.map(|(_, unit)| *unit)
    }

    /// The unit of a word within a value.
    fn of_word(word: &str) -> Option<Self> {
        Some(match word.to_lowercase().as_str() {
            "ms" | "millisecond" | "milliseconds" => Self::Millisecond,
            "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunden" => Self::Second,
            "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minutos" => Self::Minute,
            "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures"
            | "hora" | "horas" | "ora" | "ore" => Self::Hour,
            "d" | "day" | "days" | "tag" | "tage" | "jour" | "jours" | "día" | "días" => Self::Day,
            "w" | "wk" | "wks" | "week" | "weeks" | "woche" | "wochen" => Self::Week,
            _ => return None,
        })
    }

    /// How many milliseconds it has.
    fn millis(self, length: DayLength) -> u64 {
        let (hours, days) = match length {
            DayLength::Calendar => (24, 7),
            DayLength::Work => (8, 5),
        };
        match self {
            Self::Millisecond => 1,
            Self::Second => 1_000,
            Self::Minute => 60_000,
            Self::Hour => 3_600_000,
            Self::Day => 3_600_000 * hours,
            Self::Week => 3_600_000 * hours * days,
        }
    }

    /// Its name in the plural.
    pub(super) fn plural(self) -> &'static str {
        match self {
            Self::Millisecond => "milliseconds",
            Self::Second => "seconds",
            Self::Minute => "minutes",
            Self::Hour => "hours",
            Self::Day => "days",
            Self::Week => "weeks",
        }
    }
}

/// How the durations of a column are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct DurationFormat {
    /// What a bare number counts; `None` if nothing says.
    pub(super) unit: Option<DurationUnit>,
    /// The length of days and weeks.
    pub(super) length: DayLength,
    /// The decimal mark that the column shows.
    pub(super) mark: Option<DecimalMark>,
}

/// Reads a duration, rounded to whole seconds.
///
/// # Errors
/// If the text is anything else, a bare number without a unit, or ambiguous.
pub(super) fn parse(text: &str, format: DurationFormat) -> Result<u64, InvalidDuration> {
    let text = text.trim();
    if text.starts_with(['-', '\u{2212}']) {
        return Err(InvalidDuration::Negative);
    }
    let millis = if text.starts_with(['P', 'p']) {
        iso(text, format.length)?
    } else {
        match Decimal::read(text, format.mark, DECIMALS) {
            // Guessing the unit would be off by a factor of 60.
            Ok(number) => millis_of(number, format.unit.ok_or(InvalidDuration::NoUnit)?, format.length)?,
            Err(InvalidNumber::Shape) => words(text, format)?,
            Err(error) => return Err(InvalidDuration::of_number(error)),
        }
    };
    // Rounded once, after all parts are added up.
    Ok(millis / 1_000 + u64::from(millis % 1_000 >= 500))
}

/// `P1DT2H30M`; years and months are no fixed time.
fn iso(text: &str, length: DayLength) -> Result<u64, InvalidDuration> {
    let mut rest = &text[1..];
    let mut is_time = false;
    let mut sum = 0_u64;
    let mut is_empty = true;
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix(['T', 't']).filter(|_| !is_time) {
            (is_time, rest) = (true, time);
            continue;
        }
        let (number, after) = number_at_start(rest, Some(DecimalMark::Point))?;
        let mut characters = after.chars();
        // `M` means minutes behind the `T`, and months before it, which have no fixed length.
        let unit = match (characters.next().map(|letter| letter.to_ascii_uppercase()), is_time) {
            (Some('W'), false) => DurationUnit::Week,
            (Some('D'), false) => DurationUnit::Day,
            (Some('H'), true) => DurationUnit::Hour,
            (Some('M'), true) => DurationUnit::Minute,
            (Some('S'), true) => DurationUnit::Second,
            _ => return Err(InvalidDuration::Shape),
        };
        sum = add(sum, millis_of(number, unit, length)?)?;
        (rest, is_empty) = (characters.as_str(), false);
    }
    if is_empty { Err(InvalidDuration::Shape) } else { Ok(sum) }
}

/// `1d 2h`, `2 hours, 5 minutes`, `1 day, 3:04:05`, `3:04:05`, `2:30 h`, `2h30`, `2 Std.`
fn words(text: &str, format: DurationFormat) -> Result<u64, InvalidDuration> {
    let length = format.length;
    if let Some(millis) = hours_and_minutes(text) {
        return Ok(millis);
    }
    let mut rest = text;
    let mut sum = 0_u64;
    let mut last: Option<u64> = None;
    loop {
        rest = rest.trim_start_matches([' ', ',', '\u{a0}']);
        rest = rest.strip_prefix("and ").unwrap_or(rest).trim_start();
        if rest.is_empty() {
            return last.map(|_| sum).ok_or(InvalidDuration::Shape);
        }
        if let Some((millis, after)) = clock(rest) {
            // A clock ends the text and follows days at most: `1 day, 3:04:05`.
            if !after.is_empty() || last.is_some_and(|unit| unit < DurationUnit::Day.millis(length)) {
                return Err(InvalidDuration::Shape);
            }
            return add(sum, millis);
        }
        let (number, after) = number_at_start(rest, format.mark)?;
        let after = after.trim_start();
        let word_len = after.chars().take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum();
        let (word, after) = after.split_at(word_len);
        let after = after.strip_prefix('.').unwrap_or(after);
        let unit = DurationUnit::of_word(word).ok_or(InvalidDuration::Shape)?;
        // `2h 1d` and `1h 1h` are more likely mistakes than times.
        if last.is_some_and(|last| last <= unit.millis(length)) {
            return Err(InvalidDuration::Shape);
        }
        sum = add(sum, millis_of(number, unit, length)?)?;
        (last, rest) = (Some(unit.millis(length)), after);
    }
}

/// `2:30 h` and `2h30`: the hours make clear what the other number counts.
fn hours_and_minutes(text: &str) -> Option<u64> {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    let (hours, minutes) = match text.split_once(':') {
        Some((hours, rest)) => {
            let len = rest.find(|character: char| !character.is_ascii_digit())?;
            let (minutes, word) = rest.split_at(len);
            (DurationUnit::of_word(word.trim()) == Some(DurationUnit::Hour)).then_some((hours, minutes))?
        }
        None => text.split_once('h').filter(|(_, minutes)| minutes.len() == 2)?,
    };
    let hours: u64 = hours.trim().parse().ok()?;
    let minutes: u64 = minutes.parse().ok().filter(|minutes| *minutes < 60)?;
    hours.checked_mul(60)?.checked_add(minutes)?.checked_mul(60_000)
}

/// Hours, minutes and seconds with colons; two numbers alone could be either pair.
fn clock(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|character: char| !character.is_ascii_digit() && !matches!(character, ':' | '.'));
    let (clock, rest) = text.split_at(end.unwrap_or(text.len()));
    let mut parts = clock.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let minutes: u64 = minutes.parse().ok().filter(|minutes| *minutes < 60)?;
    let seconds = Decimal::read(seconds, Some(DecimalMark::Point), DECIMALS).ok()?;
    let seconds = millis_of(seconds, DurationUnit::Second, DayLength::Calendar).ok()?;
    let hours: u64 = hours.parse().ok()?;
    if parts.next().is_some() || seconds >= 60_000 {
        return None;
    }
    let millis = hours.checked_mul(60)?.checked_add(minutes)?.checked_mul(60_000)?.checked_add(seconds)?;
    Some((millis, rest))
}

fn add(a: u64, b: u64) -> Result<u64, InvalidDuration> {
    a.checked_add(b).ok_or(InvalidDuration::Range)
}

/// The number that a text begins with, and what follows it.
fn number_at_start(text: &str, mark: Option<DecimalMark>) -> Result<(Decimal, &str), InvalidDuration> {
    let belongs = |character: char| character.is_ascii_digit() || matches!(character, '.' | ',' | '\'');
    let end = text.find(|character: char| !belongs(character)).unwrap_or(text.len());
    // A comma or point behind the last digit ends a phrase: `2 h, 5 min`.
    let number = text[..end].trim_end_matches(|character: char| !character.is_ascii_digit());
    let read = Decimal::read(number, mark, DECIMALS).map_err(InvalidDuration::of_number)?;
    Ok((read, &text[number.len()..]))
}

/// That many of the unit, in milliseconds.
fn millis_of(number: Decimal, unit: DurationUnit, length: DayLength) -> Result<u64, InvalidDuration> {
    let scaled = number.scaled(unit.millis(length).into(), 0).ok_or(InvalidDuration::Range)?;
    u64::try_from(scaled.units).map_err(|_| InvalidDuration::Range)
}

#[cfg(test)]
mod tests {
    use super::{DayLength, DurationFormat, DurationUnit, InvalidDuration};

    fn parse(text: &str, unit: Option<DurationUnit>, length: DayLength) -> Result<u64, InvalidDuration> {
        super::parse(text, DurationFormat { unit, length, mark: None })
    }

    #[test]
    fn spans_are_read_in_every_shape_that_trackers_write() {
        for (text, unit, seconds) in [
            ("3600", Some(DurationUnit::Second), 3_600),
            ("60", Some(DurationUnit::Minute), 3_600),
            ("1.5", Some(DurationUnit::Hour), 5_400),
            ("90000", Some(DurationUnit::Millisecond), 90),
            ("5400.00000", Some(DurationUnit::Second), 5_400),
            ("PT1H30M", None, 5_400),
            ("P1DT2H", None, 93_600),
            ("P1W", None, 604_800),
            ("PT0.5S", None, 1),
            ("1d 2h", None, 93_600),
            ("1d2h", None, 93_600),
            ("1w 2d", None, 777_600),
            ("90 min", None, 5_400),
            ("2 hours, 5 minutes", None, 7_500),
            ("1 hour and 30 minutes", None, 5_400),
            ("1.5h", None, 5_400),
            ("1:30:00", None, 5_400),
            ("26:00:00", None, 93_600),
            ("1 day, 2:00:00", None, 93_600),
            ("1 day 2:00:00.6", Some(DurationUnit::Second), 93_601),
            ("0", Some(DurationUnit::Minute), 0),
            ("172,973", Some(DurationUnit::Second), 172_973),
            ("8,975,566", Some(DurationUnit::Second), 8_975_566),
            ("1,5", Some(DurationUnit::Second), 2),
            ("2,880", Some(DurationUnit::Minute), 172_800),
            ("1'440 min", None, 86_400),
            ("2:30 h", None, 9_000),
            ("2h30", None, 9_000),
            ("2 Std.", None, 7_200),
            ("1 Std. 30 Min.", None, 5_400),
            ("1,5 Stunden", None, 5_400),
        ] {
            assert_eq!(parse(text, unit, DayLength::Calendar), Ok(seconds), "{text}");
        }
        // A working day has 8 hours, a working week 5 days.
        assert_eq!(parse("1d 2h", None, DayLength::Work), Ok(36_000));
        assert_eq!(parse("1w", None, DayLength::Work), Ok(144_000));
    }

    #[test]
    fn what_is_no_span_or_not_clear_is_refused() {
        for (text, error) in [
            ("90", InvalidDuration::NoUnit),
            ("1:30", InvalidDuration::Shape),
            ("1:75:00", InvalidDuration::Shape),
            ("2h 1d", InvalidDuration::Shape),
            ("soon", InvalidDuration::Shape),
            ("P", InvalidDuration::Shape),
            ("P1M", InvalidDuration::Shape),
            ("P1H", InvalidDuration::Shape),
            ("1h later", InvalidDuration::Shape),
            ("-5", InvalidDuration::Negative),
            ("99999999999999999d", InvalidDuration::Range),
        ] {
            assert_eq!(parse(text, None, DayLength::Calendar), Err(error), "{text}");
        }
    }

    #[test]
    fn the_unit_is_taken_from_the_header() {
        for (header, squeezed, base, unit) in [
            ("LeadTimeMinutes", "leadtimeminutes", "leadtime", DurationUnit::Minute),
            ("Outage (h)", "outageh", "outage", DurationUnit::Hour),
            ("Duration in hours", "durationinhours", "duration", DurationUnit::Hour),
            ("duration_ms [ms]", "durationmsms", "durationms", DurationUnit::Millisecond),
        ] {
            assert_eq!(DurationUnit::split(header, squeezed), Some((base, unit)), "{header}");
        }
        assert_eq!(DurationUnit::split("path(s)", "duration"), None);
        assert_eq!(DurationUnit::named_in("secondstoresolve"), Some(DurationUnit::Second));
        assert_eq!(DurationUnit::named_in("mincost"), None);
    }
}
