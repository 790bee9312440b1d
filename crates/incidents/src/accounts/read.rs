//! CSV of accounts -> [`Accounts`].

use super::account::{Account, Accounts};
use super::columns::{Field, is_doubtful, meaning, names_of_accounts, split_currency};
use crate::incident::date;
use crate::incident::file::IncidentFile;
use crate::incident::rejected::{RejectedRow, RowPosition};
use crate::money::amount::Money;
use crate::money::currency::Currency;

/// An accounts file could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountsError {
    /// It is not UTF-8 text.
    #[error("cannot read accounts from {file}: it is not UTF-8 text")]
    Encoding {
        /// The file, as the caller named it.
        file: String,
    },
    /// It is not separated text.
    #[error("cannot read accounts from {file}: line {line} is not CSV")]
    Malformed {
        /// The file, as the caller named it.
        file: String,
        /// The line, counted from 1.
        line: u64,
    },
    /// No header names the account.
    #[error("cannot read accounts from {file}: no column names the account")]
    NoAccountColumn {
        /// The file, as the caller named it.
        file: String,
        /// Headers that would.
        accepted: Vec<&'static str>,
    },
}

/// A column that is read.
struct Column {
    position: usize,
    header: String,
    field: Field,
    preference: usize,
    currency: Option<Currency>,
}

/// Reads accounts from CSV files, separated by commas, semicolons or tabs.
///
/// A row without a name is rejected; a value that cannot be read is left out and reported. Of several
/// rows of one account the first in the order of names and ids counts.
///
/// # Errors
/// When a file is not CSV in UTF-8, or no column names the account.
pub fn read_accounts(
    files: &[IncidentFile],
    default_currency: Option<Currency>,
) -> Result<Accounts, AccountsError> {
    let mut list = Vec::new();
    let mut rejected = Vec::new();
    let mut doubtful = None;
    for file in files {
        let text = std::str::from_utf8(&file.content)
            .map_err(|_| AccountsError::Encoding { file: file.name.clone() })?;
        let text = text.trim_start_matches('\u{feff}');
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
        let malformed = |error: csv::Error| AccountsError::Malformed {
            file: file.name.clone(),
            line: error.position().map_or(1, csv::Position::line),
        };
        let columns = columns(reader.headers().map_err(malformed)?);
        if !columns.iter().any(|column| matches!(column.field, Field::Name | Field::Id)) {
            let accepted = names_of_accounts();
            return Err(AccountsError::NoAccountColumn { file: file.name.clone(), accepted });
        }
        let revenue = columns.iter().find(|column| matches!(column.field, Field::Yearly | Field::Monthly));
        let header = revenue.map(|column| &column.header).filter(|header| is_doubtful(header));
        doubtful = doubtful.or(header.cloned());
        for record in reader.records() {
            let record = record.map_err(malformed)?;
            let line = record.position().map_or(0, csv::Position::line);
            let mut row = Row { file: &file.name, line, record: &record, rejected: &mut rejected };
            list.extend(row.account(&columns, default_currency));
        }
    }
    rejected.sort();
    let mut accounts = Accounts::new(list);
    accounts.rejected = rejected;
    accounts.doubtful_revenue = doubtful;
    Ok(accounts)
}

/// The separator that the header has most of; a comma among equals.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or("");
    let count = |byte: u8| header.bytes().filter(|other| *other == byte).count();
    let mut best = b',';
    for byte in [b';', b'\t'] {
        if count(byte) > count(best) {
            best = byte;
        }
    }
    best
}

/// The columns that are read, the preferred of each field first.
fn columns(header: &csv::StringRecord) -> Vec<Column> {
    let mut columns: Vec<Column> = header
        .iter()
        .enumerate()
        .filter_map(|(position, header)| {
            let (name, currency) = split_currency(header);
            let (field, preference) = meaning(name)?;
            Some(Column { position, header: header.trim().to_owned(), field, preference, currency })
        })
        .collect();
    columns.sort_by_key(|column| (column.preference, column.position));
    columns
}

struct Row<'a> {
    file: &'a str,
    line: u64,
    record: &'a csv::StringRecord,
    rejected: &'a mut Vec<RejectedRow>,
}

impl Row<'_> {
    fn account(&mut self, columns: &[Column], default_currency: Option<Currency>) -> Option<Account> {
        let text = |field| self.first(columns, field).map(|(_, text)| text.to_owned());
        let id = text(Field::Id);
        let Some(name) = text(Field::Name).or_else(|| id.clone()) else {
            if self.record.iter().any(|cell| !cell.trim().is_empty()) {
                self.reject("", "", "no account is named", true);
            }
            return None;
        };
        let currency = text(Field::Currency).and_then(|code| Currency::from_iso(&code));
        let risk = text(Field::Risk);
        let revenue = self.revenue(columns, currency, default_currency);
        let renewal = self
            .first(columns, Field::Renewal)
            .map(|(column, text)| (column.header.clone(), text.to_owned()));
        let renewal = renewal.and_then(|(header, text)| match date::parse_unambiguous(&text) {
            Ok(time) => Some(time),
            Err(reason) => {
                self.reject(&header, &text, reason, false);
                None
            }
        });
        Some(Account { name, id, revenue, renewal, risk })
    }

    fn revenue(
        &mut self,
        columns: &[Column],
        currency: Option<Currency>,
        default_currency: Option<Currency>,
    ) -> Option<Money> {
        let (column, text, times) = self
            .first(columns, Field::Yearly)
            .map(|(column, text)| (column, text, 1))
            .or_else(|| self.first(columns, Field::Monthly).map(|(column, text)| (column, text, 12)))?;
        let (header, text) = (column.header.clone(), text.to_owned());
        match Money::parse(&text, column.currency.or(currency), default_currency, None) {
            Ok(money) => {
                let yearly = money.minor.checked_mul(times);
                if yearly.is_none() {
                    self.reject(&header, &text, "beyond 9.2e18 minor units", false);
                }
                yearly.map(|minor| Money { minor, ..money })
            }
            Err(error) => {
                self.reject(&header, &text, &error.to_string(), false);
                None
            }
        }
    }

    /// The preferred column of a field that has a value in this row.
    fn first<'c>(&self, columns: &'c [Column], field: Field) -> Option<(&'c Column, &str)> {
        columns.iter().filter(|column| column.field == field).find_map(|column| {
            let text = self.record.get(column.position)?.trim();
            let is_missing = matches!(text.to_lowercase().as_str(), "" | "?" | "n/a" | "-" | "null" | "none");
            (!is_missing).then_some((column, text))
        })
    }

    fn reject(&mut self, column: &str, value: &str, reason: &str, dropped: bool) {
        self.rejected.push(RejectedRow {
            position: RowPosition { file: self.file.to_owned(), line: self.line },
            column: column.to_owned(),
            value: value.to_owned(),
            reason: reason.to_owned(),
            dropped,
        });
    }
}
