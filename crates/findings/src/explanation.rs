//! How the figures of an area or file are computed, down to commits and incident IDs.

use debtscan_model::{CommitId, FileClass, RepoPath, Timestamp};

use crate::change::{AreaChange, BrokenYears};
use crate::forecast::Forecast;
use crate::incident::DateBasis;
use crate::introduction::Introduction;
use crate::model::RankingModel;
use crate::placement::{Confidence, Method, Support};
use crate::price::Price;
use crate::quality::DataQuality;
use crate::recorded::Recorded;
use crate::step::ExplainedStep;
use debtscan_incidents::Money;

/// How the figures of a subject are computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Version of debtscan.
    pub tool_version: &'static str,
    /// The scanned commit.
    pub revision: CommitId,
    /// Its committer time, or the end of the window where that is earlier.
    pub as_of: Timestamp,
    /// What is being explained.
    pub subject: ExplainedSubject,
    /// Rank by expected cost, and the number of ranks; `None` when not ranked.
    pub rank: Option<(usize, usize)>,
    /// Why it is not ranked; `None` when it is.
    pub unranked: Option<Unranked>,
    /// What is recorded.
    pub recorded: Recorded,
    /// What is expected.
    pub forecast: Forecast,
    /// What changed in an area within a year; `None` for a file.
    pub change: Option<AreaChange>,
    /// What became of years that broke with the past of their area.
    pub broken_years: BrokenYears,
    /// The constants and totals of the ranking.
    pub model: RankingModel,
    /// What could not be read, placed or trusted.
    pub quality: DataQuality,
    /// The computation, in order.
    pub steps: Vec<ExplainedStep>,
    /// Incidents with a part here: largest part of the cost first, then newest.
    pub incidents: Vec<ExplainedIncident>,
    /// Commits that touched it, newest first.
    pub commits: Vec<ExplainedCommit>,
    /// For an area, its files by expected cost; empty for a file.
    pub files: Vec<ExplainedFile>,
}

/// What is being explained.
#[derive(Debug, Clone, PartialEq)]
pub enum ExplainedSubject {
    /// An area, by its id and name.
    Area {
        /// Stable identifier.
        id: String,
        /// The name that reports show.
        name: String,
    },
    /// A file, by its path.
    File {
        /// Its path at the revision, or the last one it had.
        path: RepoPath,
        /// Older names whose history is part of it: sorted.
        aliases: Vec<RepoPath>,
        /// The area that holds it.
        area: String,
    },
}

/// Why a subject is not ranked: only present source files are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unranked {
    /// The area has no source file.
    AreaWithoutSource,
    /// The scanned revision does not have the file any more.
    Deleted,
    /// The file is of another class.
    Class(FileClass),
}

/// One incident behind the recorded cost.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedIncident {
    /// Its id.
    pub id: String,
    /// Its title; may be empty.
    pub title: String,
    /// When it began, as the ranking dates it.
    pub opened: Option<Timestamp>,
    /// Which date that is; `None` without one.
    pub dated_by: Option<DateBasis>,
    /// When it was known, from which on its weight decays.
    pub known: Option<Timestamp>,
    /// The evidence that places it in the subject.
    pub method: Method,
    /// Confidence in that evidence.
    pub confidence: Confidence,
    /// Other evidence, strongest first, and whether it agrees.
    pub support: Vec<Support>,
    /// How its whole cost is known, and by which lines of the configuration; `None` without a cost.
    pub price: Option<Price>,
    /// The subject's share of it, `0..=1`.
    pub share: f64,
    /// The subject's part of its cost, recorded or modelled.
    pub cost: Option<Money>,
    /// The fix commits found: sorted.
    pub fix_commits: Vec<CommitId>,
    /// Lines of the fixes in the subject; 0 when it was not placed by lines.
    pub fix_lines: u64,
    /// Its weight in the ranking, `share x 2^(-age/1460 d)`; 0 when it takes no part in the ranking.
    pub weight: f64,
    /// What probably introduced it; `None` when that was not asked for, or no commit is known to have
    /// fixed it.
    pub introduced: Option<Introduction>,
}

/// One commit behind the change share.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedCommit {
    /// Its id.
    pub id: CommitId,
    /// Committer time.
    pub time: Timestamp,
    /// First line of the message, lossy.
    pub summary: String,
    /// Lines added in the subject.
    pub lines_added: u64,
    /// Lines deleted in the subject.
    pub lines_deleted: u64,
    /// Source files the whole commit touches.
    pub source_files: usize,
    /// Its weight in R: `2^(-age/180 d)`; 0 when it touches more than 50 source files.
    pub weight: f64,
    /// What it counts as work on each of its files: `2^(-age/365 d) / source files`; 0 when it touches more than 50.
    pub work: f64,
}

/// One file of an explained area.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedFile {
    /// Its path.
    pub path: RepoPath,
    /// What is recorded.
    pub recorded: Recorded,
    /// What is expected.
    pub forecast: Forecast,
}
