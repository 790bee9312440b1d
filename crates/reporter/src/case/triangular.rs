//! The triangular distribution of an effort.

/// A triangular distribution by its ends and its mode; a single value where they are equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Triangular {
    pub(super) low: f64,
    pub(super) mode: f64,
    pub(super) high: f64,
}

impl Triangular {
    /// The probability of at most so much, `0..=1`.
    pub(super) fn at_most(&self, value: f64) -> f64 {
        let Self { low, mode, high } = *self;
        let width = high - low;
        // The ends first: where one equals the mode, a branch below would divide by zero.
        if value >= high {
            1.0
        } else if value <= low {
            0.0
        } else if value < mode {
            (value - low).powi(2) / (width * (mode - low))
        } else {
            1.0 - (high - value).powi(2) / (width * (high - mode))
        }
    }

    /// The value that is not exceeded with this probability, `0..=1`.
    pub(super) fn quantile(&self, probability: f64) -> f64 {
        let Self { low, mode, high } = *self;
        let width = high - low;
        if width <= 0.0 {
            return low;
        }
        if probability < (mode - low) / width {
            low + (probability * width * (mode - low)).sqrt()
        } else {
            high - ((1.0 - probability) * width * (high - mode)).sqrt()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Triangular;

    #[test]
    fn quantile_and_probability_are_inverse() {
        // Symmetric on 0..2: a quarter of the area above 1/2 of the width is 1/8.
        let even = Triangular { low: 0.0, mode: 1.0, high: 2.0 };
        assert!((even.at_most(0.5) - 0.125).abs() < 1e-12 && (even.at_most(1.0) - 0.5).abs() < 1e-12);
        let skewed = Triangular { low: 16.0, mode: 22.0, high: 31.0 };
        for probability in [0.01, 0.3, 0.5, 0.9, 0.99] {
            assert!((skewed.at_most(skewed.quantile(probability)) - probability).abs() < 1e-12);
        }
        // 1 - (31 - 27)^2 / (15 x 9) = 0.8815: 18 of 20.
        assert!((skewed.at_most(27.0) - (1.0 - 16.0 / 135.0)).abs() < 1e-12);
        let exact = Triangular { low: 5.0, mode: 5.0, high: 5.0 };
        assert!(
            (exact.quantile(0.3) - 5.0).abs() < 1e-12 && exact.at_most(5.0) > 0.5 && exact.at_most(4.9) < 0.5
        );
    }
}
