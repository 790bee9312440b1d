//! What the incidents of each area mean for customers.

use debtscan_model::FileIdx;

use crate::analysis::Analysis;
use crate::attribution::Placement;
use crate::customers::customers;
use crate::options::Privacy;
use debtscan_findings::{CustomerImpact, Customers};

/// Over all incidents, and per area by position in `areas.areas`; `None` without an accounts file.
pub(super) fn report(analysis: &Analysis<'_>) -> (Option<Customers>, Option<Vec<CustomerImpact>>) {
    let area_of = |file: FileIdx| analysis.areas.area_of[file.get()];
    let mut groups: Vec<Vec<(usize, f64)>> = vec![Vec::new(); analysis.areas.areas.len()];
    for attributed in &analysis.attribution.incidents {
        let Placement::Attributed { links, .. } = &attributed.placement else { continue };
        let total = attributed.placement.total_weight();
        for area in attributed.placement.counted_in(area_of) {
            let own = links.iter().filter(|link| area_of(link.file) == area);
            let weight: u128 = own.map(|link| u128::from(link.weight)).sum();
            groups[area].push((attributed.incident, weight as f64 / total as f64));
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
