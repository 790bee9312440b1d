//! The JSON plan of fixes.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::amounts::days;
use super::ask::{FixJson, PlanItemJson};
use crate::brief::plan::reason;
use crate::json::output::{SCHEMA_VERSION, document, line};
use crate::json::quality::{TrustJson, trust};
use crate::json::table::DocumentSchema;
use crate::json::values::{Figure, Time, ToolJson};
use crate::number::minor_per_unit;
use debtscan_findings::brief::AskSource;
use debtscan_findings::plan::{
    Choice, FixMove, FixPlan, LeftOut, LeftOutFix, MoveReason, PlanSprint, PlanTeam, PlanUnit, PlannedFix,
    Proof, ShareStep,
};

/// Which fixes to make, sprint by sprint.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan plan")]
struct FixPlanJson {
    #[serde(flatten)]
    head: PlanHeadJson,
    /// The fixes: by the day they are done, then in the order of work.
    fixes: Vec<PlannedFixJson>,
    /// Fixes that are not in the plan.
    left_out: Vec<LeftOutJson>,
}

/// Everything but the fixes.
#[derive(Debug, Serialize, JsonSchema)]
struct PlanHeadJson {
    /// Version of this shape: 1. A reader checks it before anything else.
    schema_version: u32,
    tool: ToolJson,
    /// Name of the project from the configuration; `null` when not set.
    project: Option<String>,
    /// Full id of the scanned commit.
    revision: String,
    /// Its committer time, or the end of the window where that is earlier.
    as_of: Time,
    trust: TrustJson,
    /// `tickets` or `proposals`.
    source: &'static str,
    /// Names of the areas whose fixes were compared.
    areas: Vec<String>,
    /// Other areas with incidents of 24 months, which were not looked at.
    more_areas: usize,
    /// Share of each team's capacity for fixes, `0..=1`.
    capacity: Figure,
    /// What benefits are counted in: an ISO 4217 code, in its units, or `incidents`.
    unit: String,
    /// Whether benefits assume that fixes prevent every incident in their places.
    assumes_all_prevented: bool,
    /// The day until which prevented incidents count.
    until: Time,
    /// The teams, in the order of the configuration.
    teams: Vec<PlanTeamJson>,
    /// `plain-order`: by cost of delay for each day of work; `best`: the best found; `as-before`: that of the earlier
    /// plan.
    order: &'static str,
    proof: ProofJson,
    /// In how many of 20 sampled futures no fix prevents anything.
    quiet_futures: u32,
    /// What other shares of capacity are worth, ascending.
    capacity_steps: Vec<ShareStepJson>,
    /// The planned items of the teams; `null` without a plan of the teams.
    plan: Option<Vec<PlanItemJson>>,
    /// What changed since an earlier plan; `null` without one.
    last: Option<LastPlanJson>,
}

/// A team and its sprints.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PlanTeamJson {
    /// Its name.
    name: String,
    /// Engineer-days in a sprint.
    capacity_days: Figure,
    /// Of these, for fixes.
    fix_days: Figure,
    /// The sprints.
    sprints: Vec<SprintJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SprintJson {
    /// First day.
    start: Time,
    /// Last working day.
    end: Time,
    /// Engineer-days of work on fixes.
    work_days: Figure,
}

/// A fix of the plan.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PlannedFixJson {
    #[serde(flatten)]
    fix: FixJson,
    /// Id of its area.
    area_id: String,
    /// Name of its area.
    area: String,
    /// First day of the sprint in which work on it begins.
    begins: Option<Time>,
    /// Last working day of the sprint in which it is done.
    done: Time,
    /// Ids of fixes that must be done before.
    needs: Vec<String>,
    /// What it prevents in a year beyond what the fixes before it prevent, in `unit`.
    prevents_per_year: Figure,
    /// The same from `done` to `until`.
    prevents_counted: Figure,
    /// The day on which it has prevented as much as it costs, on average; `null` without prices.
    paid_back: Option<Time>,
    /// In how many of 20 sampled futures its team makes it first.
    first_in_futures: u32,
    /// In how many of them it is in the plan.
    planned_in_futures: u32,
}

/// A fix that is not in the plan.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct LeftOutJson {
    /// Its id.
    id: String,
    /// Its title; empty for a proposal.
    title: String,
    /// Name of its area; `null` when unknown.
    area: Option<String>,
    /// Most likely effort in engineer-days; `null` when unknown.
    effort_days: Option<Figure>,
    /// `no-area`, `no-effort`, `no-incident`, `unknown-team`, `needs`, `nothing-more`, `no-room` or `too-many`.
    reason: &'static str,
    /// Ids of fixes that it needs and that are not planned.
    missing: Vec<String>,
}

/// How good the plan is; benefits until `until`, in `unit`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ProofJson {
    /// Of this plan.
    prevents: Figure,
    /// Of the order by cost of delay for each day of work.
    plain_order: Figure,
    /// Of the best plan found.
    best: Figure,
    /// No plan prevents more.
    at_most: Figure,
    /// Whether the best plan found is proved to be the best possible.
    proved: bool,
    /// Steps of the search.
    steps: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ShareStepJson {
    /// Share of capacity, `0..=1`.
    capacity: Figure,
    /// Fixes in the best plan found.
    fixes: usize,
    /// Their effort in engineer-days.
    effort_days: Figure,
    /// What they prevent until `until`, in `unit`.
    prevents: Figure,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct LastPlanJson {
    /// When the earlier plan was made; `null` when it does not say.
    as_of: Option<Time>,
    /// Fixes that are done in the same sprint as before.
    unchanged: usize,
    /// Fixes that moved, came or went.
    moves: Vec<MoveJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct MoveJson {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// When the earlier plan had it done; `null` when it had not.
    before: Option<Time>,
    /// When it is done now; `null` when it is not planned.
    now: Option<Time>,
    /// `new`, `gone`, `effort`, `capacity`, `value`, `passed` or `others`.
    reason: &'static str,
}

/// Writes the plan as one document.
pub(crate) fn plan(value: &FixPlan, out: &mut dyn Write) -> io::Result<()> {
    document(&converted(value), out)
}

/// Writes the plan as one object per line: the head, the fixes, those that are not planned.
pub(crate) fn plan_lines(value: &FixPlan, out: &mut dyn Write) -> io::Result<()> {
    let document = converted(value);
    line("plan", &document.head, out)?;
    document.fixes.iter().try_for_each(|fix| line("fix", fix, out))?;
    document.left_out.iter().try_for_each(|fix| line("left-out", fix, out))
}

/// The JSON Schema of the plan, with a final newline.
pub(crate) fn plan_schema() -> String {
    DocumentSchema::new::<FixPlanJson>().finish()
}

fn converted(plan: &FixPlan) -> FixPlanJson {
    let head = &plan.head;
    let unit = Unit::of(plan.unit);
    FixPlanJson {
        head: PlanHeadJson {
            schema_version: SCHEMA_VERSION,
            tool: ToolJson::new(head.tool_version),
            project: head.project.clone(),
            revision: head.revision.to_string(),
            as_of: Time::new(head.as_of),
            trust: trust(&head.quality),
            source: match plan.source {
                AskSource::Tickets => "tickets",
                AskSource::Proposals => "proposals",
            },
            areas: plan.areas.clone(),
            more_areas: plan.more_areas,
            capacity: thousandths(plan.capacity),
            assumes_all_prevented: plan.assumes_all,
            until: Time::new(plan.until),
            teams: plan.teams.iter().map(team).collect(),
            order: match plan.choice {
                Choice::PlainOrder => "plain-order",
                Choice::Best => "best",
                Choice::AsBefore => "as-before",
            },
            proof: unit.proof(&plan.proof),
            quiet_futures: plan.quiet_futures,
            capacity_steps: plan.shares.iter().map(|step| unit.step(step)).collect(),
            plan: plan.displaced.as_ref().map(|items| items.iter().map(PlanItemJson::new).collect()),
            last: plan.last.as_ref().map(|last| LastPlanJson {
                as_of: last.as_of.map(Time::new),
                unchanged: last.unchanged,
                moves: last.moves.iter().map(moved).collect(),
            }),
            unit: unit.code.clone(),
        },
        fixes: plan.fixes.iter().map(|fix| unit.fix(plan, fix)).collect(),
        left_out: plan.left_out.iter().map(left_out).collect(),
    }
}

/// What benefits are counted in.
struct Unit {
    code: String,
    /// How many of the plan's units make one.
    parts: f64,
}

impl Unit {
    fn of(unit: PlanUnit) -> Self {
        match unit {
            PlanUnit::Money(currency) => {
                Self { code: currency.code().to_owned(), parts: minor_per_unit(currency) }
            }
            PlanUnit::Incidents => Self { code: "incidents".to_owned(), parts: 1.0 },
        }
    }

    fn figure(&self, value: f64) -> Figure {
        Figure::new(value / self.parts)
    }

    fn proof(&self, proof: &Proof) -> ProofJson {
        ProofJson {
            prevents: self.figure(proof.value),
            plain_order: self.figure(proof.plain),
            best: self.figure(proof.best),
            at_most: self.figure(proof.bound),
            proved: proof.is_proved,
            steps: proof.steps,
        }
    }

    fn step(&self, step: &ShareStep) -> ShareStepJson {
        ShareStepJson {
            capacity: thousandths(step.capacity),
            fixes: step.fixes,
            effort_days: days(step.effort),
            prevents: self.figure(step.value),
        }
    }

    fn fix(&self, plan: &FixPlan, fix: &PlannedFix) -> PlannedFixJson {
        let begins = plan.teams[fix.team].sprints.get(fix.begins as usize);
        PlannedFixJson {
            fix: FixJson::new(&fix.fix),
            area_id: fix.area_id.clone(),
            area: fix.area.clone(),
            begins: begins.map(|sprint| Time::new(sprint.start)),
            done: Time::new(fix.done),
            needs: fix.needs.clone(),
            prevents_per_year: self.figure(fix.per_year),
            prevents_counted: self.figure(fix.counted),
            paid_back: fix.pays_back.map(Time::new),
            first_in_futures: fix.first_in,
            planned_in_futures: fix.planned_in,
        }
    }
}

fn thousandths(share: u32) -> Figure {
    Figure::new(f64::from(share) / 1000.0)
}

fn team(team: &PlanTeam) -> PlanTeamJson {
    let sprint = |sprint: &PlanSprint| SprintJson {
        start: Time::new(sprint.start),
        end: Time::new(sprint.end),
        work_days: days(sprint.work),
    };
    PlanTeamJson {
        name: team.name.clone(),
        capacity_days: days(team.capacity),
        fix_days: days(team.for_fixes),
        sprints: team.sprints.iter().map(sprint).collect(),
    }
}

fn left_out(it: &LeftOutFix) -> LeftOutJson {
    LeftOutJson {
        id: it.id.clone(),
        title: it.title.clone(),
        area: it.area.clone(),
        effort_days: it.effort.map(days),
        reason: reason(&it.why),
        missing: match &it.why {
            LeftOut::Needs(ids) => ids.clone(),
            _ => Vec::new(),
        },
    }
}

fn moved(it: &FixMove) -> MoveJson {
    MoveJson {
        id: it.id.clone(),
        title: it.title.clone(),
        before: it.before.map(Time::new),
        now: it.now.map(Time::new),
        reason: match it.why {
            MoveReason::New => "new",
            MoveReason::Gone => "gone",
            MoveReason::Effort { .. } => "effort",
            MoveReason::Capacity { .. } => "capacity",
            MoveReason::Value { .. } => "value",
            MoveReason::Passed => "passed",
            MoveReason::Others => "others",
        },
    }
}
