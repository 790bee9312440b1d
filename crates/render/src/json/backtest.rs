//! The shape of the JSON backtest, and how it is made.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::convert::trust;
use super::output::SCHEMA_VERSION;
use super::schema::TrustJson;
use super::values::{Figure, Time, ToolJson};
use crate::backtest::statement;
use debtscan_findings::{
    BacktestReport, CalibrationBand, CalibrationBands, CutReport, Estimate, Hidden, Metric, Score,
    ScoreReport, Uncounted, UncountedCut,
};

/// Whether the ranking would have found the incidents that came next.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan backtest")]
pub(super) struct BacktestJson {
    #[serde(flatten)]
    pub(super) head: BacktestHeadJson,
    /// How each score did over all cuts: debtscan's first. Empty when no cut counts.
    pub(super) scores: Vec<ScoreJson>,
    /// The cuts that count, ascending.
    pub(super) cuts: Vec<CutJson>,
    /// The cuts that do not count, ascending, and why.
    pub(super) uncounted_cuts: Vec<UncountedJson>,
}

/// Everything but the lists.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BacktestHeadJson {
    /// Version of this shape: 1. A reader checks it before anything else.
    schema_version: u32,
    tool: ToolJson,
    /// Name of the project from the configuration; `null` when not set.
    project: Option<String>,
    /// Full id of the scanned commit.
    revision: String,
    /// Its committer time, or the end of the window where that is earlier.
    as_of: Time,
    trust: TrustJson,
    /// What is to be said of it in a sentence or two; for people.
    statement: String,
    /// Whether there are enough cuts to claim anything.
    claims: bool,
    /// Incidents read.
    incidents: usize,
    /// Of these, those with a date.
    dated_incidents: usize,
    rules: RulesJson,
    yearly_total: TotalErrorJson,
    calibration: CalibrationJson,
}

/// The rules of the backtest.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RulesJson {
    /// Days after a cut whose incidents are its target.
    horizon_days: i64,
    /// A cut counts when at least so many incidents are known.
    least_known: usize,
    /// A cut counts when at least so many incidents came on ranked files.
    least_came: usize,
    /// Nothing is claimed from fewer cuts than this.
    least_cuts: usize,
    /// Times that cuts and incidents were drawn again.
    resamples: usize,
    /// Where the draws began.
    seed: u64,
    /// Source files above which a commit is no recent change.
    max_files_per_commit: usize,
    /// Source files above which a fix is dropped.
    max_fix_files: usize,
    /// Percent of the known incidents that were hidden from the ranking.
    dropped_incidents_percent: u8,
    /// Percent of the known incidents of which the ranking did not get to see what ties them to code.
    dropped_links_percent: u8,
}

/// Medians over the cuts of `|expected - came| / came`; `null` without cuts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TotalErrorJson {
    /// Of the expectation that was stated.
    median_error: Option<Figure>,
    /// Of last year's count.
    median_error_of_last_year: Option<Figure>,
}

/// Expectation against outcome, by size of the expectation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CalibrationJson {
    /// Cuts behind it: those that count, and those with enough known incidents and too few after, where
    /// the list goes on.
    cuts: usize,
    /// Over files and cuts.
    files: BandsJson,
    /// Over areas and cuts.
    areas: BandsJson,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct BandsJson {
    /// By the expectation that was stated.
    stated: Vec<BandJson>,
    /// By the share of the incidents that came: what the shares alone are worth.
    given_total: Vec<BandJson>,
}

/// Expectations of one size.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct BandJson {
    /// The least expectation in it, in incidents per window.
    from: Figure,
    /// The first expectation above it; `null` for the last band.
    to: Option<Figure>,
    /// Files or areas, each once per cut.
    subjects: usize,
    /// Sum of the expectations.
    expected: Figure,
    /// Incidents that came, by their parts.
    came: Figure,
    /// Sum over subjects of how surely the rounded number of incidents lies within the 80 % interval: 0.8
    /// times `subjects` where the forecast is right; `null` where no interval was stated.
    covered: Option<Figure>,
}

/// One score over all cuts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ScoreJson {
    /// Stable identifier.
    score: &'static str,
    /// The name for people.
    name: &'static str,
    /// By figure (`c10`, `c20`, `popt`, ...).
    figures: BTreeMap<&'static str, EstimateJson>,
    /// What debtscan's score has more, drawn in pairs; `null` for debtscan itself.
    debtscan_has_more: Option<BTreeMap<&'static str, EstimateJson>>,
}

/// A mean over cuts with the interval that holds 95 % of the draws.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct EstimateJson {
    /// 2.5 % quantile.
    low: Figure,
    /// What was observed.
    mean: Figure,
    /// 97.5 % quantile.
    high: Figure,
}

/// One cut that counts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CutJson {
    /// The cut: what was known by then is known.
    date: Time,
    /// The last second of what came.
    end: Time,
    /// Full id of the commit whose tree was ranked.
    revision: String,
    /// Ranked files.
    files: usize,
    /// Lines of code of the ranked files.
    source_lines: u64,
    /// Areas with ranked files.
    areas: usize,
    /// What the areas were made from.
    area_source: String,
    /// Incidents that were known and take part in the ranking.
    known: usize,
    /// Incidents that came and are tied to source files.
    came: usize,
    /// Of these, those with a part on a ranked file.
    rankable: usize,
    /// Of the incidents that came, the part that fell on ranked files, `0..=1`.
    rankable_share: Figure,
    /// Incidents that came and are tied to no source file.
    unplaced: usize,
    /// Incidents that came and were dropped for the width of their fix.
    wide: usize,
    /// Incidents of the 365 days before the cut.
    last_year: u32,
    /// Incidents expected in the window; `null` when nothing was known.
    expected: Option<Figure>,
    /// By score, then by figure.
    figures: BTreeMap<&'static str, BTreeMap<&'static str, Figure>>,
}

/// One cut that does not count.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct UncountedJson {
    /// The cut.
    date: Time,
    /// `too-few`, `no-commit` or `not-over`.
    reason: &'static str,
    /// Known incidents, at most.
    known: usize,
    /// Incidents that came on ranked files, at most.
    came: usize,
}

/// Makes the document.
pub(super) fn backtest(report: &BacktestReport) -> BacktestJson {
    BacktestJson {
        head: head(report),
        scores: report.scores.iter().map(score).collect(),
        cuts: report.cuts.iter().map(cut).collect(),
        uncounted_cuts: report.uncounted.iter().map(uncounted).collect(),
    }
}

fn head(report: &BacktestReport) -> BacktestHeadJson {
    let rules = &report.rules;
    let dropped = match rules.hidden {
        Hidden::Nothing => (0, 0),
        Hidden::Incidents(percent) => (percent, 0),
        Hidden::Links(percent) => (0, percent),
    };
    BacktestHeadJson {
        schema_version: SCHEMA_VERSION,
        tool: ToolJson::new(report.head.tool_version),
        project: report.head.project.clone(),
        revision: report.head.revision.to_string(),
        as_of: Time::new(report.head.as_of),
        trust: trust(&report.head.quality),
        statement: statement(report),
        claims: report.claims(),
        incidents: report.incidents,
        dated_incidents: report.dated,
        rules: RulesJson {
            horizon_days: rules.horizon_days,
            least_known: rules.least_known,
            least_came: rules.least_came,
            least_cuts: rules.least_cuts,
            resamples: rules.resamples,
            seed: rules.seed,
            max_files_per_commit: report.max_files_per_commit,
            max_fix_files: report.max_fix_files,
            dropped_incidents_percent: dropped.0,
            dropped_links_percent: dropped.1,
        },
        yearly_total: TotalErrorJson {
            median_error: report.total.median_error.map(Figure::new),
            median_error_of_last_year: report.total.median_error_of_last_year.map(Figure::new),
        },
        calibration: CalibrationJson {
            cuts: report.calibrated_cuts,
            files: bands(&report.file_bands),
            areas: bands(&report.area_bands),
        },
    }
}

fn bands(bands: &CalibrationBands) -> BandsJson {
    let band = |band: &CalibrationBand, covered: Option<f64>| BandJson {
        from: Figure::new(band.from),
        to: band.to.map(Figure::new),
        subjects: band.subjects,
        expected: Figure::new(band.expected),
        came: Figure::new(band.came),
        covered: covered.map(Figure::new),
    };
    BandsJson {
        stated: bands.stated.iter().map(|it| band(it, Some(it.covered))).collect(),
        given_total: bands.given_total.iter().map(|it| band(it, None)).collect(),
    }
}

fn score(report: &ScoreReport) -> ScoreJson {
    ScoreJson {
        score: report.score.id(),
        name: report.score.name(),
        figures: estimates(&report.figures),
        debtscan_has_more: (report.score != Score::Debtscan).then(|| estimates(&report.debtscan_has_more)),
    }
}

fn estimates(all: &[Estimate]) -> BTreeMap<&'static str, EstimateJson> {
    let estimate = |estimate: &Estimate| EstimateJson {
        low: Figure::new(estimate.low),
        mean: Figure::new(estimate.mean),
        high: Figure::new(estimate.high),
    };
    Metric::ALL.iter().zip(all).map(|(metric, it)| (metric.id(), estimate(it))).collect()
}

fn cut(report: &CutReport) -> CutJson {
    let of_score = |figures: &[f64]| {
        Metric::ALL.iter().zip(figures).map(|(metric, figure)| (metric.id(), Figure::new(*figure))).collect()
    };
    CutJson {
        date: Time::new(report.date),
        end: Time::new(report.end),
        revision: report.revision.to_string(),
        files: report.files,
        source_lines: report.lines,
        areas: report.areas,
        area_source: report.area_source.to_string(),
        known: report.known,
        came: report.came,
        rankable: report.rankable,
        rankable_share: Figure::new(report.rankable_share),
        unplaced: report.unplaced,
        wide: report.wide,
        last_year: report.last_year,
        expected: report.expected.map(Figure::new),
        figures: Score::ALL
            .iter()
            .zip(&report.figures)
            .map(|(score, figures)| (score.id(), of_score(figures)))
            .collect(),
    }
}

fn uncounted(cut: &UncountedCut) -> UncountedJson {
    UncountedJson {
        date: Time::new(cut.date),
        reason: match cut.reason {
            Uncounted::TooFew => "too-few",
            Uncounted::NoCommit => "no-commit",
            Uncounted::NotOver => "not-over",
        },
        known: cut.known,
        came: cut.came,
    }
}
