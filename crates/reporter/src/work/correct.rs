//! Corrects shares for the classifier's known errors.
//!
//! The classifier sees kind `j` of true kind `i` with probability `M[i][j]`, known from labelled changes. What it sees
//! of a population with true shares `p` is `p M`; the most likely `p` on the simplex is found by expectation
//! maximisation, which is the inverse of `M` (Rogan & Gladen 1978, for two kinds) wherever that has no negative share.
//!
//! The range covers three sources of error: which projects were labelled (projects are drawn again, with their labels),
//! which of their changes, and which changes the population has (its effective size is the square of the sum of weights
//! over the sum of squares). 200 draws, always the same ones; the range is their 10% and 90% quantile.

use debtscan_findings::Interval;

use super::labels::{Counts, KINDS, PUBLIC};
use crate::backtest::resample::{Draws, quantiles};

type Matrix = [[f64; KINDS]; KINDS];

const DRAWS: usize = 200;
const STEPS: usize = 100;
const SEED: u64 = 0x0077_6f72_6b00;

/// Added to every cell: no error is impossible because it was not seen (Jeffreys 1946).
const PRIOR: f64 = 0.5;

/// The most that labels of public projects count per true kind, beside a project's own.
const PUBLIC_BESIDE_OWN: f64 = 10.0;

/// Fewer changes say nothing.
pub(super) const FEWEST: f64 = 20.0;

/// The errors of the classifier, with draws of what else they could be.
pub(super) struct Confusion {
    best: Matrix,
    draws: Vec<Matrix>,
}

/// Work as the classifier sees it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct SeenWork {
    /// Weight by kind.
    pub(super) weights: [f64; KINDS],
    /// Number of changes that count as independent.
    pub(super) effective: f64,
}

impl Confusion {
    /// As on the labelled changes of public projects.
    pub(super) fn public() -> Self {
        Self::with_own(&Counts::default())
    }

    /// As on a project's own labels too, which count more.
    pub(super) fn with_own(own: &Counts) -> Self {
        let mut random = Draws::new(SEED);
        let has_own = own.iter().flatten().any(|count| *count > 0);
        let projects: Vec<&Counts> = PUBLIC.iter().map(|(_, counts)| counts).collect();
        let draws = (0..DRAWS).map(|_| {
            let drawn: Vec<Counts> = (0..projects.len())
                .map(|_| redrawn(projects[random.below(projects.len())], &mut random))
                .collect();
            matrix(&drawn.iter().collect::<Vec<_>>(), &redrawn(own, &mut random), has_own)
        });
        let draws = draws.collect();
        Self { best: matrix(&projects, own, has_own), draws }
    }

    /// The shares of the true kinds with their ranges; `None` of too few changes.
    pub(super) fn correct(&self, seen: &SeenWork) -> Option<[Interval; KINDS]> {
        let total: f64 = seen.weights.iter().sum();
        if total <= 0.0 || seen.effective < FEWEST {
            return None;
        }
        let shares = seen.weights.map(|weight| weight / total);
        let best = most_likely(&shares, &self.best);
        let mut random = Draws::new(SEED ^ 1);
        let mut drawn: [Vec<f64>; KINDS] = Default::default();
        for matrix in &self.draws {
            let again = most_likely(&shares_again(&shares, seen.effective, &mut random), matrix);
            for (kind, share) in again.into_iter().enumerate() {
                drawn[kind].push(share);
            }
        }
        let mut kinds = best.map(|share| Interval { low: share, mean: share, high: share });
        for (interval, drawn) in kinds.iter_mut().zip(&mut drawn) {
            let (low, high) = quantiles(drawn, 0.1, 0.9);
            interval.low = low.min(interval.mean);
            interval.high = high.max(interval.mean);
        }
        Some(kinds)
    }
}

/// As many labels, drawn from these with replacement.
fn redrawn(counts: &Counts, random: &mut Draws) -> Counts {
    let total: u32 = counts.iter().flatten().sum();
    let mut again = Counts::default();
    for _ in 0..total {
        let mut left = random.below(total as usize) as u64;
        'cells: for (row, cells) in counts.iter().enumerate() {
            for (column, count) in cells.iter().enumerate() {
                if left < u64::from(*count) {
                    again[row][column] += 1;
                    break 'cells;
                }
                left -= u64::from(*count);
            }
        }
    }
    again
}

/// Probabilities of what is seen, by true kind.
fn matrix(projects: &[&Counts], own: &Counts, has_own: bool) -> Matrix {
    let mut matrix = Matrix::default();
    for (kind, row) in matrix.iter_mut().enumerate() {
        for counts in projects {
            for (cell, count) in row.iter_mut().zip(counts[kind]) {
                *cell += f64::from(count);
            }
        }
        let public: f64 = row.iter().sum();
        let weight = if has_own && public > PUBLIC_BESIDE_OWN { PUBLIC_BESIDE_OWN / public } else { 1.0 };
        for (cell, count) in row.iter_mut().zip(own[kind]) {
            *cell = *cell * weight + f64::from(count) + PRIOR;
        }
        let sum: f64 = row.iter().sum();
        for cell in row {
            *cell /= sum;
        }
    }
    matrix
}

/// The shares that make what was seen most likely.
fn most_likely(seen: &[f64; KINDS], matrix: &Matrix) -> [f64; KINDS] {
    let mut shares = [1.0 / KINDS as f64; KINDS];
    for _ in 0..STEPS {
        let mut next = [0.0; KINDS];
        for (column, part) in seen.iter().enumerate() {
            let expected: f64 = (0..KINDS).map(|kind| shares[kind] * matrix[kind][column]).sum();
            if expected > 0.0 {
                for kind in 0..KINDS {
                    next[kind] += part * shares[kind] * matrix[kind][column] / expected;
                }
            }
        }
        shares = next;
    }
    shares
}

/// What might have been seen instead: every count varies as a Poisson number does.
fn shares_again(shares: &[f64; KINDS], effective: f64, random: &mut Draws) -> [f64; KINDS] {
    let again = shares.map(|share| {
        let count = share * effective;
        (count + count.sqrt() * normal(random)).max(0.0)
    });
    let total: f64 = again.iter().sum();
    if total > 0.0 { again.map(|count| count / total) } else { *shares }
}

/// A standard normal number: the sum of twelve uniform ones less six.
fn normal(random: &mut Draws) -> f64 {
    const STEPS: usize = 1 << 32;
    (0..12).map(|_| (random.below(STEPS) as f64 + 0.5) / STEPS as f64).sum::<f64>() - 6.0
}

#[cfg(test)]
mod tests {
    use super::super::labels::{Counts, KINDS};
    use super::{Confusion, SeenWork, most_likely, normal};
    use crate::backtest::resample::Draws;

    #[test]
    fn with_two_kinds_it_is_the_formula_of_rogan_and_gladen() {
        // Sensitivity 0.8, specificity 0.9: seen 0.24, so (0.24 + 0.9 - 1) / (0.8 + 0.9 - 1) = 0.2.
        let mut matrix = [[0.0; KINDS]; KINDS];
        matrix[0] = [0.8, 0.2, 0.0, 0.0];
        matrix[1] = [0.1, 0.9, 0.0, 0.0];
        (matrix[2][2], matrix[3][3]) = (1.0, 1.0);
        let shares = most_likely(&[0.24, 0.76, 0.0, 0.0], &matrix);
        assert!((shares[0] - 0.2).abs() < 1e-3 && (shares[1] - 0.8).abs() < 1e-3, "{shares:?}");
    }

    #[test]
    fn shares_add_up_to_one_and_ranges_hold_them() {
        let seen = SeenWork { weights: [30.0, 25.0, 30.0, 15.0], effective: 100.0 };
        let kinds = Confusion::public().correct(&seen).expect("enough changes");
        assert!((kinds.iter().map(|kind| kind.mean).sum::<f64>() - 1.0).abs() < 1e-9);
        for kind in kinds {
            assert!(0.0 <= kind.low && kind.low <= kind.mean && kind.mean <= kind.high && kind.high <= 1.0);
        }
        assert_eq!(Confusion::public().correct(&SeenWork { effective: 19.0, ..seen }), None);
        assert_eq!(Confusion::public().correct(&SeenWork::default()), None);
    }

    #[test]
    fn own_labels_outweigh_those_of_others() {
        // A project where every repair is seen as new.
        let mut own = Counts::default();
        own[1] = [60, 0, 0, 0];
        own[2] = [0, 0, 60, 0];
        let seen = SeenWork { weights: [50.0, 0.0, 50.0, 0.0], effective: 100.0 };
        let before = Confusion::public().correct(&seen).expect("enough")[1].mean;
        let after = Confusion::with_own(&own).correct(&seen).expect("enough")[1].mean;
        assert!(after > before + 0.2, "{before} {after}");
    }

    #[test]
    fn the_range_holds_the_truth_as_often_as_it_says() {
        // Populations of 200 changes whose true shares are known, seen through the classifier's own matrix.
        let confusion = Confusion::public();
        let truth = [0.3, 0.25, 0.35, 0.1];
        let mut random = Draws::new(7);
        let mut draw = |shares: &[f64; KINDS]| {
            let mut left = random.below(1 << 30) as f64 / f64::from(1 << 30);
            for (kind, share) in shares.iter().enumerate() {
                if left < *share {
                    return kind;
                }
                left -= share;
            }
            KINDS - 1
        };
        let (mut held, rounds) = (0, 200);
        for _ in 0..rounds {
            let mut weights = [0.0; KINDS];
            for _ in 0..200 {
                let kind = draw(&truth);
                weights[draw(&confusion.best[kind])] += 1.0;
            }
            let repair = confusion.correct(&SeenWork { weights, effective: 200.0 }).expect("enough")[1];
            held += u32::from(repair.low <= truth[1] && truth[1] <= repair.high);
        }
        // At least the nominal 80%: the range also allows for unknown errors of the classifier, which are known here.
        assert!(held * 100 >= rounds * 78, "{held} of {rounds}");
    }

    #[test]
    fn normal_numbers_have_mean_0_and_variance_1() {
        let mut random = Draws::new(3);
        let numbers: Vec<f64> = (0..4000).map(|_| normal(&mut random)).collect();
        let mean = numbers.iter().sum::<f64>() / 4000.0;
        let variance = numbers.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / 4000.0;
        assert!(mean.abs() < 0.05 && (variance - 1.0).abs() < 0.08, "{mean} {variance}");
    }
}
