//! A file as it is handed in, and the formats it may have.

/// One incident file, already read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentFile {
    /// Its name, as messages and positions show it.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Separated values.
    Csv {
        /// What stands between them: comma, semicolon, tab or bar.
        separator: char,
    },
    /// One JSON value.
    Json,
    /// Several JSON values one after the other: a record per line, or pages.
    JsonLines,
}

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16 with byte order mark.
    Utf16,
}
