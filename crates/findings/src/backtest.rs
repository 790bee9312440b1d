//! A backtest: each score at each cut, means over the cuts, and expectation against outcome.

use debtscan_model::{CommitId, Timestamp};

use crate::area::AreaSource;
use crate::head::ListHead;

/// The result of a backtest.
#[derive(Debug, Clone, PartialEq)]
pub struct BacktestReport {
    /// Where it comes from, and what it could not see.
    pub head: ListHead,
    /// Incidents read.
    pub incidents: usize,
    /// Of these, those with a date.
    pub dated: usize,
    /// The rules.
    pub rules: Rules,
    /// Commits that touch more source files than this are not recent activity.
    pub max_files_per_commit: usize,
    /// Fixes that touch more source files than this are ignored.
    pub max_fix_files: usize,
    /// Whether the cuts are the 1 January of years.
    pub is_yearly: bool,
    /// The cuts that count, ascending.
    pub cuts: Vec<CutReport>,
    /// The others, ascending.
    pub uncounted: Vec<UncountedCut>,
    /// Per score of [`Score::ALL`]; empty when no cut counts.
    pub scores: Vec<ScoreReport>,
    /// Expectation against outcome, of files.
    pub file_bands: CalibrationBands,
    /// Expectation against outcome, of areas.
    pub area_bands: CalibrationBands,
    /// Cuts behind the bands: those that count, and those with enough known and too little after when
    /// the list goes on. Without the quiet ones the forecasts would be chosen by their outcome.
    pub calibrated_cuts: usize,
    /// Error of the yearly total.
    pub total: YearlyTotal,
}

impl BacktestReport {
    /// The whole in a sentence; `None` if too few cuts count for a conclusion.
    pub fn summary(&self) -> Option<BacktestSummary> {
        let debtscan = self.scores.first().filter(|_| self.claims())?;
        let c10 = Metric::C10.position();
        let share = |score: Score| self.scores.iter().find(|it| it.score == score).map(|it| &it.figures[c10]);
        let simple = self.scores.iter().filter(|it| Score::SIMPLE.contains(&it.score));
        // Of equal ones the first of the list.
        let best = simple.rev().max_by(|a, b| a.figures[c10].mean.total_cmp(&b.figures[c10].mean))?;
        Some(BacktestSummary {
            revision: self.head.revision,
            as_of: self.head.as_of,
            cuts: self.cuts.len(),
            horizon_days: self.rules.horizon_days,
            is_yearly: self.is_yearly,
            share: debtscan.figures[c10],
            chance: share(Score::Random)?.mean,
            best_simple: RunnerUp {
                score: best.score,
                share: best.figures[c10],
                ahead: best.debtscan_has_more[c10],
            },
        })
    }

    /// Whether enough cuts count for a conclusion.
    pub fn claims(&self) -> bool {
        // The interval resamples cuts. With one or two of them it would be narrow because there is
        // nothing to vary, not because the ranking is good.
        self.cuts.len() >= self.rules.least_cuts
    }
}

/// What a backtest says in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BacktestSummary {
    /// The scanned commit.
    pub revision: CommitId,
    /// Its committer time, or the end of the window where that is earlier.
    pub as_of: Timestamp,
    /// The cuts that count.
    pub cuts: usize,
    /// Days after a cut whose incidents are its target.
    pub horizon_days: i64,
    /// Whether the cuts are the 1 January of years.
    pub is_yearly: bool,
    /// The share of the later incidents in the first 10% of the lines of code.
    pub share: Estimate,
    /// The same in any order.
    pub chance: f64,
    /// The simple ranking that did best.
    pub best_simple: RunnerUp,
}

/// A simple ranking, compared with debtscan's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunnerUp {
    /// Which.
    pub score: Score,
    /// The share of the later incidents in the first 10% of the lines of code.
    pub share: Estimate,
    /// By how much debtscan's is ahead.
    pub ahead: Estimate,
}

/// The rules of a backtest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Days after a cut whose incidents are its target.
    pub horizon_days: i64,
    /// Least number of known incidents for a cut to count.
    pub least_known: usize,
    /// Least number of later incidents on ranked files for a cut to count.
    pub least_came: usize,
    /// Least number of cuts for a conclusion.
    pub least_cuts: usize,
    /// Resamples of cuts and incidents for the intervals.
    pub resamples: usize,
    /// Seed of the resampling.
    pub seed: u64,
    /// Data that is hidden from the ranking.
    pub hidden: Hidden,
}

impl Default for Rules {
    /// 365 days, 10 known, 6 later; 3 cuts, 1000 draws. The first three come from the
    /// protocol by which the model was chosen; the others are plain defaults.
    fn default() -> Self {
        Self {
            horizon_days: 365,
            least_known: 10,
            least_came: 6,
            least_cuts: 3,
            // 25 of 1,000 draws are beyond each end of a 95% interval.
            resamples: 1000,
            // Any seed will do, but it must be constant: the same input gives the same bytes.
            seed: 1,
            hidden: Hidden::Nothing,
        }
    }
}

/// Data that is hidden from the ranking, to measure how it does with patchy data. The target stays
/// complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// Nothing.
    Nothing,
    /// This percentage of the known incidents, as if nobody had recorded them.
    Incidents(u8),
    /// The evidence of this percentage of the known incidents, as if nobody had linked them to code.
    Links(u8),
}

/// A cut that does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UncountedCut {
    /// The cut.
    pub date: Timestamp,
    /// Known incidents, at most.
    pub known: usize,
    /// Incidents that came on ranked files, at most.
    pub came: usize,
    /// Why it does not count.
    pub reason: Uncounted,
}

/// Why a cut does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncounted {
    /// Too few incidents were known or came.
    TooFew,
    /// The repository had no commit yet.
    NoCommit,
    /// The days after it are not over at the scanned revision.
    NotOver,
}

/// One cut that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct CutReport {
    /// The cut date; the ranking knows what was known by then.
    pub date: Timestamp,
    /// The last second of the days after the cut.
    pub end: Timestamp,
    /// The commit whose tree was ranked.
    pub revision: CommitId,
    /// Ranked files.
    pub files: usize,
    /// Lines of code of the ranked files.
    pub lines: u64,
    /// Areas with ranked files.
    pub areas: usize,
    /// What the areas were made from.
    pub area_source: AreaSource,
    /// Incidents that were known and take part in the ranking.
    pub known: usize,
    /// Later incidents that are placed in source files.
    pub came: usize,
    /// Of these, those with a part on a ranked file.
    pub rankable: usize,
    /// Share of the later incidents on ranked files, `0..=1`.
    pub rankable_share: f64,
    /// Later incidents that are placed in no source file.
    pub unplaced: usize,
    /// Later incidents that are ignored because their fix is too wide.
    pub wide: usize,
    /// Incidents of the last 365 days before the cut.
    pub last_year: u32,
    /// Incidents expected in the window; `None` when nothing was known.
    pub expected: Option<f64>,
    /// Per score of [`Score::ALL`], the figures in the order of [`Metric::ALL`].
    pub figures: Vec<Gains>,
}

/// How one score did over all cuts.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreReport {
    /// The score.
    pub score: Score,
    /// In the order of [`Metric::ALL`](super::Metric::ALL).
    pub figures: [Estimate; METRICS],
    /// By how much debtscan's score is ahead, from paired draws; all 0 for debtscan itself.
    pub debtscan_has_more: [Estimate; METRICS],
}

/// A figure with the interval that holds 95% of the resampled values.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Estimate {
    /// The mean over the cuts.
    pub mean: f64,
    /// 2.5 % of the draws are below.
    pub low: f64,
    /// 2.5 % of the draws are above.
    pub high: f64,
}

/// Errors of the stated yearly total.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct YearlyTotal {
    /// Median of `|expected - came| / came`; `None` without cuts.
    pub median_error: Option<f64>,
    /// The same when last year's count is the expectation.
    pub median_error_of_last_year: Option<f64>,
}

/// A way to order files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Score {
    /// What debtscan ranks by: the expected share of next year's incidents.
    Debtscan,
    /// The same without incidents.
    NoIncidents,
    /// The older four-share score: size, change, own and folder's incidents with fixed weights.
    FourShare,
    /// Commits of the 12 months before x indentation complexity.
    HotspotProduct,
    /// The square root of recency-weighted revisions x indentation complexity.
    HotspotMean,
    /// Bugspots: `sum over fixes of 1 / (1 + e^(12 - 12 t))`, where t is 0 at the first fix and 1 at
    /// the cut, and a fix is a commit whose first line has a form of `fix` or `close` in it.
    Bugspots,
    /// The file's part in past incidents, with a half-life of four years.
    PastIncidents,
    /// Commits of the 12 months before.
    Commits,
    /// Lines of code.
    Lines,
    /// Any order: the mean over all of them.
    Random,
    /// The order by later incidents: no score can do better.
    Oracle,
}

impl Score {
    /// Every score, in the order of outputs; debtscan's is the first.
    // Figures of a cut are indexed by this order.
    pub const ALL: [Self; 11] = [
        Self::Debtscan,
        Self::NoIncidents,
        Self::FourShare,
        Self::HotspotProduct,
        Self::HotspotMean,
        Self::Bugspots,
        Self::PastIncidents,
        Self::Commits,
        Self::Lines,
        Self::Random,
        Self::Oracle,
    ];

    /// What anybody can rank by without a model of incidents to come.
    pub const SIMPLE: [Self; 6] = [
        Self::HotspotProduct,
        Self::HotspotMean,
        Self::Bugspots,
        Self::PastIncidents,
        Self::Commits,
        Self::Lines,
    ];

    /// Stable identifier, as machine-readable outputs write it.
    pub fn id(self) -> &'static str {
        // Values of the JSON format: they stay within a `schema_version`, unlike the names below.
        match self {
            Self::Debtscan => "debtscan",
            Self::NoIncidents => "no_incidents",
            Self::FourShare => "four_share",
            Self::HotspotProduct => "hotspot_product",
            Self::HotspotMean => "hotspot_mean",
            Self::Bugspots => "bugspots",
            Self::PastIncidents => "past_incidents",
            Self::Commits => "commits",
            Self::Lines => "lines",
            Self::Random => "random",
            Self::Oracle => "oracle",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debtscan => "debtscan",
            Self::NoIncidents => "debtscan without incidents",
            Self::FourShare => "four shares",
            Self::HotspotProduct => "hotspot, product",
            Self::HotspotMean => "hotspot, geometric mean",
            Self::Bugspots => "bugspots",
            Self::PastIncidents => "past incidents",
            Self::Commits => "commits in 12 months",
            Self::Lines => "lines of code",
            Self::Random => "random order",
            Self::Oracle => "oracle",
        }
    }
}

/// A figure of an order; each is a share of the rankable cost, `0..=1`, but for [`Metric::Popt`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// Met in the first 10 % of the lines of code, files in order of score per line.
    C10,
    /// Met in the first 20 % of the lines of code, files in order of score per line.
    C20,
    /// Met in the first 20 % of the lines of code, files in order of score.
    Sc20,
    /// The normalised area under the curve of cost over lines, files in order of score per line:
    /// 0.5 is what chance gives, 1 the oracle, 0 the reverse of the oracle.
    Popt,
    /// In the ten files with the highest scores.
    Top10,
    /// In the five folders with the highest sum of scores.
    Ftop5,
    /// Met in the first 20 % of the lines of code, folders in order of score per line.
    F20,
    /// In the three areas with the highest sum of scores.
    Atop3,
    /// Met in the first 20 % of the lines of code, areas in order of score per line.
    A20,
}

impl Metric {
    /// Every figure, in the order of outputs.
    // The order of outputs, and the index into `Gains`; it need not be that of the declaration.
    pub const ALL: [Self; 9] = [
        Self::C10,
        Self::C20,
        Self::Popt,
        Self::Sc20,
        Self::Top10,
        Self::Ftop5,
        Self::F20,
        Self::Atop3,
        Self::A20,
    ];

    /// Stable identifier, as machine-readable outputs write it.
    pub fn id(self) -> &'static str {
        match self {
            Self::C10 => "c10",
            Self::C20 => "c20",
            Self::Sc20 => "sc20",
            Self::Popt => "popt",
            Self::Top10 => "top10",
            Self::Ftop5 => "ftop5",
            Self::F20 => "f20",
            Self::Atop3 => "atop3",
            Self::A20 => "a20",
        }
    }

    /// Position in [`Metric::ALL`].
    pub fn position(self) -> usize {
        // A search instead of `self as usize`: the declaration has another order.
        Self::ALL.iter().position(|known| *known == self).expect("the list holds every figure")
    }
}

/// Number of figures.
pub const METRICS: usize = Metric::ALL.len();

/// What one unit of cost on a file adds to each figure; the area under the curve stands for
/// [`Metric::Popt`], not yet normalised.
pub type Gains = [f64; METRICS];

/// The bands of files or areas.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationBands {
    /// By the expectation that was stated.
    pub stated: Vec<CalibrationBand>,
    /// By the expectation at the true total: what the shares alone are worth. `covered` is 0. Without
    /// the cuts after which nothing came.
    pub given_total: Vec<CalibrationBand>,
}

/// Expectations of one size, with the later incidents.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CalibrationBand {
    /// The least expectation in it, in incidents per window.
    pub from: f64,
    /// The first expectation above it; `None` for the last band.
    pub to: Option<f64>,
    /// How many files or areas of how many cuts: subject-years.
    pub subjects: usize,
    /// Sum of the expectations.
    pub expected: f64,
    /// Later incidents, by their shares.
    pub came: f64,
    /// Sum over subjects of the probability that the rounded number of incidents is within the 80%
    /// range (`NegativeBinomial::coverage`); 80% of `subjects` if the distribution is right.
    pub covered: f64,
}
