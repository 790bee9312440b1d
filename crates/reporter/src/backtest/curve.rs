//! How much of a cost is met when files are taken in some order.
//!
//! Everything is linear in the cost: for each file there is the part of it that is met, and what is
//! met in all is the sum of cost x part. Files with the same score have no order; they are taken side
//! by side, which is what a random order of them gives on average.

/// The position of each file among all lines of code in order: begin and end, `0..=1`.
///
/// Files with equal keys share one position.
pub(super) fn places(keys: &[f64], lines: &[f64]) -> Vec<(f64, f64)> {
    let total = lines.iter().fold(0.0, |sum, lines| sum + lines);
    let mut places = vec![(0.0, 1.0); keys.len()];
    let mut before = 0.0;
    for tied in tie_groups(keys) {
        let after = tied.iter().fold(before, |sum, position| sum + lines[*position]);
        // Equal keys get one common place, which is the mean over all their orders.
        for position in tied {
            places[position] = (before / total, after / total);
        }
        before = after;
    }
    places
}

/// The part of each file that is met in the first `budget` of the lines, `0..=1`.
pub(super) fn within(places: &[(f64, f64)], budget: f64) -> Vec<f64> {
    let part = |(begin, end): &(f64, f64)| {
        if *end <= budget {
            1.0
        } else if *begin >= budget {
            0.0
        } else {
            (budget - begin) / (end - begin)
        }
    };
    places.iter().map(part).collect()
}

/// What each file adds to the area under the curve of cost met over lines read, `0..=1`.
pub(super) fn area(places: &[(f64, f64)]) -> Vec<f64> {
    // Within a file the curve rises evenly, so that its middle stands for all of it.
    places.iter().map(|(begin, end)| 1.0 - 0.5 * (begin + end)).collect()
}

/// The part of each subject that is among the `count` first, `0..=1`; between 0 and 1 for those that
/// tie for the last places.
pub(super) fn among_first(keys: &[f64], count: usize) -> Vec<f64> {
    let mut parts = vec![0.0; keys.len()];
    let mut free = count;
    for tied in tie_groups(keys) {
        if free == 0 {
            break;
        }
        let part = (free as f64 / tied.len() as f64).min(1.0);
        free -= free.min(tied.len());
        for position in tied {
            parts[position] = part;
        }
    }
    parts
}

/// Positions by key, largest first, equal keys together.
fn tie_groups(keys: &[f64]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|a, b| keys[*b].total_cmp(&keys[*a]));
    order.chunk_by(|a, b| keys[*a].total_cmp(&keys[*b]).is_eq()).map(<[usize]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::{among_first, area, places, within};
    use crate::sample::assert_close;

    #[test]
    fn a_budget_is_spent_in_order_and_splits_the_last_file() {
        // order: the second (10 lines), the first (30), the third (60)
        let places = places(&[2.0, 3.0, 1.0], &[30.0, 10.0, 60.0]);
        assert_close(&within(&places, 0.2), &[1.0 / 3.0, 1.0, 0.0]);
        assert_close(&within(&places, 1.0), &[1.0, 1.0, 1.0]);
    }

    #[test]
    fn files_that_tie_are_met_side_by_side_and_read_as_chance() {
        let places = places(&[1.0, 1.0], &[30.0, 70.0]);
        assert_close(&within(&places, 0.2), &[0.2, 0.2]);
        assert_close(&area(&places), &[0.5, 0.5]);
    }

    #[test]
    fn the_area_is_that_of_the_trapezoids() {
        // All cost in the first of two equal files: the curve rises to 1 at 1/2: 1/4 + 1/2.
        let places = places(&[2.0, 1.0], &[50.0, 50.0]);
        assert_close(&area(&places), &[0.75, 0.25]);
    }

    #[test]
    fn the_last_places_are_shared_by_those_that_tie_for_them() {
        assert_close(
            &among_first(&[5.0, 1.0, 1.0, 1.0, 0.0], 2),
            &[1.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.0],
        );
        assert_close(&among_first(&[1.0], 10), &[1.0]);
    }
}
