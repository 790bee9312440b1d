//! Incidents of areas by year, each counted in one area.

use std::collections::BTreeMap;

use debtscan_model::{FileIdx, SECONDS_PER_DAY, Timestamp};

use crate::analysis::Analysis;
use crate::area::AreaMap;
use crate::attribution::{AttributedIncident, Placement};

/// When an incident began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Period {
    /// In the year that ends this many whole years before `as_of`.
    YearsAgo(u32),
    /// Nobody knows, or after `as_of`.
    Unknown,
}

impl Period {
    pub(crate) fn of(opened: Option<Timestamp>, as_of: Timestamp, year_days: i64) -> Self {
        let Some(opened) = opened.filter(|opened| *opened <= as_of) else { return Self::Unknown };
        let seconds = year_days.max(1) * SECONDS_PER_DAY;
        u32::try_from((as_of.0 - opened.0) / seconds).map_or(Self::Unknown, Self::YearsAgo)
    }
}

/// The area that an incident counts in: the one with the largest share of it, the first of equal ones. `None` if it
/// is not placed in what is scanned.
pub(crate) fn main_area(areas: &AreaMap, placement: &Placement) -> Option<usize> {
    let Placement::Attributed { links, .. } = placement else { return None };
    let mut weights: BTreeMap<usize, u128> = BTreeMap::new();
    for link in links {
        *weights.entry(areas.area_of[link.file.get()]).or_default() += u128::from(link.weight);
    }
    let largest = weights.values().copied().max()?;
    weights.into_iter().find(|(_, weight)| *weight == largest).map(|(area, _)| area)
}

/// The incidents of every area by year.
pub(crate) struct Yearly {
    /// By position in `areas.areas`: incidents by whole years before `as_of`; later entries may be missing.
    counts: Vec<Vec<u32>>,
    /// By position in `areas.areas`: whole years to `as_of` in which incidents were recorded and the area existed.
    whole_years: Vec<usize>,
}

impl Yearly {
    /// Counts the placed incidents of an analysis.
    pub(crate) fn of(analysis: &Analysis<'_>) -> Self {
        let (as_of, days) = (analysis.scan.as_of, analysis.parameters.horizon_days);
        let mut counts: Vec<Vec<u32>> = vec![Vec::new(); analysis.areas.areas.len()];
        let mut oldest: Option<Timestamp> = None;
        for AttributedIncident { placement, opened, .. } in &analysis.attribution.incidents {
            let Period::YearsAgo(years) = Period::of(*opened, as_of, days) else { continue };
            let Some(area) = main_area(&analysis.areas, placement) else { continue };
            oldest = oldest.into_iter().chain(*opened).min();
            let (counts, years) = (&mut counts[area], years as usize);
            if counts.len() <= years {
                counts.resize(years + 1, 0);
            }
            counts[years] += 1;
        }
        let began = first_changes(analysis);
        let whole = |began: &Option<Timestamp>| {
            let since = began.zip(oldest).map(|(began, oldest)| began.max(oldest));
            match Period::of(since, as_of, days) {
                Period::YearsAgo(years) => years as usize,
                Period::Unknown => 0,
            }
        };
        Self { counts, whole_years: began.iter().map(whole).collect() }
    }

    /// Incidents of an area in the year that ends this many whole years before `as_of`.
    pub(crate) fn count(&self, area: usize, years_ago: usize) -> u32 {
        self.counts[area].get(years_ago).copied().unwrap_or(0)
    }

    /// Whole years in which the area existed and incidents were recorded.
    pub(crate) fn whole_years(&self, area: usize) -> usize {
        self.whole_years[area]
    }

    /// Years with an incident, and those between.
    pub(crate) fn years(&self) -> usize {
        self.counts.iter().map(Vec::len).max().unwrap_or(0)
    }

    pub(crate) fn areas(&self) -> usize {
        self.counts.len()
    }

    /// Incidents of all areas in the year that ends this many whole years before `as_of`.
    pub(crate) fn of_all(&self, years_ago: usize) -> u32 {
        (0..self.areas()).map(|area| self.count(area, years_ago)).sum()
    }
}

/// By position in `areas.areas`, the first change of any of its files; `None` without any.
fn first_changes(analysis: &Analysis<'_>) -> Vec<Option<Timestamp>> {
    let scan = analysis.scan;
    let mut first: Vec<Option<Timestamp>> = vec![None; analysis.areas.areas.len()];
    for (index, file) in scan.files.iter().enumerate() {
        let times = file.history.iter().map(|change| scan.commit(scan.change(*change).commit).time);
        let area = analysis.areas.area_of[FileIdx::new(index).get()];
        first[area] = first[area].into_iter().chain(times).min();
    }
    first
}

#[cfg(test)]
mod tests {
    use super::Period;
    use crate::sample::{AS_OF, days_ago};

    #[test]
    fn a_year_ends_on_the_day_of_the_scan() {
        let period = |days| Period::of(Some(days_ago(days)), AS_OF, 365);
        assert_eq!([0, 364, 365, 729, 730].map(period), [0, 0, 1, 1, 2].map(Period::YearsAgo));
        assert_eq!(period(-1), Period::Unknown);
        assert_eq!(Period::of(None, AS_OF, 365), Period::Unknown);
    }
}
