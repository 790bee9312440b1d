//! The JSON backtest: its head, and its tables.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::output::SCHEMA_VERSION;
use super::quality::{TrustJson, trust};
use super::table::{DocumentSchema, write_document, write_lines};
use super::values::{Figure, Time, ToolJson};
use crate::backtest::{claim, cut_columns, headline, score_columns, uncounted_columns};
use crate::listing::{Sheet, SheetShape};
use debtscan_findings::{BacktestReport, BacktestSummary, CalibrationBand, CalibrationBands, Hidden};

/// How the ranking did on the incidents that followed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan backtest")]
struct BacktestHeadJson {
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

/// A backtest in a sentence.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct BacktestSummaryJson {
    /// What is to be said of it in a sentence or two; for people.
    statement: String,
    /// Full id of the commit that it was of.
    revision: String,
    /// Its "now".
    as_of: Time,
    /// The cuts that count.
    cuts: usize,
    /// Days after a cut whose incidents are its target.
    horizon_days: i64,
    /// Share of the later incidents in the first 10% of the lines of code by debtscan's ranking.
    c10: Figure,
    /// 2.5% of the resampled values are below.
    c10_low: Figure,
    /// 2.5% of the resampled values are above.
    c10_high: Figure,
    /// The same in random order.
    c10_random: Figure,
    /// The simple ranking that did best: an `id` of the backtest's scores.
    best_simple: &'static str,
    /// Its share.
    c10_best_simple: Figure,
}

impl BacktestSummaryJson {
    pub(super) fn new(summary: &BacktestSummary) -> Self {
        Self {
            statement: claim(summary),
            revision: summary.revision.to_string(),
            as_of: Time::new(summary.as_of),
            cuts: summary.cuts,
            horizon_days: summary.horizon_days,
            c10: Figure::new(summary.share.mean),
            c10_low: Figure::new(summary.share.low),
            c10_high: Figure::new(summary.share.high),
            c10_random: Figure::new(summary.chance),
            best_simple: summary.best_simple.score.id(),
            c10_best_simple: Figure::new(summary.best_simple.share.mean),
        }
    }
}

/// The rules of the backtest.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RulesJson {
    /// Days after a cut whose incidents are its target.
    horizon_days: i64,
    /// Least number of known incidents for a cut to count.
    least_known: usize,
    /// Least number of later incidents on ranked files for a cut to count.
    least_came: usize,
    /// Nothing is claimed from fewer cuts than this.
    least_cuts: usize,
    /// Times that cuts and incidents were drawn again.
    resamples: usize,
    /// Where the draws began.
    seed: u64,
    /// Source files above which a commit is excluded from recent activity.
    max_files_per_commit: usize,
    /// Source files above which a fix is dropped.
    max_fix_files: usize,
    /// Percent of the known incidents that were hidden from the ranking.
    dropped_incidents_percent: u8,
    /// Percent of the known incidents whose evidence was hidden from the ranking.
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
    /// Actual incidents, by their shares.
    came: Figure,
    /// Sum over subjects of the coverage of the rounded number of incidents by the 80% range: 0.8 times
    /// `subjects` if the forecast is right; `null` where no range was stated.
    covered: Option<Figure>,
}

fn scores_shape() -> SheetShape {
    SheetShape::new("scores", "score", "One score over all cuts.", &score_columns())
        .named("ScoreJson", "How each score did over all cuts: debtscan's first. Empty when no cut counts.")
}

fn cuts_shape() -> SheetShape {
    SheetShape::new("cuts", "cut", "One cut that counts.", &cut_columns())
        .named("CutJson", "The cuts that count, ascending.")
}

fn uncounted_shape() -> SheetShape {
    SheetShape::new("uncounted_cuts", "uncounted-cut", "One cut that does not count.", &uncounted_columns())
        .named("UncountedJson", "The cuts that do not count, ascending, and why.")
}

fn sheets(report: &BacktestReport) -> [Sheet; 3] {
    [
        // Never cut by `--top`: a ranking of scores without its tail would mislead.
        Sheet::of_values(scores_shape(), &score_columns(), &report.scores, None),
        Sheet::of_values(cuts_shape(), &cut_columns(), &report.cuts, None),
        Sheet::of_values(uncounted_shape(), &uncounted_columns(), &report.uncounted, None),
    ]
}

/// Writes the backtest as one document.
pub(crate) fn backtest(report: &BacktestReport, out: &mut dyn Write) -> io::Result<()> {
    write_document(&head(report), &sheets(report), out)
}

/// Writes the backtest as one object per line: the head, the scores, the cuts.
pub(crate) fn backtest_lines(report: &BacktestReport, out: &mut dyn Write) -> io::Result<()> {
    write_lines("backtest", &head(report), &sheets(report), out)
}

/// The JSON Schema of [`backtest()`]'s output, with a final newline.
pub(crate) fn backtest_schema() -> String {
    let mut schema = DocumentSchema::new::<BacktestHeadJson>();
    for shape in [scores_shape(), cuts_shape(), uncounted_shape()] {
        schema.add_rows(&shape);
    }
    schema.finish()
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
        statement: headline(report),
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
        // `null` instead of 0: no range was stated for these, so nothing could be covered.
        given_total: bands.given_total.iter().map(|it| band(it, None)).collect(),
    }
}
