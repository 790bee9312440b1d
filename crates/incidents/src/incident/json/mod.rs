//! JSON text -> header and rows, as if it were a sheet.
//!
//! Numbers are taken as they are written, so that an amount keeps its cents, and every record knows
//! the line on which it starts.

mod advisory;
mod record;
mod record_cell;
mod tree;

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use self::record_cell::RecordCell;
use self::tree::{Pairs, Tree};
use super::error::IncidentError;
use super::file::FileFormat;
use super::input_sheet::{InputSheet, SheetRow};

/// Keys under which tools put the list, and the envelopes around it.
const LISTS: [&str; 20] = [
    "incidents",
    "issues",
    "alerts",
    "result",
    "results",
    "data",
    "values",
    "records",
    "rows",
    "items",
    "nodes",
    "edges",
    "tickets",
    "bugs",
    "value",
    "entries",
    "vulns",
    "vulnerabilities",
    "advisories",
    "alert_groups",
];

/// How deep envelopes may lie in one another: `data.repository.issues.nodes`.
const MAX_ENVELOPES: usize = 6;

/// Reads JSON: a list of records, an object with such a list under a known key, one record, or
/// several of these one after the other (JSON lines, pages).
///
/// # Errors
/// When the text as a whole is not JSON.
pub(super) fn read(file: &str, text: &str) -> Result<InputSheet, IncidentError> {
    let mut records = Vec::new();
    let mut names = BTreeMap::new();
    let documents = documents(file, text)?;
    let is_one = documents.len() == 1;
    for document in documents {
        match document {
            JsonDocument::Value(raw) => collect(raw, MAX_ENVELOPES, &mut records, &mut names),
            JsonDocument::Damaged { start, reason } => records.push(JsonRecord::Damaged { start, reason }),
        }
    }
    let mut sheet = SheetBuilder::new(text, &names);
    for record in records {
        sheet.add(record);
    }
    Ok(sheet.finish(if is_one { FileFormat::Json } else { FileFormat::JsonLines }))
}

/// One of the values that a file holds one after the other.
enum JsonDocument<'a> {
    Value(&'a RawValue),
    /// A line that is no JSON; `start` is its first byte.
    Damaged {
        start: usize,
        reason: String,
    },
}

fn documents<'a>(file: &str, text: &'a str) -> Result<Vec<JsonDocument<'a>>, IncidentError> {
    let mut found = Vec::new();
    let mut start = 0;
    loop {
        start += text[start..].len() - text[start..].trim_start().len();
        if start == text.len() {
            return Ok(found);
        }
        let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<&RawValue>();
        match values.next() {
            Some(Ok(raw)) => {
                found.push(JsonDocument::Value(raw));
                start += values.byte_offset();
            }
            Some(Err(error)) => {
                let line_len = text[start..].find('\n').unwrap_or(text.len() - start);
                let next = start + line_len;
                // A bad line among good ones is a bad row; anything else is no JSON at all.
                let is_line = text[..start].trim_end_matches([' ', '\t']).ends_with('\n') || start == 0;
                // A document over several lines does not end its first one with a brace.
                let is_whole = text[start..next].trim_end().ends_with('}');
                let is_followed = is_whole && text[next..].trim_start().starts_with('{');
                let is_row =
                    is_line && (is_followed || (!found.is_empty() && text[next..].trim().is_empty()));
                // A list that breaks off has lost an unknown number of records.
                if !is_row || text[start..].starts_with('[') {
                    let lines_before = text[..start].matches('\n').count() as u64;
                    let line = lines_before + error.line() as u64;
                    return Err(IncidentError::Json { file: file.to_owned(), line, reason: words(&error) });
                }
                found.push(JsonDocument::Damaged { start, reason: format!("not JSON: {}", words(&error)) });
                start = next;
            }
            None => return Ok(found),
        }
    }
}

/// The parser's words without its position, which it counts from the start of the record.
fn words(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// A record before its columns are known.
enum JsonRecord<'a> {
    Object {
        raw: &'a RawValue,
        pairs: Pairs<'a>,
    },
    /// An element that is no object.
    Other {
        raw: &'a RawValue,
    },
    Damaged {
        start: usize,
        reason: String,
    },
}

/// Finds the records in a document, and Jira's names of custom fields.
fn collect<'a>(
    raw: &'a RawValue,
    envelopes: usize,
    records: &mut Vec<JsonRecord<'a>>,
    names: &mut BTreeMap<String, String>,
) {
    match Tree::of(raw) {
        Tree::List(elements) => {
            for element in elements {
                match Tree::of(element) {
                    Tree::Object(pairs) => {
                        // GraphQL's edges and NVD's list wrap each record.
                        let node = pairs.get("node").or_else(|| pairs.get("cve"));
                        let node = node.map(|node| (node, Tree::of(node)));
                        match node {
                            Some((raw, Tree::Object(pairs))) => {
                                records.push(JsonRecord::Object { raw, pairs });
                            }
                            _ => records.push(JsonRecord::Object { raw: element, pairs }),
                        }
                    }
                    _ => records.push(JsonRecord::Other { raw: element }),
                }
            }
        }
        Tree::Object(pairs) => {
            // Jira's `expand=names`: the fields themselves are called `customfield_10042`.
            if let Some(Tree::Object(of_fields)) = pairs.get("names").map(Tree::of) {
                names.extend(of_fields.0.iter().filter_map(|(key, name)| match Tree::of(name) {
                    Tree::Text(name) => Some((key.clone(), name)),
                    _ => None,
                }));
            }
            let list = list_in(&pairs, envelopes);
            match list {
                Some(list) => collect(list, envelopes.saturating_sub(1), records, names),
                None => records.push(JsonRecord::Object { raw, pairs }),
            }
        }
        Tree::Text(_) | Tree::Nothing => records.push(JsonRecord::Other { raw }),
    }
}

/// The list of records under a known key, or the envelope that leads to it; `None` when the object
/// is a record itself or the list lies below more than `depth` envelopes.
fn list_in<'a>(pairs: &Pairs<'a>, depth: usize) -> Option<&'a RawValue> {
    // With an ID of its own it is a record, even if it has a list under such a key.
    if depth == 0 || record::is_record(pairs) {
        return None;
    }
    let holds = |open: &'static str| {
        move |key: &&str| pairs.get(key).is_some_and(|raw| raw.get().trim_start().starts_with(open))
    };
    let known = LISTS.iter().copied();
    if let Some(key) = known.clone().find(holds("[")) {
        return pairs.get(key);
    }
    let envelopes = known.chain(["repository", "project", "team", "organization", "workspace"]);
    // Each level parses its envelope again. The bound on the depth keeps nested envelopes from
    // costing the square of the text.
    envelopes.filter(holds("{")).find_map(|key| {
        let raw = pairs.get(key)?;
        let Tree::Object(inner) = Tree::of(raw) else { return None };
        // A key such as `data` may also hold the page's own facts.
        (list_in(&inner, depth - 1).is_some() || record::is_record(&inner)).then_some(raw)
    })
}

/// A record that cannot be read, with its replacement.
fn unusable(reason: String, shown: String) -> SheetRow {
    SheetRow { fields: vec![shown], damage: Some(reason), ..SheetRow::default() }
}

/// Gathers rows whose columns become known one record at a time.
struct SheetBuilder<'a> {
    text: &'a str,
    names: &'a BTreeMap<String, String>,
    header: Vec<String>,
    columns: BTreeMap<String, usize>,
    /// Where each starts in the text, and the row, whose line is not known yet.
    rows: Vec<(usize, SheetRow)>,
    /// Fields of all rows, the empty ones included.
    n_fields: usize,
}

/// Fields that any file may have, the empty ones included.
const FREE_FIELDS: usize = 1 << 20;

/// Fields that a file may have in addition per byte. Records that each have keys of their own would need the
/// square of their number; a field that is written takes several bytes.
const FIELDS_PER_BYTE: usize = 4;

impl<'a> SheetBuilder<'a> {
    fn new(text: &'a str, names: &'a BTreeMap<String, String>) -> Self {
        Self { text, names, header: Vec::new(), columns: BTreeMap::new(), rows: Vec::new(), n_fields: 0 }
    }

    /// Where a value of the text starts, in bytes.
    fn start(&self, raw: &RawValue) -> usize {
        // A raw value borrows from the text, so that the difference of addresses is its place.
        raw.get().as_ptr().addr() - self.text.as_ptr().addr()
    }

    /// Number of fields that the row of these cells takes.
    fn width_of(&self, cells: &[RecordCell]) -> usize {
        let is_new = |cell: &&RecordCell| !self.columns.contains_key(&cell.name);
        let n_new = cells.iter().filter(is_new).count();
        let known = cells.iter().filter_map(|cell| self.columns.get(&cell.name)).max();
        if n_new > 0 { self.header.len() + n_new } else { known.map_or(0, |last| last + 1) }
    }

    fn add(&mut self, record: JsonRecord<'a>) {
        let (raw, pairs) = match record {
            JsonRecord::Object { raw, pairs } => (raw, pairs),
            JsonRecord::Other { raw } => {
                let shown: String = raw.get().chars().take(40).collect();
                let reason = "not an object with named values".to_owned();
                self.rows.push((self.start(raw), unusable(reason, shown)));
                return;
            }
            JsonRecord::Damaged { start, reason } => {
                self.rows.push((start, unusable(reason, String::new())));
                return;
            }
        };
        let (mut fields, mut numbers) = (Vec::new(), Vec::new());
        let cells = record::cells(&pairs, self.names);
        let limit = FREE_FIELDS + FIELDS_PER_BYTE * self.text.len();
        // Checked before any column is added: a rejected record must not widen the others.
        if self.n_fields + self.width_of(&cells) > limit {
            let reason = format!("it has keys of its own, and all records together more than {limit} fields");
            self.rows.push((self.start(raw), unusable(reason, String::new())));
            return;
        }
        for RecordCell { name, value, is_number } in cells {
            let next = self.header.len();
            let column = *self.columns.entry(name.clone()).or_insert(next);
            if column == next {
                self.header.push(name);
            }
            if fields.len() <= column {
                fields.resize(column + 1, String::new());
            }
            // Of two members of one name the first counts.
            if fields[column].is_empty() {
                value.trim().clone_into(&mut fields[column]);
                if is_number {
                    numbers.push(column);
                }
            }
        }
        numbers.sort_unstable();
        self.n_fields += fields.len();
        self.rows.push((self.start(raw), SheetRow { fields, numbers, ..SheetRow::default() }));
    }

    fn finish(self, format: FileFormat) -> InputSheet {
        let mut position = 0;
        let mut line = 1;
        let rows = self.rows.into_iter().map(|(start, row)| {
            // Records are in the order of the text, so that one pass counts all lines.
            line += self.text[position..start].matches('\n').count() as u64;
            position = start;
            SheetRow { line, ..row }
        });
        InputSheet { rows: rows.collect(), header: self.header, header_line: 0, rows_above: 0, format }
    }
}
