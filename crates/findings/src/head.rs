//! The head of every list, and the unit of its rows.

use debtscan_model::{CommitId, RepoPath, TimeWindow, Timestamp};

use crate::area::AreaSource;
use crate::quality::DataQuality;
use crate::totals::Totals;
use debtscan_incidents::Currency;

/// What a row of a list stands for (`--group`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// A file.
    File,
    /// A folder with the files directly in it; folders below are rows of their own, so that sums
    /// over rows count nothing twice.
    Directory,
    /// An area.
    Area,
}

impl Grouping {
    /// The word that `--group` takes and outputs show.
    pub fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            // The words are arguments as well as values of JSON, hence the short one.
            Self::Directory => "dir",
            Self::Area => "area",
        }
    }
}

/// The head of a list: its source and the quality of its data.
#[derive(Debug, Clone, PartialEq)]
pub struct ListHead {
    /// Version of debtscan.
    // Given by the program, whose version it is.
    pub tool_version: &'static str,
    /// Name of the project from the configuration; `None` when not set.
    pub project: Option<String>,
    /// The scanned commit.
    pub revision: CommitId,
    /// The oldest commit of its history, which names the repository; `None` if history is truncated.
    pub root: Option<CommitId>,
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
    /// Currencies with a recorded cost other than zero: sorted.
    pub currencies: Vec<Currency>,
    /// What could not be read, placed or trusted.
    pub quality: DataQuality,
}
