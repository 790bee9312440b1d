//! Sprints on the calendar.

use debtscan_model::{SECONDS_PER_DAY, Timestamp};

use super::options::Team;

/// Days of a quarter.
pub(super) const QUARTER_DAYS: i64 = 91;

/// The sprints of a team from its next one on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sprints {
    /// The first day of the next sprint.
    pub(super) start: Timestamp,
    /// Days from one sprint to the next.
    pub(super) days: u32,
    /// How many sprints begin before those of the next quarter.
    pub(super) before_later: u32,
}

/// The length of a sprint when no team is known.
const USUAL_DAYS: u32 = 14;

impl Sprints {
    /// The sprints of a team; without one, sprints of two weeks from `as_of` on.
    pub(super) fn of(team: Option<&Team>, as_of: Timestamp) -> Self {
        let today = start_of_day(as_of);
        let days = team.map_or(USUAL_DAYS, |team| team.sprint_days.max(1));
        let any = team.map_or(today, |team| start_of_day(team.sprint_start));
        let length = i64::from(days) * SECONDS_PER_DAY;
        // Sprints that begin in the future begin there.
        let passed = (today.0 - any.0).max(0);
        // Rounded up: a sprint that has begun is not the next one.
        let start = Timestamp(any.0 + (passed + length - 1) / length * length);
        let quarter = team.and_then(|team| team.next_quarter);
        let later = quarter.map_or_else(|| start.plus_days(QUARTER_DAYS), start_of_day);
        let before = (later.0 - start.0 + length - 1) / length;
        // At least one sprint later, or both options would be the same.
        Self { start, days, before_later: u32::try_from(before.max(1)).unwrap_or(u32::MAX) }
    }

    /// The first day of a sprint; 0 is the next one.
    pub(super) fn first_day(&self, sprint: u32) -> Timestamp {
        self.start.plus_days(i64::from(sprint) * i64::from(self.days))
    }

    /// The last day of a sprint from Monday to Friday; of one that has none, its first day.
    pub(super) fn last_day(&self, sprint: u32) -> Timestamp {
        let after = self.first_day(sprint.saturating_add(1));
        last_weekday_before(after).max(self.first_day(sprint))
    }

    /// How many sprints end by a day.
    pub(super) fn ending_by(&self, day: Timestamp) -> u32 {
        let length = i64::from(self.days) * SECONDS_PER_DAY;
        let upper = u32::try_from(((day.0 - self.start.0) / length + 1).max(0)).unwrap_or(u32::MAX);
        if upper > 0 && self.last_day(upper - 1) > day { upper - 1 } else { upper }
    }
}

/// The last day from Monday to Friday before a day.
pub(super) fn last_weekday_before(day: Timestamp) -> Timestamp {
    // A weekend has two days, so that one of three is a working day.
    let before = [-1, -2, -3].map(|days| day.plus_days(days));
    before.into_iter().find(|day| !is_weekend(*day)).unwrap_or(before[0])
}

fn start_of_day(time: Timestamp) -> Timestamp {
    Timestamp(time.0.div_euclid(SECONDS_PER_DAY) * SECONDS_PER_DAY)
}

/// Day 0 of the epoch was a Thursday.
fn is_weekend(day: Timestamp) -> bool {
    (day.0.div_euclid(SECONDS_PER_DAY) + 3).rem_euclid(7) >= 5
}

#[cfg(test)]
mod tests {
    use debtscan_incidents::EngineerDays;
    use debtscan_model::Timestamp;

    use super::Sprints;
    use crate::case::options::Team;

    /// date -u -d DAY +%s
    const AS_OF: Timestamp = Timestamp(1_787_392_800); // 2026-08-22T10:00
    const SEPTEMBER_7: Timestamp = Timestamp(1_788_739_200);

    fn team(sprint_start: Timestamp, next_quarter: Option<Timestamp>) -> Team {
        let capacity = EngineerDays(270);
        Team { name: "Core".to_owned(), capacity, sprint_start, sprint_days: 14, next_quarter }
    }

    #[test]
    fn a_sprint_ends_on_a_friday_and_past_ones_are_skipped() {
        for past in [0, 14, 140] {
            let sprints = Sprints::of(Some(&team(SEPTEMBER_7.plus_days(-past), None)), AS_OF);
            // The sprint before begins on 24 August, the one after on 7 September.
            assert_eq!(sprints.start, SEPTEMBER_7.plus_days(if past == 0 { 0 } else { -14 }), "{past}");
        }
        let sprints = Sprints::of(Some(&team(SEPTEMBER_7, None)), AS_OF);
        // 18 September and 16 October 2026 are Fridays, 11 and 39 days on.
        assert_eq!(sprints.last_day(0), SEPTEMBER_7.plus_days(11));
        assert_eq!(sprints.last_day(2), SEPTEMBER_7.plus_days(39));
        let due = [10, 11, 24, 25, 39].map(|days| sprints.ending_by(SEPTEMBER_7.plus_days(days)));
        assert_eq!(due, [0, 1, 1, 2, 3]);
    }

    #[test]
    fn the_next_quarter_begins_with_a_sprint() {
        // 91 days are six sprints and a half.
        assert_eq!(Sprints::of(Some(&team(SEPTEMBER_7, None)), AS_OF).before_later, 7);
        // 1 January 2027 is day 116: the ninth sprint begins on 11 January, day 126.
        let january = Some(SEPTEMBER_7.plus_days(116));
        let sprints = Sprints::of(Some(&team(SEPTEMBER_7, january)), AS_OF);
        assert_eq!((sprints.before_later, sprints.first_day(9)), (9, SEPTEMBER_7.plus_days(126)));
    }
}
