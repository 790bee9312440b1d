//! A plan of fixes over all areas: the best use of a share of the teams' capacity, sprint by sprint.
//!
//! What a fix prevents is the brief's: the recent incidents of its area that were fixed in its places, of the incidents
//! that the ranking's model expects, at their price. It counts from the end of the sprint in which the fix is done to
//! 365 days after `as_of`. Formulas: `docs/metrics.md`.

mod candidates;
mod futures;
mod moves;
mod problem;
mod slips;
mod solve;

use debtscan_findings::brief::{AskSource, PlannedItem};
use debtscan_findings::plan::{
    Choice, FixPlan, LeftOut, LeftOutFix, PlanSprint, PlanTeam, PlanUnit, PlannedFix, Proof, ShareStep,
};
use debtscan_incidents::{EarlierPlan, EngineerDays, MoneyOverflow};
use debtscan_model::{FileIdx, Lines, SECONDS_PER_DAY, Timestamp};

use self::candidates::FixCandidates;
use self::problem::{FixJob, Problem, Queues, Sequence, Slot, WHOLE};
use self::slips::TeamWork;
use self::solve::{Solution, in_order, solve};
use super::area::{self, AreaIncidents};
use super::calendar::Sprints;
use super::common::Case;
use super::options::CaseOptions;
use super::scope::{CaseError, Follow, files_of, reject, ticket_files, wanted};
use super::{ask, prices};
use crate::analysis::Analysis;
use crate::listing::list_head;

/// Areas whose fixes are proposed; those that cost most.
const MOST_AREAS: usize = 8;
/// Steps of the search for the best plan.
const STEPS: u64 = 4_000_000;
/// Steps of the search for other shares of capacity and other futures.
const QUICK_STEPS: u64 = 200_000;
/// A plan is preferred to one that is worth more, if it has this share of its value, in thousandths. A plain default.
const NEARLY: u128 = 970;
/// Shares of capacity that are compared: thousandths.
const SHARES: [u32; 8] = [50, 100, 150, 200, 250, 300, 350, 400];
/// The step of "a little more capacity".
const SHARE_STEP: u32 = 50;

/// What a plan is made with, besides what a business case is made with.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanOptions {
    /// The part of each team's capacity for fixes, in thousandths: 1 to 1000.
    pub capacity: u32,
    /// Sprints of each team; at least 1.
    pub sprints: u32,
    /// The plan that this one follows.
    pub earlier: Option<EarlierPlan>,
}

/// The areas whose fixes are compared, by position in `areas.areas`, and how many others have recent incidents.
fn scope(
    analysis: &Analysis<'_>,
    incidents: &[AreaIncidents],
    options: &CaseOptions,
) -> Result<(Vec<usize>, usize), CaseError> {
    if !options.areas.is_empty() {
        return Ok((wanted(analysis, &options.areas)?, 0));
    }
    let order = analysis.area_orders.by_share.iter().copied();
    let is_planned = |area: &usize| match &options.fixes {
        Some(fixes) => {
            let named = &analysis.areas.areas[*area];
            !ask::tickets(fixes, &[&named.id, &named.name]).is_empty()
        }
        None => incidents[*area].recent().next().is_some(),
    };
    let mut areas: Vec<usize> = order.filter(is_planned).collect();
    let most = if options.fixes.is_some() { areas.len() } else { MOST_AREAS };
    let more = areas.len().saturating_sub(most);
    areas.truncate(most);
    Ok((areas, more))
}

/// The files whose functions a plan needs.
///
/// # Errors
/// When an area is unknown, or costs leave the 64-bit range.
pub fn files_for_plan(analysis: &Analysis<'_>, options: &CaseOptions) -> Result<Vec<FileIdx>, CaseError> {
    let pricing = prices::pricing(analysis, options);
    let incidents = area::by_area(analysis, &pricing)?;
    let (areas, _) = scope(analysis, &incidents, options)?;
    let mut files: Vec<FileIdx> = if let Some(fixes) = &options.fixes {
        ticket_files(analysis, &fixes.list)
    } else {
        let of_area = |area: &usize| files_of(analysis, *area, &incidents[*area], Follow::PLAN);
        areas.iter().flat_map(of_area).collect()
    };
    files.sort_unstable();
    files.dedup();
    Ok(files)
}

/// Plans the fixes. `lines` are those of [`files_for_plan`].
///
/// # Errors
/// When an area is unknown, or costs leave the 64-bit range.
pub fn plan(
    analysis: &Analysis<'_>,
    lines: &Lines,
    options: &CaseOptions,
    plan: &PlanOptions,
) -> Result<FixPlan, CaseError> {
    let case = Case::of(analysis, lines, options)?;
    let (areas, more_areas) = scope(analysis, &case.areas, options)?;
    let candidates = FixCandidates::of(&case, &areas)?;
    let planning = Planning::new(&case, &candidates, plan);
    let solution = planning.solve(&planning.problem, STEPS);
    let (choice, chosen) = planning.choose(&solution);
    let mut found = planning.findings(&solution, choice, &chosen);
    found.more_areas = more_areas;
    found.displaced = displaced(&case, &found.teams)?;
    found.last = plan.earlier.as_ref().map(|earlier| moves::moves(&found, earlier));
    reject(&mut found.head.quality, options, analysis);
    if let Some(remark) = case.unknown() {
        found.head.quality.add(remark);
    }
    Ok(found)
}

/// The planned items with and without the fixes; `None` without a plan of the teams.
fn displaced(case: &Case<'_>, teams: &[PlanTeam]) -> Result<Option<Vec<PlannedItem>>, MoneyOverflow> {
    let Some(plan) = &case.options.plan else { return Ok(None) };
    let mut rows = Vec::new();
    for (position, team) in teams.iter().enumerate() {
        let is_of = |name: Option<&String>| match name {
            Some(name) => name.trim().eq_ignore_ascii_case(&team.name),
            None => position == 0,
        };
        let work = TeamWork {
            team,
            sprints: Sprints::of(case.options.teams.get(position), case.analysis.scan.as_of),
            items: plan.items.iter().filter(|item| is_of(item.team.as_ref())).collect(),
        };
        rows.extend(work.rows()?);
    }
    Ok(Some(rows))
}

/// The fixes as a problem in whole numbers.
struct Planning<'a> {
    case: &'a Case<'a>,
    candidates: &'a FixCandidates,
    options: &'a PlanOptions,
    problem: Problem,
    /// By incident of the problem: the position of its area's value.
    incident_values: Vec<usize>,
    /// Positions of the fixes of the earlier plan, in its order.
    earlier: Vec<usize>,
    /// How many units of the problem a unit of value in a year is.
    scale: f64,
    until: Timestamp,
}

impl<'a> Planning<'a> {
    fn new(case: &'a Case<'a>, candidates: &'a FixCandidates, options: &'a PlanOptions) -> Self {
        let analysis = case.analysis;
        let incidents = candidates.incidents();
        let incident_values: Vec<usize> = incidents.keys().map(|(value, _)| *value).collect();
        let scale = match candidates.unit {
            PlanUnit::Money(_) => 1e3,
            PlanUnit::Incidents => 1e9,
        };
        let weights =
            incident_values.iter().map(|value| weight(candidates.values[*value].per_incident() * scale));
        let job = |(position, it): (usize, &candidates::FixCandidate)| FixJob {
            effort: it.fix.effort.map_or(1, |effort| effort.likely.0.max(1)),
            team: it.team,
            needs: candidates.needs_of(position),
            covers: it.covers.iter().map(|id| (incidents[&(it.value, id.clone())], it.prevents)).collect(),
        };
        let as_of = analysis.scan.as_of;
        let until = as_of.plus_days(analysis.parameters.horizon_days);
        let teams = &case.options.teams;
        let slots = teams.iter().enumerate().flat_map(|(team, named)| {
            let sprints = Sprints::of(Some(named), as_of);
            (0..options.sprints).map(move |sprint| {
                let last_day = sprints.last_day(sprint);
                let days = ((until.0 - last_day.0) / SECONDS_PER_DAY).max(0);
                Slot {
                    team,
                    sprint,
                    first_day: sprints.first_day(sprint),
                    last_day,
                    days_left: u32::try_from(days).unwrap_or(u32::MAX),
                }
            })
        });
        let mut problem = Problem {
            jobs: candidates.list.iter().enumerate().map(job).collect(),
            weights: weights.collect(),
            capacity: teams.iter().map(|team| part_of(team.capacity, options.capacity).0).collect(),
            slots: slots.collect(),
        };
        problem.sort();
        let earlier = options.earlier.iter().flat_map(|plan| &plan.fixes);
        let find = |id: &str| candidates.list.iter().position(|it| it.fix.id.eq_ignore_ascii_case(id));
        let earlier = earlier.filter_map(|fix| find(&fix.id)).collect();
        Self { case, candidates, options, problem, incident_values, earlier, scale, until }
    }

    fn solve(&self, problem: &Problem, steps: u64) -> Solution {
        solve(problem, &[&self.earlier], steps)
    }

    /// The plan to show: that of before or the plain one, unless a better one is worth more than 3% more.
    fn choose(&self, solution: &Solution) -> (Choice, Sequence) {
        let is_near = |value: u128| value * 1000 >= solution.best.value * NEARLY;
        if !self.earlier.is_empty() {
            let before = in_order(&self.problem, &self.earlier);
            if is_near(before.value) && before.order != solution.plain.order {
                return (Choice::AsBefore, before);
            }
        }
        if is_near(solution.plain.value) {
            (Choice::PlainOrder, solution.plain.clone())
        } else {
            (Choice::Best, solution.best.clone())
        }
    }

    /// A value of the problem over its days, in the unit of the plan.
    #[expect(clippy::cast_precision_loss, reason = "shown with six digits at most")]
    fn amount(&self, value: u128) -> f64 {
        let days = self.case.analysis.parameters.horizon_days as f64;
        value as f64 / (self.scale * f64::from(WHOLE) * days)
    }

    fn findings(&self, solution: &Solution, choice: Choice, chosen: &Sequence) -> FixPlan {
        let case = self.case;
        let mut fixes = self.fixes(chosen);
        let quiet_futures = self.count_futures(chosen, &mut fixes);
        let planned = |position: usize| chosen.done_in[position].is_some();
        let mut covered = vec![0; self.problem.weights.len()];
        chosen.order.iter().for_each(|job| self.problem.cover(*job, &mut covered));
        let mut left_out = self.candidates.left_out.clone();
        for (position, it) in
            self.candidates.list.iter().enumerate().filter(|(position, _)| !planned(*position))
        {
            let missing = it.needs.iter().filter(|id| {
                self.candidates.needs_of(position).iter().any(|needed| {
                    !planned(*needed) && self.candidates.list[*needed].fix.id.eq_ignore_ascii_case(id)
                })
            });
            let missing: Vec<String> = missing.cloned().collect();
            left_out.push(LeftOutFix {
                id: it.fix.id.clone(),
                title: it.fix.title.clone(),
                area: Some(self.candidates.values[it.value].name.clone()),
                effort: it.fix.effort.map(|effort| effort.likely),
                fix: Some(it.fix.clone()),
                why: if !missing.is_empty() {
                    LeftOut::Needs(missing)
                } else if self.problem.gain(position, &covered) == 0 {
                    LeftOut::NothingMore
                } else {
                    LeftOut::NoRoom
                },
            });
        }
        left_out.sort_by(|a, b| a.id.cmp(&b.id));
        FixPlan {
            head: list_head(case.analysis),
            pricing: case.pricing.clone(),
            source: if case.options.fixes.is_some() { AskSource::Tickets } else { AskSource::Proposals },
            areas: self.candidates.values.iter().map(|value| value.name.clone()).collect(),
            more_areas: 0,
            capacity: self.options.capacity,
            unit: self.candidates.unit,
            assumes_all: self.candidates.assumes_all,
            until: self.until,
            teams: self.teams(chosen),
            fixes,
            left_out,
            choice,
            proof: Proof {
                value: self.amount(chosen.value),
                plain: self.amount(solution.plain.value),
                best: self.amount(solution.best.value),
                bound: self.amount(solution.bound),
                is_proved: solution.is_proved,
                steps: solution.steps,
            },
            quiet_futures,
            shares: self.shares(solution),
            displaced: None,
            last: None,
        }
    }

    /// By job: the first tenth of a day of work on it, counted from its team's first sprint.
    fn starts(&self, chosen: &Sequence) -> Vec<u64> {
        let mut queues = Queues::new(&self.problem);
        let mut starts = vec![0; self.problem.jobs.len()];
        for job in &chosen.order {
            let end = queues.end(*job).expect("the plan was made in this order");
            starts[*job] = end.0 - u64::from(self.problem.jobs[*job].effort);
            queues.append(*job, end);
        }
        starts
    }

    fn fixes(&self, chosen: &Sequence) -> Vec<PlannedFix> {
        let starts = self.starts(chosen);
        let mut jobs: Vec<(usize, u64, usize)> =
            chosen.order.iter().filter_map(|job| Some((chosen.done_in[*job]?, starts[*job], *job))).collect();
        jobs.sort_unstable();
        let mut covered = vec![0; self.problem.weights.len()];
        let days = self.case.analysis.parameters.horizon_days;
        let fix = |(slot, start, job): (usize, u64, usize)| {
            let gain = self.problem.gain(job, &covered);
            self.problem.cover(job, &mut covered);
            let it = &self.candidates.list[job];
            let slot = self.problem.slots[slot];
            let per_year = self.amount(gain * u128::try_from(days).unwrap_or(0));
            let value = &self.candidates.values[it.value];
            let capacity = u64::from(self.problem.capacity[slot.team].max(1));
            PlannedFix {
                area_id: value.id.clone(),
                area: value.name.clone(),
                team: slot.team,
                begins: u32::try_from(start / capacity).unwrap_or(u32::MAX),
                ends: slot.sprint,
                done: slot.last_day,
                needs: it.needs.clone(),
                per_year,
                counted: self.amount(gain * u128::from(slot.days_left)),
                pays_back: self.pays_back(it, slot.last_day, per_year),
                first_in: 0,
                planned_in: 0,
                fix: it.fix.clone(),
            }
        };
        jobs.into_iter().map(fix).collect()
    }

    /// The day on which a fix has prevented as much as it costs, on average.
    #[expect(clippy::cast_possible_truncation, reason = "a number of days below the limit")]
    fn pays_back(&self, it: &candidates::FixCandidate, done: Timestamp, per_year: f64) -> Option<Timestamp> {
        /// Beyond this nobody plans.
        const MOST_YEARS: f64 = 100.0;
        let price = it.fix.price.as_ref()?;
        let is_unit = self.candidates.unit == PlanUnit::Money(price.likely.currency);
        let years = price.mean() / per_year;
        let is_known = is_unit && per_year > 0.0 && years <= MOST_YEARS;
        is_known.then(|| {
            done.plus_days((years * self.case.analysis.parameters.horizon_days as f64).ceil() as i64)
        })
    }

    /// The teams with the work of each sprint.
    fn teams(&self, chosen: &Sequence) -> Vec<PlanTeam> {
        let starts = self.starts(chosen);
        let team = |(position, team): (usize, &super::options::Team)| {
            let for_fixes = self.problem.capacity[position];
            let sprint = |slot: &Slot| {
                let from = u64::from(slot.sprint) * u64::from(for_fixes);
                let to = from + u64::from(for_fixes);
                let jobs = chosen.order.iter().filter(|job| self.problem.jobs[**job].team == position);
                let work: u64 = jobs
                    .map(|job| {
                        let (start, effort) = (starts[*job], u64::from(self.problem.jobs[*job].effort));
                        (start + effort).min(to).saturating_sub(start.max(from))
                    })
                    .sum();
                PlanSprint {
                    start: slot.first_day,
                    end: slot.last_day,
                    work: EngineerDays(u32::try_from(work).unwrap_or(u32::MAX)),
                }
            };
            PlanTeam {
                name: team.name.clone(),
                capacity: team.capacity,
                for_fixes: EngineerDays(for_fixes),
                sprints: self.problem.slots.iter().filter(|slot| slot.team == position).map(sprint).collect(),
            }
        };
        self.case.options.teams.iter().enumerate().map(team).collect()
    }

    /// Counts in how many futures each fix is made, and is made first by its team; gives the number of futures in which
    /// none is made.
    fn count_futures(&self, chosen: &Sequence, fixes: &mut [PlannedFix]) -> u32 {
        let mut quiet = 0;
        let parameters = &self.case.analysis.parameters;
        for problem in futures::futures(&self.problem, self.candidates, &self.incident_values, parameters) {
            let solution = solve(&problem, &[&chosen.order], QUICK_STEPS);
            let is_near = solution.plain.value * 1000 >= solution.best.value * NEARLY;
            let sequence = if is_near { &solution.plain } else { &solution.best };
            quiet += u32::from(sequence.order.is_empty());
            for planned in fixes.iter_mut() {
                let job = self.candidates.list.iter().position(|it| it.fix.id == planned.fix.id);
                let first = sequence.order.iter().find(|job| problem.jobs[**job].team == planned.team);
                planned.first_in += u32::from(first.copied() == job && job.is_some());
                planned.planned_in += u32::from(job.is_some_and(|job| sequence.done_in[job].is_some()));
            }
        }
        quiet
    }

    /// The best plans of other shares of capacity, ascending.
    fn shares(&self, solution: &Solution) -> Vec<ShareStep> {
        let own = self.options.capacity;
        let mut shares = SHARES.to_vec();
        shares.extend([own.saturating_sub(SHARE_STEP), own, own + SHARE_STEP]);
        shares.retain(|share| (1..=WHOLE).contains(share));
        shares.sort_unstable();
        shares.dedup();
        let mut before: Vec<usize> = Vec::new();
        let mut steps = Vec::new();
        for share in shares {
            let mut problem = self.problem.clone();
            for (capacity, team) in problem.capacity.iter_mut().zip(&self.case.options.teams) {
                *capacity = part_of(team.capacity, share).0;
            }
            let found = solve(&problem, &[&before, &solution.best.order], QUICK_STEPS).best;
            let effort = found.order.iter().map(|job| problem.jobs[*job].effort).sum();
            steps.push(ShareStep {
                capacity: share,
                value: self.amount(found.value),
                fixes: found.order.len(),
                effort: EngineerDays(effort),
            });
            before = found.order;
        }
        steps
    }
}

/// A part of a capacity, in thousandths; rounded down to a tenth of a day.
fn part_of(capacity: EngineerDays, part: u32) -> EngineerDays {
    let tenths = u64::from(capacity.0) * u64::from(part) / u64::from(WHOLE);
    EngineerDays(u32::try_from(tenths).unwrap_or(u32::MAX))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 1e15")]
fn weight(value: f64) -> u64 {
    value.round().clamp(0.0, 1e15) as u64
}
