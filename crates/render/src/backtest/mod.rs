//! The backtest: document and columns.

mod columns;
mod document;
mod sentence;

pub(super) use self::columns::{cut_columns, figure_columns, figure_rows, score_columns, uncounted_columns};
pub(super) use self::document::document;
pub(super) use self::sentence::{claim, headline, of_earlier};
