//! What changed in an area within a year.

use crate::forecast::Interval;

/// Incidents of an area in the last year and in the year before. Each incident counts in one area, the one with
/// the largest share of it, so that areas add up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AreaChange {
    /// Incidents that began in the 365 days to `as_of`.
    pub last_year: u32,
    /// The same of the 365 days before those.
    pub year_before: u32,
    /// 1 for the largest rise over the year before; `None` without incidents in both years together.
    pub rank: Option<usize>,
    /// The probability that at least as many of its incidents of both years fall in the last one if it only followed
    /// the whole product, `0..=1`; `None` without incidents in both years together.
    pub by_chance: Option<f64>,
    /// Set if the last year broke with the area's past.
    pub broken: Option<BrokenYear>,
}

/// A year with far more incidents in an area than its past and the model lead to expect.
#[derive(Debug, Clone, PartialEq)]
pub struct BrokenYear {
    /// Whole years before it that it is compared with; at least 2.
    pub past_years: u32,
    /// The area's incidents in those years.
    pub past_incidents: u32,
    /// The probability of at least as many incidents after such a past, `0..=1`.
    pub by_past: f64,
    /// What the model expects of the 365 days after `as_of`.
    pub expected: Interval,
    /// The part of that which rests on past incidents of the area, `0..=1`.
    pub of_past_incidents: f64,
    /// The probability of at least as many incidents in those days, by the model's own distribution, `0..=1`.
    pub again: f64,
}

/// What became of the years that broke with the past of their area, in the whole history of the incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BrokenYears {
    /// Such years with a whole year after them; of any area.
    pub years: u32,
    /// Of these, years followed by another that breaks with the same past.
    pub followed: u32,
    /// Incidents of these years.
    pub incidents: u32,
    /// Incidents of the same areas in the years after.
    pub after: u32,
}
