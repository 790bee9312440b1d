//! The shape of a measure over time, in one word.

use debtscan_findings::GrowthShape;

/// A range of less than this share of the largest value is flat, in per cent. A default.
const FLAT_BELOW_PERCENT: f64 = 10.0;

/// Kendall's tau from which a series rises, and below whose negative it falls. A default: three quarters of
/// all pairs of points agree.
const TREND_FROM: f64 = 0.5;

/// Fewer values have no shape.
const FEWEST_VALUES: usize = 3;

/// The shape of the known values, in their order; `None` for fewer than three.
///
/// Flat when the range is below a tenth of the largest; else by Kendall's tau between value and time (the
/// statistic of Mann's test for a monotone trend, Mann 1945): the pairs of points that rise, less those that
/// fall, by all pairs.
pub(super) fn shape_of(values: &[Option<f64>]) -> Option<GrowthShape> {
    let values: Vec<f64> = values.iter().flatten().copied().collect();
    if values.len() < FEWEST_VALUES {
        return None;
    }
    let largest = values.iter().copied().fold(0.0, f64::max);
    let smallest = values.iter().copied().fold(f64::INFINITY, f64::min);
    // All zeros have no range to compare.
    if (largest - smallest) * 100.0 < largest * FLAT_BELOW_PERCENT || largest <= 0.0 {
        return Some(GrowthShape::Flat);
    }
    let mut balance = 0_i64;
    for (position, earlier) in values.iter().enumerate() {
        for later in &values[position + 1..] {
            balance += i64::from(later > earlier) - i64::from(later < earlier);
        }
    }
    let tau = balance as f64 / (values.len() * (values.len() - 1) / 2) as f64;
    Some(match tau {
        _ if tau >= TREND_FROM => GrowthShape::Rising,
        _ if tau <= -TREND_FROM => GrowthShape::Falling,
        _ => GrowthShape::Mixed,
    })
}

#[cfg(test)]
mod tests {
    use super::shape_of;
    use debtscan_findings::GrowthShape;

    #[test]
    fn a_shape_is_told_by_the_pairs_of_points_that_rise_or_fall() {
        let check = |values: &[f64], expected: Option<GrowthShape>| {
            let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
            assert_eq!(shape_of(&values), expected, "{values:?}");
        };
        check(&[1.0, 2.0], None);
        check(&[100.0, 105.0, 109.0], Some(GrowthShape::Flat));
        check(&[0.0, 0.0, 0.0], Some(GrowthShape::Flat));
        // Of six pairs all rise, or five of six: (5 - 1) / 6 = 0.67.
        check(&[1.0, 2.0, 3.0, 4.0], Some(GrowthShape::Rising));
        check(&[1.0, 3.0, 2.0, 4.0], Some(GrowthShape::Rising));
        check(&[4.0, 2.0, 3.0, 1.0], Some(GrowthShape::Falling));
        // Three rise and three fall.
        check(&[1.0, 9.0, 5.0, 1.0], Some(GrowthShape::Mixed));
        // A jump between two levels: four of six rise, none falls.
        check(&[1.0, 1.0, 5.0, 5.0], Some(GrowthShape::Rising));
        assert_eq!(shape_of(&[None, Some(1.0), None, Some(2.0), Some(3.0)]), Some(GrowthShape::Rising));
    }
}
