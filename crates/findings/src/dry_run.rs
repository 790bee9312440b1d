//! How incident files were read, and where each incident would be placed.

use crate::incident::IncidentReport;
use crate::placement::PlacementReport;
use crate::report::Report;
use debtscan_incidents::{Costs, Incidents, Severity};

/// How incident files were read.
#[derive(Debug, Clone, PartialEq)]
pub struct DryRun<'a> {
    /// Everything that was read and rejected.
    // Borrowed: an export may be large, and a dry run keeps nothing.
    pub incidents: &'a Incidents,
    /// The report of the repository with these incidents; `None` without repository.
    pub report: Option<&'a Report>,
    /// Version of debtscan, shown in outputs.
    pub tool_version: &'static str,
    /// Rows that were ignored.
    pub dropped_rows: u64,
    /// Rows that are understood, and are no incidents of this repository.
    pub excluded_rows: u64,
    /// What is recorded, per currency.
    pub recorded: Costs,
    /// The severities as written: by level, those of no known level last, then by text.
    pub severities: Vec<SeverityCount>,
    /// How many incidents state each fact, in the order of [`StatedFact::ALL`].
    pub stated: Vec<StatedCount>,
}

impl<'a> DryRun<'a> {
    /// The incidents that the repository would place, in the order of its report.
    pub fn placed(&self) -> Vec<&'a IncidentReport> {
        let list = self.report.map(|report| report.incidents.as_slice()).unwrap_or_default();
        // Only the report knows this: the dry run of a file without a repository places nothing.
        let is_placed =
            |incident: &&IncidentReport| matches!(incident.placement, PlacementReport::Attributed { .. });
        list.iter().filter(is_placed).collect()
    }
}

/// A severity as written, with its place on the scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityCount {
    /// As written.
    pub written: String,
    /// Its level; `None` when its words are not known.
    pub level: Option<Severity>,
    /// How many incidents have it.
    pub incidents: u64,
}

/// A fact that incidents may state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatedFact {
    /// The commits or pull requests that fixed it.
    Fix,
    /// Paths, or a description that may name some.
    Path,
    /// The name of an area, component, service, project or team.
    Place,
    /// When it began.
    Opened,
    /// What it cost.
    Cost,
    /// How long people worked on it.
    Effort,
    /// How long it lasted.
    Elapsed,
    /// How severe it was.
    Severity,
    /// Which customers it hit.
    Customers,
}

impl StatedFact {
    /// Every fact, the things that place incidents first.
    pub const ALL: [Self; 9] = [
        Self::Fix,
        Self::Path,
        Self::Place,
        Self::Opened,
        Self::Cost,
        Self::Effort,
        Self::Elapsed,
        Self::Severity,
        Self::Customers,
    ];
}

/// The number of incidents that state a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedCount {
    /// What they state.
    pub fact: StatedFact,
    /// How many do.
    pub incidents: u64,
}
