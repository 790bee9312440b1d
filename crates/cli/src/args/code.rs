//! Flags of the commands that list code: `hotspots`, `coupling`, `areas`.

use clap::{Args, ValueEnum};

use super::{CostArgs, FormatWord, HistoryArgs, OutputArgs, RepositoryArgs, RunArgs, parse_count};

/// What every list is told.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) repository: RepositoryArgs,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) cost: CostArgs,
    /// Output format [default: table]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) format: Option<FormatWord>,
    /// Show at most N rows of a list [default: 10 in table and markdown, all elsewhere]
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Output")]
    pub(crate) top: Option<usize>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// What a row of the list of hotspots is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HotspotUnitWord {
    /// One row per file
    File,
    /// One row per folder, with the files directly in it
    Dir,
    /// One row per area
    Area,
    /// One row per function of the hottest files, its lines followed through history
    Function,
}

/// What a row of a list of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum UnitWord {
    /// One row per file
    File,
    /// One row per folder, with the files directly in it
    Dir,
    /// One row per area
    Area,
}

#[derive(Debug, Args)]
pub(crate) struct HotspotsArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// What a row is [default: file]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) group: Option<HotspotUnitWord>,
    /// With --group function: follow the functions of the N hottest files, or of all files [default: 20]
    #[arg(long, value_name = "N|all", value_parser = parse_files, help_heading = "Output")]
    pub(crate) files: Option<FileCount>,
    // Last: a heading holds for all that follows.
    #[command(flatten)]
    pub(crate) thresholds: ThresholdArgs,
}

/// Where bands and quadrants begin.
#[derive(Debug, Args)]
#[command(next_help_heading = "Thresholds")]
pub(crate) struct ThresholdArgs {
    /// Begin the bands moderate, high and severe at these scores [default: 50,100,200]
    #[arg(long, value_name = "A,B,C", value_parser = parse_bands)]
    pub(crate) bands: Option<[f64; 3]>,
    /// Call a file active from R recent revisions, where a change counts half after 180 days
    /// [default: 1]
    #[arg(long, value_name = "R", value_parser = parse_positive)]
    pub(crate) active_from: Option<f64>,
    /// Call a file complex when a function's cognitive complexity is above N [default: 15]
    #[arg(long, value_name = "N")]
    pub(crate) complex_above: Option<u32>,
    /// Call a file without syntax tree complex from an indentation complexity of N [default: 1000]
    #[arg(long, value_name = "N")]
    pub(crate) complex_indentation: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct CouplingArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// What is coupled [default: file]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) group: Option<UnitWord>,
    /// Put the sums of coupling before the pairs; csv has the first table only
    #[arg(long, help_heading = "Output")]
    pub(crate) sums: bool,
    // Last: a heading holds for all that follows.
    #[command(flatten)]
    pub(crate) gates: GateArgs,
}

/// Which pairs are listed, and which commits count.
#[derive(Debug, Args)]
#[command(next_help_heading = "Gates")]
pub(crate) struct GateArgs {
    /// List pairs whose revisions are at least N in the mean [default: 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) min_revisions: Option<u32>,
    /// List pairs with at least N shared revisions [default: 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) min_shared: Option<u32>,
    /// List pairs with a degree of at least PERCENT [default: 30]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) min_degree: Option<u32>,
    /// List pairs with a degree of at most PERCENT [default: 100]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) max_degree: Option<u32>,
    /// Leave out commits that touch more than N files of any class [default: 30]
    #[arg(long, value_name = "N", value_parser = parse_count)]
    pub(crate) max_changeset_size: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct AreasArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// What a row of the first table is [default: area]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) group: Option<UnitWord>,
    // Not a doc comment: the brackets would be a link.
    #[arg(
        long,
        help = "Print the map as [[area]] tables of debtscan.toml instead: in force, they give the same areas",
        conflicts_with_all = ["group", "format", "top"],
        help_heading = "Output"
    )]
    pub(crate) write_config: bool,
}

/// How many files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileCount {
    Hottest(usize),
    All,
}

/// Parses a number of at least 1, or `all`.
fn parse_files(text: &str) -> Result<FileCount, String> {
    if text == "all" { Ok(FileCount::All) } else { parse_count(text).map(FileCount::Hottest) }
}

/// Parses a number above 0.
fn parse_positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number > 0.0 => Ok(number),
        _ => Err("write a number above 0".to_owned()),
    }
}

/// Parses three ascending numbers above 0.
fn parse_bands(text: &str) -> Result<[f64; 3], String> {
    let numbers: Vec<f64> = text.split(',').map(parse_positive).collect::<Result<_, _>>()?;
    match numbers[..] {
        [first, second, third] if first < second && second < third => Ok([first, second, third]),
        _ => Err("write three ascending numbers, such as 50,100,200".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_bands;

    #[test]
    fn bands_are_three_ascending_numbers() {
        assert_eq!(parse_bands("1,2.5,30"), Ok([1.0, 2.5, 30.0]));
        for text in ["", "1,2", "1,2,2", "0,1,2", "1,2,3,4", "a,b,c", "1,2,inf"] {
            assert!(parse_bands(text).is_err(), "{text}");
        }
    }
}
