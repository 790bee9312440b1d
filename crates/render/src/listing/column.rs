//! Columns and their values.

use bstr::ByteSlice;
use debtscan_model::{RepoPath, Timestamp};

use crate::document::{Cell, Content, Look};
use crate::number::{day, figure, grouped, money, percent};
use crate::text::visible;
use debtscan_incidents::Costs;

/// The type of a column's values; decides how every format writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole number.
    Count,
    /// A number with six significant digits.
    Figure,
    /// A share, `0..=1`; shown in percent.
    Share,
    /// Free text, made safe for spreadsheets.
    Text,
    /// A code or ID, written exactly.
    Word,
    /// Several codes or names.
    Words,
    /// A path, written exactly; if its bytes are not UTF-8, JSON adds `KEY_bytes_hex`.
    Path,
    /// Yes or no.
    Flag,
    /// A point in time.
    Time,
    /// Amounts, one per currency; CSV has a column `KEY_usd` for each currency of the list.
    Money,
}

/// A value; its variant matches the column's [`Kind`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Unknown or not applicable.
    None,
    Count(u64),
    Figure(f64),
    Share(f64),
    Text(String),
    Word(String),
    Words(Vec<String>),
    Path(RepoPath),
    Flag(bool),
    Time(Timestamp),
    Money(Costs),
    /// Amounts; those in other currencies are unknown rather than 0.
    KnownMoney(Costs),
}

impl Value {
    pub(crate) fn count(value: impl TryInto<u64>) -> Self {
        Self::Count(value.try_into().ok().expect("a count is not negative"))
    }

    pub(crate) fn maybe_count(value: Option<impl TryInto<u64>>) -> Self {
        value.map_or(Self::None, Self::count)
    }

    pub(crate) fn word(value: impl Into<String>) -> Self {
        Self::Word(value.into())
    }

    pub(crate) fn text(value: impl Into<String>) -> Self {
        Self::Text(value.into())
    }

    pub(crate) fn time(value: Option<Timestamp>) -> Self {
        value.map_or(Self::None, Self::Time)
    }

    /// The value as shown in a table; empty if there is none.
    pub(crate) fn cell(&self) -> Cell {
        match self {
            Self::None => Cell::new(String::new()),
            Self::Count(value) => {
                Cell::with_look(grouped(*value), if *value == 0 { Look::Dim } else { Look::Plain })
            }
            Self::Figure(value) => Cell::new(figure(*value)),
            Self::Share(value) => Cell::new(percent(*value)),
            Self::Text(text) | Self::Word(text) => Cell::new(visible(text.as_bytes())),
            Self::Words(words) => Cell::new(visible(words.join(", ").as_bytes())),
            Self::Path(path) => Cell::new(visible(path.as_bytes())),
            Self::Flag(value) => Cell::new(if *value { "yes" } else { "no" }),
            Self::Time(time) => Cell::dim(day(*time)),
            Self::Money(costs) | Self::KnownMoney(costs) => {
                let look = if costs.is_zero() { Look::Dim } else { Look::Plain };
                Cell::stacked(costs.iter().filter(|sum| sum.minor != 0).map(money), look)
            }
        }
    }

    /// Whether a column of this kind may contain the value.
    pub(crate) fn is_of(&self, kind: Kind) -> bool {
        let own = match self {
            Self::None => return true,
            Self::Count(_) => Kind::Count,
            Self::Figure(_) => Kind::Figure,
            Self::Share(_) => Kind::Share,
            Self::Text(_) => Kind::Text,
            Self::Word(_) => Kind::Word,
            Self::Words(_) => Kind::Words,
            Self::Path(_) => Kind::Path,
            Self::Flag(_) => Kind::Flag,
            Self::Time(_) => Kind::Time,
            Self::Money(_) | Self::KnownMoney(_) => Kind::Money,
        };
        own == kind
    }

    /// The path, if JSON text cannot represent its bytes.
    pub(crate) fn odd_path(&self) -> Option<&RepoPath> {
        match self {
            Self::Path(path) if path.as_bytes().to_str().is_err() => Some(path),
            _ => None,
        }
    }
}

/// A column without its values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// Name in JSON and CSV.
    pub(crate) key: &'static str,
    pub(crate) kind: Kind,
    /// Whether a value may be missing: `null` in JSON, empty in CSV.
    pub(crate) is_nullable: bool,
    /// The description in the JSON Schema, with the unit.
    pub(crate) doc: &'static str,
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
    pub(crate) value: fn(&R) -> Value,
    /// `None`: not in tables.
    pub(crate) shown: Option<Shown>,
    /// The cell in tables, if not made by [`Value::cell`].
    pub(crate) cell: Option<fn(&R) -> Cell>,
    /// Whether JSON adds it to the fields of the row's own struct; only in reports.
    pub(crate) is_in_json: bool,
}

impl<R> Column<R> {
    pub(crate) fn new(key: &'static str, kind: Kind, doc: &'static str, value: fn(&R) -> Value) -> Self {
        Self {
            field: Field { key, kind, is_nullable: false, doc },
            value,
            shown: None,
            cell: None,
            is_in_json: false,
        }
    }

    /// The value may be missing.
    pub(crate) fn nullable(mut self) -> Self {
        self.field.is_nullable = true;
        self
    }

    /// Shown in tables with this heading; `drop` as in [`Shown::drop`].
    pub(crate) fn shown(mut self, title: &'static str, drop: u8) -> Self {
        let (content, comfort) = match self.field.kind {
            Kind::Count | Kind::Figure | Kind::Share | Kind::Money => (Content::Number, 0),
            Kind::Word | Kind::Flag | Kind::Time => (Content::Word, 0),
            Kind::Text | Kind::Words => (Content::Text, 12),
            Kind::Path => (Content::Path, 24),
        };
        self.shown = Some(Shown { title, drop, comfort, content });
        self
    }

    /// Contains paths or area names: shortened in the middle, to `comfort` at first.
    pub(crate) fn like_path(mut self, comfort: usize) -> Self {
        let shown = self.shown.as_mut().expect("a column that is shown");
        (shown.content, shown.comfort) = (Content::Path, comfort);
        self
    }

    /// Shortened to this width before another column is dropped.
    pub(crate) fn comfort(mut self, width: usize) -> Self {
        self.shown.as_mut().expect("a column that is shown").comfort = width;
        self
    }

    /// Adds the column to JSON.
    pub(crate) fn in_json(mut self) -> Self {
        self.is_in_json = true;
        self
    }

    /// Sets the cell in tables.
    pub(crate) fn cell(mut self, cell: fn(&R) -> Cell) -> Self {
        self.cell = Some(cell);
        self
    }
}
