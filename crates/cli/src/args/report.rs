//! Options of `scan`, `brief`, `explain`, `incidents` and `changes`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::format::{FormatWord, document_formats, report_formats};
use super::shared::{
    AreaSourceArgs, CostArgs, HistoryArgs, OutputArgs, ReadingArgs, RepositoryArgs, RunArgs, TrackerWord,
    parse_count,
};

#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    #[command(flatten)]
    pub(crate) repository: RepositoryArgs,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) cost: CostArgs,
    /// Find the commits that probably introduced incidents (json and ndjson)
    ///
    /// These are the commits that wrote the lines that fixes deleted. No figure depends on them.
    #[arg(long, help_heading = "Cost")]
    pub(crate) introduced: bool,
    /// Choose the output format [default: table]
    #[arg(long, value_parser = report_formats(), help_heading = "Output")]
    pub(crate) format: Option<FormatWord>,
    /// Write one picture of the page as an SVG file, or a badge, instead of the report
    #[arg(
        long,
        value_enum,
        value_name = "IMAGE",
        conflicts_with_all = ["format", "group", "sort", "full", "top", "introduced"],
        help_heading = "Output"
    )]
    pub(crate) picture: Option<ImageWord>,
    /// Choose the rows of table, csv and ndjson [default: area]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) group: Option<GroupWord>,
    /// Choose the order of areas [default: cost]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) sort: Option<SortWord>,
    /// Show every section of the table, not just one screen
    ///
    /// Adds areas and files by expected cost per line of code, the costliest files, the incidents that could not
    /// be placed, and all notes on data quality. Other formats always have everything.
    #[arg(long, help_heading = "Output")]
    pub(crate) full: bool,
    /// Show at most N rows per list [default: 10 or 5, or all; see --help]
    ///
    /// By default, the one screen of the table shows up to 7 areas. With --full, and in markdown, lists have
    /// 10 rows, but 5 rows of where to start, unplaced incidents and data quality. Other formats have every row.
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Output")]
    pub(crate) top: Option<usize>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// An image of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImageWord {
    /// Areas by expected cost, with ranges
    Areas,
    /// Incidents and commits by quarter
    Time,
    /// Files by change and complexity
    Corners,
    /// Files as rectangles within their areas
    Map,
    /// The main figure as a badge
    Badge,
    /// The main figure as JSON for an endpoint badge of shields.io
    Shields,
}

/// What a row of the ranking is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GroupWord {
    /// One row per area
    Area,
    /// One row per file
    File,
}

/// The order of areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortWord {
    /// By expected cost
    Cost,
    /// By what changed this year: the largest rise of incidents over the year before first
    Changed,
}

#[derive(Debug, Args)]
pub(crate) struct BriefArgs {
    #[command(flatten)]
    pub(crate) repository: RepositoryArgs,
    /// Make the case of this area (name or ID); repeatable [default: all areas]
    ///
    /// One page per area. By default, one page offers the areas by cost and by what changed this year.
    #[arg(long, value_name = "NAME", help_heading = "Case")]
    pub(crate) area: Vec<String>,
    /// Read the fixes to ask for from this CSV file [default: propose some]
    ///
    /// Columns: id, title, area, team, estimate, low and high (engineer-days), prevents (share of the
    /// incidents in its places), paths (files, folders, or functions as path:name), incidents, done when.
    #[arg(long, value_name = "FILE", help_heading = "Case")]
    pub(crate) fixes: Option<PathBuf>,
    /// Read what teams have planned from this CSV file
    ///
    /// Columns: item, team, effort (engineer-days), due, cost of delay (per week), movable (yes or no). The
    /// order of the rows is the order of work.
    #[arg(long, value_name = "FILE", help_heading = "Case")]
    pub(crate) plan: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) cost: CostArgs,
    /// Choose the output format [default: table]
    #[arg(long, value_parser = document_formats(), help_heading = "Output")]
    pub(crate) format: Option<FormatWord>,
    /// Write the fixes as tickets for the import of a tracker, instead of the page
    ///
    /// github: one JSON object per line, to send to the API; jira, linear and azure-devops: CSV. See
    /// docs/tickets.md for the commands and limits.
    #[arg(long, value_enum, value_name = "TRACKER", conflicts_with = "format", help_heading = "Output")]
    pub(crate) tickets: Option<TrackerWord>,
    /// Show at most N rows per list in table and markdown [default: 5 to 20]
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Output")]
    pub(crate) top: Option<usize>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Area (name or ID) or file (path from the repository's root)
    #[arg(value_name = "TARGET")]
    pub(crate) target: String,
    #[command(flatten)]
    pub(crate) repository: RepositoryArgs,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) cost: CostArgs,
    /// Find the commits that probably introduced incidents (not in csv)
    ///
    /// These are the commits that wrote the lines that fixes deleted. No figure depends on them.
    #[arg(long, help_heading = "Cost")]
    pub(crate) introduced: bool,
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

#[derive(Debug, Args)]
pub(crate) struct IncidentsArgs {
    /// CSV or JSON files to check; - is standard input
    ///
    /// By default, the files of the configuration.
    #[arg(value_name = "FILE")]
    // `OsString` instead of `PathBuf`: `-` is standard input and no path.
    pub(crate) files: Vec<OsString>,
    /// Place incidents in this repository [default: . if it is in one]
    #[arg(long, value_name = "PATH", conflicts_with = "no_repo", help_heading = "Placing")]
    pub(crate) repo: Option<PathBuf>,
    /// Check the files only, and place no incident
    #[arg(long, help_heading = "Placing")]
    pub(crate) no_repo: bool,
    /// Read this configuration [default: debtscan.toml in the repository]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten, next_help_heading = "Placing")]
    pub(crate) areas: AreaSourceArgs,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    /// Choose the output format [default: table]
    #[arg(long, value_parser = document_formats(), help_heading = "Output")]
    pub(crate) format: Option<FormatWord>,
    /// Show at most N rows per list [default: 10, or all outside table and markdown]
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Output")]
    pub(crate) top: Option<usize>,
    /// Remove titles, account names and all cell values from every output and message
    #[arg(long, help_heading = "Output")]
    pub(crate) redact: bool,
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
    /// Choose the output format [default: table]
    #[arg(long, value_parser = document_formats(), help_heading = "Output")]
    pub(crate) format: Option<FormatWord>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
