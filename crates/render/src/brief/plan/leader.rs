//! What a leader reads of a plan: which fixes, when, what they are worth, with what confidence, and what slips.

use super::super::amounts::{capitalised, days, listed, recorded, share, span};
use super::super::ask::title;
use super::super::words::{Tag, missing, note, section, strong, tagged};
use super::words::{benefit, date_of, label, percent, week};
use crate::document::{Block, Cell, Limit, Look, Note, Section, TableColumn};
use crate::number::{count, counted};
use crate::options::RenderOptions;
use crate::text::visible;
use debtscan_findings::brief::{AskSource, PlannedItem};
use debtscan_findings::plan::{
    Choice, FUTURES, FixPlan, LeftOut, LeftOutFix, PlanTeam, PlanUnit, PlannedFix,
};
use debtscan_incidents::{Costs, EngineerDays};

/// Ids that a sentence names.
const NAMED: usize = 6;

/// What is planned and worth, in two sentences.
pub(super) fn lead(plan: &FixPlan) -> Vec<String> {
    let teams: Vec<String> = used(plan).map(|team| visible(team.name.as_bytes())).collect();
    let all = plan.fixes.len() + plan.left_out.len();
    let Some(last) = plan.fixes.iter().map(|fix| fix.done).max() else {
        let text = format!(
            "No fix can be planned with {} of capacity: see what is not in the plan, and why.",
            percent(plan.capacity)
        );
        return vec![text];
    };
    let value = benefit(plan, plan.proof.value);
    let (most, known) = if plan.assumes_all {
        ("at most ", ", if they prevent every incident in their places")
    } else {
        ("", ", on average")
    };
    let what = match plan.unit {
        PlanUnit::Money(_) => format!("incidents that would cost {most}{value}"),
        PlanUnit::Incidents => format!("{most}{value}"),
    };
    let makes = if teams.len() == 1 { "makes" } else { "make" };
    let first = format!(
        "With {} of {} capacity, {} {makes} {} of {} by {}. Until {} they prevent {what}{known}.",
        percent(plan.capacity),
        if teams.len() == 1 { "its" } else { "their" },
        listed(&teams, 4),
        count(plan.fixes.len()),
        counted(all, "fix", "fixes"),
        date_of(plan, last),
        date_of(plan, plan.until),
    );
    vec![tagged(&first, Tag::Model)]
}

/// The teams that have fixes to make.
fn used(plan: &FixPlan) -> impl Iterator<Item = &PlanTeam> {
    let has_fixes = |position: usize| plan.fixes.iter().any(|fix| fix.team == position);
    plan.teams.iter().enumerate().filter(move |(position, _)| has_fixes(*position)).map(|(_, team)| team)
}

pub(super) fn sections(plan: &FixPlan, options: &RenderOptions) -> Vec<Section> {
    let mut sections = Vec::new();
    if !plan.fixes.is_empty() {
        sections.push(sprints(plan));
        sections.push(sure(plan));
        sections.push(shares(plan));
    }
    sections.push(slips(plan, options));
    sections
}

fn sprints(plan: &FixPlan) -> Section {
    let row = |(position, fix): (usize, &PlannedFix)| {
        let title = title(&fix.fix);
        let name = match plan.source {
            AskSource::Tickets => format!("{} {title}", visible(fix.fix.id.as_bytes())),
            AskSource::Proposals => title,
        };
        let effort = fix.fix.effort.map_or_else(String::new, |effort| effort.likely.to_string());
        vec![
            Cell::dim(count(position + 1)),
            Cell::with_look(date_of(plan, fix.done), Look::Bold),
            Cell::new(name),
            Cell::dim(visible(fix.area.as_bytes())),
            Cell::dim(visible(plan.teams[fix.team].name.as_bytes())),
            Cell::new(effort),
            Cell::new(week(plan, fix)),
            Cell::new(fix.pays_back.map_or_else(String::new, |day| date_of(plan, day))),
            Cell::new(format!("{} of {FUTURES}", fix.first_in)),
        ]
    };
    let rows = plan.fixes.iter().enumerate().map(row).collect();
    let mut notes: Vec<Note> = used(plan).map(|team| capacity(plan, team)).collect();
    notes.extend(plan.fixes.iter().enumerate().filter(|(_, fix)| !fix.needs.is_empty()).map(
        |(position, fix)| {
            let needs: Vec<String> = fix.needs.iter().map(|id| visible(id.as_bytes())).collect();
            note(format!(
                "{} comes after {}, which it needs.",
                capitalised(label(plan, position)),
                listed(&needs, NAMED)
            ))
        },
    ));
    if plan.assumes_all {
        notes.push(missing(
            "Nobody says how much the fixes prevent: give prevents in --fixes or [brief]. The order stays the same, the amounts \
             become smaller.",
        ));
    }
    if plan.unit == PlanUnit::Incidents {
        notes.push(missing("Incidents have no price: give [brief.handling] or recorded costs for amounts."));
    }
    let week = match plan.unit {
        PlanUnit::Money(_) => "a week's\ndelay costs",
        PlanUnit::Incidents => "incidents by\na week's delay",
    };
    Section {
        title: "SPRINT BY SPRINT".to_owned(),
        aside: "done by the end of a sprint; early payback first".to_owned(),
        columns: vec![
            TableColumn::number("#", 7),
            TableColumn::word("done by", 0),
            TableColumn::text("fix", 30, 0),
            TableColumn::path("area", 16, 5),
            TableColumn::word("team", 6),
            TableColumn::number("engineer-\ndays", 0),
            TableColumn::number(week, 1),
            TableColumn::word("paid back\nby", 2),
            TableColumn::word("made first\nin futures", 3),
        ],
        blocks: vec![Block { subject: None, rows, more: String::new() }],
        notes,
    }
}

/// The capacity of a team, and what fixes take of each sprint.
fn capacity(plan: &FixPlan, team: &PlanTeam) -> Note {
    let last = team.sprints.iter().rposition(|sprint| sprint.work.0 > 0).map_or(0, |last| last + 1);
    let used: Vec<String> = team.sprints[..last].iter().map(|sprint| sprint.work.to_string()).collect();
    let text = format!(
        "{}: at most {} of {} in a sprint go to fixes. From {} on, by sprint: {}.",
        visible(team.name.as_bytes()),
        team.for_fixes,
        days(team.capacity),
        team.sprints.first().map_or_else(String::new, |sprint| date_of(plan, sprint.start)),
        listed(&used, 0),
    );
    note(tagged(&text, Tag::Yours))
}

/// Which order is shown, and how far it is from the best.
fn order(plan: &FixPlan) -> String {
    let proof = &plan.proof;
    let more = |of: f64| share((proof.best / of.max(f64::MIN_POSITIVE) - 1.0).max(0.0));
    let shown = match plan.choice {
        Choice::PlainOrder => {
            "Fixes come in the order of what a week's delay costs for each day of work, which anybody can check by hand."
        }
        Choice::AsBefore => {
            "Fixes come in the order of the last plan, so that nothing moves without a reason."
        }
        Choice::Best => "Fixes come in the order that prevents most.",
    };
    let gain = match plan.choice {
        Choice::Best => format!(
            "It prevents {} more than the order of what a week's delay costs for each day of work.",
            more(proof.plain)
        ),
        _ if proof.best <= proof.value * (1.0 + 1e-12) => "No better order was found.".to_owned(),
        _ => format!("The best order found prevents only {} more.", more(proof.value)),
    };
    let proved = if proof.is_proved {
        "Nothing better is possible: all orders were compared.".to_owned()
    } else {
        let below = 1.0 - proof.best / proof.bound.max(f64::MIN_POSITIVE);
        format!("The best found is within {} of the best possible.", share(below.max(0.0)))
    };
    format!("{shown} {gain} {proved}")
}

fn sure(plan: &FixPlan) -> Section {
    let mut notes = vec![note(order(plan))];
    let sampled = |(position, fix): (usize, &PlannedFix)| {
        (fix.first_in > 0).then(|| {
            strong(format!(
                "In {} of {FUTURES} sampled futures, {} comes first for {}.",
                fix.first_in,
                label(plan, position),
                visible(plan.teams[fix.team].name.as_bytes())
            ))
        })
    };
    notes.extend(plan.fixes.iter().enumerate().filter_map(sampled).take(3));
    let loud = FUTURES - plan.quiet_futures;
    let others = if plan.quiet_futures == 0 { String::new() } else { "other ".to_owned() };
    if plan.quiet_futures > 0 {
        notes.push(note(format!(
            "In {} of {FUTURES} futures no incident is expected in these areas, so that no fix pays.",
            plan.quiet_futures
        )));
    }
    let rarest = plan.fixes.iter().enumerate().min_by_key(|(_, fix)| fix.planned_in);
    if let Some((position, fix)) = rarest {
        notes.push(note(if fix.planned_in >= loud {
            format!("Every fix is in the plan in all {others}{loud} futures.")
        } else {
            let name = capitalised(label(plan, position));
            format!("{name} is in the plan in {} of the {others}{loud} futures, every other fix in at least as many.", fix.planned_in)
        }));
    }
    notes.push(note(
        "A future has other incidents, at other costs, and other efforts within the ranges. All are equally likely.",
    ));
    section("CONFIDENCE IN THE ORDER", notes)
}

fn shares(plan: &FixPlan) -> Section {
    let rows = plan.shares.iter().map(|step| {
        let is_own = step.capacity == plan.capacity;
        let look = if is_own { Look::Bold } else { Look::Plain };
        vec![
            Cell::with_look(percent(step.capacity), look),
            Cell::with_look(count(step.fixes), look),
            Cell::with_look(step.effort.to_string(), look),
            Cell::with_look(benefit(plan, step.value), look),
        ]
    });
    let of = |capacity: u32| plan.shares.iter().find(|step| step.capacity == capacity).map(|step| step.value);
    let sentence = |capacity: u32| {
        let change = of(capacity)? - of(plan.capacity)?;
        let amount = benefit(plan, change.abs());
        let what = if change > 0.0 {
            format!("{amount} more")
        } else if change < 0.0 {
            format!("{amount} less")
        } else {
            "the same".to_owned()
        };
        Some(format!("with {}, {what}", percent(capacity)))
    };
    let changes: Vec<String> = [Some(plan.capacity + 50), plan.capacity.checked_sub(50)]
        .into_iter()
        .flatten()
        .filter_map(sentence)
        .collect();
    let notes = if changes.is_empty() {
        Vec::new()
    } else {
        let text = format!(
            "Instead of {}: {}, until {}.",
            percent(plan.capacity),
            changes.join("; "),
            date_of(plan, plan.until)
        );
        vec![strong(tagged(&text, Tag::Model))]
    };
    Section {
        title: "MORE OR LESS CAPACITY".to_owned(),
        aside: "the best plan found for each share; platform teams often give 20–30%".to_owned(),
        columns: vec![
            TableColumn::number("capacity\nfor fixes", 0),
            TableColumn::number("fixes", 0),
            TableColumn::number("engineer-\ndays", 1),
            TableColumn::number("prevents", 0),
        ],
        blocks: vec![Block { subject: None, rows: rows.collect(), more: String::new() }],
        notes,
    }
}

fn slips(plan: &FixPlan, options: &RenderOptions) -> Section {
    let Some(items) = &plan.displaced else {
        let hint = missing("Give --plan FILE.csv for what slips: item, team, effort, due, cost of delay.");
        return section("WHAT SLIPS", vec![hint]);
    };
    let moved: Vec<&PlannedItem> = items.iter().filter(|item| item.slips_days > 0).collect();
    let missed: Vec<&&PlannedItem> = moved
        .iter()
        .filter(|item| item.holds_without == Some(true) && item.holds_with == Some(false))
        .collect();
    let mut notes = Vec::new();
    if items.is_empty() {
        notes.push(note("The teams of the plan have no planned items."));
    } else if moved.is_empty() {
        notes.push(strong(tagged("Nothing that is planned slips.", Tag::Yours)));
    } else {
        let names: Vec<String> = missed.iter().map(|item| visible(item.name.as_bytes())).collect();
        let dates = if names.is_empty() {
            "Every date that held still holds.".to_owned()
        } else {
            format!(
                "{} {} its date.",
                listed(&names, NAMED),
                if names.len() == 1 { "misses" } else { "miss" }
            )
            .replace("miss its date", "miss their dates")
        };
        let text = format!("{} of {} planned items slip. {dates}", count(moved.len()), count(items.len()));
        notes.push(strong(tagged(&text, Tag::Yours)));
    }
    let mut delay = Costs::default();
    let is_summed = moved.iter().filter_map(|item| item.delay).all(|cost| delay.try_add(cost).is_ok());
    if is_summed && !delay.is_zero() {
        notes.push(note(tagged(&format!("The delays cost {}.", recorded(&delay)), Tag::Yours)));
    }
    let limit = Limit::new(options.top, 10);
    let rows: Vec<Vec<Cell>> = items.iter().take(limit.rows()).map(|item| slip(plan, item)).collect();
    let blocks = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Block { subject: None, rows, more: limit.more(items.len()) }]
    };
    Section {
        title: "WHAT SLIPS".to_owned(),
        aside: "planned items share each sprint with the fixes".to_owned(),
        columns: vec![
            TableColumn::text("item", 24, 0),
            TableColumn::word("team", 4),
            TableColumn::word("without\nthe fixes", 1),
            TableColumn::word("with\nthem", 0),
            TableColumn::word("slips", 0),
            TableColumn::word("due", 2),
            TableColumn::word("date\nholds", 0),
        ],
        blocks,
        notes,
    }
}

fn slip(plan: &FixPlan, item: &PlannedItem) -> Vec<Cell> {
    let holds = match (item.holds_without, item.holds_with) {
        (_, Some(true)) => "yes",
        (Some(true), Some(false)) => "no",
        (Some(false), Some(false)) => "no, not even without the fixes",
        _ => "",
    };
    let look = if holds == "no" { Look::Accent } else { Look::Plain };
    vec![
        Cell::new(visible(item.name.as_bytes())),
        Cell::dim(visible(item.team.as_bytes())),
        Cell::dim(date_of(plan, item.without)),
        Cell::new(date_of(plan, item.with)),
        Cell::new(if item.slips_days == 0 { "no".to_owned() } else { span(item.slips_days) }),
        Cell::dim(item.due.map_or_else(String::new, |due| date_of(plan, due))),
        Cell::with_look(holds, look),
    ]
}

/// The fixes that are not in the plan.
pub(super) fn left_out(plan: &FixPlan, options: &RenderOptions) -> Option<Section> {
    if plan.left_out.is_empty() {
        return None;
    }
    let limit = Limit::new(options.top, 10);
    let rows = plan.left_out.iter().take(limit.rows()).map(|it| {
        let title = it.fix.as_ref().map_or_else(|| visible(it.title.as_bytes()), title);
        let name = match plan.source {
            AskSource::Tickets => format!("{} {title}", visible(it.id.as_bytes())),
            AskSource::Proposals => title,
        };
        vec![
            Cell::new(name),
            Cell::dim(it.area.as_ref().map_or_else(String::new, |area| visible(area.as_bytes()))),
            Cell::new(it.effort.map_or_else(String::new, |effort: EngineerDays| effort.to_string())),
            Cell::new(why(it)),
        ]
    });
    Some(Section {
        title: "NOT IN THE PLAN".to_owned(),
        aside: String::new(),
        columns: vec![
            TableColumn::text("fix", 30, 0),
            TableColumn::path("area", 16, 2),
            TableColumn::number("engineer-\ndays", 1),
            TableColumn::word("why", 0),
        ],
        blocks: vec![Block { subject: None, rows: rows.collect(), more: limit.more(plan.left_out.len()) }],
        notes: notes_on_left_out(plan),
    })
}

fn notes_on_left_out(plan: &FixPlan) -> Vec<Note> {
    let has = |is_it: fn(&LeftOut) -> bool| plan.left_out.iter().any(|it| is_it(&it.why));
    let mut notes = Vec::new();
    if has(|why| *why == LeftOut::NoIncident) {
        notes.push(note("No recent incident there: none of the last 24 months was fixed in its places."));
    }
    if has(|why| *why == LeftOut::NothingMore) {
        notes.push(note("Nothing more to prevent: the planned fixes prevent the same incidents."));
    }
    if has(|why| *why == LeftOut::NoRoom) {
        notes.push(note("No room: it does not fit, or the others prevent more."));
    }
    if has(|why| matches!(why, LeftOut::Needs(_))) {
        notes.push(note("Needs: these fixes are not planned, or need each other."));
    }
    if has(|why| *why == LeftOut::NoEffort) {
        notes.push(missing("Give the estimate of each fix in engineer-days with --fixes FILE.csv."));
    }
    notes
}

fn why(it: &LeftOutFix) -> String {
    match &it.why {
        LeftOut::NoArea => "unknown area".to_owned(),
        LeftOut::NoEffort => "unknown effort".to_owned(),
        LeftOut::NoIncident => "no recent incident there".to_owned(),
        LeftOut::UnknownTeam(Some(team)) => format!("unknown team {}", visible(team.as_bytes())),
        LeftOut::UnknownTeam(None) => "no team".to_owned(),
        LeftOut::Needs(ids) => {
            let ids: Vec<String> = ids.iter().map(|id| visible(id.as_bytes())).collect();
            format!("needs {}", listed(&ids, 2))
        }
        LeftOut::NothingMore => "nothing more to prevent".to_owned(),
        LeftOut::NoRoom => "no room".to_owned(),
        LeftOut::TooMany => "beyond the first 200".to_owned(),
    }
}
