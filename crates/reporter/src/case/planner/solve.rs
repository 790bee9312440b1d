//! The best plan: the plain order by cost of delay, and a branch and bound that proves how far from the best it is.
//!
//! Sprints are filled one after the other, in the order of their ends, so that what a job adds to those before it is
//! known when it is placed. The bound of what is left lets jobs be cut at will: then the order by gain per day of work
//! is the best there is (Smith 1956). All figures are whole numbers, so that the result is the same everywhere.

use std::cmp::Ordering;

use super::problem::{Problem, Queues, Sequence, needed};

/// The best plan found, and what is known of better ones.
#[derive(Debug, Clone)]
pub(super) struct Solution {
    /// By gain per day of work, the next best first.
    pub(super) plain: Sequence,
    pub(super) best: Sequence,
    /// No plan is worth more.
    pub(super) bound: u128,
    pub(super) is_proved: bool,
    pub(super) steps: u64,
}

/// Finds the best plan within a number of steps; `known` are orders that may be good, such as earlier plans.
pub(super) fn solve(problem: &Problem, known: &[&[usize]], most_steps: u64) -> Solution {
    let plain = plain_order(problem);
    let mut best = plain.clone();
    for order in known {
        let sequence = in_order(problem, order);
        if sequence.value > best.value {
            best = sequence;
        }
    }
    let mut search = Search {
        problem,
        canonical: canonical(problem, &plain),
        waits: waiting_teams(problem),
        queues: Queues::new(problem),
        covered: vec![0; problem.weights.len()],
        value: 0,
        best,
        steps: 0,
        most_steps,
    };
    let bound = search.bound(0);
    search.fill(0, 0);
    let is_proved = search.steps <= search.most_steps;
    let best = search.best;
    Solution {
        plain,
        bound: if is_proved { best.value } else { bound.max(best.value) },
        best,
        is_proved,
        steps: search.steps.min(most_steps),
    }
}

/// The jobs by gain per day of work: after each choice, the gains of the others are those beyond what it prevents.
/// What a job needs goes before it. A job that does not fit is skipped.
pub(super) fn plain_order(problem: &Problem) -> Sequence {
    continued(problem, Queues::new(problem))
}

/// The jobs in a given order, then by gain per day of work. A job that does not fit is skipped.
pub(super) fn in_order(problem: &Problem, order: &[usize]) -> Sequence {
    let mut queues = Queues::new(problem);
    for job in order.iter().filter(|job| **job < problem.jobs.len()) {
        if queues.done_in[*job].is_none() {
            queues.append_all(*job);
        }
    }
    continued(problem, queues)
}

fn continued(problem: &Problem, mut queues: Queues<'_>) -> Sequence {
    let mut covered = vec![0; problem.weights.len()];
    for job in &queues.order {
        problem.cover(*job, &mut covered);
    }
    let mut open: Vec<usize> = (0..problem.jobs.len()).filter(|job| queues.done_in[*job].is_none()).collect();
    loop {
        open.retain(|job| queues.done_in[*job].is_none());
        let next = open.iter().copied().filter(|job| problem.gain(*job, &covered) > 0).min_by(|a, b| {
            by_gain_per_day(problem, (*a, problem.gain(*a, &covered)), (*b, problem.gain(*b, &covered)))
        });
        let Some(next) = next else { return queues.finish() };
        let before = queues.order.len();
        if queues.append_all(next) {
            for job in &queues.order[before..] {
                problem.cover(*job, &mut covered);
            }
        } else {
            open.retain(|job| *job != next);
        }
    }
}

/// More gain per tenth of a day first; of equal ones, the one that comes first in the list.
fn by_gain_per_day(problem: &Problem, (a, gain_a): (usize, u128), (b, gain_b): (usize, u128)) -> Ordering {
    let effort = |job: usize| u128::from(problem.jobs[job].effort);
    (gain_b * effort(a)).cmp(&(gain_a * effort(b))).then(a.cmp(&b))
}

/// The order in which the jobs of one sprint are tried: each after what it needs.
fn canonical(problem: &Problem, plain: &Sequence) -> Vec<usize> {
    let nothing = vec![0; problem.weights.len()];
    let mut rest: Vec<usize> = (0..problem.jobs.len()).collect();
    rest.sort_by(|a, b| {
        by_gain_per_day(problem, (*a, problem.gain(*a, &nothing)), (*b, problem.gain(*b, &nothing)))
    });
    let mut order = Vec::new();
    for job in plain.order.iter().chain(&rest) {
        needed(problem, *job, &mut order);
    }
    order
}

/// By team: whether a job of it may have to wait for another team. Then the order within a sprint matters.
fn waiting_teams(problem: &Problem) -> Vec<bool> {
    let mut waits = vec![false; problem.capacity.len()];
    for job in 0..problem.jobs.len() {
        waits[problem.jobs[job].team] |= problem.may_wait(job);
    }
    waits
}

struct Search<'a> {
    problem: &'a Problem,
    canonical: Vec<usize>,
    waits: Vec<bool>,
    queues: Queues<'a>,
    covered: Vec<u32>,
    value: u128,
    best: Sequence,
    steps: u64,
    most_steps: u64,
}

impl Search<'_> {
    /// Tries all ways to go on from a slot, with jobs from this position of the canonical order on.
    fn fill(&mut self, slot: usize, from: usize) {
        if self.value > self.best.value {
            self.best = Sequence {
                order: self.queues.order.clone(),
                done_in: self.queues.done_in.clone(),
                value: self.value,
            };
        }
        if slot == self.problem.slots.len() || self.bound(slot) <= self.best.value {
            return;
        }
        let team = self.problem.slots[slot].team;
        let first = if self.waits[team] { 0 } else { from };
        for at in first..self.canonical.len() {
            let job = self.canonical[at];
            if self.problem.jobs[job].team != team || self.queues.done_in[job].is_some() {
                continue;
            }
            let Some(end) = self.queues.end(job).filter(|(_, done)| *done == slot) else { continue };
            let gain = self.problem.gain(job, &self.covered) * u128::from(self.problem.slots[slot].days_left);
            let covered: Vec<u32> =
                self.problem.jobs[job].covers.iter().map(|(incident, _)| self.covered[*incident]).collect();
            let before = self.queues.append(job, end);
            self.problem.cover(job, &mut self.covered);
            self.value += gain;
            self.fill(slot, at + 1);
            self.value -= gain;
            self.queues.remove(before);
            for ((incident, _), share) in self.problem.jobs[job].covers.iter().zip(covered) {
                self.covered[*incident] = share;
            }
            if self.steps > self.most_steps {
                return;
            }
        }
        self.fill(slot + 1, 0);
    }

    /// No way to go on from a slot is worth more: the value so far, and all that is left by gain per day of work,
    /// each piece of a job counted as if it prevented its part of the gain.
    fn bound(&mut self, slot: usize) -> u128 {
        let problem = self.problem;
        let open = (0..problem.jobs.len()).filter(|job| self.queues.done_in[*job].is_none());
        let mut open: Vec<(usize, u128)> =
            open.map(|job| (job, problem.gain(job, &self.covered))).filter(|(_, gain)| *gain > 0).collect();
        self.steps += 1 + open.len() as u64;
        open.sort_by(|a, b| by_gain_per_day(problem, *a, *b));
        let mut bound = self.value;
        for team in 0..problem.capacity.len() {
            let mut jobs =
                open.iter().filter(|(job, _)| problem.jobs[*job].team == team).map(|(job, gain)| {
                    let effort = u64::from(problem.jobs[*job].effort);
                    (effort, effort, *gain)
                });
            let mut current = jobs.next();
            let capacity = u64::from(problem.capacity[team]);
            let mut used = self.queues.position(team);
            for slot in problem.slots[slot..].iter().filter(|slot| slot.team == team) {
                let border = (u64::from(slot.sprint) + 1) * capacity;
                let days = u128::from(slot.days_left);
                while let Some((left, effort, gain)) = current {
                    let piece = left.min(border.saturating_sub(used));
                    if piece == 0 {
                        break;
                    }
                    bound += (gain * u128::from(piece) * days).div_ceil(u128::from(effort));
                    used += piece;
                    current = if piece == left { jobs.next() } else { Some((left - piece, effort, gain)) };
                }
            }
        }
        bound
    }
}

#[cfg(test)]
mod tests {
    use debtscan_model::Timestamp;
    use proptest::prelude::*;

    use super::super::problem::{FixJob, Problem, Queues, Slot, WHOLE};
    use super::{in_order, plain_order, solve};

    /// Steps that are enough for every problem here.
    const ENOUGH: u64 = 50_000_000;

    /// Sprints of a team: 14 days from a day on, the last of which leaves `days` days.
    fn sprints(team: usize, count: u32, start: i64, length: i64) -> Vec<Slot> {
        let slot = |sprint: u32| {
            let first = start + i64::from(sprint) * length;
            Slot {
                team,
                sprint,
                first_day: Timestamp(first * 86_400),
                last_day: Timestamp((first + length - 3) * 86_400),
                days_left: u32::try_from((365 - first - length).max(0)).expect("small"),
            }
        };
        (0..count).map(slot).collect()
    }

    fn problem(jobs: Vec<FixJob>, weights: Vec<u64>, capacity: Vec<u32>, slots: Vec<Slot>) -> Problem {
        let mut problem = Problem { jobs, weights, capacity, slots };
        problem.sort();
        problem
    }

    /// All orders of all subsets.
    fn brute_force(problem: &Problem) -> u128 {
        fn go(problem: &Problem, queues: &mut Queues<'_>, best: &mut u128) {
            *best = (*best).max(problem.value(&queues.done_in));
            for job in 0..problem.jobs.len() {
                if queues.done_in[job].is_some() {
                    continue;
                }
                if let Some(end) = queues.end(job) {
                    let before = queues.append(job, end);
                    go(problem, queues, best);
                    queues.remove(before);
                }
            }
        }
        let mut best = 0;
        go(problem, &mut Queues::new(problem), &mut best);
        best
    }

    fn job(effort: u32, needs: &[usize], covers: &[(usize, u32)]) -> FixJob {
        FixJob { effort, team: 0, needs: needs.to_vec(), covers: covers.to_vec() }
    }

    #[test]
    fn a_knapsack_beats_the_plain_order() {
        // One sprint of 10 days. By gain per day: 6 for 60 (10 a day), then nothing else fits. Two of 5 for 48 each
        // (9.6 a day) are worth 96.
        let jobs =
            vec![job(60, &[], &[(0, WHOLE)]), job(50, &[], &[(1, WHOLE)]), job(50, &[], &[(2, WHOLE)])];
        let problem = problem(jobs, vec![60, 48, 48], vec![100], sprints(0, 1, 0, 14));
        let found = solve(&problem, &[], ENOUGH);
        let (unit, days) = (u128::from(WHOLE), 351);
        assert_eq!((found.plain.value, found.plain.order.as_slice()), (60 * unit * days, &[0][..]));
        assert_eq!((found.best.value, found.is_proved), (96 * unit * days, true));
        assert_eq!(found.bound, found.best.value);
    }

    #[test]
    fn what_a_fix_needs_goes_first_and_a_shared_incident_counts_once() {
        // FixJob 1 needs job 2, which prevents nothing; both fit into two sprints. FixJob 0 prevents half of the same
        // incident, and counts until the rest is done.
        let jobs = vec![job(100, &[], &[(0, 500)]), job(50, &[2], &[(0, WHOLE)]), job(50, &[], &[])];
        let problem = problem(jobs, vec![10], vec![100], sprints(0, 2, 0, 14));
        let found = solve(&problem, &[], ENOUGH);
        // Both in the first sprint: 10 x 351. FixJob 0 adds nothing after them, and before them 5 x 351 + 5 x 337.
        assert_eq!((found.best.value, found.best.order.as_slice()), (10_000 * 351, &[2, 1][..]));
    }

    #[test]
    fn another_team_waits_for_the_end_of_a_sprint() {
        let jobs = vec![
            FixJob { effort: 50, team: 0, needs: vec![], covers: vec![] },
            FixJob { effort: 20, team: 1, needs: vec![0], covers: vec![(0, WHOLE)] },
        ];
        let slots = [sprints(0, 3, 0, 14), sprints(1, 3, 0, 14)].concat();
        let problem = problem(jobs, vec![10], vec![100, 100], slots);
        let found = solve(&problem, &[], ENOUGH).best;
        let done: Vec<_> =
            found.done_in.iter().map(|slot| problem.slots[slot.expect("done")].sprint).collect();
        assert_eq!(done, [0, 1]);
    }

    #[test]
    fn few_steps_leave_a_bound() {
        let jobs: Vec<FixJob> =
            (0..12).zip(31..).map(|(at, effort)| job(effort, &[], &[(at, WHOLE)])).collect();
        let weights = (0..12_u64).map(|at| 50 + at * 7 % 11).collect();
        let problem = problem(jobs, weights, vec![100], sprints(0, 3, 0, 14));
        let few = solve(&problem, &[], 40);
        let all = solve(&problem, &[], ENOUGH);
        assert!(!few.is_proved && few.bound >= all.best.value && few.best.value <= all.best.value);
        assert!(all.is_proved);
        assert_eq!(in_order(&problem, &all.best.order).value, all.best.value);
    }

    /// Effort, team, what it covers, and a job that it needs.
    type Drawn = (u32, usize, Vec<(usize, u32)>, usize);

    fn jobs() -> impl Strategy<Value = Vec<FixJob>> {
        let one =
            (1_u32..90, 0_usize..2, prop::collection::vec((0_usize..5, 1_u32..=WHOLE), 0..3), 0_usize..12);
        let make = |(at, (effort, team, mut covers, need)): (usize, Drawn)| {
            covers.sort_unstable();
            covers.dedup_by_key(|cover| cover.0);
            // Only earlier jobs, so that there is no circle.
            let needs = if need < at { vec![need] } else { Vec::new() };
            FixJob { effort, team, needs, covers }
        };
        prop::collection::vec(one, 1..6)
            .prop_map(move |list| list.into_iter().enumerate().map(make).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn the_proved_plan_is_the_best_of_all(
            jobs in jobs(),
            weights in prop::collection::vec(0_u64..1000, 5),
            capacity in prop::collection::vec(0_u32..100, 2),
            starts in (0_i64..10, 0_i64..10),
            lengths in (7_i64..21, 7_i64..21),
        ) {
            let slots = [sprints(0, 3, starts.0, lengths.0), sprints(1, 3, starts.1, lengths.1)].concat();
            let problem = problem(jobs, weights, capacity, slots);
            let found = solve(&problem, &[], ENOUGH);
            prop_assert!(found.is_proved);
            prop_assert_eq!(found.best.value, brute_force(&problem));
            prop_assert_eq!(problem.value(&found.best.done_in), found.best.value);
            prop_assert!(plain_order(&problem).value <= found.best.value);
            for team in 0..2 {
                // Work that is done by the end of a sprint fits into the sprints until then.
                for sprint in 0..3_u32 {
                    let done = found.best.done_in.iter().enumerate().filter(|(job, slot)| {
                        problem.jobs[*job].team == team
                            && slot.is_some_and(|slot| problem.slots[slot].sprint <= sprint)
                    });
                    let work: u32 = done.map(|(job, _)| problem.jobs[job].effort).sum();
                    prop_assert!(work <= (sprint + 1) * problem.capacity[team]);
                }
            }
            for (job, slot) in found.best.done_in.iter().enumerate().filter_map(|(job, it)| Some((job, (*it)?))) {
                for needed in &problem.jobs[job].needs {
                    let before = found.best.done_in[*needed];
                    prop_assert!(before.is_some_and(|before| before <= slot));
                }
            }
        }
    }
}
