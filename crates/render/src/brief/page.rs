//! The document of one area.

use debtscan_findings::brief::{AreaPage, Brief};

use super::amounts::date;
use super::{ask, delivery, engineers, follow, future, happened, headline, knowledge};
use crate::document::{Document, Section};
use crate::head;
use crate::number::day;
use crate::options::{Format, RenderOptions};
use crate::shell::shell_word;
use crate::text::visible;

/// The leader's part of a page: everything but names, lines and formulas.
fn leader_sections(brief: &Brief, page: &AreaPage, width: usize) -> Vec<Section> {
    let mut sections = vec![happened::happened(brief, page)];
    sections.extend(future::nothing(brief, page));
    sections.extend(future::options(brief, page, width));
    sections.push(ask::ask(brief, page));
    sections.push(ask::slips(brief, page));
    sections.push(follow::payback(brief, page));
    sections.push(delivery::delivery(brief, page));
    sections.extend(knowledge::at_risk(page));
    sections.extend(follow::review(brief, page));
    sections.push(follow::sources(brief));
    sections
}

/// What was scanned, without its size.
pub(super) fn scanned(brief: &Brief) -> Vec<String> {
    let head = &brief.head;
    let revision = head.revision.short();
    let project = head.project.as_ref().map(|project| format!("{} {revision}", visible(project.as_bytes())));
    vec![
        format!("debtscan {}", visible(head.tool_version.as_bytes())),
        project.unwrap_or(revision),
        format!("as of {}", day(head.as_of)),
    ]
}

/// The document of one area.
pub(super) fn document(brief: &Brief, page: &AreaPage, options: &RenderOptions) -> Document {
    let mut document = for_leaders(brief, page, options);
    document.sections.extend(engineers::sections(brief, page, options));
    document
}

/// The part of a document that comes before names, lines and formulas.
pub(super) fn for_leaders(brief: &Brief, page: &AreaPage, options: &RenderOptions) -> Document {
    // Only a terminal has a width that cells must be wrapped to.
    let width = if options.format == Format::Table { options.width } else { usize::MAX };
    let mut header = vec![visible(page.area.name.as_bytes())];
    // Second, since parts of a header give way from the end.
    header.extend(page.decide_by.map(|day| format!("decide by {}", date(day, brief.head.as_of))));
    header.extend(scanned(brief));
    let sections = leader_sections(brief, page, width);
    let word = shell_word(page.area.name.as_bytes());
    let next = word.map(|word| {
        let command = options.invocation.command(&format!("explain {word}"));
        (command, "how each figure was computed".to_owned())
    });
    Document {
        banner: head::banner(&brief.head.quality),
        header,
        lead: vec![headline::headline(brief, page)],
        sections,
        next: next.into_iter().collect(),
    }
}
