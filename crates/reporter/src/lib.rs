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
mod customers;
pub mod debt;
mod dry_run;
mod explain;
pub mod findings;
mod functions;
mod hotspots;
mod hours;
mod introduced;
pub mod knowledge;
mod listing;
pub mod price;
pub mod rank;
pub mod render;
#[cfg(test)]
mod sample;
pub mod trend;

pub use area_list::{areas, areas_config};
pub use build::{BuildError, Privacy, ReportOptions, build};
pub use coupling::{CouplingOptions, coupling};
pub use dry_run::dry_run;
pub use explain::{ExplainError, explain};
pub use findings::*;
pub use functions::{functions, hottest_files};
pub use hotspots::{HotspotOptions, hotspots};
pub use introduced::{fix_commits, introduce_explanation, introduce_report};
pub use listing::ListInput;
