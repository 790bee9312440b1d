//! Data quality: skipped, rejected and unplaced input, and the assumptions of the model.

use crate::assumption::assumption_text;
use crate::document::{Limit, Look, Note, Section};
use crate::number::{count, counted, day};
use crate::options::{Format, RenderOptions};
use crate::remark::{RemarkText, limit_text, remark_text, share_text};
use crate::skipped::skipped_text;
use crate::text::visible;
use crate::words::method_phrase;
use debtscan_findings::{
    Acceptance, AcceptanceState, DataQuality, Remark, RemarkLevel, SkippedGroup, Totals,
};
use debtscan_incidents::RejectedRow;

/// Most assumptions that a table lists; more would push the figures off the screen.
const MOST_ASSUMPTIONS: usize = 2;

/// The data-quality block; never absent, so that silence is never mistaken for health.
pub(crate) fn of(quality: &DataQuality, totals: &Totals, options: &RenderOptions) -> Section {
    let limit = Limit::new(options.top, 5);
    let shown = quality.remarks.iter().filter(|remark| !is_shown_elsewhere(quality, remark));
    let mut notes: Vec<Note> = shown.map(|it| remark(quality, it)).collect();
    for SkippedGroup { reason, items: n, examples: subjects } in &quality.skipped {
        let said = quality
            .remarks
            .iter()
            .find(|it| matches!(it, Remark::Skipped { reason: of, .. } if of == reason));
        let is_failing = said.map_or(reason.is_loss(), |it| quality.level(it) == RemarkLevel::Loss);
        let (mark, look) = if is_failing { ("!", Look::Accent) } else { ("·", Look::Plain) };
        let fate = said.map_or_else(String::new, |it| fate(quality, it));
        let n_shown = subjects.len().min(limit.rows());
        let mut examples: Vec<String> =
            subjects[..n_shown].iter().map(|subject| visible(subject.as_bytes())).collect();
        if *n > n_shown {
            examples.push(format!("and {} more", count(n - n_shown)));
        }
        notes.push(Note::new(
            mark,
            format!("{}: {}{fate}", skipped_text(*reason, *n), examples.join(", ")),
            look,
        ));
    }
    // Excluded rows are no losses; a remark counts them.
    let rejected: Vec<&RejectedRow> = quality.rejected.iter().filter(|row| !row.is_excluded()).collect();
    let n_rejected = rejected.len();
    for rejected in rejected.into_iter().take(limit.rows()) {
        let place = format!("{}:{}", visible(rejected.position.file.as_bytes()), rejected.position.line);
        let what = if rejected.column.is_empty() {
            String::new()
        } else {
            let column = visible(rejected.column.as_bytes());
            format!(" {column} \"{}\":", visible(rejected.value.as_bytes()))
        };
        let fate = if rejected.is_skipped() { "row skipped" } else { "value ignored" };
        let reason = visible(rejected.reason.as_bytes());
        notes.push(Note::new("!", format!("{place}:{what} {reason} ({fate})"), Look::Accent));
    }
    let more = limit.more(n_rejected);
    if !more.is_empty() {
        notes.push(Note::new("", format!("{more} rejected; --format json lists all"), Look::Dim));
    }
    notes.extend(unused(quality));
    if let Some(methods) = methods(totals) {
        notes.push(Note::new("·", methods, Look::Plain));
    }
    if !quality.assumptions.is_empty() {
        let texts: Vec<String> =
            quality.assumptions.iter().map(|it| visible(assumption_text(it).as_bytes())).collect();
        let all = texts.join(" ");
        // Assumptions are the same in every run of a version, so a terminal only counts them.
        let text = if options.format == Format::Table && texts.len() > MOST_ASSUMPTIONS {
            format!(
                "{} default assumptions apply; the yearly total is the least certain. List them with --format \
                 markdown.",
                count(texts.len())
            )
        } else {
            format!("assumptions: {all}")
        };
        notes.push(Note::new("·", text, Look::Dim));
    }
    Section {
        title: "DATA QUALITY".to_owned(),
        aside: verdict(quality).to_owned(),
        notes,
        ..Section::default()
    }
}

/// Losses that the summary shows in full; the others are counted.
const LOSSES_OF_SUMMARY: usize = 2;

/// Accepted losses that the summary shows; the others are counted.
const ACCEPTED_OF_SUMMARY: usize = 1;

/// The data-quality block of the summary: the first losses, and how much more there is.
///
/// `option` shows the rest.
pub(crate) fn in_short(quality: &DataQuality, option: &str) -> Section {
    let of_level = |level: RemarkLevel| quality.remarks.iter().filter(move |it| quality.level(it) == level);
    let losses: Vec<&Remark> = of_level(RemarkLevel::Loss).collect();
    let accepted: Vec<&Remark> = of_level(RemarkLevel::Accepted).collect();
    let n_gaps = losses.len().saturating_sub(LOSSES_OF_SUMMARY);
    let n_accepted = accepted.len().saturating_sub(ACCEPTED_OF_SUMMARY);
    // Assumptions count as notes here: both are in the full list, and nothing else is.
    let n_notes = quality.remarks.len() - losses.len() - accepted.len() + quality.assumptions.len();
    let shown = losses.iter().take(LOSSES_OF_SUMMARY).chain(accepted.iter().take(ACCEPTED_OF_SUMMARY));
    let mut notes: Vec<Note> = shown.map(|it| remark(quality, it)).collect();
    // Other constants make other figures than the documented ones.
    let is_changed = |it: &&Remark| matches!(it, Remark::ChangedConstants { .. });
    notes.extend(quality.remarks.iter().filter(is_changed).map(|it| remark(quality, it)));
    let mut more = Vec::new();
    if n_gaps > 0 {
        more.push(counted(n_gaps, "more gap", "more gaps"));
    }
    if n_accepted > 0 {
        more.push(counted(n_accepted, "more accepted gap", "more accepted gaps"));
    }
    if n_notes > 0 {
        more.push(counted(n_notes, "note", "notes"));
    }
    if !more.is_empty() {
        notes.push(Note::new("·", format!("{}: {option} lists them", more.join(" and ")), Look::Dim));
    }
    Section {
        title: "DATA QUALITY".to_owned(),
        aside: verdict(quality).to_owned(),
        notes,
        ..Section::default()
    }
}

/// Whether anything was lost, and whether that matters.
fn verdict(quality: &DataQuality) -> &'static str {
    // Assumptions do not count: every run has some, so no data would ever be complete.
    let is_clean = quality.remarks.is_empty() && quality.skipped.is_empty() && quality.rejected.is_empty();
    match quality.worst() {
        Some(RemarkLevel::Loss) => "incomplete: --strict would exit with 1",
        Some(RemarkLevel::Accepted) => "incomplete, as accepted in the configuration",
        Some(RemarkLevel::WithinLimit) => "small gaps, within the limits",
        Some(RemarkLevel::Note) | None if is_clean => "complete",
        Some(RemarkLevel::Note) | None => "complete, with notes",
    }
}

/// Why a loss does not count, or no longer does not: as the end of its sentence, after a space; empty for
/// everything else.
fn fate(quality: &DataQuality, remark: &Remark) -> String {
    let accepted = quality.acceptance(remark);
    let because = |accepted: &Acceptance| visible(accepted.reason.as_bytes());
    match (quality.level(remark), accepted) {
        (RemarkLevel::Accepted, Some(accepted)) => {
            let until = accepted.until.map_or_else(String::new, |until| format!(" until {}", day(until)));
            format!(" Accepted{until}: {}.", because(accepted).trim_end_matches('.'))
        }
        (RemarkLevel::Loss, Some(accepted)) => {
            let until = accepted.until.map_or_else(String::new, day);
            format!(" Accepted only until {until}: {}.", because(accepted).trim_end_matches('.'))
        }
        (RemarkLevel::WithinLimit, _) => within_limit(quality, remark),
        _ => String::new(),
    }
}

/// How much is lost, and how much may be.
fn within_limit(quality: &DataQuality, remark: &Remark) -> String {
    let limit = remark.loss().and_then(|code| quality.rules.limits.of(code));
    match limit.zip(remark.extent()) {
        Some((limit, extent)) => {
            format!(" That is {}; the limit is {}.", share_text(extent), limit_text(limit))
        }
        None => String::new(),
    }
}

/// The acceptances that this run did not need.
fn unused(quality: &DataQuality) -> Option<Note> {
    let unused = quality.acceptances().filter(|(_, state)| *state == AcceptanceState::Unused);
    let codes: Vec<&str> = unused.map(|(accepted, _)| accepted.code.code()).collect();
    let text = || format!("accepted, but not met here: {}", codes.join(", "));
    (!codes.is_empty()).then(|| Note::new("·", text(), Look::Dim))
}

/// True if another part of the document says the same in more detail.
fn is_shown_elsewhere(quality: &DataQuality, remark: &Remark) -> bool {
    // Skipped items are listed with examples; the headline and the next command cover missing incidents.
    match remark {
        Remark::NoIncidents => true,
        Remark::Skipped { reason, .. } => quality.skipped.iter().any(|group| group.reason == *reason),
        _ => false,
    }
}

fn remark(quality: &DataQuality, remark: &Remark) -> Note {
    let RemarkText { message, hint } = remark_text(remark);
    let message = format!("{}{}", visible(message.as_bytes()), fate(quality, remark));
    match quality.level(remark) {
        RemarkLevel::Loss => Note::new("!", with_hint(message, &hint), Look::Accent),
        // Nobody needs to fix what is accepted.
        RemarkLevel::Accepted => Note::new("·", message, Look::Plain),
        RemarkLevel::WithinLimit | RemarkLevel::Note => {
            Note::new("·", with_hint(message, &hint), Look::Plain)
        }
    }
}

fn with_hint(message: String, hint: &str) -> String {
    if hint.is_empty() { message } else { format!("{message} hint: {}", visible(hint.as_bytes())) }
}

/// How the incidents were placed: `fix commit 70, ticket ID 9`.
fn methods(totals: &Totals) -> Option<String> {
    if totals.by_method.is_empty() {
        return None;
    }
    let parts: Vec<String> = totals
        .by_method
        .iter()
        .map(|it| format!("{} {}", method_phrase(it.method), count(it.incidents)))
        .collect();
    Some(format!("incidents placed by: {}", parts.join(", ")))
}
