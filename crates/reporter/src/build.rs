//! (scan, incidents, options) -> report: the reporter's whole line on one screen.

use debtscan_model::Scan;

use crate::Report;
use crate::area::{AreaRule, AreaSource};
use crate::incident::Incidents;

/// All that shapes a report besides the scan and the incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportOptions {
    /// Where the areas come from.
    pub area_source: AreaSource,
    /// `[[area]]` rules, in file order.
    pub area_rules: Vec<AreaRule>,
    /// The project's name, shown in outputs.
    pub project: Option<String>,
    /// Version of debtscan, shown in outputs.
    pub tool_version: &'static str,
}
