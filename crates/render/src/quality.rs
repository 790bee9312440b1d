//! Data quality: skipped, rejected and unplaced input, and the assumptions of the model.

use crate::assumption::assumption_text;
use crate::document::{Limit, Look, Note, Section};
use crate::number::{count, counted};
use crate::options::{Format, RenderOptions};
use crate::remark::{RemarkText, remark_text, skipped_text};
use crate::text::visible;
use crate::words::method_phrase;
use debtscan_findings::{DataQuality, Remark, RemarkLevel, SkippedGroup, Totals};

/// Most assumptions that a table lists; more would push the figures off the screen.
const MOST_ASSUMPTIONS: usize = 2;

/// The data-quality block; never absent, so that silence is never mistaken for health.
pub(crate) fn of(quality: &DataQuality, totals: &Totals, options: &RenderOptions) -> Section {
    let limit = Limit::new(options.top, 5);
    let shown = quality.remarks.iter().filter(|remark| !is_shown_elsewhere(quality, remark));
    let mut notes: Vec<Note> = shown.map(remark).collect();
    for SkippedGroup { reason, items: n, examples: subjects } in &quality.skipped {
        let mark = if reason.is_loss() { "!" } else { "·" };
        let look = if reason.is_loss() { Look::Accent } else { Look::Plain };
        let n_shown = subjects.len().min(limit.rows());
        let mut examples: Vec<String> =
            subjects[..n_shown].iter().map(|subject| visible(subject.as_bytes())).collect();
        if *n > n_shown {
            examples.push(format!("and {} more", count(n - n_shown)));
        }
        notes.push(Note::new(mark, format!("{}: {}", skipped_text(*reason, *n), examples.join(", ")), look));
    }
    for rejected in quality.rejected.iter().take(limit.rows()) {
        let place = format!("{}:{}", visible(rejected.position.file.as_bytes()), rejected.position.line);
        let what = if rejected.column.is_empty() {
            String::new()
        } else {
            let column = visible(rejected.column.as_bytes());
            format!(" {column} \"{}\":", visible(rejected.value.as_bytes()))
        };
        let fate = if rejected.dropped { "row skipped" } else { "value ignored" };
        let reason = visible(rejected.reason.as_bytes());
        notes.push(Note::new("!", format!("{place}:{what} {reason} ({fate})"), Look::Accent));
    }
    let more = limit.more(quality.rejected.len());
    if !more.is_empty() {
        notes.push(Note::new("", format!("{more} rejected; --format json lists all"), Look::Dim));
    }
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

/// The data-quality block of the summary: the first losses, and how much more there is.
///
/// `option` shows the rest.
pub(crate) fn in_short(quality: &DataQuality, option: &str) -> Section {
    let is_loss = |remark: &&Remark| remark.level() == RemarkLevel::Loss;
    let losses: Vec<&Remark> = quality.remarks.iter().filter(is_loss).collect();
    // Assumptions count as notes here: both are in the full list, and nothing else is.
    let n_notes = quality.remarks.len() - losses.len() + quality.assumptions.len();
    let mut notes: Vec<Note> = losses.iter().take(LOSSES_OF_SUMMARY).map(|loss| remark(loss)).collect();
    // Other constants make other figures than the documented ones.
    let is_changed = |it: &&Remark| matches!(it, Remark::ChangedConstants { .. });
    notes.extend(quality.remarks.iter().filter(is_changed).map(remark));
    let mut more = Vec::new();
    if losses.len() > LOSSES_OF_SUMMARY {
        more.push(counted(losses.len() - LOSSES_OF_SUMMARY, "more gap", "more gaps"));
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

/// Whether anything was lost.
fn verdict(quality: &DataQuality) -> &'static str {
    // Assumptions do not count: every run has some, so no data would ever be complete.
    let is_clean = quality.remarks.is_empty() && quality.skipped.is_empty() && quality.rejected.is_empty();
    match (quality.is_whole(), is_clean) {
        (_, true) => "complete",
        (true, false) => "complete, with notes",
        (false, _) => "incomplete: --strict would exit with 1",
    }
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

fn remark(remark: &Remark) -> Note {
    let RemarkText { message, hint } = remark_text(remark);
    let message = visible(message.as_bytes());
    let text =
        if hint.is_empty() { message } else { format!("{message} hint: {}", visible(hint.as_bytes())) };
    match remark.level() {
        RemarkLevel::Loss => Note::new("!", text, Look::Accent),
        RemarkLevel::Note => Note::new("·", text, Look::Plain),
    }
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
