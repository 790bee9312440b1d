//! What every list is made from, and the head that says what was scanned and what was lost.

use debtscan_model::Scan;

use crate::assemble::{Analysis, data_quality, totals};
use crate::{BuildError, ReportOptions};
use debtscan_findings::ListHead;
use debtscan_incidents::Incidents;

/// The head of a list that was made from an analysis.
pub(crate) fn list_head(analysis: &Analysis<'_>, options: &ReportOptions) -> ListHead {
    let scan = analysis.scan;
    let totals = totals(analysis);
    ListHead {
        tool_version: options.tool_version,
        project: options.project.clone(),
        revision: scan.repository.revision,
        as_of: scan.as_of,
        window: scan.window,
        scope: scan.repository.scope.clone(),
        first_parent: scan.repository.first_parent,
        area_source: analysis.areas.source,
        quality: data_quality(analysis, &totals),
        totals,
        currencies: analysis.currencies.clone(),
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
