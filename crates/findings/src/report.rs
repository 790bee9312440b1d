//! The report: every figure a renderer may show, final and sorted.

use debtscan_model::{
    Churn, CommitId, ComplexityMeasure, FileClass, Language, RepoPath, TimeWindow, Timestamp,
};

use crate::area::AreaSource;
use crate::backtest::BacktestSummary;
use crate::change::{AreaChange, BrokenYears};
use crate::forecast::Forecast;
use crate::goal::AgreedArea;
use crate::incident::IncidentReport;
use crate::model::RankingModel;
use crate::past_year::PastYear;
use crate::quality::DataQuality;
use crate::recorded::Recorded;
use crate::totals::Totals;
use crate::{CustomerImpact, Customers};
use debtscan_incidents::Currency;

/// One area, ranked.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaReport {
    /// Stable identifier.
    pub id: String,
    /// The name that reports show.
    pub name: String,
    /// Its owner, if known.
    pub owner: Option<String>,
    /// The rule that made it.
    pub origin: String,
    /// 1 for the area with the largest expected cost (without incidents: the largest share). `None`
    /// without source files: it has no forecast.
    pub rank: Option<usize>,
    /// 1 for the area to start in: the largest expected cost per source line. `None` without
    /// source lines.
    pub start_rank: Option<usize>,
    /// Files present at the revision, of any class.
    pub files: usize,
    /// Of these, source files.
    pub source_files: usize,
    /// Lines of code of the source files.
    pub source_lines: u64,
    /// Churn of its source files, each commit counted once.
    pub churn: Churn,
    /// Commits of the 365 days to `as_of` that touched its source files.
    pub revisions_last_year: u32,
    /// Sum of its source files' hotspot scores.
    pub hotspot: f64,
    /// What is recorded.
    pub recorded: Recorded,
    /// Different incidents with any part here that began in the 365 days to `as_of`.
    pub incidents_last_12_months: u32,
    /// The same of the 365 days before those.
    pub incidents_previous_12_months: u32,
    /// When the newest incident with any part here began, at or before `as_of`; `None` without a
    /// dated one.
    pub last_incident: Option<Timestamp>,
    /// What changed in it within a year.
    pub change: AreaChange,
    /// What is expected.
    pub forecast: Forecast,
    /// The affected customer accounts; `None` without an accounts file.
    pub customers: Option<CustomerImpact>,
    /// Its files, as positions in [`Report::files`], by rank.
    // Positions, because a value cannot refer to its own parts. `FileReport::area` is the way back.
    pub file_positions: Vec<usize>,
}

/// The part of a file's expectation in functions that are too complex: by their share of its cognitive complexity.
#[derive(Debug, Clone, PartialEq)]
pub struct InComplexFunctions {
    /// Their share of the file's cognitive complexity, above 0 and at most 1.
    pub of_complexity: f64,
    /// Share of all incidents to come.
    pub share: f64,
    /// Incidents expected per year; `None` without dated incidents.
    pub incidents: Option<f64>,
    /// Cost expected per year in minor units: sorted by currency, as in the forecast of the file.
    pub costs: Vec<(Currency, f64)>,
}

/// One present source file, or any file that carries cost.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReport {
    /// Its path at the revision, or the last one it had.
    pub path: RepoPath,
    /// Whether it exists at the revision.
    pub is_present: bool,
    /// Position in [`Report::areas`].
    pub area: usize,
    /// What kind of content it holds.
    pub class: FileClass,
    /// Its language, if known.
    pub language: Option<Language>,
    /// 1 for the file with the largest expected cost; `None` when it is not ranked.
    pub rank: Option<usize>,
    /// 1 for the file to start with: the largest expected cost in functions that are too complex. `None` when not
    /// ranked, or when no function is.
    pub start_rank: Option<usize>,
    /// Functions of a cognitive complexity above 15.
    pub complex_functions: usize,
    /// What is expected in these functions; `None` when not ranked, or when there is none.
    pub in_complex: Option<InComplexFunctions>,
    /// Lines of code; 0 when unknown.
    pub sloc: u32,
    /// How its complexity was measured; `None` when it was not.
    pub measure: Option<ComplexityMeasure>,
    /// Cyclomatic complexity, summed over functions; `None` when not parsed.
    pub cyclomatic: Option<u64>,
    /// Cognitive complexity, summed over functions; `None` when not parsed.
    pub cognitive: Option<u64>,
    /// Deepest nesting; `None` when not parsed.
    pub max_nesting: Option<u32>,
    /// Number of functions; `None` when not parsed.
    pub functions: Option<usize>,
    /// The function with the largest cognitive complexity: name, first line, value.
    pub worst_function: Option<(String, u32, u32)>,
    /// Indentation complexity; 0 when unknown.
    pub indentation: u64,
    /// Whether it has parse errors.
    pub had_syntax_errors: bool,
    /// Churn over the window.
    pub churn: Churn,
    /// Commits of the 365 days to `as_of`.
    pub revisions_last_year: u32,
    /// Recency-weighted revisions `R`: half-life 180 days, without the commits of
    /// [`Totals::wide_commits`] and [`Totals::ignored_commits`]; 0 when it is not ranked.
    pub recent_revisions: f64,
    /// sqrt(recent revisions x indentation complexity).
    pub hotspot: f64,
    /// 1 for the largest hotspot score; `None` when the score is 0.
    pub hotspot_rank: Option<usize>,
    /// What is recorded.
    pub recorded: Recorded,
    /// What is expected; zero shares and nothing else when it is not ranked.
    pub forecast: Forecast,
}

/// The report of a repository.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Version of debtscan.
    pub tool_version: &'static str,
    /// Name of the project from the configuration; `None` when not set.
    pub project: Option<String>,
    /// The scanned commit.
    pub revision: CommitId,
    /// The oldest commit of its history, which names the repository; `None` if history is truncated.
    pub root: Option<CommitId>,
    /// Its committer time, or the end of the window where that is earlier.
    pub as_of: Timestamp,
    /// The window that was asked for.
    pub window: TimeWindow,
    /// The folder that the scan was limited to.
    pub scope: Option<RepoPath>,
    /// Whether only first parents were followed.
    pub first_parent: bool,
    /// What the areas were made from.
    pub area_source: AreaSource,
    /// Sums over the whole repository.
    pub totals: Totals,
    /// Currencies with a cost other than zero: sorted.
    pub currencies: Vec<Currency>,
    /// The constants and totals of the ranking.
    pub model: RankingModel,
    /// What is expected of the whole repository.
    pub forecast: Forecast,
    /// What the last backtest of the same incidents and configuration said; `None` if none is in the cache.
    pub backtest: Option<BacktestSummary>,
    /// What became of years that broke with the past of their area.
    pub broken_years: BrokenYears,
    /// The areas by rank.
    pub areas: Vec<AreaReport>,
    /// Present source files by rank, then unranked files that carry cost by (cost, path).
    pub files: Vec<FileReport>,
    /// The incidents: costliest first (by the first currency), then by (opened, id).
    pub incidents: Vec<IncidentReport>,
    /// The customers that the incidents affected; `None` without an accounts file.
    pub customers: Option<Customers>,
    /// What history alone says about the last year; `None` with incidents, or without any change in it.
    pub past_year: Option<PastYear>,
    /// What was agreed about areas, in the order of the configuration; without areas that nobody knows.
    pub agreed: Vec<AgreedArea>,
    /// What could not be read, placed or trusted.
    pub quality: DataQuality,
}
