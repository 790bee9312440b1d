//! What every JSON output has in common: its version, and how documents, lines and schemas are written.

use std::io::{self, Write};

use schemars::generate::SchemaSettings;
use serde::Serialize;

/// Version of the JSON outputs; raised when a reader could break.
pub(crate) const SCHEMA_VERSION: u32 = 1;

pub(super) fn document(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A row that says what it is.
#[derive(Serialize)]
struct Line<'a, T> {
    kind: &'static str,
    #[serde(flatten)]
    row: &'a T,
}

pub(super) fn line<T: Serialize>(kind: &'static str, row: &T, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { kind, row })?;
    out.write_all(b"\n")
}

pub(super) fn schema_text<T: schemars::JsonSchema>() -> String {
    text_of(&schema_of::<T>())
}

pub(super) fn schema_of<T: schemars::JsonSchema>() -> serde_json::Value {
    // For what is written, not for what could be read: every field is there, `null` when unknown.
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    serde_json::to_value(&schema).expect("a schema is JSON")
}

pub(super) fn text_of(schema: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(schema).expect("a schema is JSON");
    text.push('\n');
    text
}
