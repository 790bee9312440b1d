//! The JSON of an earlier `debtscan plan` -> [`EarlierPlan`].

use debtscan_model::Timestamp;
use serde_json::Value;

use super::days::EngineerDays;
use super::table::PlanningError;
use crate::incident::file::IncidentFile;
use crate::number::Decimal;

/// What an earlier plan said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EarlierPlan {
    /// When it was made.
    pub as_of: Option<Timestamp>,
    /// The share of capacity, in thousandths.
    pub capacity: Option<u32>,
    /// Its fixes, in its order.
    pub fixes: Vec<EarlierFix>,
    /// The ids of fixes that it knew and did not plan.
    pub left_out: Vec<String>,
}

/// A fix of an earlier plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierFix {
    /// Its id.
    pub id: String,
    /// Its title; the id without one.
    pub title: String,
    /// When it was to be done.
    pub done: Option<Timestamp>,
    /// Its most likely effort.
    pub effort: Option<EngineerDays>,
    /// What it was to prevent in a year, in the unit of that plan.
    pub per_year: Option<Decimal>,
}

/// Reads the JSON of an earlier plan.
///
/// # Errors
/// If the file is not the JSON of a plan.
pub fn read_earlier_plan(file: &IncidentFile) -> Result<EarlierPlan, PlanningError> {
    let refused = || PlanningError::NotAPlan { file: file.name.clone() };
    let document: Value = serde_json::from_slice(&file.content).map_err(|_| refused())?;
    let list = |key: &str| document.get(key).and_then(Value::as_array);
    let fixes = list("fixes").ok_or_else(refused)?;
    let fixes = fixes.iter().map(|fix| earlier(fix).ok_or_else(refused)).collect::<Result<_, _>>()?;
    let left_out = list("left_out").into_iter().flatten().filter_map(|fix| text(fix, "id")).collect();
    Ok(EarlierPlan {
        as_of: time(&document, "as_of"),
        capacity: decimal(&document, "capacity").and_then(Decimal::thousandths),
        fixes,
        left_out,
    })
}

fn earlier(fix: &Value) -> Option<EarlierFix> {
    let id = text(fix, "id")?;
    Some(EarlierFix {
        title: text(fix, "title").unwrap_or_else(|| id.clone()),
        done: time(fix, "done"),
        effort: fix
            .get("effort_days")
            .and_then(|effort| decimal(effort, "likely"))
            .and_then(EngineerDays::from_decimal),
        per_year: decimal(fix, "prevents_per_year"),
        id,
    })
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

fn time(value: &Value, key: &str) -> Option<Timestamp> {
    let time: jiff::Timestamp = value.get(key)?.as_str()?.parse().ok()?;
    Some(Timestamp(time.as_second()))
}

fn decimal(value: &Value, key: &str) -> Option<Decimal> {
    match value.get(key)? {
        Value::Number(number) => Decimal::parse(&number.to_string()).ok(),
        _ => None,
    }
}
