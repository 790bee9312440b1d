//! What the outputs for people have in common: a document of sections, columns and rows.
//!
//! Every text in a document is already [visible](super::text::visible). The terminal decides what
//! fits; Markdown decides how to quote.

/// How a cell is emphasised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// Units, asides, second lines.
    Dim,
    Bold,
    /// The one accent: the rows that matter most, and losses.
    Accent,
    /// A figure that must not be used; only notes.
    Struck,
}

/// What a column holds; decides how it is aligned, shortened and quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Right-aligned, never shortened.
    Number,
    /// Left-aligned, never shortened.
    Word,
    /// Left-aligned, shortened at the end.
    Text,
    /// Left-aligned, shortened in the middle.
    Path,
    /// Left-aligned, shortened at the front: the last part of `Class.method` tells most.
    Function,
    /// A bar of blocks; only for terminals.
    Bar,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct TableColumn {
    /// The heading; `\n` separates its lines.
    pub(super) title: String,
    pub(super) content: Content,
    /// When there is no room, the column with the largest value goes first; 0 stays.
    pub(super) drop: u8,
    /// For text and paths: shortened to this width before another column is dropped.
    pub(super) comfort: usize,
}

impl TableColumn {
    pub(super) fn number(title: &str, drop: u8) -> Self {
        Self { title: title.to_owned(), content: Content::Number, drop, comfort: 0 }
    }

    pub(super) fn word(title: &str, drop: u8) -> Self {
        Self { title: title.to_owned(), content: Content::Word, drop, comfort: 0 }
    }

    pub(super) fn text(title: &str, comfort: usize, drop: u8) -> Self {
        Self { title: title.to_owned(), content: Content::Text, drop, comfort }
    }

    pub(super) fn path(title: &str, comfort: usize, drop: u8) -> Self {
        Self { title: title.to_owned(), content: Content::Path, drop, comfort }
    }

    pub(super) fn function(title: &str, comfort: usize, drop: u8) -> Self {
        Self { title: title.to_owned(), content: Content::Function, drop, comfort }
    }

    pub(super) fn bar(drop: u8) -> Self {
        // No title: a bar shows the number beside it once more.
        Self { title: String::new(), content: Content::Bar, drop, comfort: 0 }
    }

    pub(super) fn is_elastic(&self) -> bool {
        matches!(self.content, Content::Text | Content::Path | Content::Function)
    }
}

/// A cell of one or more lines.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) lines: Vec<(String, Look)>,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self::with_look(text, Look::Plain)
    }

    pub(super) fn dim(text: impl Into<String>) -> Self {
        Self::with_look(text, Look::Dim)
    }

    pub(super) fn with_look(text: impl Into<String>, look: Look) -> Self {
        Self { lines: vec![(text.into(), look)] }
    }

    /// One line per text, all emphasised alike.
    pub(super) fn stacked(texts: impl IntoIterator<Item = String>, look: Look) -> Self {
        Self { lines: texts.into_iter().map(|text| (text, look)).collect() }
    }
}

/// Rows under one heading of the subject column.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// Replaces the title of the first elastic column; `None`: the column's own.
    pub(super) subject: Option<&'static str>,
    /// One cell per column of the section.
    pub(super) rows: Vec<Vec<Cell>>,
    /// The hidden rows: `and 12 more`; empty if all are shown.
    pub(super) more: String,
}

/// A line below the rows of a section.
#[derive(Debug, Clone)]
pub(super) struct Note {
    /// Precedes the text, whose further lines are indented by it: `!`, `→`, a label; may be empty.
    pub(super) mark: String,
    pub(super) text: String,
    pub(super) look: Look,
}

impl Note {
    pub(super) fn new(mark: impl Into<String>, text: impl Into<String>, look: Look) -> Self {
        Self { mark: mark.into(), text: text.into(), look }
    }
}

/// A titled part of a document. Its blocks share the widths of its columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    pub(super) title: String,
    /// The subtitle, beside the title if there is room.
    pub(super) aside: String,
    pub(super) columns: Vec<TableColumn>,
    pub(super) blocks: Vec<Block>,
    /// Marks of one section are aligned.
    pub(super) notes: Vec<Note>,
}

/// A whole output for people.
#[derive(Debug, Clone, Default)]
pub(super) struct Document {
    /// Precedes everything; empty if there is nothing to warn of.
    pub(super) banner: String,
    /// The first line: the most important part first, later parts give way.
    pub(super) header: Vec<String>,
    /// Sentences below the header.
    pub(super) lead: Vec<String>,
    pub(super) sections: Vec<Section>,
    /// Useful commands and what they give.
    pub(super) next: Vec<(String, String)>,
}

/// How many rows a list shows, and what to say of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    top: Option<usize>,
    default: usize,
}

impl Limit {
    /// A list that shows `default` rows unless told otherwise.
    pub(super) fn new(top: Option<usize>, default: usize) -> Self {
        Self { top, default }
    }

    pub(super) fn rows(self) -> usize {
        self.top.unwrap_or(self.default)
    }

    /// `and 12 more`; empty when all `n` are shown.
    pub(super) fn more(self, n: usize) -> String {
        match n.saturating_sub(self.rows()) {
            0 => String::new(),
            hidden => format!("and {} more", super::number::count(hidden)),
        }
    }
    /// The same of a list whose ranked rows come first: `and 12 more; not ranked: 3 files ...`; `nouns` are
    /// those of one unranked row and of several.
    pub(super) fn more_ranked(self, n_ranked: usize, n_unranked: usize, nouns: [&str; 2]) -> String {
        let hidden = (n_ranked + n_unranked).saturating_sub(self.rows());
        // Ranked rows come first, so the hidden ones at the end are unranked.
        let unranked = hidden.min(n_unranked);
        let mut texts = Vec::new();
        if hidden > unranked {
            texts.push(format!("and {} more", super::number::count(hidden - unranked)));
        }
        if unranked > 0 {
            texts.push(format!("not ranked: {}", super::number::counted(unranked, nouns[0], nouns[1])));
        }
        texts.join("; ")
    }
}
