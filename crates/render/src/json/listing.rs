//! JSON, NDJSON and JSON Schema of a list.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use serde_json::{Map, json};

use super::output::SCHEMA_VERSION;
use super::quality::{TrustJson, trust};
use super::repository::{CurrencyJson, RepositoryJson};
use super::row::{Figures, closed};
use super::table::{DocumentSchema, write_document, write_lines};
use super::values::ToolJson;
use crate::listing::{Shape, View};
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
        repository: RepositoryJson::of_list(head),
        trust: trust(&head.quality),
        currencies: CurrencyJson::list(head.currencies.iter().copied()),
    }
}

/// Per table, the number of rows that `--top` hides.
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
    summary: Figures,
    omitted: Omitted<'a>,
}

impl<'a> Front<'a> {
    fn of(view: &'a View<'a>) -> Self {
        Self { head: head(view), summary: Figures::of_summary(&view.summary), omitted: Omitted(view) }
    }
}

/// Writes the list as one document.
pub(crate) fn list(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_document(&Front::of(view), &view.sheets, out)
}

/// Writes the list as one object per line: everything but the rows, then the rows.
pub(crate) fn list_lines(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_lines(view.name, &Front::of(view), &view.sheets, out)
}

/// The JSON Schema of a list's document, with a final newline.
pub(crate) fn list_schema(shape: &Shape) -> String {
    let mut schema = DocumentSchema::new::<ListHeadJson>();
    schema.describe(&format!("debtscan {}", shape.name), shape.doc);
    schema.add_object("summary", "Figures of the whole list.", &shape.summary);
    // The keys are those of the tables, which differ by list, so this object has no struct.
    let count = json!({ "type": "integer", "minimum": 0 });
    let omitted: Map<_, _> = shape.sheets.iter().map(|sheet| (sheet.key.to_owned(), count.clone())).collect();
    let keys: Vec<String> = omitted.keys().cloned().collect();
    let doc = "Number of rows of each list that `--top` hides; 0 without it.";
    schema.add("omitted", closed(doc, &omitted, &keys));
    for sheet in &shape.sheets {
        schema.add_rows(sheet);
    }
    schema.finish()
}
