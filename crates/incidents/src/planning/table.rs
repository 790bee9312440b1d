//! A CSV file whose columns have known names.

use super::days::EngineerDays;
use crate::incident::cell;
use crate::incident::date;
use crate::incident::decode::decode;
use crate::incident::error::IncidentError;
use crate::incident::file::IncidentFile;
use crate::incident::input_sheet::{InputSheet, SheetRow};
use crate::incident::options::ReadOptions;
use crate::incident::rejected::{RejectedRow, RowFate, RowPosition};
use crate::incident::sheet::{self, HeaderKind};
use crate::money::amount::Money;
use crate::money::currency::Currency;
use crate::money::parse::MoneyContext;
use crate::number::Decimal;
use debtscan_model::Timestamp;

/// Units of a number of engineer-days; none is the usual one.
const DAY_UNITS: [&str; 12] = [
    "",
    "d",
    "day",
    "days",
    "pd",
    "md",
    "person-days",
    "person days",
    "man-days",
    "engineer-days",
    "engineer days",
    "tage",
];

/// A whole file of fixes or planned items could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanningError {
    /// It is not text, or another format.
    #[error("{}", .error.to_string().replacen("incidents", .what, 1))]
    File {
        /// What it should hold, in the plural.
        what: &'static str,
        /// The problem.
        error: IncidentError,
    },
    /// No header names its rows.
    #[error("cannot read {what} from {file}: no column names them")]
    NoNameColumn {
        /// What it should hold, in the plural.
        what: &'static str,
        /// The file, as the caller named it.
        file: String,
        /// Headers that would.
        accepted: &'static [&'static str],
    },
    /// It is not the JSON of `debtscan plan`.
    #[error("cannot read an earlier plan from {file}: it is not the JSON of `debtscan plan`")]
    NotAPlan {
        /// The file, as the caller named it.
        file: String,
    },
}

impl PlanningError {
    /// What the user can do about it, in the imperative, without a final period; empty if nothing.
    pub fn hint(&self) -> String {
        match self {
            Self::File { what, error } => error.hint().replacen("incidents", what, 1),
            Self::NoNameColumn { accepted, .. } => format!("name it one of: {}", accepted.join(", ")),
            Self::NotAPlan { .. } => "write one with `debtscan plan --format json`".to_owned(),
        }
    }

    /// The error without words of the file.
    #[must_use]
    pub fn redacted(self) -> Self {
        match self {
            Self::File { what, error } => Self::File { what, error: error.redacted() },
            Self::NoNameColumn { .. } | Self::NotAPlan { .. } => self,
        }
    }
}

/// Headers of one field, the preferred first: lower case, letters and digits alone.
pub(super) type ColumnNames<F> = (F, &'static [&'static str]);

/// The rows of a file, with the column of each field.
pub(super) struct Table<F: 'static> {
    file: String,
    sheet: InputSheet,
    /// Field, column, and the currency that the header names.
    columns: Vec<(F, usize, Option<Currency>)>,
}

impl<F: Copy + PartialEq + 'static> Table<F> {
    /// Reads a file; its rows are named by any of `naming`.
    pub(super) fn read(
        what: &'static str,
        file: &IncidentFile,
        names: &'static [ColumnNames<F>],
        naming: &[F],
        options: &ReadOptions,
    ) -> Result<Self, PlanningError> {
        let decoded = decode(&file.name, &file.content, options.encoding, None)
            .map_err(|error| PlanningError::File { what, error })?;
        let kind = |header: &str| match meaning(header, names) {
            Some((field, _)) if naming.contains(&field) => HeaderKind::Id,
            Some(_) => HeaderKind::Known,
            None => HeaderKind::Unknown,
        };
        let sheet = match decoded.sheet {
            Some(of_workbook) => sheet::of_workbook(decoded.text, of_workbook.format, &kind),
            None => sheet::read(decoded.text, &kind),
        };
        let header = sheet.header.iter().enumerate();
        let columns: Vec<_> = header
            .filter_map(|(position, header)| {
                meaning(header, names).map(|(field, currency)| (field, position, currency))
            })
            .collect();
        if !columns.iter().any(|(field, ..)| naming.contains(field)) {
            let accepted = names.iter().find(|(field, _)| naming.contains(field)).map_or(&[][..], |it| it.1);
            return Err(PlanningError::NoNameColumn { what, file: file.name.clone(), accepted });
        }
        Ok(Self { file: file.name.clone(), sheet, columns })
    }

    /// The rows that hold anything. Damaged ones are reported.
    pub(super) fn rows<'a>(&'a self, rejected: &mut Vec<RejectedRow>) -> Vec<PlanningRow<'a, F>> {
        let mut rows = Vec::new();
        for row in &self.sheet.rows {
            let row = PlanningRow { table: self, row };
            match &row.row.damage {
                Some(damage) => rejected.push(row.rejection(None, "", damage, row.row.fate())),
                None => rows.push(row),
            }
        }
        rows
    }
}

/// The field that a header means, and the currency at its end.
fn meaning<F: Copy>(header: &str, names: &[ColumnNames<F>]) -> Option<(F, Option<Currency>)> {
    let fold = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let find = |text: &str| {
        let folded = fold(text);
        names.iter().find(|(_, names)| names.contains(&folded.as_str())).map(|(field, _)| *field)
    };
    // The whole header first: some codes are words, such as `ALL` and `TRY`.
    if let Some(field) = find(header) {
        return Some((field, None));
    }
    let (start, code) = header.trim().trim_end_matches(')').rsplit_once(['_', ' ', '('])?;
    let currency = Currency::from_iso(code.trim())?;
    find(start).map(|field| (field, Some(currency)))
}

/// One row of a table.
pub(super) struct PlanningRow<'a, F: 'static> {
    table: &'a Table<F>,
    row: &'a SheetRow,
}

impl<F: Copy + PartialEq + 'static> PlanningRow<'_, F> {
    /// Where it is.
    pub(super) fn position(&self) -> RowPosition {
        RowPosition { file: self.table.file.clone(), line: self.row.line }
    }

    /// The value of a field; `None` when it has none.
    pub(super) fn text(&self, field: F) -> Option<&str> {
        self.cells(field).next().map(|(_, text)| text)
    }

    /// The parts of a list of names: between commas, semicolons, bars and line ends.
    pub(super) fn list(&self, field: F) -> Vec<String> {
        self.text(field).map(cell::names).unwrap_or_default()
    }

    fn cells(&self, field: F) -> impl Iterator<Item = (usize, &str)> {
        let columns = self.table.columns.iter().enumerate().filter(move |(_, column)| column.0 == field);
        columns.filter_map(|(at, (_, position, _))| {
            let text = self.row.fields.get(*position)?;
            cell::present(cell::unmarked(text)).map(|text| (at, text))
        })
    }

    /// The value of a field as `parse` reads it; one that cannot be read is reported.
    fn value<T>(
        &self,
        field: F,
        rejected: &mut Vec<RejectedRow>,
        parse: impl FnOnce(&str, Option<Currency>) -> Result<T, String>,
    ) -> Option<T> {
        let (at, text) = self.cells(field).next()?;
        let (_, position, currency) = self.table.columns[at];
        match parse(text, currency) {
            Ok(value) => Some(value),
            Err(reason) => {
                rejected.push(self.rejection(Some(position), text, &reason, RowFate::ValueIgnored));
                None
            }
        }
    }

    /// Engineer-days such as `4.5`, `4.5 d` or `5 days`.
    pub(super) fn days(&self, field: F, rejected: &mut Vec<RejectedRow>) -> Option<EngineerDays> {
        self.value(field, rejected, |text, _| {
            let number =
                text.trim_end_matches(|letter: char| letter.is_alphabetic() || "- ".contains(letter));
            let unit = text[number.len()..].trim().to_lowercase();
            // `16h` or `2 weeks` depends on how long a day or a week of the team is.
            if !DAY_UNITS.contains(&unit.as_str()) {
                return Err("not in engineer-days: give a number of days such as 4.5".to_owned());
            }
            let decimal = Decimal::read(number, None, 1).ok();
            let days = decimal.and_then(EngineerDays::from_decimal).filter(|days| days.0 > 0);
            days.ok_or_else(|| "not a number of engineer-days such as 4.5, to a tenth".to_owned())
        })
    }

    /// A share such as `0.75` or `75%`, in thousandths.
    pub(super) fn share(&self, field: F, rejected: &mut Vec<RejectedRow>) -> Option<u32> {
        self.value(field, rejected, |text, _| {
            let (number, factor) = match text.strip_suffix('%') {
                Some(number) => (number.trim(), 10),
                None => (text, 1000),
            };
            let scaled = Decimal::read(number, None, 3).ok().and_then(|number| number.scaled(factor, 0));
            let share = scaled.and_then(|scaled| u32::try_from(scaled.units).ok());
            share.filter(|share| *share <= 1000).ok_or_else(|| "not a share such as 0.75 or 75%".to_owned())
        })
    }

    /// A date.
    pub(super) fn date(
        &self,
        field: F,
        options: &ReadOptions,
        rejected: &mut Vec<RejectedRow>,
    ) -> Option<Timestamp> {
        self.value(field, rejected, |text, _| {
            date::parse(text, options.date_order).map_err(|error| error.reason().to_owned())
        })
    }

    /// An amount of money of at least 0.
    pub(super) fn money(
        &self,
        field: F,
        options: &ReadOptions,
        rejected: &mut Vec<RejectedRow>,
    ) -> Option<Money> {
        self.value(field, rejected, |text, currency| {
            let context =
                MoneyContext { known: currency, default: options.default_currency, mark: None, times: 1 };
            match Money::read(text, &context) {
                Ok(read) if read.money.minor >= 0 => Ok(read.money),
                Ok(_) => Err("below 0".to_owned()),
                Err(error) => Err(error.to_string()),
            }
        })
    }

    /// `yes` or `no`.
    pub(super) fn flag(&self, field: F, rejected: &mut Vec<RejectedRow>) -> Option<bool> {
        self.value(field, rejected, |text, _| match text.to_lowercase().as_str() {
            "yes" | "y" | "true" | "x" | "1" => Ok(true),
            "no" | "n" | "false" | "0" => Ok(false),
            _ => Err("write yes or no".to_owned()),
        })
    }

    /// A report that the row cannot be used.
    pub(super) fn without_name(&self) -> RejectedRow {
        self.rejection(None, "", "nothing is named", RowFate::Skipped)
    }

    pub(super) fn rejection(
        &self,
        column: Option<usize>,
        value: &str,
        reason: &str,
        fate: RowFate,
    ) -> RejectedRow {
        RejectedRow {
            position: self.position(),
            column: column.map_or_else(String::new, |column| self.table.sheet.header[column].clone()),
            value: value.to_owned(),
            reason: reason.to_owned(),
            fate,
        }
    }
}
