//! Kinds, shares and counts in words.

use crate::number::{count, grouped};
use debtscan_findings::{Interval, WorkKind, WorkRow, WorkShare};

/// The words of a kind for people.
pub(crate) fn kind_words(kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::New => "new value",
        WorkKind::Repair => "keeping it running",
        WorkKind::Better => "making it better",
        WorkKind::Robots => "robots",
        WorkKind::Unclassified => "unclassified",
    }
}

/// `27% (22–33%)`; exact shares have no range, and too few changes no share.
pub(crate) fn share_text(share: &WorkShare) -> String {
    match share.corrected {
        None => String::new(),
        Some(interval) if (interval.high - interval.low).abs() < f64::EPSILON => whole(interval.mean),
        Some(Interval { low, mean, high }) => {
            format!("{} ({:.0}–{:.0}%)", whole(mean), low * 100.0, high * 100.0)
        }
    }
}

fn whole(share: f64) -> String {
    if share > 0.0 && share < 0.005 { "<1%".to_owned() } else { format!("{:.0}%", share * 100.0) }
}

#[expect(clippy::cast_possible_truncation, reason = "a count of days or lines")]
pub(super) fn rounded(value: f64) -> i64 {
    value.round() as i64
}

/// The name of a row in a table, with a mark if it is part of a month.
pub(super) fn name_cell(row: &WorkRow) -> String {
    let mark = if row.is_partial { " *" } else { "" };
    format!("{}{mark}", crate::text::visible(row.name.as_bytes()))
}

/// Whole author-days, or one digit below ten.
pub(super) fn days_cell(days: f64) -> String {
    if days < 9.95 { format!("{days:.1}") } else { grouped(rounded(days)) }
}

/// A count of a `u64`.
pub(super) fn count_cell(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX))
}
