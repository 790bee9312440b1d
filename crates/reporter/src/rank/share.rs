//! Shares of size, of change, of own incidents and of the folder's incidents.

use super::{IncidentHistory, RankedFiles};
use crate::parameters::RankingParameters;

/// What size and change alone say; each vector is by position in [`RankedFiles::files`].
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
        let size_weight = if has_change { parameters.size_weight } else { 1.0 };
        let base = size
            .iter()
            .zip(&change)
            .map(|(size, change)| size_weight * size + (1.0 - size_weight) * change)
            .collect();
        Self { size, change_weight, change_weight_total, change, base, size_weight }
    }
}

/// Trust in incident history: `linked x Y / (Y + 20)`; 0 without incidents, below 1.
///
/// `linked_share` is the part of the incidents that could be placed: what is known of the others
/// would have to be the same for the rest to tell the whole, and it is not.
///
/// The one place where it is decided.
pub fn history_weight(incident_weight: f64, linked_share: f64, parameters: &RankingParameters) -> f64 {
    if incident_weight <= 0.0 {
        return 0.0;
    }
    linked_share * incident_weight / (incident_weight + parameters.history_saturation)
}

/// What incidents say; vectors are by position in [`RankedFiles::files`] unless told otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentShares {
    /// `w`: sum over incidents of the file's share x decay.
    pub weight: Vec<f64>,
    /// `Y`: sum of `w`.
    pub total: f64,
    /// Sum of `w` per folder, by folder number.
    pub folder_weight: Vec<f64>,
    /// Sum of base shares per folder, by folder number.
    pub folder_base: Vec<f64>,
    /// `own = w / Y`; sums to 1, or all 0 without incidents.
    pub own: Vec<f64>,
    /// `folder = folder's w / Y x base / folder's base`; sums to 1, or all 0 without incidents.
    ///
    /// In a folder whose base shares are all 0, the files are equal.
    pub folder: Vec<f64>,
}

impl IncidentShares {
    /// Computes own and folder shares.
    pub fn of(ranked: &RankedFiles, base: &BaseShares, history: &IncidentHistory) -> Self {
        let weight = history.weights(ranked);
        let total = weight.iter().fold(0.0, |sum, weight| sum + weight);
        let mut folder_weight = vec![0.0; ranked.folders];
        let mut folder_base = vec![0.0; ranked.folders];
        let mut folder_files = vec![0_usize; ranked.folders];
        for (position, file) in ranked.files.iter().enumerate() {
            folder_weight[file.folder] += weight[position];
            folder_base[file.folder] += base.base[position];
            folder_files[file.folder] += 1;
        }
        let own = weight.iter().map(|weight| if total > 0.0 { weight / total } else { 0.0 }).collect();
        let folder = ranked
            .files
            .iter()
            .zip(&base.base)
            .map(|(file, base)| {
                if total <= 0.0 {
                    return 0.0;
                }
                let part = if folder_base[file.folder] > 0.0 {
                    base / folder_base[file.folder]
                } else {
                    1.0 / folder_files[file.folder] as f64
                };
                folder_weight[file.folder] / total * part
            })
            .collect();
        Self { weight, total, folder_weight, folder_base, own, folder }
    }
}

/// Weight of incidents in the four-share score if there are many. Part of the definition of that score.
const FOUR_SHARE_HISTORY_WEIGHT: f64 = 0.55;

/// Weight of a file's own incidents in the four-share score; the rest is its folder's.
const FOUR_SHARE_OWN_WEIGHT: f64 = 0.5;

/// The older four-share score: `(1 - omega) x base + omega x (0.5 x own + 0.5 x folder)` with
/// `omega = 0.55 x history_weight`; sums to 1. A backtest shows it beside the ranking.
pub fn four_share(base: &BaseShares, incidents: &IncidentShares, history_weight: f64) -> Vec<f64> {
    let omega = FOUR_SHARE_HISTORY_WEIGHT * history_weight;
    let share = |position: usize| {
        let own = FOUR_SHARE_OWN_WEIGHT * incidents.own[position];
        let folder = (1.0 - FOUR_SHARE_OWN_WEIGHT) * incidents.folder[position];
        (1.0 - omega) * base.base[position] + omega * (own + folder)
    };
    (0..base.base.len()).map(share).collect()
}

#[cfg(test)]
mod tests {
    use debtscan_model::Scan;

    use super::{BaseShares, IncidentShares, four_share, history_weight};
    use crate::parameters::RankingParameters;
    use crate::rank::{IncidentHistory, RankedFiles, UsedIncident};
    use crate::sample::{AS_OF, SampleScan};

    /// a/x.c: 100 lines, one revision today; a/y.c: 100 lines, at rest; b/z.c: 400 lines, one
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

    fn history(parts: &[(usize, f64)], decay: f64) -> IncidentHistory {
        let used = UsedIncident { incident: 0, opened: AS_OF, decay, parts: parts.to_vec() };
        IncidentHistory { used: vec![used], excluded: vec![None], linked_share: 1.0 }
    }

    fn no_history() -> IncidentHistory {
        IncidentHistory { used: Vec::new(), excluded: Vec::new(), linked_share: 1.0 }
    }

    struct Shares {
        base: BaseShares,
        incidents: IncidentShares,
        totals: Vec<f64>,
    }

    fn rank(scan: &Scan, history: &IncidentHistory) -> Shares {
        let parameters = RankingParameters::default();
        let ranked = RankedFiles::of(scan, AS_OF, &parameters);
        let base = BaseShares::of(&ranked, &parameters);
        let incidents = IncidentShares::of(&ranked, &base, history);
        let history_weight = history_weight(incidents.total, history.linked_share, &parameters);
        let totals = four_share(&base, &incidents, history_weight);
        Shares { base, incidents, totals }
    }

    #[track_caller]
    fn assert_close(actual: &[f64], expected: &[f64]) {
        let is_close = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-12;
        assert!(
            actual.len() == expected.len() && actual.iter().zip(expected).all(is_close),
            "{actual:?} instead of {expected:?}"
        );
    }

    #[test]
    fn without_incidents_the_share_is_size_and_change() {
        let ranking = rank(&sample(), &no_history());
        // size: 1/6, 1/6, 4/6. change: sqrt(100) x 1, 0, sqrt(400) x 1/2 = 10, 0, 10 -> 1/2, 0, 1/2
        assert_close(&ranking.base.size, &[1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0]);
        assert_close(&ranking.base.change, &[0.5, 0.0, 0.5]);
        // base: .05 + .35, .05, .2 + .35
        assert_close(&ranking.base.base, &[0.40, 0.05, 0.55]);
        assert_close(&ranking.totals, &[0.40, 0.05, 0.55]);
    }

    #[test]
    fn incidents_move_the_share_to_their_files_and_folders() {
        // One fresh incident, 3/4 in a/y.c and 1/4 in b/z.c: Y = 1, omega = .55 / 21.
        let ranking = rank(&sample(), &history(&[(1, 0.75), (2, 0.25)], 1.0));
        let omega = 0.55 / 21.0;
        assert_close(&[ranking.incidents.total], &[1.0]);
        assert_close(&ranking.incidents.own, &[0.0, 0.75, 0.25]);
        // folder a: 3/4 over base .40 and .05 -> 8/9 and 1/9 of it; folder b: 1/4 to its one file
        assert_close(&ranking.incidents.folder, &[0.75 * 8.0 / 9.0, 0.75 / 9.0, 0.25]);
        let y = (1.0 - omega) * 0.05 + omega * (0.375 + 0.375 / 9.0);
        assert_close(&[ranking.totals[1], ranking.totals.iter().sum()], &[y, 1.0]);
    }

    #[test]
    fn trust_in_history_grows_with_the_incidents() {
        let parameters = RankingParameters::default();
        let trusts = [0.0, 20.0, 40.0, 300.0].map(|total| history_weight(total, 1.0, &parameters));
        assert_close(&trusts, &[0.0, 0.5, 40.0 / 60.0, 300.0 / 320.0]);
    }

    #[test]
    fn history_counts_for_less_when_fewer_incidents_could_be_placed() {
        let parameters = RankingParameters::default();
        let trusts = [1.0, 0.5, 0.0].map(|linked| history_weight(20.0, linked, &parameters));
        assert_close(&trusts, &[0.5, 0.25, 0.0]);
    }

    #[test]
    fn without_any_change_size_decides_alone() {
        let scan = SampleScan::new().source("x.c", 100, 0).source("y.c", 300, 0).build();
        let ranking = rank(&scan, &no_history());
        assert_close(&ranking.base.base, &[0.25, 0.75]);
    }

    #[test]
    fn files_without_lines_are_equal_when_nothing_else_is_known() {
        let scan = SampleScan::new().source("d/x.c", 0, 0).source("d/y.c", 0, 0).source("z.c", 9, 0).build();
        let ranking = rank(&scan, &history(&[(0, 1.0)], 0.5));
        // folder d has no base share: its half-decayed incident falls on both of its files
        assert_close(&ranking.incidents.folder, &[0.5, 0.5, 0.0]);
        assert_close(&ranking.incidents.own, &[1.0, 0.0, 0.0]);
        let empty = SampleScan::new().source("x.c", 0, 0).source("y.c", 0, 0).build();
        assert_close(&rank(&empty, &no_history()).base.base, &[0.5, 0.5]);
        assert!(rank(&SampleScan::new().build(), &no_history()).totals.is_empty());
    }
}
