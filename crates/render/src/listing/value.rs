//! Values and their kinds: how every format writes them.

use debtscan_model::{RepoPath, Timestamp};

use crate::document::{Cell, Look};
use crate::json::Nested;
use crate::number::{amount, day, figure, grouped, money, percent};
use crate::text::visible;
use debtscan_findings::{CostForecast, Interval};
use debtscan_incidents::{Costs, Money};

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
    /// One amount.
    Amount,
    /// Amounts, one per currency; CSV has a column `KEY_usd` for each currency of the list.
    Money,
    /// A number with its 80% range; CSV has the columns `KEY_low`, `KEY_mean` and `KEY_high`.
    Range,
    /// Amounts with their 80% ranges, one per currency; CSV has those three columns for each currency.
    MoneyRange,
    /// A value of several parts, which only JSON writes.
    Nested,
}

/// A value; its variant matches the column's [`Kind`].
#[derive(Debug, Clone)]
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
    Amount(Money),
    Money(Costs),
    Range(Interval),
    MoneyRange(Vec<CostForecast>),
    Nested(Nested),
}

impl Value {
    pub(crate) fn count(value: impl TryInto<u64>) -> Self {
        // `usize` and `u32` always fit. A negative number here would be a mistake of the caller.
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

    pub(crate) fn maybe_word(value: Option<impl Into<String>>) -> Self {
        value.map_or(Self::None, Self::word)
    }

    pub(crate) fn maybe_text(value: Option<impl Into<String>>) -> Self {
        value.map_or(Self::None, Self::text)
    }

    pub(crate) fn figure(value: Option<f64>) -> Self {
        value.map_or(Self::None, Self::Figure)
    }

    pub(crate) fn amount(value: Option<Money>) -> Self {
        value.map_or(Self::None, Self::Amount)
    }

    pub(crate) fn path(value: Option<&RepoPath>) -> Self {
        value.map_or(Self::None, |path| Self::Path(path.clone()))
    }

    pub(crate) fn nested(value: Option<impl Into<Nested>>) -> Self {
        value.map_or(Self::None, |value| Self::Nested(value.into()))
    }

    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// The value as shown in a table; empty if there is none.
    pub(crate) fn cell(&self) -> Cell {
        match self {
            // A value of several parts has columns of its own in tables.
            Self::None | Self::Nested(_) => Cell::new(String::new()),
            Self::Count(value) => {
                Cell::with_look(grouped(*value), if *value == 0 { Look::Dim } else { Look::Plain })
            }
            Self::Figure(value) => Cell::new(figure(*value)),
            Self::Share(value) => Cell::new(percent(*value)),
            // Names, titles and IDs come from strangers. This is where they become safe for a
            // terminal.
            Self::Text(text) | Self::Word(text) => Cell::new(visible(text.as_bytes())),
            Self::Words(words) => Cell::new(visible(words.join(", ").as_bytes())),
            Self::Path(path) => Cell::new(visible(path.as_bytes())),
            Self::Flag(value) => Cell::new(if *value { "yes" } else { "no" }),
            Self::Time(time) => Cell::dim(day(*time)),
            Self::Amount(value) => Cell::new(money(*value)),
            Self::Range(range) => Cell::new(figure(range.mean)),
            Self::MoneyRange(costs) => {
                Cell::stacked(costs.iter().map(|it| amount(it.minor.mean, it.currency)), Look::Plain)
            }
            // Amounts in several currencies are stacked, never added.
            Self::Money(costs) => {
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
            Self::Amount(_) => Kind::Amount,
            Self::Money(_) => Kind::Money,
            Self::Range(_) => Kind::Range,
            Self::MoneyRange(_) => Kind::MoneyRange,
            Self::Nested(_) => Kind::Nested,
        };
        own == kind
    }

    /// The path, if it is one.
    pub(crate) fn path_of(&self) -> Option<&RepoPath> {
        match self {
            Self::Path(path) => Some(path),
            _ => None,
        }
    }
}
