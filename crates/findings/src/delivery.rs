//! How long changes take, by where that is known from, by size and by area.

use debtscan_model::Timestamp;

use crate::forecast::Interval;
use crate::head::ListHead;

/// Where the time of a change is known from, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeliverySource {
    /// From the beginning of an incident to its last fix.
    Ticket,
    /// From the first commit of a branch to its merge.
    Branch,
    /// From the opening of a pull request to its merge, at least: it was open when a later number was merged.
    Request,
    /// From writing a patch to another person applying it.
    Applied,
}

impl DeliverySource {
    /// Every source, in declaration order.
    pub const ALL: [Self; 4] = [Self::Ticket, Self::Branch, Self::Request, Self::Applied];

    /// The name used in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Branch => "branch",
            Self::Request => "request",
            Self::Applied => "applied",
        }
    }

    /// True if it says how long a change took at least.
    pub fn is_lower_bound(self) -> bool {
        self == Self::Request
    }
}

/// How long some changes took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeliveryTimes {
    /// Number of changes; at least 1.
    pub changes: u64,
    /// Median in days; `None` where a third or more are 0, because such a median says nothing.
    pub median_days: Option<f64>,
    /// What three of four changes do not exceed, in days.
    pub p75_days: f64,
    /// Share of changes of more than 7 days, `0..=1`.
    pub over_week: f64,
    /// Share of changes of more than 30 days, `0..=1`.
    pub over_month: f64,
    /// Share of changes of 0 seconds, `0..=1`.
    pub zero: f64,
}

/// One source of times.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRow {
    /// The source.
    pub source: DeliverySource,
    /// Commits for which it is the most trusted source, as a share of all by people, `0..=1`.
    pub coverage: f64,
    /// Their number.
    pub commits: u64,
    /// Times of the changes that have it, whatever other source they have; `None` of none.
    pub times: Option<DeliveryTimes>,
}

/// Changes of one size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizeRow {
    /// The fewest files that they touch.
    pub from_files: u32,
    /// The most files; `None` without an upper end.
    pub to_files: Option<u32>,
    /// Their times.
    pub times: DeliveryTimes,
}

/// The figure that two groups of changes are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatioBasis {
    /// The median.
    Median,
    /// The 75% quantile, where a third or more of either group are 0.
    UpperQuartile,
}

/// How long changes of an area take compared with equally large ones elsewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeliveryRatio {
    /// What is compared.
    pub basis: RatioBasis,
    /// As it is, without regard to size.
    pub raw: f64,
    /// Within size classes, with its 80% range.
    pub adjusted: Interval,
    /// Changes elsewhere in the same size classes.
    pub others: u64,
    /// Their figure in days, weighted by the sizes of the changes here.
    pub others_days: f64,
    /// The figure of the changes here, in days.
    pub here_days: f64,
}

impl DeliveryRatio {
    /// True if the range excludes 1.
    pub fn is_clear(&self) -> bool {
        self.adjusted.low > 1.0 || self.adjusted.high < 1.0
    }
}

/// How long changes of one area take.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaDelivery {
    /// The display name.
    pub name: String,
    /// The ID.
    pub area: String,
    /// Times of the changes that touch it.
    pub times: DeliveryTimes,
    /// Compared with changes that do not; `None` with fewer than 20 of either.
    pub ratio: Option<DeliveryRatio>,
}

/// What the clock of pull requests is worth here: where branches are in the history too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClockCheck {
    /// Changes with both times.
    pub changes: u64,
    /// Rank correlation (Spearman) of the two.
    pub correlation: f64,
    /// Share of changes where the clock is not above the branch's time, `0..=1`.
    pub not_above: f64,
}

/// Changes whose time is not used, by reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeliveryExcluded {
    /// By programs.
    pub robots: u64,
    /// Merges of a main branch into another.
    pub back_merges: u64,
    /// Branches with more than 50 commits, which are releases rather than changes.
    pub long_branches: u64,
    /// Branches that reach back before the window.
    pub cut_branches: u64,
    /// Times of writing that are missing or after the time of applying.
    pub broken_dates: u64,
    /// Numbers of pull requests that fit none of their neighbours.
    pub odd_numbers: u64,
    /// Copies of other commits, which keep the time of writing of the original.
    pub copies: u64,
    /// Merges of a pull request that brought no commit of their own.
    pub empty_merges: u64,
}

/// How long changes take.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryList {
    /// Source and data quality.
    pub head: ListHead,
    /// The start of the period; its end is `as_of`.
    pub from: Timestamp,
    /// Commits by people in the period, without merges.
    pub commits: u64,
    /// Every source, in the order of [`DeliverySource::ALL`].
    pub sources: Vec<SourceRow>,
    /// The source of sizes and areas; `None` if none has 40 changes.
    pub source: Option<DeliverySource>,
    /// By size, smallest first; without sizes that no change has.
    pub sizes: Vec<SizeRow>,
    /// Areas with any change: the clearly slowest first, then by number of changes.
    pub areas: Vec<AreaDelivery>,
    /// What the clock of pull requests is worth; `None` with fewer than 20 changes that have both times.
    pub check: Option<ClockCheck>,
    /// What was not used.
    pub excluded: DeliveryExcluded,
}
