//! CSV of a verification: one row per area, that of the fix first.

use std::io::Write;

use crate::delimited::DelimitedRow;
use crate::number::{day, significant};
use crate::options::Formulas;
use debtscan_findings::verify::{AreaRole, Verdict, Verification};

const COLUMNS: [&str; 14] = [
    "area_id",
    "area",
    "role",
    "since",
    "as_of",
    "days",
    "before",
    "observed",
    "forecast",
    "expected",
    "expected_low",
    "expected_high",
    "at_most_by_chance",
    "verdict",
];

/// Writes the areas.
pub(crate) fn delimited(found: &Verification, formulas: Formulas, out: &mut dyn Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    let number = |value: f64| significant(value, 6).to_string();
    for it in [&found.area].into_iter().chain(&found.others) {
        let mut row = DelimitedRow::new(formulas);
        row.free(&it.id);
        row.free(&it.name);
        row.exact(role_word(it.role));
        row.exact(day(found.since));
        row.exact(day(found.head.as_of));
        row.exact(found.days.to_string());
        row.exact(it.before.to_string());
        row.exact(it.observed.to_string());
        row.exact(number(it.forecast));
        row.exact(number(it.expected.mean));
        row.exact(number(it.expected.low));
        row.exact(number(it.expected.high));
        row.exact(number(it.at_most));
        // The untreated areas have their say about the fix.
        let verdict = if it.role == AreaRole::Treated { found.verdict } else { it.verdict };
        row.exact(verdict_word(verdict));
        writer.write_record(row.0)?;
    }
    writer.flush()?;
    Ok(())
}

/// The word of data for a verdict.
pub(crate) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => "better",
        Verdict::NoClearChange => "no-clear-change",
        Verdict::Worse => "worse",
        Verdict::TooEarly => "too-early",
    }
}

/// The word of data for the part of an area.
pub(crate) fn role_word(role: AreaRole) -> &'static str {
    match role {
        AreaRole::Treated => "treated",
        AreaRole::Control => "control",
        AreaRole::SpillOver => "spill-over",
    }
}
