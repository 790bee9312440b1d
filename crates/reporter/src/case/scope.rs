//! Which areas and files a business case is about, why it cannot be made, and what could not be used for it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use debtscan_findings::{DataQuality, Remark};
use debtscan_incidents::{MoneyOverflow, REDACTED, RejectedRow, Ticket};
use debtscan_model::FileIdx;

use super::area::{self, AreaIncidents};
use super::ask::tickets;
use super::options::CaseOptions;
use super::places::file_of;
use super::prices::pricing;
use crate::analysis::Analysis;
use crate::area_names::{find_area, similar_areas};
use crate::assemble::rejected_values;
use crate::attribution::Placement;
use crate::options::Privacy;

/// How many files of an area have their functions followed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Follow {
    /// Those with recent incidents, most first.
    with_incidents: usize,
    /// Others: those with the largest hotspot scores.
    hotspots: usize,
}

impl Follow {
    /// For the page of an area.
    pub(super) const PAGE: Self = Self { with_incidents: 60, hotspots: 10 };
    /// For a plan, which proposes fixes only where incidents were.
    pub(super) const PLAN: Self = Self { with_incidents: 20, hotspots: 0 };
}

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
    let pricing = pricing(analysis, options);
    let areas = area::by_area(analysis, &pricing)?;
    let mut files: Vec<FileIdx> = Vec::new();
    for position in wanted(analysis, &options.areas)? {
        files.extend(files_of(analysis, position, &areas[position], Follow::PAGE));
        let named = &analysis.areas.areas[position];
        // The functions in the places of a ticket are shown, too, so their files are followed.
        let tickets = options.fixes.iter().flat_map(|fixes| tickets(fixes, &[&named.id, &named.name]));
        files.extend(ticket_files(analysis, tickets));
    }
    files.sort_unstable();
    files.dedup();
    Ok(files)
}

/// The files that tickets name, also by their functions.
pub(super) fn ticket_files<'a>(
    analysis: &Analysis<'_>,
    tickets: impl IntoIterator<Item = &'a Ticket>,
) -> Vec<FileIdx> {
    let places = tickets.into_iter().flat_map(|ticket| &ticket.paths);
    places.filter_map(|place| file_of(analysis.scan, place)).collect()
}

/// Files of an area with recent incidents, most first, then the others by hotspot score.
pub(super) fn files_of(
    analysis: &Analysis<'_>,
    area: usize,
    incidents: &AreaIncidents,
    follow: Follow,
) -> Vec<FileIdx> {
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
    files.truncate(follow.with_incidents);
    let mut files: Vec<FileIdx> = files.into_iter().map(|(file, _)| file).collect();
    let mut hotspots: Vec<(f64, FileIdx)> = analysis.area_sums[area]
        .ranked_files
        .iter()
        .map(|position| &analysis.ranked.files[*position])
        .map(|file| (file.hotspot(), file.file))
        .filter(|(score, file)| *score > 0.0 && !files.contains(file))
        .collect();
    hotspots.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    files.extend(hotspots.into_iter().take(follow.hotspots).map(|(_, file)| file));
    files
}

/// The positions of areas in `areas.areas`, by name or id.
pub(super) fn wanted(analysis: &Analysis<'_>, names: &[String]) -> Result<Vec<usize>, CaseError> {
    let mut positions: Vec<usize> = Vec::new();
    for name in names {
        let unknown = || CaseError::UnknownArea { name: name.clone(), areas: similar_areas(analysis, name) };
        let position = find_area(analysis, name).ok_or_else(unknown)?;
        if !positions.contains(&position) {
            positions.push(position);
        }
    }
    Ok(positions)
}

/// Adds what could not be used of the fixes and the plan.
pub(super) fn reject(quality: &mut DataQuality, options: &CaseOptions, analysis: &Analysis<'_>) {
    let fixes = options.fixes.iter().flat_map(|fixes| &fixes.rejected);
    let plan = options.plan.iter().flat_map(|plan| &plan.rejected);
    let mut added: Vec<RejectedRow> = fixes.chain(plan).cloned().collect();
    if added.is_empty() {
        return;
    }
    if analysis.options.privacy == Privacy::Redacted {
        for row in &mut added {
            REDACTED.clone_into(&mut row.value);
        }
    }
    quality.rejected.extend(added);
    quality.rejected.sort();
    // One remark counts the rows of all files; it replaces the one on incident files alone.
    quality.remarks.retain(|remark| !matches!(remark, Remark::RejectedValues { .. }));
    let has_accounts = analysis.options.accounts.is_some();
    if let Some(remark) =
        rejected_values(&quality.rejected, analysis.rows_read() + options.rows_read(), has_accounts)
    {
        quality.add(remark);
    }
}
