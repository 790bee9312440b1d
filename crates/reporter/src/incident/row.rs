//! One row -> one incident, with everything that could not be used reported.

use debtscan_model::Timestamp;

use super::cell;
use super::column::{self, Field, Meaning};
use super::date::{self, DayMonthOrder};
use super::sheet::{Row, Sheet};
use super::{ColumnMapping, Incident, ReadOptions, RejectedRow, RowPosition};
use crate::money::DecimalMark;
use crate::{Currency, Money};

/// How the columns of one file are to be read.
pub(super) struct Layout<'a> {
    file: &'a str,
    header: &'a [String],
    default_currency: Option<Currency>,
    /// What each column means.
    meanings: Vec<Option<Meaning>>,
    /// The columns that mean something: by name, the most telling first, then from left to right.
    used: Vec<(usize, Meaning)>,
    /// The day-month order of each date column.
    orders: Vec<Option<DayMonthOrder>>,
    /// The decimal mark of each cost column.
    marks: Vec<Option<DecimalMark>>,
}

/// A cost with the cell it came from.
#[derive(Debug, Clone)]
pub(super) struct CostCell {
    /// The cost.
    pub(super) money: Money,
    /// Where it was read.
    pub(super) position: RowPosition,
    /// The column's header as written.
    pub(super) column: String,
    /// The value as written.
    pub(super) value: String,
}

/// A usable row.
pub(super) struct RowIncident {
    /// The incident as this row states it.
    pub(super) incident: Incident,
    /// The cell that states its cost.
    pub(super) cost: Option<CostCell>,
}

impl<'a> Layout<'a> {
    /// Finds out what the columns mean and, from all their values, how dates and amounts are
    /// written.
    pub(super) fn new(file: &'a str, sheet: &'a Sheet, options: &ReadOptions) -> Self {
        let meanings: Vec<Option<Meaning>> =
            sheet.header.iter().map(|header| column::meaning(header)).collect();
        let mut used: Vec<(usize, Meaning)> = meanings
            .iter()
            .enumerate()
            .filter_map(|(position, meaning)| meaning.map(|meaning| (position, meaning)))
            .collect();
        used.sort_by_key(|(position, meaning)| (meaning.rank, *position));
        let columns_of = |fields: &'static [Field]| {
            meanings.iter().map(move |meaning| meaning.is_some_and(|meaning| fields.contains(&meaning.field)))
        };
        let values = |column: usize| sheet.rows.iter().filter_map(move |row| present_field(row, column));
        let dates: Vec<Evidence<DayMonthOrder>> = columns_of(&[Field::Opened, Field::Resolved])
            .enumerate()
            .map(|(column, is_date)| agreed(values(column).filter(|_| is_date).map(date::evident_order)))
            .collect();
        let of_file = agreed(dates.iter().map(Evidence::agreed)).agreed();
        let orders = dates
            .iter()
            .map(|evidence| match evidence {
                Evidence::Agreed(order) => Some(*order),
                // A column that proves nothing is written as the other dates of its file are.
                Evidence::None => of_file,
                Evidence::Conflict => None,
            })
            .collect();
        let marks = columns_of(&[Field::Cost])
            .enumerate()
            .map(|(column, is_cost)| {
                agreed(values(column).filter(|_| is_cost).map(DecimalMark::evident_in)).agreed()
            })
            .collect();
        Self {
            file,
            header: &sheet.header,
            default_currency: options.default_currency,
            meanings,
            used,
            orders,
            marks,
        }
    }

    /// Whether some column holds the id.
    pub(super) fn has_id(&self) -> bool {
        self.used.iter().any(|(_, meaning)| meaning.field == Field::Id)
    }

    /// How each column was understood, from left to right.
    pub(super) fn mappings(&self) -> impl Iterator<Item = ColumnMapping> + '_ {
        self.header.iter().zip(&self.meanings).map(|(header, meaning)| ColumnMapping {
            file: self.file.to_owned(),
            column: header.clone(),
            field: meaning.map(|meaning| meaning.name),
        })
    }

    /// Reads one row; `None` when the whole row is of no use. What cannot be used is added to
    /// `rejected`.
    pub(super) fn read(&self, row: &Row, rejected: &mut Vec<RejectedRow>) -> Option<RowIncident> {
        let mut reader = RowReader { layout: self, row, rejected };
        reader.read()
    }
}

/// What a column's values prove together.
#[derive(Debug, Clone, Copy)]
enum Evidence<T> {
    None,
    Agreed(T),
    Conflict,
}

impl<T: Copy> Evidence<T> {
    fn agreed(&self) -> Option<T> {
        match self {
            Self::Agreed(value) => Some(*value),
            Self::None | Self::Conflict => None,
        }
    }
}

fn agreed<T: PartialEq>(proofs: impl Iterator<Item = Option<T>>) -> Evidence<T> {
    let mut evidence = Evidence::None;
    for proof in proofs.flatten() {
        match &evidence {
            Evidence::None => evidence = Evidence::Agreed(proof),
            Evidence::Agreed(value) if *value == proof => {}
            Evidence::Agreed(_) | Evidence::Conflict => return Evidence::Conflict,
        }
    }
    evidence
}

fn present_field(row: &Row, column: usize) -> Option<&str> {
    row.fields.get(column).and_then(|field| cell::present(field))
}

/// Reads one row of a file.
struct RowReader<'a> {
    layout: &'a Layout<'a>,
    row: &'a Row,
    rejected: &'a mut Vec<RejectedRow>,
}

impl<'a> RowReader<'a> {
    fn read(&mut self) -> Option<RowIncident> {
        if let Some(reason) = self.damage() {
            let value = self.row.fields.first().map_or(String::new(), |field| cell::one_line(field));
            self.drop_row(String::new(), value, reason);
            return None;
        }
        let Some((_, id)) = self.first(Field::Id) else {
            let (column, _) = self.layout.used.iter().find(|(_, meaning)| meaning.field == Field::Id)?;
            let value = self.row.fields.get(*column).cloned().unwrap_or_default();
            self.drop_row(self.layout.header[*column].clone(), value, "no id".to_owned());
            return None;
        };
        let id = cell::one_line(id);
        let cost = self.cost();
        let incident = Incident {
            id,
            title: self.first(Field::Title).map_or(String::new(), |(_, title)| cell::one_line(title)),
            opened: self.date(Field::Opened),
            resolved: self.date(Field::Resolved),
            severity: self.first(Field::Severity).map(|(_, severity)| cell::one_line(severity)),
            cost: cost.as_ref().map(|cost| cost.money),
            customers: self.customers(),
            fix_commits: self.commits(),
            paths: sorted(self.cells(Field::Path).flat_map(|(_, cell)| cell::names(cell)).collect()),
            areas: self.areas(),
            url: self.first(Field::Url).map(|(_, url)| cell::one_line(url)),
            source: self.position(),
        };
        Some(RowIncident { incident, cost })
    }

    /// Why the row as a whole cannot be read, if it cannot.
    fn damage(&self) -> Option<String> {
        let n_headers = self.layout.header.len();
        let n_fields = self.row.fields.iter().rposition(|field| !field.is_empty()).map_or(0, |last| last + 1);
        if self.row.is_unclosed {
            Some("a quote is never closed, so the rest of the file is part of this row".to_owned())
        } else if n_fields > n_headers {
            Some(format!(
                "{n_fields} fields under {n_headers} headers: put quotes around values that hold the separator"
            ))
        } else if self.row.fields == self.layout.header {
            Some("repeats the header".to_owned())
        } else {
            None
        }
    }

    fn position(&self) -> RowPosition {
        RowPosition { file: self.layout.file.to_owned(), line: self.row.line }
    }

    fn drop_row(&mut self, column: String, value: String, reason: String) {
        let position = self.position();
        self.rejected.push(RejectedRow { position, column, value, reason, dropped: true });
    }

    fn reject(&mut self, column: usize, value: &str, reason: impl Into<String>) {
        self.rejected.push(RejectedRow {
            position: self.position(),
            column: self.layout.header[column].clone(),
            value: value.to_owned(),
            reason: reason.into(),
            dropped: false,
        });
    }

    /// The cells of a field that hold a value: the most telling column first.
    fn cells(&self, field: Field) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let row = self.row;
        let columns = self.layout.used.iter().filter(move |(_, meaning)| meaning.field == field);
        columns.filter_map(move |(column, _)| present_field(row, *column).map(|cell| (*column, cell)))
    }

    fn first(&self, field: Field) -> Option<(usize, &'a str)> {
        self.cells(field).next()
    }

    fn date(&mut self, field: Field) -> Option<Timestamp> {
        for (column, value) in self.cells(field) {
            match date::parse(value, self.layout.orders[column]) {
                Ok(timestamp) => return Some(timestamp),
                Err(error) => self.reject(column, value, error.reason()),
            }
        }
        None
    }

    fn customers(&mut self) -> Option<u64> {
        for (column, value) in self.cells(Field::Customers) {
            match cell::count(value) {
                Some(count) => return Some(count),
                None => self.reject(column, value, "not a whole number of at least 0"),
            }
        }
        None
    }

    fn commits(&mut self) -> Vec<String> {
        let mut commits = Vec::new();
        for (column, value) in self.cells(Field::FixCommits) {
            for part in cell::commits(value) {
                match part {
                    Ok(commit) => commits.push(commit),
                    Err(part) => self.reject(
                        column,
                        part,
                        "not a commit: give its id (7 to 64 hexadecimal digits) or a URL that holds it",
                    ),
                }
            }
        }
        sorted(commits)
    }

    /// The names in the columns of the most telling header: a team says nothing more where a
    /// component is named, but all of several `Components` columns count.
    fn areas(&self) -> Vec<String> {
        let rank = |column: usize| self.layout.meanings[column].map(|meaning| meaning.rank);
        let Some((first, _)) = self.first(Field::Area) else { return Vec::new() };
        let cells = self.cells(Field::Area).filter(|(column, _)| rank(*column) == rank(first));
        sorted(cells.flat_map(|(_, cell)| cell::names(cell)).collect())
    }

    fn cost(&mut self) -> Option<CostCell> {
        let mut cost: Option<CostCell> = None;
        for (column, value) in self.cells(Field::Cost) {
            let stated = self.layout.meanings[column].and_then(|meaning| meaning.currency);
            let Ok(known) = self.currency(stated) else {
                self.reject(column, value, "its currency is not known");
                continue;
            };
            let parsed = Money::parse(value, known, self.layout.default_currency, self.layout.marks[column]);
            match (parsed, &cost) {
                (Err(error), _) => self.reject(column, value, error.to_string()),
                (Ok(money), None) => {
                    cost = Some(CostCell {
                        money,
                        position: self.position(),
                        column: self.layout.header[column].clone(),
                        value: value.to_owned(),
                    });
                }
                (Ok(money), Some(first)) if first.money != money => {
                    let reason = format!("the cost was taken from column {:?}", first.column);
                    self.reject(column, value, reason);
                }
                (Ok(_), Some(_)) => {}
            }
        }
        cost
    }

    /// The currency that is stated around a cost: by its header, else by the row's currency column.
    ///
    /// # Errors
    /// When the row names one that is unknown.
    fn currency(&mut self, of_header: Option<Currency>) -> Result<Option<Currency>, UnknownCurrency> {
        if of_header.is_some() {
            return Ok(of_header);
        }
        let Some((column, value)) = self.first(Field::Currency) else {
            return Ok(None);
        };
        if let Some(currency) = Currency::from_sign(value) {
            return Ok(Some(currency));
        }
        self.reject(column, value, "not a currency of ISO 4217, such as USD");
        Err(UnknownCurrency)
    }
}

struct UnknownCurrency;

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}
