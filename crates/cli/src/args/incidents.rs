//! What may be typed after `debtscan incidents`, and how incident files are to be read by any command.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use debtscan_findings::AreaSource;
use debtscan_incidents::{ColumnMap, DateOrder, TextEncoding};

use super::{FormatWord, HistoryArgs, OutputArgs, RunArgs, parse_count};
use crate::value::parse_area_source;

#[derive(Debug, Args)]
pub(crate) struct IncidentsArgs {
    /// Incident files to read, CSV or JSON; - is standard input [default: those of the configuration]
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<OsString>,
    /// Place the incidents in this repository [default: . if it is in one]
    #[arg(long, value_name = "PATH", conflicts_with = "no_repo", help_heading = "Placing")]
    pub(crate) repo: Option<PathBuf>,
    /// Look at the files alone, and place nothing
    #[arg(long, help_heading = "Placing")]
    pub(crate) no_repo: bool,
    /// Read this configuration [default: debtscan.toml in the repository]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// Take areas from: auto, config, codeowners, packages, folders, or dir:N (folders N deep)
    /// [default: auto]
    #[arg(long, value_name = "SOURCE", value_parser = parse_area_source, help_heading = "Placing")]
    pub(crate) areas: Option<AreaSource>,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    /// Output format [default: table]
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) format: Option<FormatWord>,
    /// Show at most N rows of a list [default: 10 in table and markdown, all elsewhere]
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Output")]
    pub(crate) top: Option<usize>,
    /// Leave titles of incidents, names of accounts and all values of cells out of every output and
    /// message
    #[arg(long, help_heading = "Output")]
    pub(crate) redact: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// How incident files are to be read.
#[derive(Debug, Args)]
pub(crate) struct ReadingArgs {
    /// Read COLUMN as FIELD, whatever its header says; FIELD is one of docs/incidents.md, or ignore;
    /// repeat for more
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = parse_map, help_heading = "Incident files")]
    pub(crate) map: Vec<ColumnMap>,
    /// Read dates such as 4/5/2026 with the day or the month first [default: what the column shows]
    #[arg(long, value_enum, value_name = "ORDER", help_heading = "Incident files")]
    pub(crate) date_order: Option<DateOrderWord>,
    /// Decode files as NAME, such as windows-1252 or utf-8 [default: detected]
    #[arg(long, value_name = "NAME", value_parser = TextEncoding::new, help_heading = "Incident files")]
    pub(crate) encoding: Option<TextEncoding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DateOrderWord {
    /// 4/5/2026 is in May
    Dmy,
    /// 4/5/2026 is in April
    Mdy,
}

impl From<DateOrderWord> for DateOrder {
    fn from(word: DateOrderWord) -> Self {
        match word {
            DateOrderWord::Dmy => Self::DayFirst,
            DateOrderWord::Mdy => Self::MonthFirst,
        }
    }
}

/// Parses `FIELD=COLUMN`; the column may hold further equals signs.
fn parse_map(text: &str) -> Result<ColumnMap, String> {
    let (field, column) = text.split_once('=').ok_or("write it as FIELD=COLUMN")?;
    if column.trim().is_empty() {
        return Err("write a column's header behind the equals sign".to_owned());
    }
    ColumnMap::new(field, column).map_err(|error| error.to_string())
}
