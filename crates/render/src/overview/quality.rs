//! What could not be read, placed or trusted, and what was assumed.

use crate::document::{Limit, Look, Note, Section};
use crate::number::count;
use crate::text::visible;
use crate::words::method_phrase;
use crate::{Format, RenderOptions};
use debtscan_findings::{Remark, Report, Severity, Totals, Trust};

/// A table spells out at most this many assumptions: more would push the figures off the screen.
const MOST_ASSUMPTIONS: usize = 2;

/// The data-quality block; never absent, so that silence is never mistaken for health.
pub(super) fn section(report: &Report, options: &RenderOptions) -> Section {
    of(&report.trust, &report.totals, options)
}

/// The same for any output that knows what was lost.
pub(crate) fn of(trust: &Trust, totals: &Totals, options: &RenderOptions) -> Section {
    let limit = Limit::new(options.top, 5);
    let shown = trust.remarks.iter().filter(|remark| !is_told_elsewhere(trust, remark));
    let mut notes: Vec<Note> = shown.map(remark).collect();
    for (reason, n, subjects) in &trust.skipped {
        let mark = if reason.is_loss() { "!" } else { "·" };
        let look = if reason.is_loss() { Look::Accent } else { Look::Plain };
        let n_shown = subjects.len().min(limit.rows());
        let mut examples: Vec<String> =
            subjects[..n_shown].iter().map(|subject| visible(subject.as_bytes())).collect();
        if *n > n_shown {
            examples.push(format!("and {} more", count(n - n_shown)));
        }
        notes.push(Note::new(
            mark,
            format!("{} × {}: {}", count(*n), reason.describe(), examples.join(", ")),
            look,
        ));
    }
    for rejected in trust.rejected.iter().take(limit.rows()) {
        let place = format!("{}:{}", visible(rejected.position.file.as_bytes()), rejected.position.line);
        let what = if rejected.column.is_empty() {
            String::new()
        } else {
            let column = visible(rejected.column.as_bytes());
            format!(" {column} \"{}\":", visible(rejected.value.as_bytes()))
        };
        let fate = if rejected.dropped { "row left out" } else { "value left out" };
        let reason = visible(rejected.reason.as_bytes());
        notes.push(Note::new("!", format!("{place}:{what} {reason} ({fate})"), Look::Accent));
    }
    let more = limit.more(trust.rejected.len());
    if !more.is_empty() {
        notes.push(Note::new("", format!("{more} rejected: --format json lists all"), Look::Dim));
    }
    if let Some(methods) = methods(totals) {
        notes.push(Note::new("·", methods, Look::Plain));
    }
    if !trust.assumptions.is_empty() {
        let texts: Vec<String> = trust.assumptions.iter().map(|text| visible(text.as_bytes())).collect();
        let all = texts.join(" ");
        let text = if options.format == Format::Table && texts.len() > MOST_ASSUMPTIONS {
            format!(
                "assumed: {} defaults of the model, the yearly total being the least certain: \
                 --format markdown or json spells them out",
                count(texts.len())
            )
        } else {
            format!("assumed: {all}")
        };
        notes.push(Note::new("·", text, Look::Dim));
    }
    let is_clean = trust.remarks.is_empty() && trust.skipped.is_empty() && trust.rejected.is_empty();
    let aside = match (trust.is_whole(), is_clean) {
        (_, true) => "nothing was skipped",
        (true, false) => "nothing was lost",
        (false, _) => "figures are incomplete: --strict would fail",
    };
    Section { title: "DATA QUALITY".to_owned(), aside: aside.to_owned(), notes, ..Section::default() }
}

/// Whether the document says the same in another place, with more detail.
fn is_told_elsewhere(trust: &Trust, remark: &Remark) -> bool {
    // The lines of skipped things carry examples; the lead and the next command, what to do.
    let skipped = remark.code.strip_prefix("skipped-");
    remark.code == "no-incidents"
        || skipped.is_some_and(|code| trust.skipped.iter().any(|(reason, _, _)| reason.code() == code))
}

fn remark(remark: &Remark) -> Note {
    let text = visible(remark.message.as_bytes());
    let text =
        if remark.hint.is_empty() { text } else { format!("{text} → {}", visible(remark.hint.as_bytes())) };
    match remark.severity {
        Severity::Loss => Note::new("!", text, Look::Accent),
        Severity::Note => Note::new("·", text, Look::Plain),
    }
}

/// How the incidents were placed: `70 by fix commit, 9 by ticket id`.
fn methods(totals: &Totals) -> Option<String> {
    if totals.by_method.is_empty() {
        return None;
    }
    let parts: Vec<String> = totals
        .by_method
        .iter()
        .map(|(method, n, _)| format!("{} by {}", count(*n), method_phrase(*method)))
        .collect();
    Some(format!("tied to files: {}", parts.join(", ")))
}
