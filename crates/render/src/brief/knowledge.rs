//! What would be lost with people, and the code that changes go around.

use debtscan_findings::brief::AreaPage;
use debtscan_findings::{MainAuthor, Presence};

use super::amounts::share;
use super::words::{Tag, note, tagged};
use crate::document::{Look, Note, Section};
use crate::number::{count, counted, figure, grouped};
use crate::odds::odds;
use crate::text::visible;

/// Who knows the area, for the leader's part; `None` if nobody added a line.
pub(super) fn at_risk(page: &AreaPage) -> Option<Section> {
    let knowledge = &page.knowledge;
    let row = &knowledge.row;
    if row.contributors == 0 {
        return None;
    }
    let gone = |author: &&MainAuthor| matches!(author.presence, Presence::Inactive | Presence::Left);
    let named: Vec<String> = row
        .main_authors
        .iter()
        .filter(gone)
        .map(|author| format!("{} ({})", visible(author.name.as_bytes()), share(author.share)))
        .collect();
    let lost = if row.lost > 0.0 {
        let names = if named.is_empty() { String::new() } else { format!(": {}", named.join(", ")) };
        format!(
            "{} of what was written here came from people who have changed nothing for {} days{names}.",
            share(row.lost),
            grouped(knowledge.inactive_days)
        )
    } else {
        format!(
            "Everybody who wrote here has changed something in the last {} days.",
            grouped(knowledge.inactive_days)
        )
    };
    let mut notes = vec![note(tagged(&lost, Tag::Recorded))];
    if let Some(people) = row.bus_factor {
        let text = if people == 1 {
            "It rests on one person: without them, most of its files would have nobody left who wrote them."
                .to_owned()
        } else {
            format!(
                "It rests on {}: without them, most of its files would have nobody left who wrote them.",
                counted(people as usize, "person", "people")
            )
        };
        notes.push(note(tagged(&text, Tag::Recorded)));
    }
    Some(Section { title: "KNOWLEDGE AT RISK".to_owned(), notes, ..Section::default() })
}

/// Files that changes go around, for engineers; `None` without any.
pub(super) fn avoided(page: &AreaPage) -> Option<Section> {
    if page.avoided.is_empty() {
        return None;
    }
    let file = |file: &debtscan_findings::brief::AvoidedFile| {
        let text = format!(
            "{} commits in the last 365 days where {} were usual, of {} to its folder, which grew (by chance {}); \
             worst function: {}",
            count(file.commits as usize),
            figure(file.usual.round()),
            grouped(file.folder_commits),
            odds(file.by_chance),
            grouped(file.cognitive),
        );
        Note::new(visible(file.path.as_bytes()), text, Look::Plain)
    };
    Some(Section {
        title: "CHANGES GO AROUND".to_owned(),
        aside: "complex files that changed far less than they used to beside their folder; a hint, no proof"
            .to_owned(),
        notes: page.avoided.iter().map(file).collect(),
        ..Section::default()
    })
}
