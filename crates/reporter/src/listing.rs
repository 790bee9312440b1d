//! The input of every list, and its head.

use debtscan_model::Scan;

use crate::analysis::Analysis;
use crate::assemble::{data_quality, totals};
use crate::error::BuildError;
use crate::options::ReportOptions;
use debtscan_findings::ListHead;
use debtscan_incidents::Incidents;

/// The head of a list.
pub(crate) fn list_head(analysis: &Analysis<'_>) -> ListHead {
    let (scan, options) = (analysis.scan, analysis.options);
    let totals = totals(analysis);
    ListHead {
        tool_version: options.tool_version,
        project: options.project.clone(),
        revision: scan.repository.revision,
        root: scan.repository.root,
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

/// The input of a list.
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
