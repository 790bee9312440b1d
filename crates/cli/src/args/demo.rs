//! Options of `demo`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use debtscan_render::Format;

use super::shared::RunArgs;
use crate::value::ColorWord;

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Folder to write to: new, empty or an earlier demo [default: debtscan-demo]
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// Choose the output format [default: table]
    ///
    /// json lists the files and the next commands. The pages are written in any format; for the ranking and the
    /// case in other formats, run the suggested commands with --format.
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) format: Option<DemoFormatWord>,
    /// Write to FILE atomically; - is standard output [default: -]
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
    /// Colour the table and messages [default: auto]
    ///
    /// auto respects NO_COLOR and CLICOLOR_FORCE.
    #[expect(clippy::doc_markdown, reason = "help does not render backticks")]
    #[arg(long, value_enum, value_name = "WHEN", help_heading = "Output")]
    pub(crate) color: Option<ColorWord>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// How the demo is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DemoFormatWord {
    /// Aligned text for a terminal
    Table,
    /// GitHub-flavoured Markdown
    Markdown,
    /// The files and commands as one JSON document
    Json,
}

impl From<DemoFormatWord> for Format {
    fn from(word: DemoFormatWord) -> Self {
        match word {
            DemoFormatWord::Table => Self::Table,
            DemoFormatWord::Markdown => Self::Markdown,
            DemoFormatWord::Json => Self::Json,
        }
    }
}
