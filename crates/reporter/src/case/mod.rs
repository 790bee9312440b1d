//! The business case: from a ranked area to a decision.
//!
//! [`brief`] takes the analysis behind the ranking, prices the incidents to come, and puts fixes against them. The
//! year ahead is the ranking's own negative binomial distribution; all its quantiles are computed, none is drawn.
//! Formulas: `docs/metrics.md`.

mod area;
mod ask;
mod avoided;
mod calendar;
mod common;
mod customers;
mod draws;
mod future;
mod goals;
mod options;
mod pace;
mod page;
mod past;
mod payback;
mod places;
mod portfolio;
mod prices;
mod proposals;
mod review;
mod schedule;
#[cfg(test)]
mod tests;
mod triangular;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use debtscan_findings::brief::{Brief, PortfolioRow};
use debtscan_findings::{DataQuality, Remark};
use debtscan_incidents::{MoneyOverflow, REDACTED, RejectedRow};
use debtscan_model::{FileIdx, Lines};

pub(crate) use self::goals::agreed_areas;
pub use self::options::{CaseOptions, Team};

use self::area::AreaIncidents;
use self::common::Case;
use self::page::page;
use crate::analysis::Analysis;
use crate::attribution::Placement;
use crate::listing::list_head;
use crate::options::Privacy;

/// Files of an area whose functions are followed at most; those with the most recent incidents first.
const MOST_FILES: usize = 60;
/// Files without recent incidents that are followed: those with the largest hotspot scores.
const HOTSPOT_FILES: usize = 10;

/// A business case cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// No area has the name.
    #[error("no area named `{name}`")]
    UnknownArea {
        /// The name as given.
        name: String,
        /// Names of similar areas, or of the first ones.
        areas: Vec<String>,
    },
    /// Costs cannot be summed.
    #[error("cannot sum the costs of the business case")]
    Costs(#[from] MoneyOverflow),
}

/// The files whose functions a business case needs; empty without pages.
///
/// # Errors
/// When an area is unknown, or costs leave the 64-bit range.
pub fn files_to_follow(analysis: &Analysis<'_>, options: &CaseOptions) -> Result<Vec<FileIdx>, CaseError> {
    if options.areas.is_empty() {
        return Ok(Vec::new());
    }
    let pricing = prices::pricing(analysis, options);
    let areas = area::by_area(analysis, &pricing)?;
    let mut files: Vec<FileIdx> = Vec::new();
    for position in wanted(analysis, &options.areas)? {
        files.extend(files_of(analysis, position, &areas[position]));
        let named = &analysis.areas.areas[position];
        // The functions in the places of a ticket are shown, too, so their files are followed.
        for ticket in options.fixes.iter().flat_map(|fixes| ask::tickets(fixes, &[&named.id, &named.name])) {
            files.extend(ticket.paths.iter().filter_map(|place| places::file_of(analysis.scan, place)));
        }
    }
    files.sort_unstable();
    files.dedup();
    Ok(files)
}

/// Files of an area with recent incidents, most first, then the others by hotspot score.
fn files_of(analysis: &Analysis<'_>, area: usize, incidents: &AreaIncidents) -> Vec<FileIdx> {
    let recent: BTreeSet<usize> = incidents.recent().map(|part| part.incident).collect();
    let mut counts: BTreeMap<FileIdx, u32> = BTreeMap::new();
    for attributed in analysis.attribution.incidents.iter().filter(|it| recent.contains(&it.incident)) {
        let Placement::Attributed { links, .. } = &attributed.placement else { continue };
        for link in links.iter().filter(|link| analysis.areas.area_of[link.file.get()] == area) {
            if analysis.ranked.get(link.file).is_some() {
                *counts.entry(link.file).or_insert(0) += 1;
            }
        }
    }
    let mut files: Vec<(FileIdx, u32)> = counts.into_iter().collect();
    files.sort_by_key(|(file, count)| (Reverse(*count), *file));
    files.truncate(MOST_FILES);
    let mut files: Vec<FileIdx> = files.into_iter().map(|(file, _)| file).collect();
    let mut hotspots: Vec<(f64, FileIdx)> = analysis.area_sums[area]
        .ranked_files
        .iter()
        .map(|position| &analysis.ranked.files[*position])
        .map(|file| (file.hotspot(), file.file))
        .filter(|(score, file)| *score > 0.0 && !files.contains(file))
        .collect();
    hotspots.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    files.extend(hotspots.into_iter().take(HOTSPOT_FILES).map(|(_, file)| file));
    files
}

/// The positions of areas in `areas.areas`, by name or id.
fn wanted(analysis: &Analysis<'_>, names: &[String]) -> Result<Vec<usize>, CaseError> {
    let areas = &analysis.areas.areas;
    let find = |name: &String| {
        // Exact names first: `Core` and `core` can be two areas.
        let exact = areas.iter().position(|area| area.name == *name || area.id == *name);
        let folded = || areas.iter().position(|area| area.name.eq_ignore_ascii_case(name));
        exact
            .or_else(folded)
            .ok_or_else(|| CaseError::UnknownArea { name: name.clone(), areas: similar(analysis, name) })
    };
    let mut positions: Vec<usize> = Vec::new();
    for name in names {
        let position = find(name)?;
        if !positions.contains(&position) {
            positions.push(position);
        }
    }
    Ok(positions)
}

/// Areas with a similar name; without any, the first by rank.
fn similar(analysis: &Analysis<'_>, name: &str) -> Vec<String> {
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

/// Makes the business case. `lines` are those of [`files_to_follow`].
///
/// # Errors
/// When an area is unknown, or costs leave the 64-bit range.
pub fn brief(analysis: &Analysis<'_>, lines: &Lines, options: &CaseOptions) -> Result<Brief, CaseError> {
    let case = Case::of(analysis, lines, options)?;
    let order = analysis.area_orders.by_share.iter().copied();
    let is_shown = |area: &usize| {
        // An area without code and incidents has no row to show.
        !analysis.area_sums[*area].ranked_files.is_empty() || !case.areas[*area].parts.is_empty()
    };
    let mut portfolio =
        order.filter(is_shown).map(|area| case.row(area)).collect::<Result<Vec<_>, MoneyOverflow>>()?;
    // Stable: areas of equal cost stay by rank.
    portfolio.sort_by(|a, b| {
        // Areas without a forecast come after those that cost nothing.
        let cost = |row: &PortfolioRow| row.cost.map_or(-1.0, |cost| cost.mean);
        cost(b).total_cmp(&cost(a))
    });
    let mut pages = Vec::new();
    for area in wanted(analysis, &options.areas)? {
        pages.push(page(&case, area)?);
    }
    let mut head = list_head(analysis);
    let report = analysis.options;
    reject(&mut head.quality, options, report.privacy, report.accounts.is_some());
    if let Some(remark) = case.unknown() {
        head.quality.add(remark);
    }
    Ok(Brief {
        head,
        given: case.given(),
        by_change: portfolio::by_change(&portfolio),
        portfolio,
        pages,
        product: case.product,
        pricing: case.pricing,
    })
}

/// Adds what could not be used of the fixes and the plan.
fn reject(quality: &mut DataQuality, options: &CaseOptions, privacy: Privacy, has_accounts: bool) {
    let fixes = options.fixes.iter().flat_map(|fixes| &fixes.rejected);
    let plan = options.plan.iter().flat_map(|plan| &plan.rejected);
    let mut added: Vec<RejectedRow> = fixes.chain(plan).cloned().collect();
    if added.is_empty() {
        return;
    }
    if privacy == Privacy::Redacted {
        for row in &mut added {
            REDACTED.clone_into(&mut row.value);
        }
    }
    quality.rejected.extend(added);
    quality.rejected.sort();
    // One remark counts the rows of all files; it replaces the one on incident files alone.
    quality.remarks.retain(|remark| !matches!(remark, Remark::RejectedValues { .. }));
    let rows = quality.rejected.iter().filter(|row| row.dropped).count();
    let values = quality.rejected.len();
    quality.add(Remark::RejectedValues { values, rows, has_accounts });
}
