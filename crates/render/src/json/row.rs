//! Rows as JSON objects by their columns, and their schema.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::values::{Figure, MoneyJson, Time, bytes_hex};
use crate::listing::{Column, Field, Kind, Value};

pub(super) fn entries<'a, M: SerializeMap>(
    map: &mut M,
    fields: impl Iterator<Item = (&'a Field, &'a Value)>,
) -> Result<(), M::Error> {
    for (field, value) in fields {
        debug_assert!(value.is_of(field.kind), "{} holds {value:?}", field.key);
        debug_assert!(field.is_nullable || *value != Value::None, "{} is missing", field.key);
        match value {
            Value::None => map.serialize_entry(field.key, &Json::Null)?,
            Value::Count(value) => map.serialize_entry(field.key, value)?,
            Value::Figure(value) | Value::Share(value) => {
                map.serialize_entry(field.key, &Figure::new(*value))?;
            }
            Value::Text(text) | Value::Word(text) => map.serialize_entry(field.key, text)?,
            Value::Words(words) => map.serialize_entry(field.key, words)?,
            Value::Path(path) => map.serialize_entry(field.key, &path.to_string())?,
            Value::Flag(value) => map.serialize_entry(field.key, value)?,
            Value::Time(time) => map.serialize_entry(field.key, &Time::new(*time))?,
            Value::Money(costs) | Value::KnownMoney(costs) => {
                map.serialize_entry(field.key, &MoneyJson::list(costs))?;
            }
        }
        if let Some(path) = value.odd_path() {
            map.serialize_entry(&hex_key(field.key), &bytes_hex(path))?;
        }
    }
    Ok(())
}

pub(super) fn hex_key(key: &str) -> String {
    format!("{key}_bytes_hex")
}

/// The summary of a list as an object.
pub(super) struct Summary<'a>(pub(super) &'a [(Field, Value)]);

impl Serialize for Summary<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        entries(&mut map, self.0.iter().map(|(field, value)| (field, value)))?;
        map.end()
    }
}

/// Figures of a report's row that its columns define.
#[derive(Debug)]
pub(super) struct Figures(Vec<(Field, Value)>);

impl Figures {
    pub(super) fn of<R>(columns: &[Column<R>], row: &R) -> Self {
        let in_json = columns.iter().filter(|column| column.is_in_json);
        Self(in_json.map(|column| (column.field, (column.value)(row))).collect())
    }
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Summary(&self.0).serialize(serializer)
    }
}

/// Adds the fields that columns define to the schema of a row.
pub(super) fn add_figures<R>(row: &mut Json, columns: &[Column<R>]) {
    for column in columns.iter().filter(|column| column.is_in_json) {
        row["properties"][column.field.key] = property(&column.field);
        row["required"].as_array_mut().expect("a row has required fields").push(json!(column.field.key));
    }
}

pub(super) fn property(field: &Field) -> Json {
    let mut property = match field.kind {
        Kind::Count => json!({ "type": "integer", "minimum": 0 }),
        Kind::Figure => json!({ "type": "number" }),
        Kind::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Kind::Text | Kind::Word | Kind::Path => json!({ "type": "string" }),
        Kind::Words => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Time => json!({ "type": "string", "format": "date-time" }),
        Kind::Money => json!({ "type": "array", "items": { "$ref": "#/$defs/MoneyJson" } }),
    };
    if field.is_nullable {
        let kind = property["type"].take();
        property["type"] = json!([kind, "null"]);
    }
    property["description"] = json!(field.doc);
    property
}
