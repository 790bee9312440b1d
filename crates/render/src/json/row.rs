//! Rows as JSON objects by their columns, and their schema.

use schemars::{JsonSchema, SchemaGenerator};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value as Json, json};

use super::values::{CostPerYearJson, Figure, IntervalJson, MoneyJson, Time, bytes_hex};
use crate::listing::{Column, Field, JsonObject, Kind, Value};

/// A row, or the part of it that an object of JSON holds.
pub(super) struct RowJson<'a> {
    fields: &'a [Field],
    /// One per field.
    values: &'a [Value],
    /// The number of objects around this part.
    depth: usize,
}

impl<'a> RowJson<'a> {
    pub(super) fn new(fields: &'a [Field], values: &'a [Value]) -> Self {
        Self { fields, values, depth: 0 }
    }

    /// Writes the fields into an object that may hold others.
    pub(super) fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        for (object, range) in parts(self.fields, self.depth) {
            let part = RowJson {
                fields: &self.fields[range.clone()],
                values: &self.values[range],
                depth: self.depth + 1,
            };
            match object {
                // An object of nulls would say that the thing exists and all is unknown of it.
                Some(object) if object.is_nullable && part.values.iter().all(Value::is_none) => {
                    map.serialize_entry(object.key, &Json::Null)?;
                }
                Some(object) => map.serialize_entry(object.key, &part)?,
                None => entry(map, &part.fields[0], &part.values[0])?,
            }
        }
        Ok(())
    }
}

impl Serialize for RowJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.entries(&mut map)?;
        map.end()
    }
}

/// The fields in runs: those of one object together, every other one alone.
fn parts(fields: &[Field], depth: usize) -> Vec<(Option<&'static JsonObject>, std::ops::Range<usize>)> {
    let mut parts: Vec<(Option<&'static JsonObject>, std::ops::Range<usize>)> = Vec::new();
    for (position, field) in fields.iter().enumerate() {
        let object = field.inside.get(depth).copied();
        match parts.last_mut() {
            // Only neighbours form a run: the same key twice in one object would be invalid JSON to
            // many readers.
            Some((Some(last), range)) if object.is_some_and(|it| it.key == last.key) => {
                range.end = position + 1;
            }
            _ => parts.push((object, position..position + 1)),
        }
    }
    parts
}

fn entry<M: SerializeMap>(map: &mut M, field: &Field, value: &Value) -> Result<(), M::Error> {
    let key = field.json_key;
    // The schema is made from the kind, so a value of another one would break the contract.
    debug_assert!(value.is_of(field.kind), "{key} holds {value:?}");
    debug_assert!(field.is_nullable || !value.is_none(), "{key} is missing");
    match value {
        Value::None => map.serialize_entry(key, &Json::Null)?,
        Value::Count(value) => map.serialize_entry(key, value)?,
        Value::Figure(value) | Value::Share(value) => map.serialize_entry(key, &Figure::new(*value))?,
        Value::Text(text) | Value::Word(text) => map.serialize_entry(key, text)?,
        Value::Words(words) => map.serialize_entry(key, words)?,
        Value::Path(path) => map.serialize_entry(key, &path.to_string())?,
        Value::Flag(value) => map.serialize_entry(key, value)?,
        Value::Time(time) => map.serialize_entry(key, &Time::new(*time))?,
        Value::Amount(money) => map.serialize_entry(key, &MoneyJson::new(*money))?,
        Value::Money(costs) => map.serialize_entry(key, &MoneyJson::list(costs))?,
        Value::Range(range) => map.serialize_entry(key, &IntervalJson::new(range))?,
        Value::MoneyRange(costs) => map.serialize_entry(key, &CostPerYearJson::list(costs))?,
        Value::Nested(nested) => map.serialize_entry(key, nested)?,
    }
    if field.kind == Kind::Path {
        // JSON is Unicode. Two Latin-1 names would otherwise become the same text of replacement
        // characters.
        map.serialize_entry(&hex_key(key), &value.path_of().and_then(bytes_hex))?;
    }
    Ok(())
}

fn hex_key(key: &str) -> String {
    format!("{key}_bytes_hex")
}

/// The columns of a value that a struct flattens into itself.
#[derive(Debug)]
pub(super) struct Figures {
    fields: Vec<Field>,
    values: Vec<Value>,
}

impl Figures {
    pub(super) fn new<R>(columns: &[Column<R>], row: &R) -> Self {
        let in_json = columns.iter().filter(|column| column.is_in_json);
        let (fields, values) = in_json.map(|column| (column.field, (column.value)(row))).unzip();
        Self { fields, values }
    }

    pub(super) fn of_summary(summary: &[(Field, Value)]) -> Self {
        let (fields, values) = summary.iter().cloned().unzip();
        Self { fields, values }
    }
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RowJson::new(&self.fields, &self.values).serialize(serializer)
    }
}

/// The schema of an object with exactly these fields.
pub(super) fn object(doc: &str, fields: &[Field], generator: &mut SchemaGenerator) -> Json {
    let (properties, required) = members(fields, 0, generator);
    closed(doc, &properties, &required)
}

/// The properties of fields, and the names of those that are always there.
pub(super) fn members(
    fields: &[Field],
    depth: usize,
    generator: &mut SchemaGenerator,
) -> (Map<String, Json>, Vec<String>) {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (object, range) in parts(fields, depth) {
        let part = &fields[range];
        if let Some(object) = object {
            let (inner, inner_required) = members(part, depth + 1, generator);
            let definition = closed(object.doc, &inner, &inner_required);
            generator.definitions_mut().insert(object.name.to_owned(), definition);
            properties.insert(object.key.to_owned(), reference(object.name, object.is_nullable));
            required.push(object.key.to_owned());
            continue;
        }
        let field = &part[0];
        properties.insert(field.json_key.to_owned(), property(field, generator));
        required.push(field.json_key.to_owned());
        if field.kind == Kind::Path {
            let doc = format!(
                "The bytes of `{}` in hexadecimal; `null` when that is exact or missing.",
                field.json_key
            );
            let schema = json!({ "description": doc, "type": ["string", "null"] });
            properties.insert(hex_key(field.json_key), schema);
            required.push(hex_key(field.json_key));
        }
    }
    (properties, required)
}

fn reference(name: &str, is_nullable: bool) -> Json {
    let reference = json!({ "$ref": format!("#/$defs/{name}") });
    if is_nullable { json!({ "anyOf": [reference, { "type": "null" }] }) } else { reference }
}

fn property(field: &Field, generator: &mut SchemaGenerator) -> Json {
    /// The schema of a `T` that may be missing.
    fn of<T: JsonSchema>(field: &Field, generator: &mut SchemaGenerator) -> Json {
        if field.is_nullable {
            generator.subschema_for::<Option<T>>().to_value()
        } else {
            generator.subschema_for::<T>().to_value()
        }
    }
    let of_type = |mut schema: Json| {
        if field.is_nullable {
            // A list of types, not `anyOf`: it keeps the description and the limits beside it.
            let kind = schema["type"].take();
            schema["type"] = json!([kind, "null"]);
        }
        schema
    };
    let mut property = match field.kind {
        Kind::Count => of_type(json!({ "type": "integer", "minimum": 0 })),
        Kind::Figure => of_type(json!({ "type": "number" })),
        Kind::Share => of_type(json!({ "type": "number", "minimum": 0, "maximum": 1 })),
        Kind::Text | Kind::Word | Kind::Path => of_type(json!({ "type": "string" })),
        Kind::Words => of_type(json!({ "type": "array", "items": { "type": "string" } })),
        Kind::Flag => of_type(json!({ "type": "boolean" })),
        Kind::Time => of_type(json!({ "type": "string", "format": "date-time" })),
        Kind::Amount => of::<MoneyJson>(field, generator),
        Kind::Money => of::<Vec<MoneyJson>>(field, generator),
        Kind::Range => of::<IntervalJson>(field, generator),
        Kind::MoneyRange => of::<Vec<CostPerYearJson>>(field, generator),
        Kind::Nested => {
            let schema = field.schema.expect("a nested value has a schema");
            schema(generator).to_value()
        }
    };
    // Draft 2020-12 allows keywords beside `$ref`; older drafts ignored them.
    property["description"] = json!(field.doc);
    property
}

/// An object with these members and no others.
pub(super) fn closed(doc: &str, properties: &Map<String, Json>, required: &[String]) -> Json {
    json!({
        "description": doc,
        "type": "object",
        // A reader that validates notices a new field at once, and a misspelt one of ours in the
        // tests.
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}
