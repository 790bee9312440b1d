//! What of a report an output shows, and what to know before reading it.

use debtscan_findings::{Finding, Report, ReportFindings};
use debtscan_model::CommitId;

use super::phrases;
use crate::head;
use crate::options::RenderOptions;

/// Findings that a code host shows in one run; GitHub stores 5,000, and nobody reads as many.
const MOST_FINDINGS: usize = 1_000;

/// The findings that fit into an output.
pub(super) struct ShownFindings<'a> {
    pub(super) report: &'a Report,
    /// Of a place in the code, or of the repository.
    pub(super) findings: &'a [Finding],
    /// How many did not fit.
    pub(super) omitted: usize,
}

impl<'a> ShownFindings<'a> {
    pub(super) fn new(found: &'a ReportFindings, options: &RenderOptions) -> Self {
        // Findings are sorted, so that the first ones are the dearest.
        let most = options.top.map_or(MOST_FINDINGS, |top| top.min(MOST_FINDINGS));
        let limit = most.min(found.findings.len());
        let (findings, rest) = found.findings.split_at(limit);
        Self { report: &found.report, findings, omitted: rest.len() }
    }

    /// What was cut; `None` if nothing was.
    pub(super) fn cut(&self) -> Option<String> {
        (self.omitted > 0).then(|| phrases::omitted(self.findings.len(), self.omitted))
    }

    /// What to know about the data before reading any finding.
    pub(super) fn cautions(&self) -> Vec<String> {
        cautions(self.report)
    }
}

/// Whether the data is invented, and whether it is incomplete.
pub(super) fn cautions(report: &Report) -> Vec<String> {
    let quality = &report.quality;
    let invented = quality.is_invented().then(|| head::banner(quality));
    let incomplete = (!quality.is_whole()).then(|| phrases::INCOMPLETE.to_owned());
    invented.into_iter().chain(incomplete).collect()
}

/// The name of the repository in rows and labels: its project name, else its oldest commit, else nothing.
pub(super) fn repository(project: Option<&str>, root: Option<CommitId>) -> String {
    let root = || root.map_or_else(String::new, |root| root.to_string());
    project.map_or_else(root, str::to_owned)
}
