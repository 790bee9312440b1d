//! Drawing again from what was observed: always the same draws.

/// A generator of numbers that look random, of 64 bits of state (Steele, Lea & Flood 2014:
/// `SplitMix`). The same seed gives the same numbers on every machine.
#[derive(Debug, Clone)]
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        // SplitMix64: a few lines, and the same draws on every platform and in every version.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0..bound`; `bound` is above 0. The high part of a product, so that no number is
    /// more frequent than another by more than one in 2^64 / bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let product = u128::from(self.next()) * bound as u128;
        usize::try_from(product >> 64).expect("below a usize")
    }
}

/// The values at these two probabilities, by linear interpolation between the order statistics;
/// (0, 0) of nothing.
pub(crate) fn quantiles(values: &mut [f64], low: f64, high: f64) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    (quantile(values, low), quantile(values, high))
}

/// The value at a probability of sorted values.
pub(crate) fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let at = probability * last as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=last, an index")]
    let below = (at.floor() as usize).min(last);
    let above = (below + 1).min(last);
    sorted[below] + (at - below as f64) * (sorted[above] - sorted[below])
}

/// The median; `None` of nothing.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    (!sorted.is_empty()).then(|| quantile(&sorted, 0.5))
}

#[cfg(test)]
mod tests {
    use super::{Draws, median, quantile};

    #[test]
    fn the_numbers_are_those_of_the_published_generator() {
        // SplitMix64 with seed 1234567, from the reference implementation by Vigna.
        let mut draws = Draws::new(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| draws.next()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
        assert!((0..1000).all(|_| draws.below(7) < 7));
    }

    #[test]
    fn quantiles_interpolate_between_order_statistics() {
        let sorted = [0.0, 10.0, 20.0];
        assert!((quantile(&sorted, 0.25) - 5.0).abs() < 1e-12);
        assert!((quantile(&sorted, 1.0) - 20.0).abs() < 1e-12);
        assert_eq!(median(&[]), None);
    }
}
