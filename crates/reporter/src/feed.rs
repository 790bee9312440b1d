//! Whether a list of incidents was kept until `as_of`.

use debtscan_model::Timestamp;

use debtscan_findings::FeedEnd;

/// Gaps to judge by: how often incidents came of late. A plain default.
const GAPS: usize = 50;

/// Fewer incidents say nothing of their gaps. A plain default.
const FEWEST_INCIDENTS: usize = 5;

/// How many times the longest gap the silence must last. A plain default: of fifty gaps the next is longer in one of
/// fifty-one cases, and seldom twice as long.
const TIMES: f64 = 2.0;

/// Shorter silence says nothing, in days: many incidents are published months after they opened. A plain default.
const SHORTEST_DAYS: f64 = 90.0;

/// The end of a list of incidents, given by when they opened; `None` if it seems to go on to `as_of`.
pub(crate) fn end(mut opened: Vec<Timestamp>, as_of: Timestamp) -> Option<FeedEnd> {
    opened.sort_unstable();
    let newest = *opened.last()?;
    if opened.len() < FEWEST_INCIDENTS {
        return None;
    }
    let gaps = opened.windows(2).rev().take(GAPS).map(|pair| pair[0].days_until(pair[1]));
    let longest = gaps.fold(0.0, f64::max);
    let silence = newest.days_until(as_of);
    let has_ended = silence > TIMES * longest && silence > SHORTEST_DAYS;
    has_ended.then(|| FeedEnd { newest, days: whole(silence), longest_gap_days: whole(longest) })
}

/// Whole days.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not below 0, and a cast of more than 2^32 days stays at the largest number"
)]
fn whole(days: f64) -> u32 {
    days as u32
}

#[cfg(test)]
mod tests {
    use super::end;
    use crate::sample::{AS_OF, days_ago};

    #[track_caller]
    fn check(ages: &[i64], expected: Option<(u32, u32)>) {
        let found = end(ages.iter().map(|age| days_ago(*age)).collect(), AS_OF);
        assert_eq!(found.map(|end| (end.days, end.longest_gap_days)), expected);
    }

    #[test]
    fn a_list_has_ended_if_its_silence_is_much_longer_than_its_gaps() {
        check(&[2_800, 2_790, 2_750, 2_740, 2_700], Some((2_700, 40)));
        check(&[200, 190, 150, 140, 79], None);
        // Twice the longest gap, and no more.
        check(&[500, 400, 350, 300, 200], None);
        check(&[501, 401, 351, 301, 201], Some((201, 100)));
        // Daily incidents, and two weeks of peace.
        check(&[19, 18, 17, 16, 15, 14], None);
        check(&[3_000, 2_900], None);
        check(&[], None);
    }
}
