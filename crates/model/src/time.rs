//! Points and spans of time, without a clock.

/// Seconds in a day. Decay formulas count in days of exactly this length.
pub const SECONDS_PER_DAY: i64 = 86_400;

/// Seconds since 1970-01-01T00:00:00Z; negative before.
///
/// For a commit this is the **committer** time, which `git log --since` compares, and at which the change
/// entered the scanned history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Days from this time to `later`; negative if `later` is earlier.
    pub fn days_until(self, later: Self) -> f64 {
        // Saturating, because a commit can claim any 64-bit time, and a figure must not depend on
        // how it overflows.
        later.0.saturating_sub(self.0) as f64 / SECONDS_PER_DAY as f64
    }

    /// Returns this time moved by whole days, saturating.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(SECONDS_PER_DAY)))
    }
}

/// The half-open span `[since, until)`; a missing end is unbounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimeWindow {
    /// The first second inside.
    pub since: Option<Timestamp>,
    /// The first second after it.
    pub until: Option<Timestamp>,
}

impl TimeWindow {
    /// True if `time` is inside.
    pub fn contains(&self, time: Timestamp) -> bool {
        // Half-open, so that adjacent windows share no commit and together miss none.
        self.since.is_none_or(|since| since <= time) && self.until.is_none_or(|until| time < until)
    }
}

#[cfg(test)]
mod tests {
    use super::{TimeWindow, Timestamp};

    #[test]
    fn a_window_holds_its_first_second_and_not_its_last() {
        let window = TimeWindow { since: Some(Timestamp(10)), until: Some(Timestamp(20)) };
        let inside = [9, 10, 19, 20].map(|second| window.contains(Timestamp(second)));
        assert_eq!(inside, [false, true, true, false]);
        assert!(TimeWindow::default().contains(Timestamp(i64::MIN)));
    }
}
