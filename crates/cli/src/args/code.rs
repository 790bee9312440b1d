//! Options of the commands that list code: `hotspots`, `coupling`, `areas`.

use clap::{Args, ValueEnum};

use super::shared::{ListArgs, UnitWord, parse_count};

/// What a row of the list of hotspots is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HotspotUnitWord {
    /// One row per file
    File,
    /// One row per folder, with the files directly in it
    Dir,
    /// One row per area
    Area,
    /// One row per function of the top files, followed through history
    Function,
}

#[derive(Debug, Args)]
pub(crate) struct HotspotsArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// Choose the rows [default: file]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) group: Option<HotspotUnitWord>,
    /// With --group function, list functions of the top N files [default: 20]
    #[arg(long, value_name = "N|all", value_parser = parse_files, help_heading = "Output")]
    pub(crate) files: Option<FileCount>,
    // Last, because a heading applies to everything after it.
    #[command(flatten)]
    pub(crate) thresholds: ThresholdArgs,
}

/// Thresholds of bands and quadrants.
#[derive(Debug, Args)]
#[command(next_help_heading = "Thresholds")]
pub(crate) struct ThresholdArgs {
    /// Start the bands moderate, high and severe at A, B, C [default: 50,100,200]
    #[arg(long, value_name = "A,B,C", value_parser = parse_bands)]
    pub(crate) bands: Option<[f64; 3]>,
    /// Treat files as active from a recent activity of R [default: 1]
    ///
    /// Recent activity counts the commits that touch a file, with a half-life of 180 days.
    #[arg(long, value_name = "R", value_parser = parse_positive)]
    pub(crate) active_from: Option<f64>,
    /// Treat files as complex above cognitive complexity N [default: 15]
    ///
    /// Compares N with the most complex function of the file.
    #[arg(long, value_name = "N")]
    pub(crate) complex_above: Option<u32>,
    /// Treat files as complex from indentation complexity N [default: 1000]
    ///
    /// Applies to files in languages without a parser.
    #[arg(long, value_name = "N")]
    pub(crate) complex_indentation: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct CouplingArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// Choose what is coupled [default: file]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) group: Option<UnitWord>,
    /// List sums of coupling before pairs; csv has only the first list
    #[arg(long, help_heading = "Output")]
    pub(crate) sums: bool,
    // Last, because a heading applies to everything after it.
    #[command(flatten)]
    pub(crate) gates: GateArgs,
}

/// Which pairs are listed, and which commits count.
#[derive(Debug, Args)]
#[command(next_help_heading = "Gates")]
pub(crate) struct GateArgs {
    /// List pairs with a mean of at least N commits [default: 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) min_revisions: Option<u32>,
    /// List pairs with at least N shared commits [default: 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) min_shared: Option<u32>,
    /// List pairs with a degree of at least PERCENT [default: 30]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) min_degree: Option<u32>,
    /// List pairs with a degree of at most PERCENT [default: 100]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) max_degree: Option<u32>,
    /// Exclude commits that touch more than N files of any class [default: 30]
    #[arg(long, value_name = "N", value_parser = parse_count)]
    pub(crate) max_changeset_size: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct AreasArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// Choose the rows of the first list [default: area]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) group: Option<UnitWord>,
    // Not a doc comment, because rustdoc would read the brackets as a link.
    #[arg(
        long,
        help = "Print the areas as [[area]] tables for debtscan.toml",
        conflicts_with_all = ["group", "format", "top"],
        help_heading = "Output"
    )]
    pub(crate) write_config: bool,
}

/// A number of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileCount {
    Top(usize),
    All,
}

/// Parses a number of at least 1, or `all`.
fn parse_files(text: &str) -> Result<FileCount, String> {
    if text == "all" { Ok(FileCount::All) } else { parse_count(text).map(FileCount::Top) }
}

/// Parses a number above 0.
fn parse_positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        // Rust parses `inf` and `NaN` as floats.
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
