//! What the incidents of each area mean for customers.

use crate::analysis::Analysis;
use crate::customers::customers;
use crate::options::Privacy;
use debtscan_findings::{CustomerImpact, Customers};

/// Over all incidents, and per area by position in `areas.areas`; `None` without an accounts file.
pub(super) fn report(analysis: &Analysis<'_>) -> (Option<Customers>, Option<Vec<CustomerImpact>>) {
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); analysis.areas.areas.len()];
    for attributed in &analysis.attribution.incidents {
        for area in attributed.placement.counted_in(|file| analysis.areas.area_of[file.get()]) {
            groups[area].push(attributed.incident);
        }
    }
    let is_redacted = analysis.options.privacy == Privacy::Redacted;
    let found = customers(
        analysis.options.accounts.as_ref(),
        analysis.incidents(),
        &groups,
        analysis.scan.as_of,
        is_redacted,
    );
    found.map_or((None, None), |(all, by_area)| (Some(all), Some(by_area)))
}
