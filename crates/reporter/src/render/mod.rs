//! Renderers: final values -> bytes. The only output of this crate.

use std::io::{self, Write};

use debtscan_model::Scan;

use crate::{Explanation, Report};

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned text for a terminal.
    Table,
    /// One JSON document with `schema_version`.
    Json,
    /// One JSON object per line and row.
    Ndjson,
    /// Comma-separated values, one header line.
    Csv,
    /// GitHub-flavoured Markdown.
    Markdown,
}

/// What the rows of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Areas.
    Area,
    /// Files.
    File,
}

/// How to render.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenderOptions {
    /// The format.
    pub format: Format,
    /// Rows of the table, CSV and NDJSON formats.
    pub group: Group,
    /// Longest list; `None`: 10 rows for people (table, Markdown), all for machines.
    pub top: Option<usize>,
    /// Columns of the terminal; only for [`Format::Table`].
    pub width: usize,
    /// Whether to emit ANSI colour; only for [`Format::Table`].
    pub color: bool,
}
