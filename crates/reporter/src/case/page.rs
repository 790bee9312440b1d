//! The page of one area.

use std::collections::BTreeMap;

use debtscan_findings::brief::{
    AreaKnowledge, AreaPage, Ask, AskSource, CaseBasis, CostPerIncident, Displacement, TeamFit,
};
use debtscan_incidents::{MoneyOverflow, Ticket};

use super::ask::{AskInput, ask, fix, tickets};
use super::avoided::avoided;
use super::calendar::{Sprints, last_weekday_before};
use super::common::Case;
use super::draws::draws;
use super::future::{AreaModel, OptionInput, Schedule, options};
use super::pace::pace;
use super::past::past;
use super::payback::payback;
use super::places::PlaceEvidence;
use super::proposals::proposals;
use super::review::review;
use super::schedule::{TeamPlan, displacement};
use crate::knowledge::of_area;

/// The working days of one person in two weeks, in tenths.
const TENTHS_OF_TWO_WEEKS: u32 = 100;

/// The page of an area, by position in `areas.areas`.
pub(super) fn page(case: &Case<'_>, area: usize) -> Result<AreaPage, MoneyOverflow> {
    let analysis = case.analysis;
    let incidents = &case.areas[area];
    let row = case.row(area)?;
    let past = past(analysis, &case.pricing, case.accounts.as_ref(), (area, incidents), &case.functions)?;
    let draws = draws(analysis, &case.pricing, incidents)?;
    let cost_per_incident = draws.as_ref().map(|(_, per_incident)| *per_incident);
    let ask = asked(case, area, cost_per_incident)?;
    let displaced = displaced(case, &ask)?;
    let counts = analysis.forecaster.counts(analysis.area_sums[area].shares.total());
    let model = counts.map(|counts| AreaModel {
        counts,
        currency: draws.as_ref().and(case.pricing.basis.currency()),
        draws: draws.map(|(draws, _)| draws),
        parameters: analysis.parameters,
        as_of: analysis.scan.as_of,
    });
    let effect = ask.effect.map(|effect| effect.total);
    let (now, later) = schedules(case, &ask);
    // A price in another currency cannot be compared with the cost of incidents.
    let price = ask.price.as_ref().filter(|price| {
        model.as_ref().is_none_or(|model| model.currency.is_none_or(|it| it == price.likely.currency))
    });
    let nothing = model.as_ref().map(|model| model.nothing(past.last.shares, price));
    let options = match (&model, &nothing) {
        (Some(model), Some(nothing)) => {
            let customers = past.customers.as_deref();
            let displacement = displaced.as_ref();
            let input = OptionInput { model, effect, price, now, later, displacement, customers };
            options(&input, nothing)
        }
        _ => Vec::new(),
    };
    let payback = model.as_ref().zip(price).and_then(|(model, price)| {
        // Without the price of an incident there is no benefit to set against the price of the fixes.
        let is_priced = case.pricing.basis != CaseBasis::None;
        if is_priced { payback(model, price, effect, now.effective) } else { None }
    });
    let review = model.as_ref().map(|model| {
        let owner = analysis.areas.areas[area].owner.as_ref();
        review(analysis, model.counts, incidents, now.effective, case.agreed(area), owner)
    });
    Ok(AreaPage {
        knowledge: AreaKnowledge {
            inactive_days: case.options.inactive_days,
            row: of_area(analysis, area, case.options.inactive_days),
        },
        avoided: avoided(analysis, area),
        area: row,
        change: case.changes[area].clone(),
        ranked: analysis.area_orders.n_ranked(),
        source_files: analysis.area_sums[area].ranked_files.len(),
        past,
        nothing,
        decide_by: (!ask.teams.is_empty()).then(|| last_weekday_before(now.start)),
        ask,
        options,
        displacement: displaced,
        payback,
        review,
        delivery: case.delivery(area),
    })
}

/// Tickets for the area, else proposals.
pub(super) fn asked(
    case: &Case<'_>,
    area: usize,
    cost_per_incident: Option<CostPerIncident>,
) -> Result<Ask, MoneyOverflow> {
    let analysis = case.analysis;
    let evidence = PlaceEvidence::of(analysis, area, &case.areas[area], &case.functions);
    let input = AskInput {
        options: case.options,
        pricing: &case.pricing,
        evidence: &evidence,
        goal: case.agreed(area),
        pace: pace(analysis, area),
        cost_per_incident,
        files_followed: case.files_followed,
        as_of: analysis.scan.as_of,
    };
    let named = &analysis.areas.areas[area];
    let tickets = case.options.fixes.as_ref().map(|fixes| tickets(fixes, &[&named.id, &named.name]));
    if let Some(tickets) = tickets.filter(|tickets| !tickets.is_empty()) {
        let share = |ticket: &&Ticket| Some((ticket.id.clone(), ticket.prevents?));
        let prevents: BTreeMap<String, u32> = tickets.iter().filter_map(share).collect();
        let fixes = tickets.iter().map(|ticket| fix(&input, ticket)).collect();
        ask(&input, AskSource::Tickets, fixes, &prevents)
    } else {
        let fixes = proposals(analysis, area, &input, &case.functions);
        ask(&input, AskSource::Proposals, fixes, &BTreeMap::new())
    }
}

/// What the fixes displace; `None` without a plan, a team or an effort.
fn displaced(case: &Case<'_>, ask: &Ask) -> Result<Option<Displacement>, MoneyOverflow> {
    let Some(plan) = &case.options.plan else { return Ok(None) };
    let first = case.options.teams.first().map(|team| team.name.as_str());
    let mut plans = Vec::new();
    for fit in &ask.teams {
        let Some(effort) = fit.effort else { continue };
        let Some(team) = case.options.teams.iter().find(|team| team.name == fit.name) else { continue };
        let is_of = |name: Option<&String>| match name {
            Some(name) => name.trim().eq_ignore_ascii_case(&team.name),
            None => first == Some(team.name.as_str()),
        };
        plans.push(TeamPlan {
            team: &team.name,
            capacity: team.capacity,
            sprints: Sprints::of(Some(team), case.analysis.scan.as_of),
            fixes: effort.likely,
            items: plan.items.iter().filter(|item| is_of(item.team.as_ref())).collect(),
        });
    }
    displacement(&plans)
}

/// When work begins and when it takes effect: in the next sprint, and a quarter later. Of several teams, the one that
/// is done last counts.
fn schedules(case: &Case<'_>, ask: &Ask) -> (Schedule, Schedule) {
    let as_of = case.analysis.scan.as_of;
    let schedule = |sprints: Sprints, takes: u32, from: u32| Schedule {
        start: sprints.first_day(from),
        effective: sprints.first_day(from.saturating_add(takes)),
    };
    let team = |name: &str| case.options.teams.iter().find(|team| team.name == name);
    let of_fit = |fit: &TeamFit| {
        let sprints = Sprints::of(team(&fit.name), as_of);
        (schedule(sprints, fit.sprints, 0), schedule(sprints, fit.sprints, sprints.before_later))
    };
    // The fixes are in force only when the last team is done.
    let last = ask.teams.iter().map(of_fit).max_by_key(|(now, _)| now.effective);
    last.unwrap_or_else(|| {
        let sprints = Sprints::of(case.options.teams.first(), as_of);
        // Without a team, one person is taken to do it: ten working days in two weeks.
        let takes = ask.effort.map_or(1, |effort| effort.likely.0.div_ceil(TENTHS_OF_TWO_WEEKS).max(1));
        let takes = if case.options.teams.is_empty() { takes } else { 1 };
        (schedule(sprints, takes, 0), schedule(sprints, takes, sprints.before_later))
    })
}
