//! Account files -> [`Accounts`].

use debtscan_model::Timestamp;

use super::account::{Account, Accounts};
use super::columns::{AccountField, is_doubtful, meaning, names_of_accounts, split_currency};
use crate::incident::cell;
use crate::incident::date;
use crate::incident::date_order::{self, ColumnOrder};
use crate::incident::decode::decode;
use crate::incident::error::IncidentError;
use crate::incident::file::IncidentFile;
use crate::incident::input_sheet::{InputSheet, SheetRow};
use crate::incident::options::ReadOptions;
use crate::incident::rejected::{RejectedRow, RowFate, RowPosition};
use crate::incident::sheet::{self, HeaderKind};
use crate::incident::total::is_total;
use crate::money::amount::Money;
use crate::money::currency::Currency;
use crate::money::parse::{self as money, MoneyContext};
use crate::number::DecimalMark;

/// A whole account file could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountsError {
    /// It is not text, or another format.
    #[error("{}", .0.to_string().replacen("incidents", "accounts", 1))]
    File(IncidentError),
    /// No header names the account.
    #[error("cannot read accounts from {file}: no column names the account")]
    NoAccountColumn {
        /// The file, as the caller named it.
        file: String,
        /// Headers that would.
        accepted: Vec<&'static str>,
    },
}

impl AccountsError {
    /// What the user can do about it, in the imperative, without a final period; empty if nothing.
    pub fn hint(&self) -> String {
        match self {
            Self::File(error) => error.hint(),
            Self::NoAccountColumn { accepted, .. } => format!("name it one of: {}", accepted.join(", ")),
        }
    }
}

/// A column that is read.
struct AccountColumn {
    position: usize,
    header: String,
    field: AccountField,
    preference: usize,
    currency: Option<Currency>,
    order: ColumnOrder,
    mark: Option<DecimalMark>,
}

/// Reads accounts from CSV files.
///
/// A row without a name is rejected; a value that cannot be read is ignored and reported. Of several rows of
/// one account the first counts; one that states another revenue is reported.
///
/// # Errors
/// If a file is not text, or no column names the account.
pub fn read_accounts(files: &[IncidentFile], options: &ReadOptions) -> Result<Accounts, AccountsError> {
    let mut list: Vec<(Account, RowPosition)> = Vec::new();
    let mut rejected = Vec::new();
    let mut doubtful = None;
    for file in files {
        let decoded =
            decode(&file.name, &file.content, options.encoding, None).map_err(AccountsError::File)?;
        let sheet = match decoded.sheet {
            Some(of_workbook) => sheet::of_workbook(decoded.text, of_workbook.format, &header_kind),
            None => sheet::read(decoded.text, &header_kind),
        };
        let columns = columns(&sheet, options);
        let is_name = |column: &AccountColumn| matches!(column.field, AccountField::Name | AccountField::Id);
        if !columns.iter().any(is_name) {
            let accepted = names_of_accounts();
            return Err(AccountsError::NoAccountColumn { file: file.name.clone(), accepted });
        }
        let is_revenue =
            |column: &&AccountColumn| matches!(column.field, AccountField::Yearly | AccountField::Monthly);
        let revenue = columns.iter().find(is_revenue);
        let header = revenue.map(|column| &column.header).filter(|header| is_doubtful(header));
        doubtful = doubtful.or(header.cloned());
        // Found once: every row would search all damaged rows after it.
        let last = sheet.rows.iter().rposition(|row| row.damage.is_none());
        for (number, row) in sheet.rows.iter().enumerate() {
            let is_last = last.is_none_or(|last| last <= number);
            let mut reader = AccountReader { file: &file.name, row, options, rejected: &mut rejected };
            if let Some(account) = reader.account(&columns, is_last) {
                list.push((account, reader.position()));
            }
        }
    }
    let list = without_repetitions(list, &mut rejected);
    rejected.sort();
    let mut accounts = Accounts::new(list);
    accounts.rejected = rejected;
    accounts.doubtful_revenue = doubtful;
    Ok(accounts)
}

/// The accounts, each once: by id where it has one, else by name. A repetition fills in what the first row
/// lacks, and one that states another revenue is reported.
fn without_repetitions(list: Vec<(Account, RowPosition)>, rejected: &mut Vec<RejectedRow>) -> Vec<Account> {
    let mut kept: Vec<Account> = Vec::new();
    let mut by_key: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for (account, position) in list {
        // Prefixed, because the ID of one account may be the name of another.
        let key = match &account.id {
            Some(id) => format!("id {}", id.to_lowercase()),
            None => format!("name {}", account.name.to_lowercase()),
        };
        let Some(known) = by_key.get(&key).map(|known| &mut kept[*known]) else {
            by_key.insert(key, kept.len());
            kept.push(account);
            continue;
        };
        if let (Some(first), Some(later)) = (known.revenue, account.revenue)
            && first != later
        {
            rejected.push(RejectedRow {
                position,
                column: String::new(),
                value: account.id.clone().unwrap_or(account.name),
                reason: "states another revenue than an earlier row of this account, which is used"
                    .to_owned(),
                fate: RowFate::Skipped,
            });
        }
        known.revenue = known.revenue.or(account.revenue);
        known.renewal = known.renewal.or(account.renewal);
        known.risk = known.risk.take().or(account.risk);
    }
    kept
}

fn header_kind(header: &str) -> HeaderKind {
    match meaning(split_currency(header).0).map(|(field, _)| field) {
        Some(AccountField::Name | AccountField::Id) => HeaderKind::Id,
        Some(_) => HeaderKind::Known,
        None => HeaderKind::Unknown,
    }
}

/// The columns that are read, the preferred one of each field first.
fn columns(sheet: &InputSheet, options: &ReadOptions) -> Vec<AccountColumn> {
    let known: Vec<(usize, AccountField, usize, Option<Currency>)> = sheet
        .header
        .iter()
        .enumerate()
        .filter_map(|(position, header)| {
            let (name, currency) = split_currency(header);
            let (field, preference) = meaning(name)?;
            Some((position, field, preference, currency))
        })
        .collect();
    let dates = known
        .iter()
        .map(|(position, field, ..)| (*field == AccountField::Renewal).then(|| values(sheet, *position)));
    // One column of dates can settle the order for another, so that all are decided together.
    let orders = date_order::of_columns(dates, options.date_order);
    let mut columns: Vec<AccountColumn> = known
        .into_iter()
        .zip(orders)
        .map(|((position, field, preference, currency), order)| {
            // From all values: one `12,50` decides what `1.234` means.
            let mark = DecimalMark::agreed(values(sheet, position).filter_map(money::evident_mark));
            let header = sheet.header[position].clone();
            AccountColumn { position, header, field, preference, currency, order, mark }
        })
        .collect();
    columns.sort_by_key(|column| (column.preference, column.position));
    columns
}

fn values(sheet: &InputSheet, column: usize) -> impl Iterator<Item = &str> {
    sheet
        .rows
        .iter()
        .filter_map(move |row| row.fields.get(column).and_then(|field| cell::present(cell::unmarked(field))))
}

/// Reads one row of a file.
struct AccountReader<'a> {
    file: &'a str,
    row: &'a SheetRow,
    options: &'a ReadOptions,
    rejected: &'a mut Vec<RejectedRow>,
}

impl AccountReader<'_> {
    fn account(&mut self, columns: &[AccountColumn], is_last: bool) -> Option<Account> {
        if let Some(damage) = &self.row.damage {
            let value = self.row.fields.first().map_or(String::new(), |field| cell::one_line(field));
            self.reject("", &value, damage, self.row.fate());
            return None;
        }
        let text = |field| self.first(columns, field).map(|(_, text)| text.to_owned());
        let id = text(AccountField::Id);
        let Some(name) = text(AccountField::Name).or_else(|| id.clone()) else {
            self.reject("", "", "no account is named", RowFate::Skipped);
            return None;
        };
        // `Total` is the name of a company, too: it has an id, or other companies below it.
        let has_id_column = columns.iter().any(|column| column.field == AccountField::Id);
        let is_unlike_others =
            if has_id_column { id.is_none() || id.as_ref() == Some(&name) } else { is_last };
        if is_total(&name) && is_unlike_others {
            self.reject("", &name, "a total, not an account", RowFate::Excluded);
            return None;
        }
        let code = text(AccountField::Currency);
        let currency = code.as_deref().and_then(Currency::from_sign);
        let risk = text(AccountField::Risk);
        let revenue = if let Some(code) = code.filter(|_| currency.is_none()) {
            // The default currency must not stand in for one that the row names.
            self.reject(
                "currency",
                &code,
                "not an ISO 4217 currency code such as USD",
                RowFate::ValueIgnored,
            );
            None
        } else {
            self.revenue(columns, currency)
        };
        let renewal = self.renewal(columns);
        Some(Account { name, id, revenue, renewal, risk })
    }

    fn renewal(&mut self, columns: &[AccountColumn]) -> Option<Timestamp> {
        let (column, text) = self.first(columns, AccountField::Renewal)?;
        let (header, text, order) = (column.header.clone(), text.to_owned(), column.order);
        if order.is_contradicted_by(&text) {
            self.reject(&header, &text, "day and month contradict --date-order", RowFate::ValueIgnored);
            return None;
        }
        match date::parse(&text, order.known()) {
            Ok(time) => Some(time),
            Err(error) => {
                self.reject(&header, &text, error.reason(), RowFate::ValueIgnored);
                None
            }
        }
    }

    fn revenue(&mut self, columns: &[AccountColumn], currency: Option<Currency>) -> Option<Money> {
        // A stated year is exact; twelve times a month extrapolates.
        let (column, text, times) =
            self.first(columns, AccountField::Yearly).map(|(column, text)| (column, text, 1)).or_else(
                || self.first(columns, AccountField::Monthly).map(|(column, text)| (column, text, 12)),
            )?;
        let (header, text) = (column.header.clone(), text.to_owned());
        let context = MoneyContext {
            known: column.currency.or(currency),
            default: self.options.default_currency,
            mark: column.mark,
            times,
        };
        match Money::read(&text, &context) {
            Ok(read) => Some(read.money),
            Err(error) => {
                self.reject(&header, &text, &error.to_string(), RowFate::ValueIgnored);
                None
            }
        }
    }

    /// The preferred column of a field that has a value in this row.
    fn first<'c>(
        &self,
        columns: &'c [AccountColumn],
        field: AccountField,
    ) -> Option<(&'c AccountColumn, &str)> {
        columns.iter().filter(|column| column.field == field).find_map(|column| {
            let text =
                self.row.fields.get(column.position).and_then(|text| cell::present(cell::unmarked(text)))?;
            Some((column, text))
        })
    }

    fn position(&self) -> RowPosition {
        RowPosition { file: self.file.to_owned(), line: self.row.line }
    }

    fn reject(&mut self, column: &str, value: &str, reason: &str, fate: RowFate) {
        self.rejected.push(RejectedRow {
            position: self.position(),
            column: column.to_owned(),
            value: value.to_owned(),
            reason: reason.to_owned(),
            fate,
        });
    }
}
