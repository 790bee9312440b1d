//! What every list has in common: the head that says what was scanned and what was lost, and the
//! unit of its rows.

use debtscan_incidents::{Currency, Incidents};
use debtscan_model::{CommitId, RepoPath, Scan, TimeWindow, Timestamp};

use crate::area::AreaSource;
use crate::build::{Analysis, totals, trust};
use crate::{BuildError, ReportOptions, Totals, Trust};

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
            Self::Directory => "dir",
            Self::Area => "area",
        }
    }
}

/// Where a list comes from, and what it could not see.
#[derive(Debug, Clone, PartialEq)]
pub struct ListHead {
    /// Version of debtscan.
    pub tool_version: &'static str,
    /// Name of the project from the configuration; `None` when not set.
    pub project: Option<String>,
    /// The scanned commit.
    pub revision: CommitId,
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
    pub trust: Trust,
}

impl ListHead {
    /// The head of a list that was made from an analysis.
    pub(crate) fn of(analysis: &Analysis<'_>, options: &ReportOptions) -> Self {
        let scan = analysis.scan;
        let totals = totals(analysis);
        Self {
            tool_version: options.tool_version,
            project: options.project.clone(),
            revision: scan.repository.revision,
            as_of: scan.as_of,
            window: scan.window,
            scope: scan.repository.scope.clone(),
            first_parent: scan.repository.first_parent,
            area_source: analysis.areas.source,
            trust: trust(analysis, &totals),
            totals,
            currencies: analysis.currencies.clone(),
        }
    }
}

/// What every list is made from.
#[derive(Debug, Clone, Copy)]
pub struct ListInput<'a> {
    /// History and present state.
    pub scan: &'a Scan,
    /// The incidents; empty when none were given.
    pub incidents: &'a Incidents,
    /// Areas, noise, project.
    pub options: &'a ReportOptions,
}

impl<'a> ListInput<'a> {
    /// Attribution and ranking, which carry incidents and costs per file.
    pub(crate) fn analysis(self) -> Result<Analysis<'a>, BuildError> {
        Analysis::of(self.scan, self.incidents, self.options)
    }
}
