//! [`Scan`](debtscan_model::Scan) + incidents -> [findings](debtscan_findings).
//!
//! Takes a finished scan and the incidents beside it; gives reports, lists, explanations and backtests as
//! values. Reads no repository, opens no file, asks no clock, and words nothing for people.
//!
//! The pipeline:
//!
//! 1. [`area::AreaMap::build`]: every file in exactly one area
//! 2. [`price::price`]: what each incident cost, recorded or modelled
//! 3. [`attribution::attribute`]: which files each incident's cost falls on, conserved to the cent
//! 4. [`rank`]: shares of the incidents to come -> expected incidents and cost
//! 5. [`report()`]: all of the above, an [`Analysis`] -> [`Report`](debtscan_findings::Report)
//! 6. [`case::brief`]: the same for a decision -> [`Brief`](debtscan_findings::brief::Brief)

// No clock, environment or file: the list is in `clippy.toml`.
#![deny(clippy::disallowed_methods)]

mod analysis;
pub mod area;
mod area_list;
mod area_names;
mod assemble;
pub mod attribution;
pub mod backtest;
mod beyond;
#[cfg(test)]
mod beyond_tests;
pub mod case;
mod change;
mod constants;
pub mod coupling;
mod customers;
pub mod delivery;
mod dry_run;
mod error;
mod explain;
mod feed;
#[cfg(test)]
mod format_tests;
mod found;
mod functions;
mod hotspots;
mod hours;
mod introduced;
pub mod knowledge;
mod listing;
mod options;
mod parameters;
mod past_year;
mod pictures;
pub mod price;
pub mod rank;
mod report;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod sample_areas;
pub mod todos;
pub mod trend;
pub mod verify;
pub mod work;
mod yearly;

pub use analysis::Analysis;
pub use area_list::areas;
pub use assemble::{build, rejected_values};
pub use coupling::{CouplingOptions, coupling};
pub use dry_run::dry_run;
pub use error::BuildError;
pub use explain::{ExplainError, explain};
pub use found::findings;
pub use functions::{functions, hottest_files};
pub use hotspots::{HotspotOptions, hotspots};
pub use introduced::{fix_commits, introduce_explanation, introduce_report};
pub use listing::ListInput;
pub use options::{AgreedGoal, Later, Privacy, ReportOptions};
pub use pictures::pictures;
pub use report::report;
