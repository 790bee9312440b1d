//! A finding: one place in the code, one rule, and the figures that made the rule apply.
//!
//! Pipelines and dashboards take findings one by one, with a rule, a level and a place. Reports keep the ranking.

use debtscan_incidents::{Costs, Currency};
use debtscan_model::RepoPath;

use crate::change::BrokenYear;
use crate::report::Report;

/// A report with its findings.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportFindings {
    /// The report.
    pub report: Report,
    /// Most serious first, then by expected share: descending, then by rule and place.
    pub findings: Vec<Finding>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// How serious it is.
    pub level: FindingLevel,
    /// What it is about.
    pub subject: FindingSubject,
    /// The area; `None` for the whole repository.
    pub area: Option<FindingArea>,
    /// The file. For an area, its file with the largest expectation; `None` for the whole repository, and for an area
    /// without source files.
    pub path: Option<RepoPath>,
    /// The first path that the file had in the scanned history; `None` without `path`.
    // An identity that survives renames needs the first name: every later one can change again.
    pub origin: Option<RepoPath>,
    /// The lines of a function; `None` for everything else.
    pub lines: Option<FindingLines>,
    /// What is expected there in the 365 days after `as_of`; `None` for the whole repository.
    pub expected: Option<FindingExpectation>,
    /// The figures that made the rule apply.
    pub values: FindingValues,
}

impl Finding {
    /// The rule that found it.
    pub fn rule(&self) -> FindingRule {
        self.values.rule()
    }
}

/// How serious a finding is: the most serious first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingLevel {
    /// A gate fails because of it.
    Error,
    /// Somebody should decide about it.
    Warning,
    /// Good to know for whoever works there.
    Note,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingSubject {
    /// A function.
    Function {
        /// Its name with enclosing types, or `<anonymous>`.
        name: String,
        /// Its position among the functions of this name in the file, counted from 0.
        ordinal: usize,
    },
    /// A file.
    File,
    /// An area.
    Area,
    /// The whole repository.
    Repository,
}

/// The area of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingArea {
    /// Stable identifier.
    pub id: String,
    /// The name that reports show.
    pub name: String,
    /// Its owner, if known.
    pub owner: Option<String>,
}

/// Lines of a file, counted from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingLines {
    /// The first line.
    pub first: u32,
    /// The last line; at least `first`.
    pub last: u32,
}

/// What is expected of a function, file or area in the 365 days after `as_of`: means.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingExpectation {
    /// Share of all incidents to come, `0..=1`.
    pub share: f64,
    /// Incidents per year; `None` without dated incidents.
    pub incidents: Option<f64>,
    /// Cost per year in minor units: sorted by currency, only currencies with recorded cost.
    pub costs: Vec<(Currency, f64)>,
}

/// A rule that findings come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingRule {
    /// More incidents in a quarter than was agreed for an area.
    AgreedRule,
    /// An area whose last year broke with its past.
    BrokenYear,
    /// A costly area whose knowledge is lost.
    KnowledgeLost,
    /// A costly area that one person knows.
    KnowledgeIsland,
    /// A costly file that is complex and changes often.
    CostlyHotspot,
    /// A function that is too complex, in a costly area.
    ComplexFunction,
    /// Incidents without a place in the code.
    UnplacedCost,
}

impl FindingRule {
    /// All rules, in the order of outputs.
    pub const ALL: [Self; 7] = [
        Self::AgreedRule,
        Self::BrokenYear,
        Self::KnowledgeLost,
        Self::KnowledgeIsland,
        Self::CostlyHotspot,
        Self::ComplexFunction,
        Self::UnplacedCost,
    ];

    /// Stable identifier.
    pub fn code(self) -> &'static str {
        match self {
            Self::AgreedRule => "agreed-rule",
            Self::BrokenYear => "broken-year",
            Self::KnowledgeLost => "knowledge-lost",
            Self::KnowledgeIsland => "knowledge-island",
            Self::CostlyHotspot => "costly-hotspot",
            Self::ComplexFunction => "complex-function",
            Self::UnplacedCost => "unplaced-cost",
        }
    }
}

/// The figures that made a rule apply, per rule.
#[derive(Debug, Clone, PartialEq)]
pub enum FindingValues {
    /// See [`FindingRule::AgreedRule`].
    AgreedRule {
        /// The largest number of incidents in 91 days that was agreed.
        limit: u32,
        /// The incidents that count: ids, oldest first.
        incidents: Vec<String>,
    },
    /// See [`FindingRule::BrokenYear`].
    BrokenYear {
        /// Incidents of the last year.
        last_year: u32,
        /// The past that it is compared with.
        broken: BrokenYear,
    },
    /// See [`FindingRule::KnowledgeLost`].
    KnowledgeLost {
        /// Share of the lines that inactive authors added, `0..=1`.
        lost: f64,
        /// Lines of code of the area.
        source_lines: u64,
        /// Days without a commit after which an author is inactive.
        inactive_days: u32,
    },
    /// See [`FindingRule::KnowledgeIsland`].
    KnowledgeIsland {
        /// Lines of code of the area.
        source_lines: u64,
        /// People who added lines.
        contributors: usize,
    },
    /// See [`FindingRule::CostlyHotspot`].
    CostlyHotspot {
        /// Its rank by expected cost.
        rank: usize,
        /// Its rank by hotspot score.
        hotspot_rank: usize,
        /// Commits of the last 365 days.
        revisions_last_year: u32,
        /// Functions of a cognitive complexity above 15.
        complex_functions: usize,
        /// Incidents with a part in it, to `as_of`.
        incidents: u32,
        /// Their cost in it.
        costs: Costs,
    },
    /// See [`FindingRule::ComplexFunction`].
    ComplexFunction {
        /// Its cognitive complexity.
        cognitive: u32,
        /// The largest cognitive complexity that is not too much.
        limit: u32,
        /// Its cyclomatic complexity.
        cyclomatic: u32,
        /// Its lines of code.
        source_lines: u32,
    },
    /// See [`FindingRule::UnplacedCost`].
    UnplacedCost {
        /// Unplaced incidents.
        incidents: usize,
        /// All incidents.
        of: usize,
        /// Cost of the unplaced ones.
        costs: Costs,
    },
}

impl FindingValues {
    /// The rule that they belong to.
    pub fn rule(&self) -> FindingRule {
        match self {
            Self::AgreedRule { .. } => FindingRule::AgreedRule,
            Self::BrokenYear { .. } => FindingRule::BrokenYear,
            Self::KnowledgeLost { .. } => FindingRule::KnowledgeLost,
            Self::KnowledgeIsland { .. } => FindingRule::KnowledgeIsland,
            Self::CostlyHotspot { .. } => FindingRule::CostlyHotspot,
            Self::ComplexFunction { .. } => FindingRule::ComplexFunction,
            Self::UnplacedCost { .. } => FindingRule::UnplacedCost,
        }
    }
}
