//! The report: every figure a renderer may show, final and sorted.

use debtscan_incidents::{Costs, Currency, Money, RejectedRow};
use debtscan_model::{
    Churn, CommitId, ComplexityMeasure, FileClass, Language, RepoPath, SkipReason, TimeWindow, Timestamp,
};

use crate::Hours;
use crate::area::AreaSource;
use crate::attribution::{Confidence, Method, Support, UnplacedReason};
use crate::customers::{CustomerImpact, Customers};
use crate::price::Price;
use crate::rank::ChangedConstant;

/// A mean with the interval that holds the true value with a probability of 80 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// 10 % quantile.
    pub low: f64,
    /// Expected value.
    pub mean: f64,
    /// 90 % quantile.
    pub high: f64,
}

/// Expected cost per year in one currency, in minor units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CostForecast {
    /// The currency.
    pub currency: Currency,
    /// Minor units per year.
    pub minor: Interval,
}

/// The named parts of a share; their sum is the share.
///
/// Size and own incidents are at least 0. The others are what they add to, or take from, what size
/// alone would say, and may be below 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ShareParts {
    /// From holding so much of the code.
    pub size: f64,
    /// From recent work on it, its growth, and changes together with tests.
    pub change: f64,
    /// From its complexity per line.
    pub complexity: f64,
    /// From the work in its folder, and the incidents of files that change with it.
    pub surroundings: f64,
    /// From its own incidents.
    pub own: f64,
}

impl ShareParts {
    /// The share of next year's incidents expected here, `0..=1`.
    pub fn total(&self) -> f64 {
        let total = self.size + self.change + self.complexity + self.surroundings + self.own;
        // Parts that cancel leave a rounding error, which must not become a negative expectation.
        total.max(0.0)
    }

    /// The parts of two together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            size: self.size + other.size,
            change: self.change + other.change,
            complexity: self.complexity + other.complexity,
            surroundings: self.surroundings + other.surroundings,
            own: self.own + other.own,
        }
    }
}

/// What is expected of a file or area in the 365 days after `as_of`.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The parts of its share.
    pub shares: ShareParts,
    /// Incidents per year; `None` when no dated incident is known.
    pub incidents: Option<Interval>,
    /// Cost per year: sorted by currency, only currencies with recorded cost.
    pub costs: Vec<CostForecast>,
}

/// What is recorded of a file or area, to `as_of`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recorded {
    /// Different incidents with any part here.
    pub incidents: u32,
    /// Sum of the incidents' shares here; for all areas together, the number of attributed ones.
    pub incident_shares: f64,
    /// Cost so far, recorded and modelled.
    pub costs: Costs,
    /// Of that, what the configured price model says.
    pub modelled: Costs,
    /// Hours of work and of outage, by the incidents' shares here.
    pub hours: Hours,
    /// Customers hit, summed over those incidents (not unique customers); `None` when no export
    /// says.
    pub customers: Option<u64>,
}

/// One area, ranked.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaReport {
    /// Stable identifier.
    pub id: String,
    /// The name that reports show.
    pub name: String,
    /// Who answers for it, if known.
    pub owner: Option<String>,
    /// The rule that made it.
    pub origin: String,
    /// 1 for the area with the largest expected cost (without incidents: the largest share). `None`
    /// without source files: nothing can be expected of it.
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
    /// What is expected.
    pub forecast: Forecast,
    /// The customer accounts hit; `None` without an accounts file.
    pub customers: Option<CustomerImpact>,
    /// Its files, as positions in [`Report::files`], by rank.
    pub file_positions: Vec<usize>,
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
    /// 1 for the file to start with: the largest expected cost per line; `None` when not ranked.
    pub start_rank: Option<usize>,
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
    /// Whether the parser had to repair the text.
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

/// One file's part of an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkReport {
    /// Position in [`Report::files`].
    pub file: usize,
    /// Its share of the incident, `0..=1`.
    pub share: f64,
    /// Its part of the recorded cost.
    pub cost: Option<Money>,
}

/// Where an incident was placed.
#[derive(Debug, Clone, PartialEq)]
pub enum PlacementReport {
    /// Its cost falls on files.
    Attributed {
        /// How that is known.
        method: Method,
        /// How sure it is.
        confidence: Confidence,
        /// The files, largest share first, then by path.
        links: Vec<LinkReport>,
        /// The fix commits found: sorted.
        commits: Vec<CommitId>,
        /// Other evidence, strongest first, and whether it agrees.
        support: Vec<Support>,
    },
    /// It could not be tied to any file.
    Unplaced {
        /// Why not.
        reason: UnplacedReason,
        /// What would place it, as a phrase for people.
        remedy: String,
    },
}

/// One incident.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentReport {
    /// Its id.
    pub id: String,
    /// Its title; may be empty.
    pub title: String,
    /// When it began, as the ranking dates it.
    pub opened: Option<Timestamp>,
    /// Which date that is; `None` without one.
    pub dated_by: Option<DateBasis>,
    /// When it was over.
    pub resolved: Option<Timestamp>,
    /// The severity as written.
    pub severity: Option<String>,
    /// What it cost, recorded or modelled.
    pub cost: Option<Money>,
    /// How the cost is known, and by which lines of the configuration; `None` without a cost.
    pub price: Option<Price>,
    /// Hours of work and from beginning to end.
    pub hours: Hours,
    /// Customers affected.
    pub customers: Option<u64>,
    /// Link to the tracker.
    pub url: Option<String>,
    /// Where it was placed.
    pub placement: PlacementReport,
    /// Whether it takes part in the ranking; if not, why not.
    pub left_out: Option<LeftOut>,
    /// What probably introduced it; `None` when that was not asked for, or no commit is known to have
    /// fixed it.
    pub introduced: Option<crate::Introduction>,
}

/// Which date stands for the beginning of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateBasis {
    /// The one that the export gives.
    Opened,
    /// That of its first fix commit, as the export gives none.
    FirstFix,
    /// When it was resolved, as nothing else is known.
    Resolved,
}

impl DateBasis {
    /// Tells which date the ranking used for an incident.
    pub(crate) fn of(incident: &debtscan_incidents::Incident, used: Option<Timestamp>) -> Option<Self> {
        let used = used?;
        Some(if incident.opened.is_some() {
            Self::Opened
        } else if incident.resolved == Some(used) {
            Self::Resolved
        } else {
            Self::FirstFix
        })
    }
}

/// Why an incident is counted in the recorded cost but not in the ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// It could not be placed.
    Unplaced,
    /// Nothing tells when it happened.
    Undated,
    /// It happened, or became known, after `as_of`.
    AfterAsOf,
    /// Its fix touches more than 40 source files.
    WideFix,
    /// None of its files is a present source file.
    NoPresentSource,
}

/// The constants and totals that turn shares into expectations.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingModel {
    /// Y: sum of the decayed incident weights.
    pub incident_weight: f64,
    /// Weight of a file's own incidents in its share: `linked share x 0.18 x Y / (Y + 20)`.
    pub omega: f64,
    /// N: expected incidents per year over all ranked files; `None` without dated incidents.
    pub incidents_per_year: Option<f64>,
    /// Incidents of the 365 days to `as_of` that take part.
    pub incidents_last_year: u32,
    /// Incidents that take part in the ranking.
    pub incidents_used: u32,
    /// Part of the past incidents of which it is known where they were, `0..=1`; a factor of `omega`.
    pub linked_share: f64,
    /// Mean cost of one incident per currency: sorted by currency.
    pub mean_costs: Vec<MeanCost>,
    /// Lines of code of all ranked files.
    pub source_lines: u64,
    /// Constants that the configuration sets otherwise, in the order of
    /// [`RankingParameters`](crate::rank::RankingParameters).
    pub changed_constants: Vec<ChangedConstant>,
}

/// What one incident costs on average in one currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanCost {
    /// The currency.
    pub currency: Currency,
    /// The mean in minor units, over incidents with a cost in any currency (zero included; zero in the
    /// other currencies, so that the expectations of several currencies add up).
    pub minor: f64,
    /// How many incidents those are.
    pub incidents: u32,
    /// Of these, how many a model priced.
    pub modelled: u32,
    /// The largest cost as it is and as it counts, in minor units; `None` when it counts as it is.
    pub winsorised: Option<(u64, u64)>,
}

/// Some commits, and how much they changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CommitGroup {
    /// How many.
    pub commits: usize,
    /// Lines that they added and deleted, over files of every class.
    pub changed_lines: u64,
}

/// A program that wrote commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotReport {
    /// Its name; bytes that are not UTF-8 are replaced.
    pub name: String,
    /// Its e-mail address; bytes that are not UTF-8 are replaced.
    pub email: String,
    /// Commits that it wrote or is credited in.
    pub commits: usize,
}

/// Sums over the whole repository.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Totals {
    /// Non-merge commits in the window; with first parents alone, all commits on that line.
    pub commits: usize,
    /// Merge commits.
    pub merges: usize,
    /// Of these, merges in the window that carry changes: what differs from all parents, or, with
    /// first parents alone, all that they brought.
    pub merges_with_changes: usize,
    /// Different people who wrote those commits, co-authors included, bots left out.
    pub authors: usize,
    /// The programs among the authors: by name, then e-mail; with the commits of each.
    pub bots: Vec<BotReport>,
    /// Lines added and deleted by the commits in the window, over files of every class.
    pub changed_lines: u64,
    /// The same per class, in the order of `FileClass::ALL`; they sum to `changed_lines`.
    pub changed_lines_by_class: Vec<(FileClass, u64)>,
    /// Source files above which a commit is no recent change.
    pub max_files_per_commit: usize,
    /// Commits of more source files than that.
    pub wide_commits: CommitGroup,
    /// Commits that `.git-blame-ignore-revs` names, wide or not; not part of `wide_commits`.
    pub ignored_commits: CommitGroup,
    /// Time of the first and last commit in the window.
    pub first_commit: Option<Timestamp>,
    /// Time of the last commit in the window.
    pub last_commit: Option<Timestamp>,
    /// Present files per class, in the order of `FileClass::ALL`.
    pub files_by_class: Vec<(FileClass, usize)>,
    /// Lines of code of present source files.
    pub source_lines: u64,
    /// Incidents read.
    pub incidents: usize,
    /// Incidents tied to files.
    pub incidents_attributed: usize,
    /// Recorded cost, after conversion.
    pub recorded: Costs,
    /// Modelled cost. Always `recorded + modelled = attributed + unattributed`.
    pub modelled: Costs,
    /// Recorded cost as it was before conversion; empty when nothing was converted.
    pub recorded_unconverted: Costs,
    /// Incidents with a recorded cost.
    pub incidents_recorded: usize,
    /// Incidents with a modelled cost.
    pub incidents_modelled: usize,
    /// Modelled cost per line of the configuration, sorted by line.
    pub modelled_by_line: Vec<(String, usize, Costs)>,
    /// Hours over all incidents.
    pub hours: Hours,
    /// Cost tied to files, deleted ones included; recorded and modelled.
    pub attributed: Costs,
    /// Of that, modelled cost.
    pub attributed_modelled: Costs,
    /// Of the cost tied to files, that of files that no longer exist.
    pub deleted_code: Costs,
    /// Cost that could not be tied to any file; recorded and modelled.
    pub unattributed: Costs,
    /// Of that, modelled cost.
    pub unattributed_modelled: Costs,
    /// Incidents per method, strongest first; methods without incidents left out.
    pub by_method: Vec<(Method, usize, Costs)>,
}

impl Totals {
    /// All cost, recorded and modelled.
    pub fn cost(&self) -> Costs {
        let mut costs = self.recorded.clone();
        costs.add_all(&self.modelled);
        costs
    }
}

/// How serious a remark on the data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Figures are incomplete or wrong; `--strict` fails.
    Loss,
    /// Good to know; nothing is wrong.
    Note,
}

/// A remark on what could not be seen, placed or trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Stable identifier, such as `shallow-clone` or `unattributed-incidents`.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// What, with counts, as one sentence for people.
    pub message: String,
    /// What the reader can do about it, often a command; empty when nothing.
    pub hint: String,
}

/// What could not be read, placed or trusted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trust {
    /// Remarks: losses first, then by code.
    pub remarks: Vec<Remark>,
    /// Skipped things: reason, how many, and up to five subjects. Sorted by reason.
    pub skipped: Vec<(SkipReason, usize, Vec<String>)>,
    /// Values of incident files that could not be used.
    pub rejected: Vec<RejectedRow>,
    /// Defaults in force that are assumptions, one sentence each.
    pub assumptions: Vec<String>,
}

impl Trust {
    /// Adds a remark where it belongs.
    pub(crate) fn add(&mut self, remark: Remark) {
        self.remarks.push(remark);
        self.remarks.sort_by(|a, b| (a.severity, a.code).cmp(&(b.severity, b.code)));
    }

    /// Whether nothing was lost; what `--strict` asks.
    pub fn is_whole(&self) -> bool {
        self.remarks.iter().all(|remark| remark.severity != Severity::Loss)
    }
}

/// All that debtscan says about a repository.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Version of debtscan.
    pub tool_version: &'static str,
    /// Name of the project from the configuration; `None` when not set.
    pub project: Option<String>,
    /// The scanned commit.
    pub revision: CommitId,
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
    /// The areas by rank.
    pub areas: Vec<AreaReport>,
    /// Present source files by rank, then unranked files that carry cost by (cost, path).
    pub files: Vec<FileReport>,
    /// The incidents: costliest first (by the first currency), then by (opened, id).
    pub incidents: Vec<IncidentReport>,
    /// What the incidents mean for customers; `None` without an accounts file.
    pub customers: Option<Customers>,
    /// What could not be read, placed or trusted.
    pub trust: Trust,
}
