//! Resolves settings: defaults < `debtscan.toml` < flags. The only place with defaults.
//!
//! Gives each command a complete request, and refuses what cannot be meant. After this, only the files,
//! the repository and the disk can fail.

mod backtest;
mod brief;
mod code;
mod configuration;
mod output;
mod people;
mod plan;
mod reading;
mod repeated;
mod report;
mod shared;
mod upkeep;
mod verify;
mod work;

use anstream::ColorChoice;

pub(crate) use self::backtest::backtest;
pub(crate) use self::brief::brief;
pub(crate) use self::code::{AreasOutput, Hotspots, areas, coupling, hotspots};
pub(crate) use self::output::{
    LossesShown, MessageStyle, OutputSettings, Strictness, Verbosity, destination,
};
pub(crate) use self::people::{knowledge, todos, trend};
pub(crate) use self::plan::plan;
pub(crate) use self::report::{changes, explain, incidents, scan};
pub(crate) use self::shared::Settings;
pub(crate) use self::upkeep::{InitSettings, cache, init, schema};
pub(crate) use self::verify::verify;
pub(crate) use self::work::{Allocation, allocation, delivery};
use crate::args::{Command, CommandLine};

/// Whether errors are coloured; known even if nothing else can be resolved.
pub(crate) fn error_color(line: &CommandLine) -> ColorChoice {
    let word = match &line.command {
        None => line.scan.output.color,
        Some(Command::Scan(args)) => args.output.color,
        Some(Command::Brief(args)) => args.output.color,
        Some(Command::Plan(args)) => args.output.color,
        Some(Command::Verify(args)) => args.output.color,
        Some(Command::Explain(args)) => args.output.color,
        Some(Command::Incidents(args)) => args.output.color,
        Some(Command::Hotspots(args)) => args.list.output.color,
        Some(Command::Coupling(args)) => args.list.output.color,
        Some(Command::Areas(args)) => args.list.output.color,
        Some(Command::Knowledge(args)) => args.list.output.color,
        Some(Command::Trend(args)) => args.list.output.color,
        Some(Command::Todos(args)) => args.list.output.color,
        Some(Command::Allocation(args)) => args.list.output.color,
        Some(Command::Delivery(args)) => args.list.output.color,
        Some(Command::Changes(args)) => args.output.color,
        Some(Command::Backtest(args)) => args.list.output.color,
        Some(Command::Demo(args)) => args.color,
        Some(Command::Init(args)) => args.messages.color,
        Some(Command::Schema(args)) => args.messages.color,
        Some(Command::Cache(args)) => args.action.place().messages.color,
        Some(Command::Completions(args)) => args.messages.color,
        Some(Command::Man(args)) => args.messages.color,
    };
    // Only the option and the environment decide, so this works for a command line whose settings
    // fail.
    output::message_color(word)
}
