//! How a run ends: what is said on standard error, and the exit code.

use std::io::Write;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use debtscan_findings::{DataQuality, RemarkLevel};
use debtscan_incidents::Incidents;
use debtscan_model::{Scan, SkipReason, Skipped};
use debtscan_render::remark_text;
use debtscan_scanner::CacheError;

use crate::failure::{Failure, error_line, hint_line, warning_line, whole_text};
use crate::settings::{Noise, Strictness, Voice};

/// How a run that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Exit code 0.
    Done,
    /// Exit code 1: everything was written, and `--strict` does not accept what was lost.
    NotWhole,
}

/// A part of the data that could not be read or trusted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Loss {
    message: String,
    /// Empty when nothing can be done.
    hint: String,
}

/// The losses among a report's remarks.
pub(crate) fn losses_of_report(quality: &DataQuality) -> Vec<Loss> {
    let losses = quality.remarks.iter().filter(|remark| remark.level() == RemarkLevel::Loss);
    losses.map(remark_text).map(|text| Loss { message: text.message, hint: text.hint }).collect()
}

/// The losses of a bare history, one per reason.
pub(crate) fn losses_of_scan(scan: &Scan) -> Vec<Loss> {
    let same_reason = |a: &Skipped, b: &Skipped| a.reason == b.reason;
    let groups = scan.skipped.chunk_by(same_reason).filter(|group| group[0].reason.is_loss());
    groups
        .map(|group| Loss {
            message: format!(
                "{}: {} (such as {})",
                group[0].reason.describe(),
                group.len(),
                group[0].subject
            ),
            hint: hint(group[0].reason).to_owned(),
        })
        .collect()
}

/// What incident files lost: rows and values, with the first of them.
pub(crate) fn losses_of_incidents(incidents: &Incidents) -> Vec<Loss> {
    let Some(first) = incidents.rejected.first() else { return Vec::new() };
    let rows = incidents.rejected.iter().filter(|row| row.dropped).count();
    let values = incidents.rejected.len() - rows;
    let position = &first.position;
    let parts: Vec<String> = [(rows, "row"), (values, "value")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, one)| counted(number, one))
        .collect();
    let message = format!(
        "{} of the incident files could not be used (the first: {} line {}, {})",
        parts.join(" and "),
        position.file,
        position.line,
        first.reason
    );
    vec![Loss { message, hint: String::new() }]
}

/// `1 row`, `2 rows`.
fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// Fails when a whole file was of no use.
pub(crate) fn refuse(incidents: &Incidents) -> Result<(), Failure> {
    match incidents.files.iter().find_map(|file| file.problem.clone()) {
        Some(problem) => Err(problem.into()),
        None => Ok(()),
    }
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

/// Whether the reader of the output has the losses before their eyes already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The output is text that lists them, on standard output.
    InOutput,
    /// The output went to a file or is for machines.
    Nowhere,
}

/// Says on standard error what was lost, and decides the exit code.
pub(crate) fn judge(losses: &[Loss], strictness: Strictness, shown: Shown, voice: Voice) -> Outcome {
    let is_strict = strictness == Strictness::Strict && !losses.is_empty();
    let says_so = is_strict || (voice.noise == Noise::Normal && shown == Shown::Nowhere);
    if says_so {
        for loss in losses {
            let line = if is_strict { error_line(&loss.message) } else { warning_line(&loss.message) };
            say(&line, voice.color);
            if !loss.hint.is_empty() {
                say(&hint_line(&loss.hint), voice.color);
            }
        }
    }
    if is_strict { Outcome::NotWhole } else { Outcome::Done }
}

/// Says something for people on standard error.
pub(crate) fn note(message: &str, voice: Voice) {
    if voice.noise == Noise::Normal {
        say(&format!("{message}\n"), voice.color);
    }
}

/// Says on standard error why the cache was of less use than it could be.
pub(crate) fn tell_cache_troubles(troubles: &[CacheError], voice: Voice) {
    if voice.noise == Noise::Quiet || troubles.is_empty() {
        return;
    }
    for trouble in troubles {
        say(&warning_line(&whole_text(trouble)), voice.color);
    }
    say(&hint_line("the report is whole all the same; --no-cache runs without the cache"), voice.color);
}

/// Turns a run's result into the exit code, and says on standard error why it failed.
pub(crate) fn end(result: Result<Outcome, Failure>, color: ColorChoice) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NotWhole) => ExitCode::from(1),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            say(&failure.render(), color);
            ExitCode::from(2)
        }
    }
}

fn say(styled: &str, color: ColorChoice) {
    let mut stderr = AutoStream::new(std::io::stderr(), color).lock();
    // Nobody can be told that standard error is closed.
    drop(stderr.write_all(styled.as_bytes()));
}
