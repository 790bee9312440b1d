//! Shares by size and change, and the weight of incident history.

use super::{IncidentHistory, RankedFiles};
use crate::parameters::RankingParameters;

/// Shares by size and change alone; each vector is by position in [`RankedFiles::files`].
#[derive(Debug, Clone, PartialEq)]
pub struct BaseShares {
    /// `size = LOC / sum of LOC`; sums to 1. Without any line of code all files are equal.
    pub size: Vec<f64>,
    /// `sqrt(LOC) x R`.
    pub change_weight: Vec<f64>,
    /// Sum of `change_weight`.
    pub change_weight_total: f64,
    /// `change = change_weight / sum`; sums to 1, or all 0 when nothing changed.
    pub change: Vec<f64>,
    /// `base = 0.3 x size + 0.7 x change`; sums to 1. When nothing changed it is the size share.
    pub base: Vec<f64>,
    /// The part of size in `base`: 0.3, or 1 when nothing changed.
    pub size_weight: f64,
}

impl BaseShares {
    /// Computes the base shares of the ranked files; empty without any.
    pub fn of(ranked: &RankedFiles, parameters: &RankingParameters) -> Self {
        let files = &ranked.files;
        let lines = ranked.source_lines();
        let size: Vec<f64> = if lines == 0 {
            vec![1.0 / files.len().max(1) as f64; files.len()]
        } else {
            files.iter().map(|file| f64::from(file.sloc) / lines as f64).collect()
        };
        let change_weight: Vec<f64> =
            files.iter().map(|file| f64::from(file.sloc).sqrt() * file.recent_revisions).collect();
        let change_weight_total = change_weight.iter().fold(0.0, |sum, weight| sum + weight);
        let has_change = change_weight_total > 0.0;
        let change: Vec<f64> = change_weight
            .iter()
            .map(|weight| if has_change { weight / change_weight_total } else { 0.0 })
            .collect();
        // If nothing changed, size must be the whole, or the shares would not sum to 1.
        let size_weight = if has_change { parameters.size_weight } else { 1.0 };
        let base = size
            .iter()
            .zip(&change)
            .map(|(size, change)| size_weight * size + (1.0 - size_weight) * change)
            .collect();
        Self { size, change_weight, change_weight_total, change, base, size_weight }
    }
}

/// Weight of incident history: `linked x Y / (Y + 20)`; 0 without incidents, below 1.
///
/// `linked_share` is the share of the incidents whose location is known. It scales the weight, because
/// the others need not be in the same places.
pub fn history_weight(incident_weight: f64, linked_share: f64, parameters: &RankingParameters) -> f64 {
    // The saturation may be set to 0, which would make this 0 / 0.
    if incident_weight <= 0.0 {
        return 0.0;
    }
    linked_share * incident_weight / (incident_weight + parameters.history_saturation)
}

/// How much incidents weigh.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentWeights {
    /// `w`: sum over incidents of the file's share x decay, by position in [`RankedFiles::files`].
    pub of_files: Vec<f64>,
    /// `Y`: sum of `w`.
    pub total: f64,
}

impl IncidentWeights {
    /// Sums the decayed shares of the incidents that take part.
    pub fn of(ranked: &RankedFiles, history: &IncidentHistory) -> Self {
        let of_files = history.weights(ranked);
        let total = of_files.iter().fold(0.0, |sum, weight| sum + weight);
        Self { of_files, total }
    }
}

#[cfg(test)]
mod tests {
    use debtscan_model::Scan;

    use super::{BaseShares, history_weight};
    use crate::parameters::RankingParameters;
    use crate::rank::RankedFiles;
    use crate::sample::{AS_OF, SampleScan, assert_close};

    fn base(scan: &Scan) -> BaseShares {
        let parameters = RankingParameters::default();
        BaseShares::of(&RankedFiles::of(scan, AS_OF, &parameters), &parameters)
    }

    #[test]
    fn the_base_share_is_size_and_change() {
        // One revision today, none, one 180 days ago.
        let scan = SampleScan::new()
            .source("a/x.c", 100, 0)
            .source("a/y.c", 100, 0)
            .source("b/z.c", 400, 0)
            .commit(180, &[("b/z.c", 1, 0)])
            .commit(0, &[("a/x.c", 1, 0)])
            .build();
        let base = base(&scan);
        // size: 1/6, 1/6, 4/6. change: sqrt(100) x 1, 0, sqrt(400) x 1/2 = 10, 0, 10 -> 1/2, 0, 1/2
        assert_close(&base.size, &[1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0]);
        assert_close(&base.change, &[0.5, 0.0, 0.5]);
        // base: .05 + .35, .05, .2 + .35
        assert_close(&base.base, &[0.40, 0.05, 0.55]);
    }

    #[test]
    fn without_any_change_size_decides_alone() {
        let scan = SampleScan::new().source("x.c", 100, 0).source("y.c", 300, 0).build();
        assert_close(&base(&scan).base, &[0.25, 0.75]);
    }

    #[test]
    fn files_without_lines_are_equal() {
        let scan = SampleScan::new().source("x.c", 0, 0).source("y.c", 0, 0).build();
        assert_close(&base(&scan).base, &[0.5, 0.5]);
        assert!(base(&SampleScan::new().build()).base.is_empty());
    }

    #[test]
    fn history_weighs_more_with_more_incidents() {
        let parameters = RankingParameters::default();
        let weights = [0.0, 20.0, 40.0, 300.0].map(|total| history_weight(total, 1.0, &parameters));
        assert_close(&weights, &[0.0, 0.5, 40.0 / 60.0, 300.0 / 320.0]);
    }

    #[test]
    fn history_weighs_less_when_fewer_incidents_could_be_placed() {
        let parameters = RankingParameters::default();
        let weights = [1.0, 0.5, 0.0].map(|linked| history_weight(20.0, linked, &parameters));
        assert_close(&weights, &[0.5, 0.25, 0.0]);
    }
}
