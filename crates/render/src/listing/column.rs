//! Columns: what a figure is called, how it is obtained, and where each format has it.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::value::{Kind, Value};
use crate::document::{Cell, Content};

/// An object of JSON that holds consecutive columns of a row.
#[derive(Debug)]
pub(crate) struct JsonObject {
    pub(crate) key: &'static str,
    /// The name of its definition in the JSON Schema.
    pub(crate) name: &'static str,
    /// The description of the definition, one sentence.
    pub(crate) doc: &'static str,
    /// Whether it is `null` if none of its columns has a value.
    pub(crate) is_nullable: bool,
}

/// A column without its values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// Name in CSV, and in JSON if that has no other.
    pub(crate) key: &'static str,
    pub(crate) json_key: &'static str,
    /// The objects that hold it in JSON, the outermost first.
    pub(crate) inside: &'static [&'static JsonObject],
    pub(crate) kind: Kind,
    /// Whether a value may be missing: `null` in JSON, empty in CSV.
    pub(crate) is_nullable: bool,
    /// The description in the JSON Schema, with the unit.
    pub(crate) doc: &'static str,
    /// The schema of a [`Kind::Nested`].
    pub(crate) schema: Option<fn(&mut SchemaGenerator) -> Schema>,
}

/// The appearance of a column in tables.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown {
    /// The heading; `\n` separates its lines.
    pub(crate) title: &'static str,
    /// On narrow terminals, the column with the largest value is dropped first; 0 is never dropped.
    pub(crate) drop: u8,
    /// For text and paths: shortened to this width before another column is dropped.
    pub(crate) comfort: usize,
    pub(crate) content: Content,
}

/// A column over rows of type `R`.
pub(crate) struct Column<R> {
    pub(crate) field: Field,
    // A function pointer, not a closure: a definition cannot depend on the data, so the schema and
    // every format agree on the columns.
    pub(crate) value: fn(&R) -> Value,
    /// `None`: not in tables.
    pub(crate) shown: Option<Shown>,
    /// The cell in tables, if not made by [`Value::cell`].
    pub(crate) cell: Option<fn(&R) -> Cell>,
    pub(crate) is_in_json: bool,
    pub(crate) is_in_csv: bool,
}

impl<R> Column<R> {
    pub(crate) fn new(key: &'static str, kind: Kind, doc: &'static str, value: fn(&R) -> Value) -> Self {
        let (inside, schema): (&[&JsonObject], _) = (&[], None);
        Self {
            field: Field { key, json_key: key, inside, kind, is_nullable: false, doc, schema },
            value,
            shown: None,
            cell: None,
            is_in_json: true,
            is_in_csv: true,
        }
    }

    /// A value of several parts that JSON writes as a `T`; no other format has it.
    pub(crate) fn nested<T: JsonSchema>(
        key: &'static str,
        doc: &'static str,
        value: fn(&R) -> Value,
    ) -> Self {
        let mut column = Self::new(key, Kind::Nested, doc, value).only_json();
        column.field.schema = Some(SchemaGenerator::subschema_for::<T>);
        column
    }

    /// Sets the name in JSON.
    pub(crate) fn json(mut self, key: &'static str) -> Self {
        self.field.json_key = key;
        self
    }

    /// Puts the column into an object of JSON.
    pub(crate) fn inside(mut self, objects: &'static [&'static JsonObject]) -> Self {
        self.field.inside = objects;
        self
    }

    /// Leaves the column to JSON and to tables.
    pub(crate) fn only_json(mut self) -> Self {
        self.is_in_csv = false;
        self
    }

    /// Leaves the column to CSV and to tables.
    pub(crate) fn only_csv(mut self) -> Self {
        self.is_in_json = false;
        self
    }

    /// Leaves the column to tables.
    pub(crate) fn only_table(mut self) -> Self {
        (self.is_in_json, self.is_in_csv) = (false, false);
        self
    }

    /// The value may be missing.
    pub(crate) fn nullable(mut self) -> Self {
        self.field.is_nullable = true;
        self
    }

    /// Shown in tables with this heading; `drop` as in [`Shown::drop`].
    pub(crate) fn shown(mut self, title: &'static str, drop: u8) -> Self {
        let (content, comfort) = match self.field.kind {
            Kind::Count
            | Kind::Figure
            | Kind::Share
            | Kind::Amount
            | Kind::Money
            | Kind::Range
            | Kind::MoneyRange => (Content::Number, 0),
            Kind::Word | Kind::Flag | Kind::Time => (Content::Word, 0),
            Kind::Text | Kind::Words | Kind::Nested => (Content::Text, 12),
            Kind::Path => (Content::Path, 24),
        };
        self.shown = Some(Shown { title, drop, comfort, content });
        self
    }

    /// Contains paths or area names: shortened in the middle, to `comfort` at first.
    pub(crate) fn like_path(mut self, comfort: usize) -> Self {
        // `shown` comes first in a definition. Every list has a test, so a wrong order does not get
        // far.
        let shown = self.shown.as_mut().expect("a column that is shown");
        (shown.content, shown.comfort) = (Content::Path, comfort);
        self
    }

    /// Names a function: shortened at the front.
    pub(crate) fn like_function(mut self) -> Self {
        self.shown.as_mut().expect("a column that is shown").content = Content::Function;
        self
    }

    /// Shortened to this width before another column is dropped.
    pub(crate) fn comfort(mut self, width: usize) -> Self {
        self.shown.as_mut().expect("a column that is shown").comfort = width;
        self
    }

    /// Shown as a number: to the right.
    pub(crate) fn like_number(mut self) -> Self {
        let shown = self.shown.as_mut().expect("a column that is shown");
        (shown.content, shown.comfort) = (Content::Number, 0);
        self
    }

    /// Shown as one word, which is never shortened.
    pub(crate) fn like_word(mut self) -> Self {
        let shown = self.shown.as_mut().expect("a column that is shown");
        (shown.content, shown.comfort) = (Content::Word, 0);
        self
    }

    /// Sets the cell in tables.
    pub(crate) fn cell(mut self, cell: fn(&R) -> Cell) -> Self {
        self.cell = Some(cell);
        self
    }
}

/// The columns in another order: those whose keys are given come first.
pub(crate) fn arranged<R>(mut columns: Vec<Column<R>>, first: &[&str]) -> Vec<Column<R>> {
    let place = |column: &Column<R>| first.iter().position(|key| *key == column.field.key);
    // A renamed column would otherwise move to the end without a word.
    debug_assert!(first.iter().all(|key| columns.iter().any(|column| column.field.key == *key)));
    // The sort is stable, so columns that are not named keep the order of their definition.
    columns.sort_by_key(|column| place(column).unwrap_or(first.len()));
    columns
}

/// The columns of CSV: those whose keys are given, then the others as they are declared.
pub(crate) fn csv_columns<R>(mut columns: Vec<Column<R>>, first: &[&str]) -> Vec<Column<R>> {
    columns.retain(|column| column.is_in_csv);
    arranged(columns, first)
}
