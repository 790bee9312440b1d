//! [`Scan`](debtscan_model::Scan) + incidents -> [`Report`] -> bytes.
//!
//! Takes a finished scan and the incidents beside it; gives a ranked report and renders it.
//! Reads no repository, opens no file, asks no clock, and prints nothing itself.
//!
//! The straight line:
//!
//! 1. [`area::AreaMap::build`]: every file in exactly one area
//! 2. [`price::price`]: what each incident cost, recorded or modelled; [`customers`] beside it
//! 3. [`attribution::attribute`]: which files each incident's cost falls on, conserved to the cent
//! 4. [`rank`]: the four-share model -> expected incidents and cost
//! 5. [`build()`]: all of the above -> [`Report`]
//! 6. [`render`]: [`Report`] -> table, JSON, NDJSON, CSV, Markdown
#![deny(clippy::disallowed_methods)]

pub mod area;
mod area_list;
pub mod attribution;
pub mod backtest;
mod build;
pub mod coupling;
pub mod customers;
pub mod debt;
mod dry_run;
mod explain;
mod functions;
mod hotspots;
mod hours;
mod introduced;
pub mod knowledge;
mod listing;
pub mod price;
pub mod rank;
pub mod render;
mod report;
#[cfg(test)]
mod sample;
pub mod trend;

pub use area_list::{AreaList, AreaMemberRow, AreaRow, AreaRuleRow, LanguageLines, areas, areas_config};
pub use build::{BuildError, Privacy, ReportOptions, build};
pub use coupling::{
    CouplingGates, CouplingList, CouplingOptions, CouplingOrder, CouplingPair, CouplingSide, CouplingSum,
    Relation, coupling,
};
pub use dry_run::{DryRun, SeverityCount};
pub use explain::{
    ExplainError, ExplainedCommit, ExplainedFile, ExplainedIncident, ExplainedStep, ExplainedSubject,
    Explanation, explain,
};
pub use functions::{FunctionList, FunctionRow, functions, hottest_files};
pub use hotspots::{
    Band, HotspotClass, HotspotList, HotspotOptions, HotspotRow, HotspotThresholds, Quadrant, WorstFunction,
    hotspots,
};
pub use hours::Hours;
pub use introduced::{Introducer, Introduction, fix_commits};
pub use listing::{Grouping, ListHead, ListInput};
pub use report::*;
