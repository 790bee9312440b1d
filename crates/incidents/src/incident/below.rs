//! Text that people and programs write below a table: notes, sources, footers.

use super::input_sheet::{InputSheet, SheetRow};
use super::total::is_total;

/// The reason for a row of such text.
const TEXT_BELOW: &str = "text below the table";

/// Marks the rows at the end of a sheet that are text, not rows of the table.
pub(super) fn mark_text_below(sheet: &mut InputSheet) {
    let filled = |row: &SheetRow| row.fields.iter().filter(|field| !field.is_empty()).count();
    let is_text = |row: &SheetRow| filled(row) == 1 && !row.fields[0].is_empty();
    // With one or two columns, a row of one value is nothing unusual.
    if sheet.header.len() < 3 || !sheet.rows.iter().any(|row| filled(row) > 1) {
        return;
    }
    // A total may come between the table and its notes.
    let belongs_below = |row: &&SheetRow| is_text(row) || row.fields.iter().any(|field| is_total(field));
    // Only at the end: in the middle, a row of one value is a sparse row.
    let n_below = sheet.rows.iter().rev().take_while(belongs_below).count();
    let below = sheet.rows.len() - n_below;
    let starts = |row: &SheetRow| {
        let text = row.fields.first().map_or("", String::as_str);
        // Programs put no separators behind a note, and people write several words. A single word
        // in a padded row may be an ID without values.
        let is_cut_off = row.fields.len() == 1 || text.contains(char::is_whitespace);
        is_text(row) && ((row.follows_gap && is_cut_off) || is_sentence(text))
    };
    let Some(first) = sheet.rows[below..].iter().position(starts) else { return };
    for row in &mut sheet.rows[below + first..] {
        // A total stays as it is here: the reader of rows reports it as one.
        if is_text(row) && !is_total(&row.fields[0]) && row.damage.is_none() {
            row.damage = Some(TEXT_BELOW.to_owned());
            row.is_beside = true;
        }
    }
}

/// Whether a text is more than the name of a row.
fn is_sentence(text: &str) -> bool {
    const STARTS: [&str; 15] = [
        "note",
        "notes",
        "source",
        "sources",
        "generated",
        "exported",
        "copyright",
        "confidential",
        "report",
        "hinweis",
        "anmerkung",
        "quelle",
        "stand",
        "nota",
        "fuente",
    ];
    let lower = text.to_lowercase();
    let first = lower.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    let has_blank = text.contains(char::is_whitespace);
    has_blank && (STARTS.contains(&first) || text.starts_with(['*', '(', '\u{a9}']))
}
