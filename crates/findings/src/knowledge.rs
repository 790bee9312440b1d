//! Where knowledge of the code is thin.
//!
//! People appear here as the risk of an area or file, never as rows of their own: nobody is ranked or
//! scored.

use debtscan_model::RepoPath;

use crate::head::{Grouping, ListHead};
use crate::people::UnknownPerson;

/// Somebody with less than this percentage of the lines is a minor contributor (Bird et al., "Don't
/// Touch My Code!", FSE 2011).
pub const MINOR_BELOW_PERCENT: u64 = 5;

/// A file of which one person has at least this percentage is an island (`CodeScene`).
pub const ISLAND_FROM_PERCENT: u64 = 95;

/// Where knowledge is thin.
#[derive(Debug, Clone, PartialEq)]
pub struct KnowledgeList {
    /// What was scanned and lost.
    pub head: ListHead,
    /// What a row stands for.
    pub grouping: Grouping,
    /// Days without commits after which somebody is inactive.
    pub inactive_days: u32,
    /// People in the window, bots left out.
    pub people: usize,
    /// Of them, those who are gone.
    pub gone: usize,
    /// Of those, people named in the list of those who left.
    pub left: usize,
    /// Entries of that list that nobody in the scanned history answers to.
    pub unknown: Vec<UnknownPerson>,
    /// See `KnowledgeOptions::line_limit`.
    pub line_limit: Option<usize>,
    /// Files whose lines could not be followed to the beginning: some have no known writer.
    pub unfollowed: usize,
    /// Names of those imagined to leave.
    pub leaving: Vec<String>,
    /// Everything together.
    pub all: KnowledgeRow,
    /// Areas whose knowledge is lost, and those whose knowledge would be lost with those imagined to
    /// leave: in the order of the rows, whatever the grouping.
    pub lost_areas: Vec<String>,
    /// See `lost_areas`.
    pub endangered_areas: Vec<String>,
    /// Areas, folders or files: most lines of lost knowledge first, then most lines of islands, then by
    /// name.
    pub rows: Vec<KnowledgeRow>,
}

/// What is known of the knowledge of one area, folder or file. Only present source files count.
#[derive(Debug, Clone, PartialEq)]
pub struct KnowledgeRow {
    /// Path or name for people.
    pub name: String,
    /// Path of a file or folder; `None` for an area, for everything and for the files in no folder.
    pub path: Option<RepoPath>,
    /// Id of the area; `None` for everything and for a folder with files of several areas.
    pub area: Option<String>,
    /// Who answers for an area, if known.
    pub owner: Option<String>,
    /// Source files.
    pub files: usize,
    /// Their lines of code.
    pub source_lines: u64,
    /// People who added lines, bots left out.
    pub contributors: usize,
    /// Those with less than [`MINOR_BELOW_PERCENT`] of the lines added.
    pub minor_contributors: usize,
    /// Up to three of largest share: descending, then by name.
    pub main_authors: Vec<MainAuthor>,
    /// 1 minus the sum of squared shares of the lines added, `0..=1`; 0 for one person or nobody.
    pub fragmentation: f64,
    /// Files of which one person added at least [`ISLAND_FROM_PERCENT`].
    pub island_files: usize,
    /// Lines of code in those.
    pub island_lines: u64,
    /// How many people must leave before most files have no author; `None` when no file has one.
    pub bus_factor: Option<u32>,
    /// By which measure the loss is told.
    pub loss_by: Authorship,
    /// Share of the lines by people who are gone, `0..=1`; 0 of nothing. Lines without a known writer are in
    /// neither part.
    pub lost: f64,
    /// The same once those imagined to leave have left; equal to `lost` when nobody is.
    pub lost_after: f64,
    /// Share of all lines of which it is not known who last wrote them, `0..=1`: they are older than the
    /// scanned history; 0 where loss is told by lines added.
    pub unknown: f64,
}

impl KnowledgeRow {
    /// Whether most of the knowledge is gone already: at least half (the threshold of `CodeScene`).
    pub fn is_lost(&self) -> bool {
        self.lost >= 0.5
    }

    /// Whether most of the knowledge would go only with those imagined to leave.
    pub fn would_be_lost(&self) -> bool {
        !self.is_lost() && self.lost_after >= 0.5
    }
}

/// Somebody whose knowledge an area or file rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct MainAuthor {
    /// The name after identity merge, lossy; a pseudonym when people are anonymous.
    pub name: String,
    /// The part of the lines added, `0..=1`.
    pub share: f64,
    /// Whether they are still there.
    pub presence: Presence,
}

/// Whether somebody is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// With commits in the days that count as active.
    Active,
    /// Imagined to leave.
    Leaving,
    /// Without commits in those days.
    Inactive,
    /// Named as having left.
    Left,
}

/// How it is known who wrote what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authorship {
    /// By the lines that each person added over the scanned history.
    LinesAdded,
    /// By who last wrote each line of the scanned revision.
    LastWritten,
}
