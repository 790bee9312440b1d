//! What the user says about how files are to be read.

use super::column_map::ColumnMap;
use super::date::DateOrder;
use super::file::TextEncoding;
use super::filter::IncidentFilter;
use crate::money::currency::Currency;

/// How to read incident files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// The currency of costs that name none, by header, column or value; `None`: such a cost is
    /// rejected.
    pub default_currency: Option<Currency>,
    /// Which of day and month comes first in dates that can be read either way; `None`: what the
    /// values of a column show, else such a date is rejected.
    pub date_order: Option<DateOrder>,
    /// The encoding of all files; `None`: recognised by their bytes.
    pub encoding: Option<TextEncoding>,
    /// The sheet of workbooks; `None`: the first.
    pub sheet: Option<String>,
    /// Columns whose meaning the user states, whatever their headers say. Where several name one
    /// column, the first one counts.
    pub columns: Vec<ColumnMap>,
    /// Which rows are incidents of this repository.
    pub filter: IncidentFilter,
}
