//! Resolving `--since` and `--until` to points in time.

use debtscan_model::{TimeWindow, Timestamp};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp as Instant};

use crate::error::ScanError;
use crate::options::TimeSpec;
use debtscan_git::error::GitError;

/// Returns the absolute window. `time_of` looks up the committer time of a revision.
pub(crate) fn resolve(
    since: Option<&TimeSpec>,
    until: Option<&TimeSpec>,
    as_of: Timestamp,
    time_of: impl Fn(&str) -> Result<Timestamp, GitError>,
) -> Result<TimeWindow, ScanError> {
    let at = |option: &'static str, spec: Option<&TimeSpec>| match spec {
        None => Ok(None),
        Some(TimeSpec::At(time)) => Ok(Some(*time)),
        Some(TimeSpec::BeforeAsOf { months, days }) => Ok(Some(before(as_of, *months, *days))),
        Some(TimeSpec::Revision(name)) => match time_of(name) {
            Ok(time) => Ok(Some(time)),
            Err(GitError::UnknownRevision { revision, source }) => {
                Err(ScanError::UnknownTime { option, text: revision, source })
            }
            Err(error) => Err(ScanError::Git(error)),
        },
    };
    let window = TimeWindow { since: at("--since", since)?, until: at("--until", until)? };
    // A half-open window with equal ends is empty.
    if let (Some(since), Some(until)) = (window.since, window.until)
        && since >= until
    {
        return Err(ScanError::EmptyWindow);
    }
    Ok(window)
}

/// Calendar arithmetic in UTC that saturates at the ends of the calendar.
fn before(time: Timestamp, months: u32, days: u32) -> Timestamp {
    let moved = || -> Result<i64, jiff::Error> {
        let civil: DateTime = TimeZone::UTC.to_datetime(Instant::from_second(time.0)?);
        let span = Span::new().try_months(i64::from(months))?.try_days(i64::from(days))?;
        Ok(TimeZone::UTC.to_timestamp(civil.checked_sub(span)?)?.as_second())
    };
    // Outside the calendar, the window has no beginning.
    Timestamp(moved().unwrap_or(i64::MIN))
}

#[cfg(test)]
mod tests {
    use super::resolve;
    use crate::error::ScanError;
    use crate::options::TimeSpec;
    use debtscan_model::Timestamp;

    #[test]
    fn a_window_that_ends_before_it_begins_is_refused() {
        let (early, late) = (TimeSpec::At(Timestamp(1)), TimeSpec::At(Timestamp(2)));
        let window = |since, until| resolve(Some(since), Some(until), Timestamp(3), |_| Ok(Timestamp(3)));
        assert!(window(&early, &late).is_ok());
        assert!(matches!(window(&late, &early), Err(ScanError::EmptyWindow)));
        assert!(matches!(window(&early, &early), Err(ScanError::EmptyWindow)));
    }

    #[test]
    fn ages_are_calendar_months_before_the_scanned_commit() {
        // 2026-03-31T12:00:00Z less one month is 2026-02-28T12:00:00Z, less one year 2025-03-31.
        let as_of = Timestamp(1_774_958_400);
        let since = |months, days| {
            let age = TimeSpec::BeforeAsOf { months, days };
            resolve(Some(&age), None, as_of, |_| Ok(as_of)).expect("an age needs no repository").since
        };
        assert_eq!(since(1, 0), Some(Timestamp(1_772_280_000)));
        assert_eq!(since(12, 0), Some(Timestamp(1_774_958_400 - 365 * 86_400)));
        assert_eq!(since(0, 90), Some(Timestamp(1_774_958_400 - 90 * 86_400)));
        assert_eq!(since(u32::MAX, 0), Some(Timestamp(i64::MIN)));
    }
}
