//! Where output goes, and how it and messages look.

use std::env;
use std::io::{self, IsTerminal};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use debtscan_render::{Names, RenderOptions};

use crate::output::Destination;
use crate::value::ColorWord;

/// Columns of a table for a file or another program.
const DEFAULT_WIDTH: usize = 100;

/// Where and how findings are shown.
#[derive(Debug)]
pub(crate) struct OutputSettings {
    pub(crate) render: RenderOptions,
    pub(crate) destination: Destination,
    pub(crate) losses_shown: LossesShown,
    pub(crate) strictness: Strictness,
    pub(crate) messages: MessageStyle,
}

/// Whether the reader of the output sees the losses there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LossesShown {
    /// The output is text for people, and lists them.
    InOutput,
    /// The output goes to a file or a program, or does not list them.
    Nowhere,
}

/// Whether a run with losses fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// Losses are reported.
    Lenient,
    /// Losses are reported, and the exit code is 1.
    Strict,
}

/// Messages on standard error besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verbosity {
    /// The same as [`Self::Normal`], and times and what the cache gave.
    Verbose,
    /// Progress, warnings and notes.
    Normal,
    /// Nothing.
    Quiet,
}

/// How messages appear on standard error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MessageStyle {
    pub(crate) verbosity: Verbosity,
    pub(crate) color: ColorChoice,
}

impl MessageStyle {
    pub(super) fn new(is_quiet: bool, color: Option<ColorWord>) -> Self {
        let verbosity = if is_quiet { Verbosity::Quiet } else { Verbosity::Normal };
        Self { verbosity, color: message_color(color) }
    }

    /// With times and what the cache gave.
    pub(super) fn verbose(self, is_verbose: bool) -> Self {
        if is_verbose { Self { verbosity: Verbosity::Verbose, ..self } } else { self }
    }
}

pub(super) fn message_color(word: Option<ColorWord>) -> ColorChoice {
    match word.unwrap_or(ColorWord::Auto) {
        // Asked of each stream: one may be a terminal while the other is a file.
        ColorWord::Auto => AutoStream::choice(&io::stderr()),
        ColorWord::Always => ColorChoice::AlwaysAnsi,
        ColorWord::Never => ColorChoice::Never,
    }
}

pub(crate) fn destination(output: Option<&Path>) -> Destination {
    match output {
        Some(file) if file != Path::new("-") => Destination::File(file.to_owned()),
        _ => Destination::Stdout,
    }
}

/// The width of a table: `COLUMNS`, else that of the terminal. Where neither is known, a file or another program
/// reads the table: [`DEFAULT_WIDTH`] decides which columns it has, and names stay whole.
pub(super) fn width(output: &Destination) -> (usize, Names) {
    // First, because a user who exports it overrides the terminal. Shells set it without exporting
    // it.
    let columns = env::var("COLUMNS").ok().and_then(|text| text.parse().ok()).filter(|width| *width > 0);
    let stdout = io::stdout();
    let is_terminal = *output == Destination::Stdout && stdout.is_terminal();
    let terminal = || terminal_size::terminal_size_of(stdout).filter(|_| is_terminal);
    match columns.or_else(|| terminal().map(|(width, _)| usize::from(width.0))) {
        Some(width) => (width, Names::Fitted),
        None => (DEFAULT_WIDTH, Names::Whole),
    }
}

pub(super) fn table_color(word: Option<ColorWord>, output: &Destination) -> bool {
    match word.unwrap_or(ColorWord::Auto) {
        ColorWord::Always => true,
        ColorWord::Never => false,
        ColorWord::Auto => {
            // A file gets no colour only because the terminal could show it.
            *output == Destination::Stdout && AutoStream::choice(&io::stdout()) != ColorChoice::Never
        }
    }
}
