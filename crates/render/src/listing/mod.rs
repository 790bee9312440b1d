//! Lists: one definition of columns, five formats.
//!
//! A command describes its columns once, as [`Column`]s over its row type: name, description,
//! kind, value, and appearance in tables. Table, Markdown, JSON, NDJSON, CSV and the JSON Schema all
//! derive from them.
//!
//! To add a list, add a value with a [`debtscan_findings::ListHead`] to the reporter, a module like
//! `hotspots.rs` with columns and sentences to this crate, and a variant to [`List`](super::List).

mod column;
mod place;
mod section;
mod shape;
mod sheet;
mod value;
mod view;

pub(crate) use self::column::{Column, Field, JsonObject, arranged, csv_columns};
pub(crate) use self::place::{PlaceColumns, area_column, name_column, path_column};
pub(crate) use self::section::{Caption, cells, headings, section};
pub(crate) use self::shape::{Shape, SheetShape};
pub(crate) use self::sheet::Sheet;
pub(crate) use self::value::{Kind, Value};
pub(crate) use self::view::{View, document, summary};
