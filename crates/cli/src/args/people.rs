//! Options of the commands about people and the past: `knowledge`, `trend`, `todos`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use debtscan_app::Every;

use super::format::trend_formats;
use super::shared::{ListArgs, UnitWord, parse_count};
use crate::value::parse_days;

#[derive(Debug, Args)]
pub(crate) struct KnowledgeArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// Choose the rows [default: area]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) group: Option<UnitWord>,
    // Last, because a heading applies to everything after it.
    #[command(flatten)]
    pub(crate) departures: DepartureArgs,
}

/// Inactive authors and leavers.
#[derive(Debug, Args)]
#[command(next_help_heading = "Knowledge")]
pub(crate) struct DepartureArgs {
    /// Treat authors as inactive after AGE without a commit [default: 180d]
    ///
    /// AGE is 180d, 26w, 6mo, 1y and the like, before the scanned commit.
    #[arg(long, value_name = "AGE", value_parser = parse_days)]
    pub(crate) inactive: Option<u32>,
    /// Treat the people named in FILE as inactive
    ///
    /// One name or e-mail address per line; # starts a comment.
    #[arg(long, value_name = "FILE")]
    pub(crate) left: Option<PathBuf>,
    /// Show the knowledge lost if this person left (name or address); repeatable
    #[arg(long, value_name = "NAME")]
    pub(crate) leaves: Vec<String>,
    /// Measure knowledge loss by last author of each line, or by lines added (faster)
    ///
    /// By default, last-written up to --lines-up-to source files, else lines-added.
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) loss_by: Option<LossWord>,
    /// Use --loss-by last-written up to N source files [default: 2000]
    ///
    /// It takes long in a history with many merges.
    #[arg(long, value_name = "N", conflicts_with = "loss_by")]
    pub(crate) lines_up_to: Option<usize>,
}

/// What knowledge loss is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LossWord {
    /// The last author of each line of the scanned revision
    LastWritten,
    /// The lines that each person added over the history
    LinesAdded,
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(trend_formats())))]
pub(crate) struct TrendArgs {
    /// Area (name or ID), file or folder (path from the root), or function (path:name)
    #[arg(value_name = "TARGET")]
    pub(crate) target: String,
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// Follow this function of the file TARGET
    #[arg(long, value_name = "NAME", help_heading = "Trend")]
    pub(crate) function: Option<String>,
    /// Measure every month, quarter, year, or N commits [default: month]
    ///
    /// Months, quarters and years are measured at their end. Of a file or folder, only commits that change it
    /// are counted.
    #[arg(long, value_name = "STEP", value_parser = parse_every, help_heading = "Trend")]
    pub(crate) every: Option<EveryWord>,
    /// Measure at most the newest N points [default: 60]
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Trend")]
    pub(crate) points: Option<usize>,
}

/// The distance between points, parsed and as text for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EveryWord {
    pub(crate) every: Every,
    pub(crate) words: String,
}

#[derive(Debug, Args)]
pub(crate) struct TodosArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// Choose the rows of the sums [default: area]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) group: Option<UnitWord>,
}

/// Parses `month`, `quarter`, `year`, or a number of commits, with or without the word.
pub(crate) fn parse_every(text: &str) -> Result<EveryWord, String> {
    let word = |every, words: &str| Ok(EveryWord { every, words: words.to_owned() });
    match text.trim() {
        "month" => word(Every::Months(1), "month"),
        "quarter" => word(Every::Months(3), "quarter"),
        "year" => word(Every::Months(12), "year"),
        other => {
            let digits =
                // The output says "every 20 commits", so people write it.
                other.strip_suffix("commits").or_else(|| other.strip_suffix("commit")).unwrap_or(other);
            match digits.trim().parse::<usize>() {
                Ok(1) => word(Every::Commits(1), "commit"),
                Ok(n) if n > 1 => word(Every::Commits(n), &format!("{n} commits")),
                _ => Err("write month, quarter, year, or a number of commits from 1".to_owned()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use debtscan_app::Every;

    use super::parse_every;

    #[test]
    fn steps_are_parts_of_the_calendar_or_commits() {
        let every = |text| parse_every(text).map(|word| (word.every, word.words));
        assert_eq!(every("quarter"), Ok((Every::Months(3), "quarter".to_owned())));
        assert_eq!(every("20"), Ok((Every::Commits(20), "20 commits".to_owned())));
        assert_eq!(every("20 commits"), every("20"));
        assert_eq!(every("1commit"), Ok((Every::Commits(1), "commit".to_owned())));
        for text in ["", "0", "week", "-3", "2 months"] {
            assert!(parse_every(text).is_err(), "{text}");
        }
    }
}
