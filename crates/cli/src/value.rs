//! Values with the same spelling in options and in `debtscan.toml`: times, area sources, words.

use clap::ValueEnum;
use debtscan_app::{AreaSource, Currency, DateOrder, Renames, ShareLimit, TimeSpec, Timestamp};
use debtscan_render::Formulas;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, de};

/// Reads a text and parses it, for values of the configuration.
pub(crate) fn parsed<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text)
        .map(Some)
        .map_err(|reason| de::Error::custom(format!("`{text}` is not valid here: {reason}")))
}

/// Reads an ISO 4217 code, for values of the configuration.
pub(crate) fn currency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Currency>, D::Error> {
    parsed(deserializer, |text| {
        Currency::from_iso(text).ok_or_else(|| "write an ISO 4217 currency code, such as USD".to_owned())
    })
}

/// Which of day and month comes first, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DateOrderWord {
    /// 4/5/2026 is in May
    Dmy,
    /// 4/5/2026 is in April
    Mdy,
}

impl From<DateOrderWord> for DateOrder {
    fn from(word: DateOrderWord) -> Self {
        match word {
            DateOrderWord::Dmy => Self::DayFirst,
            DateOrderWord::Mdy => Self::MonthFirst,
        }
    }
}

/// Whether renames are followed, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RenamesWord {
    /// Add the history of older names to the present path
    Follow,
    /// Treat every path as a file of its own
    Off,
}

impl From<RenamesWord> for Renames {
    fn from(word: RenamesWord) -> Self {
        match word {
            RenamesWord::Follow => Self::Follow,
            RenamesWord::Off => Self::Off,
        }
    }
}

/// When to colour, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWord {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Always, in files too
    Always,
    /// Never
    Never,
}

/// What happens to formulas in CSV, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormulasWord {
    /// Put an apostrophe before names, paths and texts that begin with =, +, -, @, a tab or a carriage return
    Escape,
    /// Leave all cells as they are, for programs that join by them
    Keep,
}

impl From<FormulasWord> for Formulas {
    fn from(word: FormulasWord) -> Self {
        match word {
            FormulasWord::Escape => Self::Escape,
            FormulasWord::Keep => Self::Keep,
        }
    }
}

/// An end of the time window, with the text that suggested commands repeat.
#[derive(Debug, Clone)]
pub(crate) struct TypedTime {
    pub(crate) typed: String,
    pub(crate) time: TimeSpec,
}

impl TypedTime {
    /// Reads the value of `--since` or `--until`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        Ok(Self { typed: text.to_owned(), time: parse_time(text)? })
    }
}

/// Parses a date (midnight UTC), an RFC 3339 time, an age such as `90d`, `12w`, `18mo`, `2y`, or else
/// a possible name of a revision; only the scanner knows whether it exists.
pub(crate) fn parse_time(text: &str) -> Result<TimeSpec, String> {
    // Ages first: one with too many digits then has an error of its own.
    if let Some(age) = parse_age(text) {
        return age;
    }
    if let Ok(date) = text.parse::<Date>()
        // jiff also reads the date of a longer time, such as one without an offset, which is
        // refused below.
        && text.len() == "2025-01-31".len()
    {
        let midnight = TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).map_err(|error| error.to_string())?;
        return Ok(TimeSpec::At(Timestamp(midnight.as_second())));
    }
    match text.parse::<jiff::Timestamp>() {
        Ok(time) => Ok(TimeSpec::At(Timestamp(time.as_second()))),
        Err(_) if may_be_revision(text) => Ok(TimeSpec::Revision(text.to_owned())),
        Err(_) => Err("write a date (2025-01-31), an RFC 3339 time (2025-01-31T12:00:00Z), an age (90d, \
                       12w, 18mo, 2y) or a tag"
            .to_owned()),
    }
}

/// Whether `text` can name a commit and is not a mistyped time.
fn may_be_revision(text: &str) -> bool {
    let is_possible = !text.is_empty()
        // git refuses such names too: they would look like options.
        && !text.starts_with('-')
        && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    // `2025-02-30` and `90` are mistyped times, `1.2.0` and `2025.1` are tags.
    let looks_like_a_time = text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains('.');
    let is_commit_id = text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_possible && (!looks_like_a_time || is_commit_id)
}

/// Parses `<digits><unit>`, or the words that git takes (`6 months ago`, `6.months`); `None` when the text does not
/// have that shape.
fn parse_age(text: &str) -> Option<Result<TimeSpec, String>> {
    let unit_at = text.find(|character: char| !character.is_ascii_digit())?;
    let (digits, unit) = text.split_at(unit_at);
    let words = unit.trim_start_matches([' ', '.']);
    let words = words.strip_suffix("ago").map_or(words, |rest| rest.trim_end_matches([' ', '.']));
    let (months_per_unit, days_per_unit) = match (unit, words) {
        ("d", _) | (_, "day" | "days") => (0, 1),
        ("w", _) | (_, "week" | "weeks") => (0, 7),
        ("mo", _) | (_, "month" | "months") => (1, 0),
        ("y", _) | (_, "year" | "years") => (12, 0),
        _ => return None,
    };
    // Longer than any history, and short enough for every calendar.
    const MAX: u32 = 100_000;
    let count = digits.parse::<u32>().ok().filter(|count| *count <= MAX);
    Some(match count {
        Some(count) => {
            Ok(TimeSpec::BeforeAsOf { months: count * months_per_unit, days: count * days_per_unit })
        }
        None => Err(format!("an age has a number from 0 to {MAX} before its unit")),
    })
}

/// Parses a number of bytes: `400M`, `2G`, `2 GiB`. Units are powers of 1024.
pub(crate) fn parse_size(text: &str) -> Result<u64, String> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    // `G`, `GB` and `GiB` mean the same here.
    let shift = match unit.trim().to_ascii_lowercase().trim_end_matches("ib").trim_end_matches('b') {
        "" => Some(0),
        "k" => Some(10),
        "m" => Some(20),
        "g" => Some(30),
        _ => None,
    };
    let bytes =
        shift.zip(number.parse::<u64>().ok()).and_then(|(shift, number)| number.checked_mul(1 << shift));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(|| "not a size such as 400M or 2G".to_owned())
}

/// Parses a percentage with at most two decimals: `10%`, `0.5%`.
pub(crate) fn parse_share(text: &str) -> Result<ShareLimit, String> {
    let wrong = || "write a percentage from 0% to 100%, such as 10% or 0.5%".to_owned();
    let number = text.strip_suffix('%').ok_or_else(wrong)?;
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |digits: &str, most: usize| {
        (1..=most).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    if !is_number(whole, 3) || !is_number(decimals, 2) {
        return Err(wrong());
    }
    let hundredths = format!("{whole}{decimals:0<2}").parse().map_err(|_| wrong())?;
    ShareLimit::new(hundredths).ok_or_else(wrong)
}

/// Parses an age as days; a month has a twelfth of 365 of them, rounded down.
pub(crate) fn parse_days(text: &str) -> Result<u32, String> {
    match parse_age(text) {
        Some(Ok(TimeSpec::BeforeAsOf { months, days })) => Ok(months * 365 / 12 + days),
        Some(Err(error)) => Err(error),
        _ => Err("write an age, such as 180d, 26w, 6mo or 1y".to_owned()),
    }
}

/// Parses `auto`, `config`, `codeowners`, `packages`, `folders` or `dir:N`.
pub(crate) fn parse_area_source(text: &str) -> Result<AreaSource, String> {
    match text {
        "auto" => Ok(AreaSource::Auto),
        "config" => Ok(AreaSource::Config),
        "codeowners" => Ok(AreaSource::CodeOwners),
        "packages" => Ok(AreaSource::Packages),
        "folders" => Ok(AreaSource::Folders),
        _ => text
            .strip_prefix("dir:")
            .and_then(|depth| depth.parse().ok())
            // At depth 0 the whole repository would be one area.
            .filter(|depth| *depth > 0)
            .map(AreaSource::Directories)
            .ok_or_else(|| {
                "write auto, config, codeowners, packages, folders, or dir:N with N from 1".to_owned()
            }),
    }
}

#[cfg(test)]
mod tests {
    use debtscan_app::{AreaSource, ShareLimit, TimeSpec, Timestamp};

    use super::{parse_area_source, parse_days, parse_share, parse_size, parse_time};

    #[test]
    fn times_are_dates_instants_or_ages() {
        let check = |text: &str, expected: TimeSpec| assert_eq!(parse_time(text), Ok(expected), "{text}");
        check("1970-01-02", TimeSpec::At(Timestamp(86_400)));
        check("1970-01-01T01:00:00Z", TimeSpec::At(Timestamp(3_600)));
        check("1970-01-01T01:00:00+01:00", TimeSpec::At(Timestamp(0)));
        check("90d", TimeSpec::BeforeAsOf { months: 0, days: 90 });
        check("12w", TimeSpec::BeforeAsOf { months: 0, days: 84 });
        check("18mo", TimeSpec::BeforeAsOf { months: 18, days: 0 });
        check("2y", TimeSpec::BeforeAsOf { months: 24, days: 0 });
        for age in ["6 months ago", "6.months.ago", "6 months", "6months"] {
            check(age, TimeSpec::BeforeAsOf { months: 6, days: 0 });
        }
        check("1 year ago", TimeSpec::BeforeAsOf { months: 12, days: 0 });
        check("2 weeks ago", TimeSpec::BeforeAsOf { months: 0, days: 14 });
        check("1 day ago", TimeSpec::BeforeAsOf { months: 0, days: 1 });
        for revision in ["v1.2.0", "1.2.0", "refs/tags/90d", "main~3", "0123456", "HEAD", "yesterday"] {
            check(revision, TimeSpec::Revision(revision.to_owned()));
        }
    }

    #[test]
    fn other_times_are_refused() {
        for text in
            ["", "d", "90", "2025-02-30", "2025-01-31T12:00", "last week", "-3d", "99999999999d", "3m"]
        {
            assert!(parse_time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_are_whole_numbers_of_bytes_kibi_mebi_or_gibibytes() {
        for (text, bytes) in
            [("1", 1), ("2k", 2048), ("400M", 419_430_400), ("1 GiB", 1_073_741_824), ("3mb", 3_145_728)]
        {
            assert_eq!(parse_size(text), Ok(bytes), "{text}");
        }
        for text in ["", "0", "0M", "-1M", "1.5G", "M", "4X", "99999999999999999G"] {
            assert!(parse_size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn shares_are_percentages() {
        let check = |text: &str, hundredths| {
            assert_eq!(parse_share(text).map(ShareLimit::hundredths), Ok(hundredths), "{text}");
        };
        for (text, hundredths) in [("0%", 0), ("10%", 1_000), ("0.5%", 50), ("2.25%", 225), ("100%", 10_000)]
        {
            check(text, hundredths);
        }
        for text in
            ["", "%", "10", "0.1", "100.01%", "101%", "-1%", "1.%", ".5%", "1.234%", "+1%", "1e1%", "ten%"]
        {
            assert!(parse_share(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_age_has_days() {
        assert_eq!(["180d", "26w", "6mo", "1y"].map(parse_days), [Ok(180), Ok(182), Ok(182), Ok(365)]);
        for text in ["", "180", "2025-01-01", "v1", "d"] {
            assert!(parse_days(text).is_err(), "{text}");
        }
    }

    #[test]
    fn area_sources_are_words_or_a_depth() {
        assert_eq!(parse_area_source("auto"), Ok(AreaSource::Auto));
        assert_eq!(parse_area_source("folders"), Ok(AreaSource::Folders));
        assert_eq!(parse_area_source("dir:2"), Ok(AreaSource::Directories(2)));
        for text in ["", "dir", "dir:", "dir:0", "dir:-1", "Auto", "teams"] {
            assert!(parse_area_source(text).is_err(), "{text}");
        }
    }
}
