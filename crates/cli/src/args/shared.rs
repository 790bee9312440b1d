//! Options that several commands share.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use debtscan_app::{AreaSource, ColumnMap, ShareLimit, TextEncoding};

use super::format::{FormatWord, document_formats};
use crate::value::{
    ColorWord, DateOrderWord, FormulasWord, RenamesWord, TypedTime, parse_area_source, parse_share,
    parse_size,
};

/// Which repository, and which part of its configuration.
#[derive(Debug, Args)]
pub(crate) struct RepositoryArgs {
    /// Repository, or a folder in it to limit the scan to [default: .]
    #[arg(value_name = "PATH")]
    // Options have no default of clap here. Their absence lets the configuration decide, and only
    // then the default in the help applies.
    pub(crate) path: Option<PathBuf>,
    /// Read this configuration [default: debtscan.toml in PATH or above]
    ///
    /// By default, debtscan reads the nearest debtscan.toml from PATH up to the root of the repository.
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
    /// Ignore commits before TIME: a date, age such as 90d, tag or commit
    ///
    /// TIME is a date (2025-01-31, in UTC), an RFC 3339 time, an age before the scanned commit (90d, 12w,
    /// 18mo, 2y, "6 months ago"), a tag or a commit. By default, no commit is ignored.
    #[arg(long, value_name = "TIME", value_parser = TypedTime::parse)]
    pub(crate) since: Option<TypedTime>,
    /// Ignore commits at or after TIME, in the format of --since
    #[arg(long, value_name = "TIME", value_parser = TypedTime::parse)]
    pub(crate) until: Option<TypedTime>,
    /// Follow first parents only; a merge counts as its whole branch
    #[arg(long)]
    pub(crate) first_parent: bool,
    /// Follow a file's history through renames [default: follow]
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) renames: Option<RenamesWord>,
    /// Exclude paths that match this gitignore pattern; repeatable
    ///
    /// Adds to the patterns of the configuration.
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
}

/// What costs are joined with history, and by which areas.
#[derive(Debug, Args)]
#[command(next_help_heading = "Cost")]
pub(crate) struct CostArgs {
    /// Read incidents from this CSV or JSON file; - is standard input; repeatable
    ///
    /// Replaces the files of the configuration.
    #[arg(long, value_name = "FILE")]
    // Not text: the name of a file may have any bytes.
    pub(crate) incidents: Vec<OsString>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// Read customer accounts from this CSV file; repeatable
    ///
    /// An account has a name, and may have yearly revenue, a renewal date and a risk. Replaces the files of
    /// the configuration.
    #[arg(long, value_name = "FILE")]
    pub(crate) accounts: Vec<OsString>,
    /// Remove incident titles and account names from every output and message
    #[arg(long, help_heading = "Output")]
    pub(crate) redact: bool,
    /// Exclude commits over N source files from recent activity [default: 50]
    ///
    /// Such commits are reformats and moves. They still count as churn.
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "History")]
    pub(crate) max_files_per_commit: Option<usize>,
    /// Allow SHARE of the lines of code not to parse [default: 10%]
    #[arg(long, value_name = "SHARE", value_parser = parse_share, help_heading = "Behaviour")]
    pub(crate) max_unparsed: Option<ShareLimit>,
    #[command(flatten)]
    pub(crate) areas: AreaSourceArgs,
}

/// Where areas come from.
#[derive(Debug, Args)]
pub(crate) struct AreaSourceArgs {
    /// Choose where areas come from [default: auto]
    ///
    /// SOURCE is auto, config, codeowners, packages, folders, or dir:N for folders N deep.
    #[arg(long, value_name = "SOURCE", value_parser = parse_area_source)]
    pub(crate) areas: Option<AreaSource>,
}

/// How to read incident files.
#[derive(Debug, Args)]
pub(crate) struct ReadingArgs {
    /// Read COLUMN as FIELD whatever its header says; repeatable
    ///
    /// FIELD is a field of docs/incidents.md, or ignore.
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = parse_map, help_heading = "Incident files")]
    pub(crate) map: Vec<ColumnMap>,
    /// Read dates such as 4/5/2026 with the day or the month first
    ///
    /// By default, the values of each column decide.
    #[arg(long, value_enum, value_name = "ORDER", help_heading = "Incident files")]
    pub(crate) date_order: Option<DateOrderWord>,
    /// Allow SHARE of incidents to have no known place [default: 10%]
    ///
    /// More makes the data incomplete (--strict). Incidents whose fix changes no source file are not among them.
    #[arg(long, value_name = "SHARE", value_parser = parse_share, help_heading = "Behaviour")]
    pub(crate) max_unplaced: Option<ShareLimit>,
    /// Allow SHARE of the rows of input files to have an unusable value [default: 0%]
    #[arg(long, value_name = "SHARE", value_parser = parse_share, help_heading = "Behaviour")]
    pub(crate) max_rejected: Option<ShareLimit>,
    /// Decode files as NAME, such as windows-1252 or utf-8 [default: detected]
    #[arg(long, value_name = "NAME", value_parser = TextEncoding::new, help_heading = "Incident files")]
    pub(crate) encoding: Option<TextEncoding>,
    /// Read the sheet NAME of workbooks [default: the first]
    #[arg(long, value_name = "NAME", help_heading = "Incident files")]
    pub(crate) sheet: Option<String>,
}

/// Where output goes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// Write to FILE atomically; - is standard output [default: -]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Colour the table and messages [default: auto]
    ///
    /// auto respects NO_COLOR and CLICOLOR_FORCE.
    #[expect(clippy::doc_markdown, reason = "help does not render backticks")]
    #[arg(long, value_enum, value_name = "WHEN")]
    pub(crate) color: Option<ColorWord>,
    /// Escape or keep CSV cells that a spreadsheet would run [default: escape]
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) csv_formulas: Option<FormulasWord>,
    /// Replace people's names with stable pseudonyms everywhere, cache included
    ///
    /// A person has the same pseudonym in every run and repository.
    #[arg(long)]
    pub(crate) anonymize: bool,
    /// Make pseudonyms with the secret in FILE; implies --anonymize
    ///
    /// Without a secret, anybody who knows an address can find its pseudonym.
    #[arg(long, value_name = "FILE")]
    pub(crate) anonymize_key: Option<PathBuf>,
}

/// How the command behaves.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Behaviour")]
pub(crate) struct RunArgs {
    /// Use N worker threads, at most 256 [default: one per core]
    ///
    /// The result is the same for any N.
    #[arg(long, short, value_name = "N", value_parser = parse_threads)]
    pub(crate) jobs: Option<usize>,
    /// Try to use at most SIZE of memory, such as 400M or 2G [default: no limit]
    ///
    /// Includes mapped pack files. Slower, with the same result.
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub(crate) max_memory: Option<u64>,
    /// Keep the cache in DIR [default: debtscan in the user's cache folder]
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    pub(crate) cache_dir: Option<PathBuf>,
    /// Do not read or write the cache
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// Exit with 1 if more data is missing or unreadable than the limits allow
    // Not from the documentation, where brackets are links.
    #[arg(
        long,
        long_help = "Exit with 1 if more data is missing or unreadable than the limits allow\n\nThe limits are those \
                     of the --max options. Nothing else may be missing, unless [[accept]] in debtscan.toml accepts it."
    )]
    pub(crate) strict: bool,
    /// Allow SHARE of commits, changes or files to be read only in part [default: 1%]
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    pub(crate) max_skipped: Option<ShareLimit>,
    /// Print only errors on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print the time of each phase, and how much the cache gave, on standard error
    #[arg(long, short, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

/// Options of the commands that scan nothing.
#[derive(Debug, Args)]
pub(crate) struct MessageArgs {
    /// Print only errors on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Colour messages [default: auto]
    ///
    /// auto respects NO_COLOR and CLICOLOR_FORCE.
    #[expect(clippy::doc_markdown, reason = "help does not render backticks")]
    #[arg(long, value_enum, value_name = "WHEN")]
    pub(crate) color: Option<ColorWord>,
}

/// Options shared by all list commands.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) repository: RepositoryArgs,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) cost: CostArgs,
    /// Choose the output format [default: table]
    #[arg(long, value_parser = document_formats(), help_heading = "Output")]
    pub(crate) format: Option<FormatWord>,
    /// Show at most N rows per list [default: 10, or all outside table and markdown]
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Output")]
    pub(crate) top: Option<usize>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// A tracker with an import format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TrackerWord {
    /// One JSON object per line: the body of a request that creates an issue
    Github,
    /// CSV with Jira's markup
    Jira,
    /// CSV with Markdown
    Linear,
    /// CSV with HTML
    AzureDevops,
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

/// Parses a number of at least 1.
pub(crate) fn parse_count(text: &str) -> Result<usize, String> {
    match text.parse() {
        // No use of these counts has a meaning for 0, and a list of no rows is an accident.
        Ok(0) => Err("must be at least 1".to_owned()),
        Ok(count) => Ok(count),
        Err(_) => Err("not a whole number".to_owned()),
    }
}

/// More threads than any machine has cores would only cost memory: each has caches of its own.
const MAX_THREADS: usize = 256;

fn parse_threads(text: &str) -> Result<usize, String> {
    match parse_count(text)? {
        threads if threads > MAX_THREADS => Err(format!("must be at most {MAX_THREADS}")),
        threads => Ok(threads),
    }
}

/// Parses `FIELD=COLUMN`; the column may contain further equals signs.
fn parse_map(text: &str) -> Result<ColumnMap, String> {
    // The first equals sign: fields have none, headers may.
    let (field, column) = text.split_once('=').ok_or("write it as FIELD=COLUMN")?;
    if column.trim().is_empty() {
        return Err("write the header of a column after the equals sign".to_owned());
    }
    ColumnMap::new(field, column).map_err(|error| error.to_string())
}
