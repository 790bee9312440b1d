//! Losses: data that is missing or unusable, how much of it is tolerated, and which losses the project accepts.

use debtscan_model::{SkipReason, Timestamp};

/// A kind of loss, as the configuration names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossCode {
    /// The clone is shallow.
    ShallowClone,
    /// The clone is partial, and an object that was needed is missing.
    PartialClone,
    /// The history ends before the scanned commit, whose tree was measured.
    TreeAfterWindow,
    /// The date of the scanned commit cannot be right.
    MisdatedCommit,
    /// The window has no commit.
    NoCommits,
    /// The incident files have a header and no rows.
    EmptyIncidentFiles,
    /// Incidents could not be placed.
    UnplacedIncidents,
    /// Values of input files could not be used.
    RejectedValues,
    /// Entries in the list of leavers match no author.
    UnknownPeople,
    /// Lines of code did not parse.
    UnparsedLines,
    /// Objects are missing or unreadable.
    UnreadableObjects,
    /// Commits have too many paths to compare.
    RenameLimit,
    /// Contents are too large to count their lines.
    TooLargeToCount,
    /// Paths cannot be represented.
    InvalidPaths,
    /// Commits with far more paths than their trees could hold.
    TooManyPaths,
    /// Files have a history that is too long to follow.
    LineHistoryLimit,
}

impl LossCode {
    /// All kinds.
    pub const ALL: [Self; 16] = [
        Self::ShallowClone,
        Self::PartialClone,
        Self::TreeAfterWindow,
        Self::MisdatedCommit,
        Self::NoCommits,
        Self::EmptyIncidentFiles,
        Self::UnplacedIncidents,
        Self::RejectedValues,
        Self::UnknownPeople,
        Self::UnparsedLines,
        Self::UnreadableObjects,
        Self::RenameLimit,
        Self::TooLargeToCount,
        Self::InvalidPaths,
        Self::TooManyPaths,
        Self::LineHistoryLimit,
    ];

    /// Stable identifier: the code of the remark that reports the loss.
    pub fn code(self) -> &'static str {
        match self {
            Self::ShallowClone => "shallow-clone",
            Self::PartialClone => "partial-clone",
            Self::TreeAfterWindow => "tree-after-window",
            Self::MisdatedCommit => "misdated-commit",
            Self::NoCommits => "no-commits",
            Self::EmptyIncidentFiles => "empty-incident-files",
            Self::UnplacedIncidents => "unattributed-incidents",
            Self::RejectedValues => "rejected-values",
            Self::UnknownPeople => "unknown-people",
            Self::UnparsedLines => "syntax-errors",
            Self::UnreadableObjects => "skipped-unreadable-object",
            Self::RenameLimit => "skipped-rename-limit",
            Self::TooLargeToCount => "skipped-too-large-to-count",
            Self::InvalidPaths => "skipped-invalid-path",
            Self::TooManyPaths => "skipped-too-many-paths",
            Self::LineHistoryLimit => "skipped-line-history-limit",
        }
    }

    /// The kind of skipped items; `None` for limits of the method, which are no loss.
    pub fn of_skipped(reason: SkipReason) -> Option<Self> {
        match reason {
            // The edge of a shallow clone is a part of its loss.
            SkipReason::ShallowBoundary => Some(Self::ShallowClone),
            SkipReason::UnreadableObject => Some(Self::UnreadableObjects),
            SkipReason::RenameLimit => Some(Self::RenameLimit),
            SkipReason::TooLargeToCount => Some(Self::TooLargeToCount),
            SkipReason::InvalidPath => Some(Self::InvalidPaths),
            SkipReason::TooManyPaths => Some(Self::TooManyPaths),
            SkipReason::LineHistoryLimit => Some(Self::LineHistoryLimit),
            SkipReason::TooLargeToParse
            | SkipReason::ParseTimeout
            | SkipReason::ParserStopped
            | SkipReason::Submodule => None,
        }
    }
}

/// The share of something that may be lost, in hundredths of a percent: `0..=10_000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShareLimit(u16);

impl ShareLimit {
    /// Nothing may be lost.
    pub const NOTHING: Self = Self(0);

    /// A limit in hundredths of a percent; `None` above 100%.
    pub const fn new(hundredths: u16) -> Option<Self> {
        if hundredths <= 10_000 { Some(Self(hundredths)) } else { None }
    }

    /// A limit in whole percent.
    ///
    /// # Panics
    /// Above 100.
    pub const fn percent(percent: u16) -> Self {
        Self::new(percent * 100).expect("at most 100%")
    }

    /// The limit in hundredths of a percent.
    pub fn hundredths(self) -> u16 {
        self.0
    }

    /// Whether a part of a whole is above the limit.
    pub fn is_exceeded(self, extent: LossExtent) -> bool {
        u128::from(extent.lost) * 10_000 > u128::from(extent.of) * u128::from(self.0)
    }
}

/// How much was lost of how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LossExtent {
    /// The lost part.
    pub lost: u64,
    /// The whole.
    pub of: u64,
}

/// The shares that may be lost before data counts as incomplete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LossLimits {
    /// Of incidents: those whose place in the code is unknown.
    pub unplaced: ShareLimit,
    /// Of rows of input files: those with a value that could not be used.
    pub rejected: ShareLimit,
    /// Of lines of code in source files: those that did not parse.
    pub unparsed: ShareLimit,
    /// Of commits, changes or files: those that were read only in part.
    pub skipped: ShareLimit,
}

impl Default for LossLimits {
    /// Issue trackers, grammars and renames always miss a little; a row that cannot be read can be corrected.
    fn default() -> Self {
        Self {
            unplaced: ShareLimit::percent(10),
            rejected: ShareLimit::NOTHING,
            unparsed: ShareLimit::percent(10),
            skipped: ShareLimit::percent(1),
        }
    }
}

impl LossLimits {
    /// The limit for a kind of loss; `None` where nothing may be lost.
    pub fn of(&self, code: LossCode) -> Option<ShareLimit> {
        match code {
            LossCode::UnplacedIncidents => Some(self.unplaced),
            LossCode::RejectedValues => Some(self.rejected),
            LossCode::UnparsedLines => Some(self.unparsed),
            LossCode::RenameLimit
            | LossCode::TooLargeToCount
            | LossCode::InvalidPaths
            | LossCode::LineHistoryLimit => Some(self.skipped),
            LossCode::ShallowClone
            | LossCode::PartialClone
            | LossCode::TreeAfterWindow
            | LossCode::MisdatedCommit
            | LossCode::NoCommits
            | LossCode::EmptyIncidentFiles
            | LossCode::UnknownPeople
            | LossCode::TooManyPaths
            | LossCode::UnreadableObjects => None,
        }
    }
}

/// A loss that the project accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Which.
    pub code: LossCode,
    /// Why.
    pub reason: String,
    /// The start of the last day on which it is accepted; `None` for no end.
    pub until: Option<Timestamp>,
}

/// Whether an acceptance has an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AcceptanceState {
    /// The loss occurred and is accepted.
    InForce,
    /// Its last day is before the as-of date.
    Expired,
    /// The loss did not occur.
    Unused,
}

impl Acceptance {
    /// Whether its last day is before a time.
    pub fn is_expired(&self, as_of: Timestamp) -> bool {
        let is_after = |until: Timestamp| as_of.0.saturating_sub(until.0) >= debtscan_model::SECONDS_PER_DAY;
        self.until.is_some_and(is_after)
    }
}
