//! Working days of the company, as times.

use std::fmt::Write as _;

/// Monday, 1 July 2024, midnight UTC.
const FIRST_MONDAY: i64 = 1_719_792_000;
const DAY: i64 = 86_400;
/// Working hours in a day: from 9 to 17.
const HOURS: i64 = 8;

/// The last working day of the history, counted from 0: 26 June 2026.
pub(crate) const LAST_DAY: i64 = 519;

/// A working hour of the company, counted from Monday, 1 July 2024, 9:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WorkHour(pub(crate) i64);

impl WorkHour {
    /// The hour of a working day, counted from 0.
    pub(crate) fn of(day: i64, hour: i64) -> Self {
        Self(day * HOURS + hour)
    }

    /// Seconds since the epoch; later hours are later.
    pub(crate) fn seconds(self) -> i64 {
        let (day, hour) = (self.0 / HOURS, self.0 % HOURS);
        let minute = self.0 * 37 % 60;
        FIRST_MONDAY + (day / 5 * 7 + day % 5) * DAY + (9 + hour) * 3_600 + minute * 60
    }
}

/// A time as an export writes it: `2024-07-01T09:00:00Z`.
pub(crate) fn stamp(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    // Howard Hinnant's civil_from_days.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let part = (5 * of_year + 2) / 153;
    let day = of_year - (153 * part + 2) / 5 + 1;
    let month = if part < 10 { part + 3 } else { part - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let mut text = format!("{year:04}-{month:02}-{day:02}");
    write!(text, "T{:02}:{:02}:{:02}Z", rest / 3_600, rest / 60 % 60, rest % 60)
        .expect("a string takes any text");
    text
}

#[cfg(test)]
mod tests {
    use super::{LAST_DAY, WorkHour, stamp};

    #[test]
    fn working_days_skip_weekends() {
        // date -u -d @1719824400; date -u -d 2026-06-26T16:00
        assert_eq!(stamp(WorkHour::of(0, 0).seconds()), "2024-07-01T09:00:00Z");
        assert_eq!(&stamp(WorkHour::of(4, 0).seconds())[..10], "2024-07-05");
        assert_eq!(&stamp(WorkHour::of(5, 0).seconds())[..10], "2024-07-08");
        assert_eq!(&stamp(WorkHour::of(LAST_DAY, 7).seconds())[..13], "2026-06-26T16");
        assert_eq!(stamp(951_782_400), "2000-02-29T00:00:00Z");
    }
}
