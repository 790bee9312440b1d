//! The rows of the list.

use std::collections::BTreeMap;

use debtscan_model::to_u32;

use super::count::Counted;
use super::imports::ImportGraph;
use super::units::Units;
use crate::analysis::Analysis;
use debtscan_findings::{CouplingPair, CouplingSum, ImportLink, Relation};

/// The pairs that passed the gates, the strongest first.
pub(super) fn pairs(
    analysis: &Analysis<'_>,
    units: &Units<'_>,
    counted: &Counted,
    links: &ImportGraph<'_>,
) -> Vec<CouplingPair> {
    let incidents = incidents_of(analysis, units);
    let mut pairs: Vec<CouplingPair> = counted
        .pairs
        .iter()
        .map(|pair| {
            let (a_unit, b_unit) = (pair.a as usize, pair.b as usize);
            let import = units.link(a_unit, b_unit, links);
            let relation = match (units.expected(a_unit, b_unit), import) {
                // First: a test that imports its subject is still expected.
                (Some(expected), _) => Relation::Expected(expected),
                (None, ImportLink::AtoB | ImportLink::BtoA | ImportLink::Both) => Relation::Imported,
                (None, ImportLink::Unneeded) => Relation::SamePackage,
                (None, ImportLink::None) => Relation::Hidden,
                (None, ImportLink::Unknown) => Relation::Unknown,
            };
            let (a, b) = (units.side(a_unit, &counted.revisions), units.side(b_unit, &counted.revisions));
            let areas = a.area.as_ref().zip(b.area.as_ref());
            CouplingPair {
                crosses_areas: areas.map(|(a, b)| a != b),
                a,
                b,
                shared: pair.commits,
                shared_last_year: pair.commits_last_year,
                last_shared: pair.last,
                relation,
                import,
                shared_incidents: in_both(&incidents[a_unit], &incidents[b_unit]),
            }
        })
        .collect();
    // Stable: pairs come sorted by their units, which are sorted by path or name.
    pairs.sort_by(|x, y| {
        y.degree().total_cmp(&x.degree()).then_with(|| y.mean_revisions().total_cmp(&x.mean_revisions()))
    });
    pairs
}

/// The incidents that count in each unit: ascending, unique.
fn incidents_of(analysis: &Analysis<'_>, units: &Units<'_>) -> Vec<Vec<usize>> {
    let mut incidents = vec![Vec::new(); units.len()];
    for attributed in &analysis.attribution.incidents {
        for unit in attributed.placement.counted_in(|file| units.of_file(file)).into_iter().flatten() {
            incidents[unit as usize].push(attributed.incident);
        }
    }
    for list in &mut incidents {
        list.sort_unstable();
        list.dedup();
    }
    incidents
}

fn in_both(a: &[usize], b: &[usize]) -> u32 {
    to_u32(a.iter().filter(|incident| b.binary_search(incident).is_ok()).count())
}

/// The sum of coupling of every unit with a commit that counts, the largest first.
pub(super) fn sums(units: &Units<'_>, counted: &Counted, pairs: &[CouplingPair]) -> Vec<CouplingSum> {
    let mut by_name: BTreeMap<&str, (u32, u32, f64)> = BTreeMap::new();
    for pair in pairs {
        for side in [&pair.a, &pair.b] {
            let (n_pairs, hidden, strongest) = by_name.entry(&side.name).or_insert((0, 0, 0.0));
            *n_pairs += 1;
            *hidden += u32::from(pair.relation == Relation::Hidden);
            *strongest = strongest.max(pair.degree());
        }
    }
    let mut sums: Vec<CouplingSum> = (0..units.len())
        .filter(|unit| counted.revisions[*unit] > 0)
        .map(|unit| {
            let side = units.side(unit, &counted.revisions);
            let known = by_name.get(side.name.as_str());
            CouplingSum {
                sum: counted.sums[unit],
                pairs: known.map_or(0, |known| known.0),
                hidden_pairs: known.map_or(0, |known| known.1),
                strongest: known.map(|known| known.2),
                side,
            }
        })
        .collect();
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.sum));
    sums
}
