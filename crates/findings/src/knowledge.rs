//! Knowledge of the code, and where it is lost.
//!
//! People appear here only as the risk of an area or file, never as rows: nobody is ranked or scored.

use debtscan_model::RepoPath;

use crate::head::{Grouping, ListHead};
use crate::people::UnknownPerson;

/// A contributor with less than this percentage of the lines is minor (Bird et al., "Don't Touch My
/// Code!", FSE 2011).
pub const MINOR_BELOW_PERCENT: u64 = 5;

/// A file has one author if one person added at least this percentage of its lines (`CodeScene`).
pub const ISLAND_FROM_PERCENT: u64 = 95;

/// Days without a commit after which an author counts as inactive, unless the user says otherwise: half a year, so that
/// few authors on holiday or parental leave do.
pub const INACTIVE_DAYS: u32 = 180;

/// With so few people or fewer, that the code rests on few is no finding: there is no bus factor, and islands are
/// not counted.
pub const SMALL_TEAM: usize = 2;

/// Knowledge per area, folder or file.
#[derive(Debug, Clone, PartialEq)]
pub struct KnowledgeList {
    /// What was scanned and lost.
    pub head: ListHead,
    /// What a row stands for.
    pub grouping: Grouping,
    /// Days without commits after which an author is inactive.
    pub inactive_days: u32,
    /// Authors in the window, without bots.
    pub people: usize,
    /// Of these, authors who are inactive or left.
    pub gone: usize,
    /// Of those, leavers that the list names.
    pub left: usize,
    /// Entries of that list that match no author.
    pub unknown: Vec<UnknownPerson>,
    /// See `KnowledgeOptions::line_limit`.
    pub line_limit: Option<usize>,
    /// Files whose lines could not be followed to the beginning; the author of some is unknown.
    pub unfollowed: usize,
    /// Leavers of the what-if, by name.
    pub leaving: Vec<String>,
    /// The whole repository.
    pub all: KnowledgeRow,
    /// Areas whose knowledge is lost, in the order of the rows, whatever the grouping.
    pub lost_areas: Vec<String>,
    /// Areas whose knowledge would be lost in the what-if, in that order.
    pub endangered_areas: Vec<String>,
    /// Areas, folders or files: most lost lines first, then most lines in one-author files, then by
    /// name.
    pub rows: Vec<KnowledgeRow>,
}

impl KnowledgeList {
    /// Whether so few people wrote the code that its resting on few is no finding.
    pub fn is_small_team(&self) -> bool {
        // Bots are not people here, so one person with a dependency bot is a small team too.
        self.people <= SMALL_TEAM
    }
}

/// Knowledge of one area, folder or file. Only present source files count.
#[derive(Debug, Clone, PartialEq)]
pub struct KnowledgeRow {
    /// Path or name for people.
    pub name: String,
    /// Path of a file or folder; `None` for an area, for everything and for the files in no folder.
    pub path: Option<RepoPath>,
    /// Id of the area; `None` for everything and for a folder with files of several areas.
    pub area: Option<String>,
    /// Owner of an area, if known.
    pub owner: Option<String>,
    /// Source files.
    pub files: usize,
    /// Their lines of code.
    pub source_lines: u64,
    /// People who added lines, without bots.
    pub contributors: usize,
    /// Those with less than [`MINOR_BELOW_PERCENT`] of the lines added.
    pub minor_contributors: usize,
    /// Up to three of largest share by the measure `loss_by`: descending, then by name.
    // Three, not all: a list of everyone by share would be a ranking of people.
    pub main_authors: Vec<MainAuthor>,
    /// 1 minus the sum of the squared shares by the same measure, `0..=1`; 0 for one person or nobody.
    pub fragmentation: f64,
    /// Files with one author: one person has at least [`ISLAND_FROM_PERCENT`] by the same measure; 0 in a repository of
    /// [`SMALL_TEAM`] people or fewer.
    pub island_files: usize,
    /// Lines of code in those.
    pub island_lines: u64,
    /// How many people must leave before most files have no author; `None` when no file has one, or in a repository of
    /// [`SMALL_TEAM`] people or fewer.
    pub bus_factor: Option<u32>,
    /// The measure behind loss, main authors, fragmentation and one-author files.
    pub loss_by: Authorship,
    /// Share of the lines of inactive authors and leavers, `0..=1`; 0 without lines. Lines of unknown
    /// authors are in neither part.
    pub lost: f64,
    /// The same in the what-if; equal to `lost` without one.
    pub lost_after: f64,
    /// Share of all lines with an unknown last author, `0..=1`: they are older than the scanned history. 0
    /// where loss is measured by lines added.
    pub unknown: f64,
}

impl KnowledgeRow {
    /// Whether at least half of the knowledge is lost (the threshold of `CodeScene`).
    pub fn is_lost(&self) -> bool {
        // Compared with the exact share: 49.96% reads as 50.0% in a table and is still not lost.
        self.lost >= 0.5
    }

    /// Whether it would be lost only in the what-if.
    pub fn would_be_lost(&self) -> bool {
        // An area that is lost already is no news of the what-if.
        !self.is_lost() && self.lost_after >= 0.5
    }
}

/// A main author of an area or file.
#[derive(Debug, Clone, PartialEq)]
pub struct MainAuthor {
    /// The name after identity merge, lossy; a pseudonym when people are anonymous.
    pub name: String,
    /// The part of the lines by the measure of the row, `0..=1`.
    pub share: f64,
    /// Whether they are active.
    pub presence: Presence,
}

/// Whether an author is active.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// Committed within `inactive_days`.
    Active,
    /// A leaver in the what-if.
    Leaving,
    /// Has not committed within `inactive_days`.
    Inactive,
    /// A leaver that the list names.
    Left,
}

/// How authorship is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authorship {
    /// By the lines that each person added over the scanned history.
    LinesAdded,
    /// By who last wrote each line of the scanned revision.
    LastWritten,
}
