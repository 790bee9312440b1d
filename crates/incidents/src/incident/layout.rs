//! All values of a file -> how each of its columns is to be read.

use super::cell;
use super::column::{self, Meaning};
use super::date::{self, DateOrder, OrderOf};
use super::field::Field;
use super::incidents::ColumnMapping;
use super::options::ReadOptions;
use super::sheet::{Row, Sheet};
use super::tool::{self, Recognised, Tool};
use crate::money::currency::Currency;
use crate::money::parse::DecimalMark;

/// How many different values of a column are shown.
const N_SAMPLES: usize = 3;

/// How much of a value is shown.
const SAMPLE_CHARS: usize = 60;

/// How the columns of one file are to be read.
pub(super) struct Layout<'a> {
    pub(super) file: &'a str,
    pub(super) header: &'a [String],
    pub(super) default_currency: Option<Currency>,
    /// The tool that wrote it, with the headers that tell; `None` when none is known by them.
    pub(super) recognised: Option<Recognised>,
    /// What each column means.
    pub(super) meanings: Vec<Option<Meaning>>,
    /// The columns that mean something: by name, the most telling first, then from left to right.
    pub(super) used: Vec<(usize, Meaning)>,
    /// The day-month order of each date column.
    orders: Vec<Order>,
    /// The decimal mark of each cost column.
    pub(super) marks: Vec<Option<DecimalMark>>,
    is_chosen: Vec<bool>,
    /// Whether the column has times of day without a zone.
    lacks_zone: Vec<bool>,
    has_separate_title: bool,
}

/// In which order day and month stand in a column, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Nothing tells, and nothing needs to.
    Unknown,
    /// The values contradict each other.
    Contradictory,
    /// The user said so.
    Chosen(DateOrder),
    /// A value of the column has a number above 12.
    Evident(DateOrder),
    /// A value of another date column of the file has.
    OfFile(DateOrder),
}

impl Order {
    fn known(self) -> Option<DateOrder> {
        match self {
            Self::Unknown | Self::Contradictory => None,
            Self::Chosen(order) | Self::Evident(order) | Self::OfFile(order) => Some(order),
        }
    }
}

impl<'a> Layout<'a> {
    /// Finds out what the columns mean and, from all their values, how dates and amounts are
    /// written.
    pub(super) fn new(file: &'a str, sheet: &'a Sheet, options: &ReadOptions) -> Self {
        let recognised = tool::recognise(&sheet.header);
        let tool = recognised.as_ref().map(|recognised| recognised.tool);
        let (meanings, is_chosen): (Vec<_>, Vec<_>) = sheet
            .header
            .iter()
            .enumerate()
            .map(|(position, header)| {
                let chosen = options.columns.iter().find(|chosen| chosen.names(header));
                let meaning = match chosen {
                    Some(chosen) => chosen.meaning(),
                    None => column::meaning(header, tool).filter(|meaning| {
                        // Where something is closed or not, `closed` is no date.
                        !(meaning.field.is_date() && holds_truth_values(sheet, position))
                    }),
                };
                (meaning, chosen.is_some())
            })
            .unzip();
        let mut used: Vec<(usize, Meaning)> = meanings
            .iter()
            .enumerate()
            .filter_map(|(position, meaning)| meaning.map(|meaning: Meaning| (position, meaning)))
            .collect();
        used.sort_by_key(|(position, meaning)| (meaning.rank, *position));
        let has_separate_title = used.iter().any(|(_, meaning)| meaning.field == Field::Title);
        Self {
            file,
            header: &sheet.header,
            default_currency: options.default_currency,
            recognised,
            orders: orders(sheet, &meanings, options.date_order),
            marks: marks(sheet, &meanings),
            lacks_zone: lacks_zone(sheet, &meanings),
            meanings,
            used,
            is_chosen,
            has_separate_title,
        }
    }

    /// The tool that wrote the file, where it is known.
    pub(super) fn tool(&self) -> Option<Tool> {
        self.recognised.as_ref().map(|recognised| recognised.tool)
    }

    /// Whether some column holds the id, or something it can be taken from.
    pub(super) fn has_id(&self) -> bool {
        self.has(Field::Id) || self.takes_id_from_url()
    }

    /// Whether ids are taken from the links: Sentry's lists have no other.
    pub(super) fn takes_id_from_url(&self) -> bool {
        !self.has(Field::Id) && self.tool() == Some(Tool::Sentry) && self.has(Field::Url)
    }

    /// Whether the title is the first line of the description, for lack of a column of its own.
    pub(super) fn takes_title_from_description(&self) -> bool {
        !self.has_separate_title
    }

    fn has(&self, field: Field) -> bool {
        self.used.iter().any(|(_, meaning)| meaning.field == field)
    }

    /// The day-month order of a column; `None` when nothing tells.
    pub(super) fn order(&self, column: usize) -> Option<DateOrder> {
        self.orders[column].known()
    }

    /// Whether a value shows that day and month stand the other way round than the user said.
    pub(super) fn contradicts_order(&self, column: usize, value: &str) -> bool {
        match (self.orders[column], date::order_of(value)) {
            (Order::Chosen(chosen), OrderOf::Proven(order)) => chosen != order,
            _ => false,
        }
    }

    /// How each column was understood, from left to right.
    pub(super) fn mappings(&self, sheet: &Sheet) -> Vec<ColumnMapping> {
        let mappings = self.header.iter().enumerate().map(|(position, header)| {
            let (present, samples) = sample(sheet, position);
            ColumnMapping {
                file: self.file.to_owned(),
                column: header.clone(),
                field: self.meanings[position].map(|meaning| meaning.field.name()),
                how: self.how(position),
                present,
                samples,
            }
        });
        mappings.collect()
    }

    /// What a reader should know about how a column is read, as lower-case phrases.
    fn how(&self, position: usize) -> Vec<String> {
        let mut how = Vec::new();
        if self.is_chosen[position] {
            how.push("as you said".to_owned());
        }
        let Some(meaning) = self.meanings[position] else { return how };
        if let Some(unit) = meaning.unit {
            how.push(format!("in {}", unit.plural()));
        }
        if let Some(currency) = meaning.currency {
            how.push(format!("in {currency}"));
        }
        how.extend(self.order_phrase(position));
        if self.lacks_zone[position] {
            how.push("no zone: as UTC".to_owned());
        }
        if let Some(mark) = self.marks[position] {
            how.push(format!("decimal {}", mark.name()));
        }
        let better = self.used.iter().find(|(_, other)| other.field == meaning.field);
        if let Some((first, _)) = better.filter(|(_, first)| first.rank < meaning.rank) {
            how.push(format!("only where {} is empty", self.header[*first]));
        }
        how
    }

    fn order_phrase(&self, position: usize) -> Option<String> {
        let name = |order| match order {
            DateOrder::DayFirst => "day first",
            DateOrder::MonthFirst => "month first",
        };
        Some(match self.orders[position] {
            Order::Unknown => return None,
            Order::Contradictory => "day first and month first in turn".to_owned(),
            Order::Chosen(order) => format!("{}, as you said", name(order)),
            Order::Evident(order) => name(order).to_owned(),
            Order::OfFile(order) => format!("{}, as in the other date columns", name(order)),
        })
    }
}

/// Which date columns have times of day without a zone, neither in the value nor in the header.
fn lacks_zone(sheet: &Sheet, meanings: &[Option<Meaning>]) -> Vec<bool> {
    let columns = meanings.iter().enumerate();
    let lacks = columns.map(|(column, meaning)| {
        let is_date = meaning.is_some_and(|meaning| meaning.field.is_date());
        let mut values = sheet.rows.iter().filter_map(|row| present_field(row, column));
        is_date && !sheet.header[column].ends_with("(UTC)") && values.any(date::lacks_zone)
    });
    lacks.collect()
}

/// Whether all values of a column are true or false, and there are some.
fn holds_truth_values(sheet: &Sheet, column: usize) -> bool {
    let mut values = sheet.rows.iter().filter_map(|row| present_field(row, column)).peekable();
    let is_truth_value =
        |value: &str| ["true", "false", "yes", "no"].iter().any(|word| value.eq_ignore_ascii_case(word));
    values.peek().is_some() && values.all(is_truth_value)
}

/// How many rows have a value in a column, and its first different values.
fn sample(sheet: &Sheet, column: usize) -> (u64, Vec<String>) {
    let mut present = 0;
    let mut samples: Vec<String> = Vec::new();
    for value in sheet.rows.iter().filter_map(|row| present_field(row, column)) {
        present += 1;
        if samples.len() < N_SAMPLES {
            let line = cell::one_line(value);
            let shown: String = line.chars().take(SAMPLE_CHARS).collect();
            let shown = if shown.len() < line.len() { format!("{shown}…") } else { shown };
            if !samples.contains(&shown) {
                samples.push(shown);
            }
        }
    }
    (present, samples)
}

fn orders(sheet: &Sheet, meanings: &[Option<Meaning>], chosen: Option<DateOrder>) -> Vec<Order> {
    let is_date = |meaning: &Option<Meaning>| meaning.is_some_and(|meaning| meaning.field.is_date());
    let evidence: Vec<Option<Evidence>> = meanings
        .iter()
        .enumerate()
        .map(|(column, meaning)| {
            is_date(meaning).then(|| {
                let values = sheet.rows.iter().filter_map(|row| present_field(row, column));
                let mut evidence = Evidence::default();
                values.for_each(|value| evidence.add(date::order_of(value)));
                evidence
            })
        })
        .collect();
    let mut of_file = Evidence::default();
    evidence.iter().flatten().filter_map(Evidence::agreed).for_each(|order| of_file.proofs.push(order));
    let order = |evidence: &Evidence| match (evidence.needs_order, evidence.agreed(), chosen) {
        (false, None, _) if evidence.proofs.is_empty() => Order::Unknown,
        (_, _, Some(order)) => Order::Chosen(order),
        (_, Some(order), None) => Order::Evident(order),
        // A column that contradicts itself proves nothing, whatever the others say.
        (_, None, None) if !evidence.proofs.is_empty() => Order::Contradictory,
        // One that proves nothing is written as the other dates of its file are.
        (_, None, None) => of_file.agreed().map_or(Order::Unknown, Order::OfFile),
    };
    evidence.iter().map(|evidence| evidence.as_ref().map_or(Order::Unknown, order)).collect()
}

/// What the values of a column prove about day and month together.
#[derive(Debug, Default)]
struct Evidence {
    /// Whether some value can be read either way.
    needs_order: bool,
    /// The different orders that values prove.
    proofs: Vec<DateOrder>,
}

impl Evidence {
    fn add(&mut self, order: OrderOf) {
        match order {
            OrderOf::Fixed => {}
            OrderOf::Open => self.needs_order = true,
            OrderOf::Proven(order) => {
                if !self.proofs.contains(&order) {
                    self.proofs.push(order);
                }
            }
        }
    }

    fn agreed(&self) -> Option<DateOrder> {
        match self.proofs.as_slice() {
            [first, rest @ ..] if rest.iter().all(|order| order == first) => Some(*first),
            _ => None,
        }
    }
}

/// The decimal mark that a cost column's values show beyond doubt and in agreement.
fn marks(sheet: &Sheet, meanings: &[Option<Meaning>]) -> Vec<Option<DecimalMark>> {
    let mark = |(column, meaning): (usize, &Option<Meaning>)| {
        meaning.filter(|meaning| meaning.field == Field::Cost)?;
        let texts = sheet.rows.iter().filter(|row| !row.numbers.contains(&column));
        let values = texts.filter_map(|row| present_field(row, column));
        let mut marks = values.filter_map(DecimalMark::evident_in);
        let first = marks.next()?;
        marks.all(|mark| mark == first).then_some(first)
    };
    meanings.iter().enumerate().map(mark).collect()
}

/// The value of a row in a column; `None` where it has none.
pub(super) fn present_field(row: &Row, column: usize) -> Option<&str> {
    row.fields.get(column).and_then(|field| cell::present(field))
}
