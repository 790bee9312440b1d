//! One record -> named cells.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::advisory;
use super::record_cell::RecordCell;
use super::tree::{self, Pairs, Tree};
use crate::incident::cell::LIST_MARK;
use crate::incident::column::{self, Meaning};
use crate::incident::field::IncidentField;

/// Members that only wrap others: their own members are named without them when their meaning is
/// looked up.
const ENVELOPES: [&str; 4] = ["fields", "attributes", "node", "incident"];

/// How deep a record is looked into.
const MAX_DEPTH: usize = 12;

/// Whether an object is an incident rather than an envelope: it has an id of its own.
pub(super) fn is_record(pairs: &Pairs<'_>) -> bool {
    pairs.0.iter().any(|(key, value)| {
        let is_id = column::meaning(key, None).is_some_and(|meaning| meaning.field == IncidentField::Id);
        is_id && matches!(Tree::of(value), Tree::Text(_))
    })
}

/// The cells of a record: in its order. `names` says how people call custom fields.
pub(super) fn cells(pairs: &Pairs<'_>, names: &BTreeMap<String, String>) -> Vec<RecordCell> {
    let mut cells = Cells { names, found: Vec::new() };
    // First, because of two cells of one name the first counts: the structure of an advisory is
    // more exact than its plain members.
    cells.found = advisory::cells(pairs);
    cells.members("", pairs, MAX_DEPTH);
    cells.found
}

struct Cells<'a> {
    names: &'a BTreeMap<String, String>,
    found: Vec<RecordCell>,
}

impl Cells<'_> {
    fn members(&mut self, prefix: &str, pairs: &Pairs<'_>, depth: usize) {
        for (key, value) in &pairs.0 {
            let key = self.names.get(key).map_or(key.as_str(), String::as_str);
            self.member(&format!("{prefix}{key}"), key, value, depth);
        }
    }

    fn push(&mut self, path: &str, value: &RawValue) {
        let is_number = tree::is_number(value.get().trim());
        self.found.push(RecordCell { name: path.to_owned(), value: shown(path, value), is_number });
    }

    fn member(&mut self, path: &str, key: &str, value: &RawValue, depth: usize) {
        match Tree::of(value) {
            Tree::Object(inner) if depth > 0 && ENVELOPES.contains(&key) => {
                self.members(&format!("{path}."), &inner, depth - 1);
            }
            Tree::Object(inner) => {
                self.push(path, value);
                // What lies deeper is a column of its own only where its name says something new.
                let own = column::meaning(path, None).map(|meaning| meaning.field);
                for (key, value) in &inner.0 {
                    let path = format!("{path}.{key}");
                    if is_known_in_full(&path, own) && matches!(Tree::of(value), Tree::Text(_)) {
                        self.push(&path, value);
                    }
                }
            }
            Tree::List(elements) => {
                let named: Vec<(String, String)> =
                    elements.iter().flat_map(|raw| named_values(raw)).collect();
                if named.is_empty() {
                    self.push(path, value);
                } else {
                    let cell = |(name, value)| RecordCell { name, value, is_number: false };
                    self.found.extend(named.into_iter().map(cell));
                }
            }
            Tree::Text(_) | Tree::Nothing => self.push(path, value),
        }
    }
}

/// A value as the cell of a sheet; each item of a list ends with [`LIST_MARK`].
fn shown(path: &str, value: &RawValue) -> String {
    let wanted = WantedText::of(column::meaning(path, None));
    let is_list = matches!(Tree::of(value), Tree::List(_)) || wanted == WantedText::Reference;
    let mut texts = Vec::new();
    display(value, wanted, MAX_DEPTH, &mut texts);
    match texts.as_slice() {
        [only] if !is_list => only.clone(),
        _ => as_list(texts),
    }
}

/// Texts as one cell.
fn as_list(texts: Vec<String>) -> String {
    let mut cell = String::new();
    for text in texts {
        cell.push_str(&text);
        cell.push(LIST_MARK);
    }
    cell
}

/// Whether a path has a meaning of its own (`metadata.filename`, `time_stats.total_time_spent`) that
/// differs from that of the object around it.
fn is_known_in_full(path: &str, of_object: Option<IncidentField>) -> bool {
    column::meaning(path, None).is_some_and(|meaning| Some(meaning.field) != of_object)
}

/// What of an object is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WantedText {
    /// What people call it.
    Name,
    /// What people call it, else all of it: nothing is read from it, and it is only shown.
    Anything,
    /// The value behind what is displayed: displayed dates follow the user's settings.
    Value,
    /// An address or id.
    Reference,
}

impl WantedText {
    fn of(meaning: Option<Meaning>) -> Self {
        match meaning.map(|meaning| meaning.field) {
            Some(IncidentField::Fix | IncidentField::Introduced) => Self::Reference,
            Some(field) if field.is_date() || field.is_duration() => Self::Value,
            Some(_) => Self::Name,
            None => Self::Anything,
        }
    }

    /// Members that hold it, the best first.
    fn members(self) -> &'static [&'static str] {
        match self {
            Self::Name | Self::Anything => &[
                "display_value",
                "displayName",
                "display_name",
                "issue_name",
                "name",
                "summary",
                "title",
                "value",
                "label",
                "text",
                "slug",
                "key",
                "nodes",
                "data",
                "attributes",
                "edges",
                "node",
                "login",
                "email",
            ],
            Self::Value => &["value", "display_value"],
            Self::Reference => &[
                "url",
                "html_url",
                "web_url",
                "webUrl",
                "permalink",
                "oid",
                "sha",
                "commit",
                "nodes",
                "data",
                "edges",
                "node",
                "attributes",
                "value",
                "number",
                "iid",
            ],
        }
    }
}

/// Appends the texts of a value: one for a text or object, any number for a list.
fn display(value: &RawValue, wanted: WantedText, depth: usize, texts: &mut Vec<String>) {
    match Tree::of(value) {
        Tree::Nothing => {}
        Tree::Text(text) => texts.push(text),
        Tree::List(elements) if depth > 0 => {
            for element in elements {
                display(element, wanted, depth - 1, texts);
            }
        }
        Tree::Object(pairs) if depth > 0 => {
            // Jira Cloud gives descriptions as documents of nodes.
            if pairs.get("type").is_some_and(|kind| kind.get() == "\"doc\"") {
                let mut text = String::new();
                rich_text(value, depth - 1, &mut text);
                texts.push(text);
                return;
            }
            // An empty member says nothing; the next best one may.
            let has_text = |raw: &&RawValue| !matches!(raw.get(), "null" | "\"\"" | "[]" | "{}");
            let member = wanted.members().iter().find_map(|key| pairs.get(key).filter(has_text));
            let is_named = || wanted.members().iter().any(|key| pairs.get(key).is_some());
            match member {
                Some(inner) => display(inner, wanted, depth - 1, texts),
                None if wanted == WantedText::Anything && !pairs.0.is_empty() && !is_named() => {
                    texts.push(value.get().to_owned());
                }
                None => {}
            }
        }
        // Too deep: shown as written, so that the recursion ends.
        Tree::List(_) | Tree::Object(_) => texts.push(value.get().to_owned()),
    }
}

/// The text of an Atlassian document: its text nodes, a line per block.
fn rich_text(value: &RawValue, depth: usize, text: &mut String) {
    let Tree::Object(pairs) = Tree::of(value) else { return };
    if let Some(Tree::Text(own)) = pairs.get("text").map(Tree::of) {
        text.push_str(&own);
    }
    if let (Some(Tree::List(content)), true) = (pairs.get("content").map(Tree::of), depth > 0) {
        for node in content {
            rich_text(node, depth - 1, text);
        }
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
}

/// A list element that names its value, as a column of that name: incident.io's custom fields,
/// timestamps and metrics, `FireHydrant`'s milestones. Empty for any other.
fn named_values(raw: &RawValue) -> Vec<(String, String)> {
    let Tree::Object(pairs) = Tree::of(raw) else { return Vec::new() };
    let text = |raw: Option<&RawValue>| match raw.map(Tree::of) {
        Some(Tree::Text(text)) => Some(text),
        _ => None,
    };
    let name_of = |key: &str| match pairs.get(key).map(Tree::of) {
        Some(Tree::Object(of)) => text(of.get("name")),
        _ => None,
    };
    if let Some(name) = name_of("custom_field") {
        return vec![(name, custom_value(pairs.get("values")))];
    }
    if let Some(name) = name_of("incident_timestamp") {
        let value = match pairs.get("value").map(Tree::of) {
            Some(Tree::Object(of)) => text(of.get("value")),
            _ => None,
        };
        return vec![(name, value.unwrap_or_default())];
    }
    if let Some(name) = name_of("duration_metric") {
        return vec![(format!("{name} (seconds)"), text(pairs.get("value_seconds")).unwrap_or_default())];
    }
    let occurred = pairs.get("occurred_at").or_else(|| pairs.get("occurredAt"));
    match (text(pairs.get("type")), text(occurred)) {
        (Some(kind), Some(when)) => vec![(format!("{kind}_at"), when)],
        _ => Vec::new(),
    }
}

/// The values of one of incident.io's custom fields, each marked as an item.
fn custom_value(values: Option<&RawValue>) -> String {
    let Some(Tree::List(values)) = values.map(Tree::of) else { return String::new() };
    let mut texts = Vec::new();
    for value in values {
        let Tree::Object(pairs) = Tree::of(value) else { continue };
        let keys = ["value_catalog_entry", "value_option", "value_text", "value_numeric", "value_link"];
        let found = keys.iter().find_map(|key| pairs.get(key).filter(|raw| raw.get() != "null"));
        if let Some(found) = found {
            display(found, WantedText::Name, MAX_DEPTH, &mut texts);
        }
    }
    as_list(texts)
}
