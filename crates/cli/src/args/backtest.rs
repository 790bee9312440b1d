//! Options of `backtest`.

use clap::{Args, value_parser};
use debtscan_app::{TimeSpec, Timestamp};

use super::shared::ListArgs;
use crate::value::parse_time;

#[derive(Debug, Args)]
pub(crate) struct BacktestArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    // Last, because a heading applies to everything after it.
    #[command(flatten)]
    pub(crate) protocol: ProtocolArgs,
}

/// The dates of the rankings, and what the rankings know.
#[derive(Debug, Args)]
#[command(next_help_heading = "Protocol")]
pub(crate) struct ProtocolArgs {
    /// Test rankings as of these dates [default: 1 January of every year]
    ///
    /// DATES are separated by commas, such as 2023-01-01,2024-07-01.
    #[arg(long, value_name = "DATES", value_delimiter = ',', value_parser = parse_date)]
    pub(crate) cuts: Vec<Timestamp>,
    /// Test against the incidents of DAYS days after each date [default: 365]
    #[arg(long, value_name = "DAYS", value_parser = parse_horizon)]
    pub(crate) horizon: Option<i64>,
    /// Hide N percent of the known incidents from the ranking [default: 0]
    ///
    /// The hidden incidents are drawn at random. Shows the effect of incidents that nobody recorded.
    #[arg(long, value_name = "N", value_parser = value_parser!(u8).range(0..=100))]
    pub(crate) drop_incidents: Option<u8>,
    /// Hide the evidence that places N percent of the known incidents [default: 0]
    ///
    /// Shows the effect of incidents that nobody linked to code.
    #[arg(long, value_name = "N", value_parser = value_parser!(u8).range(0..=100))]
    #[arg(conflicts_with = "drop_incidents")]
    pub(crate) drop_links: Option<u8>,
    /// Seed all random draws with N [default: 1]
    ///
    /// Applies to the --drop options and to the ranges.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
}

/// Longer than any history.
const MAX_DAYS: i64 = 36_500;

fn parse_horizon(text: &str) -> Result<i64, String> {
    match text.parse() {
        Ok(days) if (1..=MAX_DAYS).contains(&days) => Ok(days),
        Ok(_) => Err(format!("must be between 1 and {MAX_DAYS}")),
        Err(_) => Err("not a whole number".to_owned()),
    }
}

/// Parses a date or time; an age has nothing to be relative to.
pub(super) fn parse_date(text: &str) -> Result<Timestamp, String> {
    match parse_time(text)? {
        TimeSpec::At(time) => Ok(time),
        TimeSpec::BeforeAsOf { .. } | TimeSpec::Revision(_) => {
            // Such dates are compared with each other before a repository is open that could
            // resolve a tag.
            Err("not a date: write 2025-01-31 (UTC) or RFC 3339".to_owned())
        }
    }
}
