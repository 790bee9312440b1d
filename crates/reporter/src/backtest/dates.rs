//! The dates of the cuts.

use debtscan_model::{Scan, Timestamp};
use jiff::Timestamp as Instant;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The 1 January (UTC) of years, ascending, whose following `horizon_days` lie within the history of
/// the scan and do not overlap; the last one is as late as can be.
pub(super) fn yearly(scan: &Scan, horizon_days: i64) -> Vec<Timestamp> {
    /// Shorter than any calendar year, so that a window of 365 days fits into each.
    const SHORTEST_YEAR_DAYS: i64 = 365;
    let Some(first) = scan.commits.iter().map(|commit| commit.time).min() else { return Vec::new() };
    // A horizon longer than a year skips the years that it covers, so that no two windows overlap.
    let step = usize::try_from((horizon_days - 1) / SHORTEST_YEAR_DAYS + 1).unwrap_or(1).max(1);
    let years = year_of(first)..=year_of(scan.as_of);
    let mut all: Vec<Timestamp> = years
        .filter_map(new_year)
        .filter(|date| first <= *date && date.plus_days(horizon_days) <= scan.as_of)
        // From the end, so that the last window is as late as it can be.
        .rev()
        .step_by(step)
        .collect();
    all.reverse();
    all
}

/// The year of a time (UTC), within the calendar's ends.
fn year_of(time: Timestamp) -> i16 {
    // Git accepts any number as a time, also beyond the calendar.
    let instant =
        Instant::from_second(time.0).unwrap_or(if time.0 < 0 { Instant::MIN } else { Instant::MAX });
    TimeZone::UTC.to_datetime(instant).year()
}

/// The first second of a year (UTC); `None` beyond the calendar.
fn new_year(year: i16) -> Option<Timestamp> {
    let date = Date::new(year, 1, 1).ok()?;
    let instant = TimeZone::UTC.to_timestamp(date.to_datetime(jiff::civil::Time::midnight())).ok()?;
    Some(Timestamp(instant.as_second()))
}

#[cfg(test)]
mod tests {
    use super::yearly;
    use crate::sample::{AS_OF, SampleScan};

    #[test]
    fn cuts_are_the_first_of_january_and_windows_neither_overlap_nor_reach_beyond_the_history() {
        // AS_OF is 2026-01-01T00:00:00Z; the first commit is of 2022-12-28.
        let scan = SampleScan::new().source("a.c", 1, 0).commit(1100, &[("a.c", 1, 0)]).build();
        let days_before = |horizon| -> Vec<i64> {
            yearly(&scan, horizon).iter().map(|date| (AS_OF.0 - date.0) / 86_400).collect()
        };
        // 2023, 2024 (a leap year), 2025
        assert_eq!(days_before(365), [1096, 731, 365]);
        assert_eq!(days_before(366), [731]);
        assert_eq!(days_before(90), [1096, 731, 365]);
        assert!(yearly(&SampleScan::new().build(), 365).is_empty());
    }
}
