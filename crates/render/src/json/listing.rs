//! JSON, NDJSON and JSON Schema of a list, made from its columns.

use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value as Json, json};

use super::convert::trust;
use super::output::{SCHEMA_VERSION, document, line};
use super::row::{Summary, entries, hex_key, property};
use super::schema::{CurrencyJson, RepositoryJson, TrustJson, WindowJson};
use super::values::{MoneyJson, PathJson, Time, ToolJson};
use crate::listing::{Field, Kind, Shape, SheetShape, Value, View};
use crate::words::area_source_code;
use debtscan_findings::ListHead;

/// What every list begins with.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ListHeadJson {
    /// Version of this shape: 1. A reader checks it before anything else.
    schema_version: u32,
    tool: ToolJson,
    /// The command that made it.
    list: &'static str,
    /// What a row stands for: `file`, `dir` or `area`; `null` where the list has no `--group`.
    group: Option<&'static str>,
    repository: RepositoryJson,
    trust: TrustJson,
    /// Every currency with a recorded cost other than zero: sorted by code.
    currencies: Vec<CurrencyJson>,
}

fn head(view: &View<'_>) -> ListHeadJson {
    let head: &ListHead = view.head;
    ListHeadJson {
        schema_version: SCHEMA_VERSION,
        tool: ToolJson::new(head.tool_version),
        list: view.name,
        group: view.group,
        repository: RepositoryJson {
            project: head.project.clone(),
            revision: head.revision.to_string(),
            as_of: Time::new(head.as_of),
            window: WindowJson {
                since: head.window.since.map(Time::new),
                until: head.window.until.map(Time::new),
            },
            scope: head.scope.as_ref().map(PathJson::new),
            first_parent: head.first_parent,
            area_source: area_source_code(head.area_source),
        },
        trust: trust(&head.quality),
        currencies: head
            .currencies
            .iter()
            .map(|currency| CurrencyJson {
                code: currency.code().to_owned(),
                minor_digits: currency.minor_digits(),
            })
            .collect(),
    }
}

/// A row as an object: its fields in the order of the columns.
struct Row<'a>(&'a [Field], &'a [Value]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        entries(&mut map, self.0.iter().zip(self.1))?;
        map.end()
    }
}

/// A row that says what it is.
struct TaggedRow<'a>(&'static str, Row<'a>);

impl Serialize for TaggedRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.0)?;
        entries(&mut map, self.1.0.iter().zip(self.1.1))?;
        map.end()
    }
}

/// Per table, the rows that `--top` left out.
struct Omitted<'a>(&'a View<'a>);

impl Serialize for Omitted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.sheets.iter().map(|sheet| (sheet.shape.key, sheet.omitted)))
    }
}

/// Everything but the rows.
#[derive(Serialize)]
struct Front<'a> {
    #[serde(flatten)]
    head: ListHeadJson,
    summary: Summary<'a>,
    omitted: Omitted<'a>,
}

impl<'a> Front<'a> {
    fn of(view: &'a View<'a>) -> Self {
        Self { head: head(view), summary: Summary(&view.summary), omitted: Omitted(view) }
    }
}

/// The whole list.
struct Document<'a>(&'a View<'a>);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// The front, then the rows of every table.
        #[derive(Serialize)]
        struct Whole<'a> {
            #[serde(flatten)]
            front: Front<'a>,
            #[serde(flatten)]
            tables: Tables<'a>,
        }
        Whole { front: Front::of(self.0), tables: Tables(self.0) }.serialize(serializer)
    }
}

struct Tables<'a>(&'a View<'a>);

impl Serialize for Tables<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.sheets.iter().map(|sheet| {
            let fields = &sheet.shape.fields;
            let rows: Vec<Row<'_>> = sheet.values.iter().map(|values| Row(fields, values)).collect();
            (sheet.shape.key, rows)
        }))
    }
}

/// Writes the list as one document.
pub(crate) fn list(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    document(&Document(view), out)
}

/// Writes the list as one object per line: everything but the rows, then the rows.
pub(crate) fn list_lines(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    line(view.name, &Front::of(view), out)?;
    for sheet in &view.sheets {
        for values in &sheet.values {
            let row = TaggedRow(sheet.shape.line, Row(&sheet.shape.fields, values));
            serde_json::to_writer(&mut *out, &row)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// The JSON Schema of a list's document, with a final newline.
pub(crate) fn list_schema(shape: &Shape) -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let root = settings.into_generator().into_root_schema_for::<ListHeadJson>();
    let mut schema = serde_json::to_value(root).expect("a schema is JSON");
    let members = schema.as_object_mut().expect("a schema of an object");
    members.insert("title".to_owned(), json!(format!("debtscan {}", shape.name)));
    members.insert("description".to_owned(), json!(shape.doc));
    // Used by the money of rows, which the head does not name.
    let definitions = members.entry("$defs").or_insert_with(|| json!({}));
    definitions["MoneyJson"] = serde_json::to_value(schemars::schema_for!(MoneyJson))
        .map(without_dialect)
        .expect("a schema is JSON");
    let count = json!({ "type": "integer", "minimum": 0 });
    let omitted = shape.sheets.iter().map(|sheet| (sheet.key.to_owned(), count.clone()));
    let mut added = vec![
        ("summary", object("Figures of the whole list.", &shape.summary)),
        ("omitted", closed("Rows that `--top` left out of each list; 0 without it.", &omitted.collect())),
    ];
    added.extend(shape.sheets.iter().map(|sheet| (sheet.key, rows(sheet))));
    for (key, value) in added {
        members["properties"][key] = value;
        members["required"].as_array_mut().expect("the head has required fields").push(json!(key));
    }
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    text.push('\n');
    text
}

fn without_dialect(mut schema: Json) -> Json {
    if let Some(members) = schema.as_object_mut() {
        members.remove("$schema");
    }
    schema
}

fn rows(sheet: &SheetShape) -> Json {
    json!({ "type": "array", "items": object(sheet.doc, &sheet.fields) })
}

/// An object with exactly these fields.
fn object(doc: &str, fields: &[Field]) -> Json {
    let mut properties = Map::new();
    for field in fields {
        properties.insert(field.key.to_owned(), property(field));
    }
    let mut object = closed(doc, &properties);
    for field in fields.iter().filter(|field| field.kind == Kind::Path) {
        let doc = format!("The bytes of `{}` in hexadecimal; only there when it is not exact.", field.key);
        object["properties"][hex_key(field.key)] = json!({ "description": doc, "type": "string" });
    }
    object
}

fn closed(doc: &str, properties: &Map<String, Json>) -> Json {
    let required: Vec<&String> = properties.keys().collect();
    json!({
        "description": doc,
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}
