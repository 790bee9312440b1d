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
        /// The separator: comma, semicolon, tab or bar.
        separator: char,
    },
    /// A sheet of an Excel workbook.
    Xlsx,
    /// A sheet of an `OpenDocument` spreadsheet.
    Ods,
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
    /// UTF-16 without byte order mark, recognised by its zero bytes.
    Utf16WithoutMark,
    /// Another one, by its usual name (`windows-1252`): chosen, or recognised by its bytes.
    Other(&'static str),
}

/// An encoding that the user chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(&'static encoding_rs::Encoding);

/// No encoding has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an encoding: write a name such as utf-8, windows-1252 or iso-8859-1")]
pub struct InvalidEncoding(String);

impl TextEncoding {
    /// The encoding with this name, as web pages use it (WHATWG): `utf-8`, `windows-1252`, `latin1`.
    ///
    /// # Errors
    /// If there is none.
    pub fn new(name: &str) -> Result<Self, InvalidEncoding> {
        let found = encoding_rs::Encoding::for_label(name.trim().as_bytes());
        found.map(Self).ok_or_else(|| InvalidEncoding(name.to_owned()))
    }

    /// Its usual name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    pub(crate) fn encoding(self) -> &'static encoding_rs::Encoding {
        self.0
    }
}
