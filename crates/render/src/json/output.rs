//! What every JSON output has in common: its version, and how documents, lines and schemas are written.

use std::io::{self, Write};

use serde::Serialize;

use super::escape::{write_indented, write_line};

/// Version of the JSON outputs; raised when a reader could break.
pub(crate) const SCHEMA_VERSION: u32 = 1;

pub(crate) fn document(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    // Indented: documents are diffed and read, while NDJSON below is for machines.
    write_indented(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A row that says what it is.
#[derive(Serialize)]
struct NdjsonLine<'a, T> {
    kind: &'static str,
    #[serde(flatten)]
    row: &'a T,
}

pub(super) fn line<T: Serialize>(kind: &'static str, row: &T, out: &mut dyn Write) -> io::Result<()> {
    write_line(&mut *out, &NdjsonLine { kind, row })?;
    out.write_all(b"\n")
}
