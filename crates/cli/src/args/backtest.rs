//! Flags of `backtest`.

use clap::{Args, value_parser};
use debtscan_model::Timestamp;
use debtscan_scanner::TimeSpec;

use super::code::ListArgs;
use crate::value::parse_time;

#[derive(Debug, Args)]
pub(crate) struct BacktestArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    // Last: a heading holds for all that follows.
    #[command(flatten)]
    pub(crate) protocol: ProtocolArgs,
}

/// When the ranking is judged, by what, and what it gets to see.
#[derive(Debug, Args)]
#[command(next_help_heading = "Protocol")]
pub(crate) struct ProtocolArgs {
    /// Judge the ranking of these dates, such as 2023-01-01,2024-07-01 [default: 1 January of every
    /// year]
    #[arg(long, value_name = "DATES", value_delimiter = ',', value_parser = parse_date)]
    pub(crate) cuts: Vec<Timestamp>,
    /// Look at the incidents of so many days after each date [default: 365]
    #[arg(long, value_name = "DAYS", value_parser = parse_horizon)]
    pub(crate) horizon: Option<i64>,
    /// Hide N percent of the known incidents from the ranking, drawn at random, to see how it fares
    /// when not all are written down [default: 0]
    #[arg(long, value_name = "N", value_parser = value_parser!(u8).range(0..=100))]
    pub(crate) drop_incidents: Option<u8>,
    /// Hide what ties N percent of the known incidents to code, to see how it fares when not all are
    /// linked [default: 0]
    #[arg(long, value_name = "N", value_parser = value_parser!(u8).range(0..=100))]
    #[arg(conflicts_with = "drop_incidents")]
    pub(crate) drop_links: Option<u8>,
    /// Begin all random draws at N: what --drop hides, and those behind the ranges [default: 1]
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
}

/// Days that a window may have: none is longer than any history.
const MOST_DAYS: i64 = 36_500;

fn parse_horizon(text: &str) -> Result<i64, String> {
    match text.parse() {
        Ok(days) if (1..=MOST_DAYS).contains(&days) => Ok(days),
        Ok(_) => Err(format!("must be between 1 and {MOST_DAYS}")),
        Err(_) => Err("not a whole number".to_owned()),
    }
}

/// Parses a day or an instant; what is relative has nothing to be relative to.
fn parse_date(text: &str) -> Result<Timestamp, String> {
    match parse_time(text)? {
        TimeSpec::At(time) => Ok(time),
        TimeSpec::BeforeAsOf { .. } | TimeSpec::Revision(_) => {
            Err("not a date: write 2025-01-31 (UTC) or RFC 3339".to_owned())
        }
    }
}
