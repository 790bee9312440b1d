//! An answer of a workflow: asking for it, writing it, and how the run ended.

use std::io::{self, Write};

use debtscan_app::{Answer, AppError, Progress};
use debtscan_render::RenderOptions;

use crate::exit::{self, RunOutcome};
use crate::failure::Failure;
use crate::progress::TerminalProgress;
use crate::settings::{OutputSettings, Settings};

/// Runs a workflow behind a progress bar, and warns of errors of the cache.
pub(crate) fn ask<R, T>(
    settings: &Settings<R>,
    work: impl FnOnce(&R, &dyn Progress) -> Result<Answer<T>, AppError>,
) -> Result<Answer<T>, Failure> {
    let style = settings.output.messages;
    let bar = TerminalProgress::new(style.verbosity);
    let answer = work(&settings.request, &bar);
    let times = bar.times();
    // The bar must be gone before anything is printed on the same terminal.
    drop(bar);
    let answer = answer?;
    exit::times(&times, answer.warnings.cache, style);
    exit::warn_cache_errors(&answer.warnings.cache_errors, style);
    Ok(answer)
}

/// Writes one document to its destination.
pub(crate) fn write(
    output: &OutputSettings,
    render: impl FnOnce(&RenderOptions, &mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    // Opened only now: a run that fails leaves no temporary file behind.
    let mut out = output.destination.open()?;
    render(&output.render, &mut out)?;
    out.finish()?;
    Ok(())
}

/// Reports losses, and decides how the run ended.
pub(crate) fn conclude<T>(output: &OutputSettings, answer: Answer<T>) -> RunOutcome {
    let outcome = exit::outcome(&answer.warnings.losses, output);
    // The process ends here, and freeing a scan takes a tenth of a run with a warm cache.
    std::mem::forget(answer);
    outcome
}
