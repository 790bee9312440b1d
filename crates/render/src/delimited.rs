//! CSV: one header line, one row per area, file or piece of evidence.
//!
//! Paths are exact, because other programs join by them, but for a `'` before one that a spreadsheet would run as a
//! formula, unless [`Formulas::Keep`] is asked for. Free text (names, owners, titles, messages, and the paths of the
//! dry run) has its control characters escaped as well.

use std::borrow::Borrow;
use std::io::{self, Write};

use super::backtest::{figure_columns, figure_rows};
use super::evidence;
use super::listing::{Column, Field, Kind, Value, View};
use super::number::{decimal, nearest, rfc3339, significant};
use super::report_columns::{FileRow, area_csv, areas_in_order, file_csv};
use crate::options::{Formulas, RenderOptions};
use crate::text::{is_invisible, without_commands};
use debtscan_findings::Grouping;
use debtscan_findings::{BacktestReport, Explanation, Interval, Report};
use debtscan_incidents::Currency;

/// Free text without commands and control characters.
fn harmless(text: &str) -> String {
    let text = &*without_commands(text);
    // Tabs and line ends are text; other control characters would reach the terminal that shows it.
    let controls = |character: char| is_invisible(character) && !matches!(character, '\t' | '\n' | '\r');
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if controls(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Whether a spreadsheet would run a cell.
///
/// A leading `=`, `+`, `-`, `@`, tab or carriage return begins a formula (the list of OWASP). An `@` before nothing
/// but a plain name calls nothing: teams of GitHub are written `@org/team`, and with a quote before them they would
/// match nothing.
fn is_formula(cell: &[u8]) -> bool {
    let is_plain = |text: &str| {
        text.chars().all(|character| character.is_alphanumeric() || "@/._- ,".contains(character))
    };
    match cell.first() {
        Some(b'@') => !std::str::from_utf8(cell).is_ok_and(is_plain),
        // Negative numbers are neither text nor paths, so nobody asks about them.
        Some(b'=' | b'+' | b'-' | b'\t' | b'\r') => true,
        _ => false,
    }
}

/// A row under construction: cells are bytes, since paths are.
#[derive(Default)]
pub(super) struct DelimitedRow(pub(super) Vec<Vec<u8>>, Formulas);

impl DelimitedRow {
    pub(super) fn new(formulas: Formulas) -> Self {
        Self(Vec::new(), formulas)
    }

    /// A word or number of ours.
    pub(super) fn exact(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.push(bytes.as_ref().to_vec());
    }

    /// Text of others that stays as it is but for a formula: a path.
    fn name(&mut self, bytes: &[u8]) {
        let mut cell = Vec::with_capacity(bytes.len() + 1);
        if self.1 == Formulas::Escape && is_formula(bytes) {
            cell.push(b'\'');
        }
        cell.extend_from_slice(bytes);
        self.0.push(cell);
    }

    /// A number of cells without a value.
    pub(super) fn empty(&mut self, cells: usize) {
        self.0.resize(self.0.len() + cells, Vec::new());
    }

    pub(super) fn free(&mut self, text: &str) {
        self.name(harmless(text).as_bytes());
    }

    fn number(&mut self, value: impl std::fmt::Display + Copy) {
        self.exact(value.to_string());
    }

    fn figure(&mut self, value: f64) {
        self.number(significant(value, 6));
    }
}

/// What made writing fail, as itself: the csv crate's own conversion hides the kind, and a broken pipe
/// must be known for one.
pub(super) fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        // The command line ends quietly on a broken pipe (`debtscan ... | head`), and must
        // recognise one.
        csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes the rows of the group that is asked for.
pub(super) fn report(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> csv::Result<()> {
    let top = options.top.unwrap_or(usize::MAX);
    // Of the whole report, not of the rows: the header must not depend on `--top`.
    let currencies: Vec<Currency> = report.totals.cost().iter().map(|sum| sum.currency).collect();
    match options.group {
        Grouping::Area => {
            let areas = areas_in_order(report, options.sort).into_iter().take(top);
            table(&area_csv(), areas, &currencies, options.formulas, out)
        }
        Grouping::File | Grouping::Directory => {
            let rows = report.files.iter().take(top).map(|file| FileRow::new(report, file));
            table(&file_csv(), rows, &currencies, options.formulas, out)
        }
    }
}

/// Writes the evidence of an explanation.
pub(super) fn explanation(
    value: &Explanation,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> csv::Result<()> {
    let rows = evidence::rows(value, options.top.unwrap_or(usize::MAX));
    table(&evidence::columns(), rows.iter(), &[], options.formulas, out)
}

/// Writes the figures of a backtest.
pub(super) fn backtest(report: &BacktestReport, out: &mut dyn Write) -> csv::Result<()> {
    // No cell is text of others.
    table(&figure_columns(), figure_rows(report).iter(), &[], Formulas::Escape, out)
}

/// Writes rows by their columns; the columns of money come last, all of one currency together.
pub(super) fn table<R, B: Borrow<R>>(
    columns: &[Column<R>],
    rows: impl Iterator<Item = B>,
    currencies: &[Currency],
    formulas: Formulas,
    out: &mut dyn Write,
) -> csv::Result<()> {
    let is_money = |column: &&Column<R>| matches!(column.field.kind, Kind::Money | Kind::MoneyRange);
    let plain: Vec<&Column<R>> = columns.iter().filter(|column| !is_money(column)).collect();
    let money: Vec<&Column<R>> = columns.iter().filter(is_money).collect();
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(out);
    let mut header = Vec::new();
    for column in &plain {
        header_of(&column.field, &[], &mut header);
    }
    for currency in currencies {
        let one = std::slice::from_ref(currency);
        for column in &money {
            header_of(&column.field, one, &mut header);
        }
    }
    writer.write_record(header)?;
    for row in rows {
        let row = row.borrow();
        let mut cells = DelimitedRow::new(formulas);
        for column in &plain {
            cell_of(&mut cells, column.field.kind, &(column.value)(row), &[]);
        }
        // Once per row, not once per currency: a value clones its sums.
        let amounts: Vec<Value> = money.iter().map(|it| (it.value)(row)).collect();
        for currency in currencies {
            for (column, amount) in money.iter().zip(&amounts) {
                cell_of(&mut cells, column.field.kind, amount, std::slice::from_ref(currency));
            }
        }
        writer.write_record(cells.0)?;
    }
    Ok(writer.flush()?)
}

/// Writes the rows of a list's first table.
pub(super) fn list(view: &View<'_>, formulas: Formulas, out: &mut dyn Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    // A CSV file has one header, so the tables after the first have no place in it.
    let Some(sheet) = view.sheets.first() else { return Ok(writer.flush()?) };
    let currencies = &view.head.currencies;
    let mut header = Vec::new();
    sheet.shape.fields.iter().for_each(|field| header_of(field, currencies, &mut header));
    writer.write_record(header)?;
    for values in &sheet.values {
        let mut row = DelimitedRow::new(formulas);
        for (field, value) in sheet.shape.fields.iter().zip(values) {
            cell_of(&mut row, field.kind, value, currencies);
        }
        writer.write_record(row.0)?;
    }
    Ok(writer.flush()?)
}

/// The three columns of a range.
const ENDS: [&str; 3] = ["low", "mean", "high"];

/// The names of a field's columns.
fn header_of(field: &Field, currencies: &[Currency], header: &mut Vec<String>) {
    let key = field.key;
    // Lower case, as all names of columns.
    let codes = currencies.iter().map(|currency| currency.code().to_lowercase());
    match field.kind {
        Kind::Money => header.extend(codes.map(|code| format!("{key}_{code}"))),
        Kind::MoneyRange => {
            header.extend(codes.flat_map(|code| ENDS.map(|end| format!("{key}_{end}_{code}"))));
        }
        Kind::Range => header.extend(ENDS.map(|end| format!("{key}_{end}"))),
        _ => header.push(key.to_owned()),
    }
}

fn cell_of(row: &mut DelimitedRow, kind: Kind, value: &Value, currencies: &[Currency]) {
    match value {
        Value::None => {
            // As many empty cells as the header has columns for this kind, or all later ones would
            // shift.
            let n = match kind {
                Kind::Money => currencies.len(),
                Kind::MoneyRange => ENDS.len() * currencies.len(),
                Kind::Range => ENDS.len(),
                _ => 1,
            };
            row.0.resize(row.0.len() + n, Vec::new());
        }
        Value::Count(value) => row.number(*value),
        Value::Figure(value) | Value::Share(value) => row.figure(*value),
        Value::Text(text) => row.free(text),
        Value::Word(word) => row.exact(word),
        Value::Words(words) => row.free(&words.join(" ")),
        Value::Path(path) => row.name(path.as_bytes()),
        // `true` and `false`, which spreadsheets and databases both read as a truth value.
        Value::Flag(value) => row.number(*value),
        Value::Time(time) => row.exact(rfc3339(*time)),
        Value::Amount(money) => row.exact(decimal(money.minor, money.currency)),
        Value::Money(costs) => {
            for currency in currencies {
                row.exact(decimal(costs.minor(*currency), *currency));
            }
        }
        Value::Range(range) => [range.low, range.mean, range.high].into_iter().for_each(|it| row.figure(it)),
        Value::MoneyRange(costs) => {
            for currency in currencies {
                // A currency without forecast is unknown, not 0.
                let known = costs.iter().find(|cost| cost.currency == *currency).map(|cost| &cost.minor);
                for end in [|it: &Interval| it.low, |it: &Interval| it.mean, |it: &Interval| it.high] {
                    row.exact(known.map_or_else(String::new, |it| decimal(nearest(end(it)), *currency)));
                }
            }
        }
        Value::Nested(nested) => unreachable!("only JSON has a value of several parts: {nested:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{DelimitedRow, explanation, harmless, is_formula, report};
    use crate::options::{Detail, Format, Formulas, Names, RenderOptions};
    use crate::sample;
    use debtscan_findings::Grouping;

    #[test]
    fn a_broken_pipe_stays_a_broken_pipe() {
        let error = csv::Error::from(std::io::Error::from(std::io::ErrorKind::BrokenPipe));
        assert_eq!(super::cause(error).kind(), std::io::ErrorKind::BrokenPipe);
    }

    fn options(group: Grouping) -> RenderOptions {
        RenderOptions {
            format: Format::Csv,
            group,
            sort: crate::options::Sort::Cost,
            top: None,
            width: 80,
            names: Names::Fitted,
            detail: Detail::Full,
            color: false,
            formulas: Formulas::Escape,
            invocation: crate::options::Invocation::default(),
        }
    }

    fn read(bytes: &[u8]) -> (csv::ByteRecord, Vec<csv::ByteRecord>) {
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.byte_headers().unwrap().clone();
        (header, reader.byte_records().collect::<Result<_, _>>().unwrap())
    }

    fn cell<'a>(header: &csv::ByteRecord, row: &'a csv::ByteRecord, name: &str) -> &'a [u8] {
        let position = header.iter().position(|cell| cell == name.as_bytes());
        &row[position.unwrap_or_else(|| panic!("a column {name}"))]
    }

    #[test]
    fn formulas_are_disarmed_or_kept_as_asked() {
        let cell = |text: &str, formulas| {
            let mut row = DelimitedRow::new(formulas);
            row.free(text);
            row.name(text.as_bytes());
            row.0.into_iter().map(|cell| String::from_utf8(cell).unwrap()).collect::<Vec<_>>()
        };
        for (text, escaped) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2|x", "'-2|x"),
            ("+cmd|calc.c", "'+cmd|calc.c"),
            ("\tx", "'\tx"),
            ("@org/team-a", "@org/team-a"),
            ("lib = x", "lib = x"),
            ("", ""),
        ] {
            assert_eq!(cell(text, Formulas::Escape), [escaped, escaped]);
            assert_eq!(cell(text, Formulas::Keep), [text, text]);
        }
    }

    #[test]
    fn free_text_has_no_commands_and_no_control_characters() {
        assert_eq!(harmless("=a\u{1b}[31m"), "=a\\u{1b}[31m");
        assert_eq!(harmless("two\nlines\t"), "two\nlines\t");
        assert_eq!(harmless("two\n::error::lines"), "two\n\\::error::lines");
        assert_eq!(harmless("see ##vso[task.complete]"), "see #\\#vso[task.complete]");
        assert_eq!(harmless("a\u{202e}b"), "a\\u{202e}b");
    }

    #[test]
    fn paths_keep_every_byte_and_rows_keep_their_columns() {
        let hostile = sample::hostile();
        let keep = RenderOptions { formulas: Formulas::Keep, ..options(Grouping::File) };
        for (options, mark) in [(keep, &b""[..]), (options(Grouping::File), b"'")] {
            let mut out = Vec::new();
            report(&hostile, &options, &mut out).unwrap();
            let (header, rows) = read(&out);
            assert_eq!(rows.len(), hostile.files.len());
            for (row, file) in rows.iter().zip(&hostile.files) {
                let path = file.path.as_bytes();
                let mark = if is_formula(path) { mark } else { b"" };
                assert_eq!(cell(&header, row, "path"), [mark, path].concat());
            }
        }
    }

    #[test]
    fn amounts_are_exact_decimal_text_per_currency() {
        let mut out = Vec::new();
        report(&sample::several_currencies(), &options(Grouping::Area), &mut out).unwrap();
        let (header, rows) = read(&out);
        let text = |name| std::str::from_utf8(cell(&header, &rows[1], name)).unwrap().to_owned();
        assert_eq!(text("cost_so_far_usd"), "18240.50");
        assert_eq!(text("cost_so_far_chf"), "41200000.00");
        assert_eq!(text("expected_cost_per_year_mean_chf"), "3100000.00");
        // 0.176 x 10 incidents x 1,202.62
        assert_eq!(text("expected_cost_per_year_mean_usd"), "2116.61");
        assert_eq!(cell(&header, &rows[0], "expected_cost_per_year_mean_chf"), b"");
    }

    #[test]
    fn an_explanation_is_one_row_per_piece_of_evidence() {
        let value = sample::explained_file();
        let mut out = Vec::new();
        explanation(&value, &options(Grouping::Area), &mut out).unwrap();
        let (header, rows) = read(&out);
        assert_eq!(rows.len(), value.steps.len() + value.incidents.len() + value.commits.len());
        let incident = rows.iter().find(|row| &row[0] == b"incident").unwrap();
        assert_eq!(cell(&header, incident, "cost"), b"4000.00");
        assert_eq!(cell(&header, incident, "currency"), b"USD");
        assert_eq!(cell(&header, incident, "fix_lines"), b"41");
        assert_eq!(cell(&header, incident, "value"), b"0.7");
    }
}
