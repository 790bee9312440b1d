//! The older four-share score, which a backtest compares with the ranking.
//!
//! It weighs size, change, a file's own incidents and its folder's incidents with fixed weights.

use crate::rank::{BaseShares, IncidentWeights, RankedFiles};

/// Weight of incidents in the score if there are many. Part of its definition.
const HISTORY_WEIGHT: f64 = 0.55;

/// Weight of a file's own incidents; the rest is its folder's. Part of the definition.
const OWN_WEIGHT: f64 = 0.5;

/// The score of every ranked file: `(1 - omega) x base + omega x (0.5 x own + 0.5 x folder)` with
/// `omega = 0.55 x history_weight`; sums to 1.
pub(super) fn four_share(
    ranked: &RankedFiles,
    base: &BaseShares,
    weights: &IncidentWeights,
    history_weight: f64,
) -> Vec<f64> {
    let omega = HISTORY_WEIGHT * history_weight;
    let (own, folder) = (own(weights), folder(ranked, base, weights));
    let share = |position: usize| {
        let incidents = OWN_WEIGHT * own[position] + (1.0 - OWN_WEIGHT) * folder[position];
        (1.0 - omega) * base.base[position] + omega * incidents
    };
    (0..base.base.len()).map(share).collect()
}

/// `own = w / Y`; sums to 1, or all 0 without incidents.
fn own(weights: &IncidentWeights) -> Vec<f64> {
    let total = weights.total;
    weights.of_files.iter().map(|weight| if total > 0.0 { weight / total } else { 0.0 }).collect()
}

/// `folder = folder's w / Y x base / folder's base`; sums to 1, or all 0 without incidents.
///
/// In a folder whose base shares are all 0, the files are equal.
fn folder(ranked: &RankedFiles, base: &BaseShares, weights: &IncidentWeights) -> Vec<f64> {
    let mut folder_weight = vec![0.0; ranked.folders];
    let mut folder_base = vec![0.0; ranked.folders];
    let mut folder_files = vec![0_usize; ranked.folders];
    for (position, file) in ranked.files.iter().enumerate() {
        folder_weight[file.folder] += weights.of_files[position];
        folder_base[file.folder] += base.base[position];
        folder_files[file.folder] += 1;
    }
    let share = |(file, base): (&crate::rank::RankedFile, &f64)| {
        if weights.total <= 0.0 {
            return 0.0;
        }
        let part = if folder_base[file.folder] > 0.0 {
            base / folder_base[file.folder]
        } else {
            1.0 / folder_files[file.folder] as f64
        };
        folder_weight[file.folder] / weights.total * part
    };
    ranked.files.iter().zip(&base.base).map(share).collect()
}

#[cfg(test)]
mod tests {
    use debtscan_model::Scan;

    use super::{folder, four_share, own};
    use crate::parameters::RankingParameters;
    use crate::rank::{
        BaseShares, IncidentHistory, IncidentWeights, RankedFiles, UsedIncident, history_weight,
    };
    use crate::sample::{AS_OF, SampleScan, assert_close};

    struct Shares {
        own: Vec<f64>,
        folder: Vec<f64>,
        totals: Vec<f64>,
    }

    /// The shares after one incident with these parts; without parts, after none.
    fn shares(scan: &Scan, parts: &[(usize, f64)], decay: f64) -> Shares {
        let parameters = RankingParameters::default();
        let ranked = RankedFiles::of(scan, AS_OF, &parameters);
        let base = BaseShares::of(&ranked, &parameters);
        let used = UsedIncident { incident: 0, opened: AS_OF, decay, parts: parts.to_vec() };
        let used = if parts.is_empty() { Vec::new() } else { vec![used] };
        let history = IncidentHistory { used, excluded: Vec::new(), linked_share: 1.0 };
        let weights = IncidentWeights::of(&ranked, &history);
        let history_weight = history_weight(weights.total, history.linked_share, &parameters);
        Shares {
            own: own(&weights),
            folder: folder(&ranked, &base, &weights),
            totals: four_share(&ranked, &base, &weights, history_weight),
        }
    }

    /// a/x.c: 100 lines, one revision today; a/y.c: 100 lines, unchanged; b/z.c: 400 lines, one
    /// revision 180 days ago.
    fn sample() -> Scan {
        SampleScan::new()
            .source("a/x.c", 100, 0)
            .source("a/y.c", 100, 0)
            .source("b/z.c", 400, 0)
            .commit(180, &[("b/z.c", 1, 0)])
            .commit(0, &[("a/x.c", 1, 0)])
            .build()
    }

    #[test]
    fn without_incidents_the_share_is_size_and_change() {
        // size 1/6, 1/6, 4/6 and change 1/2, 0, 1/2: .05 + .35, .05, .2 + .35
        assert_close(&shares(&sample(), &[], 1.0).totals, &[0.40, 0.05, 0.55]);
        assert!(shares(&SampleScan::new().build(), &[], 1.0).totals.is_empty());
    }

    #[test]
    fn incidents_move_the_share_to_their_files_and_folders() {
        // One fresh incident, 3/4 in a/y.c and 1/4 in b/z.c: Y = 1, omega = .55 / 21.
        let shares = shares(&sample(), &[(1, 0.75), (2, 0.25)], 1.0);
        let omega = 0.55 / 21.0;
        assert_close(&shares.own, &[0.0, 0.75, 0.25]);
        // folder a: 3/4 over base .40 and .05 -> 8/9 and 1/9 of it; folder b: 1/4 to its one file
        assert_close(&shares.folder, &[0.75 * 8.0 / 9.0, 0.75 / 9.0, 0.25]);
        let y = (1.0 - omega) * 0.05 + omega * (0.375 + 0.375 / 9.0);
        assert_close(&[shares.totals[1], shares.totals.iter().sum()], &[y, 1.0]);
    }

    #[test]
    fn files_without_lines_are_equal_within_their_folder() {
        let scan = SampleScan::new().source("d/x.c", 0, 0).source("d/y.c", 0, 0).source("z.c", 9, 0).build();
        let shares = shares(&scan, &[(0, 1.0)], 0.5);
        // folder d has no base share: its half-decayed incident falls on both of its files
        assert_close(&shares.folder, &[0.5, 0.5, 0.0]);
        assert_close(&shares.own, &[1.0, 0.0, 0.0]);
    }
}
