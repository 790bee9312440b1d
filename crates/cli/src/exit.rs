//! How a run ends: messages on standard error, and the exit code.

use std::io::Write;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use debtscan_app::{CacheUse, GradedLoss, Loss, RemarkLevel, RunError, SkipReason};
use debtscan_render::{day_text, remark_text, skipped_text};

use crate::failure::{Failure, accepted_line, error_line, hint_line, warning_line, whole_text};
use crate::settings::{LossesShown, MessageStyle, OutputSettings, Strictness, Verbosity};

/// How a run that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunOutcome {
    /// Exit code 0.
    Done,
    /// Exit code 1: everything was written, but data is incomplete and `--strict` was given.
    Incomplete,
}

/// A message and what to do about it; the hint is empty if nothing can be done.
fn in_words(loss: &Loss) -> (String, String) {
    match loss {
        Loss::Remark(remark) => {
            let text = remark_text(remark);
            (text.message, text.hint)
        }
        Loss::Skipped { reason, count, example } => {
            (format!("{} (such as {example})", skipped_text(*reason, *count)), hint(*reason).to_owned())
        }
        Loss::Rejected { rows, values, first } => {
            let parts: Vec<String> = [(*rows, "row"), (*values, "value")]
                .into_iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, noun)| counted(number, noun))
                .collect();
            let message = format!(
                "{} of the incident files could not be used (the first: {} line {}, {})",
                parts.join(" and "),
                first.position.file,
                first.position.line,
                first.reason
            );
            (message, String::new())
        }
    }
}

/// `1 row`, `2 rows`.
fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

fn hint(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::ShallowBoundary => "git fetch --unshallow",
        SkipReason::UnreadableObject => {
            "git fsck names the damage; git fetch --refetch --no-filter mends a clone"
        }
        _ => "",
    }
}

/// Reports losses on standard error unless the output lists them, and decides how the run ended.
pub(crate) fn outcome(losses: &[GradedLoss], output: &OutputSettings) -> RunOutcome {
    let style = output.messages;
    let fails =
        |graded: &GradedLoss| output.strictness == Strictness::Strict && graded.level == RemarkLevel::Loss;
    // Losses are said once: in the output where people read it, else on standard error.
    let is_warning = style.verbosity != Verbosity::Quiet && output.losses_shown == LossesShown::Nowhere;
    for graded in losses {
        let (message, hint) = in_words(&graded.loss);
        let until = graded.accepted.as_ref().and_then(|accepted| accepted.until);
        // Even in quiet mode: with exit code 1 and no message nobody could find out why.
        if fails(graded) {
            print(&error_line(&message), style.color);
        } else if !is_warning {
            continue;
        } else if let (RemarkLevel::Accepted, Some(accepted)) = (graded.level, &graded.accepted) {
            let until = until.map_or_else(String::new, |until| format!(", until {}", day_text(until)));
            let message = format!("{message} ({}{until})", accepted.reason);
            print(&accepted_line(&message), style.color);
            continue;
        } else {
            print(&warning_line(&message), style.color);
        }
        if !hint.is_empty() {
            print(&hint_line(&hint), style.color);
        }
        if let Some(until) = until.filter(|_| graded.level == RemarkLevel::Loss) {
            let expired =
                format!("it was accepted until {}: fix it, or renew its [[accept]]", day_text(until));
            print(&hint_line(&expired), style.color);
        }
    }
    if losses.iter().any(fails) { RunOutcome::Incomplete } else { RunOutcome::Done }
}

/// Prints a note for people on standard error.
pub(crate) fn note(message: &str, style: MessageStyle) {
    if style.verbosity != Verbosity::Quiet {
        print(&format!("{message}\n"), style.color);
    }
}

/// Prints times and what the cache gave on standard error, if that was asked for.
pub(crate) fn times(lines: &[String], reused: CacheUse, style: MessageStyle) {
    if style.verbosity != Verbosity::Verbose {
        return;
    }
    for line in lines {
        print(&format!("{line}\n"), style.color);
    }
    let CacheUse { commits, files, line_files } = reused;
    let lines = format!("lines of {}", counted(line_files, "file"));
    let parts = [counted(commits, "commit"), counted(files, "file"), lines];
    print(&format!("from the cache: {}\n", parts.join(", ")), style.color);
}

/// Warns on standard error that the cache was of less use than it could be.
pub(crate) fn warn_cache_errors(errors: &[RunError], style: MessageStyle) {
    if style.verbosity == Verbosity::Quiet || errors.is_empty() {
        return;
    }
    for error in errors {
        print(&warning_line(&whole_text(error)), style.color);
    }
    let is_of_cache = errors.iter().any(|error| !matches!(error, RunError::NoWorkers));
    let remedy = if is_of_cache { "; --no-cache runs without the cache" } else { "" };
    print(&hint_line(&format!("the output is complete all the same{remedy}")), style.color);
}

/// Turns the result of a run into the exit code, and prints why it failed on standard error.
pub(crate) fn exit_status(result: Result<RunOutcome, Failure>, color: ColorChoice) -> ExitCode {
    match result {
        Ok(RunOutcome::Done) => ExitCode::SUCCESS,
        // Not 2, so that a CI job can tell incomplete data from a run that failed.
        Ok(RunOutcome::Incomplete) => ExitCode::from(1),
        // `debtscan | head` has what it asked for. Most tools are killed by SIGPIPE here, which
        // Rust ignores.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            print(&failure.render(), color);
            ExitCode::from(2)
        }
    }
}

fn print(styled: &str, color: ColorChoice) {
    let mut stderr = AutoStream::new(std::io::stderr(), color).lock();
    // If standard error is closed, there is nowhere to report that.
    drop(stderr.write_all(styled.as_bytes()));
}
