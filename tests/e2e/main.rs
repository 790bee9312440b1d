//! The binary from the outside: one test per promise of the README, output format and exit code.
//!
//! Every run gets an environment of its own; nothing of the machine's user, time zone or language
//! reaches it unless a test says so.

mod arithmetic;
mod backtest;
mod boundary;
mod brief;
mod cache;
mod change;
mod configuration;
mod demo;
mod determinism;
mod documents;
mod explain;
mod failures;
mod faults;
mod fixture;
mod formats;
mod history;
mod incidents;
mod lists;
mod manners;
mod odd_repositories;
mod options;
mod output_file;
mod people;
mod places;
mod plan;
mod privacy;
mod program;
mod sinks;
mod strict;
mod terminal;
mod work;
mod workers;
