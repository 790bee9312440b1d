//! What the fixes displace in the plans of their teams.

use debtscan_incidents::{Costs, EngineerDays, Money};
use debtscan_model::Timestamp;

/// What the fixes displace in the plans of their teams.
#[derive(Debug, Clone, PartialEq)]
pub struct Displacement {
    /// The items of the teams that make fixes, in the order of the plan.
    pub items: Vec<PlannedItem>,
    /// Which items to move out of the plan so that every date that held still holds: positions in `items`. `None`
    /// when none is missed, or no such set of at most three items exists.
    pub cut: Option<Vec<usize>>,
    /// What the delays cost together, by currency; of items that say.
    pub delay: Costs,
    /// The same if the fixes are made a quarter later.
    pub delay_later: Costs,
    /// Items that slip if the fixes are made a quarter later: positions in `items`.
    pub slips_later: Vec<usize>,
}

/// One item of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedItem {
    /// Its name.
    pub name: String,
    /// Its team.
    pub team: String,
    /// Its effort.
    pub effort: EngineerDays,
    /// The date it is due; `None` without one.
    pub due: Option<Timestamp>,
    /// The last working day of the sprint in which it is finished without the fixes.
    pub without: Timestamp,
    /// The same with the fixes.
    pub with: Timestamp,
    /// Days by which it slips.
    pub slips_days: u32,
    /// Whether its date holds without the fixes; `None` without a date.
    pub holds_without: Option<bool>,
    /// Whether its date holds with them.
    pub holds_with: Option<bool>,
    /// Engineer-days that remain to its date, after it is finished with the fixes; `None` without a date, or when it is
    /// missed.
    pub slack: Option<EngineerDays>,
    /// Whether it may be moved out of the plan.
    pub is_movable: bool,
    /// What its delay costs; `None` when the plan does not say.
    pub delay: Option<Money>,
}
