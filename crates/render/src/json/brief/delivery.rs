//! How long changes take in an area, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::delivery::words::basis_word;
use crate::json::values::{Figure, IntervalJson, Time};
use debtscan_findings::DeliveryRatio;
use debtscan_findings::brief::CaseDelivery;

/// How long changes take in the area.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CaseDeliveryJson {
    /// What is measured: `branch`, `request` or `applied`.
    source: &'static str,
    /// Whether times are minimums.
    is_lower_bound: bool,
    /// Start of the period; its end is `as_of`.
    from: Time,
    /// Changes that touch the area.
    changes: u64,
    /// Median in days; `null` if a third or more took no time.
    median_days: Option<Figure>,
    /// 75% quantile in days.
    p75_days: Figure,
    /// Share of more than 7 days, `0..=1`.
    over_7_days: Figure,
    /// Share of more than 30 days, `0..=1`.
    over_30_days: Figure,
    /// Compared with equally large changes elsewhere; `null` with fewer than 20 on a side.
    compared: Option<DeliveryRatioJson>,
}

/// How long changes of an area take compared with equally large ones elsewhere.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DeliveryRatioJson {
    /// `median`, or `p75` if a third or more took no time.
    basis: &'static str,
    /// Ratio within size classes, with its 80% range.
    ratio: IntervalJson,
    /// Whether that range excludes 1.
    is_clear: bool,
    /// The same without regard to size.
    raw_ratio: Figure,
    /// The figure here, in days.
    here_days: Figure,
    /// The figure elsewhere, in days.
    others_days: Figure,
    /// Changes elsewhere.
    others: u64,
}

impl CaseDeliveryJson {
    pub(super) fn new(delivery: &CaseDelivery) -> Self {
        let times = &delivery.area.times;
        Self {
            source: delivery.source.name(),
            is_lower_bound: delivery.source.is_lower_bound(),
            from: Time::new(delivery.from),
            changes: times.changes,
            median_days: times.median_days.map(Figure::new),
            p75_days: Figure::new(times.p75_days),
            over_7_days: Figure::new(times.over_week),
            over_30_days: Figure::new(times.over_month),
            compared: delivery.area.ratio.as_ref().map(DeliveryRatioJson::new),
        }
    }
}

impl DeliveryRatioJson {
    fn new(ratio: &DeliveryRatio) -> Self {
        Self {
            basis: basis_word(ratio.basis),
            ratio: IntervalJson::new(&ratio.adjusted),
            is_clear: ratio.is_clear(),
            raw_ratio: Figure::new(ratio.raw),
            here_days: Figure::new(ratio.here_days),
            others_days: Figure::new(ratio.others_days),
            others: ratio.others,
        }
    }
}
