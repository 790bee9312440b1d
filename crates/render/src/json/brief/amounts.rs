//! Amounts that several parts of the JSON business case have.

use schemars::JsonSchema;
use serde::Serialize;

use crate::json::values::Figure;
use crate::number::nearest;
use debtscan_findings::Interval;
use debtscan_incidents::EngineerDays;

/// Engineer-days as a number.
pub(super) fn days(days: EngineerDays) -> Figure {
    // The value counts tenths of a day.
    Figure::new(f64::from(days.0) / 10.0)
}

/// An amount that may come, in minor units of the currency of `pricing`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the names are the keys of JSON, which end in the unit")]
pub(super) struct MinorJson {
    /// 10% quantile.
    low_minor: i64,
    /// Expected value.
    mean_minor: i64,
    /// 90% quantile.
    high_minor: i64,
}

impl MinorJson {
    pub(super) fn new(interval: &Interval) -> Self {
        Self {
            low_minor: nearest(interval.low),
            mean_minor: nearest(interval.mean),
            high_minor: nearest(interval.high),
        }
    }
}
