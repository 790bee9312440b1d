//! The ask: tickets or proposals, with their effort, their evidence and their effect.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use debtscan_findings::brief::{
    Ask, AskSource, CasePricing, CostPerIncident, DoneWhen, Effect, Effort, EffortBasis, EffortPrice, Fix,
    FixKind, PreventsFrom, TeamFit,
};
use debtscan_incidents::{EngineerDays, Fixes, Money, MoneyOverflow, Ticket};
use debtscan_model::Timestamp;

use super::calendar::Sprints;
use super::options::{CaseOptions, Team};
use super::pace::effort;
use super::places::PlaceEvidence;
use super::prices::price_of;
use super::triangular::Triangular;
use crate::options::AgreedGoal;

/// What an ask is made from.
pub(super) struct AskInput<'a> {
    pub(super) options: &'a CaseOptions,
    pub(super) pricing: &'a CasePricing,
    pub(super) evidence: &'a PlaceEvidence<'a>,
    pub(super) goal: Option<&'a AgreedGoal>,
    pub(super) pace: Option<(u32, [f64; 3])>,
    pub(super) cost_per_incident: Option<CostPerIncident>,
    pub(super) files_followed: usize,
    pub(super) as_of: Timestamp,
}

/// The fixes of tickets for an area: those that name it, or no area at all.
pub(super) fn tickets<'a>(fixes: &'a Fixes, names: &[&str]) -> Vec<&'a Ticket> {
    let is_here = |ticket: &&Ticket| match &ticket.area {
        None => true,
        Some(area) => names.iter().any(|name| name.eq_ignore_ascii_case(area)),
    };
    fixes.list.iter().filter(is_here).collect()
}

/// The ask of some fixes.
pub(super) fn ask(
    input: &AskInput<'_>,
    source: AskSource,
    mut fixes: Vec<Fix>,
    prevents: &BTreeMap<String, u32>,
) -> Result<Ask, MoneyOverflow> {
    if let Some(rate) = input.pricing.engineer_day {
        for fix in &mut fixes {
            fix.price = fix.effort.map(|effort| price(effort, rate)).transpose()?;
        }
    }
    let effort = total(&fixes, |_| true);
    let teams = teams(input, &fixes);
    for fix in &mut fixes {
        let team = teams.iter().find(|team| Some(&team.name) == fix.team.as_ref());
        let exceeds = |team: &TeamFit| fix.effort.is_some_and(|effort| effort.likely > team.capacity);
        fix.exceeds_sprint = team.is_some_and(exceeds);
    }
    let in_places: BTreeSet<&String> = fixes.iter().flat_map(|fix| &fix.recent).collect();
    let (covered, uncovered): (Vec<String>, Vec<String>) =
        input.evidence.recent().iter().cloned().partition(|id| in_places.contains(id));
    let known: BTreeSet<&str> = input.options.teams.iter().map(|team| team.name.as_str()).collect();
    let unknown_teams: BTreeSet<String> = fixes
        .iter()
        .filter_map(|fix| fix.team.clone())
        .filter(|team| !known.contains(team.as_str()))
        .collect();
    // A fix without a recent incident in its places has the least evidence; the largest frees most.
    let drop_first = (0..fixes.len())
        .filter(|fix| fixes[*fix].recent.is_empty() && fixes.len() > 1)
        .max_by_key(|fix| (fixes[*fix].effort.map(|effort| effort.likely), Reverse(*fix)));
    Ok(Ask {
        source,
        price: match (effort, input.pricing.engineer_day) {
            (Some(effort), Some(rate)) => Some(price(effort, rate)?),
            _ => None,
        },
        effort,
        without_effort: fixes.iter().filter(|fix| fix.effort.is_none()).count(),
        effect: effect(input, &fixes, &covered, prevents),
        recent: input.evidence.recent().iter().cloned().collect(),
        covered,
        uncovered,
        cost_per_incident: input.cost_per_incident,
        teams,
        unknown_teams: unknown_teams.into_iter().collect(),
        // If no incident is recent, that says nothing against any of the fixes.
        drop_first: drop_first.filter(|_| !input.evidence.recent().is_empty()),
        files_followed: input.files_followed,
        fixes,
    })
}

/// A ticket as a fix.
pub(super) fn fix(input: &AskInput<'_>, ticket: &Ticket) -> Fix {
    let mut places = Vec::new();
    let mut unknown_places = Vec::new();
    for name in &ticket.paths {
        let found = input.evidence.find(name);
        if found.is_empty() {
            unknown_places.push(name.clone());
        }
        places.extend(found);
    }
    let (stated, unknown_incidents) = input.evidence.known(&ticket.incidents);
    let in_places = places.iter().flat_map(|place| place.incidents.iter().cloned());
    // The ticket's own list counts more than what was fixed in its places.
    let incidents: BTreeSet<String> = if ticket.incidents.is_empty() { in_places.collect() } else { stated };
    let (recent, older) = input.evidence.split(&incidents);
    let lines = places.iter().map(|place| place.function.as_ref().map_or(place.sloc, |it| it.sloc)).sum();
    let known = stated_effort(ticket).or_else(|| effort(lines, input.pace.filter(|_| lines > 0)));
    Fix {
        id: ticket.id.clone(),
        title: ticket.title.clone(),
        kind: FixKind::Ticket,
        team: ticket.team.as_ref().map(|team| known_team(input.options, team)).or_else(|| first_team(input)),
        effort: known.map(|(effort, _)| effort),
        effort_basis: known.map(|(_, basis)| basis),
        price: None,
        done: ticket.done.iter().cloned().map(DoneWhen::Stated).collect(),
        places,
        recent,
        older,
        exceeds_sprint: false,
        unknown_places,
        unknown_incidents,
    }
}

/// The name of the first team; `None` without any.
pub(super) fn first_team(input: &AskInput<'_>) -> Option<String> {
    input.options.teams.first().map(|team| team.name.clone())
}

/// The team as the configuration writes it, if it has it.
fn known_team(options: &CaseOptions, name: &str) -> String {
    let known = options.teams.iter().find(|team| team.name.eq_ignore_ascii_case(name.trim()));
    known.map_or_else(|| name.to_owned(), |team| team.name.clone())
}

/// The effort that a ticket states. Without an estimate, the middle of its range; without an end, the estimate.
fn stated_effort(ticket: &Ticket) -> Option<(Effort, EffortBasis)> {
    let middle = ticket.low.zip(ticket.high).map(|(low, high)| EngineerDays(low.0.midpoint(high.0)));
    let likely = ticket.estimate.or(middle).or(ticket.low).or(ticket.high)?;
    // Without an estimate, nobody has checked that the ends are in order.
    let effort = Effort {
        low: ticket.low.unwrap_or(likely).min(likely),
        likely,
        high: ticket.high.unwrap_or(likely).max(likely),
    };
    Some((effort, EffortBasis::Ticket))
}

fn price(effort: Effort, rate: Money) -> Result<EffortPrice, MoneyOverflow> {
    Ok(EffortPrice {
        low: price_of(effort.low, rate)?,
        likely: price_of(effort.likely, rate)?,
        high: price_of(effort.high, rate)?,
    })
}

/// The summed effort of the fixes that have one; `None` without any.
fn total(fixes: &[Fix], is_of: impl Fn(&Fix) -> bool) -> Option<Effort> {
    let efforts = fixes.iter().filter(|fix| is_of(fix)).filter_map(|fix| fix.effort);
    efforts.reduce(|a, b| Effort {
        low: a.low.plus(b.low),
        likely: a.likely.plus(b.likely),
        high: a.high.plus(b.high),
    })
}

fn teams(input: &AskInput<'_>, fixes: &[Fix]) -> Vec<TeamFit> {
    let fit = |team: &Team| {
        let effort = total(fixes, |fix| fix.team.as_ref() == Some(&team.name));
        let sprints = Sprints::of(Some(team), input.as_of);
        TeamFit {
            name: team.name.clone(),
            capacity: team.capacity,
            sprint_start: sprints.first_day(0),
            sprint_end: sprints.last_day(0),
            sprint_days: sprints.days,
            sprints: effort.map_or(1, |effort| effort.likely.0.div_ceil(team.capacity.0.max(1)).max(1)),
            fits: effort.map(|effort| fits(effort, team.capacity)),
            effort,
        }
    };
    let makes_fixes = |team: &&Team| fixes.iter().any(|fix| fix.team.as_ref() == Some(&team.name));
    input.options.teams.iter().filter(makes_fixes).map(fit).collect()
}

/// The probability that an effort is within a capacity. The estimates of several fixes are taken to err together.
fn fits(effort: Effort, capacity: EngineerDays) -> f64 {
    let days = |days: EngineerDays| f64::from(days.0);
    Triangular { low: days(effort.low), mode: days(effort.likely), high: days(effort.high) }
        .at_most(days(capacity))
}

/// The share of incidents that the fixes prevent. Where tickets say, each covered incident counts with the largest
/// share of the tickets that hold it; else the one of the area or of the settings.
fn effect(
    input: &AskInput<'_>,
    fixes: &[Fix],
    covered: &[String],
    prevents: &BTreeMap<String, u32>,
) -> Option<Effect> {
    let recent = input.evidence.recent().len();
    if recent == 0 || covered.is_empty() {
        return None;
    }
    let of_goal = input.goal.and_then(|goal| goal.prevents);
    let general = of_goal.or(input.options.prevents);
    let of_incident = |id: &String| -> Option<u32> {
        let holding = fixes.iter().filter(|fix| fix.recent.contains(id));
        // Of several fixes for one incident the best counts: it cannot be prevented twice.
        holding.map(|fix| prevents.get(&fix.id).copied().or(general)).max().flatten()
    };
    // One incident without a share leaves the effect unknown: none is assumed.
    let shares: Option<Vec<u32>> = covered.iter().map(of_incident).collect();
    let shares = shares?;
    let sum = shares.iter().fold(0.0, |sum, share| sum + f64::from(*share) / 1000.0);
    let prevented = sum / covered.len() as f64;
    let places = covered.len() as f64 / recent as f64;
    Some(Effect {
        prevents: prevented,
        prevents_from: if !prevents.is_empty() {
            PreventsFrom::Fixes
        } else if of_goal.is_some() {
            PreventsFrom::Ask
        } else {
            PreventsFrom::Settings
        },
        places,
        total: prevented * places,
    })
}
