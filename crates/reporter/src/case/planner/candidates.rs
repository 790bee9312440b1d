//! The fixes that a plan can be made of: their areas, what they prevent, and what they need.

use std::collections::{BTreeMap, BTreeSet};

use debtscan_findings::brief::{CaseBasis, Fix, FixKind};
use debtscan_findings::plan::{LeftOut, LeftOutFix, PlanUnit};
use debtscan_incidents::{MoneyOverflow, Ticket};

use super::super::ask::tickets;
use super::super::common::Case;
use super::super::draws::draws;
use super::super::page::asked;
use super::problem::WHOLE;
use crate::rank::{CostDraws, NegativeBinomial};

/// Fixes that are compared at most; those that prevent most per day of work.
const MOST: usize = 200;

/// What the incidents of an area are worth.
pub(super) struct AreaValue {
    /// Position in `areas.areas`.
    pub(super) area: usize,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) counts: NegativeBinomial,
    /// What one costs; `None` where incidents are counted.
    pub(super) draws: Option<CostDraws>,
    /// Its incidents of the last 24 months: sorted.
    pub(super) recent: Vec<String>,
}

impl AreaValue {
    /// Cost or incidents of a year.
    pub(super) fn per_year(&self) -> f64 {
        self.counts.mean * self.draws.as_ref().map_or(1.0, CostDraws::mean)
    }

    /// The part of each recent incident.
    pub(super) fn per_incident(&self) -> f64 {
        if self.recent.is_empty() { 0.0 } else { self.per_year() / self.recent.len() as f64 }
    }
}

/// A fix that may be planned.
pub(super) struct FixCandidate {
    pub(super) fix: Fix,
    /// Position in the values.
    pub(super) value: usize,
    /// Position of its team in the configuration.
    pub(super) team: usize,
    /// Ids of fixes that must be done before, as written.
    pub(super) needs: Vec<String>,
    /// Recent incidents of its area that it prevents.
    pub(super) covers: Vec<String>,
    /// The share of them, in thousandths.
    pub(super) prevents: u32,
    /// Whether its area is known: a ticket without one may have no incident anywhere.
    is_placed: bool,
}

/// All fixes, sorted out.
pub(super) struct FixCandidates {
    pub(super) list: Vec<FixCandidate>,
    pub(super) values: Vec<AreaValue>,
    pub(super) left_out: Vec<LeftOutFix>,
    pub(super) unit: PlanUnit,
    /// Whether nobody says how much a fix prevents.
    pub(super) assumes_all: bool,
}

/// A fix with where it comes from.
struct FoundFix<'a> {
    fix: Fix,
    value: usize,
    ticket: Option<&'a Ticket>,
}

impl FixCandidates {
    /// The fixes of some areas, by position in `areas.areas`.
    pub(super) fn of(case: &Case<'_>, areas: &[usize]) -> Result<Self, MoneyOverflow> {
        let unit = match case.pricing.basis {
            CaseBasis::None => PlanUnit::Incidents,
            _ => case.pricing.basis.currency().map_or(PlanUnit::Incidents, PlanUnit::Money),
        };
        let mut all =
            Self { list: Vec::new(), values: Vec::new(), left_out: Vec::new(), unit, assumes_all: false };
        let mut found: Vec<FoundFix<'_>> = Vec::new();
        for area in areas {
            all.add_area(case, *area, &mut found)?;
        }
        if let Some(fixes) = &case.options.fixes {
            let known: BTreeSet<&String> = found.iter().map(|it| &it.fix.id).collect();
            let lost = fixes.list.iter().filter(|ticket| !known.contains(&ticket.id));
            all.left_out.extend(lost.map(without_area));
        }
        for it in found {
            all.sort_out(case, it);
        }
        all.drop_unusable();
        all.drop_without_value();
        all.limit();
        Ok(all)
    }

    fn add_area<'a>(
        &mut self,
        case: &'a Case<'_>,
        area: usize,
        found: &mut Vec<FoundFix<'a>>,
    ) -> Result<(), MoneyOverflow> {
        let analysis = case.analysis;
        let named = &analysis.areas.areas[area];
        let of_area = case.options.fixes.as_ref().map(|fixes| tickets(fixes, &[&named.id, &named.name]));
        if of_area.as_ref().is_some_and(Vec::is_empty) {
            return Ok(());
        }
        let Some(counts) = analysis.forecaster.counts(analysis.area_sums[area].shares.total()) else {
            return Ok(());
        };
        let priced = draws(analysis, &case.pricing, &case.areas[area])?;
        let ask = asked(case, area, priced.as_ref().map(|(_, per_incident)| *per_incident))?;
        let value = self.values.len();
        let draws = priced.map(|(draws, _)| draws);
        self.values.push(AreaValue {
            area,
            id: named.id.clone(),
            name: named.name.clone(),
            counts,
            draws,
            recent: ask.recent,
        });
        for (position, mut fix) in ask.fixes.into_iter().enumerate() {
            let ticket = of_area.as_ref().map(|tickets| tickets[position]);
            if ticket.is_none() {
                fix.id = stable_id(&fix);
            }
            // A ticket without an area is in the one with most of its incidents.
            let other =
                found.iter_mut().find(|it| it.ticket.zip(ticket).is_some_and(|(a, b)| std::ptr::eq(a, b)));
            match other {
                None => found.push(FoundFix { fix, value, ticket }),
                Some(other)
                    if self.covered(&fix, value).len() > self.covered(&other.fix, other.value).len() =>
                {
                    *other = FoundFix { fix, value, ticket };
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// The recent incidents of an area among those of a fix.
    fn covered(&self, fix: &Fix, value: usize) -> Vec<String> {
        let recent = &self.values[value].recent;
        fix.recent.iter().filter(|id| recent.binary_search(id).is_ok()).cloned().collect()
    }

    fn sort_out(&mut self, case: &Case<'_>, found: FoundFix<'_>) {
        let FoundFix { fix, value, ticket } = found;
        let covers = self.covered(&fix, value);
        let area = self.values[value].area;
        let teams = &case.options.teams;
        let team = fix.team.as_ref().and_then(|name| teams.iter().position(|team| team.name == *name));
        let is_nowhere = ticket.is_some_and(|ticket| ticket.area.is_none()) && covers.is_empty();
        let area_name = (!is_nowhere).then(|| self.values[value].name.clone());
        let team = match (fix.effort, team) {
            (Some(_), Some(team)) => Ok(team),
            (None, _) => Err(LeftOut::NoEffort),
            (_, None) => Err(LeftOut::UnknownTeam(fix.team.clone())),
        };
        let team = match team {
            Ok(team) => team,
            Err(why) => {
                self.left_out.push(left_out(fix, area_name, why));
                return;
            }
        };
        let of_goal = case.agreed(area).and_then(|goal| goal.prevents);
        let stated = ticket.and_then(|ticket| ticket.prevents).or(of_goal).or(case.options.prevents);
        self.assumes_all |= stated.is_none() && !covers.is_empty();
        // A proposal needs no other fix.
        let needs = ticket.map(|ticket| ticket.needs.clone()).unwrap_or_default();
        let prevents = stated.unwrap_or(WHOLE).min(WHOLE);
        self.list.push(FixCandidate {
            fix,
            value,
            team,
            needs,
            covers,
            prevents,
            is_placed: area_name.is_some(),
        });
    }

    /// Removes fixes whose needs cannot be met: nobody knows them, they are not planned, or they go in a circle.
    fn drop_unusable(&mut self) {
        loop {
            let known: BTreeSet<String> = self.list.iter().map(|it| it.fix.id.to_lowercase()).collect();
            let missing = |it: &FixCandidate| -> Vec<String> {
                it.needs.iter().filter(|id| !known.contains(&id.to_lowercase())).cloned().collect()
            };
            let (kept, dropped): (Vec<FixCandidate>, Vec<FixCandidate>) =
                std::mem::take(&mut self.list).into_iter().partition(|it| missing(it).is_empty());
            self.list = kept;
            if dropped.is_empty() {
                break;
            }
            for it in dropped {
                let why = LeftOut::Needs(missing(&it));
                self.leave_out(it, why);
            }
        }
        // What remains after everything that can be done is in a circle, or needs one.
        let mut done: BTreeSet<String> = BTreeSet::new();
        loop {
            let before = done.len();
            for it in &self.list {
                if it.needs.iter().all(|id| done.contains(&id.to_lowercase())) {
                    done.insert(it.fix.id.to_lowercase());
                }
            }
            if done.len() == before {
                break;
            }
        }
        let (kept, circular): (Vec<FixCandidate>, Vec<FixCandidate>) = std::mem::take(&mut self.list)
            .into_iter()
            .partition(|it| done.contains(&it.fix.id.to_lowercase()));
        self.list = kept;
        for it in circular {
            let why = LeftOut::Needs(it.needs.clone());
            self.leave_out(it, why);
        }
    }

    /// Removes fixes that prevent nothing and that no other fix needs.
    fn drop_without_value(&mut self) {
        let mut kept: BTreeSet<usize> = BTreeSet::new();
        for position in 0..self.list.len() {
            if !self.list[position].covers.is_empty() {
                self.keep_with_needs(position, &mut kept);
            }
        }
        self.keep_only(&kept, &LeftOut::NoIncident);
    }

    /// Keeps the fixes that prevent most per day of work, with what they need.
    fn limit(&mut self) {
        if self.list.len() <= MOST {
            return;
        }
        let per_day = |it: &FixCandidate| {
            let gain = self.values[it.value].per_incident() * it.covers.len() as f64 * f64::from(it.prevents);
            gain / it.fix.effort.map_or(1.0, |effort| f64::from(effort.likely.0.max(1)))
        };
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by(|a, b| per_day(&self.list[*b]).total_cmp(&per_day(&self.list[*a])).then(a.cmp(b)));
        let mut kept = BTreeSet::new();
        for position in order {
            if kept.len() < MOST {
                self.keep_with_needs(position, &mut kept);
            }
        }
        self.keep_only(&kept, &LeftOut::TooMany);
    }

    fn keep_with_needs(&self, position: usize, kept: &mut BTreeSet<usize>) {
        if kept.insert(position) {
            for needed in self.needs_of(position) {
                self.keep_with_needs(needed, kept);
            }
        }
    }

    /// The positions of the fixes that a fix needs.
    pub(super) fn needs_of(&self, position: usize) -> Vec<usize> {
        let find = |id: &String| self.list.iter().position(|it| it.fix.id.eq_ignore_ascii_case(id));
        self.list[position].needs.iter().filter_map(find).collect()
    }

    fn keep_only(&mut self, kept: &BTreeSet<usize>, why: &LeftOut) {
        for (position, it) in std::mem::take(&mut self.list).into_iter().enumerate() {
            if kept.contains(&position) { self.list.push(it) } else { self.leave_out(it, why.clone()) }
        }
    }

    fn leave_out(&mut self, it: FixCandidate, why: LeftOut) {
        let area = it.is_placed.then(|| self.values[it.value].name.clone());
        self.left_out.push(left_out(it.fix, area, why));
    }

    /// The recent incidents that fixes prevent, each once, with the position of its area's value.
    pub(super) fn incidents(&self) -> BTreeMap<(usize, String), usize> {
        let mut all: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for it in &self.list {
            for id in &it.covers {
                all.insert((it.value, id.clone()), 0);
            }
        }
        for (position, at) in all.values_mut().enumerate() {
            *at = position;
        }
        all
    }
}

fn left_out(fix: Fix, area: Option<String>, why: LeftOut) -> LeftOutFix {
    LeftOutFix {
        id: fix.id.clone(),
        title: fix.title.clone(),
        area,
        effort: fix.effort.map(|effort| effort.likely),
        fix: Some(fix),
        why,
    }
}

fn without_area(ticket: &Ticket) -> LeftOutFix {
    LeftOutFix {
        id: ticket.id.clone(),
        title: ticket.title.clone(),
        fix: None,
        area: ticket.area.clone(),
        effort: ticket.estimate.or(ticket.low).or(ticket.high),
        why: LeftOut::NoArea,
    }
}

/// An id of a proposal that is the same tomorrow.
fn stable_id(fix: &Fix) -> String {
    let word = match &fix.kind {
        FixKind::Ticket => "ticket",
        FixKind::Split => "split",
        FixKind::Separate { .. } => "separate",
        FixKind::Spread { .. } => "spread",
    };
    let place = fix.places.first().map_or_else(String::new, |place| place.path.to_string());
    format!("{word}:{place}")
}
