//! A document of a head and tables: JSON, NDJSON and JSON Schema.
//!
//! The head is a struct. The rows of the tables are written by their columns.

use std::io::{self, Write};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::escape::write_line;
use super::output::{document, line};
use super::row::{RowJson, members, object};
use crate::listing::{Column, Field, Sheet, SheetShape, Value};

/// A row that says what it is.
struct TaggedRow<'a>(&'static str, RowJson<'a>);

impl Serialize for TaggedRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.0)?;
        self.1.entries(&mut map)?;
        map.end()
    }
}

/// The rows of every table by its key.
struct Tables<'a>(&'a [Sheet]);

impl Serialize for Tables<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|sheet| {
            let fields = &sheet.shape.fields;
            let rows: Vec<RowJson<'_>> =
                sheet.values.iter().map(|values| RowJson::new(fields, values)).collect();
            (sheet.shape.key, rows)
        }))
    }
}

/// Writes the head and the rows as one document.
pub(super) fn write_document<H: Serialize>(
    head: &H,
    sheets: &[Sheet],
    out: &mut dyn Write,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'a, H> {
        #[serde(flatten)]
        head: &'a H,
        #[serde(flatten)]
        tables: Tables<'a>,
    }
    document(&Whole { head, tables: Tables(sheets) }, out)
}

/// Writes the head, then the rows, as one object per line.
pub(super) fn write_lines<'s, H: Serialize>(
    name: &'static str,
    head: &H,
    sheets: impl IntoIterator<Item = &'s Sheet>,
    out: &mut dyn Write,
) -> io::Result<()> {
    line(name, head, out)?;
    for sheet in sheets {
        for values in &sheet.values {
            let row = TaggedRow(sheet.shape.line, RowJson::new(&sheet.shape.fields, values));
            // Compact: a line end within a row would end the line.
            write_line(&mut *out, &row)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// Writes rows one at a time, for tables that are too large to be collected.
pub(crate) struct RowWriter<R> {
    columns: Vec<Column<R>>,
    fields: Vec<Field>,
}

impl<R> RowWriter<R> {
    pub(crate) fn new(columns: Vec<Column<R>>) -> Self {
        let fields = columns.iter().map(|column| column.field).collect();
        Self { columns, fields }
    }

    /// Writes a row on one line, without a line end.
    pub(crate) fn write(&self, row: &R, out: &mut dyn Write) -> io::Result<()> {
        let values: Vec<Value> = self.columns.iter().map(|column| (column.value)(row)).collect();
        Ok(write_line(out, &RowJson::new(&self.fields, &values))?)
    }
}

/// A JSON Schema under construction.
pub(super) struct DocumentSchema {
    generator: SchemaGenerator,
    root: Json,
}

impl DocumentSchema {
    /// The schema of the head, with its title and description.
    pub(super) fn new<H: JsonSchema>() -> Self {
        // For what is written, not for what could be read: every field is there, `null` when unknown.
        let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let root = generator.root_schema_for::<H>().to_value();
        Self { generator, root }
    }

    /// Sets the title and the description.
    pub(super) fn describe(&mut self, title: &str, doc: &str) {
        self.root["title"] = json!(title);
        self.root["description"] = json!(doc);
    }

    /// Adds a member of the root.
    pub(super) fn add(&mut self, key: &str, schema: Json) {
        self.root["properties"][key] = schema;
        self.root["required"].as_array_mut().expect("the head has required fields").push(json!(key));
    }

    /// Adds the members that columns define.
    pub(super) fn add_columns<R>(&mut self, columns: &[Column<R>]) {
        let fields: Vec<_> =
            columns.iter().filter(|column| column.is_in_json).map(|column| column.field).collect();
        let (properties, _) = members(&fields, 0, &mut self.generator);
        for (key, schema) in properties {
            self.add(&key, schema);
        }
    }

    /// Adds an object with these fields.
    pub(super) fn add_object(&mut self, key: &str, doc: &str, fields: &[Field]) {
        let schema = object(doc, fields, &mut self.generator);
        self.add(key, schema);
    }

    /// Adds the rows of a table.
    pub(super) fn add_rows(&mut self, shape: &SheetShape) {
        let row = object(shape.doc, &shape.fields, &mut self.generator);
        let items = match shape.name {
            Some(name) => {
                // A definition with a name, so that generators of types give the row a usable one.
                self.generator.definitions_mut().insert(name.to_owned(), row);
                json!({ "$ref": format!("#/$defs/{name}") })
            }
            None => row,
        };
        let mut schema = json!({ "type": "array", "items": items });
        if !shape.array_doc.is_empty() {
            schema["description"] = json!(shape.array_doc);
        }
        self.add(shape.key, schema);
    }

    /// The schema as indented text with a final newline.
    pub(super) fn finish(mut self) -> String {
        // Last: every row above may have added some.
        let definitions = self.generator.take_definitions(true);
        if !definitions.is_empty() {
            self.root["$defs"] = Json::Object(definitions);
        }
        let mut text = serde_json::to_string_pretty(&self.root).expect("a schema is JSON");
        text.push('\n');
        text
    }
}
