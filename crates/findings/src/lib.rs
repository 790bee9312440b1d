//! Result values: what an analysis found.
//!
//! Reports, lists, explanations and backtests as `debtscan-reporter` makes them and `debtscan-render` writes
//! them. Data only: nothing here computes a figure, serialises a value or words a sentence for people.
#![deny(clippy::disallowed_methods)]

mod area;
mod areas;
mod backtest;
// A module of its own, because `Fix`, `Place` and `Goal` are too general for the names of this
// crate.
pub mod brief;
mod change;
mod coupling;
mod customers;
mod delivery;
mod demo;
mod dry_run;
mod explanation;
mod finding;
mod forecast;
mod functions;
mod goal;
mod head;
mod hotspots;
mod incident;
mod introduction;
mod knowledge;
mod loss;
mod loss_rules;
mod model;
mod past_year;
mod people;
mod pictures;
mod placement;
pub mod plan;
mod price;
mod quality;
mod recorded;
mod remark;
mod report;
mod step;
mod todos;
mod totals;
mod trend;
pub mod verify;
mod work;

pub use self::area::*;
pub use self::areas::*;
pub use self::backtest::*;

pub use self::change::*;
pub use self::coupling::*;
pub use self::customers::*;
pub use self::delivery::*;
pub use self::demo::*;
pub use self::dry_run::*;
pub use self::explanation::*;
pub use self::finding::*;
pub use self::forecast::*;
pub use self::functions::*;
pub use self::goal::*;
pub use self::head::*;
pub use self::hotspots::*;
pub use self::incident::*;
pub use self::introduction::*;
pub use self::knowledge::*;
pub use self::loss::*;
pub use self::loss_rules::*;
pub use self::model::*;
pub use self::past_year::*;
pub use self::people::*;
pub use self::pictures::*;
pub use self::placement::*;
pub use self::price::*;
pub use self::quality::*;
pub use self::recorded::*;
pub use self::remark::*;
pub use self::report::*;
pub use self::step::*;
pub use self::todos::*;
pub use self::totals::*;
pub use self::trend::*;
pub use self::work::*;
