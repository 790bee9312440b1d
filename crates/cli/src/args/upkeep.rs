//! Options of the commands that scan nothing: `init`, `schema`, `cache`, `completions` and `man`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::shared::MessageArgs;

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Repository whose root the file goes into, or a folder in it [default: .]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// Write to FILE instead; - is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) messages: MessageArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// Shell to write for
    #[arg(value_enum)]
    pub(crate) shell: Shell,
    #[command(flatten)]
    pub(crate) messages: MessageArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Command whose page to print [default: that of debtscan]
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
    #[command(flatten)]
    pub(crate) messages: MessageArgs,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Command whose JSON to describe [default: scan]
    #[arg(value_enum, value_name = "COMMAND")]
    pub(crate) command: Option<SchemaWord>,
    /// Write to FILE atomically; - is standard output [default: -]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) messages: MessageArgs,
}

/// A command with a JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaWord {
    /// The report
    Scan,
    /// The business case
    Brief,
    /// The files of the demo
    Demo,
    /// The plan of fixes
    Plan,
    /// Whether a fix paid
    Verify,
    /// How figures are computed
    Explain,
    /// The list of hotspots
    Hotspots,
    /// The list of couplings
    Coupling,
    /// The list of areas
    Areas,
    /// The check of incident files
    Incidents,
    /// The list of hotspots with --group function
    Functions,
    /// The list of knowledge risks
    Knowledge,
    /// The points of a trend
    Trend,
    /// The list of debt comments
    Todos,
    /// Where past work went
    Allocation,
    /// How long changes take
    Delivery,
    /// The backtest
    Backtest,
}

#[derive(Debug, Args)]
pub(crate) struct CacheArgs {
    #[command(subcommand)]
    pub(crate) action: CacheAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CacheAction {
    /// Show the folder, content and size of the cache
    Status(CachePlaceArgs),
    /// Clear the cache (results do not change)
    Clear(CachePlaceArgs),
}

impl CacheAction {
    /// The options that both actions share.
    pub(crate) fn place(&self) -> &CachePlaceArgs {
        match self {
            Self::Status(place) | Self::Clear(place) => place,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct CachePlaceArgs {
    /// Limit to this repository [default: all repositories]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// Choose the cache folder [default: debtscan in the user's cache folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) cache_dir: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) messages: MessageArgs,
}
