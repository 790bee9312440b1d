//! What may be typed: a mirror of the command line, without defaults and without judgement.
//!
//! Every flag is optional here; [`settings`](crate::settings) decides what its absence means. The
//! text of a field is its `--help` text.

pub(crate) mod backtest;
pub(crate) mod code;
mod incidents;
pub(crate) mod people;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use debtscan_findings::AreaSource;
use debtscan_scanner::TimeSpec;

use self::code::{AreasArgs, CouplingArgs, HotspotsArgs};
pub(crate) use self::incidents::{DateOrderWord, IncidentsArgs, ReadingArgs};
use self::people::{KnowledgeArgs, TodosArgs, TrendArgs};
use crate::value::{ColorWord, RenamesWord, parse_area_source, parse_size, parse_time};

/// Rank the areas of a code base by what they cost the business
///
/// Reads a git history, joins it with incident records and ranks areas by expected cost per year.
/// Without a command, PATH is scanned and the ranking printed.
#[derive(Debug, Parser)]
#[command(
    name = "debtscan",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = EXAMPLES
)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) scan: ScanArgs,
}

const EXAMPLES: &str = "\
Examples:
  debtscan                                     Rank the repository in this folder
  debtscan --incidents incidents.csv           Price the ranking with recorded incidents
  debtscan explain src/payment                 Show where a figure comes from
  debtscan --format json --output report.json  Write every figure for other programs

A folder that is called like a command is written with a slash: ./init

Exit codes: 0 done, 1 data is not whole (--strict), 2 failed";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Scan a repository and print the ranking, as without a command
    Scan(ScanArgs),
    /// Show the whole trail of an area's or file's figures, down to commits and incidents
    Explain(ExplainArgs),
    /// Show how incident files are read, what is rejected, and where each incident would be placed
    Incidents(IncidentsArgs),
    /// List the code that is complex and keeps changing, per file, folder, area or function
    Hotspots(HotspotsArgs),
    /// List what changes in the same commits, and whether the code says why
    Coupling(CouplingArgs),
    /// Show the areas, which rule took which files and what is in the rest, or write the map down
    Areas(AreasArgs),
    /// Show where knowledge of the code is thin or lost, per area, folder or file
    Knowledge(KnowledgeArgs),
    /// Show how complex a file, function, folder or area was at points of the past
    Trend(TrendArgs),
    /// List the comments that say TODO, FIXME, HACK or XXX, with their age
    Todos(TodosArgs),
    /// List history row by row: one row per commit and path
    Changes(ChangesArgs),
    /// Show whether the ranking would have found the incidents that came next
    Backtest(backtest::BacktestArgs),
    /// Write a commented debtscan.toml
    Init(InitArgs),
    /// Print the JSON Schema of the JSON report, or of another command's JSON
    Schema(SchemaArgs),
    /// Show or remove what is kept to make the next scan faster
    Cache(CacheArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CacheArgs {
    #[command(subcommand)]
    pub(crate) action: CacheAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CacheAction {
    /// Show where the cache lies, what is kept in it, and how much that takes
    Status(CachePlaceArgs),
    /// Remove what is kept; the next scan is slower and says the same
    Clear(CachePlaceArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CachePlaceArgs {
    /// Only for this repository [default: all repositories]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// The cache is in DIR [default: debtscan in the user's cache folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) cache_dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    #[command(flatten)]
    pub(crate) repository: RepositoryArgs,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) cost: CostArgs,
    /// Look for the commits that probably introduced the incidents: those that wrote the lines which the
    /// fixes deleted. A hint that no figure depends on; shown in json and ndjson
    #[arg(long, help_heading = "Cost")]
    pub(crate) introduced: bool,
    /// Output format [default: table]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) format: Option<FormatWord>,
    /// What a row of table, csv and ndjson is [default: area]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) group: Option<GroupWord>,
    /// Show at most N rows of a list [default: in table and markdown 10, and 5 where to start, of incidents
    /// not placed and of data quality; all elsewhere]
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Output")]
    pub(crate) top: Option<usize>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Area (name or id) or file (path from the repository's root) to explain
    #[arg(value_name = "TARGET")]
    pub(crate) target: String,
    #[command(flatten)]
    pub(crate) repository: RepositoryArgs,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) cost: CostArgs,
    /// Look for the commits that probably introduced the incidents: those that wrote the lines which the
    /// fixes deleted. A hint that no figure depends on; not shown in csv
    #[arg(long, help_heading = "Cost")]
    pub(crate) introduced: bool,
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

#[derive(Debug, Args)]
pub(crate) struct ChangesArgs {
    #[command(flatten)]
    pub(crate) repository: RepositoryArgs,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    /// Output format [default: table]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) format: Option<FormatWord>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Repository, or a folder in it; the file goes into the repository's root [default: .]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// Write to FILE instead; - is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Print nothing but errors on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Command whose JSON is described [default: scan]
    #[arg(value_enum, value_name = "COMMAND")]
    pub(crate) command: Option<SchemaWord>,
    /// Write to FILE, atomically; - is standard output [default: -]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Which repository, and which part of its configuration.
#[derive(Debug, Args)]
pub(crate) struct RepositoryArgs {
    /// Repository to scan, or a folder in it to limit the scan to [default: .]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// Read this configuration [default: debtscan.toml in PATH or above it in the repository]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// Which part of history.
#[derive(Debug, Args)]
#[command(next_help_heading = "History")]
pub(crate) struct HistoryArgs {
    /// Scan this commit, branch or tag [default: HEAD]
    #[arg(long, value_name = "REV")]
    pub(crate) rev: Option<String>,
    /// Leave out commits before this time: 2025-01-31 (UTC), RFC 3339, an age before the scanned
    /// commit such as 90d, 12w, 18mo, 2y, or a tag or commit [default: the beginning]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub(crate) since: Option<TimeSpec>,
    /// Leave out commits at or after this time, written like --since [default: the end]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub(crate) until: Option<TimeSpec>,
    /// Follow first parents only, and let a merge stand for all that its branch brought
    #[arg(long)]
    pub(crate) first_parent: bool,
    /// Follow a file's history through renames [default: follow]
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) renames: Option<RenamesWord>,
    /// Leave out paths that match this gitignore pattern, besides those of the configuration; repeat
    /// for more
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
}

/// What costs are joined with history, and by which areas.
#[derive(Debug, Args)]
#[command(next_help_heading = "Cost")]
pub(crate) struct CostArgs {
    /// Read incidents from this CSV or JSON file, in place of those of the configuration; repeat for
    /// more; - is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) incidents: Vec<OsString>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// Read customer accounts (name, yearly revenue, renewal, risk) from this CSV file, in place of
    /// those of the configuration; repeat for more
    #[arg(long, value_name = "FILE")]
    pub(crate) accounts: Vec<OsString>,
    /// Leave titles of incidents and names of accounts out of every output and message
    #[arg(long, help_heading = "Output")]
    pub(crate) redact: bool,
    /// Take commits that touch more than N source files for reformats and moves: they stay in the
    /// churn and are no recent change [default: 50]
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "History")]
    pub(crate) max_files_per_commit: Option<usize>,
    /// Take areas from: auto, config, codeowners, packages, folders, or dir:N (folders N deep)
    /// [default: auto]
    #[arg(long, value_name = "SOURCE", value_parser = parse_area_source)]
    pub(crate) areas: Option<AreaSource>,
}

/// Where output goes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// Write to FILE, atomically; - is standard output [default: -]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    // Not a doc comment: the environment's names would need backticks, which help does not render.
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        help = "Colour the table and messages; auto obeys NO_COLOR and CLICOLOR_FORCE [default: auto]"
    )]
    pub(crate) color: Option<ColorWord>,
    /// Show people under pseudonyms, in every output, message and cache; the same person has the same
    /// one in every run and repository
    #[arg(long)]
    pub(crate) anonymize: bool,
    /// Make the pseudonyms with the secret in FILE, without which whoever knows an address can find
    /// its pseudonym; implies --anonymize [default: no secret]
    #[arg(long, value_name = "FILE")]
    pub(crate) anonymize_key: Option<PathBuf>,
}

/// How the command behaves.
#[derive(Debug, Args)]
#[command(next_help_heading = "Behaviour")]
pub(crate) struct RunArgs {
    /// Use N worker threads, at most 256; the result is the same for any N [default: one per core]
    #[arg(long, short, value_name = "N", value_parser = parse_threads)]
    pub(crate) jobs: Option<usize>,
    /// Stay below SIZE of memory where possible, packs that are read included, such as 400M or 2G: slower,
    /// with the same result [default: what is fastest]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub(crate) max_memory: Option<u64>,
    /// Keep results for the next scan in DIR [default: debtscan in the user's cache folder]
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    pub(crate) cache_dir: Option<PathBuf>,
    /// Compute everything anew, and keep nothing
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// Exit with 1 when part of the data could not be read or trusted
    #[arg(long)]
    pub(crate) strict: bool,
    /// Print nothing but errors on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatWord {
    /// Aligned text for a terminal
    Table,
    /// One JSON document with every figure
    Json,
    /// One JSON object per line
    Ndjson,
    /// Comma-separated values with a header
    Csv,
    /// GitHub-flavoured Markdown
    Markdown,
}

/// A command with a JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaWord {
    /// The report
    Scan,
    /// The trail of a subject's figures
    Explain,
    /// The list of hotspots
    Hotspots,
    /// The list of couplings
    Coupling,
    /// The list of areas
    Areas,
    /// The dry run of incident files
    Incidents,
    /// The list of hotspots with --group function
    Functions,
    /// The list of where knowledge is thin
    Knowledge,
    /// The points of a trend
    Trend,
    /// The list of comments that admit debt
    Todos,
    /// The ranking held against what came next
    Backtest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GroupWord {
    /// One row per area
    Area,
    /// One row per file
    File,
}

/// Parses a number of at least 1.
fn parse_count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("must be at least 1".to_owned()),
        Ok(count) => Ok(count),
        Err(_) => Err("not a whole number".to_owned()),
    }
}

/// More threads than any machine has cores would only cost memory: each keeps caches of its own.
const MOST_THREADS: usize = 256;

fn parse_threads(text: &str) -> Result<usize, String> {
    match parse_count(text)? {
        threads if threads > MOST_THREADS => Err(format!("must be at most {MOST_THREADS}")),
        threads => Ok(threads),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::CommandLine;

    #[test]
    fn the_command_line_is_consistent() {
        CommandLine::command().debug_assert();
    }
}
