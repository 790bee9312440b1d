//! The clock of pull requests: forges number them in the order of opening.
//!
//! Request `N` was opened no later than any request `M >= N` was merged. So the time from the earliest of these merges
//! to the merge of `N` is at most what passed between opening and merge.

use debtscan_model::Timestamp;

/// Merges after one that are looked at to judge its number.
const NEIGHBOURS: usize = 50;

/// One merged request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) number: u64,
    pub(super) time: Timestamp,
}

/// What the numbers say.
pub(super) struct RequestClock {
    /// Sorted by number, each with the earliest merge of a request from it on.
    opened: Vec<(u64, Timestamp)>,
    /// Numbers that fit none of their neighbours.
    pub(super) odd: Vec<u64>,
}

impl RequestClock {
    /// Learns from all merged requests. Each number counts once.
    pub(super) fn of(mut merged: Vec<Merged>) -> Self {
        merged.sort_by_key(|it| (it.time, it.number));
        let odd = odd(&merged);
        let is_usual = |it: &&Merged| odd.binary_search(&it.number).is_err();
        let mut opened: Vec<(u64, Timestamp)> =
            merged.iter().filter(is_usual).map(|it| (it.number, it.time)).collect();
        opened.sort_unstable();
        let mut earliest = Timestamp(i64::MAX);
        for (_, time) in opened.iter_mut().rev() {
            earliest = earliest.min(*time);
            *time = earliest;
        }
        Self { opened, odd }
    }

    /// The seconds that a request was open at least; `None` of an odd number.
    pub(super) fn seconds(&self, merged: Merged) -> Option<i64> {
        if self.odd.binary_search(&merged.number).is_ok() {
            return None;
        }
        let at = self.opened.partition_point(|(number, _)| *number < merged.number);
        let (_, by) = self.opened.get(at)?;
        Some((merged.time.0 - by.0).max(0))
    }
}

/// Numbers that are more than twice those of most merges after them: mistyped, or of another repository. One of them
/// would make all requests before it look old.
fn odd(merged: &[Merged]) -> Vec<u64> {
    let mut odd: Vec<u64> = Vec::new();
    for (position, it) in merged.iter().enumerate() {
        let after = &merged[position + 1..merged.len().min(position + 1 + NEIGHBOURS)];
        let smaller = after.iter().filter(|other| other.number < it.number / 2).count();
        if smaller * 2 > after.len() {
            odd.push(it.number);
        }
    }
    odd.sort_unstable();
    odd.dedup();
    odd
}

#[cfg(test)]
mod tests {
    use debtscan_model::Timestamp;

    use super::{Merged, RequestClock};

    fn merged(pairs: &[(u64, i64)]) -> Vec<Merged> {
        pairs.iter().map(|(number, time)| Merged { number: *number, time: Timestamp(*time) }).collect()
    }

    #[test]
    fn a_request_was_open_when_a_later_one_was_merged() {
        // By hand: 10 was open by 100 (merge of 11), 11 and 12 are merged in the order of opening.
        let all = merged(&[(11, 100), (12, 200), (10, 350), (13, 400)]);
        let clock = RequestClock::of(all.clone());
        let seconds: Vec<_> = all.iter().map(|it| clock.seconds(*it)).collect();
        assert_eq!(seconds, [Some(0), Some(0), Some(250), Some(0)]);
    }

    #[test]
    fn a_number_out_of_line_is_ignored() {
        let mut pairs: Vec<(u64, i64)> =
            (0..60).map(|n| (1000 + n, i64::try_from(n).unwrap() * 10)).collect();
        pairs.push((99_999, 5));
        let clock = RequestClock::of(merged(&pairs));
        assert_eq!(clock.odd, [99_999]);
        assert_eq!(clock.seconds(Merged { number: 1059, time: Timestamp(590) }), Some(0));
        assert_eq!(clock.seconds(Merged { number: 99_999, time: Timestamp(5) }), None);
    }
}
