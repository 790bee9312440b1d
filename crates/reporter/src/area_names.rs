//! Areas by the names that people type.

use crate::analysis::Analysis;

/// The position of an area in `areas.areas`, by name or id; case matters only where two names differ by it.
pub(crate) fn find_area(analysis: &Analysis<'_>, name: &str) -> Option<usize> {
    let areas = &analysis.areas.areas;
    // Exact names first: `Core` and `core` can be two areas.
    let exact = areas.iter().position(|area| area.name == name || area.id == name);
    exact.or_else(|| areas.iter().position(|area| area.name.eq_ignore_ascii_case(name)))
}

/// Areas with a similar name; without any, the first by rank.
pub(crate) fn similar_areas(analysis: &Analysis<'_>, name: &str) -> Vec<String> {
    const SHOWN: usize = 5;
    let folded = name.to_lowercase();
    let by_rank = analysis.area_orders.by_share.iter().map(|area| &analysis.areas.areas[*area].name);
    let all: Vec<String> = by_rank.cloned().collect();
    let is_similar = |known: &&String| {
        let known = known.to_lowercase();
        known.contains(&folded) || folded.contains(&known) || strsim::jaro_winkler(&known, &folded) > 0.8
    };
    let similar: Vec<String> = all.iter().filter(is_similar).take(SHOWN).cloned().collect();
    if similar.is_empty() { all.into_iter().take(SHOWN).collect() } else { similar }
}
