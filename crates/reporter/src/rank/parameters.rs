//! Every constant of attribution and ranking, in one place.

/// The constants of attribution and ranking.
///
/// The values of [`Default`] come from a temporal backtest over 26 incident feeds of 18 public
/// repositories (262 pairs of feed and cut date), unless a field says that it is a plain default.
/// They are flat: moving `max_history_weight` in 0.4..0.7, `history_saturation` in 10..40 or
/// `size_weight` in 0..0.5 changes the area under the per-line cost curve by at most 0.003.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankingParameters {
    /// Part of size in the base share, `0..=1`; the rest is change. 0.3, from the backtest.
    pub size_weight: f64,
    /// Half-life of a revision in days. 180, from the backtest.
    pub change_half_life_days: f64,
    /// Commits that touch more source files than this do not count as change: they are reformats,
    /// moves and licence updates. 50, from the backtest's protocol; `--max-files-per-commit`.
    pub max_commit_source_files: usize,
    /// Half-life of an incident in days. 1460 (four years), from the backtest.
    pub incident_half_life_days: f64,
    /// Weight of incident history in the share when incidents are plenty, `0..=1`. 0.55, from the
    /// backtest.
    pub max_history_weight: f64,
    /// Decayed incidents at which history has half of that weight. 20, from the backtest.
    pub history_saturation: f64,
    /// Part of a file's own incidents in the history share, `0..=1`; the rest is its folder's.
    /// 0.5, from the backtest.
    pub own_weight: f64,
    /// Fixes that touch more source files than this are left out of the ranking. 40, from the
    /// backtest's protocol.
    pub max_fix_source_files: usize,
    /// Days that a forecast looks ahead, and that count as the last year. 365, by definition.
    pub horizon_days: i64,
    /// Part of last year's count in the expected count, `0..=1`; the rest is the decayed rate.
    /// 0.5, from the backtest.
    pub last_year_weight: f64,
    /// Half-life of the decayed incident rate in days. 365, from the backtest.
    pub rate_half_life_days: f64,
    /// Probability below the interval. 0.1, by definition of an 80 % interval.
    pub interval_low: f64,
    /// Probability below the interval's upper end. 0.9, by definition of an 80 % interval.
    pub interval_high: f64,
    /// Part of the negative binomial's variance that shrinks with evidence is
    /// `1 / (dispersion_offset + (history_saturation + Y) x share)`. 1.5, fitted in the backtest.
    pub dispersion_offset: f64,
    /// Part of it that stays: the square of the yearly total's relative error. 0.36 = 0.6^2,
    /// fitted in the backtest.
    pub dispersion_floor: f64,
    /// Lattice points on which cost intervals are computed; their error falls in proportion.
    /// 1024, a plain default: well under 1 % of the upper end.
    pub lattice_points: u32,
    /// An incident id that more commit messages than this name is taken for another thing than a
    /// ticket. 20, a plain default.
    pub max_ticket_commits: usize,
}

impl Default for RankingParameters {
    fn default() -> Self {
        Self {
            size_weight: 0.3,
            change_half_life_days: 180.0,
            max_commit_source_files: 50,
            incident_half_life_days: 1460.0,
            max_history_weight: 0.55,
            history_saturation: 20.0,
            own_weight: 0.5,
            max_fix_source_files: 40,
            horizon_days: 365,
            last_year_weight: 0.5,
            rate_half_life_days: 365.0,
            interval_low: 0.1,
            interval_high: 0.9,
            dispersion_offset: 1.5,
            dispersion_floor: 0.36,
            lattice_points: 1024,
            max_ticket_commits: 20,
        }
    }
}
