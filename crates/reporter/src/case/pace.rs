//! The pace of work in an area, from which the effort of a proposal is estimated.

use std::collections::BTreeMap;

use debtscan_findings::brief::{Effort, EffortBasis, Pace};
use debtscan_incidents::EngineerDays;
use debtscan_model::{AuthorIdx, SECONDS_PER_DAY};

use crate::analysis::Analysis;

/// Days of work on which a pace rests. A plain default.
const LEAST_DAYS: usize = 20;
/// Source lines that moving a line of code changes: it is deleted in one place and added in another. By definition.
const CHANGES_PER_LINE: u32 = 2;

/// Lines changed per person and day in an area over the last 365 days: the mean without the busiest tenth of the days,
/// the mean, and the day on which half of all those lines are reached; `None` with too few days. Wide commits and bots
/// are excluded.
///
/// Not the median: it is that of one-line corrections, at which no larger work is done.
pub(super) fn pace(analysis: &Analysis<'_>, area: usize) -> Option<(u32, [f64; 3])> {
    let scan = analysis.scan;
    let year_ago = scan.as_of.plus_days(-analysis.parameters.horizon_days);
    let mut days: BTreeMap<(AuthorIdx, i64), u64> = BTreeMap::new();
    for position in &analysis.area_sums[area].ranked_files {
        let file = scan.file(analysis.ranked.files[*position].file);
        for change in file.history.iter().map(|index| scan.change(*index)) {
            let commit = scan.commit(change.commit);
            let is_wide = commit.source_files as usize > analysis.parameters.max_commit_source_files;
            let is_recent = year_ago < commit.time && commit.time <= scan.as_of;
            // A merge has the lines of its branch, and sweeps and bots show nobody's pace.
            if !is_recent || is_wide || commit.is_merge() || scan.bots.binary_search(&commit.author).is_ok() {
                continue;
            }
            let Some(lines) = change.lines else { continue };
            let day = commit.time.0.div_euclid(SECONDS_PER_DAY);
            *days.entry((commit.author, day)).or_insert(0) += lines.total();
        }
    }
    let mut lines: Vec<u64> = days.into_values().filter(|lines| *lines > 0).collect();
    if lines.len() < LEAST_DAYS {
        return None;
    }
    lines.sort_unstable();
    let sum = |lines: &[u64]| lines.iter().sum::<u64>();
    let (all, mean) = (sum(&lines), sum(&lines) as f64 / lines.len() as f64);
    let usual_days = &lines[..lines.len() - lines.len() / 10];
    let slow = sum(usual_days) as f64 / usual_days.len() as f64;
    let mut reached = 0;
    let fast = lines.iter().find(|lines| {
        reached += **lines;
        reached * 2 >= all
    });
    let fast = fast.copied().unwrap_or_default() as f64;
    // A few huge days can pull the mean beyond either end.
    Some((u32::try_from(lines.len()).unwrap_or(u32::MAX), [slow.min(mean), mean, fast.max(mean)]))
}

/// The effort of moving lines of code at a pace.
pub(super) fn effort(lines: u32, pace: Option<(u32, [f64; 3])>) -> Option<(Effort, EffortBasis)> {
    let (days, quantiles) = pace?;
    let changes = lines.saturating_mul(CHANGES_PER_LINE);
    let [slow, usual, fast] = quantiles.map(|per_day| tenths(f64::from(changes) / per_day));
    let effort = Effort { low: fast, likely: usual, high: slow };
    Some((effort, EffortBasis::Pace(Pace { days, lines: quantiles, changes })))
}

/// Whole engineer-days, at least one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u32")]
fn tenths(days: f64) -> EngineerDays {
    EngineerDays((days.round().clamp(1.0, 1e8) as u32) * 10)
}

#[cfg(test)]
mod tests {
    use debtscan_incidents::EngineerDays;

    use super::{effort, pace};
    use crate::analysis::Analysis;
    use crate::sample::SampleScan;

    #[test]
    fn lines_are_counted_per_person_and_day() {
        let mut scan = SampleScan::new().source("a/x.c", 100, 1).commit(400, &[("a/x.c", 500, 0)]);
        for day in (0..20).rev() {
            // Two commits of a day are one: 3 x (day + 1) lines.
            let lines = day + 1;
            scan = scan
                .commit(i64::from(day), &[("a/x.c", lines, lines)])
                .commit(i64::from(day), &[("a/x.c", lines, 0)]);
        }
        let scan = scan.build();
        let (incidents, options) = crate::case::tests::nothing();
        let analysis = Analysis::of(&scan, &incidents, &options).expect("analysed");
        assert_eq!(pace(&analysis, 0), Some((20, [28.5, 31.5, 42.0])));
        // 630 lines in 20 days, 513 in the first 18; 315 are reached on the day of 42.
        // 2 x 99 lines at 42, 31.5 and 28.5 a day.
        let (found, _) = effort(99, pace(&analysis, 0)).expect("a pace");
        assert_eq!([found.low, found.likely, found.high], [50, 60, 70].map(EngineerDays));
        assert_eq!(effort(99, None), None);
    }
}
