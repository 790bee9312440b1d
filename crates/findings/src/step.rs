//! The steps of a forecast's computation, each with every number that it takes.

use debtscan_incidents::{Currency, Money};
use debtscan_model::RepoPath;

/// One quantity on the way to the result: [`inputs`](Self::inputs) has every number that gives
/// [`value`](Self::value).
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedStep {
    /// Which quantity.
    pub quantity: Quantity,
    /// How it is computed, with numbers as outputs show them.
    pub inputs: Expression,
    /// The result of these numbers; within rounding, the value that the ranking uses.
    pub value: f64,
}

/// Arithmetic on numbers as outputs show them, so that a reader gets the result from what is printed.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A whole number.
    Count(u64),
    /// A number rounded to seven significant digits, or to a whole number if that is finer.
    Number(f64),
    /// An exact amount, in whole units of its currency.
    Amount(Money),
    /// The negative value; in a sum, what is subtracted.
    // Its own variant, because a sum has to print `a - b` and not `a + -b`.
    Negative(Box<Expression>),
    /// A sum of at least one value.
    Sum(Vec<Expression>),
    /// A product of at least one value.
    Product(Vec<Expression>),
    /// The first divided by the second.
    Quotient(Box<Expression>, Box<Expression>),
    /// The first to the power of the second.
    Power(Box<Expression>, Box<Expression>),
    /// The natural logarithm.
    Log(Box<Expression>),
    /// The exponential.
    Exp(Box<Expression>),
    /// The smaller of two.
    Least(Box<Expression>, Box<Expression>),
    /// The larger of two.
    Greatest(Box<Expression>, Box<Expression>),
}

/// A factor of a share besides size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    /// Recent work, growth, and changes together with tests.
    ChangeRate,
    /// Complexity per line.
    Complexity,
    /// Work in the folder, and incidents of coupled files.
    Neighbours,
    /// Incidents of its own.
    PastIncidents,
}

/// What the values of a quantity belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A file.
    File,
    /// An area with this many source files.
    Area {
        /// Source files.
        files: usize,
    },
}

/// What a step computes. Half-lives are in days.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantity {
    /// Lines of code by those of all source files.
    SizeShare,
    /// Files by all source files, where no file has a line of code.
    SizeShareByFiles,
    /// Decayed work on a file.
    Work {
        /// Commits that count.
        counted: usize,
        /// Commits in all.
        commits: usize,
        /// Half-life of work.
        half_life: f64,
        /// Source files above which a commit does not count.
        max_files: usize,
    },
    /// The multiplier of recent work.
    WorkMultiplier,
    /// The multiplier of complexity.
    ComplexityMultiplier {
        /// Whether a grammar reads the file; otherwise it counts as average.
        has_grammar: bool,
    },
    /// Lines today by lines a year ago.
    Growth,
    /// The multiplier of growth.
    GrowthMultiplier {
        /// The ratio and its inverse count up to this.
        most: f64,
    },
    /// Decayed commits together with tests.
    TestedCommits {
        /// How many.
        commits: usize,
        /// Half-life of such a commit.
        half_life: f64,
    },
    /// The multiplier of tests.
    TestsMultiplier,
    /// Work per line of all source files.
    WorkPerLine,
    /// Work per line of a folder, drawn towards that of the folder above.
    FolderWorkPerLine {
        /// The folder.
        folder: RepoPath,
    },
    /// The multiplier of the folder.
    FolderMultiplier,
    /// Incidents per line of coupled files, relative to those of all.
    CoupledIncidents,
    /// The multiplier of coupled files.
    CoupledFilesMultiplier,
    /// The size share times the multipliers.
    CodeShare(Whose),
    /// Decayed weight of the subject's incidents.
    IncidentWeight {
        /// How many.
        incidents: usize,
        /// Half-life of an incident.
        half_life: f64,
    },
    /// Decayed weight of all incidents.
    IncidentWeightOfAll {
        /// How many.
        incidents: usize,
    },
    /// The share in past incidents.
    PastIncidentShare(Whose),
    /// The weight of past incidents.
    Omega,
    /// The share as a mixture of code and past incidents; of code alone without incidents.
    Share {
        /// Whether any incident counts.
        has_incidents: bool,
    },
    /// A factor of the share.
    Factor(Factor, Whose),
    /// The share as a product of its factors.
    ShareAsProduct,
    /// Incidents per year, decayed.
    DecayedRate {
        /// Incidents that take part.
        incidents: usize,
        /// Half-life of the rate.
        half_life: f64,
    },
    /// Last year's incidents and the decayed rate, weighted.
    RecentRate,
    /// Years behind the longer rate, decayed.
    LongerYears {
        /// Half-life of the rate.
        half_life: f64,
    },
    /// Incidents per year over a longer time.
    LongerRate {
        /// Incidents that take part.
        incidents: usize,
        /// Half-life of the rate.
        half_life: f64,
    },
    /// Incidents per year over all source files.
    IncidentsPerYear,
    /// Incidents per year over the source files that are scanned, where others are hidden.
    VisibleIncidents,
    /// Incidents per year of the subject.
    ExpectedIncidents,
    /// The shape of the distribution of the subject's incidents.
    Shape,
    /// The mean cost of an incident, in whole units.
    MeanCost {
        /// The currency.
        currency: Currency,
        /// Whether the largest cost counts as the second largest.
        is_winsorised: bool,
        /// Incidents without a cost, taken at the mean of their severity.
        assumed: u32,
    },
    /// Expected cost per year, in whole units.
    ExpectedCost {
        /// The currency.
        currency: Currency,
    },
    /// Share per line of code.
    SharePerLine,
    /// Expected incidents per line of code.
    IncidentsPerLine,
    /// Expected cost per line of code, in whole units.
    CostPerLine {
        /// The currency.
        currency: Currency,
    },
}
