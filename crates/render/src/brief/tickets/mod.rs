//! Fixes as tickets, in the import format of a tracker.
//!
//! Texts of strangers (paths, names, ids, words of tickets) go through the escaping of each sink: Markdown, Jira's
//! markup, HTML and CSV. What a tracker would cut or refuse is cut here, and says so.

mod body;
mod markup;

use std::io::{self, Write};

use self::body::{Draft, draft};
use self::markup::TicketMarkup;
use crate::delimited::{DelimitedRow, cause};
use crate::options::Tracker;
use crate::text::ELLIPSIS;
use debtscan_findings::brief::Brief;
use debtscan_findings::plan::FixPlan;

/// The label or tag of each ticket.
const LABEL: &str = "debtscan";
/// Hours of an engineer-day, where a tracker counts hours or seconds.
const HOURS: u32 = 8;

/// Writes the fixes of all pages.
pub(crate) fn of_brief(brief: &Brief, tracker: Tracker, out: &mut dyn Write) -> io::Result<()> {
    let mut drafts = Vec::new();
    for page in &brief.pages {
        drafts.extend(page.ask.fixes.iter().map(|fix| draft(&brief.head, &page.area.name, fix, &[])));
    }
    write(&drafts, tracker, out)
}

/// Writes the fixes of a plan, in its order.
pub(crate) fn of_plan(plan: &FixPlan, tracker: Tracker, out: &mut dyn Write) -> io::Result<()> {
    let drafts = plan.fixes.iter().map(|fix| {
        let schedule = body::schedule(plan, fix);
        draft(&plan.head, &fix.area, &fix.fix, &schedule)
    });
    write(&drafts.collect::<Vec<_>>(), tracker, out)
}

fn write(drafts: &[Draft], tracker: Tracker, out: &mut dyn Write) -> io::Result<()> {
    match tracker {
        Tracker::Github => drafts.iter().try_for_each(|draft| github(draft, out)),
        Tracker::Jira => {
            sheet(&["Summary", "Issue Type", "Description", "Labels", "Original Estimate"], drafts, jira, out)
        }
        Tracker::Linear => {
            sheet(&["Title", "Description", "Status", "Estimate", "Priority", "Labels"], drafts, linear, out)
        }
        Tracker::AzureDevops => {
            sheet(&["Work Item Type", "Title", "Description", "Tags", "Remaining Work"], drafts, azure, out)
        }
    }
}

/// One line of JSON per ticket: the body of `POST /repos/OWNER/REPO/issues`.
fn github(draft: &Draft, out: &mut dyn Write) -> io::Result<()> {
    let issue = serde_json::json!({
        "title": shortened(&draft.title, 256),
        "body": shortened(&TicketMarkup::Markdown.text(draft), 65_536),
        "labels": [LABEL],
    });
    serde_json::to_writer(&mut *out, &issue)?;
    out.write_all(b"\n")
}

fn sheet(
    columns: &[&str],
    drafts: &[Draft],
    row: fn(&Draft) -> DelimitedRow,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns).map_err(cause)?;
    for draft in drafts {
        writer.write_record(row(draft).0).map_err(cause)?;
    }
    writer.flush()
}

fn jira(draft: &Draft) -> DelimitedRow {
    let mut row = DelimitedRow::default();
    row.free(&shortened(&draft.title, 255));
    row.exact("Task");
    row.free(&shortened(&TicketMarkup::Jira.text(draft), 32_767));
    row.exact(LABEL);
    row.exact(
        draft
            .tenths
            .map_or_else(String::new, |tenths| (u64::from(tenths) * u64::from(HOURS) * 360).to_string()),
    );
    row
}

fn linear(draft: &Draft) -> DelimitedRow {
    let mut row = DelimitedRow::default();
    row.free(&shortened(&draft.title, 255));
    row.free(&shortened(&TicketMarkup::Markdown.text(draft), 65_536));
    row.exact("Backlog");
    row.exact(draft.tenths.map_or_else(String::new, |tenths| tenths.div_ceil(10).to_string()));
    row.exact("No priority");
    row.exact(LABEL);
    row
}

fn azure(draft: &Draft) -> DelimitedRow {
    let mut row = DelimitedRow::default();
    row.exact("Task");
    row.free(&shortened(&draft.title, 255));
    row.free(&TicketMarkup::Html.text(draft));
    row.exact(LABEL);
    row.exact(draft.tenths.map_or_else(String::new, |tenths| {
        let tenths = u64::from(tenths) * u64::from(HOURS);
        if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
    }));
    row
}

/// At most `most` UTF-16 units, as trackers count; what is cut ends with an ellipsis.
fn shortened(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for letter in text.chars() {
        used += letter.len_utf16();
        if used > most {
            break;
        }
        kept.push(letter);
    }
    kept + ELLIPSIS
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_texts_are_cut_where_a_tracker_would() {
        assert_eq!(shortened("abc", 3), "abc");
        assert_eq!(shortened("abcd", 3), "ab…");
        // Two units each.
        assert_eq!(shortened("😀😀😀", 5), "😀😀…");
    }
}
