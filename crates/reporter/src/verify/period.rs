//! What was expected of each of today's areas on the day of the fix, and what came.

use std::collections::{BTreeMap, BTreeSet};

use debtscan_model::{FileIdx, RepoPath, Scan, Timestamp};

use crate::analysis::Analysis;
use crate::attribution::Placement;
use crate::rank::source_files_per_commit;

/// Years in which areas are seen to change together.
const TOGETHER_YEARS: i64 = 2;

/// The days since the fix.
pub(super) struct FixPeriod {
    pub(super) days: i64,
    pub(super) years: f64,
    /// The part of the inverse shape that is the uncertainty of the yearly total.
    pub(super) total_inverse: f64,
    /// By position in today's areas.
    pub(super) areas: Vec<AreaPeriod>,
    /// Commits before the fix that touched two areas, the smaller position first.
    pairs: BTreeMap<(usize, usize), u32>,
}

/// One area before and after.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct AreaPeriod {
    /// Incidents mainly here in the same number of days before.
    pub(super) before: u32,
    /// Incidents mainly here since then.
    pub(super) observed: u32,
    /// Incidents that the model of the day expected since then.
    pub(super) forecast: f64,
    /// The shape by the uncertainty of the share; `None` without source files on that day.
    pub(super) shape: Option<f64>,
    /// Commits that touched it in the two years before.
    pub(super) commits: u32,
}

/// How often two areas changed together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Together {
    pub(super) shared: u32,
    mean: f64,
}

impl Together {
    /// Shared commits by the mean of both areas' commits, `0..=1`.
    pub(super) fn degree(self) -> f64 {
        if self.mean > 0.0 { f64::from(self.shared) / self.mean } else { 0.0 }
    }
}

impl FixPeriod {
    /// `None` when no incident was known on the day.
    pub(super) fn of(now: &Analysis<'_>, then: &Analysis<'_>, since: Timestamp) -> Option<Self> {
        let forecaster = &then.forecaster;
        let per_year = forecaster.incidents_per_year?;
        let parameters = &then.parameters;
        let seconds = now.scan.as_of.0 - since.0;
        let days = seconds / debtscan_model::SECONDS_PER_DAY;
        let years = since.days_until(now.scan.as_of) / parameters.horizon_days as f64;
        let mut areas = vec![AreaPeriod::default(); now.areas.areas.len()];
        let area_of = areas_of_files(now, then.scan);
        let mut shares = vec![None; areas.len()];
        for (position, file) in then.ranked.files.iter().enumerate() {
            if let Some(area) = area_of[file.file.get()] {
                *shares[area].get_or_insert(0.0) += then.ranking.shares[position].total();
            }
        }
        for (area, share) in areas.iter_mut().zip(&shares) {
            let Some(share) = share else { continue };
            let evidence = (parameters.history_saturation + forecaster.incident_weight) * share;
            area.shape = Some(parameters.dispersion_offset + evidence);
            area.forecast = per_year * share * years;
        }
        let before = Timestamp(since.0 - seconds);
        for (area, opened) in main_areas(now) {
            if since < opened && opened <= now.scan.as_of {
                areas[area].observed += 1;
            } else if before < opened && opened <= since {
                areas[area].before += 1;
            }
        }
        let pairs = changes(then, &area_of, since, &mut areas);
        let total_inverse =
            parameters.dispersion_floor + parameters.dispersion_of_few / (per_year.max(0.0) + 1.0);
        Some(Self { days, years, total_inverse, areas, pairs })
    }

    /// How often two areas changed together before the fix.
    pub(super) fn together(&self, a: usize, b: usize) -> Together {
        let shared = self.pairs.get(&(a.min(b), a.max(b))).copied().unwrap_or(0);
        Together {
            shared,
            mean: f64::midpoint(f64::from(self.areas[a].commits), f64::from(self.areas[b].commits)),
        }
    }
}

/// By file of the past: the area that it has today, through renames; `None` for a path that today's history does not
/// have.
fn areas_of_files(now: &Analysis<'_>, past: &Scan) -> Vec<Option<usize>> {
    let mut by_path: BTreeMap<&RepoPath, FileIdx> = BTreeMap::new();
    let files = || now.scan.files.iter().enumerate();
    for (position, file) in files() {
        for alias in &file.aliases {
            by_path.insert(&now.scan.paths[alias.get()], FileIdx::new(position));
        }
    }
    // A path that exists today is that file, whatever had the name before.
    for (position, file) in files() {
        by_path.insert(&file.path, FileIdx::new(position));
    }
    let area = |path: &RepoPath| by_path.get(path).map(|file| now.areas.area_of[file.get()]);
    past.files.iter().map(|file| area(&file.path)).collect()
}

/// The area in which each placed and dated incident counts: the one with the largest share, of equal ones the first.
fn main_areas(now: &Analysis<'_>) -> Vec<(usize, Timestamp)> {
    let mut found = Vec::new();
    for attributed in &now.attribution.incidents {
        let (Some(opened), Placement::Attributed { links, .. }) = (attributed.opened, &attributed.placement)
        else {
            continue;
        };
        let mut weights: BTreeMap<usize, u64> = BTreeMap::new();
        for link in links {
            *weights.entry(now.areas.area_of[link.file.get()]).or_insert(0) += link.weight;
        }
        let main = weights.into_iter().max_by_key(|(area, weight)| (*weight, std::cmp::Reverse(*area)));
        found.extend(main.map(|(area, _)| (area, opened)));
    }
    found
}

/// Counts the commits of each area in the two years before the fix; gives those that touched two areas.
fn changes(
    then: &Analysis<'_>,
    area_of: &[Option<usize>],
    since: Timestamp,
    areas: &mut [AreaPeriod],
) -> BTreeMap<(usize, usize), u32> {
    let scan = then.scan;
    let from = since.plus_days(-TOGETHER_YEARS * then.parameters.horizon_days);
    let widths = source_files_per_commit(scan);
    let mut pairs = BTreeMap::new();
    for (position, commit) in scan.commits.iter().enumerate() {
        let is_wide = widths[position] > then.parameters.max_commit_source_files;
        if commit.time <= from || commit.time > since || is_wide || commit.in_ignore_revs {
            continue;
        }
        let commit = debtscan_model::CommitIdx::new(position);
        let changed = scan.changes[scan.changes_of(commit)].iter();
        let touched: BTreeSet<usize> = changed
            .filter(|change| then.ranked.position_of[change.file.get()].is_some())
            .filter_map(|change| area_of[change.file.get()])
            .collect();
        let touched: Vec<usize> = touched.into_iter().collect();
        for (at, area) in touched.iter().enumerate() {
            areas[*area].commits += 1;
            for other in &touched[at + 1..] {
                *pairs.entry((*area, *other)).or_insert(0) += 1;
            }
        }
    }
    pairs
}
