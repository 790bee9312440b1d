//! What a plan is made of: fixes as jobs, sprints as slots, in whole numbers.

use debtscan_model::Timestamp;

/// Thousandths of one.
pub(super) const WHOLE: u32 = 1000;

/// A fix to plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FixJob {
    /// Tenths of engineer-days; at least 1.
    pub(super) effort: u32,
    /// Position of its team.
    pub(super) team: usize,
    /// Positions of jobs that must be done before: acyclic.
    pub(super) needs: Vec<usize>,
    /// Incidents that it prevents, by position in the weights, and the share in thousandths.
    pub(super) covers: Vec<(usize, u32)>,
}

/// A sprint of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) team: usize,
    /// Counted from 0.
    pub(super) sprint: u32,
    pub(super) first_day: Timestamp,
    pub(super) last_day: Timestamp,
    /// Days after it in which prevented incidents count.
    pub(super) days_left: u32,
}

/// Which jobs to make when.
///
/// Each team works on one job after the other with its share of capacity; a job is done in the sprint in which its
/// last tenth of a day is. An incident that several finished jobs prevent counts once, with the largest share.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) jobs: Vec<FixJob>,
    /// What each incident is worth in a year.
    pub(super) weights: Vec<u64>,
    /// Tenths of engineer-days for jobs in a sprint, by team.
    pub(super) capacity: Vec<u32>,
    /// By last day, then by team: [`Problem::sort`].
    pub(super) slots: Vec<Slot>,
}

impl Problem {
    /// Puts the slots into their order.
    pub(super) fn sort(&mut self) {
        self.slots.sort_by_key(|slot| (slot.last_day, slot.team, slot.sprint));
    }

    /// The slot of a team's sprint.
    pub(super) fn slot(&self, team: usize, sprint: u64) -> Option<usize> {
        self.slots.iter().position(|slot| slot.team == team && u64::from(slot.sprint) == sprint)
    }

    /// The first sprint of a team that begins after a day.
    pub(super) fn sprint_after(&self, team: usize, day: Timestamp) -> Option<u32> {
        let later = self.slots.iter().filter(|slot| slot.team == team && slot.first_day > day);
        later.map(|slot| slot.sprint).min()
    }

    /// Whether a job needs one of another team, so that work on it may have to wait.
    pub(super) fn may_wait(&self, job: usize) -> bool {
        let team = self.jobs[job].team;
        self.jobs[job].needs.iter().any(|needed| self.jobs[*needed].team != team)
    }

    /// What jobs are worth that are done in these slots.
    pub(super) fn value(&self, done_in: &[Option<usize>]) -> u128 {
        let mut jobs: Vec<(usize, usize)> =
            done_in.iter().enumerate().filter_map(|(job, slot)| Some(((*slot)?, job))).collect();
        jobs.sort_unstable();
        let mut covered = vec![0_u32; self.weights.len()];
        let mut value = 0;
        for (slot, job) in jobs {
            value += self.gain(job, &covered) * u128::from(self.slots[slot].days_left);
            self.cover(job, &mut covered);
        }
        value
    }

    /// What a job prevents in a year beyond what is covered.
    pub(super) fn gain(&self, job: usize, covered: &[u32]) -> u128 {
        let covers = self.jobs[job].covers.iter();
        covers
            .map(|(incident, share)| {
                u128::from(self.weights[*incident]) * u128::from(share.saturating_sub(covered[*incident]))
            })
            .sum()
    }

    /// Marks what a job covers.
    pub(super) fn cover(&self, job: usize, covered: &mut [u32]) {
        for (incident, share) in &self.jobs[job].covers {
            covered[*incident] = covered[*incident].max(*share);
        }
    }
}

/// Jobs in the order of work, each with the slot in which it is done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sequence {
    pub(super) order: Vec<usize>,
    /// By job.
    pub(super) done_in: Vec<Option<usize>>,
    pub(super) value: u128,
}

/// The queues of the teams while jobs are appended to them.
#[derive(Debug, Clone)]
pub(super) struct Queues<'a> {
    problem: &'a Problem,
    /// Tenths of days of each team's capacity that are used, counted from its first sprint.
    position: Vec<u64>,
    pub(super) done_in: Vec<Option<usize>>,
    pub(super) order: Vec<usize>,
}

impl<'a> Queues<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        Self {
            position: vec![0; problem.capacity.len()],
            done_in: vec![None; problem.jobs.len()],
            order: Vec::new(),
            problem,
        }
    }

    /// Tenths of days of a team's capacity that are used.
    pub(super) fn position(&self, team: usize) -> u64 {
        self.position[team]
    }

    /// Where a job would end: the position in its team's capacity and the slot. `None` when it does not fit, or when
    /// something that it needs is not in a queue.
    pub(super) fn end(&self, job: usize) -> Option<(u64, usize)> {
        let problem = self.problem;
        let FixJob { effort, team, needs, .. } = &problem.jobs[job];
        let capacity = u64::from(problem.capacity[*team]);
        let mut start = self.position[*team];
        for needed in needs {
            let slot = problem.slots[self.done_in[*needed]?];
            if slot.team != *team {
                // Work on it begins in a sprint after the one in which another team is done.
                start = start.max(u64::from(problem.sprint_after(*team, slot.last_day)?) * capacity);
            }
        }
        let end = start + u64::from(*effort);
        let sprint = end.checked_add(capacity)?.checked_sub(1)?.checked_div(capacity)?.checked_sub(1)?;
        Some((end, problem.slot(*team, sprint)?))
    }

    /// Appends a job; gives what [`Self::remove`] needs.
    pub(super) fn append(&mut self, job: usize, (end, slot): (u64, usize)) -> u64 {
        let before = std::mem::replace(&mut self.position[self.problem.jobs[job].team], end);
        self.done_in[job] = Some(slot);
        self.order.push(job);
        before
    }

    /// Takes back the last job.
    pub(super) fn remove(&mut self, before: u64) {
        let job = self.order.pop().expect("a job was appended");
        self.done_in[job] = None;
        self.position[self.problem.jobs[job].team] = before;
    }

    /// Appends a job with everything that it needs, or nothing.
    pub(super) fn append_all(&mut self, job: usize) -> bool {
        let mut wanted = Vec::new();
        needed(self.problem, job, &mut wanted);
        wanted.retain(|job| self.done_in[*job].is_none());
        let mut undo = Vec::new();
        for job in wanted {
            let Some(end) = self.end(job) else {
                undo.into_iter().rev().for_each(|before| self.remove(before));
                return false;
            };
            undo.push(self.append(job, end));
        }
        true
    }

    pub(super) fn finish(self) -> Sequence {
        Sequence { value: self.problem.value(&self.done_in), order: self.order, done_in: self.done_in }
    }
}

/// A job and all that it needs, each after what it needs itself.
pub(super) fn needed(problem: &Problem, job: usize, found: &mut Vec<usize>) {
    if found.contains(&job) {
        return;
    }
    for needed_job in &problem.jobs[job].needs {
        needed(problem, *needed_job, found);
    }
    found.push(job);
}
