//! All values of a file -> how each of its columns is to be read.

use std::collections::BTreeMap;

use debtscan_model::Timestamp;

use super::cell;
use super::column::{self, Meaning};
use super::date::{self, DateOrder, InvalidDate};
use super::date_order::{self, ColumnOrder};
use super::field::IncidentField;
use super::hint;
use super::incidents::ColumnMapping;
use super::input_sheet::{InputSheet, SheetRow};
use super::options::ReadOptions;
use super::signature::{Recognised, recognise};
use super::tool::Tool;
use crate::money::currency::Currency;
use crate::money::parse::{self as money, Precision};
use crate::number::DecimalMark;

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
    /// The first of `used` for each field.
    preferred: BTreeMap<IncidentField, (usize, Meaning)>,
    /// The day-month order of each date column.
    orders: Vec<ColumnOrder>,
    /// The decimal mark of each column of numbers.
    pub(super) marks: Vec<Option<DecimalMark>>,
    is_chosen: Vec<bool>,
    /// Whether the dates of the column are day numbers of a spreadsheet.
    has_serials: Vec<bool>,
    /// Whether the column has times of day without a zone.
    lacks_zone: Vec<bool>,
}

impl<'a> Layout<'a> {
    /// Finds out what the columns mean and, from all their values, how dates and amounts are
    /// written.
    pub(super) fn new(file: &'a str, sheet: &'a InputSheet, options: &ReadOptions) -> Self {
        let recognised = recognise(&sheet.header);
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
                        match meaning.field {
                            IncidentField::Path => !holds_attachments(sheet, position),
                            field => !(field.is_date() && holds_truth_values(sheet, position)),
                        }
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
        // A file may have as many columns as bytes, so no column searches all others.
        let mut preferred = BTreeMap::new();
        for (position, meaning) in &used {
            preferred.entry(meaning.field).or_insert((*position, *meaning));
        }
        Self {
            file,
            header: &sheet.header,
            default_currency: options.default_currency,
            recognised,
            orders: orders(sheet, &meanings, options),
            marks: marks(sheet, &meanings),
            has_serials: has_serials(sheet, &meanings),
            lacks_zone: lacks_zone(sheet, &meanings),
            meanings,
            used,
            is_chosen,
            preferred,
        }
    }

    /// The tool that wrote the file, where it is known.
    pub(super) fn tool(&self) -> Option<Tool> {
        self.recognised.as_ref().map(|recognised| recognised.tool)
    }

    /// Whether some column holds the id, or something it can be taken from.
    pub(super) fn has_id(&self) -> bool {
        self.has(IncidentField::Id) || self.takes_id_from_url()
    }

    /// Whether ids are taken from the links, for lack of a column.
    pub(super) fn takes_id_from_url(&self) -> bool {
        !self.has(IncidentField::Id)
            && self.tool().is_some_and(Tool::has_id_in_url)
            && self.has(IncidentField::Url)
    }

    /// Whether the title is the first line of the description, for lack of a column of its own.
    pub(super) fn takes_title_from_description(&self) -> bool {
        !self.has(IncidentField::Title)
    }

    fn has(&self, field: IncidentField) -> bool {
        self.preferred.contains_key(&field)
    }

    /// The day-month order of a column; `None` when nothing tells.
    pub(super) fn order(&self, column: usize) -> Option<DateOrder> {
        self.orders[column].known()
    }

    /// Reads a date of a column.
    pub(super) fn date(&self, column: usize, value: &str) -> Result<Timestamp, InvalidDate> {
        // Beside dates of another form, a number is more likely a typing error than a day number.
        match date::serial(value).filter(|_| self.has_serials[column]) {
            Some(time) => Ok(time),
            None => date::parse(value, self.order(column)),
        }
    }

    /// Whether a value contradicts the order of day and month that the user chose.
    pub(super) fn contradicts_order(&self, column: usize, value: &str) -> bool {
        self.orders[column].is_contradicted_by(value)
    }

    /// How each column was understood, from left to right.
    pub(super) fn mappings(&self, sheet: &InputSheet) -> Vec<ColumnMapping> {
        let mappings = self.header.iter().enumerate().map(|(position, header)| {
            let (present, samples) = sample(sheet, position);
            ColumnMapping {
                file: self.file.to_owned(),
                column: header.clone(),
                field: self.meanings[position].map(|meaning| meaning.field.name()),
                how: self.how(sheet, position),
                present,
                samples,
            }
        });
        mappings.collect()
    }

    /// What a reader should know about how a column is read, as lower-case phrases.
    fn how(&self, sheet: &InputSheet, position: usize) -> Vec<String> {
        let mut how = Vec::new();
        if self.is_chosen[position] {
            how.push("as you said".to_owned());
        }
        let Some(meaning) = self.meanings[position] else {
            if !self.is_chosen[position] && !self.header[position].is_empty() {
                how.extend(hint::unread(&self.header[position], texts(sheet, position)));
            }
            return how;
        };
        if let Some(unit) = meaning.unit {
            how.push(format!("in {}", unit.plural()));
        }
        if let Some(currency) = meaning.currency {
            how.push(format!("in {currency}"));
        }
        how.extend(self.orders[position].phrase());
        if self.has_serials[position] {
            how.push("day numbers of a spreadsheet".to_owned());
        }
        if meaning.field.is_date() {
            how.extend(quarter_phrase(sheet, position));
        }
        if self.lacks_zone[position] {
            how.push("no zone: as UTC".to_owned());
        }
        if let Some(mark) = self.marks[position] {
            how.push(format!("decimal {}", mark.name()));
        }
        if meaning.field == IncidentField::Cost {
            how.extend(precision_phrases(sheet, position));
        }
        let preferred = self.preferred.get(&meaning.field);
        // Columns of equal rank are read together, so that none of them waits for another.
        if let Some((first, _)) = preferred.filter(|(_, first)| first.rank < meaning.rank) {
            how.push(format!("only where {} is empty", self.header[*first]));
        }
        how
    }
}

/// The order of day and month in each date column.
fn orders(sheet: &InputSheet, meanings: &[Option<Meaning>], options: &ReadOptions) -> Vec<ColumnOrder> {
    let values = meanings.iter().enumerate().map(|(column, meaning)| {
        let is_date = meaning.is_some_and(|meaning| meaning.field.is_date());
        is_date.then(|| sheet.rows.iter().filter_map(move |row| present_field(row, column)))
    });
    date_order::of_columns(values, options.date_order)
}

/// How many dates of a column are quarters.
fn quarter_phrase(sheet: &InputSheet, column: usize) -> Option<String> {
    match texts(sheet, column).filter(|text| date::quarter(text).is_some()).count() {
        0 => None,
        1 => Some("1 quarter, read as its first day".to_owned()),
        n_quarters => Some(format!("{n_quarters} quarters, read as their first days")),
    }
}

/// Which date columns hold day numbers of a spreadsheet, and nothing else.
fn has_serials(sheet: &InputSheet, meanings: &[Option<Meaning>]) -> Vec<bool> {
    let columns = meanings.iter().enumerate();
    let has = columns.map(|(column, meaning)| {
        let is_date = meaning.is_some_and(|meaning| meaning.field.is_date());
        // A note below the table would hide that all other values are numbers.
        let mut values = sheet.rows.iter().filter(|row| row.damage.is_none());
        let mut values = values.by_ref().filter_map(|row| present_field(row, column)).peekable();
        is_date && values.peek().is_some() && values.all(|value| date::serial(value).is_some())
    });
    has.collect()
}

/// Which date columns have times of day without a zone, neither in the value nor in the header.
fn lacks_zone(sheet: &InputSheet, meanings: &[Option<Meaning>]) -> Vec<bool> {
    let columns = meanings.iter().enumerate();
    let lacks = columns.map(|(column, meaning)| {
        let is_date = meaning.is_some_and(|meaning| meaning.field.is_date());
        let mut values = sheet.rows.iter().filter_map(|row| present_field(row, column));
        // GitLab puts the zone into the header.
        is_date && !sheet.header[column].ends_with("(UTC)") && values.any(date::lacks_zone)
    });
    lacks.collect()
}

/// Whether all values of a column are true or false, and there are some.
fn holds_truth_values(sheet: &InputSheet, column: usize) -> bool {
    let mut values = sheet.rows.iter().filter_map(|row| present_field(row, column)).peekable();
    let is_truth_value =
        |value: &str| ["true", "false", "yes", "no"].iter().any(|word| value.eq_ignore_ascii_case(word));
    values.peek().is_some() && values.all(is_truth_value)
}

/// Whether all values of a column are names of attachments, such as screenshots: Redmine's `Files`.
fn holds_attachments(sheet: &InputSheet, column: usize) -> bool {
    const ENDINGS: [&str; 14] = [
        ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".pdf", ".zip", ".doc", ".docx", ".xls", ".xlsx",
        ".mp4", ".log",
    ];
    let mut names =
        sheet.rows.iter().filter_map(|row| present_field(row, column)).flat_map(cell::names).peekable();
    let is_attachment = |name: String| {
        let lower = name.to_lowercase();
        !lower.contains(['/', '\\']) && ENDINGS.iter().any(|ending| lower.ends_with(ending))
    };
    names.peek().is_some() && names.all(is_attachment)
}

/// How many rows have a value in a column, and its first different values.
fn sample(sheet: &InputSheet, column: usize) -> (u64, Vec<String>) {
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

/// The decimal mark that a column of numbers shows beyond doubt and in agreement.
fn marks(sheet: &InputSheet, meanings: &[Option<Meaning>]) -> Vec<Option<DecimalMark>> {
    let mark = |(column, meaning): (usize, &Option<Meaning>)| {
        let evident_in: fn(&str) -> Option<DecimalMark> = match meaning.as_ref()?.field {
            IncidentField::Cost => money::evident_mark,
            field if field.is_duration() || field == IncidentField::Customers => DecimalMark::evident_in,
            _ => return None,
        };
        DecimalMark::agreed(texts(sheet, column).filter_map(evident_in))
    };
    meanings.iter().enumerate().map(mark).collect()
}

/// The values of a column, without JSON numbers.
fn texts(sheet: &InputSheet, column: usize) -> impl Iterator<Item = &str> {
    // A JSON number always has a point, and says nothing about the texts of its column.
    let rows = sheet.rows.iter().filter(move |row| row.numbers.binary_search(&column).is_err());
    rows.filter_map(move |row| present_field(row, column))
}

/// How the costs of a column were written, where not exactly.
fn precision_phrases(sheet: &InputSheet, column: usize) -> Vec<String> {
    let said = [
        (Precision::Approximate, "approximate", "read as it stands", "read as they stand"),
        (Precision::Range, "range", "read as its middle", "read as their middles"),
        (Precision::Computed, "computed", "rounded", "rounded"),
    ];
    let mut phrases = Vec::new();
    for (precision, word, one, several) in said {
        let n_values = texts(sheet, column).filter(|text| money::wording(text) == Some(precision)).count();
        match (n_values, word) {
            (0, _) => {}
            (1, "range") => phrases.push(format!("1 range, {one}")),
            (_, "range") => phrases.push(format!("{n_values} ranges, {several}")),
            (1, _) => phrases.push(format!("1 {word} value, {one}")),
            _ => phrases.push(format!("{n_values} {word} values, {several}")),
        }
    }
    phrases
}

/// The value of a row in a column; `None` where it has none.
pub(super) fn present_field(row: &SheetRow, column: usize) -> Option<&str> {
    let field = row.fields.get(column)?;
    let text = cell::hyperlink(field).map_or_else(|| cell::unmarked(field), |(_, text)| text);
    cell::present(text)
}
