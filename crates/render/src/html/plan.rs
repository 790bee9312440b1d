//! The pictures of a plan of fixes: a calendar of sprints, fixes and what slips, and what capacity is worth.

use super::figure::FigureHtml;
use super::markup::Markup;
use super::svg::{Anchor, Drawing, Rect, Size, ticks};
use crate::brief::plan::words::{benefit, percent, week};
use crate::number::{compact, counted, currency_mark, day, minor_per_unit};
use crate::text::visible;
use debtscan_findings::brief::PlannedItem;
use debtscan_findings::plan::{FixPlan, PlanTeam, PlanUnit, PlannedFix};
use debtscan_model::{SECONDS_PER_DAY, Timestamp};

/// Planned items in the picture; the table has all.
const MOST_ITEMS: usize = 20;

/// The pictures; none without a planned fix.
pub(super) fn figures(plan: &FixPlan) -> Vec<FigureHtml> {
    if plan.fixes.is_empty() {
        return Vec::new();
    }
    vec![calendar(plan), capacity(plan)]
}

fn slipping(items: usize) -> String {
    counted(items, "planned item slips", "planned items slip")
}

fn calendar(plan: &FixPlan) -> FigureHtml {
    let items = plan.displaced.as_deref().unwrap_or_default();
    let moved = items.iter().filter(|item| item.slips_days > 0).count();
    let missed =
        items.iter().filter(|it| it.holds_without == Some(true) && it.holds_with == Some(false)).count();
    let slips = match (plan.displaced.is_some(), moved, missed) {
        (false, ..) => String::new(),
        (true, 0, _) => "; nothing that is planned slips".to_owned(),
        (true, moved, 0) => format!("; {}, none past a date that held", slipping(moved)),
        (true, moved, missed) => format!("; {}, {missed} past a date that held", slipping(moved)),
    };
    let last = plan.fixes.iter().map(|fix| fix.done).max().unwrap_or(plan.until);
    let title = format!(
        "{} done by {} with {} of capacity{slips}",
        counted(plan.fixes.len(), "fix is", "fixes are"),
        day(last),
        percent(plan.capacity)
    );
    let mut asides = vec![
        ("Bar:", "from the sprint in which work on a fix begins to the one in which it is done.".to_owned()),
        ("Boxes:", "the sprints; filled as far as fixes use their share of capacity.".to_owned()),
    ];
    if !items.is_empty() {
        asides.push((
            "Planned items:",
            "pale, when they are done without the fixes; solid, with them; warm, later than their date, which is the tick."
                .to_owned(),
        ));
    }
    FigureHtml {
        id: "calendar".to_owned(),
        drawings: Size::ALL.map(|size| draw_calendar(plan, size, &title)).to_vec(),
        key: Markup::default(),
        asides,
        terms: None,
        behind: Vec::new(),
        title,
    }
}

/// A scale of days.
struct Days {
    first: f64,
    last: f64,
    left: f64,
    right: f64,
}

impl Days {
    fn of(plan: &FixPlan, items: &[PlannedItem], size: Size) -> Self {
        let sprints = || plan.teams.iter().flat_map(|team| &team.sprints);
        let first = sprints().map(|sprint| sprint.start).min().unwrap_or(plan.head.as_of);
        let ends = sprints().map(|sprint| sprint.end);
        let items = items.iter().flat_map(|item| [Some(item.without), Some(item.with), item.due]).flatten();
        let last = ends.chain(items).max().unwrap_or(first);
        Self {
            first: first.0 as f64,
            last: (last.0.max(first.0) + SECONDS_PER_DAY) as f64,
            left: 8.0,
            right: size.width() - 8.0,
        }
    }

    fn at(&self, day: Timestamp) -> f64 {
        let part = (day.0 as f64 - self.first) / (self.last - self.first).max(1.0);
        self.left + part.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// The end of a day.
    fn after(&self, day: Timestamp) -> f64 {
        self.at(day.plus_days(1))
    }
}

fn draw_calendar(plan: &FixPlan, size: Size, title: &str) -> Markup {
    let items: Vec<PlannedItem> = plan.displaced.iter().flatten().take(MOST_ITEMS).cloned().collect();
    let days = Days::of(plan, &items, size);
    let mut drawing = Drawing::default();
    let mut y = 4.0;
    for (position, team) in plan.teams.iter().enumerate() {
        let fixes: Vec<&PlannedFix> = plan.fixes.iter().filter(|fix| fix.team == position).collect();
        if fixes.is_empty() {
            continue;
        }
        y = draw_team(&mut drawing, &days, team, y);
        for fix in fixes {
            y = draw_fix(&mut drawing, &days, plan, team, fix, y);
        }
        y += 10.0;
    }
    if !items.is_empty() {
        drawing.text((days.left, y + 12.0), "Planned items", "b", Anchor::Start);
        y += 20.0;
    }
    for item in &items {
        y = draw_item(&mut drawing, &days, item, y);
    }
    let description = "To the right, time. Below each team its sprints, then its fixes; at the end the planned items. The tables \
                       below have the dates.";
    drawing.finish(size, y + 4.0, title, description)
}

/// The sprints of a team, filled by what fixes use of their share.
fn draw_team(drawing: &mut Drawing, days: &Days, team: &PlanTeam, y: f64) -> f64 {
    let name = visible(team.name.as_bytes());
    let first = team.sprints.first().map_or_else(String::new, |sprint| day(sprint.start));
    drawing.text((days.left, y + 12.0), &name, "b", Anchor::Start);
    drawing.text((days.right, y + 12.0), &format!("from {first}"), "ax", Anchor::End);
    for sprint in &team.sprints {
        let (x, end) = (days.at(sprint.start), days.after(sprint.end));
        let width = (end - x - 1.0).max(1.0);
        let used = f64::from(sprint.work.0) / f64::from(team.for_fixes.0.max(1));
        let words = format!(
            "{} to {}: {} of {} engineer-days",
            day(sprint.start),
            day(sprint.end),
            sprint.work,
            team.for_fixes
        );
        drawing.rect(Rect { x, y: y + 18.0, width, height: 10.0 }, "band", &words);
        let filled = Rect { x, y: y + 18.0, width: width * used.clamp(0.0, 1.0), height: 10.0 };
        if sprint.work.0 > 0 {
            drawing.rect(filled, "nw", &words);
        }
    }
    y + 34.0
}

fn draw_fix(
    drawing: &mut Drawing,
    days: &Days,
    plan: &FixPlan,
    team: &PlanTeam,
    fix: &PlannedFix,
    y: f64,
) -> f64 {
    let name = if fix.fix.title.is_empty() { &fix.fix.id } else { &fix.fix.title };
    let name = visible(name.as_bytes());
    let begins = team.sprints.get(fix.begins as usize).map_or(fix.done, |sprint| sprint.start);
    let label = day(fix.done);
    drawing.text((days.left, y + 12.0), &shortened(&name, days), "nm", Anchor::Start);
    drawing.text((days.right, y + 12.0), &label, "nu", Anchor::End);
    let x = days.at(begins);
    let width = (days.after(fix.done) - x).max(2.0);
    let words = format!("{name}: {} to {label}; a week's delay costs {}", day(begins), week(plan, fix));
    drawing.rect(Rect { x, y: y + 18.0, width, height: 8.0 }, "hot", &words);
    y + 32.0
}

fn draw_item(drawing: &mut Drawing, days: &Days, item: &PlannedItem, y: f64) -> f64 {
    let name = visible(item.name.as_bytes());
    let is_late = item.holds_with == Some(false);
    let label = if item.slips_days == 0 {
        day(item.with)
    } else {
        format!("{} → {}", day(item.without), day(item.with))
    };
    drawing.text((days.left, y + 12.0), &shortened(&name, days), "nm", Anchor::Start);
    drawing.text((days.right, y + 12.0), &label, if is_late { "nu b" } else { "nu" }, Anchor::End);
    let bar =
        |end: Timestamp, y: f64| Rect { x: days.left, y, width: days.after(end) - days.left, height: 5.0 };
    drawing.rect(bar(item.without, y + 18.0), "band", &label);
    drawing.rect(bar(item.with, y + 25.0), if is_late { "hot" } else { "nw" }, &label);
    if let Some(due) = item.due {
        drawing.line((days.after(due), y + 15.0), (days.after(due), y + 33.0), "tick");
    }
    y + 40.0
}

/// A name that leaves room for the date at the end of its line.
fn shortened(name: &str, days: &Days) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a positive number of characters"
    )]
    let most = ((days.right - days.left) / 8.5) as usize;
    crate::text::shorten_end(name, most.saturating_sub(12))
}

fn capacity(plan: &FixPlan) -> FigureHtml {
    let value = plan.shares.iter().find(|step| step.capacity == plan.capacity).map_or(0.0, |step| step.value);
    let title = format!(
        "{} of capacity prevents at best {} until {}",
        percent(plan.capacity),
        benefit(plan, value),
        day(plan.until)
    );
    FigureHtml {
        id: "capacity".to_owned(),
        drawings: Size::ALL.map(|size| draw_capacity(plan, size, &title)).to_vec(),
        key: Markup::default(),
        asides: vec![
            (
                "Line:",
                "what the best plan found prevents with each share of capacity. Dot: this plan's share."
                    .to_owned(),
            ),
            ("Shaded:", "20 to 30%, which platform teams often give.".to_owned()),
        ],
        terms: None,
        behind: Vec::new(),
        title,
    }
}

fn draw_capacity(plan: &FixPlan, size: Size, title: &str) -> Markup {
    let per_unit = match plan.unit {
        PlanUnit::Money(currency) => minor_per_unit(currency),
        PlanUnit::Incidents => 1.0,
    };
    let mark = |value: f64| match plan.unit {
        PlanUnit::Money(currency) => format!("{}{}", currency_mark(currency), compact(value)),
        PlanUnit::Incidents => crate::number::figure(value),
    };
    let (left, right, top, bottom) = (58.0, size.width() - 16.0, 12.0, 220.0);
    let most = plan.shares.iter().map(|step| step.value / per_unit).fold(0.0, f64::max);
    let steps = ticks(most, 4.0);
    let end = steps.last().copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
    let widest = plan.shares.iter().map(|step| step.capacity).max().unwrap_or(400).max(1);
    let across = |share: u32| left + f64::from(share) / f64::from(widest) * (right - left);
    let up = |value: f64| bottom - value / end * (bottom - top);
    let mut drawing = Drawing::default();
    let band = Rect { x: across(200), y: top, width: across(300) - across(200), height: bottom - top };
    drawing.rect(band, "b80", "20 to 30% of capacity");
    for step in &steps {
        drawing.line((left, up(*step)), (right, up(*step)), if *step == 0.0 { "axl" } else { "gr" });
        drawing.text((left - 6.0, up(*step) + 4.0), &mark(*step), "ax", Anchor::End);
    }
    let mut points = vec![(across(0), up(0.0))];
    for step in &plan.shares {
        points.push((across(step.capacity), points.last().map_or(bottom, |point| point.1)));
        points.push((across(step.capacity), up(step.value / per_unit)));
    }
    drawing.path(&points, "curve2");
    for step in &plan.shares {
        let words = format!("{}: {}", percent(step.capacity), benefit(plan, step.value));
        let is_own = step.capacity == plan.capacity;
        let class = if is_own { "hot" } else { "pv" };
        let at = (across(step.capacity), up(step.value / per_unit));
        drawing.circle(at, if is_own { 5.2 } else { 3.2 }, class, &words);
        if step.capacity.is_multiple_of(size.pick(50, 100)) {
            drawing.text((at.0, bottom + 17.0), &percent(step.capacity), "ax", Anchor::Middle);
        }
    }
    let description = "To the right, the share of capacity for fixes; upwards, what they prevent. The table below has the figures.";
    drawing.finish(size, bottom + 24.0, title, description)
}
