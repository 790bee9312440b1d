//! A plan of fixes: which ones a share of the teams' capacity should make, sprint by sprint.

use debtscan_incidents::{Currency, EngineerDays};
use debtscan_model::Timestamp;

use crate::brief::{AskSource, CasePricing, Fix, PlannedItem};
use crate::head::ListHead;

/// Sampled futures; each is equally likely.
pub const FUTURES: u32 = 20;

/// A plan of fixes.
#[derive(Debug, Clone, PartialEq)]
pub struct FixPlan {
    /// What was scanned, and what could not be read.
    pub head: ListHead,
    /// How incidents are priced.
    pub pricing: CasePricing,
    /// Whether the fixes are tickets or proposals.
    pub source: AskSource,
    /// The areas whose fixes were compared: names, in the order of expected cost.
    pub areas: Vec<String>,
    /// Areas with incidents of the last 24 months that were not looked at, because others cost more.
    pub more_areas: usize,
    /// The part of each team's capacity that goes to fixes, in thousandths.
    pub capacity: u32,
    /// What values are counted in.
    pub unit: PlanUnit,
    /// Whether values assume that fixes prevent every incident in their places, because nobody says how many.
    pub assumes_all: bool,
    /// The day until which prevented incidents count: 365 days after `as_of`.
    pub until: Timestamp,
    /// The teams, in the order of the configuration.
    pub teams: Vec<PlanTeam>,
    /// The fixes of the plan: by the day they are done, then in the order of work.
    pub fixes: Vec<PlannedFix>,
    /// The fixes that are not in it.
    pub left_out: Vec<LeftOutFix>,
    /// Which way of ordering is shown.
    pub choice: Choice,
    /// How good it is.
    pub proof: Proof,
    /// In how many of [`FUTURES`] no fix prevents anything, so that none is planned.
    pub quiet_futures: u32,
    /// What other shares of capacity are worth at best, ascending.
    pub shares: Vec<ShareStep>,
    /// The planned items of the teams with and without the fixes; `None` without a plan of the teams.
    pub displaced: Option<Vec<PlannedItem>>,
    /// What changed since an earlier plan; `None` without one.
    pub last: Option<LastPlan>,
}

/// What values are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanUnit {
    /// Minor units of a currency.
    Money(Currency),
    /// Incidents.
    Incidents,
}

/// A team, and the part of its capacity that goes to fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanTeam {
    /// Its name.
    pub name: String,
    /// Engineer-days in a sprint.
    pub capacity: EngineerDays,
    /// Of these, for fixes.
    pub for_fixes: EngineerDays,
    /// The sprints of the plan.
    pub sprints: Vec<PlanSprint>,
}

/// One sprint of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanSprint {
    /// Its first day.
    pub start: Timestamp,
    /// Its last working day.
    pub end: Timestamp,
    /// Engineer-days of work on fixes; never more than [`PlanTeam::for_fixes`].
    pub work: EngineerDays,
}

/// A fix of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedFix {
    /// The fix, with its effort, evidence and criteria.
    pub fix: Fix,
    /// The id of its area.
    pub area_id: String,
    /// The name of its area.
    pub area: String,
    /// Position in [`FixPlan::teams`].
    pub team: usize,
    /// The sprint in which work on it begins, counted from 0.
    pub begins: u32,
    /// The sprint in which it is done.
    pub ends: u32,
    /// The last working day of that sprint.
    pub done: Timestamp,
    /// The ids of fixes that must be done before.
    pub needs: Vec<String>,
    /// What it prevents in a year, beyond what the fixes before it prevent, in [`FixPlan::unit`].
    pub per_year: f64,
    /// The same from [`done`](Self::done) to [`FixPlan::until`].
    pub counted: f64,
    /// The day on which it has prevented as much as it costs, on average; `None` without a price.
    pub pays_back: Option<Timestamp>,
    /// In how many of [`FUTURES`] its team makes it first.
    pub first_in: u32,
    /// In how many of them it is in the plan.
    pub planned_in: u32,
}

/// A fix that is not in the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOutFix {
    /// Its id.
    pub id: String,
    /// Its title; empty for a proposal.
    pub title: String,
    /// The fix; `None` for a ticket whose area nobody knows.
    pub fix: Option<Fix>,
    /// The name of its area; `None` when nobody knows it.
    pub area: Option<String>,
    /// Its most likely effort; `None` when nobody says.
    pub effort: Option<EngineerDays>,
    /// Why it is not in the plan.
    pub why: LeftOut,
}

/// Why a fix is not in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOut {
    /// No area is known for it, so that nobody knows what it prevents.
    NoArea,
    /// Nobody says what it takes, and no pace is known.
    NoEffort,
    /// No incident of the last 24 months was fixed in its places.
    NoIncident,
    /// Its team is not in the configuration, or names no capacity.
    UnknownTeam(Option<String>),
    /// It needs fixes that are not in the plan, or that need it: their ids.
    Needs(Vec<String>),
    /// The fixes of the plan prevent all that it would.
    NothingMore,
    /// It does not fit, or something else is worth more.
    NoRoom,
    /// More fixes are worth more than can be compared.
    TooMany,
}

/// Which way of ordering a plan shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// By what a week of delay costs for each engineer-day, because nothing is worth 3% more.
    PlainOrder,
    /// The best plan found.
    Best,
    /// The order of the earlier plan, because nothing is worth 3% more.
    AsBefore,
}

/// How good a plan is. Values are in [`FixPlan::unit`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proof {
    /// What the plan that is shown prevents until [`FixPlan::until`].
    pub value: f64,
    /// The same of the plain order.
    pub plain: f64,
    /// The same of the best plan found.
    pub best: f64,
    /// No plan is worth more than this.
    pub bound: f64,
    /// Whether the best plan found is proved to be the best possible.
    pub is_proved: bool,
    /// Steps of the search.
    pub steps: u64,
}

/// What a share of capacity is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareStep {
    /// The share in thousandths.
    pub capacity: u32,
    /// What the best plan found prevents until [`FixPlan::until`].
    pub value: f64,
    /// Fixes in it.
    pub fixes: usize,
    /// Their most likely effort.
    pub effort: EngineerDays,
}

/// What changed since an earlier plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastPlan {
    /// When it was made.
    pub as_of: Option<Timestamp>,
    /// The fixes that moved, came or went.
    pub moves: Vec<FixMove>,
    /// Fixes that are done in the same sprint as before.
    pub unchanged: usize,
}

/// A fix that is not where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixMove {
    /// Its id.
    pub id: String,
    /// Its title as the present or the earlier plan has it.
    pub title: String,
    /// When the earlier plan had it done; `None` when it was not in it.
    pub before: Option<Timestamp>,
    /// When it is done now; `None` when it is not in the plan.
    pub now: Option<Timestamp>,
    /// Why.
    pub why: MoveReason,
}

/// Why a fix moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveReason {
    /// The earlier plan did not know it.
    New,
    /// Nobody asks for it any more: it is done, or was withdrawn.
    Gone,
    /// Its effort changed.
    Effort {
        /// The effort of the earlier plan.
        before: EngineerDays,
        /// The effort now.
        now: EngineerDays,
    },
    /// The share of capacity changed: thousandths before and now.
    Capacity {
        /// Of the earlier plan.
        before: u32,
        /// Now.
        now: u32,
    },
    /// What it prevents in a year changed, in per cent of what it was.
    Value {
        /// 100 is unchanged.
        percent: u32,
    },
    /// The sprint of the earlier plan has passed.
    Passed,
    /// Other fixes moved.
    Others,
}
