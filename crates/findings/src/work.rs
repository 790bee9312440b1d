//! Where past work went: kinds of work by measure, month and area.

use debtscan_model::{RepoPath, Timestamp};

use crate::forecast::Interval;
use crate::head::ListHead;

/// The kind of work of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkKind {
    /// Something that was not possible before.
    New,
    /// Something that was wrong is put right: in the product, its build or its tests.
    Repair,
    /// The same in a better state: structure, tests, build, dependencies, docs, speed.
    Better,
    /// Changes by programs.
    Robots,
    /// None of these (releases, version numbers), or not recognised.
    Unclassified,
}

impl WorkKind {
    /// Every kind, in declaration order.
    pub const ALL: [Self; 5] = [Self::New, Self::Repair, Self::Better, Self::Robots, Self::Unclassified];

    /// The name used in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Repair => "repair",
            Self::Better => "better",
            Self::Robots => "robots",
            Self::Unclassified => "unclassified",
        }
    }

    /// Its position in [`ALL`](Self::ALL).
    pub fn position(self) -> usize {
        self as usize
    }
}

/// The evidence that decided the kind of a change, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkRule {
    /// Its author is a program.
    Robot,
    /// It fixed an incident of the incident files.
    Incident,
    /// The type of a conventional commit.
    Prefix,
    /// A trailer.
    Trailer,
    /// It touches only tests, docs, or the build.
    Paths,
    /// Words of its message.
    Words,
    /// Nothing.
    Nothing,
}

impl WorkRule {
    /// Every rule, in declaration order.
    pub const ALL: [Self; 7] =
        [Self::Robot, Self::Incident, Self::Prefix, Self::Trailer, Self::Paths, Self::Words, Self::Nothing];

    /// The name used in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Robot => "robot",
            Self::Incident => "incident",
            Self::Prefix => "prefix",
            Self::Trailer => "trailer",
            Self::Paths => "paths",
            Self::Words => "words",
            Self::Nothing => "nothing",
        }
    }
}

/// What work is weighed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkMeasure {
    /// Changes: commits.
    Changes,
    /// Days on which a person committed, divided among the commits of that day.
    AuthorDays,
    /// Lines of source files added and deleted.
    SourceLines,
}

impl WorkMeasure {
    /// Every measure, in declaration order.
    pub const ALL: [Self; 3] = [Self::Changes, Self::AuthorDays, Self::SourceLines];
}

/// The share of one kind of work in some work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkShare {
    /// As the classifier sees it, `0..=1`.
    pub seen: f64,
    /// Corrected for the known errors of the classifier, with its 80% range, each `0..=1`; `None` of too few changes.
    pub corrected: Option<Interval>,
}

/// The shares of all kinds in some work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkShares {
    /// The work, in changes, days or lines.
    pub total: f64,
    /// By kind, in the order of [`WorkKind::ALL`]; all 0 without work.
    pub kinds: [WorkShare; 5],
}

impl WorkShares {
    /// The share of one kind.
    pub fn of(&self, kind: WorkKind) -> WorkShare {
        self.kinds[kind.position()]
    }
}

/// Work of a month, an area, or all of it.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkRow {
    /// The display name: an area, or a month as `2026-08`.
    pub name: String,
    /// The ID of the area; `None` for a month or all work.
    pub area: Option<String>,
    /// True of a month that the period covers only in part.
    pub is_partial: bool,
    /// Changes that touch it. A change that touches several areas counts in each.
    pub changes: u64,
    /// By measure, in the order of [`WorkMeasure::ALL`].
    pub measures: [WorkShares; 3],
}

impl WorkRow {
    /// The shares by one measure.
    pub fn by(&self, measure: WorkMeasure) -> &WorkShares {
        &self.measures[measure as usize]
    }
}

/// One kind of work over the whole period.
#[derive(Debug, Clone, PartialEq)]
pub struct KindRow {
    /// The kind.
    pub kind: WorkKind,
    /// Changes that the classifier sees as such.
    pub seen_changes: u64,
    /// Its share by measure, in the order of [`WorkMeasure::ALL`].
    pub shares: [WorkShare; 3],
}

/// How many changes a rule decided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleRow {
    /// The rule.
    pub rule: WorkRule,
    /// Changes by kind, in the order of [`WorkKind::ALL`].
    pub by_kind: [u64; 5],
    /// Their share of all changes, `0..=1`.
    pub share: f64,
}

/// How often the classifier is right about one kind, on labelled changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AccuracyRow {
    /// The kind.
    pub kind: WorkKind,
    /// Labelled changes of this kind.
    pub labelled: u64,
    /// What the classifier sees in them: new, repair, better, none of these.
    pub seen_as: [u64; 4],
    /// Labelled changes that the classifier sees as this kind.
    pub seen: u64,
    /// Labelled changes where both agree.
    pub agreed: u64,
    /// Agreed of labelled, `0..=1`; `None` of none.
    pub recall: Option<f64>,
    /// Agreed of seen, `0..=1`; `None` of none.
    pub precision: Option<f64>,
}

/// Where the known errors of the classifier come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calibration {
    /// Labelled changes of public projects, which are part of debtscan.
    pub public: u64,
    /// Labelled changes of this repository (`--labels`).
    pub own: u64,
    /// Labels whose commit is not in the scanned history.
    pub unknown: u64,
    /// Labels on changes of programs, which no correction needs.
    pub robots: u64,
}

/// What a row of the first list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllocationGrouping {
    /// A kind of work.
    Kind,
    /// A month.
    Month,
    /// An area.
    Area,
}

/// Where past work went.
#[derive(Debug, Clone, PartialEq)]
pub struct AllocationList {
    /// Source and data quality.
    pub head: ListHead,
    /// What a row of the first list is.
    pub grouping: AllocationGrouping,
    /// The start of the period; its end is `as_of`.
    pub from: Timestamp,
    /// All work of the period.
    pub all: WorkRow,
    /// One row per kind, in the order of [`WorkKind::ALL`].
    pub kinds: Vec<KindRow>,
    /// One row per calendar month (UTC), oldest first.
    pub months: Vec<WorkRow>,
    /// One row per area with work: most author-days first.
    pub areas: Vec<WorkRow>,
    /// What decided, in the order of [`WorkRule::ALL`]; without rules that decided nothing.
    pub rules: Vec<RuleRow>,
    /// How often the classifier is right, for the kinds that people do.
    pub accuracy: Vec<AccuracyRow>,
    /// Where that is known from.
    pub calibration: Calibration,
    /// Commits whose lines do not count: they touch many source files, or reformat.
    pub wide: u64,
    /// Their source lines.
    pub wide_lines: u64,
    /// Changes with a subject in a script whose words are not known.
    pub unread: u64,
}

/// A change for people to label.
#[derive(Debug, Clone, PartialEq)]
pub struct SampledChange {
    /// The commit, in full.
    pub commit: String,
    /// Its committer time.
    pub time: Timestamp,
    /// The first line of its message; empty when people are anonymous.
    pub subject: String,
    /// Number of files it touches.
    pub files: u32,
    /// The first of them.
    pub paths: Vec<RepoPath>,
}
