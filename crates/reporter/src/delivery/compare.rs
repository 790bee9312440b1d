//! Compares changes here with equally large changes elsewhere.
//!
//! Large changes take longer, and they touch more areas; so a plain ratio is above 1 nearly everywhere. Changes
//! elsewhere are weighted to the mix of sizes here. The range is the middle 80% of 200 draws with replacement within
//! each size class of either side, always the same draws.

use debtscan_findings::{DeliveryRatio, Interval, RatioBasis};

use super::flow::Timed;
use super::times::{MOST_ZEROS, SIZES, size_class};
use crate::backtest::resample::{Draws, quantiles};

/// Fewer changes on a side are not compared.
pub(super) const FEWEST: usize = 20;

const DRAWS: usize = 200;
const SEED: u64 = 0x0064_656c_6976;
const DAY: f64 = 86_400.0;

/// Times of one side by size class, each ascending, with the weight of a change.
struct Side {
    classes: [Vec<f64>; SIZES.len()],
    weights: [f64; SIZES.len()],
}

impl Side {
    fn of(changes: &[&Timed]) -> Self {
        let mut classes: [Vec<f64>; SIZES.len()] = Default::default();
        for change in changes {
            classes[size_class(change.files)].push(change.seconds as f64);
        }
        for class in &mut classes {
            class.sort_by(f64::total_cmp);
        }
        Self { classes, weights: [1.0; SIZES.len()] }
    }

    fn len(&self) -> usize {
        self.classes.iter().map(Vec::len).sum()
    }

    fn zeros(&self) -> f64 {
        let zero = self.weighted().filter(|(seconds, _)| *seconds <= 0.0).map(|(_, weight)| weight);
        zero.sum::<f64>() / self.weighted().map(|(_, weight)| weight).sum::<f64>()
    }

    fn weighted(&self) -> impl Iterator<Item = (f64, f64)> {
        self.classes
            .iter()
            .zip(self.weights)
            .flat_map(|(class, weight)| class.iter().map(move |it| (*it, weight)))
    }

    /// All times with their weights, ascending.
    fn sorted(&self) -> Vec<(f64, usize)> {
        let classes = self.classes.iter().enumerate();
        let mut all: Vec<(f64, usize)> =
            classes.flat_map(|(class, times)| times.iter().map(move |it| (*it, class))).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        all
    }
}

/// A side with all its times in order, to draw from again and again.
struct Sorted<'a> {
    side: &'a Side,
    all: Vec<(f64, usize)>,
    /// By class, the positions of its times in `all`.
    positions: [Vec<usize>; SIZES.len()],
}

impl<'a> Sorted<'a> {
    fn of(side: &'a Side) -> Self {
        let all = side.sorted();
        let mut positions: [Vec<usize>; SIZES.len()] = Default::default();
        for (position, (_, class)) in all.iter().enumerate() {
            positions[*class].push(position);
        }
        Self { side, all, positions }
    }

    fn quantile(&self, probability: f64) -> f64 {
        self.quantile_of(&vec![1; self.all.len()], probability)
    }

    /// The quantile of a draw with replacement within each class.
    fn redrawn(&self, probability: f64, counts: &mut Vec<u32>, random: &mut Draws) -> f64 {
        counts.clear();
        counts.resize(self.all.len(), 0);
        for positions in &self.positions {
            for _ in 0..positions.len() {
                counts[positions[random.below(positions.len())]] += 1;
            }
        }
        self.quantile_of(counts, probability)
    }

    /// The weighted quantile where each time occurs so often: the mean of the two times where the sum of weights
    /// exactly reaches the probability.
    fn quantile_of(&self, counts: &[u32], probability: f64) -> f64 {
        let weight = |at: usize| f64::from(counts[at]) * self.side.weights[self.all[at].1];
        let total: f64 = (0..self.all.len()).map(weight).sum();
        let wanted = total * probability;
        let (mut sum, mut reached) = (0.0, None);
        for at in (0..self.all.len()).filter(|at| counts[*at] > 0) {
            if let Some(first) = reached {
                return f64::midpoint(first, self.all[at].0);
            }
            sum += weight(at);
            // Weights are sums of fractions, so that equality needs room for rounding.
            if sum >= wanted * (1.0 + 1e-12) {
                return self.all[at].0;
            }
            if sum >= wanted * (1.0 - 1e-12) {
                reached = Some(self.all[at].0);
            }
        }
        reached.or_else(|| self.all.last().map(|last| last.0)).unwrap_or(0.0)
    }
}

/// Compares; `None` with fewer than 20 changes on a side, or where both figures of a side are 0.
pub(super) fn ratio(here: &[&Timed], others: &[&Timed]) -> Option<DeliveryRatio> {
    let (mut here, mut others) = (Side::of(here), Side::of(others));
    let raw =
        (Side { classes: here.classes.clone(), ..here }, Side { classes: others.classes.clone(), ..others });
    for class in 0..SIZES.len() {
        // Changes without an equal on the other side say nothing.
        if here.classes[class].is_empty() || others.classes[class].is_empty() {
            here.classes[class].clear();
            others.classes[class].clear();
        } else {
            others.weights[class] = here.classes[class].len() as f64 / others.classes[class].len() as f64;
        }
    }
    if here.len() < FEWEST || others.len() < FEWEST {
        return None;
    }
    let basis = if here.zeros() < MOST_ZEROS && others.zeros() < MOST_ZEROS {
        RatioBasis::Median
    } else {
        RatioBasis::UpperQuartile
    };
    let probability = match basis {
        RatioBasis::Median => 0.5,
        RatioBasis::UpperQuartile => 0.75,
    };
    let (mine, theirs) = (Sorted::of(&here), Sorted::of(&others));
    let (here_seconds, others_seconds) = (mine.quantile(probability), theirs.quantile(probability));
    let (raw_here, raw_others) =
        (Sorted::of(&raw.0).quantile(probability), Sorted::of(&raw.1).quantile(probability));
    if [here_seconds, others_seconds, raw_here, raw_others].iter().any(|seconds| *seconds <= 0.0) {
        return None;
    }
    let mut random = Draws::new(SEED);
    let mut counts = Vec::new();
    let mut drawn: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let mine = mine.redrawn(probability, &mut counts, &mut random);
            let theirs = theirs.redrawn(probability, &mut counts, &mut random);
            // A second is less than any of these times can be known.
            mine.max(1.0) / theirs.max(1.0)
        })
        .collect();
    let (low, high) = quantiles(&mut drawn, 0.1, 0.9);
    let mean = here_seconds / others_seconds;
    Some(DeliveryRatio {
        basis,
        raw: raw_here / raw_others,
        adjusted: Interval { low: low.min(mean), mean, high: high.max(mean) },
        others: others.len() as u64,
        others_days: others_seconds / DAY,
        here_days: here_seconds / DAY,
    })
}

#[cfg(test)]
mod tests {
    use super::ratio;
    use crate::backtest::resample::Draws;
    use crate::delivery::flow::Timed;

    fn timed(seconds: i64, files: u32) -> Timed {
        Timed { node: 0, seconds, files, areas: Vec::new() }
    }

    fn refs(changes: &[Timed]) -> Vec<&Timed> {
        changes.iter().collect()
    }

    #[test]
    fn size_alone_makes_no_difference() {
        // Large changes take ten times as long everywhere; here, most are large. By hand: the median of all is 1000 s
        // here and 100 s elsewhere, a raw ratio of 10, and 1 within each size.
        let mix = |small: usize, large: usize| -> Vec<Timed> {
            let small = (0..small).map(|_| timed(100, 1));
            small.chain((0..large).map(|_| timed(1000, 20))).collect()
        };
        let (here, others) = (mix(10, 40), mix(80, 20));
        let found = ratio(&refs(&here), &refs(&others)).expect("enough");
        assert!((found.raw - 10.0).abs() < 1e-9, "{found:?}");
        assert!((found.adjusted.mean - 1.0).abs() < 1e-9 && !found.is_clear(), "{found:?}");
    }

    #[test]
    fn too_few_changes_are_not_compared() {
        let few: Vec<Timed> = (0..19).map(|at| timed(100 + at, 1)).collect();
        let many: Vec<Timed> = (0..90).map(|at| timed(100 + at, 1)).collect();
        assert_eq!(ratio(&refs(&few), &refs(&many)), None);
        assert_eq!(ratio(&refs(&many), &refs(&few)), None);
        // Enough changes, but none of a size that the other side has.
        let large: Vec<Timed> = (0..90).map(|at| timed(100 + at, 20)).collect();
        assert_eq!(ratio(&refs(&many), &refs(&large)), None);
    }

    /// Times that spread as widely as real ones: e to the power of up to 12, more for large changes.
    fn times(random: &mut Draws, count: usize) -> Vec<Timed> {
        (0..count)
            .map(|_| {
                let files = [1, 1, 2, 3, 6, 20][random.below(6)];
                let power = 4.0 + f64::from(files).ln() + random.below(1000) as f64 / 130.0;
                #[expect(clippy::cast_possible_truncation, reason = "below e to the power of 15")]
                let seconds = power.exp() as i64;
                timed(seconds, files)
            })
            .collect()
    }

    #[test]
    fn a_random_split_has_a_ratio_of_1_at_the_stated_rate() {
        let mut random = Draws::new(2026);
        let (mut held, rounds) = (0, 200);
        for _ in 0..rounds {
            let changes = times(&mut random, 240);
            let (mut here, mut others) = (Vec::new(), Vec::new());
            for change in &changes {
                if random.below(3) == 0 { here.push(change) } else { others.push(change) }
            }
            let found = ratio(&here, &others).expect("enough");
            held += u32::from(!found.is_clear());
        }
        // 80% of the ranges hold 1; with 200 rounds, two standard deviations are 6 points.
        assert!((74 * rounds..=86 * rounds).contains(&(held * 100)), "{held} of {rounds}");
    }

    #[test]
    fn three_times_as_long_is_found() {
        let mut random = Draws::new(1);
        let others = times(&mut random, 400);
        let here: Vec<Timed> =
            times(&mut random, 200).into_iter().map(|it| Timed { seconds: it.seconds * 3, ..it }).collect();
        let found = ratio(&refs(&here), &refs(&others)).expect("enough");
        assert!(found.is_clear() && found.adjusted.low <= 3.0 && 3.0 <= found.adjusted.high, "{found:?}");
    }
}
