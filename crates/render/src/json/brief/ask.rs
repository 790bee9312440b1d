//! The ask and the plan that it displaces, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::amounts::days;
use super::future::EffortPriceJson;
use crate::json::values::{Figure, MoneyJson, PathJson, Time};
use debtscan_findings::brief::{
    Ask, AskSource, CostSample, Displacement, DoneWhen, Effort, EffortBasis, Fix, FixKind, FixPlace,
    PlannedItem, PreventsFrom, TeamFit,
};

/// What is asked.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct AskJson {
    /// `tickets` or `proposals`.
    source: &'static str,
    /// The fixes.
    fixes: Vec<FixJson>,
    /// Effort of those that have one, in engineer-days; `null` when none has.
    effort_days: Option<EffortJson>,
    /// Fixes without an effort; they are in no sum.
    without_effort: usize,
    /// The price of the effort; `null` without one.
    price: Option<EffortPriceJson>,
    /// Ids of the area's incidents of the last 24 months.
    recent_incidents: Vec<String>,
    /// Of these, those fixed in a place that a fix names.
    covered_incidents: Vec<String>,
    /// The share of incidents that the fixes prevent; `null` when nobody says.
    effect: Option<EffectJson>,
    /// What an incident costs; `null` without a price.
    cost_per_incident: Option<CostPerIncidentJson>,
    /// The teams that make the fixes.
    teams: Vec<TeamJson>,
    /// Teams that the configuration does not have.
    unknown_teams: Vec<String>,
    /// Id of the fix to drop first; `null` when each has a recent incident.
    drop_first: Option<String>,
    /// Source files whose functions were followed.
    files_followed: usize,
}

/// An effort as a range of engineer-days.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct EffortJson {
    /// If it goes well.
    low: Figure,
    /// Most likely.
    likely: Figure,
    /// If it goes badly.
    high: Figure,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct EffectJson {
    /// Share prevented of the incidents in these places, `0..=1`: an assumption.
    prevents: Figure,
    /// `fixes`, `ask` or `settings`.
    prevents_from: &'static str,
    /// Share of the area's incidents of 24 months in these places, `0..=1`.
    places: Figure,
    /// The product of both.
    total: Figure,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CostPerIncidentJson {
    /// ISO 4217 code.
    currency: String,
    /// Mean in minor units.
    mean_minor: Figure,
    /// Incidents behind it.
    incidents: u32,
    /// `area-recent`, `product-recent` or `product`.
    of: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TeamJson {
    /// Its name.
    name: String,
    /// Engineer-days in a sprint.
    capacity_days: Figure,
    /// First day of its next sprint.
    sprint_start: Time,
    /// Last working day of it.
    sprint_end: Time,
    /// Days from one sprint to the next.
    sprint_days: u32,
    /// Effort of its fixes; `null` without any.
    effort_days: Option<EffortJson>,
    /// Sprints that the likely effort takes.
    sprints: u32,
    /// Probability that it fits into one sprint; `null` without an effort.
    fits: Option<Figure>,
}

/// A fix.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct FixJson {
    /// Its id.
    id: String,
    /// Its title; empty for a proposal.
    title: String,
    /// `ticket`, `split`, `separate` or `spread`.
    kind: &'static str,
    /// For `separate`, the other file; `null` otherwise.
    separate_from: Option<PathJson>,
    /// The team; `null` when unknown.
    team: Option<String>,
    /// The effort in engineer-days; `null` when unknown.
    effort_days: Option<EffortJson>,
    /// `ticket` or `pace`; `null` without an effort.
    effort_from: Option<&'static str>,
    /// Its price; `null` without one.
    price: Option<EffortPriceJson>,
    /// Where it is made.
    places: Vec<FixPlaceJson>,
    /// Ids of incidents of 24 months fixed there.
    recent_incidents: Vec<String>,
    /// Ids of older ones.
    older_incidents: Vec<String>,
    /// When it is done.
    done_when: Vec<DoneJson>,
    /// Whether it is likely to take more than a sprint.
    exceeds_sprint: bool,
    /// Places that the repository does not have.
    unknown_places: Vec<String>,
    /// Incidents that nobody knows.
    unknown_incidents: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct FixPlaceJson {
    /// The file.
    // Flattened, because a path that is not UTF-8 has a second field with its bytes.
    #[serde(flatten)]
    file: PathJson,
    /// Its lines of code.
    file_sloc: u32,
    /// The function; `null` for a file as a whole.
    function: Option<FixFunctionJson>,
    /// Ids of incidents fixed there, of any time.
    incidents: Vec<String>,
    /// Of these, how many of the last 24 months.
    recent_incidents: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct FixFunctionJson {
    /// Its name.
    name: String,
    /// First line.
    first_line: u32,
    /// Last line.
    last_line: u32,
    /// Lines of code.
    sloc: u32,
    /// Cognitive complexity.
    cognitive: u32,
    /// Commits of the 365 days to `as_of`.
    revisions_last_year: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DoneJson {
    /// `stated`, `lines`, `complexity`, `no-new-incident`, `test`, `author` or `together`.
    measure: &'static str,
    /// The limit of a measure; `null` where it has none.
    at_most: Option<u32>,
    /// The words of the ticket; `null` for a measure.
    text: Option<String>,
    /// `scan` or `person`.
    checked_by: &'static str,
}

/// What the fixes displace.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PlanJson {
    /// The items, in the order of work.
    items: Vec<PlanItemJson>,
    /// Names of items to move out so that all dates hold again; `null` when none is missed or none would do.
    cut: Option<Vec<String>>,
    /// What the delays cost.
    delay_cost: Vec<MoneyJson>,
    /// The same if the fixes are made a quarter later.
    delay_cost_later: Vec<MoneyJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PlanItemJson {
    /// Its name.
    name: String,
    /// Its team.
    team: String,
    /// Its effort in engineer-days.
    effort_days: Figure,
    /// The date it is due; `null` without one.
    due: Option<Time>,
    /// When it is finished without the fixes.
    without_fixes: Time,
    /// When it is finished with them.
    with_fixes: Time,
    /// Days by which it slips.
    slips_days: u32,
    /// Whether its date holds with the fixes; `null` without a date.
    holds: Option<bool>,
    /// Whether it held without them; `null` without a date.
    held_without_fixes: Option<bool>,
}

impl EffortJson {
    fn new(effort: &Effort) -> Self {
        Self { low: days(effort.low), likely: days(effort.likely), high: days(effort.high) }
    }
}

impl AskJson {
    pub(super) fn new(ask: &Ask) -> Self {
        Self {
            source: match ask.source {
                AskSource::Tickets => "tickets",
                AskSource::Proposals => "proposals",
            },
            fixes: ask.fixes.iter().map(FixJson::new).collect(),
            effort_days: ask.effort.as_ref().map(EffortJson::new),
            without_effort: ask.without_effort,
            price: ask.price.as_ref().map(EffortPriceJson::new),
            recent_incidents: ask.recent.clone(),
            covered_incidents: ask.covered.clone(),
            effect: ask.effect.map(|effect| EffectJson {
                prevents: Figure::new(effect.prevents),
                prevents_from: match effect.prevents_from {
                    PreventsFrom::Fixes => "fixes",
                    PreventsFrom::Ask => "ask",
                    PreventsFrom::Settings => "settings",
                },
                places: Figure::new(effect.places),
                total: Figure::new(effect.total),
            }),
            cost_per_incident: ask.cost_per_incident.map(|per| CostPerIncidentJson {
                currency: per.currency.code().to_owned(),
                mean_minor: Figure::new(per.mean),
                incidents: per.incidents,
                of: match per.of {
                    CostSample::AreaRecent => "area-recent",
                    CostSample::ProductRecent => "product-recent",
                    CostSample::Product => "product",
                },
            }),
            teams: ask.teams.iter().map(TeamJson::new).collect(),
            unknown_teams: ask.unknown_teams.clone(),
            // By ID: a position would change with the order of the fixes.
            drop_first: ask.drop_first.map(|fix| ask.fixes[fix].id.clone()),
            files_followed: ask.files_followed,
        }
    }
}

impl TeamJson {
    fn new(team: &TeamFit) -> Self {
        Self {
            name: team.name.clone(),
            capacity_days: days(team.capacity),
            sprint_start: Time::new(team.sprint_start),
            sprint_end: Time::new(team.sprint_end),
            sprint_days: team.sprint_days,
            effort_days: team.effort.as_ref().map(EffortJson::new),
            sprints: team.sprints,
            fits: team.fits.map(Figure::new),
        }
    }
}

impl FixJson {
    pub(super) fn new(fix: &Fix) -> Self {
        let (kind, other) = match &fix.kind {
            FixKind::Ticket => ("ticket", None),
            FixKind::Split => ("split", None),
            FixKind::Separate { with, .. } => ("separate", Some(PathJson::new(with))),
            FixKind::Spread { .. } => ("spread", None),
        };
        Self {
            id: fix.id.clone(),
            title: fix.title.clone(),
            kind,
            separate_from: other,
            team: fix.team.clone(),
            effort_days: fix.effort.as_ref().map(EffortJson::new),
            effort_from: fix.effort_basis.map(|basis| match basis {
                EffortBasis::Ticket => "ticket",
                EffortBasis::Pace(_) => "pace",
            }),
            price: fix.price.as_ref().map(EffortPriceJson::new),
            places: fix.places.iter().map(FixPlaceJson::new).collect(),
            recent_incidents: fix.recent.clone(),
            older_incidents: fix.older.clone(),
            done_when: fix.done.iter().map(DoneJson::new).collect(),
            exceeds_sprint: fix.exceeds_sprint,
            unknown_places: fix.unknown_places.clone(),
            unknown_incidents: fix.unknown_incidents.clone(),
        }
    }
}

impl FixPlaceJson {
    fn new(place: &FixPlace) -> Self {
        Self {
            file: PathJson::new(&place.path),
            file_sloc: place.sloc,
            function: place.function.as_ref().map(|function| FixFunctionJson {
                name: function.name.clone(),
                first_line: function.first_line,
                last_line: function.last_line,
                sloc: function.sloc,
                cognitive: function.cognitive,
                revisions_last_year: function.revisions_last_year,
            }),
            incidents: place.incidents.clone(),
            recent_incidents: place.recent,
        }
    }
}

impl DoneJson {
    fn new(done: &DoneWhen) -> Self {
        // One flat object for all measures: a reader can print those that it does not know.
        let (measure, at_most, text) = match done {
            DoneWhen::Stated(text) => ("stated", None, Some(text.clone())),
            DoneWhen::LinesAtMost { lines, .. } => ("lines", Some(*lines), None),
            DoneWhen::ComplexityAtMost { value, .. } => ("complexity", Some(*value), None),
            DoneWhen::NoNewIncident => ("no-new-incident", None, None),
            DoneWhen::TestFor(ids) => ("test", None, Some(ids.join(" "))),
            DoneWhen::AuthorAtMost(percent) => ("author", Some(*percent), None),
            DoneWhen::TogetherAtMost(percent) => ("together", Some(*percent), None),
        };
        let checked_by = if done.is_checked_by_scan() { "scan" } else { "person" };
        Self { measure, at_most, text, checked_by }
    }
}

impl PlanJson {
    pub(super) fn new(found: &Displacement) -> Self {
        let name = |item: &usize| found.items[*item].name.clone();
        Self {
            items: found.items.iter().map(PlanItemJson::new).collect(),
            cut: found.cut.as_ref().map(|cut| cut.iter().map(name).collect()),
            delay_cost: MoneyJson::list(&found.delay),
            delay_cost_later: MoneyJson::list(&found.delay_later),
        }
    }
}

impl PlanItemJson {
    pub(super) fn new(item: &PlannedItem) -> Self {
        Self {
            name: item.name.clone(),
            team: item.team.clone(),
            effort_days: days(item.effort),
            due: item.due.map(Time::new),
            without_fixes: Time::new(item.without),
            with_fixes: Time::new(item.with),
            slips_days: item.slips_days,
            holds: item.holds_with,
            held_without_fixes: item.holds_without,
        }
    }
}
