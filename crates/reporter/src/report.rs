//! The report of a run: the ranking, and what is said beside it.

use crate::analysis::Analysis;
use crate::assemble;
use crate::case::agreed_areas;
use crate::past_year::past_year;
use debtscan_findings::Report;

/// Makes the report of an analysis.
pub fn report(analysis: &Analysis<'_>) -> Report {
    // Incidents say more than a classifier of commits; and one that the window hides is no reason to do without.
    let has_none = analysis.incidents().list.is_empty() && !analysis.beyond.has_any();
    Report {
        past_year: if has_none { past_year(analysis) } else { None },
        agreed: agreed_areas(analysis),
        ..assemble::report(analysis)
    }
}
