//! The report of a run: the ranking, and what is said beside it.

use crate::analysis::Analysis;
use crate::assemble;
use crate::case::agreed_areas;
use debtscan_findings::Report;

/// Makes the report of an analysis.
pub fn report(analysis: &Analysis<'_>) -> Report {
    Report { agreed: agreed_areas(analysis), ..assemble::report(analysis) }
}
