//! What a team has planned -> [`Plan`].

use debtscan_model::Timestamp;

use super::days::EngineerDays;
use super::table::{ColumnNames, PlanningError, Table};
use crate::incident::file::IncidentFile;
use crate::incident::options::ReadOptions;
use crate::incident::rejected::{RejectedRow, RowFate, RowPosition};
use crate::money::amount::Money;

/// One planned item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanItem {
    /// Its name.
    pub name: String,
    /// The team; `None` when it does not say.
    pub team: Option<String>,
    /// The effort that remains.
    pub effort: EngineerDays,
    /// The date it is due.
    pub due: Option<Timestamp>,
    /// What a week of delay costs.
    pub delay_week: Option<Money>,
    /// Whether it may be moved out of the plan; `None` when it does not say.
    pub is_movable: Option<bool>,
    /// Where it is.
    pub position: RowPosition,
}

/// The plan of one run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// In the order of the file, which is the order of work.
    pub items: Vec<PlanItem>,
    /// What could not be used: sorted.
    pub rejected: Vec<RejectedRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PlanField {
    Name,
    Team,
    Effort,
    Due,
    DelayWeek,
    Movable,
}

const NAMES: [ColumnNames<PlanField>; 6] = [
    (PlanField::Name, &["item", "name", "title", "summary", "project", "epic"]),
    (PlanField::Team, &["team"]),
    (PlanField::Effort, &["effort", "effortdays", "days", "estimate", "engineerdays", "remaining"]),
    (PlanField::Due, &["due", "duedate", "deadline", "date"]),
    (
        PlanField::DelayWeek,
        &["costofdelay", "costofdelayweek", "costofdelayperweek", "delayweek", "valueperweek"],
    ),
    (PlanField::Movable, &["movable", "canmove", "optional", "cut", "cancut"]),
];

/// Reads planned items from a CSV file. The order of its rows is the order of work.
///
/// A row without a name or effort is rejected; any other value that cannot be read is ignored and reported.
///
/// # Errors
/// If the file is not text, or no column names the items.
pub fn read_plan(file: &IncidentFile, options: &ReadOptions) -> Result<Plan, PlanningError> {
    let table = Table::read("planned items", file, &NAMES, &[PlanField::Name], options)?;
    let mut plan = Plan::default();
    let rejected = &mut plan.rejected;
    for row in table.rows(rejected) {
        let Some(name) = row.text(PlanField::Name).map(str::to_owned) else {
            rejected.push(row.without_name());
            continue;
        };
        let Some(effort) = row.days(PlanField::Effort, rejected) else {
            rejected.push(row.rejection(None, &name, "no effort in engineer-days", RowFate::Skipped));
            continue;
        };
        plan.items.push(PlanItem {
            name,
            team: row.text(PlanField::Team).map(str::to_owned),
            effort,
            due: row.date(PlanField::Due, options, rejected),
            delay_week: row.money(PlanField::DelayWeek, options, rejected),
            is_movable: row.flag(PlanField::Movable, rejected),
            position: row.position(),
        });
    }
    plan.rejected.sort();
    Ok(plan)
}
