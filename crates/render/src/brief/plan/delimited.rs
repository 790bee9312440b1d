//! CSV of a plan: one row per fix, in the order of work, then those that are not planned.

use std::io::Write;

use super::super::ask::title;
use crate::delimited::DelimitedRow;
use crate::number::{day, minor_per_unit, significant};
use crate::options::Formulas;
use debtscan_findings::plan::{FixPlan, LeftOut, PlanUnit};

const COLUMNS: [&str; 16] = [
    "id",
    "title",
    "area",
    "team",
    "state",
    "reason",
    "sprint_start",
    "done",
    "low_days",
    "likely_days",
    "high_days",
    "prevents_per_year",
    "prevents_counted",
    "unit",
    "paid_back",
    "first_in_20",
];

/// Writes the fixes.
pub(crate) fn delimited(plan: &FixPlan, formulas: Formulas, out: &mut dyn Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    let (unit, per_unit) = match plan.unit {
        PlanUnit::Money(currency) => (currency.code().to_owned(), minor_per_unit(currency)),
        PlanUnit::Incidents => ("incidents".to_owned(), 1.0),
    };
    let number = |value: f64| significant(value / per_unit, 6).to_string();
    for fix in &plan.fixes {
        let mut row = DelimitedRow::new(formulas);
        row.free(&fix.fix.id);
        row.free(&title(&fix.fix));
        row.free(&fix.area);
        row.free(&plan.teams[fix.team].name);
        row.exact("planned");
        row.exact("");
        let sprints = &plan.teams[fix.team].sprints;
        row.exact(sprints.get(fix.begins as usize).map_or_else(String::new, |sprint| day(sprint.start)));
        row.exact(day(fix.done));
        for days in
            fix.fix.effort.map(|it| [it.low, it.likely, it.high].map(|it| it.to_string())).unwrap_or_default()
        {
            row.exact(days);
        }
        row.exact(number(fix.per_year));
        row.exact(number(fix.counted));
        row.exact(&unit);
        row.exact(fix.pays_back.map_or_else(String::new, day));
        row.exact(fix.first_in.to_string());
        writer.write_record(row.0)?;
    }
    for it in &plan.left_out {
        let mut row = DelimitedRow::new(formulas);
        row.free(&it.id);
        row.free(&it.fix.as_ref().map_or_else(|| it.title.clone(), title));
        row.free(it.area.as_deref().unwrap_or_default());
        row.free(it.fix.as_ref().and_then(|fix| fix.team.as_deref()).unwrap_or_default());
        row.exact("not planned");
        row.exact(reason(&it.why));
        row.empty(3);
        row.exact(it.effort.map_or_else(String::new, |effort| effort.to_string()));
        row.empty(6);
        writer.write_record(row.0)?;
    }
    writer.flush()?;
    Ok(())
}

/// The word of data for why a fix is not planned.
pub(crate) fn reason(why: &LeftOut) -> &'static str {
    match why {
        LeftOut::NoArea => "no-area",
        LeftOut::NoEffort => "no-effort",
        LeftOut::NoIncident => "no-incident",
        LeftOut::UnknownTeam(_) => "unknown-team",
        LeftOut::Needs(_) => "needs",
        LeftOut::NothingMore => "nothing-more",
        LeftOut::NoRoom => "no-room",
        LeftOut::TooMany => "too-many",
    }
}
