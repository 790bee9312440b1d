//! The incidents as CSV, as an incident tracker exports them.

use anyhow::Result;

use super::incidents::{INCIDENTS, RecordedEvidence};
use super::story::DemoHistory;

const COLUMNS: [&str; 12] = [
    "id",
    "title",
    "opened_at",
    "resolved_at",
    "severity",
    "cost",
    "currency",
    "customers",
    "path",
    "service",
    "fix_commits",
    "url",
];

/// The incident tracker's export at the end of the story.
pub(super) fn to_csv(history: &DemoHistory) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let no_fixes = Vec::new();
    for (position, incident) in INCIDENTS.iter().enumerate() {
        let fixes = history.fixes.get(incident.id).unwrap_or(&no_fixes);
        let resolved = match fixes.last() {
            Some(fix) => fix.time,
            // An incident without a fix needs a date all the same. One every four weeks puts it
            // among its neighbours in the list.
            None => history.start + i64::try_from(position)? * 28 * 86_400,
        };
        // Counted back from the first fix, so the dates and the history cannot contradict each
        // other.
        let opened = fixes.first().map_or(resolved, |fix| fix.time) - incident.hours_open * 3_600;
        let ids: Vec<_> = fixes.iter().map(|fix| fix.commit.as_str()).collect();
        let only_if = |wanted: RecordedEvidence, text: String| {
            if incident.evidence == wanted { text } else { String::new() }
        };
        let service = if let RecordedEvidence::Service(name) = incident.evidence { name } else { "" };
        // The path at the end of the story: a record names the file by the name that people know
        // now.
        let path = history.paths.get(incident.file).cloned().unwrap_or_default();
        writer.write_record([
            incident.id,
            incident.title,
            &time(opened)?,
            &time(resolved)?,
            incident.severity,
            incident.cost,
            "USD",
            &incident.customers.to_string(),
            &only_if(RecordedEvidence::Path, path),
            service,
            &only_if(RecordedEvidence::Commits, ids.join(" ")),
            &format!("https://incidents.example.com/{}", incident.id),
        ])?;
    }
    Ok(writer.into_inner()?)
}

fn time(seconds: i64) -> Result<String> {
    Ok(jiff::Timestamp::from_second(seconds)?.to_string())
}
