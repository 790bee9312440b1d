//! What happened in an area.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use debtscan_findings::brief::{
    BriefYear, CaseBasis, CaseIncident, CasePricing, Concentration, Handling, Past, Place,
};
use debtscan_findings::{Basis, FunctionRow};
use debtscan_incidents::{EngineerDays, Money, MoneyOverflow, Severity};
use debtscan_model::RepoPath;

use super::area::{AreaIncidents, AreaPart};
use super::customers::CaseAccounts;
use crate::analysis::Analysis;
use crate::attribution::{Placement, date_basis};
use crate::yearly::Period;

/// What happened in an area, by position in `areas.areas`.
pub(super) fn past(
    analysis: &Analysis<'_>,
    pricing: &CasePricing,
    accounts: Option<&CaseAccounts<'_>>,
    (area, incidents): (usize, &AreaIncidents),
    functions: &[FunctionRow],
) -> Result<Past, MoneyOverflow> {
    let count = |is_it: &dyn Fn(&AreaPart) -> bool| {
        u32::try_from(incidents.main().filter(|part| is_it(part)).count()).unwrap_or(u32::MAX)
    };
    let last = year(analysis, pricing, accounts, incidents.of_year(0))?;
    Ok(Past {
        places: places(analysis, area, incidents, functions),
        half: half(analysis, area, incidents),
        customers: accounts
            .map(|accounts| accounts.hits(analysis, incidents.main_of_year(0).map(|part| part.incident))),
        before: year(analysis, pricing, accounts, incidents.of_year(1))?,
        older: count(&|part| matches!(part.period, Period::YearsAgo(years) if years > 1)),
        undated: count(&|part| part.period == Period::Unknown),
        last,
    })
}

fn year<'a>(
    analysis: &Analysis<'_>,
    pricing: &CasePricing,
    accounts: Option<&CaseAccounts<'_>>,
    parts: impl Iterator<Item = &'a AreaPart>,
) -> Result<BriefYear, MoneyOverflow> {
    let parts: Vec<&AreaPart> = parts.collect();
    let main: Vec<&AreaPart> = parts.iter().copied().filter(|part| part.is_main).collect();
    let mut year = BriefYear {
        main: u32::try_from(main.len()).expect("fewer than 2^32 incidents"),
        by_severity: by_severity(analysis, &main),
        shares: parts.iter().fold(0.0, |sum, part| sum + part.share),
        handling: handling(pricing, &parts)?,
        ..BriefYear::default()
    };
    for part in &parts {
        let incident = row(analysis, accounts, part);
        // Each incident counts in its main area alone, or several areas would report its missing
        // cost.
        year.without_cost += u32::from(part.is_main && part.cost.is_none_or(|cost| cost.minor == 0));
        if let Some(cost) = incident.cost {
            let is_modelled = incident.basis == Some(Basis::Modelled);
            if is_modelled { year.modelled.try_add(cost)? } else { year.recorded.try_add(cost)? }
        }
        year.incidents.push(incident);
    }
    year.incidents.sort_by(|a, b| (Reverse(a.opened), &a.id).cmp(&(Reverse(b.opened), &b.id)));
    Ok(year)
}

fn row(analysis: &Analysis<'_>, accounts: Option<&CaseAccounts<'_>>, part: &AreaPart) -> CaseIncident {
    let incident = &analysis.incidents().list[part.incident];
    let mut commits: Vec<_> = part.commits.iter().map(|commit| analysis.scan.commit(*commit).id).collect();
    commits.sort_unstable();
    CaseIncident {
        id: incident.id.clone(),
        title: analysis.title(incident),
        opened: part.opened.expect("an incident of a year has a date"),
        dated_by: date_basis(incident, part.opened),
        severity: incident.severity.clone(),
        share: part.share,
        is_main: part.is_main,
        cost: part.cost,
        basis: analysis.pricing.prices[part.incident].as_ref().map(|price| price.basis),
        handling: part.handling.map(|(_, price)| price),
        commits,
        accounts: accounts.map(|it| it.names(analysis, part.incident)).unwrap_or_default(),
    }
}

/// What handling took; `None` unless it is priced.
pub(super) fn handling(
    pricing: &CasePricing,
    parts: &[&AreaPart],
) -> Result<Option<Handling>, MoneyOverflow> {
    let CaseBasis::Handling { currency, .. } = &pricing.basis else { return Ok(None) };
    let mut sum =
        Handling { days: EngineerDays(0), cost: Money { minor: 0, currency: *currency }, unpriced: 0 };
    for part in parts {
        match part.handling {
            Some((days, price)) => {
                sum.days = sum.days.plus(days);
                sum.cost.minor = sum.cost.minor.checked_add(price.minor).ok_or(MoneyOverflow)?;
            }
            None => sum.unpriced += 1,
        }
    }
    Ok(Some(sum))
}

/// How many of each severity: the most severe first, words of no known level after those, none last.
fn by_severity(analysis: &Analysis<'_>, parts: &[&AreaPart]) -> Vec<(String, u32)> {
    type Key = (bool, bool, Option<Severity>, String);
    let mut counts: BTreeMap<Key, u32> = BTreeMap::new();
    for part in parts {
        let incident = &analysis.incidents().list[part.incident];
        let word = incident.severity.clone().unwrap_or_default();
        let level = incident.severity_level;
        // The map sorts by this key: known levels, then unknown words, then none.
        *counts.entry((word.is_empty(), level.is_none(), level, word)).or_insert(0) += 1;
    }
    counts.into_iter().map(|((.., word), count)| (word, count)).collect()
}

/// Where last year's incidents were fixed.
fn places(
    analysis: &Analysis<'_>,
    area: usize,
    incidents: &AreaIncidents,
    functions: &[FunctionRow],
) -> Vec<Place> {
    let id = |incident: usize| analysis.incidents().list[incident].id.clone();
    let last: BTreeSet<String> = incidents.main_of_year(0).map(|part| id(part.incident)).collect();
    let of_last =
        |ids: &[String]| -> Vec<String> { ids.iter().filter(|id| last.contains(*id)).cloned().collect() };
    let area_id = &analysis.areas.areas[area].id;
    let functions = functions.iter().filter(|row| row.area == *area_id).map(|row| Place {
        path: row.path.clone(),
        function: Some(row.function.name.clone()),
        incidents: of_last(&row.incidents),
    });
    let mut places: Vec<Place> = functions.filter(|place| !place.incidents.is_empty()).collect();
    // Functions are known only for the files whose lines were followed.
    if places.is_empty() {
        let files = files_of_year(analysis, area, incidents);
        places = files
            .into_iter()
            .map(|(path, incidents)| Place {
                path,
                function: None,
                incidents: incidents.into_iter().collect(),
            })
            .collect();
    }
    places.sort_by(|a, b| {
        let rest = |place: &Place| (place.path.clone(), place.function.clone());
        b.incidents.len().cmp(&a.incidents.len()).then_with(|| rest(a).cmp(&rest(b)))
    });
    let most = places.first().map_or(0, |place| place.incidents.len());
    // If some place had several incidents, those with a single one show no pattern.
    places.retain(|place| place.incidents.len() >= most.min(2));
    places
}

fn files_of_year(
    analysis: &Analysis<'_>,
    area: usize,
    incidents: &AreaIncidents,
) -> BTreeMap<RepoPath, BTreeSet<String>> {
    let last: BTreeSet<usize> = incidents.main_of_year(0).map(|part| part.incident).collect();
    let mut files: BTreeMap<RepoPath, BTreeSet<String>> = BTreeMap::new();
    for attributed in &analysis.attribution.incidents {
        let Placement::Attributed { links, .. } = &attributed.placement else { continue };
        if !last.contains(&attributed.incident) {
            continue;
        }
        for link in links.iter().filter(|link| analysis.areas.area_of[link.file.get()] == area) {
            let ids = files.entry(analysis.scan.file(link.file).path.clone()).or_default();
            ids.insert(analysis.incidents().list[attributed.incident].id.clone());
        }
    }
    files
}

/// The fewest files that hold half of last year's incidents.
fn half(analysis: &Analysis<'_>, area: usize, incidents: &AreaIncidents) -> Option<Concentration> {
    let last: BTreeSet<usize> = incidents.main_of_year(0).map(|part| part.incident).collect();
    let mut shares: BTreeMap<usize, f64> = BTreeMap::new();
    for attributed in &analysis.attribution.incidents {
        let Placement::Attributed { links, .. } = &attributed.placement else { continue };
        if !last.contains(&attributed.incident) {
            continue;
        }
        let total = attributed.placement.total_weight();
        for link in links.iter().filter(|link| analysis.areas.area_of[link.file.get()] == area) {
            *shares.entry(link.file.get()).or_insert(0.0) += link.weight as f64 / total as f64;
        }
    }
    let mut sorted: Vec<f64> = shares.into_values().collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let all = sorted.iter().fold(0.0, |sum, share| sum + share);
    let mut sum = 0.0;
    let reaches = sorted.iter().position(|share| {
        sum += share;
        sum >= all / 2.0
    })?;
    Some(Concentration { files: reaches + 1, of: analysis.area_sums[area].ranked_files.len() })
}
