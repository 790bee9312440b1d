//! Summing up times.

use debtscan_findings::DeliveryTimes;

use crate::backtest::resample::quantile;

const DAY: f64 = 86_400.0;

/// Size classes by files touched: large changes take longer everywhere, so that only equals are compared.
pub(super) const SIZES: [(u32, Option<u32>); 4] = [(1, Some(1)), (2, Some(3)), (4, Some(10)), (11, None)];

/// A median of more zeros than this says nothing.
pub(super) const MOST_ZEROS: f64 = 1.0 / 3.0;

/// The size class of a change, as a position in [`SIZES`].
pub(super) fn size_class(files: u32) -> usize {
    SIZES.iter().position(|(_, to)| to.is_none_or(|to| files <= to)).unwrap_or(SIZES.len() - 1)
}

/// Sums up times in seconds; `None` of none.
pub(super) fn times(seconds: impl Iterator<Item = i64>) -> Option<DeliveryTimes> {
    let mut days: Vec<f64> = seconds.map(|seconds| seconds as f64 / DAY).collect();
    days.sort_by(f64::total_cmp);
    if days.is_empty() {
        return None;
    }
    let changes = days.len() as f64;
    let above = |limit: f64| (days.len() - days.partition_point(|it| *it <= limit)) as f64 / changes;
    let zero = 1.0 - above(0.0);
    Some(DeliveryTimes {
        changes: days.len() as u64,
        median_days: (zero < MOST_ZEROS).then(|| quantile(&days, 0.5)),
        p75_days: quantile(&days, 0.75),
        over_week: above(7.0),
        over_month: above(30.0),
        zero,
    })
}

/// Spearman's rank correlation: that of Pearson between ranks, equal values sharing their mean rank. 0 where one side
/// has no spread.
pub(super) fn rank_correlation(pairs: &[(i64, i64)]) -> f64 {
    let a = ranks(&pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
    let b = ranks(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    let mean = f64::midpoint(pairs.len() as f64, 1.0);
    let product =
        |x: &[f64], y: &[f64]| -> f64 { x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum() };
    let spread = (product(&a, &a) * product(&b, &b)).sqrt();
    if spread > 0.0 { product(&a, &b) / spread } else { 0.0 }
}

fn ranks(values: &[i64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|position| values[*position]);
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for equal in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let mean = before as f64 + f64::midpoint(equal.len() as f64, 1.0);
        for position in equal {
            ranks[*position] = mean;
        }
        before += equal.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::{rank_correlation, size_class, times};

    #[test]
    fn times_are_quantiles_and_shares() {
        // Days 0, 1, 2, 8, 40: median 2, p75 8, two above a week, one above a month.
        let days = [40, 0, 2, 1, 8].map(|day| day * 86_400);
        let found = times(days.into_iter()).expect("some");
        assert_eq!(found.changes, 5);
        assert!((found.median_days.expect("few zeros") - 2.0).abs() < 1e-9);
        assert!((found.p75_days - 8.0).abs() < 1e-9);
        assert!((found.over_week - 0.4).abs() < 1e-9 && (found.over_month - 0.2).abs() < 1e-9);
        assert!((found.zero - 0.2).abs() < 1e-9);
        assert_eq!(times([0, 0, 5].into_iter()).expect("some").median_days, None);
        assert_eq!(times(std::iter::empty()), None);
    }

    #[test]
    fn sizes_are_one_a_few_some_and_many_files() {
        assert_eq!([0, 1, 2, 3, 4, 10, 11, 900].map(size_class), [0, 0, 1, 1, 2, 2, 3, 3]);
    }

    #[test]
    fn rank_correlation_is_that_of_spearman() {
        // Textbook example: differences of ranks 0, 1, 1, 1, 1 give 1 - 6 * 4 / (5 * 24) = 0.8.
        let pairs = [(1, 10), (2, 30), (3, 20), (4, 50), (5, 40)];
        assert!((rank_correlation(&pairs) - 0.8).abs() < 1e-9);
        assert!(rank_correlation(&[(1, 2), (1, 3)]).abs() < 1e-9);
    }
}
