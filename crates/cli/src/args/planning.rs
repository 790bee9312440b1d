//! Options of `plan` and `verify`.

use std::path::PathBuf;

use clap::Args;
use debtscan_app::{Decimal, Timestamp};

use super::backtest::parse_date;
use super::format::{FormatWord, document_formats};
use super::shared::{CostArgs, HistoryArgs, OutputArgs, RepositoryArgs, RunArgs, TrackerWord, parse_count};

use crate::value::RenamesWord;

#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) repository: RepositoryArgs,
    /// Give this share of each team's capacity to fixes [default: 25%]
    #[arg(long, value_name = "SHARE", value_parser = parse_share, help_heading = "Plan")]
    pub(crate) capacity: Option<u32>,
    /// Plan N sprints of each team, at most 26 [default: 6]
    #[arg(long, value_name = "N", value_parser = parse_sprints, help_heading = "Plan")]
    pub(crate) sprints: Option<u32>,
    /// Read the fixes from this CSV file [default: propose some]
    ///
    /// The columns are those of `debtscan brief --fixes`. The column needs names fixes that must be done before.
    #[arg(long, value_name = "FILE", help_heading = "Plan")]
    pub(crate) fixes: Option<PathBuf>,
    /// Read what teams have planned from this CSV file, and show what slips
    ///
    /// The columns are those of `debtscan brief --plan`.
    #[arg(long, value_name = "FILE", help_heading = "Plan")]
    pub(crate) plan: Option<PathBuf>,
    /// Keep the order of the plan in this JSON file unless another is worth 3% more
    ///
    /// The file is the output of `debtscan plan --format json`. Shows what moved, and why.
    #[arg(long, value_name = "FILE", help_heading = "Plan")]
    pub(crate) last: Option<PathBuf>,
    /// Plan the fixes of this area alone (name or ID); repeatable [default: all areas]
    #[arg(long, value_name = "NAME", help_heading = "Plan")]
    pub(crate) area: Vec<String>,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) cost: CostArgs,
    /// Choose the output format [default: table]
    #[arg(long, value_parser = document_formats(), help_heading = "Output")]
    pub(crate) format: Option<FormatWord>,
    /// Write the fixes as tickets for the import of a tracker, instead of the plan
    ///
    /// github: one JSON object per line, to send to the API; jira, linear and azure-devops: CSV. See
    /// docs/tickets.md for the commands and limits.
    #[arg(long, value_enum, value_name = "TRACKER", conflicts_with = "format", help_heading = "Output")]
    pub(crate) tickets: Option<TrackerWord>,
    /// Show at most N rows per list in table and markdown [default: 10 or 20]
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Output")]
    pub(crate) top: Option<usize>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) repository: RepositoryArgs,
    /// Verify the fix of this area (name or ID)
    #[arg(long, value_name = "NAME", help_heading = "Fix")]
    pub(crate) area: String,
    /// The day from which the fix is in force, such as 2025-01-31
    ///
    /// Choose it before you look at the incidents, and not at a day after which none happened to come.
    #[arg(long, value_name = "DATE", value_parser = parse_date, help_heading = "Fix")]
    pub(crate) since: Timestamp,
    /// Scan this commit, branch or tag [default: HEAD]
    #[arg(long, value_name = "REV", help_heading = "History")]
    pub(crate) rev: Option<String>,
    /// Follow first parents only; a merge counts as its whole branch
    #[arg(long, help_heading = "History")]
    pub(crate) first_parent: bool,
    /// Follow a file's history through renames [default: follow]
    #[arg(long, value_enum, value_name = "HOW", help_heading = "History")]
    pub(crate) renames: Option<RenamesWord>,
    /// Exclude paths that match this gitignore pattern; repeatable
    ///
    /// Adds to the patterns of the configuration.
    #[arg(long, value_name = "GLOB", help_heading = "History")]
    pub(crate) exclude: Vec<String>,
    #[command(flatten)]
    pub(crate) cost: CostArgs,
    /// Choose the output format [default: table]
    #[arg(long, value_parser = document_formats(), help_heading = "Output")]
    pub(crate) format: Option<FormatWord>,
    /// Show at most N rows per list in table and markdown [default: 12]
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Output")]
    pub(crate) top: Option<usize>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Parses `25%` or `0.25` as thousandths above 0.
fn parse_share(text: &str) -> Result<u32, String> {
    let share = match text.strip_suffix('%') {
        Some(percent) => Decimal::parse(percent.trim())
            .ok()
            .and_then(Decimal::thousandths)
            .map(|thousandths| thousandths / 100),
        None => Decimal::parse(text).ok().and_then(Decimal::thousandths),
    };
    share
        .filter(|share| (1..=1000).contains(share))
        .ok_or_else(|| "write a share such as 25% or 0.25, at most 100%".to_owned())
}

fn parse_sprints(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(sprints @ 1..=26) => Ok(sprints),
        _ => Err("write a number from 1 to 26".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_share;

    #[test]
    fn a_share_is_written_in_two_ways() {
        assert_eq!(
            ["25%", "0.25", "12.5 %", "100%", "1"].map(|text| parse_share(text).ok()),
            [Some(250), Some(250), Some(125), Some(1000), Some(1000)]
        );
        for wrong in ["", "0", "0%", "101%", "25", "-5%", "a quarter"] {
            assert!(parse_share(wrong).is_err(), "{wrong}");
        }
    }
}
