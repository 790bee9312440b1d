//! Where a sentence comes from, and notes of a section.

use crate::document::{Look, Note, Section};

/// Where the figures of a sentence come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// History and incident files.
    Recorded,
    /// Files and settings of the user.
    Yours,
    /// Computed by debtscan's model.
    Model,
    /// Proposed by debtscan from evidence.
    Proposal,
}

impl Tag {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Recorded => "[recorded]",
            Self::Yours => "[yours]",
            Self::Model => "[model]",
            Self::Proposal => "[proposal]",
        }
    }
}

/// A sentence with its tag.
pub(super) fn tagged(text: &str, tag: Tag) -> String {
    format!("{text} {}", tag.word())
}

/// A plain note.
pub(super) fn note(text: impl Into<String>) -> Note {
    Note::new("·", text, Look::Plain)
}

/// A note that stands out.
pub(super) fn strong(text: impl Into<String>) -> Note {
    Note::new("·", text, Look::Bold)
}

/// A note on what to give.
pub(super) fn missing(text: impl Into<String>) -> Note {
    Note::new("→", text, Look::Dim)
}

/// A section without a table.
pub(super) fn section(title: &str, notes: Vec<Note>) -> Section {
    Section { title: title.to_owned(), notes, ..Section::default() }
}
