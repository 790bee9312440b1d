//! Probabilities as people say them.

use crate::number::{grouped, nearest, significant};

/// A probability as a frequency: `7 in 10`, `1 in 36`, `less than 1 in 1,000`.
pub(crate) fn odds(probability: f64) -> String {
    // Rounded to tenths, this would read as 10 in 10, which is a promise.
    if probability >= 0.95 {
        return "more than 19 in 20".to_owned();
    }
    // Below, tenths are too coarse: 0.14 and 0.06 would both read as 1 in 10.
    if probability >= 0.15 {
        return format!("{} in 10", nearest(probability * 10.0));
    }
    if probability < 0.001 {
        return "less than 1 in 1,000".to_owned();
    }
    format!("1 in {}", grouped(nearest(significant(1.0 / probability, 2))))
}

#[cfg(test)]
mod tests {
    use super::odds;

    #[test]
    fn probabilities_are_frequencies() {
        assert_eq!(
            [0.7, 0.0976, 0.0277, 0.000_01, 0.96].map(odds),
            ["7 in 10", "1 in 10", "1 in 36", "less than 1 in 1,000", "more than 19 in 20"]
        );
    }
}
