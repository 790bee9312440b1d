//! What the fixes displace: the plan of a team with and without them, in whole tenths of engineer-days.

use debtscan_findings::brief::{Displacement, PlannedItem};
use debtscan_incidents::{Costs, EngineerDays, MoneyOverflow, PlanItem};
use debtscan_model::{SECONDS_PER_DAY, Timestamp};

use super::calendar::Sprints;

/// Items that are moved out together at most.
const MOST_CUT: usize = 3;
/// Items among which those to move out are looked for; the last ones of the plan give way.
const MOST_MOVABLE: usize = 40;

/// The work of one team: its plan, and the fixes it makes first.
pub(super) struct TeamPlan<'a> {
    pub(super) team: &'a str,
    pub(super) capacity: EngineerDays,
    pub(super) sprints: Sprints,
    /// The most likely effort of the fixes.
    pub(super) fixes: EngineerDays,
    /// Its items, in the order of work.
    pub(super) items: Vec<&'a PlanItem>,
}

/// Where an item ends when work goes on without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    /// Tenths of engineer-days from the next sprint on.
    position: u64,
    /// The sprint, counted from 0.
    sprint: u32,
}

/// What the fixes of several teams displace; `None` when no team has planned items.
pub(super) fn displacement(teams: &[TeamPlan<'_>]) -> Result<Option<Displacement>, MoneyOverflow> {
    let mut found = Displacement {
        items: Vec::new(),
        cut: None,
        delay: Costs::default(),
        delay_later: Costs::default(),
        slips_later: Vec::new(),
    };
    let mut cut = Some(Vec::new());
    for team in teams {
        let base = found.items.len();
        team.add_to(&mut found)?;
        let missed = team.cut(&found.items[base..]);
        // Moving items out keeps the dates only if that works for every team.
        cut = cut.zip(missed).map(|(mut all, more)| {
            all.extend(more.into_iter().map(|item| base + item));
            all
        });
    }
    found.cut = cut.filter(|items| !items.is_empty());
    Ok((!found.items.is_empty()).then_some(found))
}

impl TeamPlan<'_> {
    /// The ends of all items when `fixes` are made from sprint `from` on; items in `without` are not made.
    fn ends(&self, fixes: EngineerDays, from: u32, without: &[usize]) -> Vec<End> {
        let capacity = u64::from(self.capacity.0.max(1));
        let border = u64::from(from) * capacity;
        let mut done = 0_u64;
        let end = |(position, item): (usize, &&PlanItem)| {
            if !without.contains(&position) {
                done += u64::from(item.effort.0);
            }
            // Work planned before that sprint is done first and does not slip.
            let position = if done <= border { done } else { done + u64::from(fixes.0) };
            // Work that fills a sprint exactly ends in it, not in the next one.
            let sprint = position.div_ceil(capacity).saturating_sub(1);
            End { position, sprint: u32::try_from(sprint).unwrap_or(u32::MAX) }
        };
        self.items.iter().enumerate().map(end).collect()
    }

    fn add_to(&self, found: &mut Displacement) -> Result<(), MoneyOverflow> {
        let base = found.items.len();
        let without = self.ends(EngineerDays(0), 0, &[]);
        let with = self.ends(self.fixes, 0, &[]);
        let later = self.ends(self.fixes, self.sprints.before_later, &[]);
        let knows_movable = self.items.iter().any(|item| item.is_movable.is_some());
        for (position, item) in self.items.iter().enumerate() {
            let row = self.row(item, without[position], with[position], knows_movable)?;
            if let Some(delay) = row.delay {
                found.delay.try_add(delay)?;
            }
            let days = self.days_between(without[position], later[position]);
            if days > 0 {
                found.slips_later.push(base + position);
                if let Some(week) = item.delay_week {
                    found.delay_later.try_add(week.times(u64::from(days), 7)?)?;
                }
            }
            found.items.push(row);
        }
        Ok(())
    }

    fn row(
        &self,
        item: &PlanItem,
        without: End,
        with: End,
        knows_movable: bool,
    ) -> Result<PlannedItem, MoneyOverflow> {
        let slips_days = self.days_between(without, with);
        let holds = |end: End| item.due.map(|due| self.holds(due, end));
        let delay = item.delay_week.map(|week| week.times(u64::from(slips_days), 7)).transpose()?;
        Ok(PlannedItem {
            name: item.name.clone(),
            team: self.team.to_owned(),
            effort: item.effort,
            due: item.due,
            without: self.sprints.last_day(without.sprint),
            with: self.sprints.last_day(with.sprint),
            slips_days,
            holds_without: holds(without),
            holds_with: holds(with),
            slack: item.due.filter(|due| self.holds(*due, with)).map(|due| self.slack(due, with)),
            // If no item says whether it may move, those without a date may.
            is_movable: if knows_movable { item.is_movable == Some(true) } else { item.due.is_none() },
            delay,
        })
    }

    fn days_between(&self, earlier: End, later: End) -> u32 {
        let span = self.sprints.last_day(later.sprint).0 - self.sprints.last_day(earlier.sprint).0;
        u32::try_from((span / SECONDS_PER_DAY).max(0)).unwrap_or(u32::MAX)
    }

    fn holds(&self, due: Timestamp, end: End) -> bool {
        end.sprint < self.sprints.ending_by(due)
    }

    /// The work that still fits before a date.
    fn slack(&self, due: Timestamp, end: End) -> EngineerDays {
        let room = u64::from(self.sprints.ending_by(due)) * u64::from(self.capacity.0);
        EngineerDays(u32::try_from(room.saturating_sub(end.position)).unwrap_or(u32::MAX))
    }

    /// The fewest items to move out so that every date that held holds again: empty when none is missed, `None` when
    /// no such set exists. Of sets of equal size, the one with the least cost of delay, then the least effort.
    fn cut(&self, rows: &[PlannedItem]) -> Option<Vec<usize>> {
        let held: Vec<usize> =
            (0..rows.len()).filter(|item| rows[*item].holds_without == Some(true)).collect();
        let holds_all = |moved: &[usize]| {
            let ends = self.ends(self.fixes, 0, moved);
            // What is moved out of the plan has no date to hold.
            held.iter()
                .filter(|item| !moved.contains(item))
                .all(|item| self.items[*item].due.is_none_or(|due| self.holds(due, ends[*item])))
        };
        if holds_all(&[]) {
            return Some(Vec::new());
        }
        let movable: Vec<usize> =
            // At 40 items, there are 9,880 sets of three to try.
            (0..rows.len()).filter(|item| rows[*item].is_movable).take(MOST_MOVABLE).collect();
        for size in 1..=MOST_CUT {
            let sets = subsets(&movable, size).into_iter().filter(|set| holds_all(set));
            let cost = |set: &Vec<usize>| {
                let delay = set.iter().map(|item| self.items[*item].delay_week.map_or(0, |week| week.minor));
                let effort = set.iter().map(|item| u64::from(self.items[*item].effort.0));
                // The set itself breaks ties.
                (delay.sum::<i64>(), effort.sum::<u64>(), set.clone())
            };
            if let Some(best) = sets.min_by_key(cost) {
                return Some(best);
            }
        }
        None
    }
}

/// All subsets of a size, in order.
fn subsets(of: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for (position, first) in of.iter().enumerate() {
        for mut rest in subsets(&of[position + 1..], size - 1) {
            rest.insert(0, *first);
            found.push(rest);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use debtscan_findings::brief::Displacement;
    use debtscan_incidents::{EngineerDays, PlanItem, RowPosition};
    use debtscan_model::Timestamp;
    use proptest::prelude::*;

    use super::{TeamPlan, displacement};
    use crate::case::calendar::Sprints;

    /// Monday, 7 September 2026.
    const MONDAY: Timestamp = Timestamp(1_788_739_200);

    fn item(name: &str, days: u32, due: Option<i64>, is_movable: bool) -> PlanItem {
        PlanItem {
            name: name.to_owned(),
            team: None,
            effort: EngineerDays(days * 10),
            due: due.map(|days| MONDAY.plus_days(days)),
            delay_week: None,
            is_movable: Some(is_movable),
            position: RowPosition::default(),
        }
    }

    fn displaced(items: &[PlanItem], fixes: u32, before_later: u32) -> Option<Displacement> {
        let team = TeamPlan {
            team: "Core",
            capacity: EngineerDays(270),
            sprints: Sprints { start: MONDAY, days: 14, before_later },
            fixes: EngineerDays(fixes),
            items: items.iter().collect(),
        };
        displacement(&[team]).expect("no overflow")
    }

    #[test]
    fn items_slip_by_whole_sprints_and_a_cut_brings_a_missed_date_back() {
        // Sprints of 27 days end on days 11, 25, 39, 53, 67, 81, 95 (Fridays).
        let items = [
            item("http", 81, Some(53), false),
            item("keys", 54, Some(81), false),
            item("mobile", 20, None, true),
            item("setup", 27, Some(95), false),
        ];
        let found = displaced(&items, 220, 9).expect("a plan");
        // Ends in tenths: 810, 1350, 1550, 1820; with the fixes 1030, 1570, 1770, 2040.
        let ends: Vec<_> = found.items.iter().map(|it| (it.without, it.with, it.slips_days)).collect();
        let day = |days| MONDAY.plus_days(days);
        let expected = [(39, 53, 14), (67, 81, 14), (81, 95, 14), (95, 109, 14)];
        assert_eq!(ends, expected.map(|(a, b, c)| (day(a), day(b), c)));
        let holds: Vec<_> = found.items.iter().map(|item| (item.holds_without, item.holds_with)).collect();
        let due = (Some(true), Some(true));
        assert_eq!(holds, [due, due, (None, None), (Some(true), Some(false))]);
        // Six sprints are 1,620 tenths.
        assert_eq!(found.items[1].slack, Some(EngineerDays(50)));
        assert_eq!(found.cut, Some(vec![2]));
        assert!(found.slips_later.is_empty(), "all is done before the next quarter");
    }

    #[test]
    fn fixes_of_a_later_sprint_displace_only_what_comes_after() {
        let items = [item("a", 27, None, true), item("b", 27, None, true)];
        let found = displaced(&items, 100, 1).expect("a plan");
        // The first item fills the sprint before that of the fixes.
        assert_eq!(found.slips_later, [1]);
        assert_eq!(displaced(&[], 100, 1), None);
    }

    proptest! {
        #[test]
        fn nothing_slips_where_nothing_is_displaced(days in prop::collection::vec(1_u32..60, 1..8)) {
            let items: Vec<PlanItem> =
                days.iter().map(|days| item("x", *days, Some(i64::from(*days)), true)).collect();
            let found = displaced(&items, 0, 3).expect("a plan");
            prop_assert!(found.items.iter().all(|item| item.slips_days == 0 && item.without == item.with));
            prop_assert!(found.cut.is_none() && found.slips_later.is_empty() && found.delay.is_zero());
        }

        #[test]
        fn no_sprint_holds_more_than_the_capacity(
            days in prop::collection::vec(1_u32..60, 1..8), fixes in 0_u32..600
        ) {
            let items: Vec<PlanItem> = days.iter().map(|days| item("x", *days, None, true)).collect();
            let found = displaced(&items, fixes, 3).expect("a plan");
            // All work that ends by the end of a sprint fits into the sprints until then.
            for until in &found.items {
                let work: u32 = found.items.iter().filter(|it| it.with <= until.with).map(|it| it.effort.0).sum();
                let sprints = (until.with.0 - MONDAY.0) / (14 * 86_400) + 1;
                prop_assert!(i64::from(work + fixes) <= sprints * 270);
            }
        }
    }
}
