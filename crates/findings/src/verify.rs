//! Whether a fix paid: the incidents of an area since a day, against those expected if nothing had been done.

use debtscan_model::{CommitId, Timestamp};

use crate::forecast::Interval;
use crate::head::ListHead;

/// Whether a fix paid.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    /// What was scanned, and what could not be read.
    pub head: ListHead,
    /// The day from which the fix is in force.
    pub since: Timestamp,
    /// The commit of that day.
    pub revision: CommitId,
    /// Incidents that were known on that day and have part in its ranking.
    pub known: usize,
    /// Days since then.
    pub days: i64,
    /// What is to be said.
    pub verdict: Verdict,
    /// The area.
    pub area: AreaOutcome,
    /// How incidents went in the untreated areas; `None` with too few of them, so that no trend is taken out.
    pub trend: Option<Trend>,
    /// The areas that are compared: by luck, the least likely improvement first.
    pub others: Vec<AreaOutcome>,
    /// Untreated areas in which an improvement would show by now.
    pub placebos: usize,
    /// Of these, areas that did at least as well by chance.
    pub as_good: usize,
    /// Of these, areas that the same rule calls better.
    pub called_better: usize,
    /// Whether the verdict would be another one without the untreated areas that did as well, or as badly.
    pub is_common: bool,
    /// When to ask again: the first day on which no incident at all would be an improvement. `None` when that takes
    /// more than ten years.
    pub ask_again: Option<Timestamp>,
    /// The probability with which half as many incidents would be called better by now, `0..=1`.
    pub power: f64,
    /// From when on that probability is at least 0.8; `None` when that takes more than ten years.
    pub telling_from: Option<Timestamp>,
}

/// What is to be said of a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Fewer incidents than chance explains.
    Better,
    /// Nothing that chance does not explain.
    NoClearChange,
    /// More incidents than chance explains.
    Worse,
    /// Even no incident at all would not be an improvement yet.
    TooEarly,
}

/// The part of an area in the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaRole {
    /// The area of the fix.
    Treated,
    /// An untreated area.
    Control,
    /// An area that changes together with that of the fix, and may share its effect.
    SpillOver,
}

/// What was expected of an area, and what came.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaOutcome {
    /// Stable identifier.
    pub id: String,
    /// The name that reports show.
    pub name: String,
    /// Its part.
    pub role: AreaRole,
    /// Incidents mainly here in the same number of days before.
    pub before: u32,
    /// Incidents mainly here since then.
    pub observed: u32,
    /// Incidents that the model of that day expected.
    pub forecast: f64,
    /// The same with the trend of the other untreated areas, and the range of 8 of 10 cases.
    pub expected: Interval,
    /// Shape of the negative binomial distribution of the expected incidents.
    pub shape: f64,
    /// The probability of at most [`observed`](Self::observed) incidents if nothing had changed, `0..=1`.
    pub at_most: f64,
    /// The probability of at least that number.
    pub at_least: f64,
    /// What the rule says of it.
    pub verdict: Verdict,
    /// The share of commits that touched both this area and that of the fix in the two years before, of the mean of
    /// both, `0..=1`.
    pub together: f64,
}

/// How incidents went in the untreated areas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Areas.
    pub areas: usize,
    /// Incidents that the model expected there.
    pub expected: f64,
    /// Incidents that came.
    pub observed: u32,
}
