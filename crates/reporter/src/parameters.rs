//! Every constant of attribution and ranking, in one place.

use debtscan_model::Timestamp;

/// The constants of attribution and ranking.
///
/// The values of [`Default`] come from temporal backtests on incident files of public repositories,
/// unless a field says that it is a plain default. "Fitted" ones are those of the ranking, chosen
/// by leave-one-repository-out validation (`docs/ranking-evidence.md`); "four-share" ones belong to
/// the older score of that name, which spreads incidents of known folders over files and is compared
/// with the ranking in a backtest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankingParameters {
    /// Half-life of a commit as work, in days. 365, fitted.
    pub work_half_life_days: f64,
    /// Added to the relative work per line before the power is taken, so that a file at rest keeps
    /// a part. 0.05, fitted together with `work_power`.
    pub work_offset: f64,
    /// Power of the relative work per line. 0.3, fitted.
    pub work_power: f64,
    /// Added to the relative cognitive complexity per line. 0.3, fitted with `complexity_power`.
    pub complexity_offset: f64,
    /// Power of the relative cognitive complexity per line. 0.45, fitted.
    pub complexity_power: f64,
    /// Lines added to both sides of the growth of a file. 10, a plain default.
    pub growth_line_offset: f64,
    /// Growth, and its inverse, count up to this. 3, a plain default: a file that is new.
    pub max_growth: f64,
    /// Power of the growth. 0.5, fitted.
    pub growth_power: f64,
    /// Half-life of a commit that touched tests too, in days. 1460, fitted.
    pub test_half_life_days: f64,
    /// Power of the relative number of such commits per line, after adding `work_offset`.
    /// 0.1, fitted.
    pub test_power: f64,
    /// A folder's work per line is drawn towards that of the folder above as if this part of all
    /// lines were worked on as that one. 0.03, fitted.
    pub folder_prior: f64,
    /// Power of the relative work per line of the folder, after adding `work_offset`. 0.5,
    /// fitted.
    pub folder_power: f64,
    /// Half-life of a commit that ties files together, in days. 730, fitted.
    pub companion_half_life_days: f64,
    /// Commits that touch more source files than this tie none together. 20, a plain default.
    pub max_companion_source_files: usize,
    /// Weight of the mean file among the files coupled with a file, in shared commits. 0.5, a plain
    /// default.
    pub companion_prior: f64,
    /// Lines added to a companion's own before its incidents are divided by them. 50, a plain
    /// default.
    pub companion_line_offset: f64,
    /// Power of the coupled files' relative incidents per line, after adding `work_offset`, when
    /// incidents are plenty. 0.3, fitted.
    pub companion_power: f64,
    /// Part of a file's own incidents in the share when incidents are plenty, `0..=1`. 0.18,
    /// fitted.
    pub max_own_weight: f64,
    /// Power of a file's lines in the share of its own incidents: a small file that broke has
    /// less left to break. 0.25, fitted.
    pub own_line_power: f64,
    /// Part of size in the base share, `0..=1`; the rest is change. 0.3, four-share.
    pub size_weight: f64,
    /// Half-life of a revision in days. 180, four-share.
    pub change_half_life_days: f64,
    /// Commits that touch more source files than this do not count as change: they are reformats,
    /// moves and licence updates. 50, from the backtest's protocol; `--max-files-per-commit`.
    pub max_commit_source_files: usize,
    /// Half-life of an incident in days. 1460 (four years), from the backtest.
    pub incident_half_life_days: f64,
    /// Decayed incidents at which incident history has half of its weight. 20, from the backtest.
    pub history_saturation: f64,
    /// Fixes that touch more source files than this take no part in the ranking. 40, from the
    /// backtest's protocol.
    pub max_fix_source_files: usize,
    /// Days that a forecast looks ahead, and that count as the last year. 365, by definition.
    pub horizon_days: i64,
    /// Part of last year's count in the expected count, `0..=1`; the rest is the decayed rate.
    /// 0.5, from the backtest.
    pub last_year_weight: f64,
    /// Half-life of the decayed incident rate in days. 90, fitted: the last months say most of the next
    /// year.
    pub rate_half_life_days: f64,
    /// Half-life of the longer rate in days, towards which a yearly total of few incidents is drawn. 730,
    /// from the backtest.
    pub longer_half_life_days: f64,
    /// Weight of the longer rate, in incidents a year. 3, from the backtest.
    pub longer_rate_weight: f64,
    /// Probability below the interval. 0.1, by definition of an 80 % interval.
    pub interval_low: f64,
    /// Probability below the interval's upper end. 0.9, by definition of an 80 % interval.
    pub interval_high: f64,
    /// Part of the negative binomial's variance that shrinks with evidence is
    /// `1 / (dispersion_offset + (history_saturation + Y) x share)`. 1, fitted in the backtest.
    pub dispersion_offset: f64,
    /// Part of it that stays: the square of the relative error of a yearly total of many incidents.
    /// 0.18 = 0.42^2, fitted in the backtest.
    pub dispersion_floor: f64,
    /// Part of it that falls with the yearly total, `dispersion_of_few / (N + 1)`: a total of few
    /// incidents is less certain. 3, fitted in the backtest.
    pub dispersion_of_few: f64,
    /// Lattice points on which cost intervals are computed; their error falls in proportion.
    /// 1024, a plain default: well under 1 % of the upper end.
    pub lattice_points: u32,
    /// An incident ID that more commit messages than this contain is not treated as a ticket. 20, a plain
    /// default.
    pub max_ticket_commits: usize,
}

impl RankingParameters {
    /// The time a year before `time`: the days that a forecast looks ahead, looking back.
    pub(crate) fn year_before(&self, time: Timestamp) -> Timestamp {
        time.plus_days(-self.horizon_days)
    }
}

impl Default for RankingParameters {
    fn default() -> Self {
        Self {
            work_half_life_days: 365.0,
            work_offset: 0.05,
            work_power: 0.3,
            complexity_offset: 0.3,
            complexity_power: 0.45,
            growth_line_offset: 10.0,
            max_growth: 3.0,
            growth_power: 0.5,
            test_half_life_days: 1460.0,
            test_power: 0.1,
            folder_prior: 0.03,
            folder_power: 0.5,
            companion_half_life_days: 730.0,
            max_companion_source_files: 20,
            companion_prior: 0.5,
            companion_line_offset: 50.0,
            companion_power: 0.3,
            max_own_weight: 0.18,
            own_line_power: 0.25,
            size_weight: 0.3,
            change_half_life_days: 180.0,
            max_commit_source_files: 50,
            incident_half_life_days: 1460.0,
            history_saturation: 20.0,
            max_fix_source_files: 40,
            horizon_days: 365,
            last_year_weight: 0.5,
            rate_half_life_days: 90.0,
            longer_half_life_days: 730.0,
            longer_rate_weight: 3.0,
            interval_low: 0.1,
            interval_high: 0.9,
            dispersion_offset: 1.0,
            dispersion_floor: 0.18,
            dispersion_of_few: 3.0,
            lattice_points: 1024,
            max_ticket_commits: 20,
        }
    }
}
