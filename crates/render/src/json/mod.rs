//! JSON: the machine-readable contract, documented in `docs/json.md`.
//!
//! A document is a head and tables. The rows of the tables are written by the columns that the other formats
//! use too. The structs here are what only JSON has: heads, and values of several parts; they are serialised
//! *and* what the JSON Schema is made from. Domain types are converted, never serialised.

mod agreed;
mod backtest;
mod brief;
mod change;
mod demo;
mod dry_run;
mod escape;
mod estimates;
mod explanation;
mod listing;
mod money;
mod nested;
mod output;
mod past_year;
mod placement;
mod quality;
mod report;
mod repository;
mod row;
mod start;
mod table;
mod values;

pub(crate) use self::backtest::{backtest, backtest_lines, backtest_schema};
pub(crate) use self::brief::{
    brief, brief_lines, brief_schema, plan, plan_lines, plan_schema, verification, verification_lines,
    verification_schema,
};
pub(crate) use self::change::ChangeJson;
pub(crate) use self::demo::{demo, demo_schema};
pub(crate) use self::dry_run::{dry_run, dry_run_lines, dry_run_schema};
pub(crate) use self::estimates::{Estimates, ScoreFigures, estimates, score_figures};
pub(crate) use self::explanation::{explanation, explanation_lines, explanation_schema};
pub(crate) use self::listing::{list, list_lines, list_schema};
pub(crate) use self::money::{ImpactJson, PriceJson};
pub(crate) use self::nested::Nested;
pub(crate) use self::output::{SCHEMA_VERSION, document};
pub(crate) use self::placement::{PlacementJson, ReadPlacementJson, RequestJson, SupportJson};
pub(crate) use self::report::{report, report_lines, report_schema};
pub(crate) use self::start::InComplexJson;
pub(crate) use self::table::RowWriter;
pub(crate) use self::values::IntroductionJson;

#[cfg(test)]
mod tests;
