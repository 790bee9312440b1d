//! The business case: one document for the portfolio or one per area, and a CSV of all inputs.
//!
//! The leader's part comes first and has no engineers' words; a test holds a list of them. The engineers' part
//! follows, with names, lines, formulas and assumptions.

mod amounts;
mod ask;
mod cited;
mod delivery;
mod engineers;
mod follow;
pub(crate) mod future;
mod happened;
mod headline;
mod inputs;
mod knowledge;
mod page;
pub(crate) mod plan;
mod portfolio;
pub(crate) mod tickets;
pub(crate) mod verify;
mod words;

use std::io::{self, Write};

pub(super) use self::inputs::delimited;
use super::document::Document;
use super::markdown;
use super::options::{Format, RenderOptions};
use super::terminal::Terminal;
use debtscan_findings::brief::Brief;

/// The documents: one per page, or that of the portfolio.
pub(super) fn documents(brief: &Brief, options: &RenderOptions) -> Vec<Document> {
    // No area was asked for.
    if brief.pages.is_empty() {
        return vec![portfolio::document(brief, options)];
    }
    let pages = brief.pages.iter();
    pages.map(|page| page::document(brief, page, options)).collect()
}

/// The documents of the pages, without the engineers' part.
pub(super) fn for_leaders(brief: &Brief, options: &RenderOptions) -> Vec<Document> {
    brief.pages.iter().map(|page| page::for_leaders(brief, page, options)).collect()
}

/// Writes the documents as a table or as Markdown.
pub(super) fn write(brief: &Brief, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    for (position, document) in documents(brief, options).iter().enumerate() {
        if position > 0 {
            out.write_all(b"\n")?;
        }
        match options.format {
            Format::Table => {
                Terminal::new(out, options).document(document)?;
            }
            _ => markdown::document(document, out)?,
        }
    }
    Ok(())
}
