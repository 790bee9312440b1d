//! What a plan of fixes does to what the teams have planned: they share each sprint's capacity.

use debtscan_findings::brief::PlannedItem;
use debtscan_findings::plan::PlanTeam;
use debtscan_incidents::{EngineerDays, MoneyOverflow, PlanItem};
use debtscan_model::{SECONDS_PER_DAY, Timestamp};

use super::super::calendar::Sprints;

/// A team with the fixes of its sprints, and its planned items in the order of work.
pub(super) struct TeamWork<'a> {
    pub(super) team: &'a PlanTeam,
    pub(super) sprints: Sprints,
    pub(super) items: Vec<&'a PlanItem>,
}

impl TeamWork<'_> {
    /// The items with and without the fixes.
    pub(super) fn rows(&self) -> Result<Vec<PlannedItem>, MoneyOverflow> {
        let without = self.ends(|_| 0);
        let with = self.ends(|sprint| self.fixes(sprint));
        let knows_movable = self.items.iter().any(|item| item.is_movable.is_some());
        let rows = self.items.iter().enumerate().map(|(position, item)| {
            let (before, after) = (without[position].sprint, with[position].sprint);
            let (first, last) = (self.sprints.last_day(before), self.sprints.last_day(after));
            let slips_days = u32::try_from((last.0 - first.0) / SECONDS_PER_DAY).unwrap_or(u32::MAX);
            let holds = |sprint: u32| item.due.map(|due| sprint < self.sprints.ending_by(due));
            Ok(PlannedItem {
                name: item.name.clone(),
                team: self.team.name.clone(),
                effort: item.effort,
                due: item.due,
                without: first,
                with: last,
                slips_days,
                holds_without: holds(before),
                holds_with: holds(after),
                slack: item
                    .due
                    .filter(|_| holds(after) == Some(true))
                    .map(|due| self.slack(due, with[position].work)),
                is_movable: if knows_movable { item.is_movable == Some(true) } else { item.due.is_none() },
                delay: item.delay_week.map(|week| week.times(u64::from(slips_days), 7)).transpose()?,
            })
        });
        rows.collect()
    }

    /// Engineer-days that fixes take of a sprint.
    fn fixes(&self, sprint: u32) -> u32 {
        self.team.sprints.get(sprint as usize).map_or(0, |sprint| sprint.work.0)
    }

    /// Where each item ends when fixes take a part of each sprint.
    fn ends(&self, fixes: impl Fn(u32) -> u32) -> Vec<ItemEnd> {
        let room = |sprint: u32| u64::from(self.team.capacity.0.saturating_sub(fixes(sprint)));
        // After the plan of fixes, all sprints are alike.
        let planned = u32::try_from(self.team.sprints.len()).unwrap_or(u32::MAX);
        let mut sprint = 0;
        let mut left = room(0);
        let mut work = 0;
        let end = |item: &&PlanItem| {
            let mut effort = u64::from(item.effort.0);
            work += effort;
            while effort > left {
                effort -= left;
                sprint += 1;
                left = room(sprint);
                if sprint >= planned {
                    let whole = (effort.saturating_sub(1)) / left.max(1);
                    sprint = sprint.saturating_add(u32::try_from(whole).unwrap_or(u32::MAX));
                    effort -= whole * left.max(1);
                }
            }
            left -= effort;
            ItemEnd { sprint, work }
        };
        self.items.iter().map(end).collect()
    }

    /// The work that still fits before a date, after `work` on items.
    fn slack(&self, due: Timestamp, work: u64) -> EngineerDays {
        let sprints = self.sprints.ending_by(due);
        let fixes: u64 =
            self.team.sprints.iter().take(sprints as usize).map(|sprint| u64::from(sprint.work.0)).sum();
        let room = (u64::from(sprints) * u64::from(self.team.capacity.0)).saturating_sub(fixes + work);
        EngineerDays(u32::try_from(room).unwrap_or(u32::MAX))
    }
}

/// Where an item ends.
struct ItemEnd {
    sprint: u32,
    /// Work on items up to and with it, in tenths of days.
    work: u64,
}

#[cfg(test)]
mod tests {
    use debtscan_findings::plan::{PlanSprint, PlanTeam};
    use debtscan_incidents::{EngineerDays, PlanItem, RowPosition};
    use debtscan_model::Timestamp;

    use super::super::super::calendar::Sprints;
    use super::TeamWork;

    /// Monday, 7 September 2026.
    const MONDAY: Timestamp = Timestamp(1_788_739_200);

    fn rows(fixes: &[u32], items: &[(u32, Option<i64>)]) -> Vec<(i64, i64, Option<bool>)> {
        let sprint = |work: &u32| PlanSprint { start: MONDAY, end: MONDAY, work: EngineerDays(*work) };
        let team = PlanTeam {
            name: "Core".to_owned(),
            capacity: EngineerDays(100),
            for_fixes: EngineerDays(25),
            sprints: fixes.iter().map(sprint).collect(),
        };
        let items: Vec<PlanItem> = items
            .iter()
            .map(|(effort, due)| PlanItem {
                name: "x".to_owned(),
                team: None,
                effort: EngineerDays(*effort),
                due: due.map(|days| MONDAY.plus_days(days)),
                delay_week: None,
                is_movable: None,
                position: RowPosition::default(),
            })
            .collect();
        let sprints = Sprints { start: MONDAY, days: 14, before_later: 7 };
        let rows =
            TeamWork { team: &team, sprints, items: items.iter().collect() }.rows().expect("no overflow");
        let day = |time: Timestamp| (time.0 - MONDAY.0) / 86_400;
        rows.iter().map(|row| (day(row.without), day(row.with), row.holds_with)).collect()
    }

    #[test]
    fn fixes_take_their_part_of_each_sprint() {
        // Sprints of ten days end on days 11, 25, 39, 53; a quarter goes to fixes in the first two, so that the items
        // have 7.5, 7.5, 10 days. They end at 10, 15 and 30 days: sprints 1, 2, 3 without, 2, 2, 4 with.
        let found = rows(&[25, 25], &[(100, Some(11)), (50, Some(25)), (150, None)]);
        assert_eq!(found, [(11, 25, Some(false)), (25, 25, Some(true)), (39, 53, None)]);
    }

    #[test]
    fn nothing_slips_without_fixes() {
        assert_eq!(rows(&[0, 0, 0], &[(5_000, None)]), [(697, 697, None)]);
        assert_eq!(rows(&[], &[(100, None), (1, None)]), [(11, 11, None), (25, 25, None)]);
    }
}
