//! What changed in an area within a year.

use schemars::JsonSchema;
use serde::Serialize;

use super::values::{Figure, IntervalJson};
use debtscan_findings::{AreaChange, BrokenYear, BrokenYears};

/// Incidents of the last year and of the year before; each counts in one area, so that areas add up.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ChangeJson {
    /// 1 for the largest rise over the year before; `null` without incidents in both years together.
    rank: Option<usize>,
    /// Incidents of the 365 days to `as_of` with their largest share here.
    incidents_last_12_months: u32,
    /// The same of the 365 days before those.
    incidents_previous_12_months: u32,
    /// The probability that so large a part of both years' incidents falls in the last one if the area only follows
    /// the whole repository; `null` without incidents in both.
    rise_by_chance: Option<Figure>,
    /// Set if the last year broke with the past of the area.
    broken_year: Option<BrokenYearJson>,
}

/// A year with far more incidents than the past of the area and the model lead to expect.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct BrokenYearJson {
    /// Whole years before it that it is compared with.
    past_years: u32,
    /// Incidents of those years.
    past_incidents: u32,
    /// The probability of at least as many incidents after such a past.
    probability_by_past: Figure,
    /// Incidents expected in the 365 days after `as_of`.
    expected_incidents: IntervalJson,
    /// The part of that which rests on past incidents of the area.
    share_of_past_incidents: Figure,
    /// The probability of at least as many incidents in those days.
    probability_again: Figure,
}

impl ChangeJson {
    pub(crate) fn new(change: &AreaChange) -> Self {
        let broken = |it: &BrokenYear| BrokenYearJson {
            past_years: it.past_years,
            past_incidents: it.past_incidents,
            probability_by_past: Figure::new(it.by_past),
            expected_incidents: IntervalJson::new(&it.expected),
            share_of_past_incidents: Figure::new(it.of_past_incidents),
            probability_again: Figure::new(it.again),
        };
        Self {
            rank: change.rank,
            incidents_last_12_months: change.last_year,
            incidents_previous_12_months: change.year_before,
            rise_by_chance: change.by_chance.map(Figure::new),
            broken_year: change.broken.as_ref().map(broken),
        }
    }
}

/// What became of all years that broke with the past of their area, as far as a whole year followed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct BrokenYearsJson {
    /// Such years, of any area.
    years: u32,
    /// Of these, years followed by another that breaks with the same past.
    followed: u32,
    /// Incidents of these years.
    incidents: u32,
    /// Incidents of the same areas in the years after.
    incidents_after: u32,
}

impl BrokenYearsJson {
    pub(super) fn new(years: &BrokenYears) -> Self {
        Self {
            years: years.years,
            followed: years.followed,
            incidents: years.incidents,
            incidents_after: years.after,
        }
    }
}
